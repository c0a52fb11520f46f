"""What is left of a ruling along a stretch of it: its strokes, as told from those of the characters beside it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from extract.pages.scan.paper.picture import Ink

BAND = 1.3
"""Half the width (points) of the band in which ink belongs to a track."""

BESIDE, FLANK = 1.6, 3.6
"""From and to this distance (points) beside a track paper is looked for; most strokes have ink on both sides."""

UNBROKEN = 0.97
"""What fills this share of a stretch is a line without a gap."""

DOUBLE = 0.8
"""Both lines of a double ruling fill this share of a stretch at least."""

STROKES = {"horizontal": 2.8, "vertical": 2.0}
"""A stroke that runs through a track is inked this far (points) on both sides of it; print that fills its row reaches less far."""

THROUGH = 1.2
"""Characters stand on a stretch when their strokes run through it over this length (points)."""

SINGLE = 3
"""The picture of strokes shows a line of one row in so many rows."""


class Straight(NamedTuple):
    """The ink of a page with the axis along its rows, and its ``short`` straight strokes; ``scale`` pixels a point."""

    ink: Ink
    short: Ink
    scale: float


def share_left(
    straight: Straight, position: float, low: float, high: float, *, beside_ink: float = 1.0
) -> float:
    """Give the share of a stretch on which strokes lie on one straight line, with paper along at least one side.

    Strokes with ink along the other side count ``beside_ink``. A line without a gap needs no paper: no row of characters is one,
    and in low rows there are characters close to both sides of it.
    """
    scale = straight.scale
    columns = slice(round((low + 1) * scale), max(round((high - 1) * scale), round((low + 1) * scale) + 1))
    first = max(0, round((position - BAND) * scale))
    band = straight.short[first : round((position + BAND) * scale) + 1, columns]
    if not band.size:
        return 0.0
    row = first + int(np.argmax(np.count_nonzero(band, axis=1)))
    stroke = straight.short[max(0, row - 1) : row + 2, columns].any(axis=0)
    if np.count_nonzero(stroke) >= UNBROKEN * stroke.size:
        return 1.0
    near, far = round(BESIDE * scale), round(FLANK * scale)
    foot = row + _more_rows(straight.short[row : row + far + 1, columns])
    above = straight.ink[max(0, row - far) : max(0, row - near), columns].any(axis=0)
    below = straight.ink[foot + near + 1 : foot + far + 1, columns].any(axis=0)
    alone, beside = np.count_nonzero(stroke & ~(above | below)), np.count_nonzero(stroke & (above ^ below))
    return float(alone + beside_ink * beside) / max(1, stroke.size)


def stroke_left(straight: Straight, stretch: tuple[float, float, float], low: float, high: float) -> float:
    """Give the share of a part of a stretch (position, beginning and end) on which the strokes of its fullest line lie."""
    scale = straight.scale
    first = max(0, round((stretch[0] - BAND) * scale))
    band = straight.short[
        first : round((stretch[0] + BAND) * scale) + 1, round(stretch[1] * scale) : round(stretch[2] * scale)
    ]
    if not band.size:
        return 0.0
    row = first + int(np.argmax(np.count_nonzero(band, axis=1)))
    part = straight.short[max(0, row - 1) : row + 2, round(low * scale) : round(high * scale)]
    return float(part.any(axis=0).mean()) if part.size else 0.0


def _more_rows(band: Ink) -> int:
    """Give how many rows a whole line is thicker than a single one: the other line of a double ruling is no text beside it."""
    filled = np.count_nonzero(band, axis=1) >= DOUBLE * band.shape[1]
    rows = len(filled) if filled.all() else int(np.argmin(filled))
    return max(0, rows - SINGLE)


def strokes_through(straight: Straight, position: float, low: float, high: float, reach: int) -> float:
    """Give the length (points) over which strokes run through a stretch."""
    scale = straight.scale
    columns = slice(round((low + 2) * scale), max(round((high - 2) * scale), 0))
    row = round(position * scale)
    band = straight.ink[max(0, row - reach) : row + reach + 1, columns]
    return float(np.count_nonzero(band.all(axis=0))) / scale
