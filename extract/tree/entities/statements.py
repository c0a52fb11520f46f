"""Facts in prose: each quantity of a sentence with what it counts, as far as the form of the sentence tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from extract.tree.entities.mentions import Mention
from extract.tree.entities.passages import Passage
from extract.tree.entities.tokens import Tokens

_TOPICS: Final = frozenset(["は", "が", "も", "：", ":"])
_PLACES: Final = frozenset(["に", "で", "へ", "を", "から"])
_MEASURES: Final = re.compile(
    "[A-Za-z%％㎡㎥°²³/]+|円|[千百]*万?円|歳|才|割|倍|トン|日間?|時間|分間?|秒|年間?|[かカヶ箇][月年](?:間)?|週間?|メートル|ポイント"
)
"""Units of which の does not say what is counted: 40cmの穴."""
_SITES: Final = re.compile("所$|校$|園$|館$|地区$|施設$|店舗?$|局$|会場$|拠点$|団体$")
_LONGEST: Final = 1000  # characters: what is longer is no sentence
_OTHER_TIME: Final = re.compile("前年|昨年|前回|前期|同期|当初|翌年|目標|計画|予定")
_OPENING: Final = frozenset("（(「『【［[")
_CLOSING: Final = frozenset("）)」』】］]")
_MARKS: Final = re.compile("[。．\\n（(「『【［\\[）)」』】\\]］]")
"""Full stops, and the brackets in which one ends no sentence."""
_APPROXIMATE: Final = frozenset(["約", "およそ", "概ね", "おおむね", "計", "合計", "延べ", "のべ", "総額"])
_DAY_LABELS: Final = frozenset({"date", "period"})


class Stated(NamedTuple):
    """What a sentence says beside its number: ``about`` and ``as_of`` may be None."""

    mention: Mention
    value: int | float
    sentence: str
    about: str | None
    as_of: str | None


def find_statements(tokens: Tokens, mentions: Iterable[Mention]) -> Iterator[Stated]:
    """Give the numbers that the sentences of a text state, in order; a range (5～10人) has no single value and is none."""
    mentions = sorted(mentions, key=lambda one: one.start)
    starts = [one.start for one in mentions]
    for start, stop in _sentences(tokens.text):
        if stop - start > _LONGEST:
            continue
        near = mentions[bisect_left(starts, start) : bisect_left(starts, stop)]
        inside = [one for one in near if one.stop <= stop]
        for mention in inside:
            if mention.label == "quantity" and isinstance(mention.value, int | float):
                yield _to_stated(tokens, mention, mention.value, inside, (start, stop))


def _to_stated(
    tokens: Tokens, mention: Mention, value: float, inside: Sequence[Mention], sentence: tuple[int, int]
) -> Stated:
    start, stop = sentence
    has_bracket = tokens.text[mention.stop : mention.stop + 1] in _OPENING
    day = _day_of(tokens.text[start : mention.start], mention, inside, after_bracket=has_bracket)
    as_of = day if isinstance(day, str) else None
    return Stated(mention, value, tokens.text[start:stop].strip(), _about(tokens, mention, stop), as_of)


def passage_path(passage: Passage) -> tuple[str, ...]:
    """Give the headings above a passage, outermost first; points of a list that are sentences are none."""
    titles = [section.title for section in passage.path if section.title and section.title != passage.text]
    return tuple(title for title in titles if "。" not in title)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Give the sentences of a text; a full stop in brackets ends none (平成15年法律第57号。以下「法」という。)."""
    bounds, depth = [0], 0
    for mark in _MARKS.finditer(text):
        character = mark.group()
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            bounds.append(mark.end())
    return list(pairwise(dict.fromkeys([*bounds, len(text)])))


def _day_of(before: str, mention: Mention, inside: Sequence[Mention], *, after_bracket: bool) -> object:
    """Give the one day or period that the sentence states before a number, or in brackets after it: （令和6年8月31日現在）.

    Where words such as 前年度 come between, the number may be of another time, and there is none.
    """
    beside = next((one for one in inside if one.label in _DAY_LABELS and one.start == mention.stop + 1), None)
    if beside is not None and after_bracket:
        return beside.value
    days = {one.value for one in inside if one.label in _DAY_LABELS}
    ahead = any(one.label in _DAY_LABELS and one.start < mention.start for one in inside)
    return days.pop() if len(days) == 1 and ahead and not _OTHER_TIME.search(before) else None


def _about(tokens: Tokens, mention: Mention, sentence_stop: int) -> str | None:
    """Tell what is counted: 7つの〔まちづくりセンター〕, 〔収集量〕は12トン, 〔指定件数〕3件, 28か所に…〔端末を設置〕."""
    after = tokens.after(mention.stop)
    begin = mention.start - tokens.text.endswith(" ", 0, mention.start)
    while (before := tokens.before(begin)).text in _APPROXIMATE:
        begin = before.start
    is_counted = not _MEASURES.fullmatch(mention.unit or "")
    is_rate = any(part.name == "per" for part in mention.parts)
    is_named = before.is_nominal and "数詞" not in before.tag and not before.text.isdigit()
    if is_named and not is_rate and (named := _compound_to(tokens, begin)):
        return named
    if is_counted and after.text == "の" and (counted := _compound_at(tokens, after.stop)):
        return counted
    if before.text in _TOPICS:
        return _compound_to(tokens, before.start)
    if _SITES.search(mention.unit or "") and after.text in _PLACES:
        return _last_action(tokens, after.stop, sentence_stop)
    return None


def _compound_at(tokens: Tokens, place: int) -> str | None:
    compound = tokens.compound_from(place)
    return tokens.text[slice(*compound)] if compound else None


def _compound_to(tokens: Tokens, place: int) -> str | None:
    """Give the compound that ends at ``place``, with the nouns that own it: 可燃ごみの収集量."""
    compound = tokens.compound_holding(place)
    start = compound[0] if compound else None
    while start is not None and tokens.before(start).text == "の":
        owner = tokens.before(start).start
        longer = tokens.compound_holding(owner)
        if longer is None or longer[1] != owner:
            break
        start = longer[0]
    named = tokens.text[start:place] if start is not None and start < place else ""
    return named if named and not named[0].isdigit() else None


def _last_action(tokens: Tokens, start: int, stop: int) -> str | None:
    """Give the last thing that is done in the sentence, with its object: 統合端末を設置."""
    inside = tokens.between(start, stop)
    for index in range(len(inside) - 2, 0, -1):
        token = inside[index]
        if token.text == "を" and token.tag.startswith("助詞"):
            thing = tokens.compound_holding(token.start)
            if (
                thing is None
                or thing[1] != token.start
                or not inside[index + 1].tag.startswith(("名詞", "動詞"))
            ):
                return None
            done = _compound_at(tokens, token.stop) or inside[index + 1].text
            return f"{tokens.text[thing[0] : token.start]}を{done}"
    return None
