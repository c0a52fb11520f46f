"""Rulings full of holes -> whole ones, decided for a whole table together.

The tracks of a table make a lattice. What is left of a stretch between two others is weighed here, the text beside it in
``weighing``; the weights are settled against one another in ``settling``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan.rulings.traces import STROKES, THROUGH, Straight, share_left, strokes_through
from extract.pages.scan.rulings.tracks import (
    ACROSS_REACH,
    LONGEST,
    Axis,
    Group,
    Track,
    local_position,
    merge_stretches,
    middle_of,
)
from extract.pages.scan.rulings.worn.bare_frames import BORDERS, THIN, find_inner_rulings
from extract.pages.scan.rulings.worn.heading_end import find_row_below_corner
from extract.pages.scan.rulings.worn.inner_places import find_inner_places
from extract.pages.scan.rulings.worn.lost_tracks import find_lattice
from extract.pages.scan.rulings.worn.remains import Remains, find_remains, weigh_remains
from extract.pages.scan.rulings.worn.settling import STRONGEST, Lattice, Settling, cut_back
from extract.pages.scan.rulings.worn.told_frames import lend_weights
from extract.pages.scan.rulings.worn.weighing import OF_ONE_TRACK, weigh_text

AXES: tuple[Axis, Axis] = ("horizontal", "vertical")

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

SEEN, LINES_IN_ROW = 0.4, 2
"""Share of a ruling that is left of one at least, and lines of text in a row at least, of a table of which only the frame is left."""

MARGIN, LINE_INK, LINE_HEIGHT = 2.0, 4.0, 4.0
"""Ink so near a border is its own; least ink across, and least height, of a line of text (points)."""

WHOLE, CERTAIN = 0.95, 60.0
"""Where this share of a track is left for so long (points), it was printed, whatever the text beside it says."""

ENDS, RUNS_INTO = 5.0, 0.4
"""A stretch has an end where this share of so much of it (points) is left."""


def settle_lattice(group: Group, rows: Straight, columns: Straight) -> Group | None:
    """Give the rulings of a table whose rulings are broken; None where its tracks make no lattice.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    (flat, open_rows), (upright, open_columns) = find_lattice(group, rows, columns)
    if len(flat) < 2 or len(upright) < 2 or 2 * len(flat) * len(upright) > MOST_STRETCHES:
        return None
    horizontal = _weigh("horizontal", flat, upright, rows)
    vertical = _weigh("vertical", upright, flat, columns)
    frame = (flat[0], flat[-1]), (upright[0], upright[-1])
    is_only_frame = len(flat) == len(upright) == BORDERS
    if is_only_frame or _is_bare(horizontal, vertical):
        is_only_frame = is_only_frame or _is_in_lines(horizontal, vertical, rows)
        inner = find_inner_rulings(*frame, rows) if is_only_frame else None
        if inner is not None:
            return inner
        told = _weigh_frame(*frame, rows, columns)
        if told is None and is_only_frame:
            # A few of its lost lines would part it wrongly; alignment tells more.
            told = _weigh_places(*frame, ([], []), rows, columns)
        if told is not None and (is_only_frame or len(told[1].tracks) > len(upright)):
            horizontal, vertical = told
            open_rows, open_columns = (
                np.isin(
                    np.arange(len(lattice.tracks)), np.array([0, len(lattice.tracks) - 1])[is_open[[0, -1]]]
                )
                for lattice, is_open in ((horizontal, open_rows), (vertical, open_columns))
            )
            flat, upright = horizontal.tracks, vertical.tracks
    weigh_text(horizontal, vertical, rows, columns)
    _hold_whole(horizontal, upright)
    _hold_whole(vertical, flat)
    states = Settling(horizontal, vertical).settle()
    cut_back(states[1], vertical.share, states[0].any(axis=1) | open_rows)
    cut_back(states[0], horizontal.share, states[1].any(axis=1) | open_columns)
    return (
        _to_rulings("horizontal", flat, upright, states[0]),
        _to_rulings("vertical", upright, flat, states[1]),
    )


def _weigh_frame(
    flat: tuple[Track, Track], upright: tuple[Track, Track], rows: Straight, columns: Straight
) -> tuple[Lattice, Lattice] | None:
    """Give what is left of a frame and of the row edges and walls that its text tells of; None where it tells of none."""
    places = find_inner_places(flat, upright, rows)
    if places is None:
        return None
    edges = np.arange(1, len(places[0]))
    body = find_row_below_corner(
        *_weigh_places(flat, upright, places, rows, columns),
        rows,
        edges,
        is_edge=np.ones(len(edges) + 1, dtype=np.bool_),
    )
    places = None if body is None else find_inner_places(flat, upright, rows, heading=body)
    if body is None or places is None:
        return None
    horizontal, vertical = _weigh_places(flat, upright, places, rows, columns)
    lend_weights(horizontal, vertical, rows, body=body)
    return horizontal, vertical


