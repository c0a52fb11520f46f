"""Rulings full of holes -> whole ones, decided for a whole table together.

The tracks of a table make a lattice. What is left of a stretch between two others, and the text beside it, is weighed here;
the weights are settled against one another in ``scan_settling``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan_settling import STRONGEST, Lattice, Settling
from extract.pages.scan_tracks import (
    ACROSS_REACH,
    BESIDE,
    FLANK,
    LONGEST,
    Axis,
    Group,
    Straight,
    Track,
    find_tracks,
    local_position,
    lost_borders,
    merge_stretches,
    middle_of,
    runs_into,
    share_left,
)

MOST_STRETCHES = 4000
"""A lattice with more stretches is a drawing."""

EVEN = 0.25
"""Of a stretch of which this share is left nobody can say whether it was printed."""

FOREIGN_EVEN = 0.45
"""Likewise beyond the ends of its track: strokes of characters lie there as well."""

SLOPE = 10.0
"""Weight of a share above ``EVEN``, in natural logarithms of odds; the weights below are such too."""

USUAL_LENGTH = 20.0
"""A stretch of this length (points) of which nothing is left has the weight ``-EVEN * SLOPE``; longer ones are lost less easily."""

LONG_WEIGHT = 2.0
"""Most that the length adds."""

ACROSS_TEXT = -2.5
"""Weight of characters that stand on a stretch of which less than ``STRUCK`` is left."""

STRUCK = 0.6

BOTH_FILLED, ONE_FILLED = 3.0, 1.0
"""Weight of text on both sides of a wall, and on one, where the wall goes on above and below; half of it where at one end."""

CLEARLY = 2.0
"""What weighs this much was printed."""

BELOW_BOTH, BELOW_ONE, BELOW_NONE = 3.0, 1.5, 1.0
"""Weight of a clear piece of a wall above, with text on both sides of the stretch, on one, on none: cells are merged over
columns in headings, seldom below them."""

MOSTLY, IN_PART = 0.7, 0.15
"""Share of a track that is free of text, or there."""

ROW_EDGE = 6.0
"""Weight of text above and below a row edge that is there in part."""

STACKED = 2.0
"""Weight of text above and below a ruling; the lines of one cell stand so too."""

THROUGH = 1.2
"""Characters stand on a stretch when their strokes run through it over this length (points)."""

STROKES: dict[Axis, float] = {"horizontal": 2.8, "vertical": 2.0}
"""A stroke that runs through a track is inked this far (points) on both sides of it; print that fills its row reaches less far."""

OF_ONE_TRACK = 2.5
"""Weight of all others of a track being there or not: a row edge is drawn through the table, save where cells are merged."""

TEXT_AREA = 4.0
"""Less ink than this (square points) in a cell is specks."""

LOST_PIECE = 3.5
"""Least length (points) of a stroke that may be left of a ruling of which no long piece is."""

LOST_REACH = 5.0
"""It begins at the ruling that it ran into: so much of it (points) is looked at."""

RUNS_INTO = 0.4
"""Share of that which must be left."""

LOW_ROW = 14.0
"""In lower rows (points) a figure reaches as near to the rulings."""

LOWEST_ROW = 8.0
"""Rulings nearer than this (points) are a double one: a stroke between them says nothing."""

FROM_RULING_TO_RULING = 0.85
"""There a stroke must cover this share of the row: a figure 1 does not."""

LOST_PIECES, MANY_PIECES = 2, 5
"""So many of them make a track where no character stands on it in any row, and where some do."""

APART = 6.0
"""Such a track lies at least this far (points) from another."""

OPEN_SIDE = 12.0
"""An open column beside the last wall of a table is at least this wide (points)."""

BEYOND_LEAST, SAME_LEAST, SAME_END = 3, 2, 4.0
"""At least so many rulings go on there, and so many of them end within this distance (points) of one another."""


def settle_lattice(group: Group, rows: Straight, columns: Straight) -> Group | None:
    """Give the rulings of a table whose rulings are broken; None where its tracks make no lattice.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    flat = _tracks_with_borders("horizontal", group[0], group[1], rows)
    upright = _tracks_with_borders("vertical", group[1], group[0], columns)
    if len(flat) < 2 or len(upright) < 2 or 2 * len(flat) * len(upright) > MOST_STRETCHES:
        return None
    horizontal = _weigh("horizontal", flat, upright, rows)
    vertical = _weigh("vertical", upright, flat, columns)
    both, one = _filled(upright, flat, columns)
    vertical.walled[:] = BOTH_FILLED * both + ONE_FILLED * one
    _weigh_below(vertical, both, one)
    both, _ = _filled(flat, upright, rows)
    horizontal.walled[:] = STACKED * both
    _weigh_rows(horizontal, both, np.diff([middle_of(track) for track in upright]))
    states = Settling(horizontal, vertical).settle()
    return (
        _to_rulings("horizontal", flat, upright, states[0]),
        _to_rulings("vertical", upright, flat, states[1]),
    )


