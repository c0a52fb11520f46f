"""Horizontal rulings of a worn copy that no vertical one crosses -> whole ones, and those that are borders -> their table.

Such rulings lose stretches and ends like all others, and no crossing says where they began. What is left of them on their
track, and what is left of the others above and below, does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.document import Ruling
from extract.pages.scan.rulings.traces import BESIDE, FLANK, Straight, share_left
from extract.pages.scan.rulings.tracks import (
    Group,
    Stretch,
    Track,
    find_tracks,
    is_text,
    local_position,
    merge_stretches,
    middle_of,
)

MOST_SIDES = 2
"""Vertical rulings with so few tracks make a frame and no table of columns."""

LEAST_TRACK = 40.0
"""A track with less print than this (points) says nothing of the paper."""

BROKEN_SHARE, WORN_SHARE = 0.5, 0.988
"""Rulings are worn where this share of the tracks is in pieces, and the pieces have holes: no more than ``WORN_SHARE`` is ink."""

STEP = 7.0
"""Gaps up to this (points) on a track are damage, as elsewhere."""

GAP, LEAST_PRINTED = 36.0, 0.3
"""Wider ones up to this (points) are, where this share of the other rulings above and below shows print: a gap between tables runs
through all of them."""

REACH = 60.0
"""What is left of a ruling is looked for so far (points) beyond its last long piece."""

NEIGHBOUR = 160.0
"""Other rulings at most so far above or below (points) are of the same table."""

BARE = 0.7
"""A stroke is part of a ruling where there is paper along this share of it, above or below."""

LEAST_STROKE = 4.0
"""Shorter strokes (points) are specks."""

LOST_END = 24.0
"""A ruling that ends this much earlier (points) than two others, which end together, lost its end ..."""

SAME_END = 2.5
"""... together within this distance (points)."""

BORDER_REACH = 60.0
"""A border lies at most so far (points) from the next ruling of its table: the rows of a heading are higher than others."""

BORDER_END = 6.0
"""It ends where the rulings of the table end, within this distance (points)."""

REMAINS, LEAST_REMAINS = 0.2, 2
"""So many walls of the table reach the border: at least this share of the way to it is left of each."""


def mend_lines(groups: Sequence[Group], rows: Straight, columns: Straight) -> list[Group]:
    """Give the rulings table by table, those of a worn page that no vertical one crosses made whole.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    every = find_tracks([ruling for flat, _ in groups for ruling in flat])
    if not _are_worn(every, rows):
        return list(groups)
    tables = [group for group in groups if len(find_tracks(group[1])) > MOST_SIDES]
    frames = [group for group in groups if group[1] and len(find_tracks(group[1])) <= MOST_SIDES]
    bound = find_tracks([ruling for flat, _ in tables for ruling in flat])
    # A track belongs to the frame at this place, or to none.
    loose = [(track, index) for index, (flat, _) in enumerate(frames) for track in find_tracks(flat)]
    single = find_tracks([ruling for flat, upright in groups if not upright for ruling in flat])
    loose += [(track, len(frames)) for track in single]
    chains = [
        (_chain(track, [*(t for t, _ in loose if t is not track), *bound], rows), index)
        for track, index in loose
    ]
    walls = [[middle_of(track) for track in find_tracks(upright)] for _, upright in frames] + [[]]
    mended: list[Group] = [([], upright) for _, upright in frames]
    free: list[Group] = []
    for chain, index in chains:
        others = [other for other, _ in chains if other is not chain] + bound
        whole = _with_ends(chain, others, walls[index], rows)
        table = next((group for group in tables if _is_border(whole, group, columns)), None)
        if index < len(frames):
            mended[index][0].extend(whole)
        elif table is not None:
            table[0].extend(whole)
        else:
            free.append((whole, []))
    return [*tables, *mended, *free]


def _are_worn(tracks: Sequence[Track], rows: Straight) -> bool:
    """Say whether the rulings of a page are in pieces that have holes themselves."""
    long = [track for track in tracks if sum(r.end - r.start for r in track) >= LEAST_TRACK]
    pieces = [ruling for track in long for ruling in track]
    if not pieces or sum(len(track) > 1 for track in long) < BROKEN_SHARE * len(long):
        return False
    ink = sum(_inked(ruling, rows) for ruling in pieces)
    return ink <= WORN_SHARE * sum(ruling.end - ruling.start for ruling in pieces)


def _inked(ruling: Ruling, rows: Straight) -> float:
    """Give the length of a ruling on which there is ink, in points."""
    scale = rows.scale
    row = round(ruling.position * scale)
    band = rows.short[max(0, row - 3) : row + 4, round(ruling.start * scale) : round(ruling.end * scale)]
    return float(np.count_nonzero(band.any(axis=0))) / scale


def drawn_out(track: Track, straight: Straight) -> tuple[float, float]:
    """Give where a ruling of either axis begins and ends, with the short strokes that are left beyond its long pieces."""
    start, end = _start(track), _end(track)
    strokes = _strokes(track, straight)
    for stroke in sorted(strokes, key=lambda s: s.start):
        if 0 <= stroke.start - end + STEP <= 2 * STEP:
            end = max(end, stroke.end)
    for stroke in sorted(strokes, key=lambda s: -s.end):
        if 0 <= start - stroke.end + STEP <= 2 * STEP:
            start = min(start, stroke.start)
    return start, end