def _weigh_places(
    flat: tuple[Track, Track],
    upright: tuple[Track, Track],
    places: tuple[list[float], list[float]],
    rows: Straight,
    columns: Straight,
) -> tuple[Lattice, Lattice]:
    """Give what is left of a frame and of row edges and walls at some places within it."""
    edges, walls = (
        [own[0], *([Ruling(axis, place, 0.0, 0.0, THIN)] for place in inner), own[1]]
        for axis, own, inner in zip(AXES, (flat, upright), places, strict=True)
    )
    return _weigh("horizontal", edges, walls, rows), _weigh("vertical", walls, edges, columns)


def _is_bare(horizontal: Lattice, vertical: Lattice) -> bool:
    """Say whether hardly anything is left within the borders of a table."""
    inner = [share for lattice in (horizontal, vertical) for share in lattice.share[1:-1].mean(axis=1)]
    return bool(inner) and max(inner) < SEEN


def _is_in_lines(horizontal: Lattice, vertical: Lattice, rows: Straight) -> bool:
    """Say whether several lines of text stand in the rows of a table."""
    (top, bottom), (left, right) = (
        (middle_of(lattice.tracks[0]), middle_of(lattice.tracks[-1])) for lattice in (horizontal, vertical)
    )
    scale = rows.scale
    part = rows.ink[
        round((top + MARGIN) * scale) : round((bottom - MARGIN) * scale),
        round((left + MARGIN) * scale) : round((right - MARGIN) * scale),
    ]
    kept = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)) if part.size else part
    inked = np.count_nonzero(kept, axis=1) >= LINE_INK * scale
    runs = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))).reshape(-1, 2)
    lines = int(np.count_nonzero(runs[:, 1] - runs[:, 0] >= LINE_HEIGHT * scale))
    return lines >= LINES_IN_ROW * (len(horizontal.tracks) - 1)


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
                share < STRUCK and strokes_through(straight, position, low, high, reach) >= THROUGH
            )
    remains = find_remains(axis, tracks, across, straight)
    if remains is not None:
        weight = _with_remains(weight, tracks, places, remains)
    weight += ACROSS_TEXT * through
    if axis == "horizontal":
        lengths = np.diff(places)
        there = (weight > 0) @ lengths / lengths.sum()
        weight += OF_ONE_TRACK * (2 * there[:, None] - 1)
    return Lattice(tracks, weight, np.zeros_like(weight), beginning, through, shares)


def _hold_whole(lattice: Lattice, across: Sequence[Track]) -> None:
    """Give the strongest weight to the stretches of a track that stand whole one after another for long."""
    lengths = np.diff([middle_of(track) for track in across])
    for index, share in enumerate(lattice.share):
        is_whole = share >= WHOLE
        starts = np.flatnonzero(np.diff(np.concatenate(([0], is_whole.astype(np.int8), [0]))))
        for start, stop in starts.reshape(-1, 2):
            if lengths[start:stop].sum() >= CERTAIN:
                lattice.weight[index, start:stop] = np.maximum(lattice.weight[index, start:stop], STRONGEST)


def _with_remains(
    weight: NDArray[np.float64], tracks: Sequence[Track], places: Sequence[float], remains: Remains
) -> NDArray[np.float64]:
    """Give the weights where dots say more than strokes do."""
    told = [weigh_remains(middle_of(track), places, remains) for track in tracks]
    return np.stack(
        [own if dots is None else np.maximum(own, dots) for own, dots in zip(weight, told, strict=True)]
    )


def _ends_left(straight: Straight, position: float, low: float, high: float) -> int:
    """Count the ends of a stretch at which something is left of it, where no character reaches."""
    return sum(
        share_left(straight, position, start, start + ENDS, beside_ink=0.0) >= RUNS_INTO
        for start in (low, high - ENDS)
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
        for ruling in (r for r in track if r.end > r.start):
            if ruling.start < places[0] - 1:
                pieces.append(_ruling_part(ruling, ruling.start, min(ruling.end, places[0])))
            if ruling.end > places[-1] + 1:
                pieces.append(_ruling_part(ruling, max(ruling.start, places[-1]), ruling.end))
        rulings += merge_stretches(pieces)
    return rulings


def _ruling_part(ruling: Ruling, start: float, end: float) -> Ruling:
    """Give a part of a ruling."""
    return Ruling(ruling.axis, ruling.position, start, end, ruling.thickness)
