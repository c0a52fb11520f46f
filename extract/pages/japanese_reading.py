"""Settling what shapes alone cannot: kana or kanji, long vowel or one, small or large kana, by neighbours and dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    SIZE_BETWEEN,
    SMALL_OF_LARGE,
)
from extract.pages.scan_characters import Character

CONTEXT = 4
"""So many characters before and after a doubtful one are shown to the dictionary."""

SURE, LIKELY, LIKELY_KANJI = 0.985, 0.1, 0.015
"""A character less probable than ``SURE`` is doubted; another reading is tried from this share of its probability, of kanji
from a smaller one: they make fewer words by chance."""

CLEAR_SIZE, CLEAR_KATAKANA = 0.05, 0.12
"""Ink at least this far (ems) from the size between small and large kana says which was printed; of katakana words the
dictionary knows more than worn ink."""

BLUR = 3.0
"""So much (pixels) the blur of a scan adds to width and height together."""

MOST_PLACES = 5
"""So many kana of a run are tried in both sizes."""


def settle_japanese(characters: Sequence[Character], em: float, *, before: str = "") -> list[Character]:
    """Give the characters of a line with look-alikes settled; nothing else is changed.

    ``em`` is in pixels, ``before`` the end of the line from which this one goes on.
    """
    settled = list(characters)
    shown = [index for index, character in enumerate(settled) if character.text]
    if shown and settled[shown[0]].text in "くへ" and settled[shown[-1]].text in ">＞〉":
        settled[shown[0]] = _replaced(settled[shown[0]], "＜")
    if shown and settled[shown[0]].text in "ー一" and is_katakana(before[-1:]):
        after = "".join(settled[index].text for index in shown[1 : CONTEXT + 1])
        bar = min(("ー", "一"), key=lambda text: _cost(before + text + after))
        settled[shown[0]] = _replaced(settled[shown[0]], bar)
    _settle_shapes(settled, shown, before)
    _settle_doubts(settled, shown)
    _settle_shapes(settled, shown, before)
    _settle_sizes(settled, shown, em)
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
        if better is not None and better != text:
            settled[index] = _replaced(settled[index], better)


def _settle_doubts(settled: list[Character], shown: Sequence[int]) -> None:
    """Settle what the recogniser doubts itself: of its likelier readings of kana or kanji the one that makes a word."""
    for order, index in enumerate(shown):
        first, *others = settled[index].choices
        if first.probability >= SURE or not _is_word_character(first.text):
            continue
        around = shown[max(0, order - CONTEXT) : order + CONTEXT + 1]
        before = "".join(settled[i].text for i in around if i < index)
        after = "".join(settled[i].text for i in around if i > index)
        cost = _cost(before + first.text + after)
        for other in others:
            both_kanji = _is_kanji(first.text) and _is_kanji(other.text)
            least = (LIKELY_KANJI if both_kanji else LIKELY) * first.probability
            if other.probability < least or not _is_word_character(other.text):
                continue
            tried = _cost(before + other.text + after)
            if tried < cost:
                cost = tried
                rest = tuple(c for c in settled[index].choices if c.text != other.text)
                settled[index] = settled[index]._replace(choices=(other, *rest))


def _is_word_character(text: str) -> bool:
    return is_katakana(text) or _is_hiragana(text) or _is_kanji(text)


def _settle_sizes(settled: list[Character], shown: Sequence[int], em: float) -> None:
    """Settle large and small kana of each run of kana at once: セキユリテイ needs two changes to be a word."""
    run: list[int] = []
    for index in [*shown, -1]:
        text = settled[index].text if index >= 0 else ""
        same = run and is_katakana(text) == is_katakana(settled[run[0]].text)
        if run and not (same and (is_katakana(text) or _is_hiragana(text))):
            _settle_run(settled, run, shown, em)
            run = []
        if is_katakana(text) or _is_hiragana(text):
            run.append(index)


def _settle_run(settled: list[Character], run: Sequence[int], shown: Sequence[int], em: float) -> None:
    read = [settled[index] for index in run]
    sure = {i for i, index in enumerate(run) if _settle_by_ink(settled, index, em)}
    places = [i for i, index in enumerate(run) if i not in sure and i and _other_size(settled[index].text)]
    places = places[:MOST_PLACES]
    texts = [settled[index].text for index in run]
    is_as_read = texts == [character.text for character in read]
    if not places and is_as_read:
        return
    first, last = shown.index(run[0]), shown.index(run[-1])
    before = "".join(settled[i].text for i in shown[max(0, first - 2) : first])
    after = "".join(settled[i].text for i in shown[last + 1 : last + 2])
    best, best_cost = texts, _cost(before + "".join(texts) + after)
    usual = _usual_form("".join(texts))
    if usual is not None and all(usual[i] == texts[i] for i in sure):
        best, best_cost = list(usual), (0, 0)
    elif best_cost[0] == 0 and is_katakana(texts[0]) and is_as_read:
        return
    for tried in _sizes(texts, places) if best is texts else ():
        cost = _cost(before + "".join(tried) + after)
        if cost < best_cost:
            best, best_cost = tried, cost
    for index, text, old in zip(run, best, texts, strict=True):
        if text != old:
            settled[index] = _replaced(settled[index], text)
    now = "".join(settled[index].text for index in run)
    if is_katakana(now[0]) and _cost("".join(character.text for character in read)) < _cost(now):
        for index, character in zip(run, read, strict=True):  # worn ink makes no マィナンバー of a known word
            settled[index] = character


def _settle_by_ink(settled: list[Character], index: int, em: float) -> bool:
    """Settle a kana whose ink is clearly that of the small or of the large one; say whether it is."""
    character = settled[index]
    large = LARGE_OF_SMALL.get(character.text, character.text)
    if large not in SIZE_BETWEEN or not character.height:
        return False
    size = character.height + character.end - character.start - BLUR
    over = size / em - SIZE_BETWEEN[large]
    if abs(over) < (CLEAR_KATAKANA if is_katakana(large) else CLEAR_SIZE):
        return False
    text = large if over > 0 else SMALL_OF_LARGE[large]
    if text != character.text:
        settled[index] = _replaced(character, text)
    return True


def _sizes(texts: Sequence[str], places: Sequence[int]) -> Iterator[list[str]]:
    """Give the texts with every choice of sizes at the places, but the one they have."""
    for mask in range(1, 1 << len(places)):
        tried = list(texts)
        for bit, place in enumerate(places):
            if mask >> bit & 1:
                tried[place] = _other_size(tried[place]) or tried[place]
        yield tried


def _other_size(text: str) -> str | None:
    return SMALL_OF_LARGE.get(text) or LARGE_OF_SMALL.get(text)


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
        if is_katakana(before) or is_katakana(after):
            return katakana if not (_is_kanji(before) and _is_kanji(after)) else kanji
        return kanji if _is_kanji(before) or _is_kanji(after) else None
    if text in HIRAGANA_OF_KATAKANA or text in KATAKANA_OF_HIRAGANA:
        hiragana = HIRAGANA_OF_KATAKANA.get(text, text)
        katakana = KATAKANA_OF_HIRAGANA.get(text, text)
        if _is_hiragana(before) and not is_katakana(after):
            return hiragana
        if is_katakana(before) and is_katakana(after):
            return katakana
        if _is_hiragana(after) and not is_katakana(before):
            return hiragana
        if _is_kanji(before) and not is_katakana(after):
            return hiragana
    return None


def _bar(text: str, before: str, after: str) -> str | None:
    if is_katakana(before):
        return "ー"
    if text == "ー" and after == "は" and not _is_word_character(before):
        return "－"  # 「－は該当なし」: no word begins with a long vowel
    if (
        text == "ー"
        and not _is_hiragana(before)
        and not is_katakana(before)
        and (_is_kanji(after) or _is_kanji(before))
    ):
        return "一"
    if text in "－―‐−–—_" and _is_kanji(before) and _is_kanji(after):
        return "一"
    return None


def _by_dictionary(settled: Sequence[Character], shown: Sequence[int], order: int) -> str | None:
    """Give the form with which the words around are known to the dictionary, None where it makes no difference."""
    text = settled[shown[order]].text
    other = HIRAGANA_OF_KATAKANA.get(text) or KATAKANA_OF_HIRAGANA.get(text)
    if other is None:
        return None
    around = shown[max(0, order - CONTEXT) : order + CONTEXT + 1]
    words = [
        "".join(other if i == shown[order] and swap else settled[i].text for i in around) for swap in (0, 1)
    ]
    return other if _cost(words[1]) < _cost(words[0]) else None


def mean_word_length(text: str) -> float:
    """Give the mean length of the dictionary's words of a text: near 2 for Japanese, near 1 for characters in no order."""
    words = _tokenizer().tokenize(text)
    return len(text) / len(words) if len(words) else 0.0


