"""Stage 5: CleanPages -> Document. Running text, tables joined over pages, reports, outline, facts, findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from extract.config import Privacy
from extract.document import (
    SCHEMA_VERSION,
    CleanPage,
    Document,
    Finding,
    Producer,
    Report,
    Running,
    Source,
    SourcePage,
    SourceRecord,
    Table,
)
from extract.findings import Language, Notice, notice_severity, notice_to_sentence
from extract.geometry import Box
from extract.tree.captions import TableDescription, describe_tables
from extract.tree.entities import find_entities, flag_personal, model_engines
from extract.tree.facts import table_to_facts
from extract.tree.front import Front, find_date_below, read_front
from extract.tree.headings import joined_to_table
from extract.tree.joined import join_grids
from extract.tree.margins import items_to_margins
from extract.tree.naming import name_numbers
from extract.tree.outline import TablePlace, lines_to_block, pieces_to_outline
from extract.tree.paragraphs import items_to_pieces
from extract.tree.placed import JoinedTable
from extract.tree.places import name_tables
from extract.tree.printed import LineKind, PrintedItem, PrintedLine, pages_to_items
from extract.tree.reports import ReportPart, items_to_reports
from extract.tree.running import find_running, give_back_captions

__all__ = ["pages_to_document"]


@dataclass(frozen=True, slots=True)
class _BuiltReport:
    """A report with the places of its tables, by table number."""

    report: Report
    tables: Mapping[int, TablePlace]


def pages_to_document(
    source: Source,
    pages: Iterable[CleanPage],
    *,
    producer: Producer,
    language: Language,
    privacy: Privacy = "off",
) -> Document:
    """Give the document of the pages: each printed character once in a ``raw``, each number of a table in a fact.

    The sentences of its findings are in ``language``; it is partial when one of them is an error. ``privacy`` "flag" marks
    what may be personal data. Raises nothing.
    """
    pages = tuple(pages)
    running = find_running(pages)
    joined = join_grids(pages, _indexes(running))
    running = give_back_captions(pages, running, [(table.pages[0], table.box) for table in joined])
    left_out = _indexes(running)
    descriptions = describe_tables(pages, joined, left_out)
    table_ids = [f"t{number}" for number in range(1, len(joined) + 1)]
    items = _place(pages, joined, descriptions, left_out)
    parts = items_to_reports(items, [page.frame.number for page in pages])
    heads = [_first_row(table) for table in joined]
    built = [
        _part_to_report(part, f"r{number}", table_ids, heads) for number, part in enumerate(parts, start=1)
    ]
    tables, paths = name_numbers(pages, joined, _to_tables(joined, descriptions, table_ids, built))
    reports = find_entities([one.report for one in built], tables, pages)
    record = _to_record(source, pages, running, joined)
    notices = [*source.notices, *name_tables(pages, joined, table_ids)]
    if privacy == "flag":
        reports, personal = flag_personal(reports, tables, record.pages, pages)
        notices.extend(personal)
    findings = _to_findings(notices, language)
    return Document(
        schema_version=SCHEMA_VERSION,
        source=record,
        producer=replace(producer, engines=(*producer.engines, *model_engines())),
        status="partial" if any(finding.severity == "error" for finding in findings) else "ok",
        reports=reports,
        tables=tables,
        facts=tuple(
            fact for table, names in zip(tables, paths, strict=True) for fact in table_to_facts(table, names)
        ),
        findings=findings,
    )


def _indexes(running: Mapping[int, Mapping[int, Running]]) -> dict[int, frozenset[int]]:
    return {number: frozenset(lines) for number, lines in running.items()}


def _place(
    pages: Sequence[CleanPage],
    joined: Sequence[JoinedTable],
    descriptions: Sequence[TableDescription],
    left_out: Mapping[int, frozenset[int]],
) -> tuple[PrintedItem, ...]:
    kinds: dict[tuple[int, int], LineKind] = {
        (page, index): cast("LineKind", kind)
        for description in descriptions
        for page, index, kind in description.line_kinds
    }
    tables: list[tuple[int, Box]] = [(table.pages[0], table.box) for table in joined]
    return pages_to_items(pages, running=left_out, tables=tables, kinds=kinds)


def _first_row(table: JoinedTable) -> tuple[str, ...]:
    return tuple(placed.cell.text for placed in table.cells if placed.row == 0 and placed.cell.text)


def _part_to_report(
    part: ReportPart, report_id: str, table_ids: Sequence[str], heads: Sequence[tuple[str, ...]]
) -> _BuiltReport:
    leaf, items = part.items[: part.leaf], part.items[part.leaf :]
    margins = {**items_to_margins(leaf), **items_to_margins(items)}
    front = read_front(items, margins, marked=part.marked) if items else Front()
    rest = items[front.length :]
    if part.marked and front.date_text is None and (below := find_date_below(items)):
        front.date_text = below.line.raw.strip()
        front.date = next(iter(below.line.dates), None)
    pieces = items_to_pieces(rest, margins)
    named = [lines_to_block("title", [item]) for item in leaf if isinstance(item, PrintedLine)]
    outline = pieces_to_outline(
        [*named, *front.blocks], pieces, margins, report_id=report_id, table_ids=table_ids, heads=heads
    )
    report = Report(
        id=report_id,
        document_number=front.document_number,
        number=front.number,
        title=front.title,
        date=front.date,
        date_text=front.date_text,
        departments=front.departments,
        pages=part.pages,
        sections=outline.sections,
        entities=(),
    )
    return _BuiltReport(report=report, tables=outline.tables)


def _to_tables(
    joined: Sequence[JoinedTable],
    descriptions: Sequence[TableDescription],
    table_ids: Sequence[str],
    built: Sequence[_BuiltReport],
) -> tuple[Table, ...]:
    places = {number: (one.report.id, place) for one in built for number, place in one.tables.items()}
    tables: list[Table] = []
    for number, (table, description) in enumerate(zip(joined, descriptions, strict=True)):
        report, place = places[number]
        stated = description.as_of if description.as_of is not None else place.as_of
        tables.append(
            joined_to_table(
                table,
                replace(description, as_of=stated),
                id=table_ids[number],
                report=report,
                section=place.section,
            )
        )
    return tuple(tables)


def _to_record(
    source: Source,
    pages: Sequence[CleanPage],
    running: Mapping[int, Mapping[int, Running]],
    joined: Sequence[JoinedTable],
) -> SourceRecord:
    repeated: dict[int, list[Running]] = {}
    for table in joined:
        for number, header in table.repeated:
            repeated.setdefault(number, []).append(header)
    return SourceRecord(
        name=source.name,
        sha256=source.sha256,
        bytes=source.bytes,
        created=source.created,
        page_count=source.page_count,
        pages=tuple(
            SourcePage(
                number=page.frame.number,
                width=page.frame.width,
                height=page.frame.height,
                origin=page.frame.origin,
                rotation=page.frame.rotation,
                skew=page.frame.skew,
                engine=page.frame.engine,
                running=(
                    *running[page.frame.number].values(),
                    *repeated.get(page.frame.number, ()),
                    *(Running("outside_page", line.raw, line.box) for line in page.outside),
                ),
            )
            for page in pages
        ),
    )


def _to_findings(notices: Iterable[Notice], language: Language) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code=notice.code,
            severity=notice_severity(notice),
            message=notice_to_sentence(notice, language),
            page=notice.page,
            table=notice.table,
            cell=notice.cell,
        )
        for notice in notices
    )
