"""The workbook of a document; openpyxl's one door.

``目次`` leads to one facsimile a table, to 数値一覧 (the facts), 本文の数値 (those of sentences, where there are any), 用語・法令 (the
entities), 検算 (the checks), 要確認 (what to look at) and 出典. The sheets are written row by row, so that a workbook of hundreds of
tables needs little memory, and the file depends on the document alone.
"""

from __future__ import annotations

from typing import BinaryIO

from extract.document import Document, Finding
from extract.findings import Language
from extract.writers.xlsx.book import Book
from extract.writers.xlsx.checks import CHECKS_A_SHEET, write_checks
from extract.writers.xlsx.contents import contents_sheet, write_contents
from extract.writers.xlsx.entities import ENTITIES_A_SHEET, write_entities
from extract.writers.xlsx.facsimile import write_facsimile
from extract.writers.xlsx.facts import FACTS_A_SHEET, write_facts
from extract.writers.xlsx.places import document_to_places
from extract.writers.xlsx.review import append_overflows, write_review
from extract.writers.xlsx.source import write_source
from extract.writers.xlsx.statements import write_statements


class XlsxWriter:
    """The built-in writer ``xlsx``."""

    suffix = ".xlsx"

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:
        """Write the workbook. A text without lone surrogates is expected, any other is shown and no formula."""
        cells = sum(len(table.cells) for table in document.tables)
        book = Book(document.source, language=language, cells=cells)
        try:
            _write_sheets(book, document)
            book.save(stream)
        finally:
            book.discard()


def _write_sheets(book: Book, document: Document) -> None:
    places = document_to_places(
        document,
        names=book.names,
        words=book.words,
        facts_a_sheet=FACTS_A_SHEET,
        entities_a_sheet=ENTITIES_A_SHEET,
        checks_a_sheet=CHECKS_A_SHEET,
    )
    reports = {report.id: report for report in document.reports}
    findings: dict[str, list[Finding]] = {}
    for finding in document.findings:
        if finding.cell is not None:
            findings.setdefault(finding.cell, []).append(finding)
    contents = contents_sheet(book, places)
    for table in document.tables:
        write_facsimile(book, places, table, report=reports.get(table.report or ""), findings=findings)
    write_facts(book, places, document)
    write_statements(book, places, document)
    write_entities(book, places, document)
    write_checks(book, places, document)
    review = write_review(book, places, document)
    write_source(book, places, document)
    write_contents(book, contents, places, document)
    append_overflows(book, review)
