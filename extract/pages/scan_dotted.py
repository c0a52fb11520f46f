"""Dotted and dashed rulings of a scan: dots or short dashes, evenly spaced on one line, that lead from ruling to ruling."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from extract.pages.scan_picture import Ink

DOT = 1.8
"""A dot is at most this large (points)."""

DASH, DASH_THICK = 9.0, 1.5
"""A dash is at most this long and this thick (points)."""

GAP = 4.2
"""Dots and dashes of one ruling are at most this far apart (points); leaders of a fullwidth … stand about as close."""

WOBBLE = 0.35
"""Half the thickness (points) that is added, so that a chain survives its steps."""

CHAIN = 26.0
"""Least length (points) of a chain that tells of a ruling: two characters of … are shorter."""

SHORT_CHAIN = 4.0
"""Where a ruling is known, shorter ones are pieces of it: two dots."""


class Chains(NamedTuple):
    """Chains of dots and dashes drawn as strokes (255): the long ones, and the short ones with them."""

    long: Ink
    short: Ink


def find_chains(ink: Ink, scale: float) -> Chains:
    """Give the chains of dots and dashes along the rows of ``ink``, each drawn as one stroke."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    across, along = stats[:, cv2.CC_STAT_HEIGHT] / scale, stats[:, cv2.CC_STAT_WIDTH] / scale
    is_part = (np.maximum(across, along) <= DOT) | ((along <= DASH) & (across <= DASH_THICK))
    is_part[0] = False
    parts = np.where(is_part, 255, 0).astype(np.uint8)[labels]
    closed = _closed(parts, scale)
    return Chains(_open(closed, CHAIN * scale), _open(closed, SHORT_CHAIN * scale))


def _closed(parts: Ink, scale: float) -> Ink:
    thick = cv2.dilate(parts, np.ones((2 * round(WOBBLE * scale) + 1, 1), np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, round(GAP * scale)), np.uint8))
    return np.asarray(closed, dtype=np.uint8)


def _open(strokes: Ink, length: float) -> Ink:
    kernel = np.ones((1, round(length)), np.uint8)
    return np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
