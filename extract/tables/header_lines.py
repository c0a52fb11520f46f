"""Lines above a table without rulings -> the rows of its header: wrapped names, names over several columns and over several rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.document import Grid, GridCell, Line
from extract.geometry import box_rounded, box_union
from extract.tables.columns import Column, Row, chunk_places, line_to_chunks, rows_to_grid
from extract.tables.lines import words_to_lines
from extract.tables.rows import is_one_row, lines_by_height, middle

OFF_CENTRE = 1.0
"""The name of several columns stands over their middle, or at most so far beside it (ems)."""

LEVEL_PITCH = 2.4
"""Two levels of a header with a name between them follow one another within this distance (ems, top to top)."""


def header_to_grid(header: Sequence[Line], rows: Sequence[Row], columns: Sequence[Column]) -> Grid:
    """Give the grid of the rows below the lines of their header.

    Names half way down two levels are those of columns that neither level names: they head them over all the rows.
    """
    between = [line for line in header if _stands_between(line, header, columns)]
    levels = lines_by_height([line for line in header if line not in between])
    grid = rows_to_grid([*(tuple(level) for level in levels), *rows], columns)
    for row in reversed(range(len(levels) - 1)):
        grid = _spread_names(grid, row)
    whole = _with_tall_names(grid, len(levels), between, columns)
    if whole is not None:
        return whole
    heads = [tuple(level) for level in lines_by_height(header)]
    return rows_to_grid([*heads, *rows], columns)


def stands_between(line: Line, above: Line, below: Line, columns: Sequence[Column]) -> bool:
    """Say whether a line holds but names of single columns that the lines above and below it, two levels of a header, leave out."""
    size = max(above.words[0].size, below.words[0].size)
    own = places_of(line, columns)
    others = {
        c
        for other in (above, below)
        for left, right in places_of(other, columns)
        for c in range(left, right + 1)
    }
    return (
        middle(above) < middle(line) < middle(below)
        and not is_one_row(above, below)
        and below.box[1] - above.box[1] <= LEVEL_PITCH * size
        and all(left == right and left not in others for left, right in own)
    )


def places_of(line: Line, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Give the first and last column of each text of a line."""
    return [place for chunk in line_to_chunks(line) for place, _ in chunk_places(chunk, columns)]


def _stands_between(line: Line, header: Sequence[Line], columns: Sequence[Column]) -> bool:
    above = [other for other in header if middle(other) < middle(line)]
    below = [other for other in header if middle(other) > middle(line)]
    if not above or not below:
        return False
    return stands_between(line, max(above, key=middle), min(below, key=middle), columns)


def _with_tall_names(grid: Grid, rows: int, lines: Sequence[Line], columns: Sequence[Column]) -> Grid | None:
    """Give the grid with names that head a column over all ``rows`` of its header; None where another name stands there."""
    for line in lines:
        for chunk in line_to_chunks(line):
            for (column, _), words in chunk_places(chunk, columns):
                own = [cell for cell in grid.cells if cell.column == column and cell.row < rows]
                if len(own) != rows or any(cell.lines or cell.column_span > 1 for cell in own):
                    return None
                box = box_rounded(box_union(cell.box for cell in own))
                merged = GridCell(0, column, rows, 1, box, words_to_lines(words))
                cells = (merged, *(cell for cell in grid.cells if cell not in own))
                grid = replace(grid, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
    return grid


def _spread_names(grid: Grid, row: int) -> Grid:
    """Let each name of a row head the names below it that it stands over, where some have none above them."""
    upper = [cell for cell in grid.cells if cell.row == row and cell.lines and cell.column > 0]
    lower = [cell for cell in grid.cells if cell.row == row + 1 and cell.lines and cell.column > 0]
    headed = {column for cell in upper for column in range(cell.column, cell.column + cell.column_span)}
    if not upper or len(upper) >= len(lower) or all(cell.column in headed for cell in lower):
        return grid
    for names, run in _runs(upper, lower):
        cuts = _best_cuts(names, run) if names else None
        if cuts is not None:
            grid = _spread(grid, names, run, cuts)
    return grid


def _runs(
    upper: Sequence[GridCell], lower: Sequence[GridCell]
) -> Iterator[tuple[list[GridCell], list[GridCell]]]:
    """Give the names below that stand in neighbouring columns, with the names above that stand over them."""
    runs: list[list[GridCell]] = []
    for cell in lower:
        if runs and runs[-1][-1].column + runs[-1][-1].column_span == cell.column:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    for run in runs:
        left, right = run[0].column, run[-1].column + run[-1].column_span
        names = [cell for cell in upper if left < cell.column + cell.column_span and cell.column < right]
        if len(names) < len(run):
            yield names, run


def _spread(grid: Grid, upper: Sequence[GridCell], lower: Sequence[GridCell], cuts: Sequence[int]) -> Grid:
    row, edges = upper[0].row, grid.column_edges
    ends = [cell.column + cell.column_span for cell in lower]
    spans = [(lower[first].column, ends[past - 1]) for first, past in pairwise(cuts)]
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
    inside = range(lower[0].column, ends[-1])
    kept = [cell for cell in grid.cells if cell.row != row or cell.column not in inside]
    if any(
        cell.row == row and cell.column + cell.column_span > inside[0]
        for cell in kept
        if cell.column < inside[0]
    ):
        return grid
    return replace(grid, cells=tuple(sorted((*kept, *names), key=lambda cell: (cell.row, cell.column))))


def _best_cuts(upper: Sequence[GridCell], lower: Sequence[GridCell]) -> tuple[int, ...] | None:
    """Give the places that part the lower names into one group a name above; None where no parting centres the names.

    Of all partings, the one whose least centred name is centred best.
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for count, cell in enumerate(upper, start=1):
        ends = range(count, len(lower) - len(upper) + count + 1)
        best = {
            past: min(
                (max(worst, _off_centre(cell, lower[first:past])), (*cuts, past))
                for first, (worst, cuts) in best.items()
                if first < past
            )
            for past in ends
        }
    worst, cuts = best[len(lower)]
    return cuts if worst <= OFF_CENTRE else None


def _off_centre(cell: GridCell, group: Sequence[GridCell]) -> float:
    """Give how far (ems) a name stands from the middle of the names below it, or of their cells."""
    name = box_union(line.box for line in cell.lines)
    left, right = _extent(group[0])[0], _extent(group[-1])[1]
    cells = (group[0].box[0] + group[-1].box[2]) / 2
    centre = (name[0] + name[2]) / 2
    size = cell.lines[0].words[0].size
    return min(abs(centre - (left + right) / 2), abs(centre - cells)) / size


def _extent(cell: GridCell) -> tuple[float, float]:
    box = box_union(line.box for line in cell.lines)
    return box[0], box[2]
