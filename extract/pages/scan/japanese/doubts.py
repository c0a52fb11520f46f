"""What the recogniser doubts, settled by its own probabilities together with those of the words that would come out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.characters import is_digit
from extract.engines.base import NUMERIC_UNITS, Choice
from extract.pages.scan.japanese.forms import LARGE_OF_SMALL, SMALL_OF_LARGE
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character

SURE = 0.998
"""A character at least this probable is not doubted."""

CONTEXT = 6
"""So many characters before and after a doubtful one are shown to the dictionary."""

LEAST_GAIN = 1.0
"""Another reading is taken where it is more likely by at least this (nats)."""

LEAST_SHARE = 1e-4
"""A reading below this share of the likeliest one's probability was not seen."""

THOUGHT_OF, UNTHOUGHT = 24, 3.0
"""The recogniser thought of so many readings; of the others there must be so much more (nats) to speak for one: 員 after 委, read as 1,
was the 46th; but a name written by hand that is none of the dictionary's came out as a usual one."""

MOST_CHANGES = 8
"""So many characters of a line are changed at most: where more are in doubt no word is sure."""

SPECKS = frozenset(".,，．'`\"-_|()（）!")
"""Marks that a speck or the rest of a ruling is read as: between words there may be nothing."""

BRACKETS = frozenset("()（）")
"""A bracket whose partner was read is none of them."""

TAKEN_FOR = {"捗": frozenset("拶挫拷抄捜捌挾渉")}
"""Characters of which the recogniser does not know the printed form (捗 has a stroke more since 2010) -> what it reads."""

NUMERALS = frozenset("〇一二三四五六七八九十百千万億兆")
"""Kanji that say how many: no word tells one from another."""

COUNTERS, UNCOUNTED = frozenset("日月年人件回円"), 3.0
"""A last figure before hiragana may be a counter (301を, 30日を): that nothing counts there is less likely by so much (nats)."""

UNLIKELY, ORDINALS, ARTICLES = 0.5, frozenset("第成和正治"), frozenset("号条項章節款目期次級類種位階丁番")
"""A figure less probable than this is rather none, but behind the first and before the second kanji one is due."""

SIZES = frozenset([*SMALL_OF_LARGE, *LARGE_OF_SMALL, "ケ", "ヶ"])
"""Kana that differ from another in size only: their ink says which."""


class Change(NamedTuple):
    """The gain (nats) of another reading, the place of the character, and its reading."""

    gain: float
    place: int
    choice: int


def settle_doubts(characters: list[Character], *, before: str = "", after: str = "") -> None:
    """Settle in place what is doubted: the likeliest change first, until none is worth it.

    ``before`` and ``after`` are what the line goes on from and what goes on from it. Figures are never changed, but for a last
    one that may be a counter and one alone among kanji that is rather none.
    """
    for _ in range(MOST_CHANGES):
        best = max(_changes(characters, before, after), default=None)
        if best is None or best.gain < LEAST_GAIN:
            return
        character = characters[best.place]
        chosen = _with_unseen(character.choices)[best.choice]
        rest = tuple(other for other in character.choices if other != chosen)
        characters[best.place] = character._replace(choices=(chosen, *rest))


def _changes(characters: Sequence[Character], before: str, after: str) -> Iterator[Change]:
    for index, character in enumerate(characters):
        first = character.choices[0]
        is_mark = first.text in SPECKS
        if first.probability >= SURE:
            continue
        head = (before + _text(characters[:index]))[-CONTEXT:]
        tail = (_text(characters[index + 1 :]) + after)[:CONTEXT]
        is_last_figure = is_digit(first.text) and is_digit(head[-1:] or " ") and is_hiragana(tail[:1])
        is_letter = is_word_character(first.text) or _is_lone_letter(first.text, head, tail)
        is_figure = _is_lone_figure(first, head, tail)
        if not (is_mark or is_letter or is_last_figure or is_figure):
            continue
        beside = is_word_character(head[-1:]) + is_word_character(tail[:1])
        if beside < 1 + is_mark:
            continue
        is_unpaired = _is_unpaired(first.text, _text(characters))
        least = LEAST_SHARE * max(first.probability, LEAST_SHARE)
        now = text_to_oddity(head + first.text + tail)
        for choice, other in enumerate(_with_unseen(character.choices)[1:], start=1):
            if first.text in BRACKETS and not is_kanji(other.text) and not is_unpaired:
                continue
            if is_last_figure and other.text not in COUNTERS:
                continue
            if is_figure and (not is_kanji(other.text) or other.text in NUMERALS):
                continue
            if other.probability >= least and may_be(first.text, other.text):
                gain = math.log(other.probability / max(first.probability, LEAST_SHARE))
                gain += UNCOUNTED * is_last_figure - UNTHOUGHT * (choice >= THOUGHT_OF)
                yield Change(gain + now - _oddity(head, other.text, tail), index, choice)


