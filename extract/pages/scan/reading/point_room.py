"""Whether room was left for a point between two figures: a speck falls where it likes, and moves no figure aside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile
from statistics import median

from extract.characters import is_digit
from extract.engines.base import Slot

DOTS = frozenset(".．・:：;'`")
"""What a speck, or a worn comma, is read as."""

COMMAS = frozenset(",，")

THOUSAND = 3
"""Figures behind a thousands separator."""

WIDER = 1.5
"""Figures with a point between them stand so many times as far apart as others at least: a halfwidth point takes the room of a figure."""


def has_room(slots: Sequence[Slot], place: int) -> bool:
    """Say whether the figures around the only point of a line, behind which no comma stands, are farther apart than two side by side."""
    if sum(slot.choices[0].text in DOTS for slot in slots) > 1:
        return False
    if any(slot.choices[0].text in COMMAS for slot in slots[place:]):
        return False
    before, after = _nearest(slots, place, -1), _nearest(slots, place, 1)
    if before is None or after is None:
        return False
    steps = [
        _middle(two) - _middle(one)
        for one, two in pairwise(slot for slot in slots if slot.choices[0].text.strip())
        if _is_figure(one) and _is_figure(two)
    ]
    return bool(steps) and _middle(after) - _middle(before) >= WIDER * median(steps)


def has_point(slots: Sequence[Slot]) -> bool:
    """Say whether a line has a point that room was left for and that no three figures follow: its column may have more."""
    places = [place for place, slot in enumerate(slots) if slot.choices[0].text in DOTS]
    if not places:
        return False
    behind = list(takewhile(_is_figure, slots[places[-1] + 1 :]))
    return len(behind) != THOUSAND and has_room(slots, places[-1])


def _nearest(slots: Sequence[Slot], place: int, step: int) -> Slot | None:
    """Give the figure beside a place, None where something else stands there."""
    beside = slots[place + 1 :] if step > 0 else slots[:place][::-1]
    shown = next((slot for slot in beside if slot.choices[0].text.strip()), None)
    return shown if shown is not None and _is_figure(shown) else None


def _is_figure(slot: Slot) -> bool:
    return is_digit(slot.choices[0].text or " ")


def _middle(slot: Slot) -> float:
    return (slot.start + slot.end) / 2
