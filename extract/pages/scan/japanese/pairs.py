"""Two neighbouring characters that the recogniser doubts, settled together: 償還 is no word before both are right."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from extract.pages.scan.japanese.doubts import CONTEXT, SURE, is_word_character, may_be
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character

LEAST_SEEN = 0.01
"""A reading below this probability was hardly seen; two of them at once say nothing."""

LEAST_GAIN = 2.0
"""Other readings of both are taken where they are likelier by at least this (nats)."""

MOST_PAIRS = 4
"""So many pairs of a line are changed at most: where more are in doubt no word is sure."""

Pair = tuple[float, int, int, int]
"""The gain (nats) of other readings of two neighbours, the place of the first, and the numbers of the readings."""


def settle_pairs(characters: list[Character], *, before: str = "", after: str = "") -> None:
    """Settle in place neighbours that are both doubted, the likeliest change first; ``before`` and ``after`` are beside the line."""
    for _ in range(MOST_PAIRS):
        best = max(_changes(characters, before, after), default=None)
        if best is None or best[0] < LEAST_GAIN:
            return
        _, first, *numbers = best
        for place, number in zip((first, first + 1), numbers, strict=True):
            character = characters[place]
            chosen = character.choices[number]
            rest = tuple(choice for choice in character.choices if choice is not chosen)
            characters[place] = character._replace(choices=(chosen, *rest))


def _changes(characters: Sequence[Character], before: str, after: str) -> Iterator[Pair]:
    others = [_others(character) for character in characters]
    for place in range(len(characters) - 1):
        if not (others[place] and others[place + 1]):
            continue
        one, two = characters[place].choices, characters[place + 1].choices
        head = (before + "".join(c.text for c in characters[:place]))[-CONTEXT:]
        tail = ("".join(c.text for c in characters[place + 2 :]) + after)[:CONTEXT]
        now = text_to_oddity(head + one[0].text + two[0].text + tail)
        least = max(one[0].probability, LEAST_SEEN) * max(two[0].probability, LEAST_SEEN)
        for left in others[place]:
            for right in others[place + 1]:
                seen = math.log(one[left].probability * two[right].probability / least)
                odd = text_to_oddity(head + one[left].text + two[right].text + tail)
                yield seen + now - odd, place, left, right


def _others(character: Character) -> list[int]:
    """Give the numbers of the other readings that a doubted character may have."""
    first = character.choices[0]
    if first.probability >= SURE or not is_word_character(first.text):
        return []
    return [
        number
        for number, choice in enumerate(character.choices)
        if number and choice.probability >= LEAST_SEEN and may_be(first.text, choice.text)
    ]
