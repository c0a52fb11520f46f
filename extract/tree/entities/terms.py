"""Defined terms: （以下「所管課」という。） with what the word stands for, and where it is used later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.tree.entities.mentions import Mention, Taken, parts_of
from extract.tree.entities.tokens import Tokens

_SAID: Final = r"(?:と(?:いう|いい|する|し|呼ぶ|よぶ|呼称する|略す|略称する|総称する|表記する|記載する)|とします|といいます)"
_DEFINED: Final = re.compile(
    rf"以下[^「」（()）。]{{0,40}}?(?P<words>「[^「」]{{1,40}}」(?:(?:、|又は|及び|若しくは|並びに|・)?「[^「」]{{1,40}}」)*)\s?{_SAID}"
)
_WORD: Final = re.compile("「([^「」]+)」")
_MEANT: Final = re.compile(
    r"(?P<word>[^、。「」（()）\s]{2,30})[（(](?P<meaning>[^（()）]{4,200}?)を(?:いう|言う)。[^（()）]*[)）]"
)
_QUOTED: Final = re.compile(
    r"「(?P<word>[^「」]{1,40})」とは、?(?P<meaning>[^「」。]{2,200}?)を(?:いう|言う|指す)"
)
_DEFINING: Final = re.compile("以下|を(?:いう|言う|指す)")
_OPENING: Final = "（("
_CLOSING: Final = "）)"
_COORDINATORS: Final = frozenset(
    ["若しくは", "もしくは", "又は", "または", "及び", "および", "並びに", "ならびに"]
)
_JOINTS: Final = frozenset(["、", "・"])
_OF: Final = frozenset(
    ["の", "に", "関する", "係る", "かかる", "おける", "対する", "よる", "基づく", "向け", "た"]
)
_LONGEST: Final = 120  # characters of a meaning


@dataclass(frozen=True, slots=True)
class Definition:
    """A term where it is defined: the place of the word, and of what it stands for."""

    word: str
    start: int
    stop: int
    meaning: str
    of_start: int
    of_stop: int


def find_definitions(tokens: Tokens) -> list[Definition]:
    """Give the terms that a text defines, in order."""
    text = tokens.text
    found: list[Definition] = []
    if _DEFINING.search(text) is None:
        return found
    for match in _DEFINED.finditer(text):
        bracket = _opening_before(text, match.start())
        start, stop = _meaning_before(tokens, bracket) if bracket is not None else (0, 0)
        for word in _WORD.finditer(text, match.start("words"), match.end("words")):
            own = start, stop
            if bracket is not None and text[start:stop] == word[1]:
                own = _whole_phrase(tokens, start), stop
            elif bracket is not None:
                own = _with_owner(tokens, start), stop
            found.append(Definition(word[1], word.start(1), word.end(1), text[own[0] : own[1]], *own))
    found.extend(_find_explained(tokens, found))
    return sorted(found, key=lambda one: one.start)


def _find_explained(tokens: Tokens, found: Sequence[Definition]) -> Iterator[Definition]:
    """Give the terms that are explained (A（…をいう。）, 「A」とは、…をいう) and not in ``found``."""
    text = tokens.text
    for pattern in (_MEANT, _QUOTED):
        for match in pattern.finditer(text):
            if any(one.start <= match.start("word") < one.stop for one in found) or "以下「" in match.group():
                continue
            begin = match.start("word")
            if pattern is _MEANT:
                compound = tokens.compound_holding(match.end("word"))
                begin = compound[0] if compound else begin
            if begin < match.end("word"):
                word = text[begin : match.end("word")]
                yield Definition(word, begin, match.end("word"), match["meaning"], *match.span("meaning"))


def definition_to_mention(definition: Definition, meaning: str | None = None) -> Mention:
    """Give the mention of a defined word; without a meaning of its own it has no value."""
    value = meaning or definition.meaning or None
    return Mention(definition.start, definition.stop, "term", value, parts=parts_of(meaning=value))


def find_uses(tokens: Tokens, terms: Mapping[str, Mention], taken: Sequence[Mention]) -> Iterator[Mention]:
    """Give the later uses of defined words as mentions like those in ``terms``; a part of a longer word is no use."""
    words = [word for word in terms if len(word) > 1]
    if not words:
        return
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    marks = Taken(taken)
    for match in pattern.finditer(tokens.text):
        start, stop = match.span()
        if (
            not marks.is_free(start, stop)
            or tokens.text[start - 1 : start] + tokens.text[stop : stop + 1] == "「」"
        ):
            continue
        before, after = tokens.before(start), tokens.after(stop)
        inside = before.is_nominal and not _parts_words(tokens, start)
        goes_on = (
            after.is_nominal
            and "数詞" not in after.tag
            and not after.text.startswith(("等", "内", "側", "長", "担当", "宛", "職員", "全", "各"))
        )
        if inside or goes_on or not (tokens.begins(start) and tokens.ends(stop)):
            continue
        used = terms[match.group()]
        yield Mention(start, stop, used.label, used.value, parts=used.parts)


def _parts_words(tokens: Tokens, place: int) -> bool:
    """Say whether a space or a word that belongs to no name (当該, 各) stands right before."""
    return tokens.text[place - 1 : place] == " " or tokens.before(place).text in {
        "当該",
        "各",
        "同",
        "本",
        "前記",
        "上記",
    }


def _opening_before(text: str, place: int) -> int | None:
    """Give the bracket that is open at ``place``."""
    depth = 0
    for index in range(place - 1, -1, -1):
        if text[index] in _CLOSING:
            depth += 1
        elif text[index] in _OPENING:
            if depth == 0:
                return index
            depth -= 1
        elif text[index] == "。" and depth == 0 and place - index > _LONGEST:
            return None
    return None


def _meaning_before(tokens: Tokens, stop: int) -> tuple[int, int]:
    """Give the noun phrase that ends at ``stop``, with the brackets in it and what is listed with it: A、B若しくはC."""
    text = tokens.text
    start = _compound_start(tokens, stop)
    if text[start - 1 : start] == "」" or (start == stop and text[stop - 1 : stop] == "」"):
        quote = text.rfind("「", 0, stop)
        return (quote + 1, stop - 1) if quote >= 0 and stop - quote < _LONGEST else (start, stop)
    while (before := tokens.before(start)).text in _COORDINATORS:
        start = _listed_start(tokens, _compound_start(tokens, before.start))
    return start, stop


def _listed_start(tokens: Tokens, start: int) -> int:
    while tokens.before(start).text in _JOINTS and (more := _compound_start(tokens, start - 1)) < start - 1:
        start = more
    return start


def _compound_start(tokens: Tokens, stop: int) -> int:
    """Give where the compound begins that ends at ``stop``, a bracket at its end taken along: 受給者証（精神通院）."""
    text = tokens.text
    end = stop
    while end > 0 and text[end - 1] in _CLOSING:
        opening = _opening_before(text, end - 1)
        if opening is None:
            break
        end = opening
    compound = tokens.compound_holding(end)
    return compound[0] if compound else stop if end == stop else end


def _with_owner(tokens: Tokens, start: int) -> int:
    """Go on to the left over の and the noun before it: 相手方の普通乗用車."""
    while tokens.before(start).text == "の" and tokens.before(start).tag.startswith("助詞"):
        place = tokens.before(start).start
        owner = tokens.compound_holding(place)
        if owner is None or owner[1] != place:
            break
        start = owner[0]
    return start


def _whole_phrase(tokens: Tokens, start: int) -> int:
    """Go on to the left over の, に関する and the like: the word alone would explain itself."""
    begin = start
    while (before := tokens.before(begin)).text and begin - before.start < _LONGEST:
        if not (before.is_nominal or before.text in _OF or before.tag.startswith(("動詞", "助動詞"))):
            break
        begin = before.start
    while begin < start and not tokens.after(begin).is_nominal:
        begin = tokens.after(begin).stop
    return begin
