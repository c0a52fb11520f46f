"""Tables close to one another -> each with its own rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight, share_left
from extract.pages.scan.rulings.tracks import NOTHING, TOUCH, Group, find_tracks, middle_of

LEAST_PARTING, LEAST_SIDES = 8.0, 4
"""Two tables stand at least this far apart (points), and have at least so many walls, where something may stand between."""

LEAST_GAP = 4.5
"""Likewise where nothing does; the lines of a double ruling lie nearer."""

LEAST_ENDS = 3
"""So many rulings in a row must end at such a gap."""

LINE = 1.5
"""Ink this near (points) the middle of a ruling is its own."""

SPECKS = 0.03
"""Where less than this share is ink, there are only specks."""

FIRST, LAST = float("-inf"), float("inf")


def part_tables(group: Group, rows: Straight, columns: Straight) -> list[Group]:
    """Give the tables of a group that only stand close above or beside one another: no wall leads from one to the next.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    parts = _part_above(group, columns) or _part_beside(group, rows)
    if parts is not None:
        return [*part_tables(parts[0], rows, columns), *part_tables(parts[1], rows, columns)]
    return [group]


def _part_above(group: Group, columns: Straight) -> tuple[Group, Group] | None:
    """Give the tables above and below a gap, or None."""
    flat, upright = group
    for above, below in pairwise(middle_of(track) for track in find_tracks(flat)):
        is_empty = below - above >= LEAST_GAP and _is_gap((above, below), upright, columns)
        if not is_empty and (
            below - above < LEAST_PARTING
            or any(r.start < below - TOUCH and r.end > above + TOUCH for r in upright)
        ):
            continue
        parts = (
            ([r for r in flat if r.position < above + 1], _cut(upright, FIRST, above)),
            ([r for r in flat if r.position > below - 1], _cut(upright, below, LAST)),
        )
        sides = _sides(parts)
        if len(sides) < LEAST_SIDES or not all(is_side for _, is_side in sides):
            continue
        if is_empty or all(share_left(columns, place, above, below) <= NOTHING for place, _ in sides):
            return parts
    return None


def _part_beside(group: Group, rows: Straight) -> tuple[Group, Group] | None:
    """Give the tables left and right of a gap in which nothing stands, or None."""
    flat, upright = group
    for left, right in pairwise(middle_of(track) for track in find_tracks(upright)):
        if right - left < LEAST_GAP or not _is_gap((left, right), flat, rows):
            continue
        parts = (
            (_cut(flat, FIRST, left), [r for r in upright if r.position < left + 1]),
            (_cut(flat, right, LAST), [r for r in upright if r.position > right - 1]),
        )
        if all(len(find_tracks(own)) > 1 for part in parts for own in part):
            return parts
    return None


def _is_gap(gap: tuple[float, float], across: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether nothing at all stands between two rulings, and the rulings across them end there.

    ``straight`` shows what is left of the rulings across.
    """
    low, high = gap
    places = [middle_of(track) for track in find_tracks(across)]
    ending = [
        place
        for place in places
        if max(_inked(straight, place, low - TOUCH, low), _inked(straight, place, high, high + TOUCH))
    ]
    if len(ending) < LEAST_ENDS:
        return False
    scale = straight.scale
    part = straight.ink[
        round((min(places) - LINE) * scale) : round((max(places) + LINE) * scale),
        round((low + LINE) * scale) : round((high - LINE) * scale),
    ]
    return (
        bool(part.size)
        and float(np.count_nonzero(part)) <= SPECKS * part.size
        and all(_inked(straight, place, low + LINE, high - LINE) <= NOTHING for place in places)
    )


def _inked(straight: Straight, place: float, low: float, high: float) -> float:
    """Give the share of a piece of a ruling on which there is ink."""
    scale = straight.scale
    row = round(place * scale)
    band = straight.ink[max(0, row - 2) : row + 3, max(0, round(low * scale)) : round(high * scale)]
    return float(band.any(axis=0).mean()) if band.size else 0.0


def _cut(rulings: Sequence[Ruling], low: float, high: float) -> list[Ruling]:
    """Give what of rulings lies between two places."""
    cut = (replace(ruling, start=max(ruling.start, low), end=min(ruling.end, high)) for ruling in rulings)
    return [ruling for ruling in cut if ruling.end > ruling.start + TOUCH]


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
