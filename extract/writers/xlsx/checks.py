"""The checks: each arithmetic relation as live formulas over the facsimiles, those that do not hold first.

The values of the formulas stand in the file, so that a program that does not compute shows them too. A number that Excel
cannot hold exactly would be computed wrongly there: a check with one has values and no formulas.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from extract.document import Check, Document, Table
from extract.writers.labels import fact_name, relation_word
from extract.writers.texts import wrapped_lines
from extract.writers.xlsx.book import ROWS_LIMIT, Book, Item, Sheet, address
from extract.writers.xlsx.formulas import (
    Formula,
    Operand,
    Run,
    decimal_to_number,
    number_decimals,
    operands_to_runs,
    quotient_to_formula,
    runs_to_label,
    sum_to_formulas,
)
from extract.writers.xlsx.grid_sizes import lines_to_height
from extract.writers.xlsx.number_formats import is_exact_in_excel
from extract.writers.xlsx.places import HEAD_ROWS, Places, cell_address, in_grid
from extract.writers.xlsx.styles import CONFLICT_FILL, HEADER_FILL, VERIFIED_FILL, Look

CHECKS_A_SHEET = ROWS_LIMIT - 1
HOLDS: Final = {True: "○", False: "×"}

_WIDTHS = (6, 34, 9, 40, 8, 11, 40, 16, 16, 12, 10, 8, 14)
_STATED, _COMPUTED, _DIFFERENCE, _TOLERANCE, _HOLDS = 8, 9, 10, 11, 12
_FIRST_PART = len(_WIDTHS) + 1  # from here the parts of a sum that is too long for one formula
_MOST_DECIMALS = 9

_HEADING = Look(fill=HEADER_FILL, bold=True, grid=True)
_TEXT = Look(grid=True, wrap=True)
_PLAIN = Look(grid=True)
_RIGHT = Look(grid=True, horizontal="right")
_CENTRE = Look(grid=True, horizontal="center")
_LINK = Look(grid=True, link=True)


def write_checks(book: Book, places: Places, document: Document) -> None:
    """Add the sheets of the checks: one, or as many as Excel's number of rows asks for."""
    rows = _Rows(book, places, document)
    checks = [(table, check) for table in document.tables for check in table.checks]
    checks.sort(key=lambda one: one[1].holds)
    for number, name in enumerate(places.checks):
        own = checks[number * CHECKS_A_SHEET : (number + 1) * CHECKS_A_SHEET]
        sheet = book.sheet(name, widths=_WIDTHS, freeze="D2")
        sheet.worksheet.print_title_rows = "1:1"
        sheet.append([Item(heading, _HEADING) for heading in book.words.checks_columns])
        for index, (table, check) in enumerate(own, start=number * CHECKS_A_SHEET + 1):
            _append(sheet, rows.items(table, check, number=index, row=sheet.row + 1))
        if own:
            last = len(own) + 1
            sheet.worksheet.auto_filter.ref = f"A1:{address(last, len(_WIDTHS))}"
            area = f"{address(2, _HOLDS)}:{address(last, _HOLDS)}"
            sheet.colour_values(area, {HOLDS[True]: VERIFIED_FILL, HOLDS[False]: CONFLICT_FILL})
        else:
            sheet.append([None, Item(book.words.no_checks, Look())])
        sheet.close()


def _append(sheet: Sheet, items: list[Item | None]) -> None:
    texts = zip(items, _WIDTHS, strict=False)
    lines = (
        wrapped_lines(one.value, width - 2)
        for one, width in texts
        if one and one.look.wrap and isinstance(one.value, str)
    )
    sheet.append(items, height=lines_to_height(max(lines, default=1)))


