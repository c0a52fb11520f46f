"""△ set smaller or wider than the figures behind it looks like a 4 to a recogniser: 「△9,084,168」 is no 49,084,168.

A 4 is as high and as wide as the other figures of its number; and losses are repeated, each with its sign, in the sums of a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character

TRIANGLE, FOURS, SIGNS = "△", frozenset("4４"), frozenset("△▲")

LIKE_TRIANGLES = frozenset("4AaΔ∆^＾∧Λム人△")
"""What a small triangle before figures is read as; a 4 makes another number of it, and one that looks right."""

FEWEST = 3
"""So many figures tell how high and how wide figures are."""

SMALL, SURE = 0.8, 0.7
"""What is lower than this share of the figures behind it was set small, which no figure is; it is a triangle with this probability, as
of a figure in a bad copy the top may be lost."""

NARROW, LEANING, UNSURE = 0.75, 1.6, 0.35
"""A figure narrower than this share of the others lost ink to one before it that is so many times as wide; then a triangle
has this probability."""

LOW, WIDE = 0.86, 1.45
"""A sign that was thought of may be at most this share as high as the figures, or so many times as wide as the widest of them: it is a
fullwidth one before halfwidth figures."""

TELLING = 4
"""So many figures are no other number by chance."""

THOUGHT_OF = 1e-3
"""The recogniser thought of a sign with this probability at least."""

LIKELY = 0.6
"""Probability of the sign: a person should look."""


def settle_triangles(characters: Sequence[Character]) -> list[Character]:
    """Give the characters of a line with small triangles told from figures by their ink alone."""
    heights = [c.height for c in characters if is_digit(c.text) and c.height]
    if len(heights) < FEWEST:
        return list(characters)
    usual, widths = median(heights), median(c.end - c.start for c in characters if is_digit(c.text))
    settled = list(characters)
    for index, character in enumerate(characters[:-1]):
        before = characters[index - 1].text if index else ""
        is_sign = is_digit(characters[index + 1].text) and not (before.isalnum() or before in {",", "."})
        if not is_sign or character.text not in LIKE_TRIANGLES:
            continue
        if 0 < character.height < SMALL * usual:
            settled[index] = _as_sign(character, TRIANGLE, SURE)
        elif _took_of(character, characters[index + 1], widths):
            settled[index] = _as_sign(character, TRIANGLE, UNSURE)
    return settled


def settle_small_signs(lines: Sequence[Sequence[Character]]) -> list[list[Character]]:
    """Give the characters of the lines of a page with each first 4 as a sign that was thought of, where it can be no figure."""
    signed = {figures for line in lines if (figures := _signed(line)) is not None}
    return [_settled(line, signed) for line in lines]


def _took_of(character: Character, following: Character, usual: float) -> bool:
    """Say whether a character was given ink of the next one, which touches it: then its height says nothing."""
    narrow = following.end - following.start
    is_lean = narrow < NARROW * usual and character.end - character.start > LEANING * narrow
    return is_lean and following.text != "1"


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
    figures = [other for other in others if is_digit(other.text)]
    inked = [figure for figure in figures if figure.height]
    is_told = "".join(figure.text for figure in figures) in signed
    if len(inked) >= FEWEST:
        is_told |= 0 < first.height <= LOW * median(figure.height for figure in inked)
        is_told |= first.end - first.start >= WIDE * max(figure.end - figure.start for figure in inked)
    if is_told:
        settled[shown[0]] = _as_sign(first, sign.text, LIKELY)
    return settled


def _as_sign(character: Character, sign: str, least: float) -> Character:
    """Give the character as a sign of this probability at least; what else it may be shares the rest."""
    known = sum(choice.probability for choice in character.choices if choice.text == sign)
    others = [choice for choice in character.choices if choice.text != sign]
    sure = max(least, known)
    share = (1 - sure) / max(1e-9, sum(choice.probability for choice in others))
    rest = (Choice(choice.text, round(choice.probability * min(1.0, share), 5)) for choice in others)
    choices = (Choice(sign, round(sure, 5)), *rest)
    return character._replace(choices=tuple(sorted(choices, key=lambda choice: -choice.probability)))
