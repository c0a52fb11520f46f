"""Rows of words -> columns by alignment, and the grid they make: for tables that no vertical ruling divides."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from extract.document import Grid, GridCell, Line, Word
from extract.geometry import box_rounded, box_union, overlap
from extract.tables.alignment import SIGN, is_strong_number, number_tail
from extract.tables.lines import words_to_lines

Row: TypeAlias = tuple[Line, ...]
"""The printed lines of one table row; more than one where a cell wraps."""

CHUNK_GAP = 0.9
"""White of at least this width (ems) parts two chunks of a line; a fullwidth space is 1.0."""

NUMBER_GAP = 0.35
"""Beside a number of several digits any gap between words (ems) parts two chunks: columns of numbers are set close."""

COVERING = 0.3
"""A text covers a column when this share of the narrower of the two lies over the other: names stand out a little."""

COLUMN_GAP = 0.5
"""White of at least this width (ems) down all rows parts two columns."""


class Chunk(NamedTuple):
    """Words of one line without a wide gap between them."""

    words: tuple[Word, ...]
    left: float
    right: float


class Column(NamedTuple):
    """The extent of a column (x)."""

    left: float
    right: float


def line_to_chunks(line: Line) -> list[Chunk]:
    """Give the chunks of a line from left to right; spaced-out digits at its end stay one chunk."""
    tail = number_tail(line)
    words, last = (tail.label, tail.number) if tail else (line.words, ())
    groups: list[list[Word]] = []
    for word in words:
        if groups and word.box[0] - groups[-1][-1].box[2] < _least_gap(groups[-1][-1], word) * word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    if last:
        groups.append(list(last))
    return [Chunk(tuple(g), g[0].box[0], g[-1].box[2]) for g in groups]


def _least_gap(before: Word, after: Word) -> float:
    if is_strong_number(before.text) or (is_strong_number(after.text) and not SIGN.fullmatch(before.text)):
        return NUMBER_GAP
    return CHUNK_GAP


def widen_columns(columns: Sequence[Column], words: Sequence[Word]) -> list[Column]:
    """Give the columns widened by the header words that stand over one of them; the same where they would then meet."""
    wide = list(columns)
    for word in words:
        first, last = column_range(Chunk((word,), word.box[0], word.box[2]), columns)
        if first == last:
            column = wide[first]
            wide[first] = Column(min(column.left, word.box[0]), max(column.right, word.box[2]))
    if all(left.right < right.left for left, right in pairwise(wide)):
        return wide
    return list(columns)


def chunk_places(chunk: Chunk, columns: Sequence[Column]) -> list[tuple[tuple[int, int], list[Word]]]:
    """Give the words of a chunk by the columns they stand in, as (first, last) column.

    A chunk over several columns is divided where each of its words, none a single character, stands in one of them: the
    names of narrow columns come close to one another. Otherwise it is one text that spans them.
    """
    whole = column_range(chunk, columns)
    if whole[0] == whole[1] or any(len(word.text) < 2 for word in chunk.words):
        return [(whole, list(chunk.words))]
    places: list[tuple[tuple[int, int], list[Word]]] = []
    for word in chunk.words:
        place = column_range(Chunk((word,), word.box[0], word.box[2]), columns)
        if place[0] != place[1]:
            return [(whole, list(chunk.words))]
        if places and places[-1][0] == place:
            places[-1][1].append(word)
        else:
            places.append((place, [word]))
    return places


def chunks_to_columns(chunks: Iterable[Chunk], size: float) -> list[Column]:
    """Give the columns that the white between the chunks of all rows leaves."""
    columns: list[Column] = []
    for chunk in sorted(chunks, key=lambda c: c.left):
        if columns and chunk.left - columns[-1].right < COLUMN_GAP * size:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, chunk.right))
        else:
            columns.append(Column(chunk.left, chunk.right))
    return columns


def column_range(chunk: Chunk, columns: Sequence[Column]) -> tuple[int, int]:
    """Give the first and last column that a chunk covers; the nearest one where it covers none."""
    covered = [
        i
        for i, column in enumerate(columns)
        if overlap(chunk.left, chunk.right, column.left, column.right)
        > COVERING * min(chunk.right - chunk.left, column.right - column.left)
    ]
    if covered:
        return covered[0], covered[-1]
    middle = (chunk.left + chunk.right) / 2
    nearest = min(range(len(columns)), key=lambda i: abs((columns[i].left + columns[i].right) / 2 - middle))
    return nearest, nearest


def rows_to_grid(
    rows: Sequence[Row], columns: Sequence[Column], extent: tuple[float, float] | None = None
) -> Grid:
    """Give the grid of the rows; a chunk that reaches over several columns becomes a cell that spans them.

    ``extent`` is the left and right end of the table where rulings show it.
    """
    column_edges = _column_edges(columns, extent)
    row_edges = _row_edges(rows)
    cells: list[GridCell] = []
    for index, row in enumerate(rows):
        words: dict[tuple[int, int], list[Word]] = {}
        for line in row:
            for chunk in line_to_chunks(line):
                for place, held in chunk_places(chunk, columns):
                    words.setdefault(place, []).extend(held)
        spans = _disjoint(words, len(columns))
        for (first, last), held in sorted(spans.items()):
            box = (column_edges[first], row_edges[index], column_edges[last + 1], row_edges[index + 1])
            cells.append(GridCell(index, first, 1, last - first + 1, box_rounded(box), words_to_lines(held)))
    box = (column_edges[0], row_edges[0], column_edges[-1], row_edges[-1])
    return Grid(box_rounded(box), len(rows), len(columns), tuple(cells), row_edges, column_edges, ruled=False)


def _disjoint(words: dict[tuple[int, int], list[Word]], columns: int) -> dict[tuple[int, int], list[Word]]:
    """Give spans that tile a row: overlapping ones are joined, places without words get empty cells."""
    spans: dict[tuple[int, int], list[Word]] = {}
    for (first, last), held in sorted(words.items()):
        previous = max(spans, default=None)
        if previous is not None and first <= previous[1]:
            spans[previous[0], max(last, previous[1])] = [*spans.pop(previous), *held]
        else:
            spans[first, last] = held
    taken = {column for first, last in spans for column in range(first, last + 1)}
    spans.update({(column, column): [] for column in range(columns) if column not in taken})
    return spans


def _column_edges(columns: Sequence[Column], extent: tuple[float, float] | None) -> tuple[float, ...]:
    inner = [(a.right + b.left) / 2 for a, b in itertools.pairwise(columns)]
    left, right = columns[0].left - 1, columns[-1].right + 1
    if extent:
        left, right = min(left, extent[0]), max(right, extent[1])
    return tuple(round(x, 2) for x in (left, *inner, right))


def _row_edges(rows: Sequence[Row]) -> tuple[float, ...]:
    boxes = [box_union(line.box for line in row) for row in rows]
    inner = [(above[3] + below[1]) / 2 for above, below in itertools.pairwise(boxes)]
    return tuple(round(y, 2) for y in (boxes[0][1] - 1, *inner, boxes[-1][3] + 1))
