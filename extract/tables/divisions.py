"""Dividing ruled cells into rows and columns that the rulings do not show, and the grid that results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.document import Grid, GridCell, Line, Word
from extract.geometry import box_rounded, box_union, cluster_positions, nearest_index
from extract.tables.alignment import near

SNAP_ROWS = 0.5
"""A boundary between lines within this distance (ems) of a ruling's or another boundary is the same one."""


class InnerColumn(NamedTuple):
    """A column of numbers inside a ruled column: the shared right ``edge`` and the ``left`` side of its widest number."""

    left: float
    edge: float


class Entry(NamedTuple):
    """One inner row of a cell: the lines of its label, and its number with the shared right edge, or None."""

    label: tuple[Line, ...]
    number: Line | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, the number last."""
        return (*self.label, self.number) if self.number else self.label


class Division(NamedTuple):
    """How one cell is divided: its entries from top to bottom, and the y between each and the next."""

    entries: tuple[Entry, ...]
    boundaries: tuple[float, ...]


def boundaries_between(groups: Sequence[Sequence[Line]]) -> tuple[float, ...]:
    """Give the y half way between each group of lines and the next."""
    return tuple(
        (max(line.box[3] for line in above) + min(line.box[1] for line in below)) / 2
        for above, below in pairwise(groups)
    )


def divided_grid(
    grid: Grid,
    columns: dict[int, list[InnerColumn]],
    divisions: dict[int, Division],
    stacked: dict[int, Division],
) -> Grid:
    """Give the grid with the divided cells as cells of its own rows and columns.

    ``divisions`` and ``stacked`` go by the index of the cell in the grid, ``columns`` by the ruled column.
    """
    all_divisions = {**divisions, **stacked}
    size = min(e.lines[0].words[0].size for d in all_divisions.values() for e in d.entries if e.lines)
    row_edges = _merged_edges(
        grid.row_edges, [y for d in all_divisions.values() for y in d.boundaries], size * SNAP_ROWS
    )
    used = {grid.cells[index].column for index in divisions}
    column_edges = tuple(sorted({*grid.column_edges, *(inner.left for c in used for inner in columns[c])}))
    cells: list[GridCell] = []
    for index, cell in enumerate(grid.cells):
        top = nearest_index(row_edges, grid.row_edges[cell.row])
        bottom = nearest_index(row_edges, grid.row_edges[cell.row + cell.row_span])
        left = column_edges.index(grid.column_edges[cell.column])
        right = column_edges.index(grid.column_edges[cell.column + cell.column_span])
        division = all_divisions.get(index)
        if division is None:
            cells.append(
                _cell(row_edges, column_edges, (top, left, bottom, right), cell.lines, struck=cell.struck)
            )
            continue
        inner = [column_edges.index(c.left) for c in columns[cell.column]] if index in divisions else []
        stops = [top, *(nearest_index(row_edges, y) for y in division.boundaries), bottom]
        cells += _divided_cells(row_edges, column_edges, stops, division, [left, *inner, right])
    cells.sort(key=lambda c: (c.row, c.column))
    return Grid(
        grid.box, len(row_edges) - 1, len(column_edges) - 1, tuple(cells), row_edges, column_edges, ruled=True
    )


def _merged_edges(edges: Sequence[float], boundaries: Sequence[float], tolerance: float) -> tuple[float, ...]:
    """Add the boundaries to the edges; those that lie close to an edge or to one another count once."""
    free = [y for y in boundaries if not near(y, edges, tolerance)]
    added = [sum(group) / len(group) for group in cluster_positions(free, tolerance)]
    return tuple(sorted({*edges, *added}))


def _divided_cells(
    row_edges: Sequence[float],
    column_edges: Sequence[float],
    stops: Sequence[int],
    division: Division,
    lefts: Sequence[int],
) -> Iterator[GridCell]:
    """Give the cells of a divided cell.

    ``stops`` are the row edges of its entries; ``lefts`` the column edges: of the label, of each inner column, of the end.
    """
    slots = list(pairwise(lefts))
    for top, bottom, entries in _entry_extents(division.entries, stops):
        place = (top - stops[0], stops[-1] - stops[0])
        number = entries[0].number
        if number is None or len(slots) == 1 or len(entries) > 1:
            lines = tuple(line for entry in entries for line in entry.lines)
            yield _cell(row_edges, column_edges, (top, lefts[0], bottom, lefts[-1]), lines, divided=place)
            continue
        middle = (number.box[0] + number.box[2]) / 2
        column = max(
            slot for slot, (start, _) in enumerate(slots) if slot == 1 or column_edges[start] <= middle
        )
        for slot, (start, end) in enumerate(slots):
            lines = entries[0].label if slot == 0 else (number,) if slot == column else ()
            yield _cell(row_edges, column_edges, (top, start, bottom, end), lines, divided=place)


def _entry_extents(entries: Sequence[Entry], stops: Sequence[int]) -> list[tuple[int, int, list[Entry]]]:
    """Give the rows of each entry; entries between which no row edge is left share theirs."""
    extents: list[tuple[int, int, list[Entry]]] = []
    for entry, top, bottom in zip(entries, stops, stops[1:], strict=False):
        if extents and (bottom <= top or extents[-1][1] > top or extents[-1][0] == extents[-1][1]):
            start, end, group = extents[-1]
            extents[-1] = (start, max(end, bottom), [*group, entry])
        else:
            extents.append((top, bottom, [entry]))
    return extents


def words_line(words: tuple[Word, ...]) -> Line:
    """Give the line that the words make."""
    return Line(words, box_union(word.box for word in words))


def _cell(
    row_edges: Sequence[float],
    column_edges: Sequence[float],
    extent: tuple[int, int, int, int],
    lines: tuple[Line, ...],
    *,
    struck: bool = False,
    divided: tuple[int, int] | None = None,
) -> GridCell:
    top, left, bottom, right = extent
    box = box_rounded((column_edges[left], row_edges[top], column_edges[right], row_edges[bottom]))
    return GridCell(top, left, bottom - top, right - left, box, lines, struck=struck, divided=divided)
