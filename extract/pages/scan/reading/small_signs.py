"""△ set smaller or wider than the figures behind it looks like a 4 to a recogniser.

A 4 is as high and as wide as the other figures of its number; and losses are repeated, each with its sign, in the sums of a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character

FOURS, SIGNS = frozenset("4４"), frozenset("△▲")

LOW, FEWEST = 0.86, 3
"""Such a sign is at most this share as high as the other figures, of which there are so many at least."""

WIDE = 1.45
"""Such a sign may be so many times as wide as the widest of these: it is a fullwidth one before halfwidth figures."""

TELLING = 4
"""So many figures are no other number by chance."""

THOUGHT_OF = 1e-3
"""The recogniser thought of a sign with this probability at least."""

LIKELY = 0.6
"""Probability of the sign: a person should look."""


def settle_small_signs(lines: Sequence[Sequence[Character]]) -> list[list[Character]]:
    """Give the characters of the lines of a page with each first 4 as a sign that was thought of, where it can be no figure."""
    signed = {figures for line in lines if (figures := _signed(line)) is not None}
    return [_settled(line, signed) for line in lines]


def _signed(line: Sequence[Character]) -> str | None:
    """Give the figures behind the sign that a line begins with."""
    text = "".join(character.text for character in line)
    figures = "".join(filter(is_digit, text[1:]))
    return figures if text[:1] in SIGNS and len(figures) >= TELLING else None


def _settled(line: Sequence[Character], signed: set[str]) -> list[Character]:
    shown = [index for index, character in enumerate(line) if character.text]
    settled = list(line)
    if len(shown) <= FEWEST or line[shown[0]].text not in FOURS or not is_digit(line[shown[1]].text):
        return settled
    first, *others = (line[index] for index in shown)
    sign = next((choice for choice in first.choices if choice.text in SIGNS), None)
    if sign is None or sign.probability < THOUGHT_OF:
        return settled
    heights = [other.height for other in others if is_digit(other.text) and other.height]
    is_low = len(heights) >= FEWEST and 0 < first.height <= LOW * median(heights)
    widths = [other.end - other.start for other in others if is_digit(other.text) and other.height]
    is_wide = len(widths) >= FEWEST and first.end - first.start >= WIDE * max(widths)
    if is_low or is_wide or "".join(other.text for other in others if is_digit(other.text)) in signed:
        settled[shown[0]] = first._replace(choices=_with_sign(first.choices, sign))
    return settled


def _with_sign(choices: Sequence[Choice], sign: Choice) -> tuple[Choice, ...]:
    probability = max(LIKELY, sign.probability)
    rest = [choice for choice in choices if choice is not sign]
    share = (1 - probability) / max(sum(choice.probability for choice in rest), 1e-9)
    others = (Choice(choice.text, round(choice.probability * min(1.0, share), 5)) for choice in rest)
    return Choice(sign.text, probability), *others