def _oddity(head: str, text: str, tail: str) -> float:
    """Give how odd another reading is with what stands beside it; a bar and the size of a kana beside it are settled later."""
    following = "ー" + tail[1:] if is_katakana(text) and tail[:1] == "一" else tail
    odd = text_to_oddity(head + text + following)
    if is_hiragana(text) and head[-1:] in SMALL_OF_LARGE:
        return min(odd, text_to_oddity(head[:-1] + SMALL_OF_LARGE[head[-1]] + text + following))
    return odd


def _with_unseen(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Give what was seen, and after it the characters that the recogniser always takes for others of these."""
    texts = {choice.text for choice in choices}
    return (
        *choices,
        *(
            Choice(text, round(sum(choice.probability for choice in choices if choice.text in likes), 5))
            for text, likes in TAKEN_FOR.items()
            if text not in texts and not likes.isdisjoint(texts)
        ),
    )


def _text(characters: Sequence[Character]) -> str:
    return "".join(character.text for character in characters)


def may_be(first: str, other: str) -> bool:
    """Say whether a reading may give way to another: a speck to nothing, a word to a word."""
    if first in SPECKS:
        return not other or is_kanji(other) or (first in BRACKETS and is_hiragana(other))
    if not is_word_character(other) or (first in NUMERALS and other in NUMERALS):
        return False
    return SIZES.isdisjoint((first, other)) or _large(first) != _large(other)


def _is_lone_letter(text: str, head: str, tail: str) -> bool:
    """Say whether a Latin letter stands alone between kanji or kana: what is left of a worn character looks like one."""
    return (
        text.isascii() and text.isalpha() and not any(one.isascii() for one in (head[-1:], tail[:1]) if one)
    )


def _is_lone_figure(first: Choice, head: str, tail: str) -> bool:
    """Say whether a figure stands alone between kanji that nobody counts with, and is rather none: two strokes of 員."""
    return (
        is_digit(first.text)
        and first.probability < UNLIKELY
        and is_kanji(head[-1:])
        and head[-1:] not in ORDINALS
        and is_kanji(tail[:1])
        and tail[:1] not in NUMERIC_UNITS
        and tail[:1] not in ARTICLES
    )


def _is_unpaired(bracket: str, line: str) -> bool:
    """Say whether a line has more of a bracket than of its partner."""
    opened, closed = (sum(line.count(mark) for mark in marks) for marks in ("(（", ")）"))
    return opened > closed if bracket in "(（" else closed > opened


def _large(text: str) -> str:
    return "ケ" if text == "ヶ" else LARGE_OF_SMALL.get(text, text)


def is_word_character(text: str) -> bool:
    """Say whether a character is kana or kanji."""
    return is_katakana(text) or is_hiragana(text) or is_kanji(text)


def is_katakana(text: str) -> bool:
    """Say whether a character is katakana or the long vowel mark."""
    return bool(text) and ("ァ" <= text <= "ヺ" or text in "ーｰ")


def is_hiragana(text: str) -> bool:
    """Say whether a character is hiragana."""
    return bool(text) and "ぁ" <= text <= "ゖ"


def is_kanji(text: str) -> bool:
    """Say whether a character is a kanji."""
    return bool(text) and ("\u4e00" <= text <= "\u9fff" or text in "々〆ヶ")
