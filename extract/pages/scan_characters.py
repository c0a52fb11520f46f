"""What the recogniser saw on the picture of a line -> characters at their places on the page; no ink goes unread in silence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.characters import is_digit
from extract.engines.base import Choice, Slot
from extract.pages.japanese_forms import CURRENT, NAME_FORMS
from extract.pages.scan_crops import Crop

INK_TONE = 150
"""Darker points (of 255) are ink."""

CLUSTER_GAP = 0.2
"""White at least this wide (ems) divides the ink of a line into clusters."""

CLUSTER_REACH = 0.62
"""Ink this near (ems) the middle of a character that was read is part of it ..."""

NARROW_REACH = 0.42
"""... for a figure or a Latin letter, which may be half as wide."""

DOT = 0.1
"""A cluster smaller than this both ways (ems) is dirt, unless the recogniser thought of a mark there."""

MARK_SIZE = (0.5, 1.1)
"""Width and height of ※ in ems."""

LIKE_MARK = 0.5
"""Correlation with a drawn ※ from which a cluster is one."""

SEEN_MARK = 0.9
"""Probability of a ※ that was told by its shape."""

MIDDLE = (0.38, 0.62)
"""A dot between these shares of the height of the line is ・; a full stop stands lower ..."""

LOW = 0.7
"""... than this."""

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
    """A character: what it may be, best first, and start and end of its ink on the page (pixels)."""

    choices: tuple[Choice, ...]
    start: float
    end: float

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

    Where ink was passed over, the likeliest character that the recogniser thought of there is taken; where it thought
    of none, an empty character of low probability keeps the doubt.
    """
    height, width = crop.picture.shape
    columns = np.count_nonzero(crop.picture < INK_TONE, axis=0)
    all_places = [_Place(_merged(s.choices), (s.start + s.end) / 2 * width) for s in slots]
    all_places = [place for place in all_places if place.choices]
    shown = [place for place in all_places if place.choices[0].text.strip()]
    silent = [place for place in all_places if not place.choices[0].text.strip()]
    for start, stop in _clusters(columns, CLUSTER_GAP * crop.em):
        middle = (start + stop) / 2
        if any(_is_near(place, start, stop, crop.em) for place in shown):
            continue
        found = [p for p in silent if start - 0.25 * crop.em <= p.x <= stop + 0.25 * crop.em]
        marks = [choice for place in found for choice in place.choices if choice.text.strip()]
        if marks:
            best = max(marks, key=lambda choice: choice.probability)
            choices = (best, *(c for c in marks if c.text != best.text))
            shown.append(_Place(choices, middle))
        elif _is_reference_mark(crop, start, stop):
            shown.append(_Place((Choice("※", SEEN_MARK),), middle))
        elif stop - start > DOT * crop.em * 2 or _ink_height(crop, start, stop) > DOT * crop.em * 3:
            shown.append(_Place((Choice("", UNREAD),), middle))
        silent = [place for place in silent if place not in found]
    doubts = [place for place in silent if any(choice.text.strip() for choice in place.choices)]
    places = sorted(shown + doubts, key=lambda place: place.x)
    del height
    return [_settle_dot(character, crop) for character in _with_ink(places, columns, crop)]


def _settle_dot(character: Character, crop: Crop) -> Character:
    """Tell ・ from ． by its height on the line."""
    text = character.text
    if text not in ".．・":
        return character
    start = crop.to_picture(character.start)
    part = crop.picture[:, start : max(start + 1, crop.to_picture(character.end))] < INK_TONE
    rows = np.flatnonzero(part.any(axis=1))
    if not text or not len(rows):
        return character
    height = float(rows.mean()) / crop.picture.shape[0]
    better = "・" if MIDDLE[0] <= height <= MIDDLE[1] else ("." if height > LOW and text == "・" else text)
    if better == text:
        return character
    first = Choice(better, character.choices[0].probability)
    return character._replace(choices=(first, *(c for c in character.choices[1:] if c.text != better)))


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


def _clusters(columns: np.ndarray[tuple[int], np.dtype[np.intp]], gap: float) -> list[tuple[int, int]]:
    filled = np.flatnonzero(columns)
    if not len(filled):
        return []
    breaks = np.flatnonzero(np.diff(filled) > max(2.0, gap))
    starts = [int(filled[0]), *(int(filled[i + 1]) for i in breaks)]
    stops = [*(int(filled[i]) + 1 for i in breaks), int(filled[-1]) + 1]
    return list(zip(starts, stops, strict=True))


def _is_near(place: _Place, start: int, stop: int, em: float) -> bool:
    text = place.choices[0].text
    reach = (NARROW_REACH if is_digit(text) or text.isascii() else CLUSTER_REACH) * em
    return start - 0.25 * em <= place.x <= stop + 0.25 * em or abs((start + stop) / 2 - place.x) <= reach


def _ink_height(crop: Crop, start: int, stop: int) -> int:
    return int(np.count_nonzero((crop.picture[:, start:stop] < INK_TONE).any(axis=1)))


def _is_reference_mark(crop: Crop, start: int, stop: int) -> bool:
    """Say whether a cluster is ※, which the recogniser tends to pass over: a cross and four dots."""
    ink = crop.picture[:, start:stop] < INK_TONE
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return False
    part = ink[rows[0] : rows[-1] + 1].astype(np.float32)
    if not MARK_SIZE[0] <= min(part.shape) / crop.em <= max(part.shape) / crop.em <= MARK_SIZE[1]:
        return False
    small = np.asarray(cv2.resize(part, (24, 24), interpolation=cv2.INTER_AREA), dtype=np.float32)
    pattern = _reference_mark()
    return float(np.corrcoef(small.ravel(), pattern.ravel())[0, 1]) >= LIKE_MARK


@cache
def _reference_mark() -> NDArray[np.float32]:
    drawn = np.zeros((96, 96), dtype=np.uint8)
    cv2.line(drawn, (10, 10), (86, 86), 255, 8)
    cv2.line(drawn, (86, 10), (10, 86), 255, 8)
    for place in ((48, 9), (48, 87), (9, 48), (87, 48)):
        cv2.circle(drawn, place, 9, 255, -1)
    small = cv2.resize(drawn, (24, 24), interpolation=cv2.INTER_AREA)
    return np.asarray(small / 255, dtype=np.float32)


def _with_ink(
    places: Sequence[_Place], columns: np.ndarray[tuple[int], np.dtype[np.intp]], crop: Crop
) -> list[Character]:
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


def _weakest(columns: np.ndarray[tuple[int], np.dtype[np.intp]], left: float, right: float) -> int:
    """Give the column between two characters with the least ink, the one nearest their middle among equals."""
    low, high = int(left) + 1, max(int(left) + 2, int(right))
    part = columns[low:high]
    if not len(part):
        return low
    candidates = np.flatnonzero(part == part.min()) + low
    return int(candidates[np.abs(candidates - (left + right) / 2).argmin()])
