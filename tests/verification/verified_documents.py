"""Documents for the tests of verification: tables written as rows of strings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.document import (
    SCHEMA_VERSION,
    Cell,
    Document,
    Evidence,
    Fact,
    Producer,
    Reading,
    SourceRecord,
    Table,
)

_NUMBER = re.compile(r"△?[0-9][0-9,]*(\.[0-9]+)?%?")
_MISSING = ("－", "…", "X")
ROW_HEIGHT = 12.0
COLUMN_WIDTH = 40.0


def table_of(
    lines: Sequence[str],
    *,
    number: int = 1,
    header_rows: int = 1,
    header_columns: int = 1,
    unit: str | None = None,
    page: int = 1,
    top: float = 100.0,
    left: float = 50.0,
) -> Table:
    """Give a table whose cells stand between | in ``lines``; ``text^2x3`` spans two rows and three columns.

    A cell that is covered by a span is written as ``<`` and left out.
    """
    rows = [line.split("|") for line in lines]
    cells = []
    for row, texts in enumerate(rows):
        for column, written in enumerate(texts):
            if written == "<":
                continue
            text, row_span, column_span = written.strip(), 1, 1
            if (match := re.fullmatch(r"(.*)\^(\d+)x(\d+)", text)) is not None:
                text, row_span, column_span = match[1], int(match[2]), int(match[3])
            cells.append(
                _cell(
                    f"t{number}r{row}c{column}",
                    text,
                    place=(row, column, row_span, column_span),
                    heads=(header_rows, header_columns),
                    evidence=Evidence(
                        page=page,
                        box=(
                            left + column * COLUMN_WIDTH,
                            top + row * ROW_HEIGHT,
                            left + (column + column_span) * COLUMN_WIDTH,
                            top + (row + row_span) * ROW_HEIGHT,
                        ),
                        origin="text-layer",
                        confidence=None,
                        readings=(),
                    ),
                )
            )
    columns = max(map(len, rows))
    return Table(
        id=f"t{number}",
        report=None,
        section=None,
        caption=None,
        unit=unit,
        as_of=None,
        notes=(),
        pages=(page, page),
        box=(left, top, left + columns * COLUMN_WIDTH, top + len(rows) * ROW_HEIGHT),
        rows=len(rows),
        columns=columns,
        header_rows=header_rows,
        header_columns=header_columns,
        cells=tuple(cells),
        checks=(),
    )


def document_of(*tables: Table) -> Document:
    facts = tuple(
        Fact(
            id="f" + cell.id.removeprefix("t"),
            table=table.id,
            cell=cell.id,
            row_path=(),
            column_path=(),
            value=cell.value,
            unit=cell.unit,
            as_of=None,
            page=1,
            status=cell.status,
        )
        for table in tables
        for cell in table.cells
        if cell.kind == "number" and cell.role == "body" and isinstance(cell.value, int | float)
    )
    source = SourceRecord(name="a.pdf", sha256="0" * 64, bytes=1, created=None, page_count=1, pages=())
    producer = Producer(name="hokoku", version="0", engines=(), config={})
    return Document(
        schema_version=SCHEMA_VERSION,
        source=source,
        producer=producer,
        status="ok",
        reports=(),
        tables=tables,
        facts=facts,
        findings=(),
    )


def read_by_ocr(
    document: Document,
    readings: dict[str, Sequence[tuple[str, float]]],
    confidences: dict[str, float] | None = None,
) -> Document:
    """Give the document as if read by OCR; ``readings`` are the other readings of cells by their id."""
    sure = confidences or {}
    tables = tuple(
        replace(
            table,
            cells=tuple(
                replace(
                    cell,
                    evidence=replace(
                        cell.evidence,
                        origin="ocr",
                        confidence=sure.get(cell.id, 0.9),
                        readings=tuple(Reading(*one) for one in readings.get(cell.id, ())),
                    ),
                )
                for cell in table.cells
            ),
        )
        for table in document.tables
    )
    return replace(document, tables=tables)


def cells_by_id(document: Document) -> dict[str, Cell]:
    return {cell.id: cell for table in document.tables for cell in table.cells}


def statuses(document: Document) -> dict[str, str]:
    return {fact.cell: fact.status for fact in document.facts}


def _cell(
    cell_id: str, text: str, *, place: tuple[int, int, int, int], heads: tuple[int, int], evidence: Evidence
) -> Cell:
    row, column, row_span, column_span = place
    kind, value, missing, unit = "text", None, None, None
    is_head = row < heads[0] or column < heads[1]
    if not text:
        kind = "empty"
    elif text in _MISSING and not is_head:
        kind, missing = "missing", text
    elif _NUMBER.fullmatch(text) and not is_head:
        kind = "number"
        digits = text.replace(",", "").replace("△", "-").rstrip("%")
        value = float(digits) if "." in digits else int(digits)
        unit = "%" if text.endswith("%") else None
    role = "body"
    if row < heads[0]:
        role = "stub_head" if column < heads[1] else "column_header"
    elif column < heads[1]:
        role = "row_header"
    return Cell(
        id=cell_id,
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        role=role,
        raw=text,
        text=text,
        kind=kind,
        value=value,
        unit=unit,
        missing=missing,
        evidence=evidence,
        status="unverified",
        needs_review=False,
        repair=None,
    )
