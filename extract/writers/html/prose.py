"""Reports and their sections -> articles, with every printed line of theirs once, in its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.document import Block, Entity, Report, Section, Table
from extract.geometry import Box, box_centre, box_contains
from extract.writers.entity_words import ENTITY_WORDS
from extract.writers.html.marking import link, mark_text, page_id, place_id, tag, text
from extract.writers.html.places import Places
from extract.writers.html.tables import is_linked, table_html
from extract.writers.html.view import View
from extract.writers.labels import pages_text
from extract.writers.printed import date_line, is_item, stands_elsewhere, table_number, without_spaces

_LAST_HEADING = 6
LEADER = re.compile(r"(?:[・･·…‥.．]\s?){5,}")
"""The dots of a table of contents, between a heading and its page."""

_NEAR = 2.0  # points: an entity's place within a line is reckoned from letter widths


class Prose:
    """Writes the articles; ``places`` takes what stands where on the pages."""

    def __init__(self, view: View, places: Places) -> None:
        self._view, self._places = view, places
        self._page: int | None = None
        self._blocks = 0
        self._done: set[str] = set()
        self._named: set[str] = set()
        self._known = {section.id for section in view.sections()} | view.tables.keys() | view.cells.keys()
        self._entities: dict[str, list[Entity]] = defaultdict(list)
        for report in view.document.reports:
            for entity in report.entities:
                if entity.section is not None and entity.cell is None:
                    self._entities[entity.section].append(entity)

    def articles(self) -> Iterator[str]:
        """Give the reports, and the tables that stand in none."""
        for report in self._view.document.reports:
            yield from self._report(report)
        loose = [table for table in self._view.document.tables if table.id not in self._done]
        if loose:
            head = tag("h2", text(self._view.words.no_report)) if self._view.document.reports else ""
            yield f"<article>{head}"
            for table in loose:
                yield from self._turn(table.pages[0])
                yield from self._table(table, frozenset())
            yield "</article>"

    def _report(self, report: Report) -> Iterator[str]:
        words = self._view.words
        label = self._view.report_name(report)
        document = words.document_number.format(report.document_number) if report.document_number else None
        pages = self._view.own.as_pages.format(pages_text(report.pages))
        date = date_line(report)
        kicker = [
            tag("b", text(label)) if report.title not in {None, label} else "",
            text(document) if document and document != label else "",
            tag("time", text(date), datetime=report.date) if date else "",
            link(page_id(report.pages[0]), text(pages)),
        ]
        yield f'<article id="{text(report.id)}" lang="ja"><header>'
        yield tag("p", "".join(tag("span", part) for part in kicker if part), class_="kicker")
        yield tag("h2", text(report.title or label))
        if report.departments:
            yield tag("p", "　".join(map(text, report.departments)), class_="departments")
        yield "</header>"
        shown = [label, document, report.title, date, *report.departments]
        head = frozenset(without_spaces(one) for one in shown if one)
        yield from self._sections(report.sections, depth=1, head=head)
        for table in self._view.document.tables:
            if table.report == report.id and table.id not in self._done:
                yield from self._table(table, frozenset())
        yield "</article>"

    def _sections(
        self, sections: Sequence[Section], *, depth: int, head: frozenset[str] = frozenset()
    ) -> Iterator[str]:
        """Give sections with headings as such, and those that are items of a list as lists."""
        for items, group in groupby(sections, key=is_item):
            if not items:
                for section in group:
                    yield from self._section(section, depth=depth, head=head)
                continue
            yield '<ul class="items">'
            for section in group:
                yield f'<li id="{text(section.id)}"><span class="mark">{text(mark_text(section.marker or ""))}</span><div>'
                yield from self._turn(section.page)
                yield self._paragraph(section.title or "", section.id, section.page, section.box)
                self._places.add(section.page, section.box, section.id)
                yield from self._inner(section, depth=depth, head=head)
                yield "</div></li>"
            yield "</ul>"

    def _section(self, section: Section, *, depth: int, head: frozenset[str]) -> Iterator[str]:
        heading = self._view.section_names[section.id]
        yield f'<section id="{text(section.id)}">'
        if heading:
            yield from self._turn(section.page)
            self._places.add(section.page, section.box, section.id)
            name = f"h{min(depth + 2, _LAST_HEADING)}"
            shown = self._marked(heading, section.id, section.page, section.box)
            yield tag(name, shown, class_="centre" if heading == "記" else None)
        yield from self._inner(section, depth=depth, head=head)
        yield "</section>"

    def _inner(self, section: Section, *, depth: int, head: frozenset[str]) -> Iterator[str]:
        known = self._view.tables
        tables = [known[block.table] for block in section.content if block.table in known]
        said = frozenset(block.text for block in section.content if block.kind in {"note", "paragraph"})
        numbers: dict[str, str] = {}
        for place, block in enumerate(section.content):
            if block.table is not None:
                if block.table in known:
                    yield from self._turn(block.page)
                    yield from self._table(known[block.table], said, numbers.get(block.table))
            elif (numbered := self._numbered(section.content[place:])) is not None:
                numbers[numbered[0]] = numbered[1]
                self._places.add(block.page, block.box, numbered[0] + "-caption")
            elif stands_elsewhere(block, tables, head):
                self._places.add(block.page, block.box, section.id)
            else:
                yield from self._turn(block.page)
                yield self._block(block, section)
        yield from self._sections(section.sections, depth=depth + 1, head=head)

    def _numbered(self, content: Sequence[Block]) -> tuple[str, str] | None:
        """Give the next table and the number that the first line of ``content`` gives it (第2表), to be shown there."""
        following = next((block.table for block in content if block.table in self._view.tables), None)
        if following is None:
            return None
        number = table_number(content[0], self._view.tables[following])
        return (following, number) if number else None

    def _block(self, block: Block, section: Section) -> str:
        self._blocks += 1
        name = f"b{self._blocks}"
        self._places.add(block.page, block.box, name)
        kind = None if block.kind == "paragraph" else block.kind.replace("_", "-")
        return self._paragraph(block.text, section.id, block.page, block.box, name=name, kind=kind)

    def _paragraph(
        self,
        content: str,
        section: str,
        page: int,
        box: Box,
        *,
        name: str | None = None,
        kind: str | None = None,
    ) -> str:
        """Give a text as a paragraph; one line of a table of contents gets its dots drawn to the page number."""
        leader = LEADER.search(content)
        if leader is None:
            kind = kind or ("running" if content.endswith("。") else None)
            return tag("p", self._marked(content, section, page, box), id=name, class_=kind)
        before, after = content[: leader.start()], content[leader.end() :]
        if LEADER.search(after):
            return tag("p", self._marked(content, section, page, box), id=name, class_=kind)
        parts = (
            tag("span", self._marked(before.rstrip(), section, page, box)),
            tag("span", text(leader.group()), class_="dots"),
            tag("span", self._marked(after.lstrip(), section, page, box)),
        )
        return tag("p", "".join(parts), id=name, class_=" ".join(filter(None, ("leader", kind))))

    def _table(self, table: Table, said: frozenset[str], number: str | None = None) -> Iterator[str]:
        self._done.add(table.id)
        self._places.add(table.pages[0], table.box, table.id)
        for cell in table.cells:
            if is_linked(self._view, cell):
                self._places.add(cell.evidence.page, cell.evidence.box, cell.id)
        yield from table_html(self._view, table, said=said, number=number)
        self._page = table.pages[1]

    def _turn(self, page: int) -> Iterator[str]:
        """Give a mark where a page of the source begins."""
        if page != self._page:
            self._page = page
            yield tag("div", self._view.page_link(page), class_="turn")

    def _marked(self, content: str, section: str, page: int, box: Box) -> str:
        """Give a text with its entities as links: a reference to what it points to, others to their place."""
        pieces: list[str] = []
        done = 0
        for entity in self._entities.get(section, ()):
            if entity.id in self._named or entity.page != page or not _lies_in(entity.box, box):
                continue
            start = content.find(entity.text, done) if entity.text else -1
            if start < 0:
                continue
            pieces += [text(content[done:start]), self._entity(entity)]
            done = start + len(entity.text)
            self._named.add(entity.id)
        return "".join(pieces) + text(content[done:])

    def _entity(self, entity: Entity) -> str:
        kind = ENTITY_WORDS[self._view.language][entity.label]
        value = self._view.entity_value(entity)
        target = place_id(entity.id)
        if entity.label == "reference" and entity.value in self._known:
            target = str(entity.value)
        self._places.add(entity.page, entity.box, entity.id)
        classes = f"entity {entity.label}" + (" personal" if entity.is_personal else "")
        about = f"{kind}：{value}" if value else kind
        return link(target, text(entity.text), id=entity.id, class_=classes, title=about)


def _lies_in(inner: Box, outer: Box) -> bool:
    x0, y0, x1, y1 = outer
    return box_contains((x0 - _NEAR, y0 - _NEAR, x1 + _NEAR, y1 + _NEAR), *box_centre(inner))
