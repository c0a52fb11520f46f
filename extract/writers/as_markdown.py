"""The document as Markdown (CommonMark with the tables of GitHub): to read, to search, and to compare two conversions.

Nothing that depends on where things were read stands in it, and every number has a line of its own, so that a difference
shows as the lines that differ. A table without spans is written with bars, one with spans as HTML, a row a line.
Sources: CommonMark 0.31.2 (sections 2.4, 2.5 and 4), GitHub Flavored Markdown 0.29 (section 4.10).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from typing import BinaryIO

from extract.document import Cell, Document, Fact, Report, Section, Table
from extract.findings import Language
from extract.writers.as_csv import number_to_text
from extract.writers.html.view import View
from extract.writers.labels import pages_text
from extract.writers.matters import document_to_matters
from extract.writers.printed import date_line, heading_text, is_item, stands_elsewhere, without_spaces
from extract.writers.texts import text_to_visible

_LAST_HEADING = 6
_JOINT = " > "

_MARKS = re.compile(r"[\\`*_\[\]<>|~&$]")
# What begins a heading, a list, a quotation or a rule where it stands first on a line.
_STARTS = re.compile(r"(?:[#+=>-]|:(?=-)|\d{1,9}(?=[.)]))")


class MarkdownWriter:
    """The built-in writer ``md``."""

    suffix = ".md"

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:
        """Write the document as UTF-8 with plain line ends; each block ends with an empty line."""
        stream.writelines(block.encode() + b"\n\n" for block in _document_to_blocks(View(document, language)))


def text_to_markdown(value: str, *, first: bool = True) -> str:
    """Give a text so that Markdown reads every character of it as itself; ``first`` says that it begins a line."""
    visible = " ".join(text_to_visible(value)[0].split())
    marked = _MARKS.sub(r"\\\g<0>", visible)
    start = _STARTS.match(marked) if first else None
    if start is None:
        return marked
    number = start.group()
    return f"{number}\\{marked[len(number) :]}" if number.isdecimal() else "\\" + marked


def _document_to_blocks(view: View) -> Iterator[str]:
    document, words, own = view.document, view.words, view.own
    yield "# " + text_to_markdown(document.source.name)
    counts = ((own.reports, document.reports), (own.tables, document.tables), (own.numbers, document.facts))
    yield "　".join(f"{name} {len(things):,}" for name, things in counts)
    if document.status == "partial":
        yield f"**{text_to_markdown(words.partial, first=False)}**"
    yield from _review(view)
    prose = _Prose(view)
    for report in document.reports:
        yield from prose.report(report)
    yield from prose.loose()
    yield from _facts(view)


def _review(view: View) -> Iterator[str]:
    matters = document_to_matters(view.document, view.words)
    yield f"## {view.words.review}"
    if not matters:
        yield view.words.nothing_to_review
        return
    items = []
    for matter in matters:
        severity = view.words.severities[matter.severity] if matter.severity else view.words.to_review
        place = [view.table_names[matter.table.id]] if matter.table else []
        place += [view.own.page.format(matter.page)] if matter.page else []
        read = [view.words.read_as + matter.cell.raw] if matter.cell else []
        said = [matter.message] if matter.message != severity else []
        text = "　".join(text_to_markdown(one, first=False) for one in (*place, *said, *read))
        items.append(f"- **{severity}** {text}")
    yield "\n".join(items)


class _Prose:
    """Gives the blocks of the reports; remembers which tables were given."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._done: set[str] = set()

    def report(self, report: Report) -> Iterator[str]:
        """Give a report with its head, its sections, and its tables outside these."""
        view, words = self._view, self._view.words
        name = view.report_name(report)
        date = date_line(report)
        number = words.document_number.format(report.document_number) if report.document_number else None
        title = report.title if report.title != name else None
        yield "## " + text_to_markdown("　".join(filter(None, (name, title))))
        about = [number if number != name else None, date, *report.departments]
        about.append(view.own.as_pages.format(pages_text(report.pages)))
        yield "\n".join("- " + text_to_markdown(one) for one in about if one)
        head = frozenset(without_spaces(one) for one in (name, report.title, *about) if one)
        yield from self._sections(report.sections, depth=1, indent=0, head=head)
        for table in view.document.tables:
            if table.report == report.id and table.id not in self._done:
                yield from self._table(table)

    def loose(self) -> Iterator[str]:
        """Give the tables that stand in no report."""
        tables = [table for table in self._view.document.tables if table.id not in self._done]
        if tables and self._view.document.reports:
            yield f"## {self._view.words.no_report}"
        for table in tables:
            yield from self._table(table)

    def _sections(
        self, sections: Sequence[Section], *, depth: int, indent: int, head: frozenset[str]
    ) -> Iterator[str]:
        for section in sections:
            heading, inner = heading_text(section), indent
            if heading and is_item(section):
                shown = heading if section.marker not in {"・", "･", "•", "-"} else section.title or ""
                yield f"{' ' * indent}- {text_to_markdown(shown)}"
                inner = indent + 2
            elif heading and not indent:
                yield f"{'#' * min(depth + 2, _LAST_HEADING)} {text_to_markdown(heading)}"
            elif heading:
                yield f"{' ' * indent}**{text_to_markdown(heading, first=False)}**"
            yield from self._content(section, indent=inner, head=head)
            yield from self._sections(section.sections, depth=depth + 1, indent=inner, head=head)

    def _content(self, section: Section, *, indent: int, head: frozenset[str]) -> Iterator[str]:
        known = self._view.tables
        tables = [known[block.table] for block in section.content if block.table in known]
        said = frozenset(block.text for block in section.content)
        for block in section.content:
            if block.table is not None:
                if block.table in known:
                    yield from self._table(known[block.table], said=said)
            elif not stands_elsewhere(block, tables, head):
                yield " " * indent + text_to_markdown(block.text)

    def _table(self, table: Table, *, said: frozenset[str] = frozenset()) -> Iterator[str]:
        self._done.add(table.id)
        view, words = self._view, self._view.words
        about = [
            table.caption or "",
            words.unit + table.unit if table.unit else "",
            view.own.dated + table.as_of if table.as_of else "",
            view.own.page.format(pages_text(table.pages)),
        ]
        rest = "　".join(text_to_markdown(one, first=False) for one in about if one)
        yield f"**{view.table_names[table.id]}** {rest}"
        yield _table_to_bars(table) if _is_plain(table) else _table_to_html(table)
        for note in table.notes:
            if note not in said:
                yield text_to_markdown(note)
        if table.checks:
            holding = sum(check.holds for check in table.checks)
            yield view.own.checks.format(len(table.checks), holding, len(table.checks) - holding)


