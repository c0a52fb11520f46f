"""A document as the page needs it: its parts by their ids, the words, and what state a cell is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.document import Cell, Document, Entity, Fact, Report, Section, Table
from extract.findings import Language
from extract.writers.html.marking import link, mark_text, page_id, text, value_text
from extract.writers.html.words import PAGE_WORDS, PageWords
from extract.writers.labels import report_label
from extract.writers.printed import heading_text
from extract.writers.words import WORDS, Words


@dataclass(frozen=True)
class View:
    """What every part of the page looks things up in."""

    document: Document
    language: Language

    @property
    def words(self) -> Words:
        """Give the words that sheets and pages share."""
        return WORDS[self.language]

    @property
    def own(self) -> PageWords:
        """Give the words of the page."""
        return PAGE_WORDS[self.language]

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Give each table by its id."""
        return {table.id: table for table in self.document.tables}

    @cached_property
    def table_names(self) -> dict[str, str]:
        """Give what each table is called: 表3."""
        return {
            table.id: f"{self.words.table}{number}"
            for number, table in enumerate(self.document.tables, start=1)
        }

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Give each cell by its id."""
        return {cell.id: cell for table in self.document.tables for cell in table.cells}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Give each fact by the id of its cell."""
        return {fact.cell: fact for fact in self.document.facts}

    def sections(self) -> Iterator[Section]:
        """Give every section, an outer one before those in it."""
        waiting = [
            section for report in reversed(self.document.reports) for section in reversed(report.sections)
        ]
        while waiting:
            section = waiting.pop()
            waiting += reversed(section.sections)
            yield section

    def page_link(self, number: int) -> str:
        """Give the name of a page as a link to its picture; only as a text where it is not among the pages converted."""
        name = text(self.own.page.format(number))
        return link(page_id(number), name) if number in self._pages else name

    @cached_property
    def _pages(self) -> frozenset[int]:
        return frozenset(page.number for page in self.document.source.pages)

    def report_name(self, report: Report) -> str:
        """Give what a report is called: its number, its title, or in a document of one report the name of the file."""
        if report.title is None and report.number is None and report.document_number is None:
            return self.document.source.name if len(self.document.reports) == 1 else self.own.untitled
        return report_label(report, self.words)

    @cached_property
    def section_names(self) -> dict[str, str]:
        """Give the heading of each section."""
        return {section.id: mark_text(heading_text(section)) for section in self.sections()}

    def entity_value(self, entity: Entity) -> str:
        """Give the normalised value of an entity, of a reference the name of what it points to."""
        value = value_text(entity.value)
        if entity.label == "reference":
            value = self.table_names.get(value) or self.section_names.get(value) or value
        return value + (entity.unit or "")

    def state(self, cell: Cell) -> tuple[str, str] | None:
        """Give how sure a cell is, as a class of the style sheet and a word; None for a cell without a state."""
        words = self.words
        if cell.status in {"conflict", "repaired"}:
            return cell.status, words.statuses[cell.status]
        if cell.needs_review:
            return "review", words.to_review
        if cell.status in {"verified", "corrected"}:
            return cell.status, words.statuses[cell.status]
        return None
