"""How far the rulings of a straightened page still lean, and bending it back.

A feeder that pulls one side of a sheet faster leaves rows and columns that are not at right angles, or a table that is a
trapezium. Then one wall wanders by points between the head and the foot of a table, and would be taken for two.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Gray, Ink, reduced, transposed

PIXELS = 2.1
"""Pixels a point of the reduced picture on which rulings are followed."""

LONG = 110.0
"""Rulings at least this long (points) tell a lean to 0.1 degrees."""

THICKEST = 4.0
"""No ruling is thicker than this (points)."""

STEEPEST = 0.03
"""Lean (as a slope) beyond which a line is a stroke of a drawing."""

WOBBLE = 2
"""Pixels by which a ruling is thickened, so that its steps do not part it."""

LEAST_LINES = 2
"""One line alone may be a fold of the paper."""

APART = 150.0
"""Rulings that lie this far apart (points) tell how the lean changes across the page."""

UNLIKE = 0.0035
"""A ruling that leans otherwise than the rest by this slope says that they do not lean together: 0.2 degrees."""

LEAST_SHIFT = 1.5
"""Bending is worth its blur where it moves an end of a ruling by this much (points)."""


class Lean(NamedTuple):
    """The slope of the lines along one axis: ``slope`` at ``middle``, and how it ``changes`` with each pixel across."""

    slope: float
    changes: float
    middle: float


class Warp(NamedTuple):
    """How the rulings of a page lean: the horizontal ones and the vertical ones, about ``centre`` (x, y in pixels)."""

    rows: Lean
    columns: Lean
    centre: tuple[float, float]


def find_warp(ink: Ink, scale: float) -> Warp | None:
    """Give the lean of the rulings of a straightened page; None where they lean too little to be bent back."""
    small, small_scale = reduced(ink, scale, PIXELS)
    small = np.asarray(cv2.threshold(small, 60, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    rows = _find_lean(small, small_scale)
    columns = _find_lean(transposed(small), small_scale)
    if rows is None and columns is None:
        return None
    height, width = ink.shape
    ratio = small_scale / scale

    def at_full_size(lean: Lean | None) -> Lean:
        return (
            Lean(0.0, 0.0, 0.0)
            if lean is None
            else Lean(lean.slope, lean.changes * ratio, lean.middle / ratio)
        )

    return Warp(at_full_size(rows), at_full_size(columns), (width / 2, height / 2))


def bend_back(gray: Gray, warp: Warp, skew: float) -> Gray:
    """Give the picture turned back by ``skew`` degrees and bent so that its rulings are straight, in one step."""
    height, width = gray.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    middle_x, middle_y = warp.centre
    row_slope = warp.rows.slope + warp.rows.changes * (y - warp.rows.middle)
    column_slope = warp.columns.slope + warp.columns.changes * (x - warp.columns.middle)
    bent_x = x + column_slope * (y - middle_y)
    bent_y = y + row_slope * (x - middle_x)
    back = cv2.invertAffineTransform(cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0))
    source_x = back[0, 0] * bent_x + back[0, 1] * bent_y + back[0, 2]
    source_y = back[1, 0] * bent_x + back[1, 1] * bent_y + back[1, 2]
    bent = cv2.remap(
        gray,
        source_x.astype(np.float32),
        source_y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return np.asarray(bent, dtype=np.uint8)


def _find_lean(ink: Ink, scale: float) -> Lean | None:
    """Give the lean of the long lines along the rows of ``ink``; None where it is too small, or not one."""
    lines = _long_lines(ink, scale)
    if len(lines) < LEAST_LINES:
        return None
    slopes, places, lengths = lines.T
    weights = lengths**1.5
    middle = float(np.average(places, weights=weights))
    changes = 0.0
    if places.max() - places.min() >= APART * scale and len(lines) > LEAST_LINES:
        changes = float(np.polyfit(places - middle, slopes, 1, w=weights)[0])
    slope = float(np.average(slopes - changes * (places - middle), weights=weights))
    off = np.abs(slopes - slope - changes * (places - middle))
    if np.average(off, weights=weights) > UNLIKE / 2 or (off[lengths >= 2 * LONG * scale] > UNLIKE).any():
        return None
    shifts = np.abs(slope + changes * (places - middle)) * lengths / 2
    return Lean(slope, changes, middle) if shifts.max() >= LEAST_SHIFT * scale else None


def _long_lines(ink: Ink, scale: float) -> NDArray[np.float64]:
    """Give slope, place and length of each long line along the rows of ``ink``, in pixels."""
    thick = cv2.dilate(ink, np.ones((WOBBLE + 1, 1), np.uint8))
    # A leaning line is a stair: its steps are shorter than the line.
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(LONG / 4 * scale)), np.uint8))
    labels, stats, _ = find_components(np.asarray(opened, dtype=np.uint8), connectivity=8)
    found = []
    for index in range(1, len(stats)):
        x, y, width, height, area = (int(value) for value in stats[index])
        if width < LONG * scale or height > THICKEST * scale + STEEPEST * width:
            continue
        if area / width > THICKEST * scale + WOBBLE:
            continue
        ys, xs = np.nonzero(labels[y : y + height, x : x + width] == index)
        slope = float(np.polyfit(xs, ys, 1)[0])
        if abs(slope) <= STEEPEST:
            found.append((slope, float(y + ys.mean()), float(width)))
    return np.array(found, dtype=np.float64).reshape(-1, 3)
