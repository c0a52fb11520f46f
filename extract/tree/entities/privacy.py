"""The pass ``--privacy flag``: marks what may be personal data in prose, table cells and running text; removes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from extract.characters import fold_width
from extract.document import Cell, CleanPage, Entity, EntityLabel, Report, SourcePage, Table
from extract.findings import Notice
from extract.tree.entities.mentions import Mention
from extract.tree.entities.passages import sections_to_passages
from extract.tree.entities.personal import find_personal, find_under_header
from extract.tree.entities.printed_boxes import PrintedLines
from extract.tree.entities.tokens import Tokens

_CODES: Final[dict[EntityLabel, str]] = {
    "person": "privacy.person",
    "address": "privacy.address",
    "telephone": "privacy.telephone",
    "mail": "privacy.mail",
    "my_number": "privacy.my-number",
}
_SPEAKING: Final = frozenset({"text", "number"})
"""Kinds of cells that are looked at: a number of twelve digits may be a 個人番号."""


def flag_personal(
    reports: Sequence[Report],
    tables: Sequence[Table],
    running: Sequence[SourcePage],
    pages: Sequence[CleanPage],
) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """Give the reports with entities for what may be personal data, and a notice for each place and kind.

    ``running`` are the pages with their running text. A notice never repeats what it is about. Raises nothing.
    """
    lines = PrintedLines(pages)
    flagged: list[Report] = []
    for number, report in enumerate(reports):
        own = [table for table in tables if table.report == report.id]
        sheets = [page for page in running if _first_report(reports, page.number) == number]
        found = [*_in_prose(report, lines), *_in_tables(own), *_in_running(sheets)]
        known = {(one.label, one.section, one.page, one.box) for one in found}
        kept = [one for one in report.entities if (one.label, one.section, one.page, one.box) not in known]
        first = len(report.entities) + 1  # an id is never given twice, and those of other entities stay
        named = (replace(entity, id=f"{report.id}e{first + place}") for place, entity in enumerate(found))
        flagged.append(replace(report, entities=(*kept, *named)))
    return tuple(flagged), tuple(_to_notices(flagged))


def _first_report(reports: Sequence[Report], page: int) -> int:
    """Give the report that a page's running text is counted to."""
    return next((n for n, report in enumerate(reports) if report.pages[0] <= page <= report.pages[1]), 0)


def _in_prose(report: Report, lines: PrintedLines) -> Iterator[Entity]:
    for passage in sections_to_passages(report.sections):
        found = find_personal(Tokens(passage.text))
        located = lines.locate(passage) if found else None
        for mention in found:
            page, box = located.place(mention.start, mention.stop) if located else (passage.page, passage.box)
            entity = _to_entity(mention, passage.text)
            yield replace(entity, section=passage.section.id, page=page, box=box)


def _in_tables(tables: Sequence[Table]) -> Iterator[Entity]:
    for table in tables:
        headers = _headers(table)
        for cell in table.cells:
            if cell.kind not in _SPEAKING or not cell.text:
                continue
            for mention in _in_cell(cell, headers):
                entity = replace(_to_entity(mention, cell.text), table=table.id, cell=cell.id)
                yield replace(entity, page=cell.evidence.page, box=cell.evidence.box)


def _in_cell(cell: Cell, headers: dict[tuple[str, int], str]) -> list[Mention]:
    found = find_personal(Tokens(cell.text)) if _may_hold(cell) else []
    if cell.role == "body" and not found:
        over = f"{headers.get(('column', cell.column), '')} {headers.get(('row', cell.row), '')}"
        named = find_under_header(cell.text, over)
        return [named] if named else []
    return found


def _may_hold(cell: Cell) -> bool:
    """Leave out the plain numbers of a table, which are most of its cells."""
    return cell.kind == "text" or sum(character.isdigit() for character in cell.text) >= 10


def _headers(table: Table) -> dict[tuple[str, int], str]:
    """Give the header texts of each column and row."""
    texts: dict[tuple[str, int], list[str]] = defaultdict(list)
    for cell in table.cells:
        if cell.role == "column_header":
            for column in range(cell.column, cell.column + cell.column_span):
                texts["column", column].append(cell.text)
        elif cell.role == "row_header":
            for row in range(cell.row, cell.row + cell.row_span):
                texts["row", row].append(cell.text)
    return {place: " ".join(words) for place, words in texts.items()}


def _in_running(pages: Sequence[SourcePage]) -> Iterator[Entity]:
    for page in pages:
        for line in page.running:
            if line.kind == "page_number":
                continue
            text = fold_width(line.raw)
            for mention in find_personal(Tokens(text)):
                yield replace(_to_entity(mention, text), page=page.number, box=line.box)


def _to_entity(mention: Mention, text: str) -> Entity:
    return Entity(
        id="",
        label=mention.label,
        text=text[mention.start : mention.stop],
        value=mention.value,
        unit=None,
        parts=mention.parts,
        section=None,
        table=None,
        cell=None,
        page=0,
        box=(0.0, 0.0, 0.0, 0.0),
        is_personal=mention.is_personal,
    )


def _to_notices(reports: Sequence[Report]) -> Iterator[Notice]:
    """Give one notice a kind and place: a cell of a table, or a page."""
    counts: dict[tuple[EntityLabel, int, str | None, str | None], int] = defaultdict(int)
    for report in reports:
        for entity in report.entities:
            if entity.is_personal:
                counts[entity.label, entity.page, entity.table, entity.cell] += 1
    for (label, page, table, cell), count in counts.items():
        yield Notice(_CODES[label], page, table, cell, (("count", str(count)),))
