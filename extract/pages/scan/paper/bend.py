"""How the row edges of a page are bent, and bending them back: a page that a feeder curved, or that was photographed.

The page is cut into upright strips. How far the rulings of a strip lie above those of the next one tells the slope there; a
smooth curve through these slopes is the bend, which is the same at every height.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.picture import Gray, Ink, reduced

STRIP = 24.0
"""Width of a strip (points): several on the narrowest table of which the bend matters."""

PIXELS = 2.1
"""Pixels a point of the reduced picture: a bend is told to 0.16 points, and no better on one of twice as many."""

KERNEL, WOBBLE = 14.0, 0.5
"""Length of a straight piece of a ruling (points), and by how much it may wander to either side."""

MOST_SHIFT = 1.6
"""Strips side by side are shifted by this much (points) at most: a slope of 1 in 15."""

ALIKE = 0.4
"""Two strips show the same rulings where their profiles are this much alike (0 to 1)."""

LEAST_PAIRS = 6
"""So many pairs of strips tell a curve."""

OFF, MOST_OFF = 0.25, 0.3
"""A shift that lies this far (points) off the curve is none of it; no larger share of them may lie so."""

LEAST_BEND, MOST_BEND = 1.2, 14.0
"""A bend of this height (points) parts a ruling into pieces; a higher one is no sheet of paper."""

DEGREE = 2
"""Degree of the curve of slopes; that of the bend is higher by one."""


def find_bend(ink: Ink, scale: float) -> NDArray[np.float64] | None:
    """Give by how much (pixels) each column of a straightened page lies too low; None where it is not bent enough."""
    small, small_scale = reduced(ink, scale, PIXELS)
    ratio = small_scale / scale
    small = np.asarray(cv2.threshold(small, 60, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    strips, middles = _profiles(small, small_scale)
    places, shifts = [], []
    for (one, start), (other, end) in pairwise(zip(strips, middles, strict=True)):
        shift = _shift(one, other, small_scale)
        if shift is not None:
            places.append((start + end) / 2)
            shifts.append(shift)
    width = ink.shape[1]
    curve = _fit(np.array(places), np.array(shifts), small_scale)
    if curve is None:
        return None
    slopes = np.clip(np.arange(width) * ratio, min(places), max(places))
    bend = np.cumsum(np.polyval(curve, slopes)) / (STRIP * small_scale)
    first, last = round(min(places) / ratio), round(max(places) / ratio)
    along = np.arange(first, last)
    chord = np.interp(np.arange(width), (first, last), (bend[first], bend[last]))
    height = float(np.ptp((bend - chord)[along])) / scale
    if not LEAST_BEND <= height <= MOST_BEND:
        return None
    return np.asarray(bend - bend[width // 2], dtype=np.float64)


def unbend(gray: Gray, bend: NDArray[np.float64], skew: float) -> Gray:
    """Give the picture turned back by ``skew`` degrees and with each column lifted by its bend, in one step."""
    height, width = gray.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    y = y + bend.astype(np.float32)[None, :]
    back = cv2.invertAffineTransform(cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0))
    straight = cv2.remap(
        gray,
        (back[0, 0] * x + back[0, 1] * y + back[0, 2]).astype(np.float32),
        (back[1, 0] * x + back[1, 1] * y + back[1, 2]).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return np.asarray(straight, dtype=np.uint8)


def _profiles(ink: Ink, scale: float) -> tuple[list[NDArray[np.float64]], list[float]]:
    """Give for each strip how much of it is ruling at each height, and where its middle lies (pixels)."""
    wander = 2 * round(WOBBLE * scale) + 1
    thick = cv2.dilate(ink, np.ones((wander, 1), np.uint8))
    straight = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(KERNEL * scale)), np.uint8))
    lines = cv2.bitwise_and(np.asarray(straight, dtype=np.uint8), ink)
    width = round(STRIP * scale)
    starts = range(0, ink.shape[1] - width + 1, width)
    profiles = [lines[:, start : start + width].mean(axis=1) / 255 for start in starts]
    return profiles, [start + width / 2 for start in starts]


def _shift(one: NDArray[np.float64], other: NDArray[np.float64], scale: float) -> float | None:
    """Give by how much (pixels) the rulings of a strip lie lower than those of the one before it; None where unlike."""
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    if size < 1.0:
        return None
    reach = round(MOST_SHIFT * scale)
    padded = np.pad(other, reach)
    alike = np.array([float(one @ padded[lag : lag + len(one)]) for lag in range(2 * reach + 1)]) / size
    best = int(alike.argmax())
    if alike[best] < ALIKE or best in (0, 2 * reach):
        return None
    low, middle, high = (float(value) for value in alike[best - 1 : best + 2])
    return best - reach + 0.5 * (low - high) / min(low - 2 * middle + high, -1e-9)


def _fit(
    places: NDArray[np.float64], shifts: NDArray[np.float64], scale: float
) -> NDArray[np.float64] | None:
    """Give the curve of the shifts over the places, without those that lie off it; None where too few lie on it."""
    if len(places) < LEAST_PAIRS:
        return None
    centre = float(np.median(shifts))
    kept = np.abs(shifts - centre) <= MOST_SHIFT * scale
    curve = np.zeros(DEGREE + 1)
    for _ in range(3):
        if kept.sum() < LEAST_PAIRS:
            return None
        curve = np.polyfit(places[kept], shifts[kept], DEGREE)
        kept = np.abs(shifts - np.polyval(curve, places)) <= OFF * scale
    return np.asarray(curve, dtype=np.float64) if (~kept).mean() <= MOST_OFF else None
