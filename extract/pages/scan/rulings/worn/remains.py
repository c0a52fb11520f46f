"""What is left of dotted and dashed rulings of a worn table: single dots, more of them on one line than chance would put there.

Dirt lies anywhere, and so on any line of a table some specks do (a Poisson process); the dots of a ruling that lost most of them
still lie on one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.dotted import find_free_parts
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Axis, Track, middle_of
from extract.pages.scan.rulings.worn.settling import STRONGEST

ON_LINE = 0.6
"""Dots this near (points) a line stand on it."""

BESIDE, ABOVE = 3.0, 2.0
"""Commas and points have digits so near beside them, and strokes of characters have others above or below (points)."""

CROSSING = 1.2
"""Dots this near (points) a ruling across are its own."""

STEP = 0.25
"""Lines are looked for at this distance (points)."""

BORDER = 2.0
"""Dots this near (points) the outer tracks are theirs."""

LEAST_CHANCE, ABOVE_CHANCE, BESIDES = 0.5, 4.5, 2.5
"""Least number of specks that chance puts on a line; a ruling has more by so many standard deviations, and so many besides."""

NEXT, IN_ROWS = 6.5, 0.5
"""This share of the dots of a ruling has another so near (points)."""

ALIKE, ONE_HEIGHT = 2.0, 2
"""Dots within this distance (points) of one height of their cells may be commas; of a ruling so many at least lie there."""

APART = 8.0
"""A ruling lies at least this far (points) from another."""

MOST_LINES = 60
"""More rulings are dirt."""


class Remains(NamedTuple):
    """The dots of a table along one axis: where they lie across it and along it (points), where the tracks of the other axis do.

    ``by_chance`` is how many a line has by chance, ``length`` is that of a line (points).
    """

    across: NDArray[np.float64]
    along: NDArray[np.float64]
    crossings: NDArray[np.float64]
    by_chance: float
    length: float

    def on(self, position: float) -> NDArray[np.float64]:
        """Give where on a line its dots lie, in order."""
        return np.sort(self.along[np.abs(self.across - position) <= ON_LINE])

    def is_ruling(self, position: float) -> bool:
        """Say whether the dots on a line are more than chance puts there, also without those at one height of the cells: commas."""
        dots = self.on(position)
        if not self.is_many(len(dots)):
            return False
        is_near = np.diff(dots) <= NEXT
        if np.count_nonzero(np.append(is_near, False) | np.insert(is_near, 0, False)) < IN_ROWS * len(dots):
            return False
        cells = np.searchsorted(self.crossings, dots)
        heights = np.sort(self.crossings[np.clip(cells, 0, len(self.crossings) - 1)] - dots)
        alike = np.searchsorted(heights, heights + ALIKE, side="right") - np.arange(len(heights))
        return self.is_many(len(dots) - int(alike.max()) + ONE_HEIGHT)

    def is_many(self, count: int) -> bool:
        """Say whether so many dots on one line are no chance."""
        return bool(count >= self.by_chance + ABOVE_CHANCE * self.by_chance**0.5 + BESIDES)


def find_remains(
    axis: Axis, tracks: Sequence[Track], across: Sequence[Track], straight: Straight
) -> Remains | None:
    """Give the dots between the outer tracks of one axis of a table; ``across`` are those of the other.

    The dots of these are left out: evenly spaced on each, they stand below one another.
    """
    known, ends = ([middle_of(track) for track in own] for own in (tracks, across))
    if len(known) < 2 or len(ends) < 2:
        return None
    scale = straight.scale
    top, left = round((known[0] + BORDER) * scale), round((ends[0] + BORDER) * scale)
    part = straight.ink[top : round((known[-1] - BORDER) * scale), left : round((ends[-1] - BORDER) * scale)]
    if not part.size:
        return None
    beside, above = (ABOVE, BESIDE) if axis == "horizontal" else (BESIDE, ABOVE)
    middles = find_free_parts(np.ascontiguousarray(part), scale, across=beside, along=above)
    places, along = (top + middles[:, 0]) / scale, (left + middles[:, 1]) / scale
    is_own = np.abs(along[:, None] - np.asarray(ends)[None, :]).min(axis=1) > CROSSING
    places, along = places[is_own], along[is_own]
    counts = _counts(places, _lines(known))
    by_chance = max(LEAST_CHANCE, float(np.median(counts))) if len(counts) else LEAST_CHANCE
    return Remains(places, along, np.asarray(ends), by_chance, ends[-1] - ends[0])


def dotted_tracks(tracks: Sequence[Track], remains: Remains) -> list[float]:
    """Give the places between tracks where so many dots lie on one line that they are left of a ruling, fullest first."""
    known = [middle_of(track) for track in tracks]
    lines = _lines(known)
    counts = _counts(remains.across, lines)
    found: list[float] = []
    for index in np.argsort(-counts, kind="stable"):
        if not remains.is_many(int(counts[index])):
            break
        near = remains.across[np.abs(remains.across - lines[index]) <= ON_LINE]
        place = float(np.median(near))
        if remains.is_ruling(place) and all(abs(place - other) >= APART for other in (*known, *found)):
            found.append(place)
    return found if len(found) <= MOST_LINES else []


def weigh_remains(position: float, places: Sequence[float], remains: Remains) -> NDArray[np.float64] | None:
    """Give what the dots on a track say of its stretches between ``places``: the logarithm of how much likelier a ruling is than chance."""
    dots = remains.on(position)
    if not remains.is_ruling(position):
        return None
    counts, _ = np.histogram(dots, bins=np.asarray(places))
    lengths = np.diff(places)
    printed = lengths[counts > 0].sum()
    density, by_chance = len(dots) / max(printed, 1e-6), remains.by_chance / remains.length
    odds = counts * np.log(max(density / by_chance, 1.0)) - (density - by_chance) * lengths
    return np.asarray(np.clip(odds, -STRONGEST, STRONGEST), dtype=np.float64)


def _lines(known: Sequence[float]) -> NDArray[np.float64]:
    """Give the lines between tracks, none of them on one."""
    lines = [np.arange(low + BORDER, high - BORDER, STEP) for low, high in pairwise(known)]
    return np.concatenate(lines)


def _counts(places: NDArray[np.float64], lines: NDArray[np.float64]) -> NDArray[np.intp]:
    ordered = np.sort(places)
    return np.asarray(
        np.searchsorted(ordered, lines + ON_LINE, side="right") - np.searchsorted(ordered, lines - ON_LINE),
        dtype=np.intp,
    )
