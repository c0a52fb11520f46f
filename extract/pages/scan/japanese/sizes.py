"""Large or small kana (ツ or ッ): settled by the ink, by what the recogniser saw and by the words that come out, all together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from extract.engines.base import Choice
from extract.pages.scan.japanese.doubts import CONTEXT, is_hiragana, is_katakana
from extract.pages.scan.japanese.forms import LARGE_OF_SMALL, SIZE_BETWEEN, SMALL_AFTER, SMALL_OF_LARGE
from extract.pages.scan.japanese.odds import MOST_KEPT, text_to_oddity, tokenizer
from extract.pages.scan.lines.characters import Character

WEIGHTS = {True: (13.0, 1.5, -0.8), False: (10.0, 2.3, -5.3)}
"""Hiragana or not -> what an em of ink over the middle size, what a nat of the recogniser's odds is worth, and how much it
errs towards the large one, which it reads for half of worn ュ and ィ; fitted on 1,177 kana of scans at levels 0 to 4 (logistic
regression): 2 come out wrong."""

MOST_INK, MOST_ODDS = 0.25, 4.0
"""Ink farther from the middle size (ems), and odds (nats) greater than this say no more."""

UNSEEN = 1.0
"""Greatest odds (nats) of a kana whose ink is not known."""

CERTAIN = 5.0
"""Odds (nats) that the words need not be asked about."""

IMPOSSIBLE = 8.0
"""What a small kana costs (nats) after one that it cannot follow."""

USUAL = 3.0
"""What the usual form of a word (ファイル, not フアイル) is worth (nats)."""

BLUR = 3.0
"""So much (pixels) the blur of a scan adds to width and height together."""

MOST_PLACES = 5
"""So many kana of a run are tried in both sizes."""


def settle_sizes(characters: list[Character], em: float, *, before: str = "", after: str = "") -> None:
    """Settle in place large and small kana of each run of kana at once: セキユリテイ needs two changes to be a word.

    ``em`` is in pixels; ``before`` and ``after`` are what the line goes on from and what goes on from it.
    """
    shown = [index for index, character in enumerate(characters) if character.text]
    texts = [characters[index].text for index in shown]
    for start, stop in _runs(texts):
        odds = {i: _odds(characters[shown[i]], em) for i in range(start, stop) if other_size(texts[i])}
        open_places = sorted((i for i in odds if abs(odds[i]) < CERTAIN), key=lambda i: abs(odds[i]))
        open_places = open_places[:MOST_PLACES]
        for i, large in odds.items():
            if i not in open_places:
                texts[i] = _sized(texts[i], is_large=large > 0)
        if open_places:
            around = ((before + "".join(texts[:start]))[-CONTEXT:], ("".join(texts[stop:]) + after)[:CONTEXT])
            own = {place - start: odds[place] for place in open_places}
            texts[start:stop] = _likeliest(texts[start:stop], own, around)
    for index, text in zip(shown, texts, strict=True):
        if text != characters[index].text:
            characters[index] = replaced(characters[index], text)


def _runs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give start and stop of each run of hiragana or of katakana."""
    start = 0
    for index in range(len(texts) + 1):
        kind = _kind(texts[index]) if index < len(texts) else 0
        if index and kind != _kind(texts[start]):
            if _kind(texts[start]):
                yield start, index
            start = index


def _kind(text: str) -> int:
    return 1 if is_katakana(text) else 2 if is_hiragana(text) else 0


def _odds(character: Character, em: float) -> float:
    """Give the odds (nats) that a kana is the large one, by its ink and by what the recogniser saw."""
    large = LARGE_OF_SMALL.get(character.text, character.text)
    seen = {choice.text: choice.probability for choice in character.choices}
    odds = math.log((seen.get(large, 0.0) + 1e-4) / (seen.get(SMALL_OF_LARGE[large], 0.0) + 1e-4))
    an_em, a_nat, shift = WEIGHTS[is_hiragana(large)]
    if not character.height:
        return _within(odds, UNSEEN)
    over = (character.height + character.end - character.start - BLUR) / em - SIZE_BETWEEN[large]
    return an_em * _within(over, MOST_INK) + a_nat * _within(odds, MOST_ODDS) + shift


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _likeliest(run: Sequence[str], odds: dict[int, float], around: tuple[str, str]) -> list[str]:
    """Give a run with its open places (those of ``odds``) in the likeliest sizes; ``around`` is what stands before and after."""
    before, after = around
    tried: dict[tuple[str, ...], float] = {}
    for sizes in product((True, False), repeat=len(odds)):
        texts = list(run)
        cost = 0.0
        for (place, large), is_large in zip(odds.items(), sizes, strict=True):
            texts[place] = _sized(texts[place], is_large=is_large)
            cost += math.log1p(math.exp(-large if is_large else large))
        cost += text_to_oddity(before + "".join(texts) + after) + IMPOSSIBLE * _misplaced(before[-1:], texts)
        tried[tuple(texts)] = cost
    for texts_tried in list(tried):
        whole = _usual_form(before + "".join(texts_tried) + after)
        usual = tuple(whole[len(before) : len(before) + len(run)])
        if usual != texts_tried and usual in tried:
            tried[usual] -= USUAL
    return list(min(tried.items(), key=lambda item: item[1])[0])


def _misplaced(before: str, texts: Sequence[str]) -> int:
    """Count the small kana of a run that stand after one that they cannot follow."""
    return sum(
        small in SMALL_AFTER and last not in SMALL_AFTER[small]
        for last, small in zip((before, *texts), texts, strict=False)
    )


def other_size(text: str) -> str | None:
    """Give the kana in the other size, None where there is none."""
    return SMALL_OF_LARGE.get(text) or LARGE_OF_SMALL.get(text)


def _sized(text: str, *, is_large: bool) -> str:
    return LARGE_OF_SMALL.get(text, text) if is_large else SMALL_OF_LARGE.get(text, text)


def replaced(character: Character, text: str) -> Character:
    """Give the character with ``text`` first: the shapes are one, so the recogniser's probabilities add up."""
    first = character.choices[0]
    same = sum(choice.probability for choice in character.choices if choice.text == text)
    rest = tuple(choice for choice in character.choices[1:] if choice.text != text)
    return character._replace(choices=(Choice(text, min(1.0, first.probability + same)), *rest))


@lru_cache(MOST_KEPT)
def _usual_form(text: str) -> str:
    """Give a text in the dictionary's usual form (フアイル is ファイル) where only sizes of kana differ."""
    return "".join(_usual_word(m.surface(), m.normalized_form()) for m in tokenizer().tokenize(text))


def _usual_word(word: str, normal: str) -> str:
    """Give the normal form where it differs in small kana only (and in a long vowel at the end), else the word."""
    if not word.endswith("ー"):
        normal = normal.rstrip("ー")
    if len(normal) != len(word) or _large(normal) != _large(word):
        return word
    return "".join(n if n in LARGE_OF_SMALL else w for w, n in zip(word, normal, strict=True))


def _large(text: str) -> str:
    return "".join(LARGE_OF_SMALL.get(character, character) for character in text)
