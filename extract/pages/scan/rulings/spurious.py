"""Strokes of characters under one another look like a dashed wall: on a worn copy such lines are taken out again.

They run through characters, or so close beside a wall, or before an open side, that no column has room between.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Track, find_tracks, middle_of

DOUBLE, NARROWEST = 3.2, 7.0
"""The lines of a double ruling are at most so far apart (points), two walls with a character of 8 pt between at least so far."""

SHARED = 0.5
"""Tracks that run beside one another on this share of the shorter one are looked at."""

SOLID = 0.85
"""A line of which this share is ink was drawn, however near another one."""

LEAST_ENDS, MOST = 3, 0.6
"""So many rulings across, and this share of them, end behind a wall that is none."""

LEAST_STRETCH, APART = 8.0, 1.5
"""A stretch so long (points) has room for a character, which is looked for so far from its ends."""

CLOSE, GAP, CHARACTER = (0.9, 2.6), 0.6, 3.5
"""From and to this distance (points) on both sides of a line ink is looked for, gaps in it left out; so much of it along the line
is a character across it."""

END, VISIBLE = (0.8, 2.8), 0.5
"""From and to this distance (points) of the rulings across it a stretch has no characters; a line is seen there on this share."""

NEAR = 1.8
"""So far (points) beside the middle of a double ruling are its lines."""


def without_spurious(rulings: Sequence[Ruling], across: Sequence[Ruling], straight: Straight) -> list[Ruling]:
    """Give the rulings of one axis without those that characters make up; a solid line stays wherever it is.

    ``straight`` shows the ink with that axis along its rows.
    """
    tracks = find_tracks(rulings)
    dropped: set[int] = set()
    for one, other in pairwise(range(len(tracks))):
        gap = middle_of(tracks[other]) - middle_of(tracks[one])
        weaker = min(one, other, key=lambda index: _length(tracks[index]))
        if not DOUBLE < gap < NARROWEST or dropped & {one, other}:
            continue
        if _shared(tracks[one], tracks[other]) >= SHARED and _solid(tracks[weaker], straight) < SOLID:
            dropped.add(weaker)
    for index, track in enumerate(tracks):
        is_odd = _is_before_ends(track, across) or _is_through_text(track, across, straight)
        if is_odd and _solid(track, straight) < SOLID:
            dropped.add(index)
    return [ruling for index, track in enumerate(tracks) if index not in dropped for ruling in track]


def _is_before_ends(track: Track, across: Sequence[Ruling]) -> bool:
    """Say whether most rulings across a track end close behind it: a border ends them."""
    place = middle_of(track)
    start, end = min(r.start for r in track), max(r.end for r in track)
    met = [
        r for r in across if start - NARROWEST <= r.position <= end + NARROWEST and r.start < place < r.end
    ]
    behind = (
        sum(DOUBLE < r.end - place < NARROWEST for r in met),
        sum(DOUBLE < place - r.start < NARROWEST for r in met),
    )
    return len(met) >= LEAST_ENDS and max(behind) >= MOST * len(met)


def _is_through_text(track: Track, across: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether characters stand across a wall in most of the rows that it runs through; row edges have text on both sides."""
    if track[0].axis == "horizontal":
        return False
    start, end = min(r.start for r in track), max(r.end for r in track)
    place = middle_of(track)
    met = sorted(r.position for r in across if r.start < place < r.end and start < r.position < end)
    stretches = [(low, high) for low, high in pairwise([start, *met, end]) if high - low >= LEAST_STRETCH]
    crossed = sum(is_crossed(place, low, high, straight) for low, high in stretches)
    return len(stretches) >= LEAST_ENDS and crossed >= MOST * len(stretches)


def is_crossed(
    place: float,
    low: float,
    high: float,
    straight: Straight,
    *,
    close: tuple[float, float] = CLOSE,
    least: float = CHARACTER,
) -> bool:
    """Say whether ink stands on both sides close to a stretch of a line at once: the wall of a cell has text on one side.

    It is looked for from and to ``close`` (points), and so much along the line (``least``) is a character.
    """
    scale = straight.scale
    columns = slice(round((low + APART) * scale), round((high - APART) * scale))
    beside = []
    for near, far in ((place - close[1], place - close[0]), (place + close[0], place + close[1])):
        part = straight.ink[max(0, round(near * scale)) : round(far * scale), columns]
        seen = part.any(axis=0).astype(np.uint8)
        beside.append(
            cv2.dilate(seen, np.ones(2 * round(GAP * scale) + 1, np.uint8)).ravel() if seen.size else seen
        )
    return bool(np.count_nonzero(beside[0] & beside[1]) >= least * scale) and not runs_out(
        place, low, high, straight
    )


def runs_out(place: float, low: float, high: float, straight: Straight) -> bool:
    """Say whether a line goes on at both ends of a stretch, where no character stands."""
    scale = straight.scale
    rows = slice(max(0, round((place - NEAR) * scale)), round((place + NEAR) * scale) + 1)
    seen = []
    for near, far in ((low + END[0], low + END[1]), (high - END[1], high - END[0])):
        part = straight.ink[rows, round(near * scale) : round(far * scale)]
        seen.append(part.size > 0 and float(np.count_nonzero(part, axis=1).max()) >= VISIBLE * part.shape[1])
    return all(seen)


def _length(track: Track) -> float:
    return sum(ruling.end - ruling.start for ruling in track)


def _shared(one: Track, other: Track) -> float:
    """Give on what share of the shorter of two tracks the other one runs beside it."""
    shorter, longer = sorted((one, other), key=_length)
    start, end = min(r.start for r in longer), max(r.end for r in longer)
    beside = sum(max(0.0, min(end, r.end) - max(start, r.start)) for r in shorter)
    return beside / max(_length(shorter), 1e-6)


def _solid(track: Track, straight: Straight) -> float:
    """Give the share of a track along which the fullest line at it is ink; a double ruling has none in its middle."""
    scale = straight.scale
    reach = round(NEAR * scale)
    seen: NDArray[np.float64] = np.zeros(2 * reach + 1)
    length = 0
    for ruling in track:
        first = round(ruling.position * scale) - reach
        columns = slice(round(ruling.start * scale), round(ruling.end * scale))
        part = straight.ink[max(0, first) : first + 2 * reach + 1, columns]
        if part.size and part.shape[0] == len(seen):
            part = cv2.dilate(part, np.ones((3, 1), np.uint8))
            seen += np.count_nonzero(part, axis=1)
            length += part.shape[1]
    return float(seen.max()) / max(1, length)
