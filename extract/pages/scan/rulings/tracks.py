"""Broken rulings -> whole ones: between two rulings across it, a ruling is there or not; what is left of it decides.

A copy of a copy loses stretches of thin lines. The long pieces that survive tell where lines run (tracks); short pieces on
a track then count as well, which anywhere else would be strokes of characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

import cv2
import numpy as np

from extract.document import Ruling
from extract.geometry import Box, box_union
from extract.pages.scan.rulings.traces import Straight, share_left, stroke_left

Axis: TypeAlias = Literal["horizontal", "vertical"]
Group: TypeAlias = tuple[list[Ruling], list[Ruling]]
Track: TypeAlias = list[Ruling]

NEAR = 7.0
"""Parts of a table lie at most this far apart (points); between two tables stands at least a line of text."""

SAME_TRACK = 1.7
"""Pieces whose positions differ by at most this (points) lie on one track; the lines of a double ruling lie farther apart."""

CELL = 62.0
"""A stretch between two others is part of a row of cells when it is not longer than this (points)."""

NEAR_BORDER = 20.0
"""Likewise where one part has rulings along one axis only."""

PRESENT = 0.4
"""A ruling stands between two crossings when at least this share of it is left: of a clean one all is, of none nothing."""

CLEAR = 0.7
"""Likewise in a table whose rulings are mostly whole."""

PROBABLE = 0.5
"""In such a table this share is enough between two stretches that stand; in one full of holes any."""

END_SHARE, END, END_MARGIN, END_LEFT = 0.2, (2.0, 16.0), 0.8, 0.35
"""In such a table this share (``END_LEFT``) of both ends of a stretch is left at least. An end is a point less than so much of the
stretch, but so long (points), and begins so far (points) from the ruling across it."""

HALF_LEFT, ENTERED = 0.4, 12.0
"""Of a stretch of which this share is left a ruling that goes on into it for so long (points) was drawn through it."""

BORDER = 0.4
"""An outer border of which this share is left was whole."""

BORDER_REACH = 26.0
"""A lost border lies at most this far (points) outside the longest ruling that should end at it."""

SHORTEST_BORDER = 24.0
"""Likewise at least this long (points): two table rows."""

LONG = 40.0
"""A piece this long (points) is no stroke of a character."""

TOUCH = 4.0
"""A piece that ends this near (points) a ruling across it meets it."""

CROSSING = 1.8
"""A character stands across a ruling when it reaches this far (points) to both sides of it; one that touches it does not."""

TALLEST, APART = 6.0, 2.5
"""Characters are looked for so near the ruling, and so far from the rulings across it (points)."""

CHARACTER = 5.0
"""Characters of this width together (points) lie across a ruling; one alone may be a stroke that runs into it."""

NOTHING, WHOLE, BROKEN = 0.1, 0.85, 0.15
"""A table is full of holes when more than ``BROKEN`` of the stretches of which anything is left are not whole."""

ACROSS_REACH = 14.0
"""A ruling across that ends this near (points) a track crosses it; its end may be lost."""

BEYOND = 7.0
"""One that goes on for more than this (points) to both sides of a track ends elsewhere: the lowest table row is higher."""

SAME_CROSSING = 3.0
"""Crossings this near each other (points) are one: the lines of a double ruling."""

LONGEST = 300.0
"""Stretches longer than this (points) are not filled: no column is so wide."""

JOINT = 0.6
"""Stretches that end this near each other (points) are one ruling."""


class Stretch(NamedTuple):
    """A piece of a track between two rulings across it, and the share (0 to 1) of it that is left in print."""

    position: float
    low: float
    high: float
    share: float


def complete_rulings(
    axis: Axis, rulings: Sequence[Ruling], across: Sequence[Ruling], straight: Straight, *, with_borders: bool
) -> list[Ruling]:
    """Give the rulings of one axis of one table with their lost stretches filled in.

    ``straight`` shows what is left of them. ``with_borders`` looks for outer borders of which no long piece survived.
    """
    completed: list[Ruling] = []
    tracks = find_tracks(rulings)
    if with_borders:
        for position in lost_borders(tracks, across, straight):
            tracks.append([Ruling(axis, position, 0.0, 0.0, 0.5)])
    shares = [_shares(track, across, straight) for track in tracks]
    # A track of strokes of characters, which no ruling meets, is full of holes and says nothing of the table.
    told = zip(tracks, shares, strict=True)
    is_broken = _is_broken([stretch for track, own in told if runs_into(track, across) for stretch in own])
    for track, stretches in zip(tracks, shares, strict=True):
        completed += _complete(axis, track, across, stretches, straight, is_broken=is_broken)
    return completed


def _shares(track: Sequence[Ruling], across: Sequence[Ruling], straight: Straight) -> list[Stretch]:
    """Give the stretches of a track between the rulings across it, each with the share that is left of it."""
    position = middle_of(track)
    stretches = []
    for low, high in pairwise(_crossings(position, across)):
        local = local_position(track, low, high, position)
        share = share_left(straight, local, low, high) if high - low <= LONGEST else 0.0
        stretches.append(Stretch(local, low, high, share))
    return stretches


def has_holes(group: Group, rows: Straight, columns: Straight) -> bool:
    """Say whether the rulings of a table are full of holes."""
    flat, upright = group
    return _is_broken(
        [
            stretch
            for own, across, straight in ((flat, upright, rows), (upright, flat, columns))
            for track in find_tracks(own)
            if runs_into(track, across)
            for stretch in _shares(track, across, straight)
        ]
    )


def runs_into(track: Sequence[Ruling], across: Sequence[Ruling]) -> bool:
    """Say whether a piece of a track is long, or meets a ruling across it: strokes and frames inside a cell do not."""
    return any(
        ruling.end - ruling.start >= LONG
        or any(
            other.start - TOUCH <= ruling.position <= other.end + TOUCH
            and ruling.start - TOUCH <= other.position <= ruling.end + TOUCH
            for other in across
        )
        for ruling in track
    )


def _is_broken(stretches: Sequence[Stretch]) -> bool:
    seen = [stretch.share for stretch in stretches if stretch.share > NOTHING]
    return sum(share < WHOLE for share in seen) > BROKEN * len(seen)


def lost_borders(
    tracks: Sequence[Sequence[Ruling]],
    across: Sequence[Ruling],
    straight: Straight,
    *,
    least: float = PRESENT,
) -> list[float]:
    """Give the places just outside the outermost track where short strokes stand in a row along the whole table."""
    if len(across) < 2:
        return []
    low, high = min(r.position for r in across), max(r.position for r in across)
    start, end = min(r.start for r in across), max(r.end for r in across)
    middles = [middle_of(track) for track in tracks]
    found = []
    for near, far in (
        (start - BORDER_REACH, start + SAME_CROSSING),
        (end - SAME_CROSSING, end + BORDER_REACH),
    ):
        if any(near <= middle <= far for middle in middles) or high - low < SHORTEST_BORDER:
            continue
        places = np.arange(near, far, 0.5)
        shares = [share_left(straight, float(place), low, high) for place in places]
        best = np.flatnonzero(np.array(shares) >= max(shares) - 1e-6)
        if shares[best[0]] >= least:
            found.append(float(places[best].mean()))
    return found


def group_rulings(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> list[Group]:
    """Give the rulings table by table: those that cross one another, or would but for a lost end, belong together."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(horizontal):
        for j, column in enumerate(vertical, start=len(horizontal)):
            if (
                row.start - ACROSS_REACH <= column.position <= row.end + ACROSS_REACH
                and column.start - ACROSS_REACH <= row.position <= column.end + ACROSS_REACH
            ):
                parent[root(i)] = root(j)
    groups: dict[int, Group] = {}
    for index, ruling in enumerate([*horizontal, *vertical]):
        groups.setdefault(root(index), ([], []))[index >= len(horizontal)].append(ruling)
    return _join_groups(list(groups.values()))


