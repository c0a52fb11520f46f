"""Table -> the names that lead to each of its numbers.

A column path is every printed column header over the number, from the top; a row path every row header beside it, from the left.
Blank headers are skipped, a merged header counts once, and what spans the whole table is its title, not a name of a column.

Row labels printed once and left blank below (款, 項, 目 in columns of their own) are filled down only where the print shows that
they go on: the label above spans the columns in which the lower labels stand (a step in), or no label of the column is merged
downwards, so that blanks are how this table says "the same". A total takes nothing from above, and gives nothing below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.document import Cell, CleanCell, Table
from extract.tree.labels import is_bracketed, is_note_text, is_total
from extract.tree.matrix import Matrix, Slot, cells_to_matrix, column_end, is_blank, row_end
from extract.tree.stacked import Part, find_parts_under, is_else_blank, parts_by_row
from extract.tree.units import is_unit_text


@dataclass(frozen=True, slots=True)
class PartHead:
    """The header of a part: ``columns`` top to bottom for each column; ``unit_rows`` hold nothing but units."""

    columns: tuple[tuple[Slot, ...], ...]
    unit_rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class HeaderPaths:
    """The headers of a table by place: ``rows`` left to right for each row, ``heads`` by the first row of a part.

    ``parts`` is for each row the part that it stands in, ``groups`` the title of its group.
    ``notes_from`` is the row from which on the grid holds notes, which the column headers do not name.
    ``divided``, by cell id: first row and row past the last of the ruled cell that alignment divided; ``opposite``: the row
    headers on the left page of a spread; ``parents``: the label above that tells the number from another of the same names.
    """

    parts: tuple[Part, ...]
    heads: Mapping[int, PartHead]
    rows: tuple[tuple[Cell, ...], ...]
    groups: tuple[Cell | None, ...]
    notes_from: int
    divided: Mapping[str, tuple[int, int]]
    opposite: Mapping[str, tuple[Cell, ...]]
    parents: Mapping[str, Cell]

    @property
    def names_columns(self) -> bool:
        """Whether any column of the table has a header."""
        return any(any(head.columns) for head in self.heads.values())

    def column_headers(self, cell: Cell) -> tuple[Slot, ...]:
        """Give the column headers that cover all columns of the cell, units included."""
        part = self.parts[cell.row]
        if cell.row >= self.notes_from or not part.certain:
            return ()
        end = column_end(cell)
        return tuple(
            header for header in self.heads[part.first].columns[cell.column] if column_end(header) >= end
        )

    def column_path(self, cell: Cell) -> tuple[str, ...]:
        """Give the names of the column headers; a row of units names nothing."""
        units = self.heads[self.parts[cell.row].first].unit_rows
        return tuple(header.text for header in self.column_headers(cell) if header.row not in units)

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
        part = self.parts[cell.row]
        inner = next((run for run in part.inner if run.number <= last < run.end), None)
        group = self.groups[cell.row]
        headers = list(self.opposite.get(cell.id, ()))
        if group is not None and group is not cell:
            headers.append(group)
        for header in self.rows[cell.row]:
            covers = row_end(header) >= end or row_end(header) <= cell.row
            own = inner is not None and inner.start <= header.column < inner.number
            outer = header.column < part.header_columns and (inner is None or not inner.alone)
            if ruled is not None and self.divided.get(header.id) != ruled:
                covers = row_end(header) <= ruled[0] or (
                    header.row <= ruled[0] and ruled[1] <= row_end(header)
                )
            if (own or outer) and header.column < cell.column and covers and header is not group:
                headers.append(header)
        if cell.id in self.parents:
            headers.insert(-1, self.parents[cell.id])
        return tuple(headers)


def table_to_paths(
    table: Table, *, header: Sequence[CleanCell] = (), divided: Mapping[str, tuple[int, int]] | None = None
) -> HeaderPaths:
    """Give the headers of every row and column; ``header`` as in ``JoinedTable.header``, ``divided`` as in ``HeaderPaths``."""
    matrix = cells_to_matrix(table.cells, rows=table.rows, columns=table.columns)
    parts = find_parts_under(
        table.cells, header, rows=table.rows, columns=table.columns, header_rows=table.header_rows
    )
    part_of = parts_by_row(parts)
    groups = _find_groups(matrix, part_of)
    filled = _fill_down(matrix, parts)
    own: dict[int, list[Slot]] = {part.first: [] for part in parts}
    for cell in table.cells:
        if cell.role == "column_header" and not is_blank(cell):
            own[part_of[cell.row].first].append(cell)
    if not own[0]:
        own[0] = [cell for cell in header if column_end(cell) > parts[0].header_columns]
    notes_from = next(
        (c.row for c in table.cells if c.row >= table.header_rows and _is_note_row(matrix, c)), table.rows
    )
    return HeaderPaths(
        parts=part_of,
        heads={
            first: PartHead(_column_headers(matrix, cells), _find_unit_rows(cells, first))
            for first, cells in own.items()
        },
        rows=tuple(_row_headers(matrix, row, part, groups[row], filled) for row, part in enumerate(part_of)),
        groups=groups,
        notes_from=notes_from,
        divided=divided or {},
        opposite={},
        parents={},
    )


def _is_note_row(matrix: Matrix[Cell], cell: Cell) -> bool:
    return matrix.is_full_width(cell) and is_note_text(cell.text)


def _find_unit_rows(headers: Iterable[Slot], first: int) -> frozenset[int]:
    """Give the header rows that hold nothing but units (円, 円, %)."""
    rows: dict[int, bool] = {}
    for header in headers:
        rows[header.row] = rows.get(header.row, True) and is_unit_text(header.text)
    return frozenset(row for row, units in rows.items() if units and row > first)


def _column_headers(matrix: Matrix[Cell], headers: Iterable[Slot]) -> tuple[tuple[Slot, ...], ...]:
    columns: list[list[Slot]] = [[] for _ in range(matrix.columns)]
    for header in sorted(headers, key=lambda cell: cell.row):
        if not is_blank(header) and not matrix.is_full_width(header):
            for column in range(header.column, column_end(header)):
                columns[column].append(header)
    return tuple(map(tuple, columns))


def _row_headers(
    matrix: Matrix[Cell], row: int, part: Part, group: Cell | None, filled: Mapping[tuple[int, int], Cell]
) -> tuple[Cell, ...]:
    found: list[Cell] = []
    if row < part.body:
        return ()
    column = 0
    while column < matrix.columns:
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


def _find_groups(matrix: Matrix[Cell], part_of: Sequence[Part]) -> tuple[Cell | None, ...]:
    """Give for each row the title of its group: a row that holds nothing but a full-width or bracketed label.

    Over a header of its own (``Part``) a title may be shorter.
    """
    groups: list[Cell | None] = []
    current: Cell | None = None
    titles = 0
    for row, part in enumerate(part_of):
        cells = matrix.starting_in(row)
        heads = row + 1 < matrix.rows and part_of[row + 1].first == row + 1
        title = _group_title(matrix, cells, heads=heads) if row >= part.body else None
        if title is not None:
            current, titles = title, titles + 1
        elif current is not None and titles > 1 and row == matrix.rows - 1 and _is_grand_total(cells):
            current = None
        groups.append(current)
    return tuple(groups)


def _group_title(matrix: Matrix[Cell], cells: tuple[Cell, ...], *, heads: bool) -> Cell | None:
    """Give the title that the row is; ``heads`` says that a header begins below it."""
    if not cells or cells[0].role != "row_header" or is_blank(cells[0]) or cells[0].column > 0:
        return None
    title = cells[0]
    if matrix.is_full_width(title):
        return title
    if title.row_span > 1 or not is_else_blank(matrix, title.row, column_end(title)):
        return None
    return title if heads or is_bracketed(title.text) else None


def _is_grand_total(cells: tuple[Cell, ...]) -> bool:
    label = next((cell for cell in cells if not is_blank(cell)), None)
    return label is not None and label.role == "row_header" and is_total(label.text)


def _fill_down(matrix: Matrix[Cell], parts: Iterable[Part]) -> dict[tuple[int, int], Cell]:
    """Give by (row, column) of a blank label the label above that goes on there."""
    filled: dict[tuple[int, int], Cell] = {}
    for part in parts:
        for column in range(part.header_columns - 1):
            filled |= _fill_column(matrix, part, column)
    return filled


def _fill_column(matrix: Matrix[Cell], part: Part, column: int) -> dict[tuple[int, int], Cell]:
    filled: dict[tuple[int, int], Cell] = {}
    merged = any(
        cell.row_span > 1 and cell.column_span == 1 and not is_blank(cell)
        for cell in matrix.down(column, part.body, part.past)
        if cell.column == column
    )
    parent: Cell | None = None
    for row in range(part.body, part.past):
        cell = matrix.at(row, column)
        if cell is None or matrix.is_full_width(cell):
            parent = None
        elif not is_blank(cell):
            parent = cell if cell.role == "row_header" and not is_total(cell.text) else None
            if parent is not None and parent.column < column:
                parent = None
        elif parent is not None and row >= row_end(parent):
            label = _next_label(matrix, row, column, part.header_columns)
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
