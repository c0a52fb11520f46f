"""A worn frame of which no inner ruling is left -> the row edges and walls that stood in it, where its text tells them.

Dotted rulings vanish from a copy of a copy before the frame around them does. Rows that are set evenly from border to border
had row edges half way between them, and columns that the names over them and wide white between them tell had walls.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Group, Track, find_tracks, middle_of
from extract.pages.scan.rulings.worn.frame_text import (
    LETTERS,
    PAD,
    Run,
    find_bands,
    find_runs,
    find_side_wall,
    ink_inside,
    white_at,
)
from extract.pages.scan.rulings.worn.side_labels import settle_side_labels

LEAST_ROWS, EVEN, AT_BORDER = 4, 0.15, 0.25
"""So many rows at least, whose distances differ by no more than this share; so far, as a share, may the first and the last stand
off the half of it from the frame."""

WIDE = 1.5
"""White between two columns is as wide as this in half of the rows, in heights of a line; inside a number it is narrower."""

THIN = 0.5
"""Thickness of a ruling that is lost (points)."""

BORDERS, IN_PIECES = 2, 1
"""So many tracks of each axis make a frame, which is worn where so many of the four are in pieces."""

INNER = 0.4
"""Within it at most this share is left of a ruling."""

LEAST_COLUMNS = 3
"""With fewer columns the lines of a text would do."""


def is_worn_frame(group: Group) -> bool:
    """Say whether hardly more is left of a table than its frame, and the rulings of this are in pieces."""
    flat, upright = (find_tracks(own) for own in group)
    if min(len(flat), len(upright)) < BORDERS:
        return False
    for own, across in ((flat, upright), (upright, flat)):
        length = middle_of(across[-1]) - middle_of(across[0])
        if any(sum(r.end - r.start for r in track) >= INNER * length for track in own[1:-1]):
            return False
    return sum(len(track) > 1 for track in (flat[0], flat[-1], upright[0], upright[-1])) >= IN_PIECES


def find_inner_rulings(
    flat: tuple[Track, Track], upright: tuple[Track, Track], rows: Straight
) -> Group | None:
    """Give the rulings of a table of which the outer tracks are left; None where its text tells no rows and columns.

    ``rows`` shows its ink with the rows along its first axis.
    """
    top, bottom, left, right = (middle_of(track) for track in (*flat, *upright))
    ink = ink_inside(rows, (left, top, right, bottom))
    bands = find_bands(ink, rows.scale)
    if not _are_even(bands, bottom - top):
        return None
    em = float(np.median([high - low for low, high in bands]))
    texts = [
        find_runs(ink[round(low * rows.scale) : round(high * rows.scale)], rows.scale, em)
        for low, high in bands
    ]
    walls = _walls(texts, em, right - left)
    if walls is None:
        return None
    middles = [(low + high) / 2 for low, high in bands]
    edges = [top, *(top + (above + below) / 2 for above, below in pairwise(middles)), bottom]
    side = find_side_wall(texts[1:], walls[0], em)
    horizontal = [Ruling("horizontal", edge, left, right, THIN) for edge in edges]
    places = [left, *(left + wall for wall in walls), right]
    vertical = [Ruling("vertical", place, top, bottom, THIN) for place in places]
    if side is None:
        return horizontal, vertical
    # Of the labels of several rows the heading and the total are left out.
    own = edges[1:-1]
    parted = settle_side_labels(own, (left, left + side), np.zeros(len(own) - 2), rows)
    if parted is None:
        return None
    inner = [
        Ruling("horizontal", edge, left if is_edge else left + side, right, THIN)
        for edge, is_edge in zip(own[1:-1], parted, strict=True)
    ]
    vertical.insert(1, Ruling("vertical", left + side, own[0], own[-1], THIN))
    return [*horizontal[:2], *inner, *horizontal[-2:]], vertical


def _are_even(bands: Sequence[tuple[float, float]], height: float) -> bool:
    """Say whether lines of text are set evenly from border to border."""
    if len(bands) < LEAST_ROWS:
        return False
    middles = np.array([(low + high) / 2 for low, high in bands])
    pitches = np.diff(middles)
    pitch = float(np.median(pitches))
    ends = np.array([middles[0], height - middles[-1]])
    is_uneven = (np.abs(pitches - pitch) > EVEN * pitch).any()
    return not (is_uneven or (np.abs(ends - pitch / 2) > AT_BORDER * pitch).any())


def _walls(texts: Sequence[Sequence[Run]], em: float, width: float) -> list[float] | None:
    """Give the walls between the names of the first row, each in the widest white between two of them; None where there is none."""
    names, body = texts[0], texts[1:]
    if len(names) < LEAST_COLUMNS:
        return None
    walls: list[float] = []
    for name, following in pairwise(names):
        low, high = (name.left + name.right) / 2, (following.left + following.right) / 2
        white = _widest_white(low, high, [run for row in texts for run in row])
        if white is None:
            return None
        behind = [white_at(row, sum(white) / 2, width) for row in body]
        if white[1] - white[0] < LETTERS * em or float(np.median(behind)) < WIDE * em:
            return None
        walls.append(white[0] + min(PAD, (white[1] - white[0]) / 2))
    return walls


def _widest_white(low: float, high: float, runs: Sequence[Run]) -> tuple[float, float] | None:
    """Give the widest part between two places over which no text stands in any row."""
    best, begin = None, low
    for run in sorted(runs):
        if run.left > begin and (best is None or min(run.left, high) - begin > best[1] - best[0]):
            best = (begin, min(run.left, high))
        begin = max(begin, run.right)
        if begin >= high:
            break
    return best
