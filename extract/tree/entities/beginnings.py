"""Where names of offices begin whose first word is a verb or an adjective: くらし見守り支援課, 住まい政策課, 明るい選挙推進協議会."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.tree.entities.office_words import COMMITTEE, DEPARTMENT, LONGEST_WORD, STEP
from extract.tree.entities.tokens import Token, Tokens

_MOVEMENT: Final = re.compile(
    "明るい|あかるい|美しい|うつくしい|住みよい|すみよい|よい|やさしい|優しい|楽しい|温かい|あたたかい|新しい(?=公共)"
)
"""Adjectives that names begin with; 新しい審議会 is no name."""
_NOUN_OF_VERB: Final = re.compile("[\u4e00-\u9fff]*[ぁ-ん]*[いきぎちにびみりえけげせねべめれし]")
"""A verb in the form that also is a noun: 見守り, 住まい."""
_WHOLE_VERB: Final = frozenset(
    [
        "支える",
        "やる",
        "育てる",
        "守る",
        "護る",
        "つくる",
        "創る",
        "生きる",
        "つながる",
        "つなぐ",
        "かがやく",
        "輝く",
        "結ぶ",
        "育む",
        "はぐくむ",
        "楽しむ",
    ]
)
_NO_NAME: Final = re.compile(
    "引き続き|引続き|続き|含め|除き|基づき|もとづき|つき|おり|より|よう|加え|合わせ|併せ|あわせ|取りまとめ|とりまとめ|取り扱い|取扱い|受け|受け入れ|"
    "受入れ|届け出|申し出|伴い|応じ|通じ|向け|続け|おき|ほか|関し|対し|あり|なり|せ|れ|し|い|え|[きりみに]"
)
_BOUNDARY: Final = re.compile(r"[、，。「『（(・／/：:\s】〕]")
_LINKS: Final = frozenset(["は", "と", "や", "の", "及び", "および", "並びに", "又は", "から"])
_LONGEST_STEP: Final = 4  # characters of センター
_MOST: Final = 3  # tokens before the noun


def name_compounds(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Give the compounds of a text; one that ends like an office takes along the verb or adjective that it begins with."""
    held: tuple[int, int] | None = None
    for start, stop in tokens.compounds:
        begin = _begin(tokens, start, stop)
        if held is not None and begin < start and begin < held[1]:
            held = (min(held[0], begin), stop)
            continue
        if held is not None and begin < start and begin == held[1] and _is_outer(tokens, held):
            held = (held[0], stop)
            continue
        if held is not None:
            yield held
        held = (begin, stop)
    if held is not None:
        yield held


def _is_outer(tokens: Tokens, compound: tuple[int, int]) -> bool:
    """Say whether a compound is an office that the next name belongs to, or a municipality (松波市|明るい選挙推進協議会)."""
    text = tokens.text[slice(*compound)]
    return STEP.search(text) is not None


def _begin(tokens: Tokens, start: int, stop: int) -> int:
    """Give where the name begins whose nouns begin at ``start``."""
    first = tokens.before(start)
    if not first.tag.startswith(("動詞", "形容詞")) or not _ends_like_office(tokens.text, start, stop):
        return start
    if not _opens(first):
        return start
    begin = first.start
    for _ in range(_MOST):
        before = tokens.before(begin)
        if _is_boundary(tokens, begin, before):
            return start if _NO_NAME.fullmatch(tokens.text, begin, start) else begin
        if not (before.tag.startswith(("動詞", "副詞", "接頭辞")) or _is_short_noun(before)):
            return start
        begin = before.start
    return start


def _opens(verb: Token) -> bool:
    if verb.tag.startswith("形容詞"):
        return _MOVEMENT.fullmatch(verb.text) is not None
    return verb.text in _WHOLE_VERB or _NOUN_OF_VERB.fullmatch(verb.text) is not None


def _is_short_noun(token: Token) -> bool:
    return token.is_nominal and "サ変" not in token.tag and len(token.text) <= _MOST


def _is_boundary(tokens: Tokens, place: int, before: Token) -> bool:
    """Say whether nothing that stands before ``place`` can belong to the name."""
    if place == 0 or _BOUNDARY.match(tokens.text, place - 1) or before.text in _LINKS:
        return True
    return before.is_nominal and STEP.search(tokens.text, max(0, place - _LONGEST_STEP), place) is not None


def _ends_like_office(text: str, start: int, stop: int) -> bool:
    begin = max(start, stop - LONGEST_WORD)
    return any(words.search(text, begin, stop) for words in (DEPARTMENT, COMMITTEE))
