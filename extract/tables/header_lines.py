"""Lines above a table without rulings -> the rows of its header: wrapped names, names over several columns, the stub's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from extract.document import Grid, GridCell, Line
from extract.geometry import box_rounded, box_union
from extract.tables.columns import Column, chunk_places, line_to_chunks
from extract.tables.rows import middle

OFF_CENTRE = 1.0
"""The name of several columns stands over their middle, or at most so far beside it (ems)."""


def names_stub(line: Line, levels: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Say whether a line is the name of the labels alone, printed half way down the two levels of a header."""
    if len(levels) < 2:
        return False
    places = [place for chunk in line_to_chunks(line) for place, _ in chunk_places(chunk, columns)]
    return set(places) == {(0, 0)} and middle(levels[0]) <= middle(line) <= middle(levels[-1])


def finish_header(grid: Grid, rows: int, stub: Line | None) -> Grid:
    """Give the grid with the names of its header over all the columns that they head, and that of the stub over its rows."""
    for row in range(rows - 1):
        grid = _spread_names(grid, row)
    return _with_stub(grid, rows, stub) if stub is not None else grid


def _with_stub(grid: Grid, rows: int, stub: Line) -> Grid:
    corner = [cell for cell in grid.cells if cell.column == 0 and cell.row < rows]
    if len(corner) != rows or any(cell.lines or cell.column_span > 1 for cell in corner):
        return grid
    box = box_rounded(box_union(cell.box for cell in corner))
    merged = GridCell(0, 0, rows, 1, box, (stub,))
    return replace(grid, cells=(merged, *(cell for cell in grid.cells if cell not in corner)))


def _spread_names(grid: Grid, row: int) -> Grid:
    """Let each name of a row head the names below it that it stands over, where some have none above them."""
    upper = [cell for cell in grid.cells if cell.row == row and cell.lines and cell.column > 0]
    lower = [cell for cell in grid.cells if cell.row == row + 1 and cell.lines and cell.column > 0]
    headed = {column for cell in upper for column in range(cell.column, cell.column + cell.column_span)}
    if not upper or len(upper) >= len(lower) or all(cell.column in headed for cell in lower):
        return grid
    if lower[-1].column - lower[0].column != len(lower) - 1:
        return grid
    cuts = _best_cuts(upper, lower)
    if cuts is None:
        return grid
    edges = grid.column_edges
    spans = [(lower[first].column, lower[past - 1].column + 1) for first, past in pairwise(cuts)]
    names = [
        GridCell(
            row,
            first,
            1,
            past - first,
            box_rounded((edges[first], cell.box[1], edges[past], cell.box[3])),
            cell.lines,
        )
        for cell, (first, past) in zip(upper, spans, strict=True)
    ]
    inside = range(lower[0].column, lower[-1].column + 1)
    kept = [cell for cell in grid.cells if cell.row != row or cell.column not in inside]
    if any(
        cell.row == row and cell.column + cell.column_span > inside[0]
        for cell in kept
        if cell.column < inside[0]
    ):
        return grid
    return replace(grid, cells=tuple(sorted((*kept, *names), key=lambda cell: (cell.row, cell.column))))


def _best_cuts(upper: Sequence[GridCell], lower: Sequence[GridCell]) -> tuple[int, ...] | None:
    """Give the places that part the lower names into one group a name above; None where no parting centres the names."""
    inner = range(1, len(lower))
    every = [(0, *cuts, len(lower)) for cuts in combinations(inner, len(upper) - 1)]
    best = min(every, key=lambda cuts: _off_centre(upper, lower, cuts))
    return best if _off_centre(upper, lower, best) <= OFF_CENTRE else None


def _off_centre(upper: Sequence[GridCell], lower: Sequence[GridCell], cuts: Sequence[int]) -> float:
    """Give how far (ems) the name that is least centred stands from the middle of its group."""
    worst = 0.0
    for cell, (first, past) in zip(upper, pairwise(cuts), strict=True):
        name = box_union(line.box for line in cell.lines)
        left, right = _extent(lower[first])[0], _extent(lower[past - 1])[1]
        cells = (lower[first].box[0] + lower[past - 1].box[2]) / 2
        centre = (name[0] + name[2]) / 2
        size = cell.lines[0].words[0].size
        worst = max(worst, min(abs(centre - (left + right) / 2), abs(centre - cells)) / size)
    return worst


def _extent(cell: GridCell) -> tuple[float, float]:
    box = box_union(line.box for line in cell.lines)
    return box[0], box[2]