def _is_plain(table: Table) -> bool:
    """Say whether a table has one header row and no spans, as GitHub's tables are."""
    spans = any(cell.row_span > 1 or cell.column_span > 1 for cell in table.cells)
    return table.header_rows == 1 and not spans


def _table_to_bars(table: Table) -> str:
    grid = [[""] * table.columns for _ in range(table.rows)]
    numeric: set[int] = set()
    for cell in table.cells:
        grid[cell.row][cell.column] = text_to_markdown(_shown(cell), first=False)
        if cell.kind == "number" and cell.role == "body":
            numeric.add(cell.column)
    rule = ["---:" if column in numeric else "---" for column in range(table.columns)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (grid[0], rule, *grid[1:]))


def _table_to_html(table: Table) -> str:
    """Give the table as HTML without an empty line in it, which would end it."""
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in table.cells:
        name = "td" if cell.role == "body" else "th"
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        align = ' align="right"' if cell.kind == "number" else ""
        text = " ".join(text_to_visible(_shown(cell))[0].split())
        rows[cell.row].append(f"<{name}{spans}{align}>{escape(text)}</{name}>")
    lines = (f"<tr>{''.join(rows[row])}</tr>" for row in range(table.rows))
    return "\n".join(("<table>", *lines, "</table>"))


def _shown(cell: Cell) -> str:
    return cell.missing or cell.text or cell.raw


def _facts(view: View) -> Iterator[str]:
    """Give the facts, a line each, under the table that they come from; then those of the prose."""
    by_table: dict[str, list[Fact]] = defaultdict(list)
    for fact in view.document.facts:
        by_table[fact.table].append(fact)
    words = view.words
    columns = words.facts_columns
    heading = (columns[5], columns[6], columns[7], columns[8], columns[9], columns[12], columns[4])
    if by_table:
        yield f"## {words.facts}"
    for table in view.document.tables:
        if table.id in by_table:
            yield "### " + text_to_markdown(f"{view.table_names[table.id]}　{table.caption or ''}".strip())
            rows = [_fact_to_row(view, fact) for fact in by_table[table.id]]
            yield _rows_to_bars(heading, "---|---|---:|---|---|---|---:", rows)
    statements = [one for report in view.document.reports for one in report.statements]
    if statements:
        yield f"## {words.statements}"
        columns = words.statements_columns
        heading = (columns[2], columns[4], columns[5], columns[6], columns[7], columns[10], columns[3])
        yield _rows_to_bars(
            heading,
            "---|---|---:|---|---|---|---:",
            [
                (
                    _JOINT.join(one.path),
                    one.about or "",
                    number_to_text(one.value),
                    one.unit or "",
                    one.as_of or "",
                    one.sentence,
                    str(one.page),
                )
                for one in statements
            ],
        )


def _fact_to_row(view: View, fact: Fact) -> tuple[str, ...]:
    return (
        _JOINT.join(fact.row_path),
        _JOINT.join(fact.column_path),
        number_to_text(fact.value),
        fact.unit or "",
        fact.as_of or "",
        view.words.statuses[fact.status],
        str(fact.page),
    )


def _rows_to_bars(heading: Sequence[str], rule: str, rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heading)} |", f"|{rule}|"]
    lines += ["| " + " | ".join(text_to_markdown(one, first=False) for one in row) + " |" for row in rows]
    return "\n".join(lines)
