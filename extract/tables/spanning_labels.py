"""Labels over one another in one ruled cell, numbers beside them in several -> rows, a label each.

A profit and loss account has rulings only above its sums: they part the numbers, not the labels before them, which stand at
even steps down one cell.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from statistics import median

from extract.document import Grid, GridCell, Line
from extract.geometry import nearest_index
from extract.tables.alignment import has_letters
from extract.tables.divisions import Division, Entry
from extract.tables.stacked import MATCHED_SHARE, STACKED_LINES, is_number, middle_of

STEP, EVEN = 1.5, 0.25
"""Such labels follow one another at least so far apart (ems), by steps that differ by this share at most: wrapped lines are closer."""

SAME_ROW = 0.35
"""A number stands in the row of a label where their middles differ by at most this share of a step: scans bend."""


def spanning_divisions(grid: Grid, divided: Container[int]) -> Iterator[tuple[int, Division]]:
    """Give the divisions of cells with labels down several rows, and of the cells with numbers beside them."""
    taken: set[int] = set()
    for index, cell in enumerate(grid.cells):
        if index in divided or index in taken or cell.row_span < 2 or not _has_even_labels(cell):
            continue
        heights = [middle_of(line) for line in cell.lines]
        beside = {
            other: grid.cells[other]
            for other in range(len(grid.cells))
            if other not in divided and other not in taken and _is_beside(cell, grid.cells[other])
        }
        if not _are_numbers(list(beside.values()), heights):
            continue
        taken.update((index, *beside))
        reach = SAME_ROW * median(below - above for above, below in pairwise(heights))
        edges = [_snapped((above + below) / 2, grid.row_edges, reach) for above, below in pairwise(heights)]
        yield index, _divide(cell, heights, edges)
        for other, numbers in beside.items():
            own = [height for height in heights if numbers.box[1] < height < numbers.box[3]]
            if numbers.lines and len(own) > 1:
                yield other, _divide(numbers, own, [edge for edge in edges if own[0] < edge < own[-1]])


def _has_even_labels(cell: GridCell) -> bool:
    """Say whether so many labels stand in a cell at even steps."""
    if len(cell.lines) <= max(STACKED_LINES, cell.row_span):
        return False
    steps = [middle_of(below) - middle_of(above) for above, below in pairwise(cell.lines)]
    step = median(steps)
    lettered = sum(has_letters(line.words) for line in cell.lines)
    return (
        step >= STEP * cell.lines[0].words[0].size
        and all(abs(one - step) <= EVEN * step for one in steps)
        and lettered >= MATCHED_SHARE * len(cell.lines)
    )


def _is_beside(label: GridCell, cell: GridCell) -> bool:
    """Say whether a cell stands behind a label cell, in some of its rows and in no others."""
    return (
        cell.column >= label.column + label.column_span
        and cell.row >= label.row
        and cell.row + cell.row_span <= label.row + label.row_span
    )


def _are_numbers(cells: list[GridCell], heights: list[float]) -> bool:
    """Say whether nearly all that stands in cells are numbers in line with labels, several over one another."""
    lines = [line for cell in cells for line in cell.lines]
    numbers = [line for line in lines if is_number(line)]
    reach = SAME_ROW * median(below - above for above, below in pairwise(heights))
    matched = [
        line
        for line in numbers
        if abs(middle_of(line) - heights[nearest_index(heights, middle_of(line))]) <= reach
    ]
    return (
        len(numbers) >= STACKED_LINES
        and len(matched) >= MATCHED_SHARE * len(lines)
        and any(sum(map(is_number, cell.lines)) > 1 for cell in cells)
    )


def _snapped(place: float, edges: Sequence[float], reach: float) -> float:
    """Give the ruling near a place between two labels, where there is one: no row lies between them."""
    nearest = edges[nearest_index(edges, place)]
    return nearest if abs(nearest - place) <= reach else place


def _divide(cell: GridCell, heights: Sequence[float], edges: Sequence[float]) -> Division:
    """Give the division of a cell in rows of these heights, parted by ``edges``."""
    entries: list[list[Line]] = [[] for _ in heights]
    for line in cell.lines:
        entries[nearest_index(heights, middle_of(line))].append(line)
    return Division(tuple(Entry(tuple(lines), None) for lines in entries), tuple(edges))