def _join_groups(groups: list[Group]) -> list[Group]:
    """Join groups whose boxes touch: the parts of a table that lost the rulings between them."""
    joined: list[tuple[Box, Group]] = []
    for group in groups:
        box, (flat, upright) = _group_box(group), group
        while True:
            near = next(
                (i for i, (other, g) in enumerate(joined) if _touch(box, other, _reach(g, group))), None
            )
            if near is None:
                break
            other, (rows, columns) = joined.pop(near)
            box, flat, upright = box_union((box, other)), [*rows, *flat], [*columns, *upright]
        joined.append((box, (flat, upright)))
    return [group for _, group in joined]


def _group_box(group: Group) -> Box:
    flat, upright = group
    boxes = [(r.start, r.position, r.end, r.position) for r in flat]
    boxes += [(r.position, r.start, r.position, r.end) for r in upright]
    return box_union(boxes)


def _reach(one: Group, other: Group) -> float:
    """Give how far apart two groups may lie: a border whose corners are lost stands a whole row off its table."""
    is_part = not (one[0] and one[1]) or not (other[0] and other[1])
    return NEAR_BORDER if is_part else NEAR


def _touch(one: Box, other: Box, reach: float) -> bool:
    return (
        one[0] - reach <= other[2]
        and other[0] - reach <= one[2]
        and one[1] - reach <= other[3]
        and other[1] - reach <= one[3]
    )


