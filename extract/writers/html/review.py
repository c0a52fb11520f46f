"""What a person should look at, on top of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from extract.writers.html.marking import badge, lines, link, place_id, read_as_line, tag, text
from extract.writers.html.view import View
from extract.writers.labels import fact_name
from extract.writers.matters import Matter, document_to_matters

_AT_ONCE = 12  # rows: the rest is folded up


def review_html(view: View) -> Iterator[str]:
    """Give the list of what to look at, the most important first, each linked to its place."""
    matters = document_to_matters(view.document, view.words)
    yield f'<section class="review" id="review"><h2>{text(view.words.review)}</h2>'
    if not matters:
        yield tag("p", text(view.words.nothing_to_review), class_="quiet")
    else:
        yield from _list_html(view, matters[:_AT_ONCE])
        if len(matters) > _AT_ONCE:
            rest = view.own.more.format(len(matters) - _AT_ONCE)
            yield f"<details><summary>{text(rest)}</summary>"
            yield from _list_html(view, matters[_AT_ONCE:])
            yield "</details>"
    yield "</section>"


def _list_html(view: View, matters: Sequence[Matter]) -> Iterator[str]:
    yield '<ul class="matters">'
    for matter in matters:
        yield tag("li", _badge(view, matter) + _about(view, matter))
    yield "</ul>"


def _badge(view: View, matter: Matter) -> str:
    state = view.state(matter.cell) if matter.cell else None
    if state and state[0] in {"conflict", "repaired", "review"}:
        return badge(*state)
    if matter.severity is None:
        return badge("review", view.words.to_review)
    return badge(matter.severity, view.words.severities[matter.severity])


def _about(view: View, matter: Matter) -> str:
    words, cell, table = view.words, matter.cell, matter.table
    places = []
    if table is not None:
        place = cell.id if cell else table.id
        name = fact_name(view.facts.get(cell.id)) if cell else table.caption
        places.append(link(place, text(" ".join(filter(None, (view.table_names[table.id], name))))))
    if cell is not None:
        places.append(link(place_id(cell.id), text(view.own.page.format(cell.evidence.page))))
    elif matter.page is not None:
        places.append(view.page_link(matter.page))
    message = "" if matter.message == words.to_review else matter.message  # the badge says it
    if cell is not None:
        read = [words.read_as + read_as_line(cell.raw)]
        readings = (f"{one.text} ({one.probability:.0%})" for one in islice(cell.evidence.readings, 3))
        if cell.evidence.readings:
            read.append(words.other_readings + ", ".join(readings))
        message = "\n".join([message, "　".join(read)]) if message else "　".join(read)
    return tag("div", tag("p", "".join(places), class_="places") + tag("p", lines(message)))
