"""Names in the heading of a worn table -> its walls: a name over several columns stands in the middle of these.

Walls and edges of the low rows of a heading are lost sooner than others. Where each name stands in the middle of its columns,
these follow from it, as the rows of a side label do (``side_labels``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import middle_of
from extract.pages.scan.rulings.worn.settling import Lattice
from extract.pages.scan.rulings.worn.side_labels import Letter, cheapest_parting, read_letters

WIDE = 1.6
"""Letters of one name stand no farther apart (ems)."""

LARGE, SMALLEST = 0.75, 5.0
"""Of the widths of letters this quantile is an em, which is no smaller than this (points)."""

OWN = 3.2
"""Ink within this distance (points) of a wall is its own; it may be a double one."""

OFF_MIDDLE, MOST_OFF, MEAN_OFF = 1.5, 4.0, 2.0
"""A name stands off the middle of its cell by so much (points, standard deviation); where one is farther off, or all on the average,
names do not stand in the middle here."""

OFF_ROW = 0.2
"""A name stands in the middle of a row when it is off by no more than this share of it; one of several rows seldom does."""

NEAR = 1.5
"""A letter so near a wall (points) may have a stroke on it."""

NO_NAME, TWO_NAMES, THROUGH = 4.0, 8.0, 4.0
"""Cost of a cell without a name, of one with several, and of a wall through a letter (natural logarithms of odds)."""

IN_LAST_ROW = 5.0
"""Cost of each column more under a name of the last row, which names each column."""

GOES_ON = 0.34
"""A wall of the heading is seen in this share of the rows below it."""

SEEN, ONE_LINE = 0.5, 14.0
"""Where less than this share is left of the edges over a column, and its only name is no higher than one line (points), the column
has one cell in the heading."""

LEAST_WALLS = 2
"""Fewer walls than three leave nothing to tell."""

CLEAR = 3.0
"""What is left of a wall says so much (logarithm of odds) where it was printed."""


SLOPE, EVEN, ODDS = 10.0, 0.3, (-1.0, 4.0)
"""What is left of a wall in the heading: weight of a share above ``EVEN``, and its bounds; more is lost there than elsewhere."""

TOLD = 6.0
"""Weight of what names tell, and of the edge below the heading."""


class Name(NamedTuple):
    """A name over the columns from ``first`` to ``last`` (exclusive); ``in_row`` says that it stands in the middle of the row."""

    first: int
    last: int
    in_row: bool


def weigh_heading(
    horizontal: Lattice, vertical: Lattice, columns: Straight, *, body: int, first: int
) -> None:
    """Weigh the walls beside the names in the rows of a heading above ``body``, and the edges below those of several columns.

    ``first`` is the first column behind those of the labels. No cell of the heading goes on below it.
    """
    # What does not go on below the heading, and parts no texts there, is no wall of it.
    below = vertical.weight[:, body:] + vertical.walled[:, body:] / 2
    goes_on = (below > 0).mean(axis=1) >= GOES_ON
    goes_on[[first, -1]] = True
    vertical.weight[:, :body] -= TOLD * (~goes_on[:, None] & (np.arange(len(goes_on)) > first)[:, None])
    own = np.flatnonzero(goes_on & (np.arange(len(goes_on)) >= first))
    walls = [middle_of(vertical.tracks[index]) for index in own]
    edges = [middle_of(track) for track in horizontal.tracks]
    is_whole = np.zeros(len(walls) - 1, dtype=np.bool_)
    for column in range(len(walls) - 1 if body > 1 else 0):
        inner = horizontal.share[1:body, own[column] : own[column + 1]]
        is_whole[column] = (
            inner.size
            and inner.max() < SEEN
            and _is_one_name((walls[column], walls[column + 1]), (edges[0], edges[body]), columns)
        )
        if is_whole[column]:
            horizontal.weight[1:body, own[column] : own[column + 1]] = -TOLD
            horizontal.through[1:body, own[column] : own[column + 1]] = True
    is_beside = is_whole[:-1] | is_whole[1:]
    for row in range(body if len(walls) > LEAST_WALLS else 0):
        odds = np.clip(SLOPE * (vertical.share[own[1:-1], row] - EVEN), *ODDS)
        odds[is_beside] = ODDS[1]
        span = IN_LAST_ROW if row + 1 == body else 0.0
        for name in find_heading_names(walls, (edges[row], edges[row + 1]), odds, columns, span=span) or ():
            low, high = own[name.first], own[name.last]
            vertical.weight[own[name.first + 1 : name.last], row] = -TOLD
            for index in (low, high):
                if 0 < index < len(vertical.tracks) - 1:
                    vertical.weight[index, row] = TOLD
            is_over_others = name.in_row and name.last - name.first > 1 and row + 1 < body
            if is_over_others and not horizontal.through[row + 1, low:high].any():
                horizontal.weight[row + 1, low:high] = TOLD
    is_free = ~horizontal.through[body]
    horizontal.weight[body] = np.where(
        is_free, np.maximum(horizontal.weight[body], TOLD), horizontal.weight[body]
    )


def _is_one_name(column: tuple[float, float], heading: tuple[float, float], columns: Straight) -> bool:
    """Say whether a single name stands over a column, in the middle of the heading."""
    letters, _ = read_letters(column, heading, columns)
    letters = [letter for letter in letters if not _is_wall(letter, column)]
    if not letters:
        return False
    top, bottom = min(letter.left for letter in letters), max(letter.right for letter in letters)
    start, end = letters[0].top, letters[-1].bottom
    return (
        bottom - top <= ONE_LINE
        and abs(top + bottom - sum(heading)) / 2 <= MOST_OFF
        and abs(start + end - sum(column)) / 2 <= MOST_OFF
    )


def find_heading_names(
    walls: Sequence[float],
    row: tuple[float, float],
    odds: NDArray[np.float64],
    columns: Straight,
    *,
    span: float,
) -> list[Name] | None:
    """Give the names of a row of the heading with their columns; None where they do not stand in the middle of these.

    ``span`` is the cost of each column more that a name is over. ``odds`` says of each inner wall what is left of it, as the logarithm of odds; ``columns`` shows the columns along its rows.
    """
    letters, _ = read_letters(walls, row, columns)
    letters = [letter for letter in letters if not _is_wall(letter, walls)]
    if not letters:
        return None
    em = max(SMALLEST, float(np.quantile([letter.bottom - letter.top for letter in letters], LARGE)))
    # What is left of a wall close to a letter may be a stroke of that.
    near = [
        any(letter.top - NEAR < wall < letter.bottom + NEAR for letter in letters) for wall in walls[1:-1]
    ]
    odds = np.where(near, np.minimum(odds, 0.0), odds)
    costs = -odds
    for index, wall in enumerate(walls[1:-1]):
        if any(letter.top < wall - 1 and letter.bottom > wall + 1 for letter in letters):
            costs[index] += THROUGH

    def inside(low: int, high: int) -> list[Letter]:
        return _join([n for n in letters if walls[low] <= (n.top + n.bottom) / 2 < walls[high]], em)

    def cell(low: int, high: int) -> float:
        own, wide = inside(low, high), span * (high - low - 1)
        if len(own) != 1:
            return wide + (TWO_NAMES if own else NO_NAME)
        return wide + min((_off(own[0], walls[low], walls[high]) / OFF_MIDDLE) ** 2 / 2, TWO_NAMES)

    chosen = cheapest_parting(cell, costs)
    is_left_out = np.ones(len(odds), dtype=np.bool_)
    is_left_out[[index - 1 for index in chosen[1:-1]]] = False
    cells = [(low, high, inside(low, high)) for low, high in pairwise(chosen)]
    off = [_off(own[0], walls[low], walls[high]) for low, high, own in cells if own]
    if not off or (odds[is_left_out] >= CLEAR).any() or any(len(own) > 1 for _, _, own in cells):
        return None
    if max(off) > MOST_OFF or float(np.mean(off)) > MEAN_OFF:
        return None
    return [Name(low, high, _is_in_row(own[0], row)) for low, high, own in cells if own]


def _is_in_row(name: Letter, row: tuple[float, float]) -> bool:
    return bool(abs((name.left + name.right) / 2 - (row[0] + row[1]) / 2) <= OFF_ROW * (row[1] - row[0]))


def _is_wall(letter: Letter, walls: Sequence[float]) -> bool:
    return any(wall - OWN <= letter.top and letter.bottom <= wall + OWN for wall in walls)


def _join(letters: Sequence[Letter], em: float) -> list[Letter]:
    """Give the names that letters make up, each as one."""
    names: list[Letter] = []
    for letter in letters:
        if names and letter.top - names[-1].bottom <= WIDE * em:
            last = names[-1]
            names[-1] = Letter(
                last.top,
                max(last.bottom, letter.bottom),
                min(last.left, letter.left),
                max(last.right, letter.right),
            )
        else:
            names.append(letter)
    return names


def _off(name: Letter, low: float, high: float) -> float:
    return abs((name.top + name.bottom) / 2 - (low + high) / 2)
