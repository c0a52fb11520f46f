"""Matrix -> how many rows on top are headers.

The rule is geometric first: headers stand above the first row with numbers, and a second header row is one only where the
print ties it to the first (a cell spans down, or a spanning label is divided below). So a row of a group (「一般会計」 with
nothing beside it) between header and numbers stays in the body. Column numbers, formulas (C=A-B) and units are headers.
Tables without numbers need a first row that names its columns (窓口 | 受付時間); a form (所在地 | 世田谷区 ...) has no header row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.tree.labels import (
    ORDINAL_UNITS,
    YEARS,
    is_formula,
    is_header_word,
    is_index_mark,
    is_numberlike,
    states_amount,
)
from extract.tree.matrix import Matrix, S, Slot, column_end, is_blank, row_end
from extract.tree.units import is_unit_text

LONG_LABEL: Final = 24
"""Characters; a longer text in the first row of a table without numbers is content, not the name of a column."""

CONTENT_RATIO: Final = 1.5
"""Body texts at least this many times as long as the first row show that the first row names columns."""

FORM_COLUMNS: Final = 2
MIN_SEQUENCE: Final = 3
NUMBER_SHARE: Final = 0.5
FORM_NUMBER_SHARE: Final = 0.8


def count_header_rows(matrix: Matrix[S]) -> int:
    """Give the number of header rows; 0 where the first row is already content."""
    if matrix.rows < 2 or not matrix.cells:
        return 0
    data = _first_data_row(matrix)
    if data is None:
        return _count_without_numbers(matrix)
    numeric = number_columns(matrix, data)
    if not numeric:
        return _count_without_numbers(matrix)
    if data == 0 or _is_form(matrix):
        return 0
    if _first_group_row(matrix) == 0:
        return 0
    height = _grow(matrix, limit=data, numeric=numeric)
    return height if _names_a_column(matrix, height, numeric) else 0


def number_columns(matrix: Matrix[S], first_row: int) -> frozenset[int]:
    """Give the columns that hold numbers (or marks for missing ones) for the most part, from ``first_row`` on."""
    return frozenset(
        column for column in range(matrix.columns) if _is_number_column(matrix, column, first_row)
    )


def _is_number_column(matrix: Matrix[S], column: int, first_row: int) -> bool:
    """Count a number that spans columns at its right end, where amounts are set."""
    numbers = missing = others = 0
    for cell in matrix.down(column, first_row):
        if column_end(cell) - 1 != column:
            continue
        if cell.kind == "number":
            numbers += 1
        elif cell.kind == "missing":
            missing += 1
        elif is_numberlike(cell.text):
            numbers += 1
        elif not is_blank(cell) and cell.column_span == 1 and cell.row >= first_row:
            others += not is_unit_text(cell.text)
    if numbers == 0:
        return missing > 0 and others == 0
    return numbers + missing >= NUMBER_SHARE * (numbers + missing + others)


def _first_data_row(matrix: Matrix[S]) -> int | None:
    for row in range(matrix.rows):
        cells = matrix.starting_in(row)
        if is_index_row(cells, row=row):
            continue
        if any(
            cell.kind == "number" or (cell.kind == "missing" and (row > 0 or cell.column > 0))
            for cell in cells
        ):
            return row
    return None


def is_index_row(cells: Sequence[Slot], *, row: int) -> bool:
    """Say whether a row only counts or computes columns: 1 2 3, ① ② ③, A B C=A-B, 2022 2023 2024, 5歳 6歳 7歳.

    A row below the first that begins with a label and goes on with bare numbers is data, however neat its numbers are.
    """
    printed = [cell for cell in cells if not is_blank(cell)]
    if len(printed) < 2:
        return False
    rest = [cell for cell in printed if cell.column > 0]
    stub = next((cell for cell in printed if cell.column == 0), None)
    if rest and all(is_formula(cell.text) or is_index_mark(cell.raw) for cell in rest):
        return True
    numbers = [cell for cell in rest if cell.kind == "number"]
    if stub is not None and stub.kind == "number" and row > 0:
        numbers = [stub, *numbers]
    elif stub is not None and row > 0:
        return False
    labels = [cell for cell in rest if cell.kind != "number"]
    if any(cell.kind == "missing" for cell in labels) or len(labels) > len(numbers):
        return False
    return _counts(numbers, row=row)


def _counts(numbers: Sequence[Slot], *, row: int) -> bool:
    values = [cell.value for cell in numbers]
    whole = [value for value in values if isinstance(value, int)]
    if len(whole) != len(values) or any("," in cell.text for cell in numbers):
        return False
    steps = {after - before for before, after in pairwise(whole)}
    if len(whole) >= 2 and row == 0:
        if all(value in YEARS for value in whole) and steps <= {1, -1} and len(steps) == 1:
            return True
        if all(cell.unit in ORDINAL_UNITS for cell in numbers) and (0 not in steps):
            return True
    if len(whole) < MIN_SEQUENCE:
        return False
    return steps == {1} and whole[0] in {0, 1} if row > 0 else steps in ({1}, {1, -11})


def _grow(matrix: Matrix[S], *, limit: int, numeric: frozenset[int]) -> int:
    height = 1
    while height < limit:
        spanned = max(
            (row_end(cell) for cell in matrix.cells if cell.row < height and row_end(cell) <= limit),
            default=0,
        )
        if spanned > height:
            height = spanned
        elif _continues(matrix, height, numeric):
            height += 1
        else:
            break
    return height


def _continues(matrix: Matrix[S], row: int, numeric: frozenset[int]) -> bool:
    """Say whether the row is one more level of the header that ends just above it."""
    cells = matrix.starting_in(row)
    printed = [cell for cell in cells if not is_blank(cell)]
    if all(matrix.is_full_width(cell) for above in range(row) for cell in matrix.starting_in(above)):
        return True
    if not printed:
        return False
    if any(matrix.is_full_width(cell) for cell in cells):
        return False
    if is_index_row(cells, row=row) or is_unit_row(printed):
        return True
    over = {c for cell in printed for c in range(cell.column, column_end(cell))} & numeric
    if not over or any(cell.kind in {"number", "missing"} for cell in cells):
        return False
    if cells[0].column == 0 and is_blank(cells[0]):
        return len(over) * 2 >= len(numeric) and _are_names(printed)
    return divides_above(matrix, row, cells)


def _are_names(printed: Sequence[Slot]) -> bool:
    """Say whether the texts of a row without a label can be names of columns, though no ruling says so.

    One text alone is one only where it ends as such names do: below a header it is rather a remark (特定財源：国庫支出金 1,234).
    """
    if any(states_amount(cell.text) or "：" in cell.text or ":" in cell.text for cell in printed):
        return False
    return len(printed) > 1 or is_header_word(printed[0].text)


def is_unit_row(printed: Sequence[Slot]) -> bool:
    """Say whether the printed cells of a row, the first column apart, are all units."""
    rest = [cell for cell in printed if cell.column > 0]
    return bool(rest) and all(is_unit_text(cell.text) for cell in rest)


def divides_above(matrix: Matrix[S], row: int, cells: Sequence[Slot]) -> bool:
    """Say whether the cells of the row divide a label that spans columns above."""
    for column in range(matrix.columns):
        above = matrix.at(row - 1, column)
        if above is None or above.column != column or above.column_span < 2 or matrix.is_full_width(above):
            continue
        under = [c for c in cells if above.column <= c.column < column_end(above)]
        if len(under) > 1 and sum(not is_blank(cell) for cell in under) * 2 >= len(under):
            return True
    return False


def _names_a_column(matrix: Matrix[S], height: int, numeric: frozenset[int]) -> bool:
    return any(
        not is_blank(cell) and any(column in numeric for column in range(cell.column, column_end(cell)))
        for row in range(height)
        for cell in matrix.starting_in(row)
    )


def _first_group_row(matrix: Matrix[S]) -> int | None:
    """Give row 0 where it is the first of several full-width rows: titles of groups, over a table without headers."""
    full = [cell.row for cell in matrix.cells if matrix.is_full_width(cell)]
    if len(full) > 1 and full[0] == 0 and any(row > 1 for row in full):
        second = matrix.starting_in(1)
        if any(cell.kind == "number" for cell in second):
            return 0
    return None


def _is_form(matrix: Matrix[S]) -> bool:
    """Say whether it is a list of names and values (所在地 | ..., 面積 | 58 km²) with nothing that names the columns."""
    if matrix.columns != FORM_COLUMNS:
        return False
    top = matrix.at(0, 1)
    values = [cell for cell in matrix.down(1, 1) if not is_blank(cell) and cell.column == 1]
    if top is None or top.kind == "period" or is_header_word(top.text) or not values:
        return False
    numbers = [cell for cell in values if cell.kind in {"number", "missing"}]
    units = {cell.unit for cell in numbers if cell.kind == "number"}
    return len(numbers) < FORM_NUMBER_SHARE * len(values) or len(units) > 1


def _count_without_numbers(matrix: Matrix[S]) -> int:
    first = 0
    while first < matrix.rows - 1 and any(matrix.is_full_width(cell) for cell in matrix.starting_in(first)):
        first += 1
    if first > 1 or not _names_columns(matrix, first):
        return 0
    height = first + 1
    while height < matrix.rows:
        spanned = max(
            row_end(cell) for cell in matrix.cells if cell.row < height and not matrix.is_full_width(cell)
        )
        if spanned >= matrix.rows:
            break
        if spanned > height:
            height = spanned
        elif height < matrix.rows - 1 and divides_above(matrix, height, matrix.starting_in(height)):
            height += 1
        else:
            break
    return height


def _names_columns(matrix: Matrix[S], row: int) -> bool:
    cells = matrix.starting_in(row)
    if len(cells) < 2 or any(is_blank(cell) for cell in cells if cell.column > 0):
        return False
    names = [cell for cell in cells if not is_blank(cell)]
    if any(cell.kind not in {"text", "period"} or not _is_short(cell.text) for cell in names):
        return False
    body = [cell for cell in matrix.cells if cell.row > row]
    if all(is_blank(cell) for cell in body):
        return True
    words = sum(is_header_word(cell.text) for cell in names)
    if matrix.columns == FORM_COLUMNS:
        return words == len(names) or _other_kinds(matrix, row)
    if words >= 2 or _other_kinds(matrix, row):
        return True
    distinct = len({cell.text for cell in names}) == len(names)
    below = [len(cell.text) for cell in body if not is_blank(cell)]
    longer = sum(below) / len(below) >= CONTENT_RATIO * sum(len(cell.text) for cell in names) / len(names)
    return distinct and (longer or words > 0)


def _is_short(text: str) -> bool:
    return len(text) <= LONG_LABEL and "。" not in text and not text.startswith(("・", "※", "○"))


def _other_kinds(matrix: Matrix[S], row: int) -> bool:
    """Say whether a column holds dates, times or missing marks for the most part under a name that is none."""
    for column in range(1, matrix.columns):
        below = [cell for cell in matrix.down(column, row + 1) if not is_blank(cell)]
        if below and sum(cell.kind in {"date", "time", "missing", "number"} for cell in below) * 2 > len(
            below
        ):
            return True
    return False
