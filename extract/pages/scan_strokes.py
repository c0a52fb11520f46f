"""What the ink of a character says of it: dots and their height, the size of kana, strokes that were read as marks."""

from __future__ import annotations

from collections.abc import Sequence

from extract.engines.base import Choice
from extract.pages.scan_characters import Character
from extract.pages.scan_widths import is_wide

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


def settle_strokes(characters: Sequence[Character], em: float) -> list[Character]:
    """Give the characters of a line as their ink says (``em`` in pixels)."""
    return [
        _settle_dots(character, em)
        for index, character in enumerate(characters)
        if character.text not in STROKES or not _is_inside(characters, index, em)
    ]


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


def _settle_dots(character: Character, em: float) -> Character:
    """Tell ・ from ． and ： by the number and the height of the dots."""
    text = character.text
    if text not in DOTS or character.parts != 1 or character.height >= LARGEST_DOT * em:
        return character
    better = text
    if MIDDLE[0] <= character.level <= MIDDLE[1]:
        better = "・"
    elif character.level > LOW and text in "・:：":
        better = "."
    if better == text:
        return character
    first = Choice(better, sum(choice.probability for choice in character.choices if choice.text in DOTS))
    return character._replace(choices=(first, *(c for c in character.choices if c.text not in DOTS)))
