"""Hairlines of a scan that fall between two rows of its points: each row is lighter than ink, both together are as dark as it."""

from __future__ import annotations

import cv2
import numpy as np

from extract.pages.scan.paper.picture import INK_TONE, Gray, Ink, transposed

LEAST_SHARE = 0.15
"""Each of the two rows has at least this share of the darkness of ink; else the line lies in one row."""

LENGTH = 12.0
"""Least length (points) of such a line: longer than a character's stroke."""

PAPER_SHARE = 0.35
"""On the rows beside them is paper: less than this share of the darkness of ink."""

FINE = 3.6
"""A picture of so many pixels a point (260 dpi) has a row for the thinnest line in use (a quarter of a point)."""

STEP = 1.0
"""Breaks up to this (points) are closed: a line that leans a little steps from one pair of rows to the next."""


def add_hairlines(gray: Gray, ink: Ink, scale: float) -> Ink:
    """Give ``ink`` with the lines of ``gray`` that lie between two rows or two columns of points (``scale`` pixels a point).

    A line of a quarter of a point is 0.7 pixels wide at 200 dpi. On a row of points it is ink, between two it is not.
    """
    if scale >= FINE:
        return ink
    whole = _along_rows(gray, ink, scale)
    upright = _along_rows(transposed(gray), transposed(ink), scale)
    found = cv2.bitwise_or(whole, transposed(upright))
    return np.asarray(cv2.bitwise_or(ink, found), dtype=np.uint8)


def _along_rows(gray: Gray, ink: Ink, scale: float) -> Ink:
    dark = cv2.bitwise_not(gray)
    full = round(255 * (1 - INK_TONE))
    first, second = dark[1:-2], dark[2:-1]
    is_split = (cv2.add(first, second) > full) & (cv2.min(first, second) >= LEAST_SHARE * full)
    # Blurred characters are gray too, but on more than two rows.
    is_split &= cv2.max(dark[:-3], dark[3:]) <= PAPER_SHARE * full
    is_split &= cv2.max(ink[1:-2], ink[2:-1]) == 0
    split = np.zeros_like(ink)
    split[1:-2] = np.where(is_split, 255, 0)
    line = cv2.morphologyEx(split, cv2.MORPH_CLOSE, np.ones((1, round(STEP * scale) | 1), np.uint8))
    line = cv2.morphologyEx(line, cv2.MORPH_OPEN, np.ones((1, round(LENGTH * scale)), np.uint8))
    return np.asarray(line, dtype=np.uint8)
