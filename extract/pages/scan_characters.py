"""What the recogniser saw on the picture of a line -> characters at their places on the page; no ink goes unread in silence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.engines.base import Choice, Slot
from extract.pages.japanese_forms import CURRENT, NAME_FORMS
from extract.pages.scan_crops import Crop
from extract.pages.scan_unread import BLUR, Columns, Unread, find_unread, ink_of, is_dirt, shape_to_choice

CLEARLY = 0.97
"""An old form is what was printed when the recogniser is this sure of it."""

UNREAD = 0.3
"""Probability left to a line on which ink was not read."""

VARIANTS = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    "〜": "~",
    "･": "・",
    "‐": "-",
    "−": "-",
    "―": "-",
    "–": "-",
    "—": "-",
    "△": "△",
    "◯": "○",
}
"""Characters that differ in width or code only: their probabilities are those of one character."""


class Character(NamedTuple):
    """A character: what it may be, best first, and start and end of its ink on the page (pixels).

    ``size`` is width and height of its ink together in ems, 0 where it was not measured.
    """

    choices: tuple[Choice, ...]
    start: float
    end: float
    size: float = 0.0

    @property
    def text(self) -> str:
        """The likeliest character; empty for nothing."""
        return self.choices[0].text

    @property
    def middle(self) -> float:
        """The middle of its ink."""
        return (self.start + self.end) / 2


class _Place(NamedTuple):
    choices: tuple[Choice, ...]
    x: float


def slots_to_characters(slots: Sequence[Slot], crop: Crop) -> list[Character]:
    """Give the characters of a line from left to right.

    Where ink was passed over, the likeliest character that the recogniser thought of there is taken, else the one whose
    shape it has; where neither is known, an empty character of low probability keeps the doubt.
    """
    width = crop.picture.shape[1]
    ink = ink_of(crop.picture)
    columns = np.count_nonzero(ink, axis=0)
    places = [_Place(_merged(s.choices), (s.start + s.end) / 2 * width) for s in slots]
    places = [place for place in places if place.choices]
    shown = [place for place in places if place.choices[0].text.strip()]
    silent = [place for place in places if not place.choices[0].text.strip()]
    for unread in find_unread(columns, [(place.choices[0].text, place.x) for place in shown], crop.em):
        near = BLUR * crop.em
        found = [p for p in silent if unread.start - near <= p.x <= unread.stop + near]
        marks = [choice for place in found for choice in place.choices if choice.text.strip()]
        shape = shape_to_choice(unread, ink, crop.em)
        if shape is not None and (shape.text != "・" or _is_heading(unread, shown)):
            shown.append(_Place((shape,), unread.middle))
        elif marks:
            best = max(marks, key=lambda choice: choice.probability)
            shown.append(_Place((best, *(c for c in marks if c.text != best.text)), unread.middle))
        elif not is_dirt(unread, ink, crop.em):
            shown.append(_Place((Choice("", UNREAD),), unread.middle))
        silent = [place for place in silent if place not in found]
    doubts = [place for place in silent if any(choice.text.strip() for choice in place.choices)]
    return _with_ink(sorted(shown + doubts, key=lambda place: place.x), columns, crop)


def _is_heading(unread: Unread, shown: Sequence[_Place]) -> bool:
    """Say whether a dot stands before a line of words, as the mark of a list; before figures it is dirt."""
    first = min(shown, key=lambda place: place.x, default=None)
    return first is not None and unread.middle < first.x and first.choices[0].text.isalpha()


def inks_of(characters: Sequence[Character], crop: Crop) -> list[NDArray[np.bool_]]:
    """Give the picture of the ink of each character, as high as the line."""
    ink = ink_of(crop.picture)
    starts = [crop.to_picture(character.start) for character in characters]
    return [
        ink[:, start : start + max(1, round(character.end - character.start))]
        for start, character in zip(starts, characters, strict=True)
    ]


def _merged(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Give the choices with those of one character in several widths added up under the likeliest of them."""
    merged: dict[str, Choice] = {}
    for choice in _in_current_forms(choices):
        key = VARIANTS.get(choice.text, choice.text).strip()
        first = merged.get(key)
        merged[key] = (
            Choice("～" if key == "~" else choice.text.strip(), choice.probability)
            if first is None
            else Choice(first.text, round(min(1.0, first.probability + choice.probability), 5))
        )
    return tuple(sorted(merged.values(), key=lambda choice: -choice.probability))


def _in_current_forms(choices: Sequence[Choice]) -> list[Choice]:
    """Give the choices with old and Chinese forms in their current ones, but for forms of names that are clearly printed."""
    current = {choice.text: choice.probability for choice in choices}
    return [
        choice
        if choice.text not in CURRENT
        or (
            choice.text in NAME_FORMS
            and choice.probability >= CLEARLY
            and current.get(CURRENT[choice.text], 0.0) < 1 - CLEARLY
        )
        else Choice(CURRENT[choice.text], choice.probability)
        for choice in choices
    ]


def _with_ink(places: Sequence[_Place], columns: Columns, crop: Crop) -> list[Character]:
    """Give each place the ink between it and its neighbours; a place without ink keeps its middle."""
    width = len(columns)
    seen = [index for index, place in enumerate(places) if place.choices[0].text]
    bounds = [0]
    for one, other in pairwise(seen):
        bounds.append(_weakest(columns, places[one].x, places[other].x))
    bounds.append(width)
    extents: dict[int, tuple[float, float]] = {}
    for order, index in enumerate(seen):
        low, high = bounds[order], bounds[order + 1]
        ink = np.flatnonzero(columns[low:high])
        if len(ink):
            # Ink far from the character is another's that was not read; it must not widen this one.
            reach = 0.75 * crop.em
            ink = ink[np.abs(ink + low - places[index].x) <= reach]
        x = places[index].x
        extents[index] = (low + float(ink[0]), low + float(ink[-1]) + 1) if len(ink) else (x, x)
    return [
        Character(
            place.choices,
            *(crop.to_page(x / width) for x in extents.get(index, (place.x, place.x))),
        )
        for index, place in enumerate(places)
    ]


def _weakest(columns: Columns, left: float, right: float) -> int:
    """Give the column between two characters with the least ink, the one nearest their middle among equals."""
    low, high = int(left) + 1, max(int(left) + 2, int(right))
    part = columns[low:high]
    if not len(part):
        return low
    candidates = np.flatnonzero(part == part.min()) + low
    return int(candidates[np.abs(candidates - (left + right) / 2).argmin()])
