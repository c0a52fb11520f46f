"""The bodies that a report has named so far: full names for short ones, and what 同課 and 同委員会 stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from extract.document import EntityLabel
from extract.tree.entities.mentions import Mention
from extract.tree.entities.office_words import STEP
from extract.tree.entities.offices import name_to_parts
from extract.tree.entities.tokens import Tokens

_SAME: Final = re.compile(
    "同(?P<kind>課|係|部|局|室|支所|事務所|本部|委員会|審議会|審査会|協議会|会議|センター|館|公社|組合|法人|協会|機構|(?:浄水|処理|配水|調理|斎)場|病院|診療所|公園|(?:小|中|高等)?学校|(?:図書|体育|公民|児童|会|美術|博物)館|庁舎|保育園|幼稚園)"
)
_OUTER: Final = re.compile("[局部課](?=.)")
_OUTER_END: Final = re.compile("(?:局|部|本部|支所|事務所|センター|委員会事務局)$")
_BRACKET: Final = re.compile("[（(]([^（()）]+)[)）]")
_DEPARTMENTS: Final = re.compile("[^、，。]+[課室係班](?:(?:[、，・]|及び|並びに)[^、，。]+[課室係班])*")
_NAMED: Final = frozenset({"department", "committee", "organisation", "facility"})


class Bodies:
    """Departments, committees, organisations and facilities in the order in which a report names them."""

    def __init__(self) -> None:
        self._named: list[Mention] = []
        self._departments: list[str] = []

    def name(self, body: Mention) -> Mention:
        """Keep a body; give a department its full name where it was named so before, or its outer steps were."""
        if body.label == "department":
            full = self._full(str(body.value))
            body = replace(body, value=full, parts=name_to_parts(full))
            if full not in self._departments:
                self._departments.append(full)
        self._named.append(body)
        return body

    def read(self, tokens: Tokens, offices: Iterable[Mention]) -> Iterator[Mention]:
        """Give the bodies of a text in order, 同課 and the like as the body of that kind that was named last before it."""
        steps: list[Mention | re.Match[str]] = [*offices, *_find_same(tokens)]
        outer: Mention | None = None
        for step in sorted(steps, key=lambda one: one.start if isinstance(one, Mention) else one.start()):
            if isinstance(step, Mention):
                body = self._within(tokens, step, outer) if step.label == "department" else step
                outer = body if body.label == "department" and body is step else outer
                yield self.name(body) if step.label in _NAMED else step
                continue
            kind = step["kind"]
            found = next((one for one in reversed(self._named) if str(one.value).endswith(kind)), None)
            if found is not None:
                yield replace(found, start=step.start(), stop=step.end())

    def _within(self, tokens: Tokens, body: Mention, outer: Mention | None) -> Mention:
        """Give a department the body that its place says it belongs to: 同局浄水課, 市民生活部（市民課、保険年金課）."""
        text, name = tokens.text, str(body.value)
        if text[body.start - 1 : body.start] == "同" and (kind := _OUTER.match(name)):
            whole = next(
                (step for one in reversed(self._departments) if (step := _step_of(one, kind.group()))), ""
            )
            return replace(body, start=body.start - 1, value=whole + name[kind.end() :]) if whole else body
        if outer is None or not _is_listed(text, outer.stop, body) or not _OUTER_END.search(str(outer.value)):
            return body
        return replace(body, value=f"{self._full(str(outer.value))}{name}")

    def _full(self, name: str) -> str:
        """Give the one longer name that ends with a name, or whose last step is its first: 介護保険課計画係."""
        longer = self._only(name)
        if longer is not None:
            return longer
        parts = name_to_parts(name)
        outer = self._only(parts[0].text) if len(parts) > 1 else None
        return outer + name[len(parts[0].text) :] if outer is not None else name

    def _only(self, name: str) -> str | None:
        known = {
            full for full in self._departments if full.endswith(name) and STEP.search(full[: -len(name)])
        }
        longest = max(known, key=len, default=None)
        return longest if longest is not None and all(longest.endswith(full) for full in known) else None


def _step_of(name: str, kind: str) -> str:
    """Give the outer steps of a department up to the last one of a kind: 上下水道局 of 上下水道局経営企画課."""
    whole = found = ""
    for part in name_to_parts(name):
        whole += part.text
        found = whole if part.text.endswith(kind) else found
    return found


def _is_listed(text: str, stop: int, body: Mention) -> bool:
    """Say whether a department stands in a bracket that opens at ``stop`` and lists departments alone."""
    bracket = _BRACKET.match(text, stop)
    return bracket is not None and bracket.end() > body.start and bool(_DEPARTMENTS.fullmatch(bracket[1]))


def _find_same(tokens: Tokens) -> Iterator[re.Match[str]]:
    for match in _SAME.finditer(tokens.text):
        whole = tokens.begins(match.start()) and tokens.ends(match.end())
        if whole and not tokens.after(match.end()).is_nominal:
            yield match


def is_body(label: EntityLabel) -> bool:
    """Say whether mentions of the label are bodies."""
    return label in _NAMED
