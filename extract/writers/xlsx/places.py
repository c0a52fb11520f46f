"""Where things of the document stand in the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Cell, Document, Table
from extract.writers.labels import report_label
from extract.writers.words import Words
from extract.writers.xlsx.book import COLUMNS_LIMIT, ROWS_LIMIT, address
from extract.writers.xlsx.names import SheetNames, reference

# Rows over the grid of a facsimile: caption; unit, date and pages; report; link back; an empty one.
HEAD_ROWS = 5

# Rows kept free under the grid, for the notes.
FOOT_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Places:
    """Sheet names and the document's parts by their ids. ``numbers`` are those of the tables, from 1."""

    contents: str
    facts: tuple[str, ...]
    statements: str | None
    entities: tuple[str, ...]
    checks: tuple[str, ...]
    review: str
    source: str
    sheets: dict[str, str]
    numbers: dict[str, int]
    tables: dict[str, Table]
    cells: dict[str, Cell]
    reports: dict[str, str]

    def of_table(self, table: str | None) -> str | None:
        """Give the reference to the first cell of a table's sheet."""
        return reference(self.sheets[table], "A1") if table in self.sheets else None

    def of_cell(self, table: str | None, cell: str | None) -> str | None:
        """Give the reference to a cell in its facsimile; None when it is unknown or beyond Excel's grid."""
        found = self.cells.get(cell) if cell else None
        if found is None or table not in self.sheets or not in_grid(found):
            return None
        return reference(self.sheets[table], cell_address(found))


def document_to_places(
    document: Document,
    *,
    names: SheetNames,
    words: Words,
    facts_a_sheet: int,
    entities_a_sheet: int,
    checks_a_sheet: int,
) -> Places:
    """Give every sheet its name: the fixed ones first, so that no caption can take theirs."""
    checks_count = sum(len(table.checks) for table in document.tables)
    contents = names.claim(words.contents)
    facts = _sheets(names, words.facts, rows=len(document.facts), most=facts_a_sheet)
    has_statements = any(report.statements for report in document.reports)
    statements = names.claim(words.statements) if has_statements else None
    entities_count = sum(len(report.entities) for report in document.reports)
    entities = _sheets(names, words.entities, rows=entities_count, most=entities_a_sheet)
    checks = _sheets(names, words.checks, rows=checks_count, most=checks_a_sheet)
    review, source = names.claim(words.review), names.claim(words.source)
    return Places(
        contents=contents,
        facts=facts,
        statements=statements,
        entities=entities,
        checks=checks,
        review=review,
        source=source,
        sheets={
            table.id: names.claim(f"{words.table}{number} {table.caption or ''}")
            for number, table in enumerate(document.tables, start=1)
        },
        numbers={table.id: number for number, table in enumerate(document.tables, start=1)},
        tables={table.id: table for table in document.tables},
        cells={cell.id: cell for table in document.tables for cell in table.cells},
        reports={report.id: report_label(report, words) for report in document.reports},
    )


def _sheets(names: SheetNames, name: str, *, rows: int, most: int) -> tuple[str, ...]:
    """Give the names of as many sheets as the rows need, at least one."""
    return tuple(names.claim(name) for _ in range(max(1, -(-rows // most))))


def in_grid(cell: Cell) -> bool:
    """Say whether Excel has a place for the cell."""
    return HEAD_ROWS + cell.row < ROWS_LIMIT - FOOT_ROWS and cell.column < COLUMNS_LIMIT


def cell_address(cell: Cell) -> str:
    """Give the address of a cell in its facsimile."""
    return address(HEAD_ROWS + cell.row + 1, cell.column + 1)