def _chain(track: Track, others: Sequence[Track], rows: Straight) -> Track:
    """Give the pieces of a track with what is left between them and beyond, joined over its gaps."""
    pieces = sorted([*track, *_strokes(track, rows)], key=lambda r: r.start)
    chains: list[list[Ruling]] = []
    for piece in pieces:
        if chains and _is_gap(chains[-1][-1], piece, track, others, rows):
            chains[-1].append(piece)
        else:
            chains.append([piece])
    # Strokes that lead to no long piece are none of a ruling.
    kept = [chain for chain in chains if any(piece in track for piece in chain)]
    return [
        Ruling("horizontal", middle_of(chain), chain[0].start, max(r.end for r in chain), _thickness(chain))
        for chain in kept
    ]


def _thickness(chain: Sequence[Ruling]) -> float:
    return max(ruling.thickness for ruling in chain)


def _strokes(track: Track, rows: Straight) -> list[Ruling]:
    """Give the short strokes with paper beside them on a track, between its pieces and near its ends."""
    ordered = sorted(track, key=lambda r: r.start)
    width = rows.short.shape[1] / rows.scale
    places = [
        (max(0.0, ordered[0].start - REACH), ordered[0].start),
        *((one.end, other.start) for one, other in pairwise(ordered) if other.start > one.end),
        (ordered[-1].end, min(width, ordered[-1].end + REACH)),
    ]
    strokes: list[Ruling] = []
    for low, high in places:
        strokes += _strokes_between(track, low, high, rows)
    return strokes


def _strokes_between(track: Track, low: float, high: float, rows: Straight) -> list[Ruling]:
    scale = rows.scale
    position = local_position(track, low, high, middle_of(track))
    row, columns = round(position * scale), slice(round(low * scale), round(high * scale))
    near, far = round(BESIDE * scale), round(FLANK * scale)
    stroke = rows.short[max(0, row - 1) : row + 2, columns].any(axis=0)
    above = np.asarray(rows.ink[max(0, row - far) : max(0, row - near), columns].any(axis=0))
    below = np.asarray(rows.ink[row + near + 1 : row + far + 1, columns].any(axis=0))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], stroke.astype(np.int8), [0]))))
    found = []
    for start, end in edges.reshape(-1, 2):
        bare = max(float(1 - above[start:end].mean()), float(1 - below[start:end].mean()))
        if end - start >= LEAST_STROKE * scale and bare >= BARE:
            found.append(Ruling(track[0].axis, position, low + start / scale, low + end / scale, 0.5))
    return found


def _is_gap(before: Ruling, after: Ruling, track: Track, others: Sequence[Track], rows: Straight) -> bool:
    """Say whether the paper between two pieces of a track is where print was lost."""
    low, high = before.end, after.start
    if high - low <= STEP:
        return True
    position = local_position(track, low, high, middle_of(track))
    if high - low > GAP or is_text(Stretch(position, low, high, 0.0), rows):
        return False
    beside = [
        other
        for other in others
        if abs(middle_of(other) - position) <= NEIGHBOUR and _start(other) < low and _end(other) > high
    ]
    middle = (low + high) / 2
    printed = sum(any(r.start <= middle <= r.end for r in other) for other in beside)
    return bool(beside) and printed >= LEAST_PRINTED * len(beside)


def _with_ends(chain: Track, others: Sequence[Track], walls: Sequence[float], rows: Straight) -> Track:
    """Give a mended ruling drawn to the places where others end together, or where a wall stands."""
    position = middle_of(chain)
    beside = [other for other in others if abs(middle_of(other) - position) <= NEIGHBOUR]
    start, end = _start(chain), _end(chain)
    first = _shared([*map(_start, beside), *walls, *walls], start - LOST_END, start)
    last = _shared([*map(_end, beside), *walls, *walls], end, end + LOST_END)
    drawn = list(chain)
    if first is not None and not is_text(Stretch(position, first, start, 0.0), rows):
        drawn.append(Ruling("horizontal", position, first, start, 0.5))
    if last is not None and not is_text(Stretch(position, end, last, 0.0), rows):
        drawn.append(Ruling("horizontal", position, end, last, 0.5))
    return merge_stretches(drawn)


def _shared(places: Sequence[float], low: float, high: float) -> float | None:
    """Give the place between two others at which several rulings end, or None."""
    for place in places:
        if low <= place < high or low < place <= high:
            together = [other for other in places if abs(other - place) <= SAME_END]
            if len(together) > 1:
                return sum(together) / len(together)
    return None


def _is_border(chain: Track, table: Group, columns: Straight) -> bool:
    """Say whether a ruling is the border of a table that lost the rulings between the two."""
    flat, upright = table
    position, nearest = (
        middle_of(chain),
        min(flat, key=lambda r: abs(r.position - middle_of(chain)), default=None),
    )
    if nearest is None or not 0 < abs(nearest.position - position) <= BORDER_REACH:
        return False
    is_outside = position < min(r.position for r in flat) or position > max(r.position for r in flat)
    if (
        not is_outside
        or abs(_start(flat) - _start(chain)) > BORDER_END
        or abs(_end(flat) - _end(chain)) > BORDER_END
    ):
        return False
    low, high = sorted((position, nearest.position))
    walls = [middle_of(track) for track in find_tracks(upright)]
    reaching = sum(share_left(columns, wall, low, high) >= REMAINS for wall in walls)
    return reaching >= LEAST_REMAINS


def _start(track: Sequence[Ruling]) -> float:
    return min(ruling.start for ruling in track)


def _end(track: Sequence[Ruling]) -> float:
    return max(ruling.end for ruling in track)
