"""The facts of a document as rows: one number a row, with everything that tells what it is and where it stands.

The columns are the same for every document and every language, named as in the JSON, so that files can be put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extract.document import (
    Cell,
    CellStatus,
    Document,
    Fact,
    Report,
    Section,
    SourceRecord,
    Statement,
    Table,
)
from extract.writers.periods import TablePeriods, iso_to_span
from extract.writers.printed import is_heading


class FactRow(NamedTuple):
    """A number that a table (``kind`` "table") or a sentence ("sentence") states.

    ``row_path`` and ``column_path`` lead to a number of a table; of a sentence, ``column_path`` is what is counted.
    ``period_start`` and ``period_end`` are ISO days. ``text`` is the cell as printed, or the sentence. ``x0`` to ``y1`` is
    its place on ``page`` in points from the top left.
    """

    kind: Literal["table", "sentence"]
    source: str
    source_sha256: str
    report: str | None
    report_number: int | None
    document_number: int | None
    report_title: str | None
    report_date: str | None
    section_path: tuple[str, ...]
    table: str | None
    caption: str | None
    id: str
    cell: str | None
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    value: int | float
    unit: str | None
    as_of: str | None
    period_start: str | None
    period_end: str | None
    page: int
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    text: str | None
    status: CellStatus
    needs_review: bool
    confidence: float | None


def document_to_fact_rows(document: Document) -> Iterator[FactRow]:
    """Give the rows: the numbers of the tables, then those of the sentences, each in printed order."""
    reports = {report.id: report for report in document.reports}
    paths = section_paths(document)
    cells = {cell.id: cell for table in document.tables for cell in table.cells}
    tables = {table.id: (table, TablePeriods(table)) for table in document.tables}
    for fact in document.facts:
        table, periods = tables[fact.table]
        row = _fact_to_row(document.source, table, periods, fact, cells[fact.cell])
        row = row._replace(section_path=paths.get(table.section or "", ()))
        yield _in_report(row, reports.get(table.report or ""))
    for report in document.reports:
        for statement in report.statements:
            yield _in_report(_statement_to_row(document.source, statement), report)


def section_paths(document: Document) -> dict[str, tuple[str, ...]]:
    """Give the headings that lead to each section, its own included, by its id; an item of a list is no heading."""
    paths: dict[str, tuple[str, ...]] = {}

    def note(sections: Sequence[Section], above: tuple[str, ...]) -> None:
        for section in sections:
            own = (section.title or section.marker or "",) if is_heading(section) else ()
            paths[section.id] = (*above, *own)
            note(section.sections, paths[section.id])

    for report in document.reports:
        note(report.sections, ())
    return paths


def _fact_to_row(
    source: SourceRecord, table: Table, periods: TablePeriods, fact: Fact, cell: Cell
) -> FactRow:
    start, end = periods.of(cell) or (None, None)
    x0, y0, x1, y1 = cell.evidence.box
    return FactRow(
        kind="table",
        source=source.name,
        source_sha256=source.sha256,
        report=None,
        report_number=None,
        document_number=None,
        report_title=None,
        report_date=None,
        section_path=(),
        table=table.id,
        caption=table.caption,
        id=fact.id,
        cell=cell.id,
        row_path=fact.row_path,
        column_path=fact.column_path,
        value=fact.value,
        unit=fact.unit,
        as_of=fact.as_of,
        period_start=start,
        period_end=end,
        page=fact.page,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        text=cell.raw,
        status=fact.status,
        needs_review=cell.needs_review,
        confidence=cell.evidence.confidence,
    )


def _statement_to_row(source: SourceRecord, statement: Statement) -> FactRow:
    start, end = iso_to_span(statement.as_of) or (None, None)
    x0, y0, x1, y1 = statement.box
    return FactRow(
        kind="sentence",
        source=source.name,
        source_sha256=source.sha256,
        report=None,
        report_number=None,
        document_number=None,
        report_title=None,
        report_date=None,
        section_path=statement.path,
        table=None,
        caption=None,
        id=statement.id,
        cell=None,
        row_path=(),
        column_path=(statement.about,) if statement.about else (),
        value=statement.value,
        unit=statement.unit,
        as_of=statement.as_of,
        period_start=start,
        period_end=end,
        page=statement.page,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        text=statement.sentence,
        status="unverified",
        needs_review=False,
        confidence=None,
    )


def _in_report(row: FactRow, report: Report | None) -> FactRow:
    if report is None:
        return row
    return row._replace(
        report=report.id,
        report_number=report.number,
        document_number=report.document_number,
        report_title=report.title,
        report_date=report.date,
    )
