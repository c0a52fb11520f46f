"""Rows and labels that a page edge cut in two -> one again.

A merged label beside rows on both pages is printed on one of them, where its middle lies, and blank on the other, or on
both. A row of text that did not fit on the page goes on at the top of the next one, in the same cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extract.characters import join_wrapped
from extract.document import CleanCell
from extract.tree.header_rows import count_header_rows
from extract.tree.labels import is_total
from extract.tree.matrix import Matrix, cells_to_matrix, is_blank, row_end
from extract.tree.placed import JoinedTable, PlacedCell
from extract.tree.stacked import find_parts

LEAST_PROSE: Final = 20
"""Characters of a text that may have been cut in the middle of a sentence."""


def close_cut_rows(joined: JoinedTable, breaks: Sequence[int]) -> JoinedTable:
    """Give the table with the labels and rows that a page break cut as one; ``breaks`` are the rows that begin a page."""
    for row in reversed(breaks):
        joined = _close_cut_text(joined, row)
    breaks = [row for row in breaks if row < joined.rows]
    matrix = _matrix(joined)
    header_rows = count_header_rows(matrix)
    label_columns = find_parts(matrix, header_rows)[0].header_columns
    longer: dict[int, int] = {}
    heir: dict[int, int] = {}
    for row in breaks:
        if all(map(is_blank, matrix.starting_in(row))):
            continue
        if row <= header_rows:
            _close_header(matrix, row, longer, heir)
        else:
            _close_labels(matrix, row, label_columns, longer, heir)
    return replace(joined, cells=_merged(joined.cells, longer, heir))


def _matrix(joined: JoinedTable) -> Matrix[CleanCell]:
    return cells_to_matrix((placed.cell for placed in joined.cells), rows=joined.rows, columns=joined.columns)


def _merged(
    cells: Sequence[PlacedCell], longer: dict[int, int], heir: dict[int, int]
) -> tuple[PlacedCell, ...]:
    """Give the cells with the rows of those that they take in; a label printed below stands where its blank begins."""
    first = {index: min(index, *(i for i, other in heir.items() if other == index)) for index in longer}
    kept = []
    for index, placed in enumerate(cells):
        if index in heir:
            continue
        row = cells[first[index]].row if index in longer else placed.row
        span = longer.get(index, placed.cell.row_span)
        kept.append(replace(placed, row=row, cell=replace(placed.cell, row=row, row_span=span)))
    return tuple(sorted(kept, key=lambda placed: (placed.row, placed.cell.column)))


def _close_header(matrix: Matrix[CleanCell], row: int, longer: dict[int, int], heir: dict[int, int]) -> None:
    """Let the blanks under the names of a header that was cut be their lower parts."""
    for lower, cell in enumerate(matrix.cells):
        if cell.row == row and is_blank(cell):
            upper = matrix.owners[(row - 1) * matrix.columns + cell.column]
            if (
                upper >= 0
                and _is_one(matrix.cells[upper], cell, row=row)
                and not is_blank(matrix.cells[upper])
            ):
                longer[upper] = matrix.cells[upper].row_span + cell.row_span
                heir[lower] = upper


def _close_labels(
    matrix: Matrix[CleanCell], row: int, columns: int, longer: dict[int, int], heir: dict[int, int]
) -> None:
    """Let the label printed on one side of the break name the blank on the other.

    A row that begins with blank labels right after a break goes on with the labels above it. A total has nothing below
    it, and where the whole row is blank there is nothing to name. Blank labels above the break belong to the label below
    it where the table merges its labels, so that a blank does not mean the same as above.
    """
    for column in range(columns):
        lower = matrix.owners[row * matrix.columns + column]
        upper = matrix.owners[(row - 1) * matrix.columns + column]
        upper = heir.get(upper, upper)
        if lower < 0 or upper < 0:
            return
        above, below = matrix.cells[upper], matrix.cells[lower]
        span = longer.get(upper, above.row_span)
        if is_blank(below):
            if is_blank(above):
                continue
            if not _is_cut(above, below, row=row, span=span):
                return
            if lower not in heir:
                longer[upper] = span + below.row_span
                heir[lower] = upper
        elif is_blank(above) and _is_one(above, below, row=row) and _merges(matrix, column, above, below):
            longer[lower] = below.row_span + above.row_span
            heir[upper] = lower
        else:
            return


def _merges(matrix: Matrix[CleanCell], column: int, above: CleanCell, below: CleanCell) -> bool:
    """Say whether blank rows of a label above a break belong to the one below it, in a column of merged labels."""
    return above.row_span + below.row_span > 2 and any(
        cell.row_span > 1 and not is_blank(cell) and cell is not below and row_end(cell) <= above.row
        for cell in matrix.down(column)
    )


def _is_one(upper: CleanCell, lower: CleanCell, *, row: int) -> bool:
    return (
        (upper.column, upper.column_span) == (lower.column, lower.column_span)
        and lower.row == row
        and row_end(upper) == row
    )


def _is_cut(upper: CleanCell, lower: CleanCell, *, row: int, span: int) -> bool:
    """Say whether the blank ``lower`` that begins at ``row`` is the rest of the label ``upper`` of ``span`` rows."""
    return (
        upper.kind != "missing"
        and not is_total(upper.text)
        and (upper.column, upper.column_span) == (lower.column, lower.column_span)
        and lower.row == row
        and upper.row + span == row
    )


# ---------------------------------------------------------------------------------------------- rows of text


def _close_cut_text(joined: JoinedTable, row: int) -> JoinedTable:
    """Give the table without the row that begins a page where it only ends the texts of the row above the break."""
    if not 0 < row < joined.rows:
        return joined
    rest = [placed for placed in joined.cells if placed.row == row]
    printed = [placed for placed in rest if not is_blank(placed.cell)]
    if not printed or any(placed.cell.row_span > 1 or placed.cell.kind == "number" for placed in rest):
        return joined
    matrix = _matrix(joined)
    ends: dict[int, PlacedCell] = {}
    for placed in printed:
        index = matrix.owners[(row - 1) * joined.columns + placed.cell.column]
        if index < 0 or not _breaks_off(matrix.cells[index], placed.cell, row=row):
            return joined
        ends[index] = placed
    blanks = [placed.cell for placed in rest if is_blank(placed.cell)]
    named = [matrix.at(row - 1, cell.column) for cell in blanks]
    if not any(cell is not None and not is_blank(cell) for cell in named):
        return joined
    cells = []
    for index, placed in enumerate(joined.cells):
        if placed.row == row:
            continue
        cell = placed.cell
        if index in ends:
            cell = _with_rest(cell, ends[index].cell)
        elif placed.row > row:
            cell = replace(cell, row=cell.row - 1)
        cells.append(replace(placed, cell=cell, row=cell.row))
    return replace(joined, cells=tuple(cells), rows=joined.rows - 1)


def _breaks_off(upper: CleanCell, lower: CleanCell, *, row: int) -> bool:
    """Say whether a text ends in the middle of a sentence and the one below the break goes on with it."""
    return (
        _is_one(upper, lower, row=row)
        and upper.kind == lower.kind == "text"
        and len(upper.text) >= LEAST_PROSE
        and not upper.text.endswith(("。", "」", "）", ")", "】", "：", ":"))
        and any(mark in upper.text + lower.text for mark in "、。")
    )


def _with_rest(upper: CleanCell, lower: CleanCell) -> CleanCell:
    first, *more = lower.text.split("\n")
    *kept, last = upper.text.split("\n")
    text = "\n".join([*kept, join_wrapped((last, first)), *more])
    return replace(upper, raw=f"{upper.raw}\n{lower.raw}", text=text, doubted=upper.doubted or lower.doubted)