def _tracks_with_borders(
    axis: Axis, rulings: Sequence[Ruling], across: Sequence[Ruling], straight: Straight
) -> list[Track]:
    tracks = [track for track in find_tracks(rulings) if runs_into(track, across)]
    tracks += [[Ruling(axis, position, 0.0, 0.0, 0.5)] for position in _lost_tracks(tracks, across, straight)]
    tracks.sort(key=middle_of)
    borders = lost_borders(tracks, across, straight, least=EVEN)
    ends = _open_ends(axis, [*(middle_of(track) for track in tracks), *borders], across)
    places = [*borders, *ends]
    return sorted([*tracks, *([Ruling(axis, position, 0.0, 0.0, 0.5)] for position in places)], key=middle_of)


def _open_ends(axis: Axis, known: Sequence[float], across: Sequence[Ruling]) -> list[float]:
    """Give the open sides of a table: where several rulings across end together beyond the last wall."""
    if axis == "horizontal" or not known or not across:
        return []
    first, last = min(r.start for r in across), max(r.end for r in across)
    found = []
    beyond = [r.start for r in across if min(known) - r.start >= OPEN_SIDE]
    if len(beyond) >= BEYOND_LEAST and sum(start <= first + SAME_END for start in beyond) >= SAME_LEAST:
        found.append(first)
    beyond = [r.end for r in across if r.end - max(known) >= OPEN_SIDE]
    if len(beyond) >= BEYOND_LEAST and sum(end >= last - SAME_END for end in beyond) >= SAME_LEAST:
        found.append(last)
    return found


def _lost_tracks(tracks: Sequence[Track], across: Sequence[Ruling], straight: Straight) -> list[float]:
    """Give the places between tracks where short strokes, with paper on both sides, stand one behind another in several rows."""
    places = [middle_of(track) for track in find_tracks(across)]
    known = [middle_of(track) for track in tracks]
    if len(places) < 3 or len(known) < 2:
        return []
    scale = straight.scale
    first, last = round(places[0] * scale), round(places[-1] * scale)
    top, bottom = round(known[0] * scale), round(known[-1] * scale)
    near, far = round(BESIDE * scale), round(FLANK * scale)
    sides = []
    for part in (slice(None, far - near), slice(far + near + 1, None)):
        kernel = np.zeros((2 * far + 1, 1), dtype=np.uint8)
        kernel[part] = 1
        sides.append(cv2.dilate(straight.ink[top:bottom, first:last], kernel) > 0)
    # A line that wanders by a pixel is one line.
    stroke = cv2.dilate(straight.short[top:bottom, first:last], np.ones((3, 1), np.uint8)) > 0
    alone, bare = stroke & ~(sides[0] | sides[1]), stroke & ~(sides[0] & sides[1])
    found = _ends(alone, bare, places, first, scale)
    rows = np.flatnonzero(found >= LOST_PIECES)
    lost: list[float] = []
    for row in sorted(rows, key=lambda r: -found[r]):
        place = (top + row + 0.5) / scale
        is_free = found[row] >= MANY_PIECES or not _is_crossed(straight, place, places)
        if is_free and all(abs(place - other) >= APART for other in (*known, *lost)):
            lost.append(place)
    return lost


def _is_crossed(straight: Straight, position: float, places: Sequence[float]) -> bool:
    """Say whether characters stand on a line in any row."""
    reach = round(STROKES["vertical"] * straight.scale)
    return any(
        _strokes_through(straight, position, low, high, reach) >= THROUGH
        for low, high in pairwise(places)
        if high - low >= LOWEST_ROW
    )


