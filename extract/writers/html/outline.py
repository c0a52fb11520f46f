"""The outline of the document as links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Section
from extract.writers.html.marking import link, page_id, tag, text
from extract.writers.html.view import View

_DEEPEST = 3  # levels of headings: deeper ones are found in the text
_LONGEST = 60  # characters

# A mark that tells items apart and does not number or name them.
_BULLETS = frozenset("・･●○■□◇◆◎*＊-－–—‐▪•▸▶→⇒")
_SENTENCE = 48  # characters: a longer heading is a sentence with a mark before it


def outline_html(view: View) -> Iterator[str]:
    """Give the outline: the reports with their headings, or where there is none, the tables."""
    yield f'<nav aria-label="{text(view.own.outline)}"><h2>{text(view.own.outline)}</h2><ul>'
    yield tag("li", link("review", text(view.words.review)))
    for report in view.document.reports:
        label = view.report_name(report)
        title = tag("span", text(report.title), class_="title") if report.title not in {None, label} else ""
        yield f"<li>{link(report.id, tag('b', text(label)) + title)}"
        yield from _sections_html(report.sections, depth=1)
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


def _sections_html(sections: Sequence[Section], *, depth: int) -> Iterator[str]:
    headings = [section for section in sections if is_heading(section)]
    if depth > _DEEPEST or not headings:
        return
    yield "<ul>"
    for section in headings:
        yield f"<li>{link(section.id, text(_short(heading_text(section))))}"
        yield from _sections_html(section.sections, depth=depth + 1)
        yield "</li>"
    yield "</ul>"


def is_heading(section: Section) -> bool:
    """Say whether a section has a heading: an item of a list, or a sentence with a mark before it, is none."""
    title = section.title or ""
    if not (title or section.marker) or section.marker in _BULLETS:
        return False
    holds_more = bool(section.sections) or any(block.table for block in section.content)
    return not title.endswith("。") and (holds_more or len(title) <= _SENTENCE)


def heading_text(section: Section) -> str:
    """Give a heading with its mark: ``（１）報告事項``, ``＜指摘事項＞``, ``１　概要``."""
    marker, title = section.marker or "", section.title or ""
    if len(marker) == 2 and marker[0] in "＜<〈《【［[「『〔(（":  # a pair of brackets is around the title
        return f"{marker[0]}{title}{marker[1]}"
    return f"{marker}　{title}".strip("　")


def _short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST else heading[: _LONGEST - 1] + "…"
