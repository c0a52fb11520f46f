"""The first sheet: the reports and their tables, each linked to its sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extract.document import CellStatus, Document, Report, Table
from extract.writers.labels import pages_text, report_label
from extract.writers.matters import count_matters
from extract.writers.texts import wrapped_lines
from extract.writers.xlsx.book import Book, Item, Sheet
from extract.writers.xlsx.grid_sizes import lines_to_height
from extract.writers.xlsx.names import reference
from extract.writers.xlsx.places import Places
from extract.writers.xlsx.styles import (
    CONFLICT_FILL,
    CORRECTED_FILL,
    GROUP_FILL,
    HEADER_FILL,
    REPAIRED_FILL,
    REVIEW_FILL,
    VERIFIED_FILL,
    Fill,
    Look,
)

_WIDTHS = (16, 64, 32, 10, 12, 10, 10, 7, 9, 44)
_TITLE = Look(size=16, bold=True)
_TEXT = Look()
_WARNING = Look(bold=True, fill=REVIEW_FILL)
_LINK = Look(link=True)
_HEADING = Look(fill=HEADER_FILL, bold=True, grid=True, horizontal="center")
_GROUP = Look(fill=GROUP_FILL, bold=True, grid=True, wrap=True)
_GROUP_CENTRE = replace(_GROUP, horizontal="center")
_CELL = Look(grid=True, wrap=True)
_CENTRE = Look(grid=True, horizontal="center")
_NUMBER = Look(grid=True, horizontal="right", number_format="#,##0")
_TABLE_LINK = Look(grid=True, wrap=True, link=True)
_HEAD_ROWS = 11
_STATUSES: tuple[CellStatus, ...] = (
    "conflict",
    "repaired",
    "corrected",
    "verified",
    "unverified",
)  # gravest first


def write_contents(book: Book, sheet: Sheet, places: Places, document: Document) -> None:
    """Fill the sheet, which stands first but is written when everything else is known, and close it."""
    _append_head(book, sheet, places, document)
    facts = Counter(fact.table for fact in document.facts)
    order: list[Report | None] = [*document.reports, None]
    for report in order:
        tables = [table for table in document.tables if _belongs(table, report, document)]
        if report is not None:
            _append_report(book, sheet, report)
        elif tables and document.reports:
            sheet.append([Item(None, _GROUP), Item(book.words.no_report, _GROUP), *[Item(None, _GROUP)] * 8])
        for table in tables:
            _append_table(book, sheet, places, document, table, facts=facts[table.id])
    sheet.close()


def contents_sheet(book: Book, places: Places) -> Sheet:
    """Add the empty sheet at its place."""
    head = _HEAD_ROWS + (places.statements is not None)
    sheet = book.sheet(places.contents, widths=_WIDTHS, freeze=f"A{head + 1}")
    sheet.worksheet.print_title_rows = f"{head}:{head}"
    return sheet


def _append_head(book: Book, sheet: Sheet, places: Places, document: Document) -> None:
    words = book.words
    sheet.append([Item(words.contents, _TITLE)], height=28)
    sheet.append([Item(document.source.name, Look(size=12, bold=True))], height=20)
    partial = document.status == "partial"
    sheet.append([None, Item(words.partial if partial else None, _WARNING if partial else _TEXT)])
    checks = [check.holds for table in document.tables for check in table.checks]
    statements = sum(len(report.statements) for report in document.reports)
    entities = sum(len(report.entities) for report in document.reports)
    abouts = (
        (places.facts[0], words.count.format(f"{len(document.facts):,}")),
        (places.statements, words.count.format(f"{statements:,}")),
        (places.entities[0], words.count.format(f"{entities:,}")),
        (places.checks[0], words.checks_count.format(len(checks), checks.count(True), checks.count(False))),
        (places.review, words.count.format(f"{_reviews(document):,}")),
        (places.source, None),
    )
    for name, about in abouts:
        if name is not None:
            sheet.append([Item(name, _LINK, link=reference(name, "A1")), Item(about, _TEXT)])
    _append_legend(book, sheet)
    sheet.append([Item(heading, _HEADING) for heading in words.contents_columns])


def _append_legend(book: Book, sheet: Sheet) -> None:
    words = book.words
    colours = (
        (words.to_review, REVIEW_FILL),
        (words.statuses["conflict"], CONFLICT_FILL),
        (words.statuses["repaired"], REPAIRED_FILL),
        (words.statuses["corrected"], CORRECTED_FILL),
        (words.statuses["verified"], VERIFIED_FILL),
    )
    boxes = [Item(word, Look(fill=fill, grid=True, horizontal="center")) for word, fill in colours]
    sheet.append([Item(words.legend, _TEXT), None, *boxes])
    sheet.append(height=8)


def _reviews(document: Document) -> int:
    elsewhere = [
        finding for finding in document.findings if finding.table is None and finding.severity != "info"
    ]
    return sum(count_matters(document, table) for table in document.tables) + len(elsewhere)


def _belongs(table: Table, report: Report | None, document: Document) -> bool:
    if report is not None:
        return table.report == report.id
    return table.report not in {known.id for known in document.reports}


def _append_report(book: Book, sheet: Sheet, report: Report) -> None:
    label = report_label(report, book.words)
    names = (None if label == report.title else label, report.title, "\n".join(report.departments), None)
    texts = [Item(name, _GROUP) for name in names]
    centred = [Item(value, _GROUP_CENTRE) for value in (report.date, pages_text(report.pages))]
    lines = max(wrapped_lines(name or "", width - 2) for name, width in zip(names, _WIDTHS, strict=False))
    sheet.append([*texts, *centred, *[Item(None, _GROUP)] * 4], height=lines_to_height(lines))


def _append_table(
    book: Book, sheet: Sheet, places: Places, document: Document, table: Table, *, facts: int
) -> None:
    words = book.words
    state, fill = _state(book, document, table)
    link = places.of_table(table.id)
    lines = max(
        wrapped_lines(text or "", width - 2)
        for text, width in ((table.caption, _WIDTHS[1]), (state, _WIDTHS[-1]))
    )
    sheet.append(
        [
            Item(
                f"{words.table}{places.numbers[table.id]}",
                Look(grid=True, link=True, horizontal="center"),
                link=link,
            ),
            Item(table.caption or places.sheets[table.id], _TABLE_LINK, link=link),
            Item(None, _CELL),
            Item(table.unit, _CENTRE),
            Item(table.as_of, _CENTRE),
            Item(pages_text(table.pages), _CENTRE),
            Item(table.rows, _NUMBER),
            Item(table.columns, _NUMBER),
            Item(facts, _NUMBER),
            Item(state, Look(grid=True, fill=fill, wrap=True, horizontal="left", indent=1)),
        ],
        height=lines_to_height(lines),
    )


def _state(book: Book, document: Document, table: Table) -> tuple[str, Fill]:
    """Give what there is to review in a table and how many of its numbers are proved, with the colour of the gravest."""
    words, matters = book.words, count_matters(document, table)
    counts = Counter(cell.status for cell in table.cells if cell.kind == "number" and cell.role == "body")
    lines = [words.review_count.format(matters)] if matters else []
    lines += [f"{words.statuses[status]} {counts[status]:,}" for status in _STATUSES if counts[status]]
    proved = bool(counts) and set(counts) <= {"verified", "corrected"}
    fills = (
        (counts["conflict"] > 0, CONFLICT_FILL),
        (counts["repaired"] > 0, REPAIRED_FILL),
        (matters > 0, REVIEW_FILL),
        (proved, VERIFIED_FILL),
    )
    return "　".join(lines) or "－", next((fill for holds, fill in fills if holds), None)
