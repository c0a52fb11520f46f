"""Rulings full of holes -> whole ones, decided for a whole table together.

The tracks of a table make a lattice. What is left of a stretch between two others is weighed here, the text beside it in
``scan_weighing``; the weights are settled against one another in ``scan_settling``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan_mending import drawn_out
from extract.pages.scan_settling import STRONGEST, Lattice, Settling, cut_back
from extract.pages.scan_traces import BESIDE, FLANK, Straight, share_left
from extract.pages.scan_tracks import (
    ACROSS_REACH,
    LONGEST,
    Axis,
    Group,
    Track,
    find_tracks,
    local_position,
    lost_borders,
    merge_stretches,
    middle_of,
    runs_into,
)
from extract.pages.scan_weighing import OF_ONE_TRACK, weigh_text

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

THROUGH = 1.2
"""Characters stand on a stretch when their strokes run through it over this length (points)."""

STROKES: dict[Axis, float] = {"horizontal": 2.8, "vertical": 2.0}
"""A stroke that runs through a track is inked this far (points) on both sides of it; print that fills its row reaches less far."""

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

FAR = 60.0
"""Pieces on a track and the short strokes between them that lead this far (points) are no strokes of characters."""

OPEN_SIDE = 12.0
"""An open column beside the last wall of a table is at least this wide (points)."""

BEYOND_LEAST, SAME_LEAST, SAME_END = 3, 2, 4.0
"""At least so many rulings go on there (of few ``SAME_LEAST``), and so many end within this distance (points) of one another."""


def settle_lattice(group: Group, rows: Straight, columns: Straight) -> Group | None:
    """Give the rulings of a table whose rulings are broken; None where its tracks make no lattice.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    flat, open_rows = _tracks_with_borders("horizontal", group[0], group[1], rows, columns)
    upright, open_columns = _tracks_with_borders("vertical", group[1], group[0], columns, rows)
    if len(flat) < 2 or len(upright) < 2 or 2 * len(flat) * len(upright) > MOST_STRETCHES:
        return None
    horizontal = _weigh("horizontal", flat, upright, rows)
    vertical = _weigh("vertical", upright, flat, columns)
    weigh_text(horizontal, vertical, rows, columns)
    states = Settling(horizontal, vertical).settle()
    cut_back(states[1], vertical.share, states[0].any(axis=1) | open_rows)
    cut_back(states[0], horizontal.share, states[1].any(axis=1) | open_columns)
    return (
        _to_rulings("horizontal", flat, upright, states[0]),
        _to_rulings("vertical", upright, flat, states[1]),
    )


def _tracks_with_borders(
    axis: Axis, rulings: Sequence[Ruling], across: Sequence[Ruling], straight: Straight, other: Straight
) -> tuple[list[Track], NDArray[np.bool_]]:
    """Give the tracks along an axis, with lost ones, and which of them are open sides, where no ruling is."""
    tracks = [
        track for track in find_tracks(rulings) if runs_into(track, across) or _leads_far(track, straight)
    ]
    tracks += [[Ruling(axis, position, 0.0, 0.0, 0.5)] for position in _lost_tracks(tracks, across, straight)]
    tracks.sort(key=middle_of)
    borders = [
        border
        for border in lost_borders(tracks, across, straight, least=EVEN)
        if _is_alone(border, across, straight)
    ]
    ends = _open_ends([*(middle_of(track) for track in tracks), *borders], across, other)
    places = [*borders, *ends]
    added = ([Ruling(axis, position, 0.0, 0.0, 0.5)] for position in places)
    whole = sorted([*tracks, *added], key=middle_of)
    return whole, np.isin([middle_of(track) for track in whole], ends)


def _leads_far(track: Track, straight: Straight) -> bool:
    """Say whether what is left of a track leads farther than any stroke of a character."""
    start, end = drawn_out(track, straight)
    return end - start >= FAR


def _is_alone(border: float, across: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether a lost border stands by itself: what is left of a line of text beside the table has ink next to it."""
    low, high = min(r.position for r in across), max(r.position for r in across)
    return share_left(straight, border, low, high, beside_ink=0.5) >= EVEN


def _open_ends(known: Sequence[float], across: Sequence[Ruling], other: Straight) -> list[float]:
    """Give the open sides of a table: where several rulings across end together beyond the last one along."""
    spans = [drawn_out(track, other) for track in find_tracks(across)]
    if not known or not spans:
        return []
    least = BEYOND_LEAST if len(spans) > BEYOND_LEAST else SAME_LEAST
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    found = []
    beyond = [start for start, _ in spans if min(known) - start >= OPEN_SIDE]
    if len(beyond) >= least and sum(start <= first + SAME_END for start in beyond) >= SAME_LEAST:
        found.append(first)
    beyond = [end for _, end in spans if end - max(known) >= OPEN_SIDE]
    if len(beyond) >= least and sum(end >= last - SAME_END for end in beyond) >= SAME_LEAST:
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
    shares = np.zeros_like(weight)
    reach = round(STROKES[axis] * straight.scale)
    for index, track in enumerate(tracks):
        start, end = (min(r.start for r in track) - ACROSS_REACH, max(r.end for r in track) + ACROSS_REACH)
        for stretch, (low, high) in enumerate(pairwise(places)):
            if high - low > LONGEST:
                shares[index, stretch] = _covers(track, low, high)
                weight[index, stretch] = STRONGEST if shares[index, stretch] else -STRONGEST
                continue
            position = local_position(track, low, high, middle_of(track))
            is_own = end <= start + 2 * ACROSS_REACH or (start <= low and high <= end)
            ends = 2 if is_own else _ends_left(straight, position, low, high)
            is_own = ends == 2
            beginning[index, stretch] = ends > 0
            share = share_left(straight, position, low, high, beside_ink=1.0 if is_own else 0.5)
            shares[index, stretch] = share
            weight[index, stretch] = _share_to_weight(share, high - low, is_own=is_own)
            through[index, stretch] = (
                share < STRUCK and _strokes_through(straight, position, low, high, reach) >= THROUGH
            )
    weight += ACROSS_TEXT * through
    if axis == "horizontal":
        lengths = np.diff(places)
        there = (weight > 0) @ lengths / lengths.sum()
        weight += OF_ONE_TRACK * (2 * there[:, None] - 1)
    return Lattice(tracks, weight, np.zeros_like(weight), beginning, through, shares)


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
