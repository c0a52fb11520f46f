"""What the ink of a character says of it: dots and their height, the size of kana, strokes that were read as marks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.japanese.doubts import is_kanji
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.small_signs import settle_triangles
from extract.pages.scan.reading.widths import is_wide

POINTS, POINT = frozenset(".．"), 0.9
"""Between figures a point that was read with this probability is one, however high it stands: dirt beside a line makes it higher."""

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

UPRIGHT, LEAST_NOTHING, LARGEST_KANJI = frozenset("1lI"), 0.1, 1.05
"""What the last stroke of a kanji is read as; that it is nothing by itself is then at least so probable, and both are no wider (ems)."""

LEAST_SURE = 0.9
"""Characters at least this probable are no halves."""

LEAST_SEEN = 1e-5
"""An engine may give a reading no probability at all; probabilities have five decimals."""


def settle_strokes(characters: Sequence[Character], em: float) -> list[Character]:
    """Give the characters of a line as their ink says (``em`` in pixels)."""
    settled = settle_triangles(characters)
    return [
        character if _is_point(settled, index) else _settle_dots(character, em)
        for index, character in enumerate(settled)
        if not (character.text in STROKES and _is_inside(characters, index, em))
        and not (character.text in UPRIGHT and _is_last_stroke(characters, index, em))
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


def join_halves(characters: Sequence[Character], em: float) -> list[Character]:
    """Give the characters with two that stand in one em box as the one kanji that both are halves of (計 read as 副t).

    ``em`` is that of the page in pixels: the halves themselves look like smaller type.
    """
    joined: list[Character] = []
    for character in characters:
        before = joined[-1] if joined else None
        if before is not None and _are_halves(before, character, em):
            joined[-1] = _as_one(before, character)
        else:
            joined.append(character)
    return joined


def _are_halves(one: Character, other: Character, em: float) -> bool:
    """Say whether two doubtful characters, one of them a kanji, have the room of one."""
    if not (one.text and other.text) or other.end - one.start > LARGEST_KANJI * em:
        return False
    doubtful = max(one.choices[0].probability, other.choices[0].probability) < LEAST_SURE
    return doubtful and any(is_kanji(text) for text in (one.text, other.text))


def _as_one(one: Character, other: Character) -> Character:
    """Give the kanji that two halves may be, the likeliest word first."""
    seen: dict[str, float] = {}
    for choice in (*one.choices, *other.choices):
        if is_kanji(choice.text):
            seen[choice.text] = max(seen.get(choice.text, 0.0), choice.probability)
    likely = sorted(
        seen, key=lambda text: math.log(max(seen[text], LEAST_SEEN)) - text_to_oddity(text), reverse=True
    )
    choices = tuple(Choice(text, seen[text]) for text in likely)
    height = max(one.height, other.height)
    return one._replace(choices=choices, end=other.end, height=height, parts=max(one.parts, other.parts))


def _is_last_stroke(characters: Sequence[Character], index: int, em: float) -> bool:
    """Say whether an upright stroke that may be nothing by itself stands in the em box of the kanji before it (和 before 6年度)."""
    stroke, before = characters[index], characters[index - 1] if index else None
    nothing = sum(choice.probability for choice in stroke.choices if not choice.text)
    if before is None or nothing < LEAST_NOTHING or not (before.text and is_wide(before.text)):
        return False
    return before.text.isalpha() and stroke.end - before.start <= LARGEST_KANJI * em


def _is_point(characters: Sequence[Character], index: int) -> bool:
    """Say whether a point stands inside a number; two numbers with one kanji behind them are a list (1・2年)."""
    character = characters[index]
    if character.text not in POINTS or character.choices[0].probability < POINT or not index:
        return False
    behind = "".join(other.text for other in characters[index + 1 :])
    rest = behind.lstrip("0123456789０１２３４５６７８９")
    return is_digit(characters[index - 1].text) and rest != behind and not is_kanji(rest[:1] or " ")


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