def _ends(
    alone: NDArray[np.bool_], bare: NDArray[np.bool_], places: Sequence[float], first: int, scale: float
) -> NDArray[np.intp]:
    """Count for each row the ends of stretches that a stroke runs into.

    ``alone`` are strokes with paper on both sides, ``bare`` those with paper on one side at least.
    """
    whole, upper, lower = (np.zeros(len(alone), dtype=np.intp) for _ in range(3))
    for low, high in pairwise(places):
        if high - low < LOWEST_ROW:
            continue
        start, end = (round((low + 1) * scale) - first, round((high - 1) * scale) - first)
        if high - low < LOW_ROW:
            whole += bare[:, start:end].sum(axis=1) >= FROM_RULING_TO_RULING * max(1, end - start)
            continue
        reach = round(LOST_REACH * scale)
        upper += alone[:, start : start + reach].sum(axis=1) >= LOST_PIECE * scale
        lower += alone[:, end - reach : end].sum(axis=1) >= LOST_PIECE * scale
    # The commas of a column of numbers stand at the same height in every row.
    at_one_end = (np.minimum(upper, lower) == 0) & (np.maximum(upper, lower) > LOST_PIECES)
    return np.asarray(whole + np.where(at_one_end, 0, upper + lower), dtype=np.intp)


def _weigh(axis: Axis, tracks: list[Track], across: Sequence[Track], straight: Straight) -> Lattice:
    places = [middle_of(track) for track in across]
    weight = np.full((len(tracks), len(places) - 1), -STRONGEST)
    beginning, through = np.zeros_like(weight, dtype=bool), np.zeros_like(weight, dtype=bool)
    reach = round(STROKES[axis] * straight.scale)
    for index, track in enumerate(tracks):
        start, end = (min(r.start for r in track) - ACROSS_REACH, max(r.end for r in track) + ACROSS_REACH)
        for stretch, (low, high) in enumerate(pairwise(places)):
            if high - low > LONGEST:
                weight[index, stretch] = STRONGEST if _covers(track, low, high) else -STRONGEST
                continue
            position = local_position(track, low, high, middle_of(track))
            is_own = end <= start + 2 * ACROSS_REACH or (start <= low and high <= end)
            ends = 2 if is_own else _ends_left(straight, position, low, high)
            is_own = ends == 2
            beginning[index, stretch] = ends > 0
            share = share_left(straight, position, low, high, beside_ink=1.0 if is_own else 0.5)
            weight[index, stretch] = _share_to_weight(share, high - low, is_own=is_own)
            through[index, stretch] = (
                share < STRUCK and _strokes_through(straight, position, low, high, reach) >= THROUGH
            )
    weight += ACROSS_TEXT * through
    if axis == "horizontal":
        lengths = np.diff(places)
        there = (weight > 0) @ lengths / lengths.sum()
        weight += OF_ONE_TRACK * (2 * there[:, None] - 1)
    return Lattice(tracks, weight, np.zeros_like(weight), beginning, through)


def _ends_left(straight: Straight, position: float, low: float, high: float) -> int:
    """Count the ends of a stretch at which something is left of it, where no character reaches."""
    return sum(
        share_left(straight, position, start, start + LOST_REACH, beside_ink=0.0) >= RUNS_INTO
        for start in (low, high - LOST_REACH)
    )


def _covers(track: Track, low: float, high: float) -> bool:
    return sum(
        min(r.end, high) - max(r.start, low) for r in track if r.start < high and r.end > low
    ) >= 0.5 * (high - low)


def _share_to_weight(share: float, length: float, *, is_own: bool) -> float:
    even = EVEN if is_own else FOREIGN_EVEN
    weight = SLOPE * (share - even)
    if weight < 0:
        weight *= min(max(length / USUAL_LENGTH, 0.6), LONG_WEIGHT)
    return min(weight, STRONGEST)


def _strokes_through(straight: Straight, position: float, low: float, high: float, reach: int) -> float:
    """Give the length (points) over which strokes run through a stretch."""
    scale = straight.scale
    columns = slice(round((low + 2) * scale), max(round((high - 2) * scale), 0))
    row = round(position * scale)
    band = straight.ink[max(0, row - reach) : row + reach + 1, columns]
    return float(np.count_nonzero(band.all(axis=0))) / scale


