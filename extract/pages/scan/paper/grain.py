"""The dots of shades on a page in black and white -> paper, and those of dark panels -> ink.

A fax has no grey: it strews a pale shade with black dots and a dark one with white ones, so that rulings, characters and
specks seem to stand everywhere in it.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.panels import has_dark_areas
from extract.pages.scan.paper.picture import INK_TONE, Gray, Ink, is_two_tone

MOSTLY = 0.9
"""A fax that is drawn a little larger than it is has some grey points; a scan in grey has hardly any others."""

TONE = 0.86
"""A point darker than this share of white may be a dot of a shade, and one lighter than black by as much one of a panel."""

DOT = 5
"""A dot of no more than 3 x 3 pixels has nothing else on a square of this side."""

PAIR = 2
"""Where dots stand closer than that, those count that touch one other at most."""

CELL = 2.0
"""Dots are counted on squares of this side (points)."""

ACROSS, DOWN = 7, 5
"""... on so many such squares side by side, in most of so many rows of these, so that no dotted ruling looks like a shade."""

DENSE, CROWDED = 0.1, 0.3
"""In a shade lies this share of a dot on a square point at least, or of dots so close: ends of hairlines look like these."""

WIDE, HIGH = 16.0, 6.0
"""A shade is so wide and high (points) at least; dotted rulings and torn characters are lower."""

LARGEST, ON_PANEL = 0.8, 1.5
"""What is left in a shade and no larger than this (points) is one of its dots; decimal points, which headings have none of, are larger."""

MARGIN = 3.0
"""Dots lie so far (points) beyond where they are counted to be dense."""


def remove_grain(gray: Gray, scale: float) -> Gray:
    """Give the picture of ``scale`` pixels a point with the dots of its shades taken out; the same picture where it has none, or greys."""
    if not is_two_tone(gray, MOSTLY):
        return gray
    cleaned = gray
    for is_dark in (False, True) if has_dark_areas(gray, scale) else (False,):
        points = _points(gray, TONE, is_dark=is_dark)
        shade = _find_shade(points, scale)
        if shade is None:
            continue
        if cleaned is gray:
            cleaned = gray.copy()
        for left, top, width, height in _boxes(shade):
            part = (slice(top, top + height), slice(left, left + width))
            strong = _points(gray[part], INK_TONE, is_dark=is_dark)
            kept = _without_dots(strong, (ON_PANEL if is_dark else LARGEST) * scale)
            gone = (shade[part] > 0) & (cv2.dilate(kept, np.ones((3, 3), np.uint8)) == 0)
            cleaned[part][gone] = 0 if is_dark else 255
    return cleaned


def _points(gray: Gray, tone: float, *, is_dark: bool) -> Ink:
    """Give the points (1) darker than a share of white, or as much lighter than black."""
    kind, limit = (cv2.THRESH_BINARY, 1 - tone) if is_dark else (cv2.THRESH_BINARY_INV, tone)
    return np.asarray(cv2.threshold(gray, 255 * limit, 1, kind)[1], dtype=np.uint8)


def _find_shade(points: Ink, scale: float) -> Ink | None:
    """Give where ``points`` (1) are strewn as dots (1); None where they are nowhere."""
    height, width = points.shape
    near, around = (cv2.boxFilter(points, cv2.CV_8U, (side, side), normalize=False) for side in (3, DOT))
    alone = _dense(cv2.bitwise_and(cv2.compare(near, around, cv2.CMP_EQ), points), DENSE, scale)
    crowded = _dense(cv2.bitwise_and(cv2.compare(near, PAIR, cv2.CMP_LE), points), CROWDED, scale)
    dense = cv2.bitwise_or(alone, crowded)
    dense = np.asarray(cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    kernel = np.ones((round(HIGH / CELL), round(WIDE / CELL)), np.uint8)
    dense = np.asarray(cv2.morphologyEx(dense, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    if not dense.any():
        return None
    size = (round(dense.shape[1] * CELL * scale), round(dense.shape[0] * CELL * scale))
    grown = cv2.resize(dense, size, interpolation=cv2.INTER_NEAREST)[:height, :width]
    side = 2 * round(MARGIN * scale) + 1
    return np.asarray(cv2.dilate(grown, np.ones((side, side), np.uint8)), dtype=np.uint8)


def _dense(dots: Ink, least: float, scale: float) -> Ink:
    """Give the cells (1) around which so many dots lie on a square point, in most of the rows of cells."""
    height, width = (int(side / (CELL * scale)) + 1 for side in dots.shape)
    places = cv2.findNonZero(dots)
    if places is None:
        return np.zeros((height, width), dtype=np.uint8)
    xs, ys = (places.reshape(-1, 2) / (CELL * scale)).astype(np.intp).T
    counts = np.bincount(ys * width + xs, minlength=height * width).reshape(height, width)
    rows = cv2.blur(counts.astype(np.float32), (ACROSS, 1)) >= least * CELL**2
    most = cv2.boxFilter(rows.astype(np.uint8), cv2.CV_8U, (1, DOWN), normalize=False)
    return np.asarray(cv2.threshold(most, DOWN // 2, 1, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _boxes(shade: Ink) -> list[tuple[int, int, int, int]]:
    contours, _ = cv2.findContours(shade, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h in map(cv2.boundingRect, contours)]


def _without_dots(points: Ink, largest: float) -> Ink:
    """Give points without those that stand alone and without groups of them no larger than this (pixels)."""
    solid = cv2.medianBlur(points, 3)
    labels, stats, _ = find_components(np.asarray(solid, dtype=np.uint8), connectivity=8)
    is_dot = stats[:, 2:4].max(axis=1) <= largest
    is_dot[0] = True
    return np.asarray(np.where(is_dot, 0, 1)[labels], dtype=np.uint8)