def _complete(
    axis: Axis,
    track: Sequence[Ruling],
    across: Sequence[Ruling],
    stretches: Sequence[Stretch],
    straight: Straight,
    *,
    is_broken: bool,
) -> list[Ruling]:
    kept = [r for r in track if r.end > r.start]
    whole = sum(s.high - s.low for s in stretches)
    left = sum(s.share * (s.high - s.low) for s in stretches)
    is_border = _is_outermost(middle_of(track), across) and left >= BORDER * whole
    present, probable = (PRESENT, 0.0) if is_broken else (CLEAR, PROBABLE)
    for index, stretch in enumerate(stretches):
        beside = [stretches[i].share >= present for i in (index - 1, index + 1) if 0 <= i < len(stretches)]
        is_between = stretch.high - stretch.low <= CELL and len(beside) == 2 and all(beside)
        is_there = stretch.share >= (probable if is_between else present)
        if not is_broken:
            is_there = is_there and (stretch.share >= WHOLE or _has_ends(stretch, straight))
            is_there = is_there or _is_entered(stretch, track)
        if (is_border or is_there) and not is_text(stretch, straight):
            kept.append(Ruling(axis, stretch.position, stretch.low, stretch.high, track[0].thickness))
    return merge_stretches(kept)


def _has_ends(stretch: Stretch, straight: Straight) -> bool:
    """Say whether something is left of both ends of a stretch: strokes of characters do not reach the rulings across it."""
    length = min(max(END_SHARE * (stretch.high - stretch.low) - 1.0, END[0]), END[1])
    starts = (stretch.low + END_MARGIN, stretch.high - END_MARGIN - length)
    return all(stroke_left(straight, stretch[:3], start, start + length) >= END_LEFT for start in starts)


def _is_entered(stretch: Stretch, track: Sequence[Ruling]) -> bool:
    """Say whether a ruling of a track goes on for so long into a stretch of which about half is left that it was drawn through."""
    low, high = stretch.low, stretch.high
    parts = (min(r.end, high) - max(r.start, low) for r in track if r.start < low or r.end > high)
    return stretch.share >= HALF_LEFT and max(parts, default=0.0) >= ENTERED


def is_text(stretch: Stretch, straight: Straight) -> bool:
    """Say whether what is left of a stretch are strokes of characters that stand across it."""
    if stretch.share >= WHOLE:
        return False
    scale = straight.scale
    row, reach = round(stretch.position * scale), round(TALLEST * scale)
    top = max(0, row - reach)
    columns = slice(round((stretch.low + APART) * scale), max(round((stretch.high - APART) * scale), 0))
    part = np.ascontiguousarray(straight.ink[top : row + reach + 1, columns])
    if not part.size:
        return False
    _, _, boxes, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    first, last = row - top - CROSSING * scale, row - top + CROSSING * scale
    across = sum(width for _, y, width, height, _ in boxes[1:] if y <= first and y + height > last)
    return bool(across >= CHARACTER * scale)


def _is_outermost(position: float, across: Sequence[Ruling]) -> bool:
    """Say whether the rulings across end here: this is a border of the table, which is whole or missing."""
    met = [r for r in across if r.start - ACROSS_REACH <= position <= r.end + ACROSS_REACH]
    through = sum(r.start < position - BEYOND and r.end > position + BEYOND for r in met)
    return len(met) >= 2 and through <= 0.1 * len(met)


def find_tracks(rulings: Sequence[Ruling]) -> list[Track]:
    """Give the rulings of one axis by the line that they lie on, in order."""
    tracks: list[Track] = []
    for ruling in sorted(rulings, key=lambda r: r.position):
        if tracks and ruling.position - middle_of(tracks[-1]) <= SAME_TRACK:
            tracks[-1].append(ruling)
        else:
            tracks.append([ruling])
    return tracks


def middle_of(track: Sequence[Ruling]) -> float:
    """Give the position of a track, the long pieces weighing most."""
    weights = [max(r.end - r.start, 0.01) for r in track]
    return sum(r.position * weight for r, weight in zip(track, weights, strict=True)) / sum(weights)


def local_position(track: Sequence[Ruling], low: float, high: float, otherwise: float) -> float:
    """Give the position of the pieces in a stretch, or of the nearest one: a scan bends a line a little."""
    inside = [r for r in track if r.start < high and r.end > low]
    if inside:
        return middle_of(inside)
    nearest = min(track, key=lambda r: min(abs(r.end - low), abs(r.start - high)), default=None)
    return nearest.position if nearest is not None else otherwise


def _crossings(position: float, across: Sequence[Ruling]) -> list[float]:
    crossings: list[float] = []
    for place in sorted(
        r.position for r in across if r.start - ACROSS_REACH <= position <= r.end + ACROSS_REACH
    ):
        if not crossings or place - crossings[-1] > SAME_CROSSING:
            crossings.append(place)
    return crossings


def merge_stretches(stretches: Sequence[Ruling]) -> list[Ruling]:
    """Give one ruling for stretches that follow one another."""
    merged: list[Ruling] = []
    for ruling in sorted(stretches, key=lambda r: r.start):
        last = merged[-1] if merged else None
        if last is not None and ruling.start <= last.end + JOINT:
            one, other = last.end - last.start, ruling.end - ruling.start
            position = (last.position * one + ruling.position * other) / max(one + other, 1e-6)
            merged[-1] = Ruling(
                last.axis,
                position,
                last.start,
                max(last.end, ruling.end),
                max(last.thickness, ruling.thickness),
            )
        else:
            merged.append(ruling)
    return merged
