"""The named things of the prose: departments, committees, laws, dates, quantities, references, defined terms.

Rules on SudachiPy's tokens, by way of spaCy (``tokens``), and on the forms that ``notation`` reads. ``reading`` goes through
a report in printed order; each other file finds one kind of thing. ``privacy`` is a pass of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import CleanPage, Entity, Report, Statement, Table
from extract.tree.entities.mentions import Mention
from extract.tree.entities.model import model_engines
from extract.tree.entities.passages import Passage, sections_to_passages
from extract.tree.entities.printed_boxes import Located, PrintedLines
from extract.tree.entities.privacy import flag_personal
from extract.tree.entities.reading import Reader
from extract.tree.entities.statements import find_statements, passage_path

__all__ = ["find_entities", "flag_personal", "model_engines"]


def find_entities(
    reports: Sequence[Report], tables: Sequence[Table], pages: Sequence[CleanPage]
) -> tuple[Report, ...]:
    """Give the reports with their entities and statements; ``pages`` are where they are printed. Raises nothing."""
    lines = PrintedLines(pages)
    return tuple(_read_report(report, tables, lines) for report in reports)


def _read_report(report: Report, tables: Sequence[Table], lines: PrintedLines) -> Report:
    reader = Reader(report, [table for table in tables if table.report == report.id])
    entities: list[Entity] = []
    statements: list[Statement] = []
    for read in reader.read(sections_to_passages(report.sections)):
        if not read.mentions:
            continue
        located = lines.locate(read.passage)
        named: dict[Mention, Entity] = {}
        for mention in read.mentions:
            entity = _to_entity(mention, read.passage, located, f"{report.id}e{len(entities) + 1}")
            named[mention] = entity
            entities.append(entity)
        path = passage_path(read.passage)
        for stated in find_statements(read.tokens, read.mentions):
            entity = named[stated.mention]
            statements.append(
                Statement(
                    id=f"{report.id}n{len(statements) + 1}",
                    entity=entity.id,
                    path=path,
                    about=stated.about,
                    value=stated.value,
                    unit=entity.unit,
                    as_of=stated.as_of,
                    sentence=stated.sentence,
                    section=read.passage.section.id,
                    page=entity.page,
                    box=entity.box,
                )
            )
    return replace(report, entities=tuple(entities), statements=tuple(statements))


def _to_entity(mention: Mention, passage: Passage, located: Located, entity_id: str) -> Entity:
    page, box = located.place(mention.start, mention.stop)
    return Entity(
        id=entity_id,
        label=mention.label,
        text=passage.text[mention.start : mention.stop],
        value=mention.value,
        unit=mention.unit,
        parts=mention.parts,
        section=passage.section.id,
        table=None,
        cell=None,
        page=page,
        box=box,
        is_personal=mention.is_personal,
    )
