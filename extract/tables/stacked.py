"""Numbers over one another in ruled cells, with labels beside them -> rows that only alignment shows."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from extract.document import Grid, GridCell, Line
from extract.geometry import nearest_index
from extract.tables.alignment import has_letters, is_number_like, near, number_tail
from extract.tables.divisions import Division, Entry
from extract.tables.rows import lines_to_labels

STACKED_LINES = 3
"""A ruled cell with at least this many numbers over one another, and labels beside them, is rows without rulings."""

MATCHED_SHARE = 0.8
"""So many of the stacked numbers must have a line beside them in a label cell."""

BRACKETED = re.compile(r"[（(〔［\[【] ?(?P<number>[^（(〔［\[【】\]］〕)）]+?) ?[】\]］〕)）]")

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
            if len(cell.lines) >= STACKED_LINES and all(map(is_number, cell.lines))
        ]
        if not stacks:
            continue
        heights = [middle_of(line) for line in max(stacks, key=len)]
        size = stacks[0][0].words[0].size
        labels = [grid.cells[i] for i in band if any(has_letters(line.words) for line in grid.cells[i].lines)]
        if not any(_matches(cell, heights, size) for cell in labels):
            continue
        by_cell = {index: _by_height(grid.cells[index].lines, heights) for index in band}
        boundaries = _common_boundaries(list(by_cell.values()), len(heights))
        for index, groups in by_cell.items():
            if len(groups) > 1 or _stands_in_a_row(grid.cells[index], heights, size):
                entries = tuple(Entry(tuple(groups.get(row, ())), None) for row in range(len(heights)))
                yield index, Division(entries, boundaries)


def is_number(line: Line) -> bool:
    """Say whether a line is a number alone, or one in brackets at both ends of its cell: the sums of a balance sheet."""
    tail = number_tail(line)
    if tail is not None and not tail.label:
        return True
    text = "".join(word.text for word in line.words)
    bracketed = BRACKETED.fullmatch(text)
    return bracketed is not None and is_number_like(bracketed["number"])


def _common_boundaries(cells: Sequence[dict[int, list[Line]]], rows: int) -> tuple[float, ...]:
    """Give the y half way between what all cells hold of one row and of the next."""
    lines = [[line for groups in cells for line in groups.get(row, ())] for row in range(rows)]
    return tuple(
        (max(line.box[3] for line in above) + min(line.box[1] for line in below)) / 2
        for above, below in pairwise(lines)
    )


def _stands_in_a_row(cell: GridCell, heights: Sequence[float], size: float) -> bool:
    """Say whether the only line of a cell stands beside one of the numbers and not half way down the cell."""
    if len(cell.lines) != 1:
        return False
    middle = middle_of(cell.lines[0])
    centred = abs(middle - (cell.box[1] + cell.box[3]) / 2) <= SAME_HEIGHT * size
    return near(middle, heights, SAME_HEIGHT * size) and not centred


def middle_of(line: Line) -> float:
    """Give the height at which a line stands."""
    return (line.box[1] + line.box[3]) / 2


def _matches(cell: GridCell, heights: Sequence[float], size: float) -> bool:
    """Say whether nearly every number has a line of the cell beside it, or two lines around it."""
    middles = [middle_of(line) for line in cell.lines]
    middles += [(above + below) / 2 for above, below in pairwise(middles)]
    matched = sum(1 for height in heights if near(height, middles, SAME_HEIGHT * size))
    return matched >= MATCHED_SHARE * len(heights)


def _by_height(lines: Sequence[Line], heights: Sequence[float]) -> dict[int, list[Line]]:
    """Group lines by the stacked number that they stand nearest to; where white parts as many labels, each goes with one."""
    labels = lines_to_labels(lines)
    if len(labels) == len(heights) and all(
        label[0].box[1] < height < label[-1].box[3] for label, height in zip(labels, heights, strict=True)
    ):
        return dict(enumerate(labels))
    groups: dict[int, list[Line]] = {}
    for line in lines:
        groups.setdefault(nearest_index(heights, middle_of(line)), []).append(line)
    return groups
