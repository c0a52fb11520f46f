"""Table -> the names that lead to each of its numbers.

A column path is every printed column header over the number, from the top; a row path every row header beside it, from the left.
Blank headers are skipped, a merged header counts once, and what spans the whole table is its title, not a name of a column.

Row labels printed once and left blank below (款, 項, 目 in columns of their own) are filled down only where the print shows that
they go on: the label above spans the columns in which the lower labels stand (a step in), or no label of the column is merged
downwards, so that blanks are how this table says "the same". A total takes nothing from above, and gives nothing below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.document import Cell, CleanCell, Table
from extract.tree.header_columns import InnerLabels, find_inner_labels
from extract.tree.labels import is_bracketed, is_note_text, is_total
from extract.tree.matrix import Matrix, Slot, cells_to_matrix, column_end, is_blank, row_end
from extract.tree.units import is_unit_text


@dataclass(frozen=True, slots=True)
class HeaderPaths:
    """The headers of a table by place: ``columns`` top to bottom for each column, ``rows`` left to right for each row.

    ``groups`` is the title of the group that a row stands in. ``inner`` are the label columns between numbers.
    ``sections`` are the rows below the header in which a header of a second part begins.
    ``notes_from`` is the row from which on the grid holds notes, which the column headers do not name.
    ``divided``, by cell id: first row and row past the last of the ruled cell that alignment divided.
    """

    columns: tuple[tuple[Slot, ...], ...]
    unit_rows: frozenset[int]
    rows: tuple[tuple[Cell, ...], ...]
    groups: tuple[Cell | None, ...]
    header_rows: int
    header_columns: int
    sections: tuple[int, ...]
    inner: tuple[InnerLabels, ...]
    notes_from: int
    divided: Mapping[str, tuple[int, int]]

    def column_headers(self, cell: Cell) -> tuple[Slot, ...]:
        """Give the column headers that cover all columns of the cell, units included."""
        if cell.row >= self.notes_from:
            return ()
        end = column_end(cell)
        section = max((row for row in self.sections if row <= cell.row), default=0)
        until = cell.row if section else self.header_rows
        return tuple(
            header
            for header in self.columns[cell.column]
            if column_end(header) >= end and section <= header.row < until
        )

    def column_path(self, cell: Cell) -> tuple[str, ...]:
        """Give the names of the column headers; a row of units names nothing."""
        return tuple(header.text for header in self.column_headers(cell) if header.row not in self.unit_rows)

    def row_path(self, cell: Cell) -> tuple[str, ...]:
        """Give the names of the row headers."""
        return tuple(header.text for header in self.row_headers(cell))

    def row_headers(self, cell: Cell) -> tuple[Cell, ...]:
        """Give the row headers left of the cell that cover all its rows, outermost first; a group's title comes first.

        What stands in a divided cell is named by headers that cover all of the ruled cell, and by those inside it: beside
        a list of its own (説明) another list (節) goes on in rows that only happen to stand at the same height.
        """
        end, last = row_end(cell), column_end(cell) - 1
        ruled = self.divided.get(cell.id)
        inner = next((run for run in self.inner if run.number <= last < run.end), None)
        group = self.groups[cell.row]
        headers = [group] if group is not None and group is not cell else []
        for header in self.rows[cell.row]:
            covers = row_end(header) >= end or row_end(header) <= cell.row
            own = inner is not None and inner.start <= header.column < inner.number
            outer = header.column < self.header_columns and (inner is None or not inner.alone)
            if ruled is not None and self.divided.get(header.id) != ruled:
                covers = row_end(header) <= ruled[0] or (
                    header.row <= ruled[0] and ruled[1] <= row_end(header)
                )
            if (own or outer) and header.column < cell.column and covers and header is not group:
                headers.append(header)
        return tuple(headers)


def table_to_paths(
    table: Table, *, header: Sequence[CleanCell] = (), divided: Mapping[str, tuple[int, int]] | None = None
) -> HeaderPaths:
    """Give the headers of every row and column; ``header`` as in ``JoinedTable.header``, ``divided`` as in ``HeaderPaths``."""
    matrix = cells_to_matrix(table.cells, rows=table.rows, columns=table.columns)
    groups = _find_groups(matrix, table.header_rows)
    filled = _fill_down(matrix, table)
    rows = tuple(_row_headers(matrix, row, table, groups[row], filled) for row in range(table.rows))
    own = [cell for cell in table.cells if cell.role == "column_header" and not is_blank(cell)]
    over = [cell for cell in header if column_end(cell) > table.header_columns]
    columns = _column_headers(matrix, own or over)
    notes_from = next(
        (c.row for c in table.cells if c.row >= table.header_rows and _is_note_row(matrix, c)), table.rows
    )
    inner = _find_inner(matrix, table, header)
    lower = {cell.row for cell in own if cell.row >= table.header_rows}
    return HeaderPaths(
        columns=columns,
        unit_rows=_find_unit_rows(own or over),
        rows=rows,
        groups=groups,
        header_rows=max([table.header_rows, *map(row_end, header)]),
        header_columns=table.header_columns,
        sections=tuple(sorted(row for row in lower if row - 1 not in lower)),
        inner=inner,
        notes_from=notes_from,
        divided=divided or {},
    )


def _is_note_row(matrix: Matrix[Cell], cell: Cell) -> bool:
    return matrix.is_full_width(cell) and is_note_text(cell.text)


def _find_inner(matrix: Matrix[Cell], table: Table, header: Sequence[CleanCell]) -> tuple[InnerLabels, ...]:
    height = max(map(row_end, header), default=0)
    if height == 0:
        return find_inner_labels(matrix, table.header_rows, table.header_columns)
    moved: list[Slot] = [replace(cell, row=cell.row + height) for cell in table.cells]
    under = cells_to_matrix([*header, *moved], rows=table.rows + height, columns=table.columns)
    return find_inner_labels(under, height, table.header_columns)


def _find_unit_rows(headers: Iterable[Slot]) -> frozenset[int]:
    """Give the header rows that hold nothing but units (円, 円, %)."""
    rows: dict[int, bool] = {}
    for header in headers:
        rows[header.row] = rows.get(header.row, True) and is_unit_text(header.text)
    return frozenset(row for row, units in rows.items() if units and row > 0)


def _column_headers(matrix: Matrix[Cell], headers: Iterable[Slot]) -> tuple[tuple[Slot, ...], ...]:
    columns: list[list[Slot]] = [[] for _ in range(matrix.columns)]
    for header in sorted(headers, key=lambda cell: cell.row):
        if not is_blank(header) and not matrix.is_full_width(header):
            for column in range(header.column, column_end(header)):
                columns[column].append(header)
    return tuple(map(tuple, columns))


def _row_headers(
    matrix: Matrix[Cell], row: int, table: Table, group: Cell | None, filled: Mapping[tuple[int, int], Cell]
) -> tuple[Cell, ...]:
    found: list[Cell] = []
    if row < table.header_rows:
        return ()
    column = 0
    while column < table.columns:
        cell = matrix.at(row, column)
        if cell is None:
            column += 1
            continue
        if cell.role == "row_header" and cell is not group:
            named = filled.get((row, column)) if is_blank(cell) else cell
            if named is not None and all(named is not other for other in found):
                found.append(named)
        column = max(column + 1, column_end(cell))
    return tuple(found)


def _find_groups(matrix: Matrix[Cell], header_rows: int) -> tuple[Cell | None, ...]:
    """Give for each row the title of its group: a row that holds nothing but a full-width or bracketed label."""
    groups: list[Cell | None] = []
    current: Cell | None = None
    titles = 0
    for row in range(matrix.rows):
        cells = matrix.starting_in(row)
        title = _group_title(matrix, cells) if row >= header_rows else None
        if title is not None:
            current, titles = title, titles + 1
        elif current is not None and titles > 1 and row == matrix.rows - 1 and _is_grand_total(cells):
            current = None
        groups.append(current)
    return tuple(groups)


def _group_title(matrix: Matrix[Cell], cells: tuple[Cell, ...]) -> Cell | None:
    if not cells or cells[0].role != "row_header" or is_blank(cells[0]) or cells[0].column > 0:
        return None
    if matrix.is_full_width(cells[0]):
        return cells[0]
    alone = sum(cell.column_span for cell in cells) == matrix.columns and all(map(is_blank, cells[1:]))
    return cells[0] if alone and cells[0].row_span == 1 and is_bracketed(cells[0].text) else None


def _is_grand_total(cells: tuple[Cell, ...]) -> bool:
    label = next((cell for cell in cells if not is_blank(cell)), None)
    return label is not None and label.role == "row_header" and is_total(label.text)


def _fill_down(matrix: Matrix[Cell], table: Table) -> dict[tuple[int, int], Cell]:
    """Give by (row, column) of a blank label the label above that goes on there."""
    filled: dict[tuple[int, int], Cell] = {}
    for column in range(table.header_columns - 1):
        merged = any(
            cell.row_span > 1 and cell.column_span == 1 and not is_blank(cell)
            for cell in matrix.down(column, table.header_rows)
            if cell.column == column
        )
        parent: Cell | None = None
        for row in range(table.header_rows, matrix.rows):
            cell = matrix.at(row, column)
            if cell is None or matrix.is_full_width(cell):
                parent = None
            elif not is_blank(cell):
                parent = cell if cell.role == "row_header" and not is_total(cell.text) else None
                if parent is not None and parent.column < column:
                    parent = None
            elif parent is not None and row >= row_end(parent):
                label = _next_label(matrix, row, column, table.header_columns)
                if label is not None and is_total(label.text):
                    parent = None
                elif label is not None and (column_end(parent) > column + 1 or not merged):
                    filled[row, column] = parent
    return filled


def _next_label(matrix: Matrix[Cell], row: int, column: int, header_columns: int) -> Cell | None:
    for right in range(column + 1, header_columns):
        cell = matrix.at(row, right)
        if cell is not None and not is_blank(cell):
            return cell if cell.role == "row_header" else None
    return None
