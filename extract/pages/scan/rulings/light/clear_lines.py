"""Light lines nearly as dark as ink, without a gap and with paper along both sides -> rulings, whatever they lead to.

A hairline that falls between two rows of points is on neither of them as dark as ink, however clean the scan: all rulings of a page
may be such, and then none is there for another to lead to.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.document import Ruling
from extract.pages.scan.paper.picture import Gray
from extract.pages.scan.rulings.light.light_lines import Line, darkness
from extract.pages.scan.rulings.tracks import Axis

DARK, DARKEST = 48, 128
"""Such a line is darker than the paper by this much (of 255) nearly everywhere, by less than ``DARKEST`` mostly: else it is ink."""

NEARLY, MOSTLY = 5, 20
"""These percentiles of the tones along a line are what it has nearly everywhere, and mostly."""

ENDS = 2.0
"""So much (points) at either end of a line is faint."""

LENGTH = 60.0
"""Least length (points): a bracket around several lines of text is shorter."""

STRAIGHT = 0.004
"""It leans by no more than this."""

CORNER = 4.0
"""So far (points) beside a ruling across a line there is none of the paper beside it."""

BORDER = 12.0
"""One that comes this near (points) the edge of the picture is a streak or a fold."""

THICKNESS = 0.5
"""Of such a line (points)."""

LOWEST = 6.0
"""Two row edges are at least so far apart (points)."""

COARSE, SEVERAL = 0.5, 5
"""Pixels a point along the lines that are enough to see whether there are any, and over how many of them tones are averaged."""


def has_clear_rows(gray: Gray, scale: float) -> bool:
    """Say at a tenth of the cost whether two row edges that are no ink may be on a page of which no ruling is ink."""
    some = cv2.blur(np.ascontiguousarray(gray[:, :: max(1, round(scale / COARSE))]), (SEVERAL, 1))
    _, both = darkness(np.asarray(some, dtype=np.uint8), scale)
    dark = cv2.threshold(both, DARK - 1, 255, cv2.THRESH_BINARY)[1]
    lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(LENGTH * COARSE)), np.uint8))
    rows = np.flatnonzero(lines.any(axis=1))
    return len(rows) > 1 and bool(rows[-1] - rows[0] >= LOWEST * scale)


def find_clear(axis: Axis, lines: Sequence[Line]) -> list[Ruling]:
    """Give those of the light ``lines`` along an axis that can only be rulings."""
    return [Ruling(axis, line.piece.position, *_ends(line), THICKNESS) for line in lines if _is_clear(line)]


def _ends(line: Line) -> tuple[float, float]:
    """Give where a line begins and ends, where it is half as dark as it should be: averaged it seems longer.

    Further than ``CORNER`` from where paper is on both sides of it, it is the stroke of a character in line with it.
    """
    start, end = line.piece.start, line.piece.end
    dark, free = (np.flatnonzero(line.part(seen, start, end) >= DARK / 2) for seen in (line.ends, line.both))
    places = np.array([dark[0], dark[-1] + 1, free[0], free[-1] + 1]) + max(0, round(start * line.scale))
    first, last, first_free, last_free = (places / line.scale).tolist()
    return max(first, first_free - CORNER), min(last, last_free + CORNER)


def _is_clear(line: Line) -> bool:
    start, end = line.piece.start, line.piece.end
    if end - start < LENGTH or abs(line.piece.slope) > STRAIGHT:
        return False
    if start <= BORDER or end >= len(line.one) / line.scale - BORDER:
        return False
    one, both = (line.part(seen, start + ENDS, end - ENDS) for seen in (line.one, line.both))
    is_light = np.median(one) < DARKEST
    return bool(is_light and np.percentile(one, NEARLY) >= DARK and np.percentile(both, MOSTLY) >= DARK)
