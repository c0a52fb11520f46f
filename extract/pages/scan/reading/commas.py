"""Commas and points of a number, told by where they stand: thousands come in threes, and no number has two points.

A recogniser wavers between 「,」 and 「.」 where ink is worn. Where only one of them makes a number, what it thought of the other says
nothing; where both do, the column knows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from extract.characters import is_digit
from extract.engines.base import Choice, Slot
from extract.pages.scan.reading.endings import folded

SEPARATORS = frozenset(",.:;'`・")
"""What a comma or a point is read as."""

SIGNS = frozenset("△▲-+")

THOUSAND = 3
"""Figures behind a thousands separator."""

MOST = 0.9995
"""Greatest probability of a comma that was told by its place."""

SPECK = 0.6
"""Probability that one of two separators side by side is dirt; the number goes to review."""


class _Number(NamedTuple):
    """The number that a line begins with: the ``places`` of its separators, and how many figures stand before each and behind the last."""

    places: tuple[int, ...]
    groups: tuple[int, ...]
    has_zero: bool


def settle_separators(slots: Sequence[Slot], *, whole: float) -> tuple[Slot, ...]:
    """Give the slots of a line with the separators of its number as what they can only be.

    ``whole`` is the probability that a point before three figures is a comma in this column; 0 where it may be a point.
    """
    settled = list(slots)
    number = _find_number(settled)
    if number is not None and 0 in number.groups[1:-1]:
        number = _without_double(settled, number)
    if number is None or not 1 <= number.groups[0] <= THOUSAND or number.has_zero:
        return tuple(settled)
    *middle, last = number.groups[1:]
    if any(group != THOUSAND for group in middle) or not 1 <= last <= THOUSAND:
        return tuple(settled)
    for place in number.places[:-1]:
        settled[place] = _as_comma(settled[place], MOST)
    place = number.places[-1]
    if last < THOUSAND:
        settled[place] = _as_point(settled[place])
    elif middle:
        settled[place] = _as_comma(settled[place], MOST)
    elif whole and folded(settled[place]) in ",;":
        settled[place] = _as_comma(settled[place], whole)
    return tuple(settled)


def _find_number(slots: Sequence[Slot]) -> _Number | None:
    """Give the separators of the number that a line begins with, None where it has none."""
    places: list[int] = []
    groups = [0]
    has_zero = False
    for place, slot in enumerate(slots):
        text = folded(slot)
        if is_digit(text or " "):
            has_zero = has_zero or (text == "0" and groups == [0])
            groups[-1] += 1
        elif text in SEPARATORS and text:
            places.append(place)
            groups.append(0)
        elif text and not (text in SIGNS and groups == [0]):
            break
    if not places or not groups[0]:
        return None
    return _Number(tuple(places), tuple(groups), has_zero)


def _without_double(slots: list[Slot], number: _Number) -> _Number | None:
    """Take one of two separators side by side for a speck, the less probable one."""
    at = number.groups.index(0, 1)
    if 0 in number.groups[at + 1 :] or number.groups[at + 1] != THOUSAND:
        return None
    one, other = number.places[at - 1], number.places[at]
    speck = min(one, other, key=lambda place: slots[place].choices[0].probability)
    first = slots[speck].choices[0]
    slots[speck] = slots[speck]._replace(choices=(Choice("", SPECK), Choice(first.text, round(1 - SPECK, 5))))
    return _find_number(slots)


def _as_comma(slot: Slot, most: float) -> Slot:
    """Give a separator as a comma, ``most`` the probability of one that was read as a point."""
    comma, others = _shares(slot, ",")
    nothing = sum(choice.probability for choice in slot.choices if not choice.text.strip())
    share = comma / (comma + others)
    surely = share + (1 - share) * most if most >= MOST else 1 - (1 - most) * (1 - share)
    probability = min(MOST, surely * (comma + others + nothing))
    return slot if probability <= _read(slot, ",") else _settled(slot, ",", probability)


def _as_point(slot: Slot) -> Slot:
    """Give a separator that was read as a point as surely as one was seen there; one that was read otherwise stays."""
    point, others = _shares(slot, ".")
    return _settled(slot, ".", min(MOST, point + others)) if folded(slot) == "." else slot


def _shares(slot: Slot, mark: str) -> tuple[float, float]:
    """Give the probability of a mark, and of all other separators."""
    seen = [
        (unicodedata.normalize("NFKC", choice.text).strip(), choice.probability) for choice in slot.choices
    ]
    return (
        sum(probability for text, probability in seen if text == mark),
        sum(probability for text, probability in seen if text and text in SEPARATORS and text != mark),
    )


def _read(slot: Slot, mark: str) -> float:
    return slot.choices[0].probability if folded(slot) == mark else 0.0


def _settled(slot: Slot, text: str, probability: float) -> Slot:
    """Give a separator as one mark; what else it may be shares the rest."""
    other = "." if text == "," else ","
    first = Choice(text, round(probability, 5))
    return slot._replace(choices=(first, Choice(other, round(1 - probability, 5))))