@cache
def _tokenizer() -> Any:
    from sudachipy import Dictionary  # noqa: PLC0415 - 0.2 s, and only where a page has such a doubt

    dictionary = Dictionary()
    return dictionary.tokenizer() if hasattr(dictionary, "tokenizer") else dictionary.create()  # before 0.7


@cache
def _usual_form(text: str) -> str | None:
    """Give a text in the dictionary's usual form (フアイル is ファイル) where only sizes of kana differ, else None."""
    usual = "".join(_usual_word(m.surface(), m.normalized_form()) for m in _tokenizer().tokenize(text))
    return usual if usual != text else None


def _usual_word(word: str, normal: str) -> str:
    """Give the normal form where it differs in small kana only (and in a long vowel at the end), else the word."""
    if not word.endswith("ー"):
        normal = normal.rstrip("ー")
    if len(normal) != len(word) or _large(normal) != _large(word):
        return word
    return "".join(n if n in LARGE_OF_SMALL else w for w, n in zip(word, normal, strict=True))


def _large(text: str) -> str:
    return "".join(LARGE_OF_SMALL.get(character, character) for character in text)


@cache
def _cost(text: str) -> tuple[int, int]:
    """Give how odd a text is: its characters in words that the dictionary lacks, then its number of words."""
    morphemes = list(_tokenizer().tokenize(text))
    unknown = sum(len(m.surface()) for m in morphemes if m.is_oov())
    return (unknown, len(morphemes))


def is_katakana(text: str) -> bool:
    """Say whether a character is katakana or the long vowel mark."""
    return bool(text) and ("ァ" <= text <= "ヺ" or text in "ーｰ")


def _is_hiragana(text: str) -> bool:
    return bool(text) and "ぁ" <= text <= "ゖ"


def _is_kanji(text: str) -> bool:
    return bool(text) and ("\u4e00" <= text <= "\u9fff" or text in "々〆ヶ")
