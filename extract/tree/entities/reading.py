"""A report's passages read in printed order: what was said before tells what 同条, 同日 and 所管課 stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from extract.characters import fold_width
from extract.document import Report, Section, Table
from extract.notation.kanji_numbers import digits_of
from extract.tree.entities.citations import Cited, Place, find_citations, title_to_law
from extract.tree.entities.law_names import NAME_END, find_name
from extract.tree.entities.mentions import Mention, free_of
from extract.tree.entities.moments import Calendar, find_moments
from extract.tree.entities.offices import find_listed, find_offices, name_to_parts
from extract.tree.entities.passages import Passage
from extract.tree.entities.quantities import find_quantities
from extract.tree.entities.references import find_numbers, find_references
from extract.tree.entities.targets import find_target
from extract.tree.entities.terms import Definition, definition_to_mention, find_definitions, find_uses
from extract.tree.entities.tokens import Tokens

_ARTICLE: Final = re.compile("第([0-9一二三四五六七八九十百千]+)条(の[0-9一二三四五六七八九十]+)?")
_NUMBERED: Final = re.compile("[0-9]+|[一二三四五六七八九十]+")
_LAW_TITLE: Final = re.compile(rf".*(?:{NAME_END.pattern})(?: ?[（(][^（()）]*[)）])?")
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
        self._departments: list[str] = []

    def read(self, passages: Sequence[Passage]) -> Iterator[Read]:
        """Give each passage with its mentions."""
        for passage in passages:
            tokens = Tokens(passage.text)
            found = self._find(passage, tokens)
            yield Read(
                passage, tokens, tuple(sorted(found, key=lambda mention: (mention.start, mention.stop)))
            )

    def _find(self, passage: Passage, tokens: Tokens) -> list[Mention]:
        self._cited.context = _printed_place(passage.path)
        found = list(find_numbers(tokens.text, passage.kind))
        definitions = find_definitions(tokens)
        laws = self._find_laws(tokens, definitions)
        found.extend(free_of(laws, found))
        found.extend(free_of(find_moments(tokens.text, self._calendar), found))
        found.extend(free_of(self._find_references(passage, tokens), found))
        found.extend(free_of(find_quantities(tokens), found))
        words = [definition_to_mention(definition) for definition in definitions]
        bodies = [self._full_name(body) for body in find_offices(tokens, [*found, *words])]
        found.extend(free_of(bodies, [*found, *words]))
        found.extend(free_of(find_listed(tokens, bodies), found))
        uses = list(find_uses(tokens, self._terms, [*found, *words]))
        found.extend(self._define(definitions, found))
        later = {definition.word: definition.stop for definition in definitions}
        uses.extend(
            use
            for use in find_uses(
                tokens, {word: self._terms[word] for word in later if word in self._terms}, [*found, *uses]
            )
            if use.start >= later[tokens.text[use.start : use.stop]]
        )
        return [*found, *free_of(uses, found)]

    def _find_laws(self, tokens: Tokens, definitions: Sequence[Definition]) -> list[Mention]:
        """Give the citations; a short form holds from where it is defined, also within the passage."""
        for definition in definitions:
            law = _law_of(definition.meaning, tokens, definition)
            if law is not None:
                self._law_terms[definition.word] = law
        starts = [definition.start for definition in definitions]
        return [law for law in find_citations(tokens, self._cited) if law.start not in starts]

    def _find_references(self, passage: Passage, tokens: Tokens) -> Iterator[Mention]:
        for mention in find_references(tokens):
            yield replace(mention, value=find_target(mention, passage, self._sections, self._tables))

    def _full_name(self, body: Mention) -> Mention:
        """Give a department its full name where the report named it so before: 健康づくり課."""
        name = str(body.value)
        if body.label != "department":
            return body
        known = {full for full in self._departments if full.endswith(name) and full != name}
        longest = max(known, key=len, default=name)
        if any(not longest.endswith(full) for full in known):
            longest = name
        if name not in self._departments:
            self._departments.append(name)
        return replace(body, value=longest, parts=name_to_parts(longest))

    def _define(self, definitions: Sequence[Definition], found: Sequence[Mention]) -> Iterator[Mention]:
        for definition in definitions:
            law = self._law_terms.get(definition.word)
            inside = [m for m in found if m.start == definition.of_start and m.stop == definition.of_stop]
            department = next((m for m in inside if m.label == "department"), None)
            mention = definition_to_mention(definition, law)
            yield mention
            if law is not None:
                self._terms.pop(definition.word, None)
            elif department is not None:
                self._terms[definition.word] = department
            else:
                self._terms[definition.word] = mention


def _law_of(meaning: str, tokens: Tokens, definition: Definition) -> str | None:
    """Give the law that a term stands for: the citation that ends right before the bracket."""
    text = tokens.text
    stop = definition.of_stop
    match = re.search(rf"(?:{NAME_END.pattern})$", text[:stop])
    if match is None or not meaning:
        return None
    named = find_name(tokens, stop, is_cited=False)
    return named[1] if named else None


def _printed_place(path: Sequence[Section]) -> Place:
    """Give the law, article and paragraph that a passage is printed from: a report quotes laws with their marks."""
    law: str | None = None
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    for section in path:
        marker = fold_width(section.marker or "").replace(" ", "")
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
