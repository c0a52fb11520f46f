"""Numbers over one another in ruled cells, with labels beside them -> rows that only alignment shows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from extract.document import Grid, GridCell, Line
from extract.tables.alignment import has_letters, near, number_tail
from extract.tables.divisions import Division, Entry, boundaries_between

STACKED_LINES = 3
"""A ruled cell with at least this many numbers over one another, and labels beside them, is rows without rulings."""

MATCHED_SHARE = 0.8
"""So many of the stacked numbers must have a line beside them in a label cell."""

SAME_HEIGHT = 0.45
"""Lines whose middles differ by at most this (ems) stand side by side."""


def stacked_divisions(grid: Grid, divided: Container[int]) -> Iterator[tuple[int, Division]]:
    """Give the divisions of cells in rows that only alignment shows: numbers over one another, labels beside them."""
    bands: dict[tuple[int, int], list[int]] = {}
    for index, cell in enumerate(grid.cells):
        if index not in divided:
            bands.setdefault((cell.row, cell.row_span), []).append(index)
    for band in bands.values():
        stacks = [
            cell.lines
            for cell in (grid.cells[i] for i in band)
            if len(cell.lines) >= STACKED_LINES
            and all((tail := number_tail(line)) is not None and not tail.label for line in cell.lines)
        ]
        if not stacks:
            continue
        heights = [_middle(line) for line in max(stacks, key=len)]
        size = stacks[0][0].words[0].size
        labels = [grid.cells[i] for i in band if any(has_letters(line.words) for line in grid.cells[i].lines)]
        if not any(_matches(cell, heights, size) for cell in labels):
            continue
        for index in band:
            cell = grid.cells[index]
            groups = _by_height(cell.lines, heights)
            if len(groups) > 1:
                yield (
                    index,
                    Division(
                        tuple(Entry(tuple(group), None) for group in groups), boundaries_between(groups)
                    ),
                )


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _matches(cell: GridCell, heights: Sequence[float], size: float) -> bool:
    middles = [_middle(line) for line in cell.lines]
    matched = sum(1 for height in heights if near(height, middles, SAME_HEIGHT * size))
    return matched >= MATCHED_SHARE * len(heights)


def _by_height(lines: Iterable[Line], heights: Sequence[float]) -> list[list[Line]]:
    """Group lines by the stacked number they stand beside; a line between two goes with the one above."""
    groups: dict[int, list[Line]] = {}
    for line in lines:
        above = [
            i
            for i, height in enumerate(heights)
            if height <= _middle(line) + line.words[0].size * SAME_HEIGHT
        ]
        groups.setdefault(above[-1] if above else 0, []).append(line)
    return [groups[key] for key in sorted(groups)]
