"""A report's passages read in printed order: what was said before tells what 同条, 同日 and 所管課 stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from extract.characters import fold_width
from extract.document import Report, Section, Table
from extract.notation.kanji_numbers import digits_of
from extract.tree.entities.bodies import Bodies, is_body
from extract.tree.entities.citations import Cited, Place, find_citations, title_to_law
from extract.tree.entities.law_names import NAME_END, find_name
from extract.tree.entities.mentions import Mention, free_of
from extract.tree.entities.model import find_model_names
from extract.tree.entities.moments import find_moments
from extract.tree.entities.offices import find_listed, find_offices
from extract.tree.entities.passages import Passage
from extract.tree.entities.quantities import find_quantities
from extract.tree.entities.references import find_numbers, find_references
from extract.tree.entities.said_days import Calendar
from extract.tree.entities.targets import find_target
from extract.tree.entities.terms import Definition, definition_to_mention, find_definitions, find_uses
from extract.tree.entities.tokens import Tokens
from extract.tree.entities.towns import find_towns, name_towns

_ARTICLE: Final = re.compile("第([0-9一二三四五六七八九十百千]+)条(の[0-9一二三四五六七八九十]+)?")
_NUMBERED: Final = re.compile("[0-9]+|[一二三四五六七八九十]+")
_LAW_TITLE: Final = re.compile(rf".*(?:{NAME_END.pattern})(?: ?[（(][^（()）]*[)）])?")
_NAME_AT_END: Final = re.compile(rf"(?:{NAME_END.pattern})$")
_LONGEST_KIND: Final = 8  # characters of 法律施行規則 and the like
_FULL_DAY: Final = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A passage with what was found in it, in order of place."""

    passage: Passage
    tokens: Tokens
    mentions: tuple[Mention, ...]


class Reader:
    """Reads the passages of one report."""

    def __init__(self, report: Report, tables: Sequence[Table]) -> None:
        issued = date.fromisoformat(report.date) if report.date and len(report.date) == _FULL_DAY else None
        self._sections = report.sections
        self._tables = tables
        self._calendar = Calendar(issued)
        self._terms: dict[str, Mention] = {}
        self._law_terms: dict[str, str] = {}
        self._cited = Cited(self._law_terms)
        self._bodies = Bodies()
        self._towns: frozenset[str] = frozenset()

    def read(self, passages: Sequence[Passage]) -> Iterator[Read]:
        """Give each passage with its mentions."""
        self._towns = find_towns(passage.text for passage in passages)
        for passage in passages:
            tokens = Tokens(passage.text)
            found = self._find(passage, tokens)
            yield Read(
                passage, tokens, tuple(sorted(found, key=lambda mention: (mention.start, mention.stop)))
            )

    def _find(self, passage: Passage, tokens: Tokens) -> list[Mention]:
        self._cited.context = _printed_place(passage.path)
        self._calendar.enter(passage.path[0].id)
        definitions = find_definitions(tokens)
        words = [definition_to_mention(definition) for definition in definitions]
        found = self._find_laws(tokens, definitions)
        found.extend(free_of(find_numbers(tokens.text, passage.kind), found))
        found.extend(free_of(find_moments(tokens.text, self._calendar), found))
        found.extend(free_of(self._find_references(passage, tokens), found))
        found.extend(free_of(find_quantities(tokens), found))
        found.extend(find_uses(tokens, self._terms, [*found, *words]) if self._terms else ())
        found.extend(free_of(self._find_bodies(tokens, [*found, *words]), found))
        if not definitions:
            return [*found, *find_model_names(tokens, found)]
        own = {definition.word: max(definition.stop, definition.of_stop) for definition in definitions}
        defined = list(self._define(definitions, found))
        terms = {word: self._terms[word] for word in own if word in self._terms}
        found = [_as_defined(one, tokens, own, terms) for one in found]
        uses = find_uses(tokens, terms, [*found, *defined])
        later = [use for use in uses if use.start >= own[tokens.text[use.start : use.stop]]]
        every = [*found, *defined, *later]
        return [*every, *find_model_names(tokens, every)]

    def _find_bodies(self, tokens: Tokens, taken: Sequence[Mention]) -> list[Mention]:
        bodies = free_of(self._bodies.read(tokens, free_of(find_offices(tokens, taken), taken)), taken)
        bodies.extend(free_of(find_listed(tokens, bodies), [*taken, *bodies]))
        if self._towns:
            bodies.extend(free_of(name_towns(tokens, self._towns), [*taken, *bodies]))
        return bodies

    def _find_laws(self, tokens: Tokens, definitions: Sequence[Definition]) -> list[Mention]:
        """Give the citations; a short form holds from where it is defined, also within the passage."""
        self._cited.since = {}
        for definition in definitions:
            law = _law_of(definition.meaning, tokens, definition)
            if law is not None:
                self._law_terms[definition.word] = law
                self._cited.since[definition.word] = definition.start
        starts = [definition.start for definition in definitions]
        return [law for law in find_citations(tokens, self._cited) if law.start not in starts]

    def _find_references(self, passage: Passage, tokens: Tokens) -> Iterator[Mention]:
        for mention in find_references(tokens):
            target = find_target(mention, passage, self._sections, self._tables)
            if target != passage.section.id or passage.kind != "heading":
                yield replace(mention, value=target)

    def _define(self, definitions: Sequence[Definition], found: Sequence[Mention]) -> Iterator[Mention]:
        """Give the defined words; a word for a body is from now on that body."""
        bodies_to = {one.stop: one for one in reversed(found) if is_body(one.label)}
        for definition in definitions:
            law = self._law_terms.get(definition.word)
            body = bodies_to.get(definition.of_stop)
            mention = definition_to_mention(definition, law)
            yield mention
            if law is not None:
                self._terms.pop(definition.word, None)
            else:
                self._terms[definition.word] = body or mention


def _as_defined(
    mention: Mention, tokens: Tokens, since: Mapping[str, int], terms: Mapping[str, Mention]
) -> Mention:
    """Give a body that was read by its own words as what these stand for since they were defined in the passage."""
    word = tokens.text[mention.start : mention.stop]
    if not is_body(mention.label) or word not in terms or mention.start < since[word]:
        return mention
    return replace(terms[word], start=mention.start, stop=mention.stop)


def _law_of(meaning: str, tokens: Tokens, definition: Definition) -> str | None:
    """Give the law that a term stands for: the citation that ends right before the bracket."""
    text = tokens.text
    stop = definition.of_stop
    match = _NAME_AT_END.search(text, max(0, stop - _LONGEST_KIND), stop)
    if match is None or not meaning:
        return None
    named = find_name(tokens, stop, is_cited=False)
    return named[1] if named else None


@lru_cache(maxsize=1024)
def _plain(marker: str) -> str:
    """Give a mark halfwidth without spaces: it is asked for each passage below it again."""
    return fold_width(marker).replace(" ", "")


def _printed_place(path: Sequence[Section]) -> Place:
    """Give the law, article and paragraph that a passage is printed from: a report quotes laws with their marks."""
    law: str | None = None
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    for section in path:
        marker = _plain(section.marker or "")
        match = _ARTICLE.fullmatch(marker)
        if match:
            article = digits_of(match[1]) + (match[2] or "")
            paragraph = item = None
        elif article is not None and _NUMBERED.fullmatch(marker):
            number = digits_of(marker)
            if marker.isdecimal():
                paragraph, item = number, None
            else:
                item = number
        elif article is None and section.title and _LAW_TITLE.fullmatch(section.title):
            law = title_to_law(section.title)
    return Place(law, article, paragraph, item) if article is not None else Place(law)
