"""Labels of several rows -> the row edges between them: each stands in the middle of its rows, one letter below another or not.

Of these edges often nothing is left, and the bar of 一 looks like one. So all of a column are settled together, by what is left
of them and by how well the texts stand in the middle of their cells (dynamic programming over the edges).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight

MARGIN = 1.5
"""Ink this near (points) a wall or a border is its own."""

BESIDE = 3.2
"""So is what lies wholly within this distance (points): the other line of a double ruling."""

SPECK = 2.0
"""A piece of ink smaller than this both ways (points) is no letter."""

THIN, ON_EDGE = 2.4, 1.5
"""Ink no higher than this and so near a row edge (points) is a piece of it, or the bar of 一 ..."""

LETTER, CENTRED = 11.0, 2.0
"""... where it is no longer than this and so near the middle of the column (points)."""

OFF_MIDDLE = 1.5
"""A label stands off the middle of its cell by so much (points, standard deviation)."""

LARGE, BAR = 0.75, 2.5
"""Of the heights of letters and of their parts this quantile is an em; a letter no higher than this (points) is 一."""

LINE, SMALLEST, MOST_LINES = 1.6, 5.0, 0.5
"""So many ems wide is a line of letters side by side, an em no smaller than this (points); with such in this share of the rows each
label is of one row."""

MOST_OFF, MEAN_OFF = 4.0, 2.0
"""Where one is farther off (points), or all on the average, labels do not stand in the middle here."""

LEAST_GAP, WIDE_GAP, ODD_GAP, TWO_LABELS = 0.7, 16.0, 3.0, 9.0
"""Parts of a letter stand nearer to one another than ``LEAST_GAP`` (points). Letters that stand so far apart (points), and so many times as far as others of their cell, are of two labels: as bad as a label
that stands so far (points) off the middle."""

CLEAR = 3.0
"""What is left of an edge says so much (logarithm of odds) where it was printed."""

A_CELL, NO_TEXT, STRUCK = 1.0, 4.0, 4.0
"""Cost of a cell more, of one without a text, and of an edge through a letter (natural logarithms of odds)."""


class Letter(NamedTuple):
    """Ink of a column from ``top`` to ``bottom`` and from ``left`` to ``right`` (points)."""

    top: float
    bottom: float
    left: float
    right: float


def settle_side_labels(
    edges: Sequence[float], column: tuple[float, float], odds: NDArray[np.float64], rows: Straight
) -> NDArray[np.bool_] | None:
    """Say which of the inner ``edges`` part the labels of a column; None where these do not stand in the middle of their rows.

    None also where that goes against what was clearly printed.     ``odds`` says of each inner edge what is left of it, as the logarithm of odds.
    """
    letters, bars = read_letters(edges, column, rows)
    em = max(SMALLEST, float(np.quantile([letter.bottom - letter.top for letter in letters] or [0.0], LARGE)))
    lines = sum(letter.right - letter.left >= LINE * em for letter in letters)
    letters = [_whole(letter, em) for letter in letters]
    if not letters or lines >= MOST_LINES * (len(edges) - 1):
        return None
    costs = np.where(bars, np.abs(odds), -odds)
    for index, edge in enumerate(edges[1:-1]):
        if any(letter.top < edge - 1 and letter.bottom > edge + 1 for letter in letters):
            costs[index] += STRUCK

    def cell(low: int, high: int) -> float:
        off = _off_middle(letters, edges[low], edges[high])
        return A_CELL + (NO_TEXT if off is None else min((off / OFF_MIDDLE) ** 2 / 2, 2 * STRUCK))

    chosen = cheapest_parting(cell, costs)
    off = [_off_middle(letters, edges[low], edges[high]) for low, high in pairwise(chosen)]
    told = [value for value in off if value is not None]
    if not told or max(map(abs, told)) > MOST_OFF or _spread(told) > MEAN_OFF:
        return None
    found = np.zeros(len(edges) - 2, dtype=np.bool_)
    found[[index - 1 for index in chosen[1:-1]]] = True
    return None if (~found & ~bars & (odds >= CLEAR)).any() else found


def _spread(off: Sequence[float]) -> float:
    """Give how far labels stand off the middle on the average (points); several may all be set a little high or low."""
    common = float(np.median(off)) if len(off) > 1 else 0.0
    return float(np.mean(np.abs(np.asarray(off) - common)))


def _whole(letter: Letter, em: float) -> Letter:
    """Give a letter with the room that it takes: 一 has as much as any other."""
    if letter.bottom - letter.top > BAR:
        return letter
    middle = (letter.top + letter.bottom) / 2
    return letter._replace(top=middle - em / 2, bottom=middle + em / 2)


def cheapest_parting(cell: Callable[[int, int], float], costs: NDArray[np.float64]) -> list[int]:
    """Give the edges, first and last with them, that part a column at the least cost.

    ``cell`` gives the cost of a cell between two edges, ``costs`` that of each inner edge.
    """
    best, before = [0.0], [0]
    for high in range(1, len(costs) + 2):
        own = float(costs[high - 1]) if high <= len(costs) else 0.0
        ways = [best[low] + cell(low, high) + own for low in range(high)]
        before.append(int(np.argmin(ways)))
        best.append(min(ways))
    chosen = [len(costs) + 1]
    while chosen[-1]:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]


def _off_middle(letters: Sequence[Letter], top: float, bottom: float) -> float | None:
    """Give how far (points) the letters between two edges stand below their middle, or None where there are none."""
    own = [letter for letter in letters if top <= (letter.top + letter.bottom) / 2 < bottom]
    if not own:
        return None
    gaps = [after.top - before.bottom for before, after in pairwise(own)]
    gaps = [gap for gap in gaps if gap >= LEAST_GAP]
    if len(gaps) > 1 and max(gaps) > max(WIDE_GAP, ODD_GAP * min(gaps)):
        return TWO_LABELS
    return (own[0].top + own[-1].bottom) / 2 - (top + bottom) / 2


def read_letters(
    edges: Sequence[float], column: tuple[float, float], rows: Straight
) -> tuple[list[Letter], NDArray[np.bool_]]:
    """Give the letters of a column from top to bottom, and which of the inner edges are bars of a letter."""
    scale = rows.scale
    top, left = round((edges[0] + MARGIN) * scale), round((column[0] + MARGIN) * scale)
    part = rows.ink[top : round((edges[-1] - MARGIN) * scale), left : round((column[1] - MARGIN) * scale)]
    bars = np.zeros(max(0, len(edges) - 2), dtype=np.bool_)
    if not part.size:
        return [], bars
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(part), connectivity=8)
    x0, y0, width, height = (stats[1:, index] / scale for index in range(4))
    x0, y0 = x0 + left / scale, y0 + top / scale
    is_letter = np.maximum(width, height) >= SPECK
    is_letter &= (x0 + width > column[0] + BESIDE) & (x0 < column[1] - BESIDE)
    middle = (column[0] + column[1]) / 2
    # A worn row edge is ragged; at the walls stands no letter.
    is_aside = (x0 < column[0] + BESIDE) | (x0 + width > column[1] - BESIDE)
    is_low = height <= np.where(is_aside, 2 * THIN, THIN)
    for index, edge in enumerate(edges[1:-1]):
        near = is_low & (np.abs(y0 + height / 2 - edge) <= ON_EDGE) & is_letter
        if near.any():
            start, end = float(x0[near].min()), float((x0 + width)[near].max())
            bars[index] = end - start <= LETTER and abs((start + end) / 2 - middle) <= CENTRED
            is_letter &= ~near | bars[index]
    letters: list[Letter] = []
    for place in np.flatnonzero(is_letter)[np.argsort(y0[is_letter], kind="stable")]:
        own = Letter(*(float(v) for v in (y0[place], (y0 + height)[place], x0[place], (x0 + width)[place])))
        if letters and own.top <= letters[-1].bottom:
            last = letters.pop()
            own = Letter(
                last.top,
                max(last.bottom, own.bottom),
                min(last.left, own.left),
                max(last.right, own.right),
            )
        letters.append(own)
    return letters, bars
