"""What the recogniser saw on the picture of a line -> characters at their places on the page; no ink goes unread in silence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.characters import is_digit
from extract.engines.base import Choice, Slot
from extract.pages.scan.japanese.forms import CURRENT, NAME_FORMS
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.lines.unread import (
    BLUR,
    Columns,
    Unread,
    find_unread,
    ink_of,
    is_dirt,
    shape_to_choice,
)

CLEARLY = 0.97
"""An old form is what was printed when the recogniser is this sure of it."""

UNREAD = 0.3
"""Probability left to a line on which ink was not read."""

SPECKS = frozenset(".．・:：,，'`")
"""What a speck is read as."""

REACH = 0.75
"""Ink farther than this (ems) from the middle of a character is not its own."""

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

    ``height`` of its ink is in pixels, ``level`` the place of its middle in the height of the line (0 is the top), and
    ``parts`` the number of pieces one over another; all are 0 where there is no ink.
    """

    choices: tuple[Choice, ...]
    start: float
    end: float
    height: float = 0.0
    level: float = 0.0
    parts: int = 0

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
        elif marks and not (marks[0].text in SPECKS and _is_beside_figures(unread, shown)):
            best = max(marks, key=lambda choice: choice.probability)
            shown.append(_Place((best, *(c for c in marks if c.text != best.text)), unread.middle))
        elif not is_dirt(unread, ink, crop.em):
            shown.append(_Place((Choice("", UNREAD),), unread.middle))
        silent = [place for place in silent if place not in found]
    doubts = [place for place in silent if any(choice.text.strip() for choice in place.choices)]
    return _with_ink(sorted(shown + doubts, key=lambda place: place.x), ink, crop)


def _is_heading(unread: Unread, shown: Sequence[_Place]) -> bool:
    """Say whether a dot stands before a line of words, as the mark of a list; before figures it is dirt."""
    first = min(shown, key=lambda place: place.x, default=None)
    return first is not None and unread.middle < first.x and first.choices[0].text.isalpha()


def _is_beside_figures(unread: Unread, shown: Sequence[_Place]) -> bool:
    """Say whether ink stands before the first or behind the last character of a line, and this is a figure: dirt, no point."""
    ordered = sorted(shown, key=lambda place: place.x)
    if not ordered:
        return False
    if unread.middle < ordered[0].x:
        return is_digit(ordered[0].choices[0].text)
    return unread.middle > ordered[-1].x and is_digit(ordered[-1].choices[0].text)


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


def _with_ink(places: Sequence[_Place], ink: NDArray[np.bool_], crop: Crop) -> list[Character]:
    """Give each place the ink between it and its neighbours; a place without ink keeps its middle."""
    columns = np.count_nonzero(ink, axis=0)
    seen = [index for index, place in enumerate(places) if place.choices[0].text]
    bounds = [0]
    for one, other in pairwise(seen):
        bounds.append(_weakest(columns, places[one].x, places[other].x))
    bounds.append(len(columns))
    extents: dict[int, tuple[int, int]] = {}
    for order, index in enumerate(seen):
        low, high = bounds[order], bounds[order + 1]
        filled = np.flatnonzero(columns[low:high]) + low
        # Ink far from the character is another's that was not read; it must not widen this one.
        filled = filled[np.abs(filled - places[index].x) <= REACH * crop.em]
        if len(filled):
            extents[index] = (int(filled[0]), int(filled[-1]) + 1)
    return [_character(place, extents.get(index), ink, crop) for index, place in enumerate(places)]


def _character(
    place: _Place, extent: tuple[int, int] | None, ink: NDArray[np.bool_], crop: Crop
) -> Character:
    height, width = ink.shape
    if extent is None:
        middle = crop.to_page(place.x / width)
        return Character(place.choices, middle, middle)
    start, stop = extent
    rows = np.flatnonzero(ink[:, start:stop].any(axis=1))
    return Character(
        place.choices,
        crop.to_page(start / width),
        crop.to_page(stop / width),
        float(rows[-1] - rows[0]) + 1,
        float(rows[0] + rows[-1]) / 2 / height,
        1 + int((np.diff(rows) > 1).sum()),
    )


def _weakest(columns: Columns, left: float, right: float) -> int:
    """Give the column between two characters with the least ink, the one nearest their middle among equals."""
    low, high = int(left) + 1, max(int(left) + 2, int(right))
    part = columns[low:high]
    if not len(part):
        return low
    candidates = np.flatnonzero(part == part.min()) + low
    return int(candidates[np.abs(candidates - (left + right) / 2).argmin()])
