"""Characters that stand in line with a wall, or below one another: in a table whose rulings are whole they are no part of one.

A printed wall reaches the row edges. The strokes of characters end before them, with white all across the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight

SHORT = 60.0
"""Characters below one another make no longer wall (points)."""

AT_EDGE = 2.0
"""A row edge so near (points) the end of a wall is where it ends."""

LOWEST = 8.0
"""A row lower than this (points) has no room for characters."""

REACHES, BAND = 2.2, 0.6
"""So near a row edge (points) there is white across a stroke, this far on both sides of its middle."""

NEAR, FAR, APART, CHARACTER = 0.9, 2.6, 1.5, 3.5
"""From and to this distance (points) beside a line, and so far from the row edges, so much ink along it is a character."""

Row = tuple[float, float]


def without_characters(upright: Sequence[Ruling], flat: Sequence[Ruling], straight: Straight) -> list[Ruling]:
    """Give the walls of a table without what characters add to them, and without those that characters make up.

    ``straight`` shows the ink with the columns of the page along its rows.
    """
    cut = [_cut(wall, flat, straight) for wall in upright]
    return [wall for wall in cut if not _is_of_characters(wall, flat, straight)]


def _rows(wall: Ruling, flat: Sequence[Ruling]) -> list[Row]:
    """Give the rows that a wall stands in, in part at least."""
    met = sorted(
        edge.position
        for edge in flat
        if edge.start < wall.position < edge.end and wall.start - SHORT <= edge.position <= wall.end + SHORT
    )
    return [row for row in pairwise(met) if row[1] > wall.start + AT_EDGE and row[0] < wall.end - AT_EDGE]


def _is_of_characters(wall: Ruling, flat: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether a short wall reaches no row edge, and characters stand beside it."""
    rows = [row for row in _rows(wall, flat) if row[1] - row[0] >= LOWEST]
    if wall.end - wall.start >= SHORT or not rows:
        return False
    floats = all(_floats(wall.position, row, straight) for row in rows)
    return floats and any(max(_beside(wall.position, row, straight)) >= CHARACTER for row in rows)


def _cut(wall: Ruling, flat: Sequence[Ruling], straight: Straight) -> Ruling:
    """Give a wall without its first and its last row where a character stands on it there."""
    rows = _rows(wall, flat)
    if len(rows) < 2:
        return wall
    start, end = wall.start, wall.end
    if _is_on_character(wall.position, rows[0], straight):
        start = max(start, rows[0][1])
    if _is_on_character(wall.position, rows[-1], straight):
        end = min(end, rows[-1][0])
    return replace(wall, start=start, end=end) if start < end else wall


def _is_on_character(place: float, row: Row, straight: Straight) -> bool:
    """Say whether a line reaches neither edge of a row and has ink on both sides."""
    if row[1] - row[0] < LOWEST or not _floats(place, row, straight):
        return False
    return min(_beside(place, row, straight)) >= CHARACTER


def _floats(place: float, row: Row, straight: Straight) -> bool:
    """Say whether a line is white across near both edges of a row."""
    scale = straight.scale
    band = straight.ink[max(0, round((place - BAND) * scale)) : round((place + BAND) * scale) + 1]
    ends = ((row[0], row[0] + REACHES), (row[1] - REACHES, row[1]))
    parts = [band[:, round(near * scale) : round(far * scale)] for near, far in ends]
    return all(part.size > 0 and not part.any(axis=0).all() for part in parts)


def _beside(place: float, row: Row, straight: Straight) -> tuple[float, float]:
    """Give along how much of a row (points) ink stands close to either side of a line."""
    scale = straight.scale
    along = slice(round((row[0] + APART) * scale), round((row[1] - APART) * scale))
    left, right = (
        float(
            np.count_nonzero(
                straight.ink[max(0, round(near * scale)) : round(far * scale), along].any(axis=0)
            )
        )
        / scale
        for near, far in ((place - FAR, place - NEAR), (place + NEAR, place + FAR))
    )
    return left, right
