"""Row edges of a worn table of which nothing is left -> their places, where the text stands row by row as evenly as in others.

A row that is so many times as high as others, with as many lines of text set in the middles of its parts in all columns but
those of the side labels, was so many rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight, share_left
from extract.pages.scan.rulings.tracks import Track, middle_of
from extract.pages.scan.rulings.worn.cell_text import SPECK, without_specks
from extract.pages.scan.rulings.worn.frame_text import find_lines

EVEN = 0.12
"""Rows whose heights differ by no more than this share are set evenly."""

OFF_MIDDLE = 0.15
"""A line of text stands in the middle of a row when it is off by no more than this share of its height."""

LEAST_LIKE, LEAST_COLUMNS = 2, 2
"""So many rows are as high as the parts at least, and in so many columns text stands in two parts one below another."""

MOST_SIDE = 2
"""So many of the first columns may hold labels of several rows."""

SMALLEST = 9.0
"""Least height of a row (points)."""

MARGIN = 1.5
"""Ink so near (points) a wall or a row edge is its own."""

LEFT = 0.15
"""So much is left at least of an edge between the names of the columns, which may have several lines, and the first row."""


def find_even_edges(flat: Sequence[Track], upright: Sequence[Track], rows: Straight) -> list[float]:
    """Give the places of lost row edges of a table; ``rows`` shows its ink with the rows along the first axis."""
    edges, walls = ([middle_of(track) for track in own] for own in (flat, upright))
    heights = np.diff(edges)
    if len(heights) <= LEAST_LIKE or len(walls) <= LEAST_COLUMNS:
        return []
    found: list[float] = []
    for index, (low, high) in enumerate(pairwise(edges)):
        parts = _count_parts(high - low, heights)
        if parts < 2 or not _stands_in_parts(rows, (low, high), walls, parts):
            continue
        places = [low + (high - low) * part / parts for part in range(1, parts)]
        if index or all(share_left(rows, place, walls[0], walls[-1]) >= LEFT for place in places):
            found += places
    return found


def _count_parts(height: float, heights: NDArray[np.float64]) -> int:
    """Give how many of the usual rows a row is as high as; 1 where it is no whole number of them."""
    usual = heights[heights >= SMALLEST]
    if not len(usual):
        return 1
    like = [np.abs(usual / one - 1) <= EVEN for one in usual]
    common = usual[max(like, key=np.count_nonzero)]
    pitch = float(common.mean())
    parts = round(height / pitch)
    is_whole = len(common) >= LEAST_LIKE and abs(height - parts * pitch) <= EVEN * pitch
    return parts if is_whole else 1


def _stands_in_parts(rows: Straight, row: tuple[float, float], walls: Sequence[float], parts: int) -> bool:
    """Say whether text stands in the middles of the parts of a row, in all columns but those of side labels."""
    filled = np.zeros((len(walls) - 1, parts), dtype=bool)
    for column, (left, right) in enumerate(pairwise(walls)):
        for top, bottom in _text_lines(rows, row, (left, right)):
            place = ((top + bottom) / 2 - row[0]) / (row[1] - row[0]) * parts
            if abs(place % 1 - 0.5) > OFF_MIDDLE:
                if column >= MOST_SIDE:
                    return False
                filled[column] = False
                break
            filled[column, int(place)] = True
    both = filled[:, :-1] & filled[:, 1:]
    return bool((both.sum(axis=0) >= LEAST_COLUMNS).all())


def _text_lines(
    rows: Straight, row: tuple[float, float], column: tuple[float, float]
) -> list[tuple[float, float]]:
    """Give the top and bottom (points) of the lines of text of a cell."""
    scale = rows.scale
    top = round((row[0] + MARGIN) * scale)
    part = rows.ink[
        top : round((row[1] - MARGIN) * scale),
        round((column[0] + MARGIN) * scale) : max(round((column[1] - MARGIN) * scale), 0),
    ]
    if not part.size:
        return []
    inked = np.asarray(without_specks(part > 0, SPECK * scale).any(axis=1))
    return [(top / scale + low, top / scale + high) for low, high in find_lines(inked, scale)]
