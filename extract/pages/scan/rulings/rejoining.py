"""Parts of a worn table whose walls are lost in a row between them -> one table: their walls lie on the same tracks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.pages.scan.rulings.traces import Straight, share_left
from extract.pages.scan.rulings.tracks import SAME_TRACK, Group, find_tracks, middle_of

HIGH = 1.6
"""Parts lie no farther apart than this share of the distance of their row edges: between two tables stands a title."""

SAME_END = 8.0
"""Their row edges begin or end together within this distance (points); the other end may be lost."""

LEAST_WALLS, LEFT = 2, 0.15
"""So many walls lie on common tracks, and of these at least this share is left between the parts, on the average."""


def rejoin_tables(groups: Sequence[Group], columns: Straight) -> list[Group]:
    """Give the tables with the parts joined that lie one above another and whose walls go on; ``columns`` shows what is left of these.

    Pieces of row edges that lost all walls across them go to the table on whose tracks they lie.
    """
    tables = sorted((g for g in groups if g[0] and g[1]), key=lambda group: _edges(group)[0])
    joined: list[Group] = []
    is_rejoined: list[bool] = []
    for table in tables:
        above = next((i for i, other in enumerate(joined) if _goes_on(other, table, columns)), None)
        if above is None:
            joined.append((list(table[0]), list(table[1])))
            is_rejoined.append(False)
        else:
            joined[above][0].extend(table[0])
            joined[above][1].extend(table[1])
            is_rejoined[above] = True
    loose: list[Group] = []
    for group in (g for g in groups if not (g[0] and g[1])):
        own = next(
            (t for t, is_one in zip(joined, is_rejoined, strict=True) if is_one and _is_of(group, t)), None
        )
        if own is None:
            loose.append(group)
        else:
            own[0].extend(group[0])
    return [*joined, *loose]


def _goes_on(above: Group, below: Group, columns: Straight) -> bool:
    """Say whether a part is of the table above it."""
    upper, lower = _edges(above), _edges(below)
    gap = lower[0] - upper[-1]
    if not 0 < gap <= HIGH * float(np.median(np.diff([*upper, *lower]))):
        return False
    (start, end), (other_start, other_end) = _sides(above), _sides(below)
    if min(abs(start - other_start), abs(end - other_end)) > SAME_END:
        return False
    walls = [middle_of(track) for track in find_tracks(above[1])]
    common = [
        place
        for place in (middle_of(track) for track in find_tracks(below[1]))
        if any(abs(place - wall) <= SAME_TRACK for wall in walls)
    ]
    left = sum(share_left(columns, place, upper[-1], lower[0]) for place in common)
    return len(common) >= LEAST_WALLS and left >= LEFT * len(common)


def _is_of(group: Group, table: Group) -> bool:
    """Say whether pieces of row edges lie on those of a table."""
    start, end = _sides(table)
    edges = _edges(table)
    return bool(group[0]) and all(
        start <= r.start + SAME_END
        and r.start < end
        and any(abs(r.position - edge) <= SAME_TRACK for edge in edges)
        for r in group[0]
    )


def _edges(group: Group) -> list[float]:
    return [middle_of(track) for track in find_tracks(group[0])]


def _sides(group: Group) -> tuple[float, float]:
    return min(r.start for r in group[0]), max(r.end for r in group[0])
