"""What the text of a table says of its rulings: which walls and row edges stand between two texts.

Cells are merged over columns in the heading of a table, and over rows in its labels, seldom elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.spurious import is_crossed
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Track, middle_of
from extract.pages.scan.rulings.worn.cell_text import has_text, text_box
from extract.pages.scan.rulings.worn.heading_end import (
    EVEN_ROWS,
    IN_PART,
    LARGEST_EM,
    MOSTLY,
    NOTHING,
    OFF_MIDDLE,
    ROW_MARGIN,
    SMALLEST_EM,
    WORN,
    find_first_row,
)
from extract.pages.scan.rulings.worn.heading_names import weigh_heading
from extract.pages.scan.rulings.worn.settling import STRONGEST, Lattice
from extract.pages.scan.rulings.worn.side_labels import settle_side_labels

BOTH_FILLED, ONE_FILLED = 3.0, 1.0
"""Weight of text on both sides of a wall, and on one, where the wall goes on above and below; half of it where at one end."""

CLEARLY = 2.0
"""What weighs this much was printed."""

OFTEN = 0.4
"""Share of the row edges of a column of labels of several rows that were never printed."""

IN_ROWS = 0.7
"""Text stands row by row where this share of the rows has some in its middle."""

BELOW_BOTH, BELOW_ONE, BELOW_NONE = 3.0, 1.5, 1.0
"""Weight of a clear piece of a wall above, with text on both sides of the stretch, on one, on none: cells are merged over
columns in headings, seldom below them. Above the first clear piece only text on both sides weighs."""

LEFT_SLOPE, LEFT_EVEN, LEFT_ODDS = 10.0, 0.3, (-2.0, 4.0)
"""What is left of an edge between labels of several rows: weight of a share above ``LEFT_EVEN``, and its bounds."""

LESS_LEFT, MOST_SIDE = 0.75, 2
"""No more than this share of what is usual is left of the row edges of so many columns at most."""

BETWEEN_LABELS = 6.0
"""Weight of an edge between such labels, or against it, when they tell."""

JOINED, LETTERS, TWO = 1, 2, 3
"""What two texts beside a stretch of a wall look like."""

CLOSE, MARGIN, FAR_MARGIN = 3.6, 1.0, 2.5
"""Characters of one name stand no farther apart (points); ink nearer a wall than ``MARGIN`` may be its own, or ``FAR_MARGIN``
where it is not the wall in doubt."""

ONE, SEVERAL = (0.7, 1.35), 1.5
"""Width of one character, and least width of several, in ems."""

THROUGH_NAME = -4.0
"""Weight of a name that a wall of the heading would run through."""

ACROSS, PART = 4.0, 0.4
"""A name of several rows of the heading reaches so far (points) to both sides of the edges between these; where its strokes run
through one, less than this share of it seems to be left."""

OVER_LABELS, MOST_ENDS = 6.0, 0.34
"""Weight against a wall beside an empty cell of the labels, where these are empty in no more than this share of the rows."""

ROW_EDGE = 6.0
"""Weight of text above and below a row edge that is there in part."""

STACKED = 2.0
"""Weight of text above and below a ruling; the lines of one cell stand so too."""

OF_ONE_TRACK = 2.5
"""Weight of all others of a track being there or not: a row edge is drawn through the table, save where cells are merged."""

REGULAR, REGULARLY, OTHERS = 1.0, 0.6, 0.5
"""Weight of a lost stretch among the numbers, where this share of its track stands, and this share of the stretches beside it."""


def weigh_text(horizontal: Lattice, vertical: Lattice, rows: Straight, columns: Straight) -> None:
    """Add to the weights of the stretches of a table what the text beside them says.

    ``rows`` and ``columns`` show the ink with the rows and with the columns along its first axis.
    """
    flat, upright = horizontal.tracks, vertical.tracks
    widths, heights = (np.diff([middle_of(track) for track in tracks]) for tracks in (upright, flat))
    body = find_first_row(horizontal, vertical, rows)
    filled = _filled(upright, flat, columns)
    both, one = filled[:-1] & filled[1:], filled[:-1] ^ filled[1:]
    first_number = _first_number(horizontal, body)
    names = both.copy()
    names[first_number:, 0 if body is None else body :] = False
    # 合計 may lie on the wall behind side labels, which few row edges tell of in a short table.
    names[1, -1] |= both[1, -1]
    names[1:first_number, -1] = True
    apart = _texts_apart(vertical, horizontal, names, columns)
    is_one = np.isin(apart, (JOINED, LETTERS))
    vertical.through[:] |= is_one
    both &= ~is_one
    vertical.walled[:] = BOTH_FILLED * both + ONE_FILLED * one
    _weigh_below(vertical, both, one, body=body, first_number=first_number)
    _weigh_heads(vertical, apart, body)
    # The total: 合　計 is set wide over the columns of labels.
    vertical.weight[1:-1, -1] += THROUGH_NAME * (apart[1:-1, -1] == LETTERS)
    vertical.weight[1:first_number, -1] -= 2 * OVER_LABELS * is_one[1:first_number, -1]
    if body is not None:
        above = horizontal.share[1:body, :first_number]
        horizontal.weight[1:body, :first_number] -= OVER_LABELS * (above < WORN)
        _weigh_stub(vertical, filled, body=body, first_number=first_number)
        _weigh_total(horizontal, filled, is_one)
    filled = _filled(flat, upright, rows)
    both = filled[:-1] & filled[1:]
    horizontal.walled[:] = STACKED * both
    if body is not None:
        _weigh_rows(horizontal, vertical, rows, both=both, lengths=widths, heights=heights, body=body)
        _weigh_regular(horizontal, vertical, body=body, first_number=first_number)
        _weigh_under_names(horizontal, vertical, rows, body)
        weigh_heading(horizontal, vertical, columns, body=body, first=first_number)


def _filled(tracks: Sequence[Track], across: Sequence[Track], straight: Straight) -> NDArray[np.bool_]:
    """Say of the strips before, between and behind tracks, stretch by stretch, whether text stands in them."""
    places, ends = [middle_of(track) for track in tracks], [middle_of(track) for track in across]
    filled = np.zeros((len(places) + 1, len(ends) - 1), dtype=bool)
    for index, (near, far) in enumerate(pairwise(places), start=1):
        for stretch, (low, high) in enumerate(pairwise(ends)):
            filled[index, stretch] = has_text(straight, (near, far), (low, high))
    return filled


def _weigh_stub(vertical: Lattice, filled: NDArray[np.bool_], *, body: int, first_number: int) -> None:
    """Weigh the walls between the columns of labels against their empty cells: the corner, and a total, go over several.

    ``filled`` says of the columns, from the one before the first wall on, in which rows they have text.
    """
    for index in range(1, first_number):
        left, right = filled[index], filled[index + 1]
        is_lost = vertical.share[index] < WORN
        if not (left[:body].any() and right[:body].any()):
            vertical.weight[index, :body] -= OVER_LABELS * is_lost[:body]
        ends = left[body:] & ~right[body:]
        if ends.mean() <= MOST_ENDS:
            vertical.weight[index, body:] -= OVER_LABELS * (ends & is_lost[body:])


def _weigh_total(horizontal: Lattice, filled: NDArray[np.bool_], is_one: NDArray[np.bool_]) -> None:
    """Weigh the edge above a total that goes over two columns of labels: no label of these goes on into its row.

    ``is_one`` says of the walls in which rows one text stands on both sides; ``filled`` as for ``_weigh_stub``.
    """
    ends = filled[1] & ~filled[2] | is_one[1]
    if ends[-1] and ends.mean() <= MOST_ENDS:
        weight = horizontal.weight[-2, :2]
        weight[:] = np.where(horizontal.through[-2, :2], weight, np.maximum(weight, ROW_EDGE))


def _weigh_below(
    vertical: Lattice,
    both: NDArray[np.bool_],
    one: NDArray[np.bool_],
    *,
    body: int | None,
    first_number: int,
) -> None:
    """Weigh that a wall goes on from its first clear piece to the foot of the table, where no text runs through it.

    From ``body``, the first row below the heading, a wall right of the column ``first_number`` also goes on upwards to there.
    """
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
        # The labels of the rows may be merged over their columns; the columns of numbers are not.
        if body is not None and first_number < index and body < clear[0]:
            above = slice(body, int(clear[0]))
            own = vertical.weight[index, above]
            is_wall = both[index, above] & ~vertical.through[index, above] & (own < CLEARLY)
            vertical.weight[index, above] = np.where(is_wall, np.minimum(own + BELOW_BOTH, CLEARLY), own)


def _texts_apart(
    vertical: Lattice, horizontal: Lattice, names: NDArray[np.bool_], columns: Straight
) -> NDArray[np.int_]:
    """Say of each stretch of a wall between two names (``names``), in the heading or among the labels, what they look like.

    ``JOINED``: one text, its characters stand close on both sides. ``LETTERS``: one letter on each side, as those of 合　計.
    ``TWO``: each has several characters. Else 0.
    """
    walls, edges = ([middle_of(track) for track in lattice.tracks] for lattice in (vertical, horizontal))
    found = np.zeros(names.shape, dtype=int)
    for index, stretch in np.argwhere(names):
        row = (edges[stretch], edges[stretch + 1])
        is_inner = 0 < index < len(walls) - 1
        if not is_inner or (
            vertical.share[index, stretch] >= WORN and not is_crossed(walls[index], *row, columns)
        ):
            continue
        left = text_box(columns, (walls[index - 1] + FAR_MARGIN, walls[index] - MARGIN), row)
        right = text_box(columns, (walls[index] + MARGIN, walls[index + 1] - FAR_MARGIN), row)
        em = min(left[3] - left[1], right[3] - right[1], LARGEST_EM)
        widths = (left[2] - left[0], right[2] - right[0])
        if right[0] - left[2] <= CLOSE:
            found[index, stretch] = JOINED
        elif em >= SMALLEST_EM and all(ONE[0] * em <= width <= ONE[1] * em for width in widths):
            found[index, stretch] = LETTERS
        elif min(widths) >= SEVERAL * em:
            found[index, stretch] = TWO
    return found


def _weigh_heads(vertical: Lattice, apart: NDArray[np.int_], body: int | None) -> None:
    """Weigh the walls of the heading: none runs through a name, and its last row names each column."""
    if body is None:
        return
    vertical.weight[:, :body] += THROUGH_NAME * (apart[:, :body] == JOINED)
    vertical.weight[:, : body - 1] += THROUGH_NAME * (apart[:, : body - 1] == LETTERS)
    vertical.weight[:, body - 1] += BELOW_BOTH * (apart[:, body - 1] == TWO)


def _weigh_under_names(horizontal: Lattice, vertical: Lattice, rows: Straight, body: int) -> None:
    """Weigh the row edges of the heading of which nothing is left, or some strokes, where a name stands across them."""
    for row in range(1, body):
        edge = middle_of(horizontal.tracks[row])
        for column, walls in enumerate(pairwise(middle_of(track) for track in vertical.tracks)):
            share, is_struck = horizontal.share[row, column], horizontal.through[row, column]
            if share < (PART if is_struck else NOTHING) and has_text(
                rows, (edge - ACROSS, edge + ACROSS), walls
            ):
                horizontal.weight[row, column] = -STRONGEST
                horizontal.through[row, column] = True


def _merged_labels(missing: NDArray[np.float64]) -> int:
    """Give how many of the first columns hold labels of several rows; ``missing`` is the share of their row edges that are."""
    return 0 if (missing >= OFTEN).all() else int(np.argmin(missing >= OFTEN))


def _first_number(horizontal: Lattice, body: int | None) -> int:
    """Give the first column that may hold numbers: behind the labels of several rows and those of one."""
    rows = slice((body or 0) + 1, len(horizontal.tracks) - 1)
    if rows.start >= rows.stop:
        return 1
    missing = (horizontal.share[rows] < NOTHING).mean(axis=0)
    return min(1 + _merged_labels(missing), len(missing))


def _merged_columns(
    horizontal: Lattice, vertical: Lattice, straight: Straight, body: int
) -> NDArray[np.bool_]:
    """Say which columns hold labels of several rows, perhaps set one letter below another.

    Their edges are missing, mostly or often in the first columns, and their texts do not stand row by row.
    """
    edges, walls = ([middle_of(track) for track in lattice.tracks] for lattice in (horizontal, vertical))
    missing = (horizontal.share[body + 1 : -1] < NOTHING).mean(axis=0)
    is_merged = (missing >= MOSTLY) | (np.arange(len(missing)) < _merged_labels(missing))
    for column in np.flatnonzero(is_merged):
        in_row = [
            _stands_in_row(straight, row, (walls[column], walls[column + 1]))
            for row in pairwise(edges[body:])
        ]
        is_merged[column] = float(np.mean(in_row)) < IN_ROWS
    return np.asarray(is_merged, dtype=np.bool_)


def _stands_in_row(straight: Straight, row: tuple[float, float], column: tuple[float, float]) -> bool:
    """Say whether a text stands in the middle of a row."""
    low, high = row[0] + ROW_MARGIN, row[1] - ROW_MARGIN
    if not has_text(straight, row, column):
        return False
    top, _, bottom, _ = text_box(straight, (low, high), column)
    return abs((high - bottom) - (top - low)) <= OFF_MIDDLE * (high - low)


def _weigh_labels(
    horizontal: Lattice, vertical: Lattice, straight: Straight, *, column: int, body: int
) -> bool:
    """Weigh the row edges between labels of several rows and the wall beside each, and say whether they are such."""
    edges = [middle_of(track) for track in horizontal.tracks[body:]]
    walls = [middle_of(track) for track in vertical.tracks]
    odds = np.clip(LEFT_SLOPE * (horizontal.share[body + 1 : -1, column] - LEFT_EVEN), *LEFT_ODDS)
    found = settle_side_labels(edges, (walls[column], walls[column + 1]), odds, straight)
    if found is None:
        return False
    horizontal.weight[body + 1 : -1, column] = np.where(found, BETWEEN_LABELS, -BETWEEN_LABELS)
    of_several = ~np.concatenate((found, [True])) | ~np.concatenate(([True], found))
    is_lost = of_several & ~vertical.through[column + 1, body:]
    vertical.weight[column + 1, body:] += BETWEEN_LABELS * is_lost
    return True


def _side_columns(horizontal: Lattice, rows: slice) -> list[int]:
    """Give the first columns as long as less is left of their row edges than of others: labels of several rows may stand there."""
    left = horizontal.share[rows].mean(axis=0)
    least = LESS_LEFT * float(np.median(left))
    return list(range(int(np.argmax([*(left > least), True]))))[:MOST_SIDE]


def _weigh_rows(
    horizontal: Lattice,
    vertical: Lattice,
    straight: Straight,
    *,
    both: NDArray[np.bool_],
    lengths: NDArray[np.float64],
    heights: NDArray[np.float64],
    body: int,
) -> None:
    """Weigh that a row edge below the heading is drawn through the table, where text stands above it and below it.

    ``lengths`` are the widths of the columns, ``heights`` the heights of the rows.
    """
    there = (horizontal.weight > 0) @ lengths / lengths.sum()
    rows = slice(body + 1, len(there) - 1)
    if rows.start >= rows.stop:
        return
    is_merged = _merged_columns(horizontal, vertical, straight, body)
    for column in _side_columns(horizontal, rows):
        is_merged[column] |= _weigh_labels(horizontal, vertical, straight, column=column, body=body)
    is_even = np.abs(heights / np.median(heights[rows.start - 1 :]) - 1) <= EVEN_ROWS
    walls, edges = ([middle_of(track) for track in lattice.tracks] for lattice in (vertical, horizontal))
    for index in range(rows.start, rows.stop):
        is_row = is_even[index - 1] and is_even[index] and both[index].mean() >= MOSTLY
        if there[index] >= IN_PART or is_row:
            # What the track was held to lack is given back: its stretches may have been lost together.
            lacking = max(0.0, OF_ONE_TRACK * (1 - 2 * float(there[index])))
            is_edge = both[index] & ~horizontal.through[index] & ~is_merged
            horizontal.weight[index] += (ROW_EDGE + lacking) * is_edge
            for stretch in np.flatnonzero(is_edge & (horizontal.weight[index] < REGULAR)):
                own = (walls[stretch], walls[stretch + 1])
                if all(_stands_in_row(straight, row, own) for row in pairwise(edges[index - 1 : index + 2])):
                    horizontal.weight[index, stretch] = REGULAR


def _weigh_regular(horizontal: Lattice, vertical: Lattice, *, body: int, first_number: int) -> None:
    """Weigh that walls and row edges which mostly stand go through all the numbers: cells are seldom merged there, text or none.

    A row of which no other wall stands may be a heading within the table, and a column without row edges is one merged cell.
    """
    walls = slice(first_number, len(vertical.tracks) - 1)
    rows = slice(body + 1, len(horizontal.tracks) - 1)
    upright, flat = vertical.weight[walls, body:], horizontal.weight[rows, first_number:]
    for own, through in (
        (upright, vertical.through[walls, body:]),
        (flat, horizontal.through[rows, first_number:]),
    ):
        if own.size:
            goes_on = (own > 0).mean(axis=1) >= REGULARLY
            is_row = (own > 0).mean(axis=0) >= OTHERS
            lost = goes_on[:, None] & is_row[None, :] & ~through
            own[:] = np.where(lost, np.maximum(own, REGULAR), own)
