"""Settling what shapes alone cannot: kana or kanji, long vowel or one, small or large kana, by neighbours and dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.japanese_forms import (
    BARS,
    COUNTER_AFTER_KA,
    HIRAGANA_OF_KATAKANA,
    KANJI_OF_KATAKANA,
    KATAKANA_OF_HIRAGANA,
    KATAKANA_OF_KANJI,
    LARGE_OF_SMALL,
    SMALL_OF_LARGE,
)
from extract.pages.scan_characters import Character

CONTEXT = 4
"""So many characters before and after a doubtful one are shown to the dictionary."""

SIZE_DOUBT = 0.9
"""A kana is asked for its size where the recogniser is less sure than this, or the dictionary knows no such word."""


def settle_japanese(characters: Sequence[Character]) -> list[Character]:
    """Give the characters of a line with look-alikes settled; nothing else is changed."""
    settled = list(characters)
    shown = [index for index, character in enumerate(settled) if character.text]
    for order, index in enumerate(shown):
        before = settled[shown[order - 1]].text if order else ""
        after = settled[shown[order + 1]].text if order + 1 < len(shown) else ""
        text = settled[index].text
        better = _by_neighbours(text, before, after)
        if better is None:
            better = _by_dictionary(settled, shown, order)
        if better is not None and better != text:
            settled[index] = _replaced(settled[index], better)
    return settled


def _replaced(character: Character, text: str) -> Character:
    """Give the character with ``text`` first: the shapes are one, so the recogniser's probabilities add up."""
    first = character.choices[0]
    same = sum(choice.probability for choice in character.choices if choice.text == text)
    rest = tuple(choice for choice in character.choices[1:] if choice.text != text)
    return character._replace(choices=(Choice(text, min(1.0, first.probability + same)), *rest))


def _by_neighbours(text: str, before: str, after: str) -> str | None:
    """Give the form that the neighbours ask for, None where they leave it open."""
    if text in BARS:
        return _bar(text, before, after)
    if text in KATAKANA_OF_KANJI or text in KANJI_OF_KATAKANA:
        katakana = KATAKANA_OF_KANJI.get(text, text)
        kanji = KANJI_OF_KATAKANA.get(text, text)
        if katakana == "カ" and is_digit(before or " ") and after in COUNTER_AFTER_KA:
            return katakana
        if _is_katakana(before) or _is_katakana(after):
            return katakana if not (_is_kanji(before) and _is_kanji(after)) else kanji
        return kanji if _is_kanji(before) or _is_kanji(after) else None
    if text in HIRAGANA_OF_KATAKANA or text in KATAKANA_OF_HIRAGANA:
        hiragana = HIRAGANA_OF_KATAKANA.get(text, text)
        katakana = KATAKANA_OF_HIRAGANA.get(text, text)
        if _is_hiragana(before) and not _is_katakana(after):
            return hiragana
        if _is_katakana(before) and _is_katakana(after):
            return katakana
        if _is_hiragana(after) and not _is_katakana(before):
            return hiragana
        if _is_kanji(before) and not _is_katakana(after):
            return hiragana
    return None


def _bar(text: str, before: str, after: str) -> str | None:
    if _is_katakana(before):
        return "ー"
    if text == "ー" and not _is_hiragana(before) and (_is_kanji(after) or _is_kanji(before)):
        return "一"
    if text in "－―‐−–—_" and _is_kanji(before) and _is_kanji(after):
        return "一"
    return None


def _by_dictionary(settled: Sequence[Character], shown: Sequence[int], order: int) -> str | None:
    """Give the form with which the words around are known to the dictionary, None where it makes no difference."""
    character = settled[shown[order]]
    text = character.text
    other = (
        HIRAGANA_OF_KATAKANA.get(text)
        or KATAKANA_OF_HIRAGANA.get(text)
        or SMALL_OF_LARGE.get(text)
        or LARGE_OF_SMALL.get(text)
    )
    if other is None:
        return None
    if text not in HIRAGANA_OF_KATAKANA and text not in KATAKANA_OF_HIRAGANA:
        alternatives = {choice.text for choice in character.choices[1:]}
        if character.choices[0].probability >= SIZE_DOUBT and other not in alternatives:
            return None
    around = shown[max(0, order - CONTEXT) : order + CONTEXT + 1]
    words = ["".join(other if i == shown[order] and swap else settled[i].text for i in around) for swap in (0, 1)]
    return other if _cost(words[1]) < _cost(words[0]) else None


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary  # noqa: PLC0415 - 0.2 s, and only where a page has such a doubt

    return Dictionary().create()


@cache
def _cost(text: str) -> tuple[int, int]:
    """Give how odd a text is: its characters in words that the dictionary lacks, then its number of words."""
    morphemes = list(_tokenizer().tokenize(text))
    unknown = sum(len(m.surface()) for m in morphemes if m.is_oov())
    return (unknown, len(morphemes))


def _is_katakana(text: str) -> bool:
    return bool(text) and ("ァ" <= text <= "ヺ" or text in "ーｰ")


def _is_hiragana(text: str) -> bool:
    return bool(text) and "ぁ" <= text <= "ゖ"


def _is_kanji(text: str) -> bool:
    return bool(text) and ("\u4e00" <= text <= "\u9fff" or text in "々〆ヶ")
