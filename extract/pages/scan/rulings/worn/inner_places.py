"""A worn frame of which no inner ruling is left, under a heading of several rows -> where its row edges and walls stood.

Rows are set evenly, from the foot up to the heading and mostly in this too, and wide white parts the columns.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Track, middle_of
from extract.pages.scan.rulings.worn.bare_frames import EVEN, LEAST_COLUMNS, LEAST_ROWS, WIDE
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

MOST_HEADING = 3
"""So many rows of names over one another stand at the top, at most: those of several columns hide the white between them."""

ROW_MARGIN = 1.5
"""Ink so near (points) the place of a row edge may be left of it."""

IN_ROW, IN_ROWS = 0.15, 0.7
"""A label stands in its row when it is off the middle by no more than this share of it; side labels do so in fewer rows than this."""

FILLED = 0.4
"""In this share of the rows of a column texts stand at least."""


def find_inner_places(
    flat: tuple[Track, Track],
    upright: tuple[Track, Track],
    rows: Straight,
    *,
    heading: int = MOST_HEADING,
) -> tuple[list[float], list[float]] | None:
    """Give the places of the row edges and walls of such a table whose heading may have several rows; None where its text tells none.

    The rows of the heading, no more than ``heading``, are as high as the others. Which of its cells go over several is not told
    here.
    """
    top, bottom, left, right = (middle_of(track) for track in (*flat, *upright))
    ink, scale = ink_inside(rows, (left, top, right, bottom)), rows.scale
    bands = find_bands(ink, scale)
    middles = np.array([(low + high) / 2 for low, high in bands])
    if len(middles) < LEAST_ROWS:
        return None
    count = round((bottom - top) / float(np.median(np.diff(middles)[1 - LEAST_ROWS :])))
    first = min(heading, count - LEAST_ROWS)
    pitch = (bottom - top) / max(1, count)
    if first < 0 or any(np.abs(middles / pitch - row - 0.5).min() > EVEN for row in range(first, count)):
        return None
    em = float(np.median([high - low for low, high in bands[first - count :]]))
    cut = [
        ink[round((row * pitch + ROW_MARGIN) * scale) : round(((row + 1) * pitch - ROW_MARGIN) * scale)]
        for row in range(count)
    ]
    texts = [find_runs(part, scale, em) for part in cut]
    whites = _find_whites(texts[first:], em, right - left)
    labels = _find_labels(whites, cut[first:-1], scale)
    between = [] if labels is None else _between_columns(whites[labels:], texts[first:])
    if labels is None or len(between) < LEAST_COLUMNS - 1:
        return None
    walls = _whites_to_walls(between, texts[:first], right - left)
    if walls is None:
        return None
    if labels:
        begins = [
            run.left
            for row in texts[first:-1]
            for run in row
            if whites[labels - 1].left < run.left < whites[labels].left
        ]
        side: float | None = float(np.median(begins)) - PAD
    else:
        side = find_side_wall(texts[first:], walls[0], em)
    if side is not None:
        walls.insert(0, side)
    return [top + row * pitch for row in range(1, count)], [left + wall for wall in walls]


def _find_whites(texts: Sequence[Sequence[Run]], em: float, width: float) -> list[Run]:
    """Give the wide white that no text of any row stands in, from left to right."""
    whites: list[Run] = []
    runs = sorted(run for row in texts for run in row)
    reached = runs[0].left
    for run in runs:
        place = (reached + run.left) / 2
        if run.left - reached >= LETTERS * em and _median_white(texts, place, width) >= WIDE * em:
            whites.append(Run(reached, run.left))
        reached = max(reached, run.right)
    return whites


def _median_white(texts: Sequence[Sequence[Run]], place: float, width: float) -> float:
    return float(np.median([white_at(row, place, width) for row in texts]))


def _find_labels(whites: Sequence[Run], cut: Sequence[NDArray[np.uint8]], scale: float) -> int | None:
    """Give the first white before which a column of texts stands row by row: the letters of side labels do not.

    ``cut`` is the ink row by row; None where there is none.
    """
    start = 0
    for index, white in enumerate(whites):
        column = slice(start, round(white.left * scale))
        if np.mean([_is_in_middle(row[:, column]) for row in cut]) >= IN_ROWS:
            return index
        start = round(white.left * scale)
    return None


def _between_columns(whites: Sequence[Run], texts: Sequence[Sequence[Run]]) -> list[Run]:
    """Give the white with a column of texts before it; what stands there in few rows begins texts behind it, set wide."""
    kept = [*whites[:1]]
    for white in whites[1:]:
        filled = [any(kept[-1].left < run.left < white.left for run in row) for row in texts]
        if np.mean(filled) >= FILLED:
            kept.append(white)
    return kept


def _is_in_middle(part: NDArray[np.uint8]) -> bool:
    """Say whether ink stands in the middle of a row."""
    inked = np.flatnonzero(part.any(axis=1))
    off = abs(int(inked[0]) + int(inked[-1]) + 1 - len(part)) / 2 if len(inked) else len(part)
    return off <= IN_ROW * len(part)


def _whites_to_walls(
    whites: Sequence[Run], names: Sequence[Sequence[Run]], width: float
) -> list[float] | None:
    """Give the walls in wide white, close behind the texts before it, or so that the name behind stands in the middle.

    ``names`` are the rows of the heading; the lowest name over a column is its own. None where a column has no name.
    """
    walls = [width]
    for white in reversed(whites):
        wall = white.left + min(PAD, (white.right - white.left) / 2)
        own = [run for row in names for run in row if wall < (run.left + run.right) / 2 < walls[0]]
        if not own:
            return None
        told = own[-1].left + own[-1].right - walls[0]
        walls.insert(0, told if wall + PAD < told < white.right else wall)
    return walls[:-1]
