"""Matrix -> which columns on the left, and which between numbers, are labels.

Header columns are the columns left of the first column of numbers; numbers that count or name rows (番号, 01, 令和5, 65歳) are
labels too. A column of sentences ends them (説明, 備考). Between columns of numbers a column of labels is one where the print
says so: two half-tables side by side repeat their header, or one header spans it with the numbers to its right (節: 区分, 金額).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from extract.tree.header_rows import number_columns
from extract.tree.labels import ORDINAL_UNITS, YEARS, is_header_word, is_index_name
from extract.tree.matrix import Matrix, S, column_end, is_blank, row_end
from extract.tree.units import is_unit_text

PROSE_LENGTH: Final = 40
"""Characters, on average: longer texts are content, not labels."""


def count_header_columns(matrix: Matrix[S], header_rows: int) -> int:
    """Give the number of label columns on the left; 0 where the table begins with numbers."""
    numeric = number_columns(matrix, header_rows)
    labels = frozenset(c for c in numeric if _is_index_column(matrix, c, header_rows, numeric))
    if not numeric - labels:
        return _count_without_numbers(matrix, header_rows)
    for column in range(matrix.columns):
        if column in numeric and column not in labels:
            return column
        if column > 0 and (
            _is_prose(matrix, column, header_rows)
            or _heads_numbers(matrix, column, header_rows, numeric - labels)
            or _is_unfilled(matrix, column, header_rows)
            or _states_when(matrix, column, header_rows)
        ):
            return column
    return 0


def _states_when(matrix: Matrix[S], column: int, header_rows: int) -> bool:
    """Say whether the column dates rows that the labels left of it name already (施設 | 開設 | 利用者数)."""
    cells = [
        cell for cell in matrix.down(column, header_rows) if not is_blank(cell) and cell.column_span == 1
    ]
    if not cells or sum(cell.kind in {"date", "time", "period"} for cell in cells) * 2 <= len(cells):
        return False
    names = []
    for row in range(header_rows, matrix.rows):
        labels = [cell.text for c in range(column) if (cell := matrix.at(row, c)) is not None]
        if any(labels):
            names.append("\n".join(labels))
    return len(names) == len(set(names))


def _is_unfilled(matrix: Matrix[S], column: int, header_rows: int) -> bool:
    """Say whether the column was left blank under the name of an amount: 扶養手当 where nobody gets it."""
    head = matrix.at(header_rows - 1, column) if header_rows else None
    if head is None or is_blank(head) or head.column_span > 1:
        return False
    if is_index_name(head.text) or is_header_word(head.text):
        return False
    return all(is_blank(cell) for cell in matrix.down(column, header_rows))


def _heads_numbers(matrix: Matrix[S], column: int, header_rows: int, numeric: frozenset[int]) -> bool:
    """Say whether a header begins over the column and goes on over numbers: the column belongs to them."""
    for row in range(header_rows):
        cell = matrix.at(row, column)
        if cell is None or cell.column != column or matrix.is_full_width(cell):
            continue
        if any(c in numeric for c in range(column, column_end(cell))):
            return True
    return False


class InnerLabels(NamedTuple):
    """Label columns ``start`` to ``number`` (not included) right of the first numbers, for the numbers up to ``end``.

    ``alone``: a half-table of its own, whose numbers take no name from the labels further left.
    """

    start: int
    number: int
    end: int
    alone: bool


def find_inner_labels(matrix: Matrix[S], header_rows: int, header_columns: int) -> tuple[InnerLabels, ...]:
    """Give the label columns that do not stand at the left, with the numbers they name."""
    numeric = number_columns(matrix, header_rows)
    runs: list[tuple[int, int]] = []
    column = header_columns
    while column < matrix.columns:
        start = column
        while column < matrix.columns and _is_label_column(matrix, column, header_rows, numeric):
            column += 1
        if column > start and column in numeric:
            runs.append((start, column))
        column = max(column, start + 1)
    found: list[InnerLabels] = []
    for start, number in runs:
        end = next((other for other, _ in runs if other > start), matrix.columns)
        spanned = _spanned_until(matrix, start, number, header_rows)
        if spanned is not None:
            # labels right beside the header columns divide their rows for all numbers (均等割, 所得割 of 現年課税分)
            found.append(InnerLabels(start, number, end if start == header_columns else spanned, alone=False))
        elif start > header_columns:
            divided = _divides_rows(matrix, start, header_rows, header_columns)
            repeated = _repeats_header(matrix, start, header_rows)
            if repeated or divided or header_rows == 0:
                found.append(InnerLabels(start, number, end, alone=repeated or not divided))
    return tuple(found)


def _spanned_until(matrix: Matrix[S], start: int, number: int, header_rows: int) -> int | None:
    """Give where the header ends that begins over column ``start`` and spans the numbers too; None without one."""
    for row in reversed(range(header_rows)):
        cell = matrix.at(row, start)
        if (
            cell is not None
            and cell.column == start
            and column_end(cell) > number
            and not matrix.is_full_width(cell)
        ):
            return column_end(cell)
    return None


def _repeats_header(matrix: Matrix[S], start: int, header_rows: int) -> bool:
    if header_rows == 0:
        return False
    own, first = matrix.at(header_rows - 1, start), matrix.at(header_rows - 1, 0)
    return own is not None and first is not None and bool(own.text) and own.text == first.text


def _divides_rows(matrix: Matrix[S], start: int, header_rows: int, header_columns: int) -> bool:
    """Say whether a label at the left stands beside several labels of column ``start``."""
    return header_columns > 0 and any(
        _is_divided(matrix, cell.row, row_end(cell), start)
        for cell in matrix.down(header_columns - 1, header_rows)
        if not is_blank(cell)
    )


def _is_label_column(matrix: Matrix[S], column: int, header_rows: int, numeric: frozenset[int]) -> bool:
    if column in numeric or _is_prose(matrix, column, header_rows):
        return False
    return any(
        not is_blank(cell)
        and cell.kind != "missing"
        and cell.column_span == 1
        and not is_unit_text(cell.text)
        for cell in matrix.down(column, header_rows)
    )


def _is_divided(matrix: Matrix[S], top: int, bottom: int, column: int) -> bool:
    inside = {
        (cell.row, cell.column)
        for row in range(top, bottom)
        if (cell := matrix.at(row, column)) is not None and not is_blank(cell) and cell.column >= column
    }
    return len(inside) > 1


def _is_index_column(matrix: Matrix[S], column: int, header_rows: int, numeric: frozenset[int]) -> bool:
    cells = [cell for cell in matrix.down(column, header_rows) if cell.kind == "number"]
    values = [cell.value for cell in cells if isinstance(cell.value, int)]
    if len(values) != len(cells) or any("," in cell.text for cell in cells) or column >= matrix.columns - 1:
        return False
    if any(c in numeric and c < column and not _names_index(matrix, c, header_rows) for c in range(column)):
        return False
    if _names_index(matrix, column, header_rows):
        return True
    if cells and all(cell.unit in ORDINAL_UNITS for cell in cells):
        return not _is_counted_alike(matrix, column, header_rows, numeric)
    rising = all(before < after for before, after in pairwise(values))
    falling = all(before > after for before, after in pairwise(values))
    if len(values) > 1 and all(value in YEARS for value in values) and (rising or falling):
        return True
    if column + 1 in numeric or all(is_blank(c) for c in matrix.down(column + 1, header_rows)):
        return False
    coded = all(cell.text.startswith("0") and len(cell.text) > 1 for cell in cells[:1])
    counted = len(values) > 1 and all(after - before == 1 for before, after in pairwise(values))
    return coded or counted


def _is_counted_alike(matrix: Matrix[S], column: int, header_rows: int, numeric: frozenset[int]) -> bool:
    """Say whether the next column of numbers has the same unit: 23回 beside 3,995回 counts, and names no row."""
    units = {cell.unit for cell in matrix.down(column, header_rows) if cell.kind == "number"}
    beside = min((other for other in numeric if other > column), default=None)
    if beside is None:
        return False
    others = [cell for cell in matrix.down(beside, header_rows) if cell.kind == "number"]
    return bool(others) and all(cell.unit in units for cell in others)


def _names_index(matrix: Matrix[S], column: int, header_rows: int) -> bool:
    return any(
        cell is not None and cell.column_span == 1 and is_index_name(cell.text)
        for row in range(header_rows)
        if (cell := matrix.at(row, column)) is not None
    )


def _is_prose(matrix: Matrix[S], column: int, header_rows: int) -> bool:
    texts = [
        cell.text
        for cell in matrix.down(column, header_rows)
        if cell.kind == "text" and cell.column == column and cell.column_span == 1
    ]
    if not texts:
        return False
    return any("。" in text for text in texts) or sum(map(len, texts)) > PROSE_LENGTH * len(texts)


def _count_without_numbers(matrix: Matrix[S], header_rows: int) -> int:
    """Give 1 where the first column names each row once, over the rows of a table without numbers."""
    if matrix.columns < 2:
        return 0
    names = [
        cell for cell in matrix.down(0, header_rows) if not is_blank(cell) and not matrix.is_full_width(cell)
    ]
    distinct = len({cell.text for cell in names}) == len(names)
    return int(bool(names) and distinct and not _is_prose(matrix, 0, header_rows))
