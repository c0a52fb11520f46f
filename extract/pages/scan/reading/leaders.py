"""The dots that lead from an entry of a table of contents to its page: of a row of them the recogniser reads a few here and there.

Whole they tell such an entry from a heading; so they are drawn on through the ink that was passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.lines.unread import ink_of

LEADER = "…"

DOTS = frozenset("…‥⋯・･·.．,，:：")
"""What the dots of a leader are read as."""

SHORTEST = 4.0
"""Least length of a leader (ems)."""

INKED = 0.7
"""There is ink in this share of its ems at least."""

FEWEST = 2
"""So many of its dots were read at least."""


def restore_leaders(characters: Sequence[Character], crop: Crop, em: float, end: float) -> list[Character]:
    """Give the characters of a line, of which the ink ends at ``end``, with whole leaders; ``em`` and ``end`` in pixels."""
    runs = [(kind, list(run)) for kind, run in groupby(characters, _may_be_dot)]
    if not any(kind and _length(run) >= FEWEST for kind, run in runs):
        return list(characters)
    restored: list[Character] = []
    for index, (kind, run) in enumerate(runs):
        following = runs[index + 1][1][0].start if index + 1 < len(runs) else end
        leader = list(_leader(run, crop, em, following)) if kind and _length(run) >= FEWEST else []
        restored += leader or run
    return restored


def leader_bounds(texts: Sequence[str]) -> set[int]:
    """Give the places of the first character of each leader and of the first one behind it."""
    bounds: set[int] = set()
    place = 0
    for is_leader, run in groupby(texts, lambda text: text == LEADER):
        length = len(list(run))
        if is_leader and length >= SHORTEST:
            bounds |= {place, place + length}
        place += length
    return bounds


def _may_be_dot(character: Character) -> bool:
    return not character.text or character.text in DOTS


def _length(run: Sequence[Character]) -> int:
    return sum(bool(character.text) for character in run)


def _leader(run: Sequence[Character], crop: Crop, em: float, end: float) -> Iterator[Character]:
    """Give one character an em from the first dot of a run to what follows it, if there is ink all along."""
    dots = [character for character in run if character.text]
    start = dots[0].start
    number = round((end - start) / em)
    if number < SHORTEST:
        return
    ink = np.count_nonzero(ink_of(crop.picture), axis=0)
    places = np.linspace(start, end, number + 1)
    bounds = [crop.to_picture(float(place)) for place in places]
    inked = [bool(ink[low:high].any()) for low, high in pairwise(bounds)]
    if sum(inked) < INKED * number:
        return
    best = max(dots, key=lambda dot: dot.choices[0].probability)
    for index, (low, high) in enumerate(pairwise(places)):
        probability = 1.0 if index else best.choices[0].probability
        yield best._replace(choices=(Choice(LEADER, probability),), start=float(low), end=float(high))
