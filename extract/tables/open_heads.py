"""Lines above a ruled grid that name its columns -> rows of its header.

Headings are set without rulings over a ruled body where a shade marks them; a copy in black and white loses the shade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from extract.document import Grid, GridCell, Line, Word
from extract.geometry import box_rounded
from extract.tables.alignment import has_letters, is_number_like, is_telling_number
from extract.tables.columns import Chunk, Column, chunk_places, line_to_chunks
from extract.tables.lines import words_to_lines
from extract.tables.rows import middle

PITCH = 1.3
"""Lines of a heading follow one another, and the grid the last one, within this distance (ems of white)."""

LEVELS = 3
"""A heading has so many levels at most."""

NAMED = 0.6
"""Names stand over this share of the columns at least, each within its own one; a caption and a unit over fewer."""

OVERHANG = 1.0
"""A name may reach this far (points) over the edges of its column."""

BESIDE = 30.0
"""Text that goes on so far (points) beside a grid is no heading of it."""

LEAST_NUMBERS = 2
"""So many numbers in its first row tell that a grid begins without a header."""


_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


class _Name(NamedTuple):
    """A text over the columns ``first`` to ``last``."""

    words: tuple[Word, ...]
    first: int
    last: int
    y: float


def add_open_heads(grids: Sequence[Grid], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Give the ruled grids with the headings that stand above them without rulings, and the words that are left."""
    found: list[Grid] = []
    left = list(words)
    for grid in grids:
        names = _find_names(grid, words_to_lines(_above(grid, left))) if _begins_with_numbers(grid) else []
        headed = _with_heading(grid, names) if names else None
        found.append(headed or grid)
        if headed is not None:
            taken = {id(word) for name in names for word in name.words}
            left = [word for word in left if id(word) not in taken]
    return found, left


def _above(grid: Grid, words: Sequence[Word]) -> list[Word]:
    """Give the words above a grid, with those that stand near its sides."""
    left, right = grid.box[0] - BESIDE, grid.box[2] + BESIDE
    bottom = grid.box[1] + OVERHANG
    return [w for w in words if w.box[3] <= bottom and w.box[2] > left and w.box[0] < right]


def _begins_with_numbers(grid: Grid) -> bool:
    """Say whether the first row is one of numbers behind a label, all cells of one row and column."""
    first = [cell for cell in grid.cells if cell.row == 0]
    texts = ["".join(word.text for line in cell.lines for word in line.words) for cell in first]
    numbers = sum(map(is_telling_number, texts))
    return (
        len(first) == grid.columns
        and all(
            cell.row_span == 1 or not is_number_like(text) for cell, text in zip(first, texts, strict=True)
        )
        and not is_number_like(texts[0])
        and numbers >= max(LEAST_NUMBERS, NAMED * (grid.columns - 1))
    )


def _find_names(grid: Grid, lines: Sequence[Line]) -> list[_Name]:
    """Give the texts right above a grid that name its columns, from top to bottom; none where they do not."""
    names: list[_Name] = []
    top = grid.box[1]
    for line in sorted(lines, key=middle, reverse=True):
        size = line.words[0].size
        parts = [_to_names(chunk, grid, middle(line)) for chunk in line_to_chunks(line)]
        own = [name for part in parts for name in part]
        if top - line.box[3] > PITCH * size or not all(parts) or not _may_name(line, own):
            break
        names = [*own, *names]
        top = min(top, line.box[1])
    named = {name.first for name in names if name.first == name.last}
    return names if len(named - {0}) >= max(LEAST_NUMBERS, NAMED * (grid.columns - 1)) else []


def _may_name(line: Line, names: Sequence[_Name]) -> bool:
    text = "".join(word.text for word in line.words)
    is_over_all = len(names) == 1 and names[0].first == 0 < names[0].last
    return (
        has_letters(line.words)
        and not any(mark in text for mark in "。：単位")
        and not any(is_number_like(word.text) and not _YEAR.fullmatch(word.text) for word in line.words)
        and not is_over_all
    )


def _to_names(chunk: Chunk, grid: Grid, y: float) -> list[_Name]:
    """Give a text as the names of the columns it stands over; none where it stands beside the grid."""
    edges = grid.column_edges
    if chunk.left < edges[0] - OVERHANG or chunk.right > edges[-1] + OVERHANG:
        return []
    for column in range(grid.columns):
        if edges[column] - OVERHANG <= chunk.left and chunk.right <= edges[column + 1] + OVERHANG:
            return [_Name(chunk.words, column, column, y)]
    columns = [Column(left, right) for left, right in pairwise(edges)]
    return [_Name(tuple(words), *place, y) for place, words in chunk_places(chunk, columns)]


def _with_heading(grid: Grid, names: Sequence[_Name]) -> Grid | None:
    """Give the grid with a header above it; None where the names stand in no order of levels."""
    stacks = [
        sorted((n for n in names if n.first <= c <= n.last), key=lambda n: n.y) for c in range(grid.columns)
    ]
    levels = max(map(len, stacks))
    full = [stack for stack in stacks if len(stack) == levels]
    heights = [sum(stack[level].y for stack in full) / len(full) for level in range(levels)]
    if levels > LEVELS:
        return None
    rows: dict[int, range] = {}
    for stack in stacks:
        for index, name in enumerate(stack):
            own = range(levels) if len(stack) == 1 else _rows_of(name, index, stack, heights)
            if rows.setdefault(id(name), own) != own:
                return None
    lowest = max(name.words[0].size for name in names) * 0.5
    inner = [(above + below) / 2 for above, below in pairwise(heights)]
    edges = (round(min(name.y for name in names) - 2 * lowest, 2), *(round(y, 2) for y in inner))
    return _stacked(grid, names, rows, edges)


def _rows_of(name: _Name, index: int, stack: Sequence[_Name], heights: Sequence[float]) -> range:
    """Give the levels of a name: its own, and for the lowest of a stack those below it as well."""
    nearest = min(range(len(heights)), key=lambda level: abs(heights[level] - name.y))
    return range(nearest, len(heights) if index == len(stack) - 1 else nearest + 1)


def _stacked(
    grid: Grid, names: Sequence[_Name], rows: dict[int, range], tops: Sequence[float]
) -> Grid | None:
    """Give the grid with the cells of its header; None where two of them overlap."""
    count = len(tops)
    ys, xs = (*tops, *grid.row_edges), grid.column_edges
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for name in names:
        own = rows[id(name)]
        places = {(row, column) for row in own for column in range(name.first, name.last + 1)}
        if places & taken:
            return None
        taken |= places
        box = (xs[name.first], ys[own.start], xs[name.last + 1], ys[own.stop])
        lines = words_to_lines(name.words)
        span = (own.stop - own.start, name.last - name.first + 1)
        cells.append(GridCell(own.start, name.first, *span, box_rounded(box), lines))
    for row in range(count):
        for column in range(grid.columns):
            if (row, column) not in taken:
                box = (xs[column], ys[row], xs[column + 1], ys[row + 1])
                cells.append(GridCell(row, column, 1, 1, box_rounded(box), ()))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    body = [replace(cell, row=cell.row + count) for cell in grid.cells]
    box = (grid.box[0], ys[0], grid.box[2], grid.box[3])
    return replace(grid, box=box_rounded(box), rows=grid.rows + count, cells=(*cells, *body), row_edges=ys)