def _filled(
    tracks: Sequence[Track], across: Sequence[Track], straight: Straight
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of each stretch whether text stands on both sides of it, and whether on one alone."""
    places, ends = [middle_of(track) for track in tracks], [middle_of(track) for track in across]
    filled = np.zeros((len(places) + 1, len(ends) - 1), dtype=bool)
    for index, (near, far) in enumerate(pairwise(places), start=1):
        for stretch, (low, high) in enumerate(pairwise(ends)):
            filled[index, stretch] = _has_text(straight, (near, far), (low, high))
    return filled[:-1] & filled[1:], filled[:-1] ^ filled[1:]


def _weigh_below(vertical: Lattice, both: NDArray[np.bool_], one: NDArray[np.bool_]) -> None:
    """Weigh that a wall goes on from its first clear piece to the foot of the table, where no text runs through it."""
    for index in range(1, len(vertical.tracks) - 1):
        clear = np.flatnonzero(vertical.weight[index] >= CLEARLY)
        if not len(clear):
            continue
        below = slice(int(clear[0]) + 1, None)
        free = ~vertical.through[index, below]
        if not free.size or free.mean() < MOSTLY:
            continue
        goes_on = np.where(both[index, below], BELOW_BOTH, np.where(one[index, below], BELOW_ONE, BELOW_NONE))
        vertical.weight[index, below] += free * goes_on


def _weigh_rows(horizontal: Lattice, both: NDArray[np.bool_], lengths: NDArray[np.float64]) -> None:
    """Weigh that a row edge below the heading is drawn through the table, where text stands above it and below it."""
    there = (horizontal.weight > 0) @ lengths / lengths.sum()
    # The corner over the row labels is one cell down to the last row of the heading.
    body = np.flatnonzero((there[1:-1] >= MOSTLY) & (horizontal.weight[1:-1, 0] > 0))
    if not len(body):
        return
    rows = slice(int(body[0]) + 2, len(there) - 1)
    if rows.start >= rows.stop:
        return
    # A column whose edges are mostly missing holds labels of several rows, perhaps set one letter below another.
    is_merged = (horizontal.weight[rows] < -CLEARLY).mean(axis=0) >= MOSTLY
    for index in range(rows.start, rows.stop):
        if there[index] >= IN_PART:
            # What the track was held to lack is given back: its stretches may have been lost together.
            lacking = max(0.0, OF_ONE_TRACK * (1 - 2 * float(there[index])))
            is_edge = both[index] & ~horizontal.through[index] & ~is_merged
            horizontal.weight[index] += (ROW_EDGE + lacking) * is_edge


def _has_text(straight: Straight, across: tuple[float, float], along: tuple[float, float]) -> bool:
    scale = straight.scale
    rows = slice(round((across[0] + 2) * scale), max(round((across[1] - 2) * scale), 0))
    columns = slice(round((along[0] + 2) * scale), max(round((along[1] - 2) * scale), 0))
    return bool(np.count_nonzero(straight.ink[rows, columns]) >= TEXT_AREA * scale * scale)


def _to_rulings(
    axis: Axis, tracks: Sequence[Track], across: Sequence[Track], states: NDArray[np.bool_]
) -> list[Ruling]:
    places = [middle_of(track) for track in across]
    rulings: list[Ruling] = []
    for track, state in zip(tracks, states, strict=True):
        pieces = [
            Ruling(axis, local_position(track, low, high, middle_of(track)), low, high, track[0].thickness)
            for (low, high), is_there in zip(pairwise(places), state, strict=True)
            if is_there
        ]
        # Rulings that go on beyond the lattice: the open sides of a table.
        for ruling in track:
            if ruling.start < places[0] - 1:
                pieces.append(ruling_part(ruling, ruling.start, min(ruling.end, places[0])))
            if ruling.end > places[-1] + 1:
                pieces.append(ruling_part(ruling, max(ruling.start, places[-1]), ruling.end))
        rulings += merge_stretches(pieces)
    return rulings


def ruling_part(ruling: Ruling, start: float, end: float) -> Ruling:
    """Give a part of a ruling."""
    return Ruling(ruling.axis, ruling.position, start, end, ruling.thickness)
