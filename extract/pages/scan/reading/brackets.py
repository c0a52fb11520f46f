"""Brackets at the ends of lines in cells: fullwidth or halfwidth, by the room that the cell leaves them.

（ and ( of a word processor's font are one glyph; only the room outside differs, and at the end of a line nothing stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.widths import PAIRS, is_wide
from extract.pages.scan.rulings.regions import OPEN, Regions

LEAST_ROOM = 0.65
"""Room (ems) that a cell leaves beside its text, both sides together: of 400 cells of real documents and fixtures whose lines
begin or end with a fullwidth bracket of a whole em, none leaves less (word processors keep 0.5 to 1)."""

LEAST_KANA, FIXED = 12, 0.96
"""So many steps of kana, and their median of at least this (ems), say that the type is not proportional: there （ may be as
narrow as ( is elsewhere."""

LEAST_INNER = 3
"""So many characters between brackets say how far apart the characters of the line stand."""

OPENING, CLOSING = frozenset(PAIRS.values()), frozenset(PAIRS)


def fit_brackets(
    lines: Sequence[TextLine],
    characters: Sequence[list[Character]],
    ems: Sequence[float],
    *,
    regions: Regions,
    scale: float,
) -> list[list[Character]]:
    """Give the characters of the lines of a page, with brackets that found no room for a whole em halfwidth.

    ``ems`` are in pixels, ``scale`` is pixels a point.
    """
    if not _is_fixed(characters, ems):
        return list(characters)
    fitted = []
    for line, read, em in zip(lines, characters, ems, strict=True):
        if line.region == OPEN:
            fitted.append(read)
            continue
        left, _, right, _ = regions.boxes[line.region]
        fitted.append(_fitted(read, em, (right - left) * scale))
    return fitted


def _is_fixed(characters: Sequence[Sequence[Character]], ems: Sequence[float]) -> bool:
    """Say whether the type of a page is of fixed width: its kana stand as far apart as kanji."""
    steps = [
        (b.middle - a.middle) / em
        for read, em in zip(characters, ems, strict=True)
        for a, b in pairwise([character for character in read if character.text])
        if _is_kana(a.text) and _is_kana(b.text)
    ]
    return len(steps) >= LEAST_KANA and median(steps) >= FIXED


def _is_kana(text: str) -> bool:
    return "ぁ" <= text <= "ヺ"


def _fitted(read: list[Character], em: float, room: float) -> list[Character]:
    shown = [index for index, character in enumerate(read) if character.text]
    if len(shown) < LEAST_INNER:
        return read
    first, last = read[shown[0]], read[shown[-1]]
    ends = [shown[0]] * (first.text in OPENING) + [shown[-1]] * (last.text in CLOSING)
    if not ends or _has_partner_inside(read, shown):
        return read
    pitch = _pitch([read[index] for index in shown[1:-1]], em)
    start = read[shown[1]].middle - 1.5 * pitch if first.text in OPENING else _own_start(first, pitch)
    stop = read[shown[-2]].middle + 1.5 * pitch if last.text in CLOSING else _own_stop(last, pitch)
    if room - (stop - start) >= LEAST_ROOM * pitch:
        return read
    fitted = list(read)
    for index in ends:
        choice, *others = fitted[index].choices
        half = chr(ord(choice.text) - 0xFEE0)
        fitted[index] = fitted[index]._replace(choices=(Choice(half, choice.probability), *others))
    return fitted


def _own_start(character: Character, pitch: float) -> float:
    return character.middle - pitch / 2 if is_wide(character.text) else character.start


def _own_stop(character: Character, pitch: float) -> float:
    return character.middle + pitch / 2 if is_wide(character.text) else character.end


def _has_partner_inside(read: Sequence[Character], shown: Sequence[int]) -> bool:
    """Say whether the bracket at one end of a line has its partner inside the line, where its room could be measured."""
    first, last = read[shown[0]].text, read[shown[-1]].text
    inside = [read[index].text for index in shown[1:-1]]
    opened = first in OPENING and any(PAIRS.get(text) == first for text in inside)
    closed = last in CLOSING and any(PAIRS[last] == text for text in inside)
    return opened or closed


def _pitch(inner: Sequence[Character], em: float) -> float:
    """Give how far apart the fullwidth characters between two brackets stand, else the em (pixels)."""
    if len(inner) < LEAST_INNER or not all(is_wide(character.text) for character in inner):
        return em
    return (inner[-1].middle - inner[0].middle) / (len(inner) - 1)
