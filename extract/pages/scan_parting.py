"""Tables close above one another -> each with its own rulings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pages.scan_tracks import NOTHING, TOUCH, Group, Straight, find_tracks, middle_of, share_left

LEAST_PARTING, LEAST_SIDES = 8.0, 4
"""Two tables stand at least this far apart (points), and have at least so many walls."""


def part_tables(group: Group, columns: Straight) -> list[Group]:
    """Give the tables of a group that only stand close above one another: no wall leads from one to the next.

    The walls of both must be closed at the sides; ``columns`` shows what is left of the vertical rulings.
    """
    flat, upright = group
    edges = [middle_of(track) for track in find_tracks(flat)]
    for above, below in pairwise(edges):
        if below - above < LEAST_PARTING or any(
            r.start < below - TOUCH and r.end > above + TOUCH for r in upright
        ):
            continue
        parts = (
            ([r for r in flat if r.position < above + 1], [r for r in upright if r.end < below - TOUCH]),
            ([r for r in flat if r.position > below - 1], [r for r in upright if r.start > above + TOUCH]),
        )
        places = [place for place, _ in _sides(parts)]
        if len(places) < LEAST_SIDES or not all(is_side for _, is_side in _sides(parts)):
            continue
        if all(share_left(columns, place, above, below) <= NOTHING for place in places):
            return [parts[0], *part_tables(parts[1], columns)]
    return [group]


def _sides(parts: Sequence[Group]) -> list[tuple[float, bool]]:
    """Give the places of the walls of both tables, and whether each table is closed at both sides."""
    sides = []
    for flat, upright in parts:
        if not flat or len(upright) < 2:
            return []
        start, end = min(r.start for r in flat), max(r.end for r in flat)
        places = [r.position for r in upright]
        is_closed = min(places) <= start + TOUCH and max(places) >= end - TOUCH
        sides += [(place, is_closed) for place in places]
    return sides
