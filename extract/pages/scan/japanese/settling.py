"""Settling what shapes alone cannot: kana or kanji, long vowel or one, small or large kana, by neighbours and dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.japanese.blanks import settle_blanks
from extract.pages.scan.japanese.confirming import confirm
from extract.pages.scan.japanese.doubts import (
    CONTEXT,
    is_hiragana,
    is_kanji,
    is_katakana,
    is_word_character,
    settle_doubts,
)
from extract.pages.scan.japanese.forms import (
    BARS,
    COUNTER_AFTER_KA,
    FORMS,
    HIRAGANA_OF_KATAKANA,
    KANJI_OF_KATAKANA,
    KATAKANA_OF_HIRAGANA,
    KATAKANA_OF_KANJI,
)
from extract.pages.scan.japanese.odds import MOST_KEPT, text_to_oddity, tokenizer
from extract.pages.scan.japanese.pairs import settle_pairs
from extract.pages.scan.japanese.sizes import replaced, settle_sizes
from extract.pages.scan.lines.characters import Character

CLEARLY = 2.0
"""A kanji before katakana must be likelier than the katakana of its shape by this (nats)."""

ORDINAL, NUMERALS = "第", "二三八千"
"""Behind this a kanji is a numeral, whatever follows (第三セクター)."""


def settle_japanese(
    characters: Sequence[Character], em: float, *, before: str = "", after: str = ""
) -> list[Character]:
    """Give the characters of a line with look-alikes settled; nothing else is changed.

    ``em`` is in pixels, ``before`` the end of the line from which this one goes on.
    """
    settled = list(characters)
    shown = [index for index, character in enumerate(settled) if character.text]
    if shown and settled[shown[0]].text in "くへ" and settled[shown[-1]].text in ">＞〉":
        settled[shown[0]] = replaced(settled[shown[0]], "＜")
    if shown and settled[shown[0]].text in "ー一" and is_katakana(before[-1:]):
        rest = "".join(settled[index].text for index in shown[1 : CONTEXT + 1])
        bar = min(("ー", "一"), key=lambda text: _cost(before + text + rest))
        settled[shown[0]] = replaced(settled[shown[0]], bar)
    _settle_shapes(settled, shown, before)
    settle_doubts(settled, before=before, after=after)
    settle_pairs(settled, before=before, after=after)
    settle_blanks(settled, em, before=before, after=after)
    shown = [index for index, character in enumerate(settled) if character.text]
    _settle_shapes(settled, shown, before)
    settle_sizes(settled, em, before=before, after=after)
    confirm(settled, before=before, after=after)
    return settled


def _settle_shapes(settled: list[Character], shown: Sequence[int], tail: str) -> None:
    """Settle characters of one shape by their neighbours, else by the dictionary."""
    for order, index in enumerate(shown):
        before = settled[shown[order - 1]].text if order else tail[-1:]
        after = settled[shown[order + 1]].text if order + 1 < len(shown) else ""
        if after in BARS and order + 2 < len(shown) and is_katakana(settled[shown[order + 2]].text):
            after = "ー"
        text = settled[index].text
        better = _by_neighbours(text, before, after)
        if better is None:
            better = _by_dictionary(settled, shown, order)
        elif better in KANJI_OF_KATAKANA and is_kanji(before) and is_katakana(after) and after not in BARS:
            better = _by_words(settled, shown, order, better)
        if better is not None:
            settled[index] = _as_form(settled[index], better)


def _as_form(character: Character, text: str) -> Character:
    """Give a character as that of its shape which stands there; which of the shape it is, is no doubt any more."""
    likes = BARS if text in BARS else {text, *(forms[text] for forms in FORMS if text in forms)}
    seen = sum(choice.probability for choice in character.choices if choice.text in likes)
    rest = tuple(choice for choice in character.choices if choice.text not in likes)
    first = character.choices[0].probability
    return character._replace(choices=(Choice(text, min(1.0, max(seen, first))), *rest))


def _by_neighbours(text: str, before: str, after: str) -> str | None:
    """Give the form that the neighbours ask for, None where they leave it open."""
    if text in BARS:
        return _bar(text, before, after)
    if text in KATAKANA_OF_KANJI or text in KANJI_OF_KATAKANA:
        katakana = KATAKANA_OF_KANJI.get(text, text)
        kanji = KANJI_OF_KATAKANA.get(text, text)
        if katakana == "カ" and is_digit(before or " ") and after in COUNTER_AFTER_KA:
            return katakana
        if is_katakana(before) or is_katakana(after):
            is_numeral = before == ORDINAL and kanji in NUMERALS
            return kanji if is_numeral or (is_kanji(before) and is_kanji(after)) else katakana
        return kanji if is_kanji(before) or is_kanji(after) else None
    if text in HIRAGANA_OF_KATAKANA or text in KATAKANA_OF_HIRAGANA:
        hiragana = HIRAGANA_OF_KATAKANA.get(text, text)
        katakana = KATAKANA_OF_HIRAGANA.get(text, text)
        if is_hiragana(before) and not is_katakana(after):
            return hiragana
        if is_katakana(before) and is_katakana(after):
            return katakana
        if is_hiragana(after) and not is_katakana(before):
            return hiragana
        if is_kanji(before) and not is_katakana(after):
            return hiragana
    return None


def _bar(text: str, before: str, after: str) -> str | None:
    if is_katakana(before):
        return "ー"
    if text == "ー" and after == "は" and not is_word_character(before):
        return "－"  # 「－は該当なし」: no word begins with a long vowel
    if (
        text == "ー"
        and not is_hiragana(before)
        and not is_katakana(before)
        and (is_kanji(after) or is_kanji(before))
    ):
        return "一"
    if text in "－―‐−–—_" and is_kanji(before) and is_kanji(after):
        return "一"
    return None


def _by_dictionary(settled: Sequence[Character], shown: Sequence[int], order: int) -> str | None:
    """Give the form with which the words around are known to the dictionary, None where both are alike to it."""
    text = settled[shown[order]].text
    other = HIRAGANA_OF_KATAKANA.get(text) or KATAKANA_OF_HIRAGANA.get(text)
    if other is None:
        return None
    around = shown[max(0, order - CONTEXT) : order + CONTEXT + 1]
    words = [
        "".join(other if i == shown[order] and swap else settled[i].text for i in around) for swap in (0, 1)
    ]
    costs = [_cost(word) for word in words]
    return None if costs[0] == costs[1] else text if costs[0] < costs[1] else other


def _by_words(settled: Sequence[Character], shown: Sequence[int], order: int, katakana: str) -> str:
    """Give katakana between kanji and katakana as the kanji of its shape where the words say so: 動力ポンプ."""
    around = shown[max(0, order - CONTEXT) : order + CONTEXT + 1]
    kanji = KANJI_OF_KATAKANA[katakana]
    odd_katakana, odd_kanji = (
        text_to_oddity("".join(form if i == shown[order] else settled[i].text for i in around))
        for form in (katakana, kanji)
    )
    return kanji if odd_kanji + CLEARLY < odd_katakana else katakana


def mean_word_length(text: str) -> float:
    """Give the mean length of the dictionary's words of a text: near 2 for Japanese, near 1 for characters in no order."""
    words = tokenizer().tokenize(text)
    return len(text) / len(words) if len(words) else 0.0


@lru_cache(MOST_KEPT)
def _cost(text: str) -> tuple[int, int]:
    """Give how odd a text is: its characters in words that the dictionary lacks, then its number of words."""
    morphemes = list(tokenizer().tokenize(text))
    unknown = sum(len(m.surface()) for m in morphemes if m.is_oov())
    return (unknown, len(morphemes))