class _Rows:
    """What the checks of one document need to become rows."""

    def __init__(self, book: Book, places: Places, document: Document) -> None:
        self._book, self._places = book, places
        self._table_of = {cell.id: table.id for table in document.tables for cell in table.cells}
        self._facts = {fact.cell: fact for fact in document.facts}
        self._short = {places.sheets[name]: self._label(name) for name in places.sheets}

    def _label(self, table: str) -> str:
        return f"{self._book.words.table}{self._places.numbers[table]}"

    def items(self, table: Table, check: Check, *, number: int, row: int) -> list[Item | None]:
        """Give the cells of a check's row, which is number ``row`` of its sheet."""
        places, words = self._places, self._book.words
        cell = places.cells.get(check.stated)
        stated = self._operand(check.stated, check.stated_value)
        operands = [self._operand(one) for one in check.operands]
        runs = _check_to_runs(check, [one for one in operands if one is not None]) if all(operands) else []
        values = [one.value for one in (stated, *operands) if one is not None]
        live = bool(runs) and all(map(is_exact_in_excel, values))
        sheet = places.sheets[table.id]
        about: list[Item | None] = [
            Item(number, _RIGHT),
            Item(
                f"{self._label(table.id)} {table.caption or ''}".strip(),
                _LINK,
                link=places.of_table(table.id),
            ),
            Item(
                cell_address(cell) if cell else check.stated,
                _LINK,
                link=places.of_cell(self._table_of.get(check.stated), check.stated),
            ),
            Item(fact_name(self._facts.get(check.stated)), _TEXT),
            Item(cell.evidence.page if cell else None, _CENTRE),
            Item(words.relations[relation_word(check)], _PLAIN),
            Item(runs_to_label(check, runs, sheet, self._short) if runs else None, _TEXT),
        ]
        if live and stated is not None:
            return [*about, *self._live(check, stated, runs, row=row)]
        return [*about, *self._values(check)]

    def _operand(self, cell_id: str, value: float | None = None) -> Operand | None:
        """Give a number of a check with its place, or None for a cell that is no number of the document."""
        cell = self._places.cells.get(cell_id)
        if cell is None or cell.kind != "number" or not isinstance(cell.value, int | float):
            return None
        value = cell.value if value is None else value
        if not in_grid(cell) or value != cell.value:
            return Operand(value, None)
        sheet = self._places.sheets[self._table_of[cell_id]]
        place = HEAD_ROWS + cell.row + 1, cell.column + 1
        return Operand(value, sheet, *place, cell.row_span, cell.column_span)

    def _live(self, check: Check, stated: Operand, runs: list[Run], *, row: int) -> list[Item | None]:
        """Give the figures of a check as formulas."""
        operands = [operand for run in runs for operand in run.operands]
        values = (check.stated_value, check.computed_value, *(one.value for one in operands))
        decimals = max(map(number_decimals, values))
        look = self._number_look(decimals)
        parts: list[Formula] = []
        if check.relation in {"sum", "same"}:
            parts = sum_to_formulas(runs)
            computed = parts[0].text
            if len(parts) > 1:
                last = _FIRST_PART + len(parts) - 1
                computed = f"SUM({address(row, _FIRST_PART)}:{address(row, last)})"
        else:
            computed = quotient_to_formula(check, operands)
        printed = Run(1, (stated,)).formula()
        difference = f"{address(row, _STATED)}-{address(row, _COMPUTED)}"
        if decimals:
            # Sums of decimals carry the noise of binary fractions; one more digit than printed shows what was edited.
            difference = f"ROUND({difference},{decimals + 1})"
        limit = address(row, _TOLERANCE)
        holds = f'IF(ABS({address(row, _DIFFERENCE)})<={limit},"{HOLDS[True]}","{HOLDS[False]}")'
        return [
            Item(Formula(printed, check.stated_value), look),
            Item(Formula(computed, check.computed_value), look),
            Item(Formula(difference, _difference(check)), look),
            Item(check.tolerance, _RIGHT),
            Item(Formula(holds, HOLDS[check.holds]), _CENTRE),
            Item(check.bits, _RIGHT),
            *(Item(part, look) for part in parts if len(parts) > 1),
        ]

    def _values(self, check: Check) -> list[Item | None]:
        """Give the figures of a check that Excel cannot compute."""
        figures = (check.stated_value, check.computed_value, _difference(check), check.tolerance)
        return [
            *(Item(value if is_exact_in_excel(value) else f"{value:,}", _RIGHT) for value in figures),
            Item(HOLDS[check.holds], _CENTRE, note=self._book.words.no_formula),
            Item(check.bits, _RIGHT),
        ]

    def _number_look(self, decimals: int) -> Look:
        places = min(decimals, _MOST_DECIMALS)
        code = "#,##0" + ("." + "0" * places if places else "")
        return Look(
            grid=True,
            horizontal="right",
            number_format=code if self._book.styles.admits(code) else "General",
        )


def _check_to_runs(check: Check, operands: list[Operand]) -> list[Run]:
    if check.relation in {"sum", "same"}:
        return operands_to_runs(operands, check.signs or (1,) * len(operands))
    return [Run(1, (operand,)) for operand in operands]


def _difference(check: Check) -> int | float:
    return decimal_to_number(Decimal(repr(check.stated_value)) - Decimal(repr(check.computed_value)))
