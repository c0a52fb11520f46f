"""What the ink of a character says of it: dots and their height, the size of kana, strokes that were read as marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.engines.base import Choice
from extract.pages.scan_characters import Character
from extract.pages.scan_widths import is_wide, line_em

DOTS = frozenset(".．・:：")
"""Marks that are told apart by how many dots they have and how high these stand."""

MIDDLE = (0.38, 0.62)
"""A dot between these shares of the height of the line is ・; a full stop stands lower ..."""

LOW = 0.7
"""... than this."""

LARGEST_DOT = 0.35
"""A dot is smaller than this both ways (ems)."""

INSIDE = 0.4
"""A mark whose middle is this near (ems) the middle of a kanji is a stroke of it."""

STROKES = frozenset("[]|｜「」『』【】（）()!！Ｉ-－'`´ﾞﾟ.．:：・,，")
"""What single strokes of a kanji are read as."""


def settle_strokes(
    characters: Sequence[Character], inks: Sequence[NDArray[np.bool_]], em: float
) -> list[Character]:
    """Give the characters of a line as their ink (a picture of each, as high as the line) says; ``em`` in pixels."""
    settled = []
    em = line_em(characters, em)
    for index, (character, ink) in enumerate(zip(characters, inks, strict=True)):
        if character.text in STROKES and _is_inside(characters, index, em):
            continue
        better = _settle_dots(character, ink, em)
        settled.append(better._replace(size=_size(ink) / em))
    return settled


def _is_inside(characters: Sequence[Character], index: int, em: float) -> bool:
    """Say whether a mark stands inside the em box of a kanji beside it."""
    middle = characters[index].middle
    return any(
        0 <= other < len(characters)
        and is_wide(characters[other].text or "a")
        and characters[other].text.isalnum()
        and abs(characters[other].middle - middle) < INSIDE * em
        for other in (index - 1, index + 1)
    )


def _settle_dots(character: Character, ink: NDArray[np.bool_], em: float) -> Character:
    """Tell ・ from ． and ： by the number and the height of the dots."""
    text = character.text
    rows = np.flatnonzero(ink.any(axis=1))
    if text not in DOTS or not len(rows):
        return character
    if bool((np.diff(rows) > 1).any()) or rows[-1] - rows[0] >= LARGEST_DOT * em:
        return character
    height = float(rows[0] + rows[-1]) / 2 / ink.shape[0]
    better = text
    if MIDDLE[0] <= height <= MIDDLE[1]:
        better = "・"
    elif height > LOW and text in "・:：":
        better = "."
    if better == text:
        return character
    first = Choice(better, sum(choice.probability for choice in character.choices if choice.text in DOTS))
    return character._replace(choices=(first, *(c for c in character.choices if c.text not in DOTS)))


def _size(ink: NDArray[np.bool_]) -> float:
    """Give width and height of ink together, in pixels."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return float(rows[-1] - rows[0] + columns[-1] - columns[0]) + 2 if len(rows) else 0.0
