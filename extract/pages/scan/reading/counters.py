"""What is counted in the labels of one row or column of cells: 0～14歳, 15～64歳 and 65歳以上 stand beside one another.

A doubted character behind a figure is the one that stands behind the figures of the labels beside it, where they agree and the
recogniser thought of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.characters import is_digit
from extract.pages.scan.japanese.doubts import LEAST_SHARE, is_kanji
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.rulings.regions import OPEN

DOUBTED, SURE = 0.5, 0.9
"""A character less probable than the first is doubted, one at least as probable as the second speaks for others."""

LEAST_LIKELY = -6.0
"""The counter of the other labels is at most so much (nats) less likely to the recogniser than what it read."""

NUMBER = re.compile(r"[\d,，.．]+.{0,2}")
"""A number with its unit is no label."""

LEVEL = 0.5
"""Lines whose middles differ by at most this (ems) stand in one row, those whose left ends do in one column."""


def settle_counters(lines: Sequence[TextLine], texts: list[list[Character]]) -> None:
    """Settle in place the counters of labels in cells; figures are never changed."""
    places = [
        (index, place)
        for index, (line, text) in enumerate(zip(lines, texts, strict=True))
        if line.region != OPEN and not NUMBER.fullmatch("".join(character.text for character in text))
        for place in _behind_figures(text)
    ]
    doubted = [place for place in places if _probability(texts, place) < DOUBTED]
    sure = [
        (index, place)
        for index, place in places
        if _probability(texts, (index, place)) >= SURE and is_kanji(texts[index][place].text)
    ]
    for index, place in doubted:
        beside = {
            texts[other][at].text
            for other, at in sure
            if other != index and _is_beside(lines[index], lines[other])
        }
        if len(beside) == 1:
            texts[index][place] = _as_counter(texts[index][place], beside.pop())


def _behind_figures(text: Sequence[Character]) -> Iterator[int]:
    """Give the places right behind a figure that hold none."""
    shown = [place for place, character in enumerate(text) if character.text]
    for before, place in pairwise(shown):
        if is_digit(text[before].text) and not is_digit(text[place].text):
            yield place


def _probability(texts: Sequence[Sequence[Character]], place: tuple[int, int]) -> float:
    return texts[place[0]][place[1]].choices[0].probability


def _is_beside(line: TextLine, other: TextLine) -> bool:
    middles = ((one.box[1] + one.box[3]) / 2 for one in (line, other))
    top, bottom = sorted(middles)
    return bottom - top <= LEVEL * line.em or abs(line.box[0] - other.box[0]) <= LEVEL * line.em


def _as_counter(character: Character, counter: str) -> Character:
    first = character.choices[0]
    seen = next((choice for choice in character.choices if choice.text == counter), None)
    if seen is None or not is_kanji(counter):
        return character
    if math.log(max(seen.probability, LEAST_SHARE) / max(first.probability, LEAST_SHARE)) < LEAST_LIKELY:
        return character
    return character._replace(choices=(seen, *(choice for choice in character.choices if choice is not seen)))
