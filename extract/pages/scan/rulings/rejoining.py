"""Parts of a worn table -> one table: of its walls, lost in a row between them, or of its frame, which fell into pieces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from extract.pages.scan.rulings.traces import Straight, share_left
from extract.pages.scan.rulings.tracks import ACROSS_REACH, SAME_TRACK, Group, Track, find_tracks, middle_of

HIGH = 1.6
"""Parts lie no farther apart than this share of the distance of their row edges: between two tables stands a title."""

SAME_END = 8.0
"""Their row edges begin or end together within this distance (points); the other end may be lost."""

LEAST_WALLS, LEFT = 2, 0.15
"""So many walls lie on common tracks, and of these at least this share is left between the parts, on the average."""

SIDE_LEFT, LOWEST = 0.5, 40.0
"""At least this share is left of each side of a frame in pieces, which is so high at least (points)."""

MOST_PIECES = 40
"""More tracks of pieces are a drawing."""


def join_frames(groups: Sequence[Group]) -> list[Group]:
    """Give the groups with the pieces of each frame joined: the four sides of it meet at its corners or nearly do."""
    pieces = [g for g in groups if all(len(find_tracks(own)) <= 1 for own in g)]
    flat, upright = (find_tracks([r for g in pieces for r in g[i]]) for i in (0, 1))
    if len(flat) + len(upright) > MOST_PIECES:
        return list(groups)
    joined: list[Group] = []
    for top, bottom in combinations(flat, 2):
        for left, right in combinations(upright, 2):
            if not _is_frame((top, bottom), (left, right)):
                continue
            own = [g for g in pieces if _is_inside(g, (top, bottom), (left, right))]
            pieces = [g for g in pieces if g not in own]
            if len(own) > 1:
                joined.append(([r for g in own for r in g[0]], [r for g in own for r in g[1]]))
            else:
                pieces += own
    others = [g for g in groups if not all(len(find_tracks(own)) <= 1 for own in g)]
    return [*others, *joined, *pieces]


def _is_frame(flat: tuple[Track, Track], upright: tuple[Track, Track]) -> bool:
    """Say whether two tracks of each axis end at one another, and most of each is left."""
    corners = [[middle_of(track) for track in own] for own in (upright, flat)]
    if corners[1][1] - corners[1][0] < LOWEST:
        return False
    for own, (low, high) in zip((flat, upright), corners, strict=True):
        for track in own:
            start, end = min(r.start for r in track), max(r.end for r in track)
            if max(abs(start - low), abs(end - high)) > ACROSS_REACH:
                return False
            if sum(r.end - r.start for r in track) < SIDE_LEFT * (high - low):
                return False
    return True


def _is_inside(group: Group, flat: tuple[Track, Track], upright: tuple[Track, Track]) -> bool:
    (top, bottom), (left, right) = ([middle_of(track) for track in own] for own in (flat, upright))
    return all(
        low - SAME_TRACK <= r.position <= high + SAME_TRACK
        and start - ACROSS_REACH <= r.start
        and r.end <= end + ACROSS_REACH
        for own, (low, high), (start, end) in (
            (group[0], (top, bottom), (left, right)),
            (group[1], (left, right), (top, bottom)),
        )
        for r in own
    )


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
