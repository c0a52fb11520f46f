"""Tesseract through pytesseract: for those who must use it.

It is not the default: on tables of fullwidth figures it reads a third of the numbers wrong. It starts a process a call, so
all lines of a page go to it as one picture, one under another.

As a second reader of doubtful numbers it serves only who asks for it (``pages/scan/reading/second.py``). Measured on 954 numbers of invented
pages (1-bit faxes and copies of copies) of which the default engine was less than 97 % sure, 29 of them wrong, with 11 ms a
number: it knew none of the 29 that was not among the other readings already, and where both agreed on numbers that are sent
to review, 8 of 132 were wrong. So agreement cannot clear a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pytesseract
from PIL import Image

from extract.engines.base import Choice, EngineFailure, EngineState, Gray, LineReading, Slot
from extract.engines.tesseract_program import LANGUAGE, NAME, REMEDY_EN, REMEDY_JA, state
from extract.errors import DependencyMissing

HEIGHT = 48
"""Height in pixels to which lines are scaled: about 12 pt at 300 dpi, what Tesseract reads best."""

BETWEEN = 40
"""White between lines in pixels."""

MOST_LINES = 60
"""Lines a picture; more make Tesseract's layout analysis slow."""

SECONDS = 120.0
"""Tesseract that takes longer than this over one picture hangs."""

SINGLE_COLUMN = "--psm 4 -c preserve_interword_spaces=1"


class Tesseract:
    """The program ``tesseract`` with its Japanese model. Raises DependencyMissing where it is not installed."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.state: EngineState = state()
        self._seconds = seconds
        if self.state.version is None:
            raise DependencyMissing(name=NAME, remedy_ja=REMEDY_JA, remedy_en=REMEDY_EN)

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read pictures of lines; raises EngineFailure when the program fails or hangs."""
        readings: list[LineReading] = []
        for first in range(0, len(pictures), MOST_LINES):
            readings += self._read_sheet(pictures[first : first + MOST_LINES])
        return readings

    def _read_sheet(self, pictures: Sequence[Gray]) -> list[LineReading]:
        scaled = [_scale(picture) for picture in pictures]
        width = max((picture.shape[1] for picture in scaled), default=1) + 2 * BETWEEN
        sheet = np.full((len(scaled) * (HEIGHT + BETWEEN) + BETWEEN, width), 255, dtype=np.uint8)
        for index, picture in enumerate(scaled):
            top = BETWEEN + index * (HEIGHT + BETWEEN)
            sheet[top : top + HEIGHT, BETWEEN : BETWEEN + picture.shape[1]] = picture
        found = _image_to_data(sheet, self._seconds)
        slots: list[list[Slot]] = [[] for _ in scaled]
        for text, confidence, left, top, across, down in found:
            index = int((top + down / 2 - BETWEEN / 2) / (HEIGHT + BETWEEN))
            if not 0 <= index < len(scaled):
                continue
            whole = scaled[index].shape[1]
            probability = min(max(confidence / 100, 0.0), 1.0) ** (1 / max(1, len(text)))
            for place, character in enumerate(text):
                start = (left - BETWEEN + across * place / len(text)) / whole
                stop = (left - BETWEEN + across * (place + 1) / len(text)) / whole
                slots[index].append(Slot((Choice(character, probability),), start, stop))
        return [LineReading(tuple(sorted(line, key=lambda slot: slot.start)), None) for line in slots]


def _scale(picture: Gray) -> Gray:
    height, width = picture.shape
    size = (max(1, round(width * HEIGHT / height)), HEIGHT)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _image_to_data(sheet: Gray, seconds: float) -> list[tuple[str, float, int, int, int, int]]:
    """Give the words that Tesseract sees: text, confidence in per cent, left, top, width and height."""
    try:
        data: dict[str, list[Any]] = pytesseract.image_to_data(
            Image.fromarray(sheet),
            lang=LANGUAGE,
            config=SINGLE_COLUMN,
            timeout=seconds,
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError, UnicodeDecodeError, ValueError) as error:
        raise EngineFailure(str(error)) from error
    names = ("text", "conf", "left", "top", "width", "height")
    rows = zip(*(data[name] for name in names), strict=True)
    return [
        (str(text).strip(), float(confidence), int(left), int(top), int(across), int(down))
        for text, confidence, left, top, across, down in rows
        if str(text).strip()
    ]
