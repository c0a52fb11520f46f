"""Facts in prose: each quantity of a sentence with what it counts, as far as the form of the sentence tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from extract.tree.entities.mentions import Mention
from extract.tree.entities.passages import Passage
from extract.tree.entities.tokens import Tokens

_ENDS: Final = frozenset("。．\n")
_TOPICS: Final = frozenset(["は", "が", "も", "：", ":"])
_PLACES: Final = frozenset(["に", "で", "へ", "を", "から"])
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
    mentions = tuple(mentions)
    for mention in mentions:
        if mention.label != "quantity" or not isinstance(mention.value, int | float):
            continue
        start, stop = _sentence(tokens.text, mention)
        inside = [one for one in mentions if start <= one.start and one.stop <= stop]
        days = {one.value for one in inside if one.label in _DAY_LABELS}
        day = days.pop() if len(days) == 1 else None
        sentence = tokens.text[start:stop].strip()
        yield Stated(
            mention,
            mention.value,
            sentence,
            _about(tokens, mention, stop),
            day if isinstance(day, str) else None,
        )


def passage_path(passage: Passage) -> tuple[str, ...]:
    """Give the headings above a passage, outermost first; points of a list that are sentences are none."""
    titles = [section.title for section in passage.path if section.title and section.title != passage.text]
    return tuple(title for title in titles if "。" not in title)


def _sentence(text: str, mention: Mention) -> tuple[int, int]:
    start = max((text.rfind(end, 0, mention.start) + 1 for end in _ENDS), default=0)
    stops = [place + 1 for end in _ENDS if (place := text.find(end, mention.stop)) >= 0]
    return start, min(stops, default=len(text))


def _about(tokens: Tokens, mention: Mention, sentence_stop: int) -> str | None:
    """Tell what is counted: 7つの〔まちづくりセンター〕, 〔収集量〕は12トン, 〔指定件数〕3件, 28か所に…〔端末を設置〕."""
    after = tokens.after(mention.stop)
    if after.text == "の" and (counted := _compound_at(tokens, after.stop)):
        return counted
    begin = mention.start
    while (before := tokens.before(begin)).text in _APPROXIMATE:
        begin = before.start
    if before.text in _TOPICS:
        return _compound_to(tokens, before.start)
    if before.is_nominal and (counted := _compound_to(tokens, begin)):
        return counted
    if after.text in _PLACES:
        return _last_action(tokens, after.stop, sentence_stop)
    return None


def _compound_at(tokens: Tokens, place: int) -> str | None:
    return next((tokens.text[start:stop] for start, stop in tokens.compounds if start == place), None)


def _compound_to(tokens: Tokens, place: int) -> str | None:
    """Give the compound that ends at ``place``, with the nouns that own it: 可燃ごみの収集量."""
    start = next((start for start, stop in tokens.compounds if start < place <= stop), None)
    while start is not None and tokens.before(start).text == "の":
        owner = tokens.before(start).start
        longer = next((begin for begin, end in tokens.compounds if end == owner), None)
        if longer is None:
            break
        start = longer
    return tokens.text[start:place] if start is not None and start < place else None


def _last_action(tokens: Tokens, start: int, stop: int) -> str | None:
    """Give the last thing that is done in the sentence, with its object: 統合端末を設置."""
    inside = tokens.between(start, stop)
    for index in range(len(inside) - 2, 0, -1):
        token = inside[index]
        if token.text == "を" and token.tag.startswith("助詞"):
            thing = next((begin for begin, end in tokens.compounds if end == token.start), None)
            if thing is None or not inside[index + 1].tag.startswith(("名詞", "動詞")):
                return None
            done = _compound_at(tokens, token.stop) or inside[index + 1].text
            return f"{tokens.text[thing : token.start]}を{done}"
    return None
