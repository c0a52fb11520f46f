"""The outline of the document as links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Section
from extract.writers.html.marking import link, page_id, tag, text
from extract.writers.html.view import View
from extract.writers.printed import is_heading

_DEEPEST = 3  # levels of headings: deeper ones are found in the text
_LONGEST = 60  # characters


def outline_html(view: View) -> Iterator[str]:
    """Give the outline: the reports with their headings, or where there is none, the tables."""
    yield f'<nav aria-label="{text(view.own.outline)}"><h2>{text(view.own.outline)}</h2><ul>'
    yield tag("li", link("review", text(view.words.review)))
    for report in view.document.reports:
        label = view.report_name(report)
        title = tag("span", text(report.title), class_="title") if report.title not in {None, label} else ""
        yield f"<li>{link(report.id, tag('b', text(label)) + title)}"
        yield from _sections_html(view, report.sections, depth=1)
        yield "</li>"
    loose = [table for table in view.document.tables if table.section is None]
    if loose:
        yield "<li><ul>"
        for table in loose:
            name = f"{view.table_names[table.id]} {_short(table.caption or '')}"
            yield tag("li", link(table.id, text(name)))
        yield "</ul></li>"
    if any(report.entities for report in view.document.reports):
        yield tag("li", link("entities", text(view.words.entities)))
    yield tag("li", link("source", text(view.words.source)))
    if view.document.source.pages:
        first = page_id(view.document.source.pages[0].number)
        yield tag("li", link(first, text(view.own.pages)), class_="to-pages")
    yield "</ul></nav>"


def _sections_html(view: View, sections: Sequence[Section], *, depth: int) -> Iterator[str]:
    headings = [section for section in sections if is_heading(section)]
    if depth > _DEEPEST or not headings:
        return
    yield "<ul>"
    for section in headings:
        yield f"<li>{link(section.id, text(_short(view.section_names[section.id])))}"
        yield from _sections_html(view, section.sections, depth=depth + 1)
        yield "</li>"
    yield "</ul>"


def _short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST else heading[: _LONGEST - 1] + "…"
