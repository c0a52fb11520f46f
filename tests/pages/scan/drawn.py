"""Pages drawn by hand: lines, white and figures at places in points."""

from __future__ import annotations

import cv2
import numpy as np

SCALE = 200 / 72


def paper(width: int = 320, height: int = 220) -> np.ndarray:
    return np.full((round(height * SCALE), round(width * SCALE)), 255, dtype=np.uint8)


def line(picture, x0, y0, x1, y1, *, thick: int = 2) -> None:
    start, end = (round(x0 * SCALE), round(y0 * SCALE)), (round(x1 * SCALE), round(y1 * SCALE))
    cv2.line(picture, start, end, 0, thick)


def wipe(picture, x0, y0, x1, y1) -> None:
    picture[round(y0 * SCALE) : round(y1 * SCALE), round(x0 * SCALE) : round(x1 * SCALE)] = 255


def write(picture, text: str, x: float, y: float, *, size: float = 0.45) -> None:
    place = (round(x * SCALE), round(y * SCALE))
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, 0, 2)
