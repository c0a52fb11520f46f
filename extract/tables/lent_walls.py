"""Walls that a lattice lacks and alignment lends: a ruled header over a body without rulings, columns without any."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.document import Line, Word
from extract.tables.alignment import has_letters, is_number_like, is_strong_number
from extract.tables.columns import Chunk, chunks_to_columns, line_to_chunks, widen_columns
from extract.tables.lattice import Lattice
from extract.tables.lines import words_to_lines

LEAST_ROWS = 2
"""So many rows must show the same columns before alignment counts as walls."""

OVERHANG = 2.0
"""Text may reach this far (points) over the edge of its column: right-aligned numbers touch rulings."""


def lend_columns(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """Give the lattice with the columns that numbers under one another show inside a ruled column.

    At least two rows must hold two numbers or more there, and more than have a number that runs across. No wall stands where a
    word does. A lattice of a single column is left alone: horizontal rulings in a frame, which ``open_ruled`` reads.
    """
    columns = len(lattice.column_edges) - 1
    if columns == 1:
        return lattice
    in_rows = _words_in_rows(lattice, words)
    for column in range(columns - 1, -1, -1):
        rows = [_row_lines(lattice, row, column, column, own) for row, own in enumerate(in_rows)]
        chunks = [line_to_chunks(lines[0]) for lines in rows if len(lines) == 1]
        several = [row for row in chunks if sum(1 for chunk in row if _is_strong(chunk)) >= 2]
        if len(several) < LEAST_ROWS or len({len(row) for row in several}) > 1:
            continue
        found = chunks_to_columns((c for row in several for c in row), several[0][0].words[0].size)
        if len(found) != len(several[0]):
            continue
        others = [w for lines in rows for line in lines for w in line.words if not is_strong_number(w.text)]
        found = widen_columns(found, others)
        edges = [(left.right + right.left) / 2 for left, right in pairwise(found)]
        # Numbers that lost a comma in a scan are two each; the others of their column run across.
        across = sum(_runs_across(row, edges) for row in chunks)
        if across >= len(several):
            continue
        lattice = _with_edges(lattice, column, edges, rows)
    return lattice


def _is_strong(chunk: Chunk) -> bool:
    return is_strong_number("".join(word.text for word in chunk.words))


def _runs_across(chunks: Sequence[Chunk], edges: Sequence[float]) -> bool:
    """Say whether a row holds one number, on both sides of an edge."""
    return (
        len(chunks) == 1
        and _is_strong(chunks[0])
        and any(chunks[0].left < x < chunks[0].right for x in edges)
    )


def _with_edges(
    lattice: Lattice, column: int, edges: Sequence[float], rows: Sequence[Sequence[Line]]
) -> Lattice:
    right = []
    for walls, lines in zip(lattice.right, rows, strict=True):
        free = [not any(w.box[0] < x < w.box[2] for line in lines for w in line.words) for x in edges]
        right.append([*walls[:column], *free, *walls[column:]])
    below = [[*walls[:column], *[walls[column]] * len(edges), *walls[column:]] for walls in lattice.below]
    column_edges = (*lattice.column_edges[: column + 1], *edges, *lattice.column_edges[column + 1 :])
    return lattice._replace(column_edges=column_edges, right=right, below=below)


def lend_walls(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """Give the lattice with walls where rows without them hold their text in the columns that other rows rule.

    Such a row holds at least two numbers, or a number and a label, each in a column of its own; a label printed with
    wide spaces across merged columns (合　　計) does not count. The same lattice where there is nothing to lend.
    """
    runs: dict[tuple[int, int], list[int]] = {}
    names: dict[tuple[int, int], list[int]] = {}
    for row, first, last in _open_runs(lattice):
        if row == 0 and _names_columns(_row_lines(lattice, row, first, last, words), lattice, first, last):
            names[first, last] = [row]
        elif _fits_columns(_row_lines(lattice, row, first, last, words), lattice, first, last):
            runs.setdefault((first, last), []).append(row)
    lent = {run: rows for run, rows in runs.items() if len(rows) >= LEAST_ROWS} | names
    if not lent:
        return lattice
    right = [list(walls) for walls in lattice.right]
    for (first, last), rows in lent.items():
        for row in rows:
            right[row][first:last] = [True] * (last - first)
    return lattice._replace(right=right)


def _open_runs(lattice: Lattice) -> Iterator[tuple[int, int, int]]:
    """Give row, first and last column of the neighbours in a row that no wall parts, closed above and below."""
    columns = len(lattice.column_edges) - 1
    rows = len(lattice.row_edges) - 1
    for row, walls in enumerate(lattice.right):
        first = 0
        for column in range(columns):
            if column == columns - 1 or walls[column]:
                above = row == 0 or all(lattice.below[row - 1][first : column + 1])
                below = row == rows - 1 or all(lattice.below[row][first : column + 1])
                if column > first and above and below:
                    yield row, first, column
                first = column + 1


def _words_in_rows(lattice: Lattice, words: Sequence[Word]) -> list[list[Word]]:
    """Give the words whose middle lies in each row; one on an edge is in both."""
    rows: list[list[Word]] = [[] for _ in lattice.row_edges[1:]]
    for word in words:
        middle = (word.box[1] + word.box[3]) / 2
        first, last = bisect_left(lattice.row_edges, middle) - 1, bisect_right(lattice.row_edges, middle) - 1
        for row in rows[max(first, 0) : last + 1]:
            row.append(word)
    return rows


def _row_lines(lattice: Lattice, row: int, first: int, last: int, words: Sequence[Word]) -> tuple[Line, ...]:
    x0, x1 = lattice.column_edges[first], lattice.column_edges[last + 1]
    y0, y1 = lattice.row_edges[row], lattice.row_edges[row + 1]
    return words_to_lines(
        word
        for word in words
        if x0 <= (word.box[0] + word.box[2]) / 2 <= x1 and y0 <= (word.box[1] + word.box[3]) / 2 <= y1
    )


def _names_columns(lines: Sequence[Line], lattice: Lattice, first: int, last: int) -> bool:
    """Say whether a line of texts holds a name, of two letters or more, over each of the columns."""
    if len(lines) != 1 or any(len(word.text) < 2 or is_number_like(word.text) for word in lines[0].words):
        return False
    places = [_column_of(Chunk((w,), w.box[0], w.box[2]), lattice, first, last) for w in lines[0].words]
    return (
        sorted({place for place in places if place is not None}) == list(range(first, last + 1))
        and None not in places
    )


def _fits_columns(lines: Sequence[Line], lattice: Lattice, first: int, last: int) -> bool:
    """Say whether every chunk of one printed line lies in a column of its own, and the chunks are no spaced-out label."""
    if len(lines) != 1:
        return False
    chunks = line_to_chunks(lines[0])
    places = [_column_of(chunk, lattice, first, last) for chunk in chunks]
    if len(chunks) < 2 or None in places or len(set(places)) < len(places):
        return False
    texts = ["".join(word.text for word in chunk.words) for chunk in chunks]
    numbers = sum(1 for text in texts if is_number_like(text))
    labels = sum(
        1 for text, chunk in zip(texts, chunks, strict=True) if len(text) > 1 and has_letters(chunk.words)
    )
    return numbers >= 2 or (numbers == 1 and labels >= 1)


def _column_of(chunk: Chunk, lattice: Lattice, first: int, last: int) -> int | None:
    for column in range(first, last + 1):
        left, right = lattice.column_edges[column], lattice.column_edges[column + 1]
        if left - OVERHANG <= chunk.left and chunk.right <= right + OVERHANG:
            return column
    return None
