"""The named things of the prose: laws, departments, dates and the rest, each with its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import get_args

from extract.document import Entity, EntityLabel
from extract.writers.entity_words import ENTITY_WORDS, part_name
from extract.writers.html.marking import badge, link, tag, text
from extract.writers.html.view import View

_MOST_PLACES = 12  # of a thing that is named more often the first are linked


def glossary_html(view: View) -> Iterator[str]:
    """Give the entities by their kind; the same thing is one line with all its places. Nothing where there is none."""
    groups: dict[EntityLabel, dict[tuple[str, str], list[Entity]]] = defaultdict(lambda: defaultdict(list))
    for report in view.document.reports:
        for entity in report.entities:
            value = view.entity_value(entity)
            groups[entity.label][entity.text, value].append(entity)
    if not groups:
        return
    names = ENTITY_WORDS[view.language]
    yield f'<section class="glossary" id="entities"><h2>{text(view.words.entities)}</h2>'
    for label in get_args(EntityLabel):
        if label not in groups:
            continue
        summary = f"{names[label]}　{view.words.count.format(len(groups[label]))}"
        yield f'<details><summary>{text(summary)}</summary><div class="scroll"><table><tbody>'
        for (shown, value), entities in groups[label].items():
            yield _row_html(view, shown, value, entities)
        yield "</tbody></table></div></details>"
    yield "</section>"


def _row_html(view: View, shown: str, value: str, entities: Sequence[Entity]) -> str:
    first = entities[0]
    parts = "　".join(f"{part_name(part.name, view.language)} {part.text}" for part in first.parts)
    mark = badge("review", view.words.personal) if any(one.is_personal for one in entities) else ""
    about = [tag("span", text(value))] if value and value != shown else []
    about += [tag("small", text(parts))] if parts else []
    places = [
        link(one.cell, text(view.own.page.format(one.page)))
        if one.cell in view.cells
        else view.page_link(one.page)
        for one in entities[:_MOST_PLACES]
    ]
    places = list(dict.fromkeys(places))
    if len(entities) > _MOST_PLACES:
        places.append(text(view.own.more.format(len(entities) - _MOST_PLACES)))
    cells = (text(shown) + mark, "".join(about), " ".join(places))
    return tag("tr", tag("th", cells[0], scope="row") + "".join(tag("td", cell) for cell in cells[1:]))
