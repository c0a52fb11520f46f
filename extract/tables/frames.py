"""Frames around a table: the title above it, the empty space and the remarks below it are not rows of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extract.document import Grid, GridCell, Line, Ruling, Word
from extract.geometry import box_rounded

TITLE_HEIGHT = 3.5
"""A full-width row this many times as high as its text is the head of a frame, not a title row of the table."""


ROOM_ABOVE, ROOM_BELOW = 8.0, 4.0
"""So near above and below a table (ems) the rulings that close it in are a frame of its own."""

_REMARKS: Final = re.compile("[（(【［]?(?:備考|注記?|参考)[)）】］]?")


def is_framed(grid: Grid, rulings: Sequence[Ruling]) -> bool:
    """Say whether rulings close in a grid that has no walls of its own, with no more around it than its heading and a note."""
    left, top, right, bottom = grid.box
    size = max((word.size for cell in grid.cells for line in cell.lines for word in line.words), default=0.0)
    flat = [r.position for r in rulings if r.axis == "horizontal" and r.start <= left and r.end >= right]
    upright = [r.position for r in rulings if r.axis == "vertical" and r.start <= top and r.end >= bottom]
    return (
        any(top - ROOM_ABOVE * size <= y <= top + size for y in flat)
        and any(bottom - size <= y <= bottom + ROOM_BELOW * size for y in flat)
        and any(x <= left for x in upright)
        and any(x >= right for x in upright)
    )


def strip_frame_rows(grid: Grid) -> tuple[Grid, list[Word]]:
    """Give the grid without the full-width rows of a frame at its top and bottom, and the words that stood in them.

    At the top a row goes that is empty or much higher than its text; at the bottom one that is empty, and a block of rows
    headed by （備考）.
    """
    first, last = 0, grid.rows
    freed: list[Word] = []
    while first < last - 2 and (cell := _full_width_cell(grid, first)) is not None and _is_frame_head(cell):
        freed += [word for line in cell.lines for word in line.words]
        first += 1
    while last - 1 > first + 1 and (cell := _full_width_cell(grid, last - 1)) is not None and not cell.lines:
        last -= 1
    remarks = _find_remarks(grid, first, last)
    for row in range(remarks, last):
        freed += [word for line in _full_width_lines(grid, row) for word in line.words]
    last = remarks
    if first == 0 and last == grid.rows:
        return grid, []
    kept = tuple(replace(c, row=c.row - first) for c in grid.cells if first <= c.row < last)
    row_edges = grid.row_edges[first : last + 1]
    box = box_rounded((grid.box[0], row_edges[0], grid.box[2], row_edges[-1]))
    return replace(grid, box=box, rows=last - first, cells=kept, row_edges=row_edges), freed


def _find_remarks(grid: Grid, first: int, last: int) -> int:
    """Give the row from which on nothing but remarks stands, each in a row across the table; ``last`` where none does."""
    for row in reversed(range(first + 2, last)):
        lines = _full_width_lines(grid, row)
        if not lines:
            return last
        text = "".join(word.text for line in lines for word in line.words)
        if _REMARKS.fullmatch(text):
            return row if row < last - 1 else last
    return last


def _full_width_lines(grid: Grid, row: int) -> tuple[Line, ...]:
    cell = _full_width_cell(grid, row)
    return cell.lines if cell is not None else ()


def _full_width_cell(grid: Grid, row: int) -> GridCell | None:
    for cell in grid.cells:
        if cell.row == row:
            return cell if cell.column_span == grid.columns and cell.row_span == 1 else None
    return None


def _is_frame_head(cell: GridCell) -> bool:
    if not cell.lines:
        return True
    return cell.box[3] - cell.box[1] >= TITLE_HEIGHT * cell.lines[0].words[0].size * len(cell.lines)
