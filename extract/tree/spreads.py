"""Two grids on the halves of a spread -> whether they are one table printed over both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.document import CleanGrid

SPREAD_TOLERANCE: Final = 4.0
"""Points by which the two halves of one table over a spread may differ in height."""

FEWEST_EDGES: Final = 4
"""Rules that the halves need at the same heights, so that it is no chance."""

SAME_ROWS: Final = 0.8
"""Share of the rules of the half with fewer rows that stand at the heights of the other's."""

SOME_ROWS: Final = 0.65
"""The same share where the halves begin at one height and the right one states what the left lacks."""

SAME_HEIGHT: Final = 0.25
"""Of a row: by so much two rules of one row differ at most, and never by more than ``MOST_APART`` points."""

MOST_APART: Final = 6.0


def is_beside(left: CleanGrid, right: CleanGrid) -> bool:
    """Say whether two grids, one on each half, are parts of one table: as high as each other, or rows at the same heights.

    The frame of a half may hold less than that of the other: then the rows of the one go on beside some rows of the other.
    """
    return is_as_high(left, right) or _share_rows(left, right, SAME_ROWS)


def is_as_high(left: CleanGrid, right: CleanGrid) -> bool:
    """Say whether the grids begin at one height and end at one."""
    return begin_together(left, right) and abs(left.box[3] - right.box[3]) <= SPREAD_TOLERANCE


def is_perhaps_beside(left: CleanGrid, right: CleanGrid) -> bool:
    """Say whether a unit that stands over the right grid, at the end of the frame, holds for the left too.

    Never the other way round: a unit over the left half alone is that of the left.
    """
    return begin_together(left, right) and _share_rows(left, right, SOME_ROWS)


def begin_together(left: CleanGrid, right: CleanGrid) -> bool:
    """Say whether the grids begin at one height."""
    return abs(left.box[1] - right.box[1]) <= SPREAD_TOLERANCE


def _share_rows(left: CleanGrid, right: CleanGrid, share: float) -> bool:
    fewer, more = sorted((left.row_edges, right.row_edges), key=len)
    shared = _count_shared(fewer, more)
    return shared >= FEWEST_EDGES and shared >= share * len(fewer)


def _count_shared(edges: Sequence[float], others: Sequence[float]) -> int:
    """Give how many of the edges have one of the others at their height; both ascend."""
    height = (edges[-1] - edges[0]) / max(len(edges) - 1, 1)
    apart = min(MOST_APART, SAME_HEIGHT * height)
    shared = place = 0
    for edge in edges:
        while place < len(others) and others[place] < edge - apart:
            place += 1
        if place < len(others) and others[place] <= edge + apart:
            shared += 1
            place += 1
    return shared
