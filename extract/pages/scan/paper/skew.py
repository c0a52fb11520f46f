"""How far a scanned page is turned off the straight, and turning it back."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.picture import Gray, Ink, reduced

WIDEST = 6.0
"""Largest skew in degrees that a scanner's feeder makes; a page laid on more askew is a photograph."""

COARSE, FINE = 0.25, 0.02
"""Steps of the search in degrees."""

SAMPLE = 120_000
"""So many points of ink are enough to tell the angle to 0.02 degrees."""

SMALL = 2.4
"""Pixels a point of the reduced picture on which the points are taken."""

NEGLIGIBLE = 0.03
"""Below this angle in degrees turning costs more sharpness than it gains: 0.3 pt over the width of a page."""


def find_skew(ink: Ink, scale: float) -> float:
    """Give the clockwise skew of the text lines in degrees, to about 0.02.

    The angle at which rows of ink and rows of paper are told apart best, by the squares of the row sums (W. Postl,
    Detection of linear oblique structures and skew scan in digitized documents, ICPR 1986).
    """
    small, _ = reduced(ink, scale, SMALL)
    # A dark edge is longer than any line and may be straight where the print is not.
    margin = round(min(small.shape) * 0.04)
    ys, xs = np.nonzero(small[margin:-margin, margin:-margin] > 96)
    if len(ys) < 100:
        return 0.0
    if len(ys) > SAMPLE:
        step = np.random.default_rng(0).choice(len(ys), SAMPLE, replace=False)
        ys, xs = ys[step], xs[step]
    points = (xs.astype(np.float32), ys.astype(np.float32))
    coarse = _best(points, np.arange(-WIDEST, WIDEST + COARSE, COARSE))
    middle = _best(points, np.arange(coarse - COARSE, coarse + COARSE, 4 * FINE))
    return round(_best(points, np.arange(middle - 4 * FINE, middle + 5 * FINE, FINE)), 2)


def straighten(gray: Gray, skew: float) -> Gray:
    """Give the picture turned back by ``skew`` degrees about its middle; its size stays."""
    if abs(skew) < NEGLIGIBLE:
        return gray
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    turned = cv2.warpAffine(
        gray, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(turned, dtype=np.uint8)


def _best(points: tuple[NDArray[np.float32], NDArray[np.float32]], angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(*points, float(angle))))


def _sharpness(xs: NDArray[np.float32], ys: NDArray[np.float32], angle: float) -> float:
    rows = ys - xs * np.float32(np.tan(np.radians(angle)))
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())
