"""Marks that no label of a table has where they stand: on worn copies they are specks.

A label neither begins nor ends with a point or a comma, nor has one where the figures beside it leave no room.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.characters import is_digit
from extract.engines.base import NUMERIC, Choice
from extract.pages.scan.japanese.doubts import is_word_character
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.rulings.regions import OPEN

NEVER_LAST = frozenset(".,，．'`_")
"""Marks with which no label ends (one that is wrapped may end with 、 and a sentence with 。)."""

NEVER_FIRST = NEVER_LAST | frozenset("、。")
"""Marks with which no line begins (行頭禁則, JIS X 4051)."""

POINTS = frozenset(".,，．")
"""What a speck between two figures is read as."""

SMALL = 0.35
"""Greatest width and height (ems) of a speck."""

UNSURE = 0.5
"""A lone speck is read as some mark with less than this probability."""

EVEN = 0.12
"""So much (as a share) the steps of evenly set characters differ."""

LEAST_STEPS = 3
"""So many steps say that characters are set evenly."""

DIRT = 0.5
"""Probability of nothing where the recogniser did not think of it, but no mark can stand."""


def remove_label_dirt(
    lines: Sequence[TextLine], characters: Sequence[Sequence[Character]]
) -> list[list[Character]]:
    """Give the characters of every line without the specks in labels; what was read stays among their readings."""
    cleaned = []
    worded = {
        line.region
        for line, text in zip(lines, characters, strict=True)
        if any(is_word_character(character.text) for character in text)
    }
    for line, text in zip(lines, characters, strict=True):
        found = list(text)
        shown = [place for place, character in enumerate(found) if character.text]
        if line.region != OPEN and shown:
            _clean_ends(found, shown, line.em)
            if line.region in worded and len(shown) == 1 and _is_lone_speck(found[shown[0]], line.em):
                found[shown[0]] = _as_nothing(found[shown[0]])
        if any(character.text not in NUMERIC for character in found):
            _clean_figures(found)
        cleaned.append(found)
    return cleaned


def _clean_ends(found: list[Character], shown: Sequence[int], em: float) -> None:
    """Take in place the marks that stand before the first and behind the last character of a word for specks."""
    if len(shown) < 2:
        return
    first, second, before, last = shown[0], shown[1], shown[-2], shown[-1]
    if found[first].text in NEVER_FIRST and is_word_character(found[second].text):
        found[first] = _as_nothing(found[first])
    if (
        found[last].text in NEVER_LAST
        and is_word_character(found[before].text)
        and _is_small(found[last], em)
    ):
        found[last] = _as_nothing(found[last])


def _clean_figures(found: list[Character]) -> None:
    """Take in place a point between two figures for a speck where all characters stand evenly without it: 3.0日まで."""
    shown = [place for place, character in enumerate(found) if character.text]
    for before, place, after in zip(shown, shown[1:], shown[2:], strict=False):
        if found[place].text not in POINTS or not all(is_digit(found[i].text) for i in (before, after)):
            continue
        others = [i for i in shown if found[i].text not in POINTS]
        steps = [found[b].middle - found[a].middle for a, b in pairwise(others)]
        between = found[after].middle - found[before].middle
        usual = median(steps)
        if len(steps) >= LEAST_STEPS and max(abs(step - usual) for step in (*steps, between)) <= EVEN * usual:
            found[place] = _as_nothing(found[place])


def _is_lone_speck(character: Character, em: float) -> bool:
    """Say whether what is all of a line is a speck, beside other lines of its cell: an unlikely mark, or one with which none begins."""
    first = character.choices[0]
    is_mark = first.text in NEVER_FIRST or (first.probability < UNSURE and first.text not in NUMERIC)
    return is_mark and _is_small(character, em)


def _is_small(character: Character, em: float) -> bool:
    return max(character.height, character.end - character.start) <= SMALL * em


def _as_nothing(character: Character) -> Character:
    """Give a mark as nothing, with the probability that the recogniser gave to that, so that the doubt stays."""
    seen = max((choice.probability for choice in character.choices if not choice.text), default=DIRT)
    rest = tuple(choice for choice in character.choices if choice.text)
    return character._replace(choices=(Choice("", seen), *rest))
