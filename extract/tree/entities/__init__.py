"""The named things of the prose: departments, committees, laws, dates, quantities, references, defined terms.

Rules on SudachiPy's tokens, by way of spaCy (``tokens``), and on the forms that ``notation`` reads. ``reading`` goes through
a report in printed order; each other file finds one kind of thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import CleanPage, Entity, Report, Table
from extract.tree.entities.passages import sections_to_passages
from extract.tree.entities.printed_boxes import PrintedLines
from extract.tree.entities.reading import Reader

__all__ = ["find_entities"]


def find_entities(
    reports: Sequence[Report], tables: Sequence[Table], pages: Sequence[CleanPage]
) -> tuple[Report, ...]:
    """Give the reports with their entities and statements; ``pages`` are where they are printed. Raises nothing."""
    lines = PrintedLines(pages)
    return tuple(_read_report(report, tables, lines) for report in reports)


def _read_report(report: Report, tables: Sequence[Table], lines: PrintedLines) -> Report:
    reader = Reader(report, [table for table in tables if table.report == report.id])
    entities: list[Entity] = []
    for read in reader.read(sections_to_passages(report.sections)):
        located = lines.locate(read.passage)
        for mention in read.mentions:
            page, box = located.place(mention.start, mention.stop)
            entities.append(
                Entity(
                    id=f"{report.id}e{len(entities) + 1}",
                    label=mention.label,
                    text=read.passage.text[mention.start : mention.stop],
                    value=mention.value,
                    unit=mention.unit,
                    parts=mention.parts,
                    section=read.passage.section.id,
                    table=None,
                    cell=None,
                    page=page,
                    box=box,
                    is_personal=mention.is_personal,
                )
            )
    return replace(report, entities=tuple(entities))
