"""Which stretches of a lattice of rulings were printed: each weighed with its neighbours and the corners that it makes.

Stretches are changed until nothing is gained by it (iterated conditional modes; J. Besag, On the Statistical Analysis of
Dirty Pictures, Journal of the Royal Statistical Society B 48, 1986).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.tracks import Track

STRONGEST = 4.0
"""Print that is there outweighs all but corners."""

IN_LINE, OUT_OF_LINE = 1.0, -1.5
"""Weight of two neighbours on the track that are there, and that are not."""

BROKEN_CORNER = 3.0
"""Cost of a ruling that ends at nothing or turns a corner inside a table: no row of cells leaves such."""

SOLID_BORDER = 0.5
"""A border of which this share of the stretches stands closes the table."""

STANDING = 0.6
"""Of the walls of a row whose border is lost so much is left."""

MOST_SWEEPS = 12


class Lattice(NamedTuple):
    """Tracks along one axis and what speaks for each of their stretches (track x stretch).

    ``weight`` is that of what is left of it, ``walled`` that of the text beside it, ``beginning`` says that an end of it is left,
    ``through`` that characters stand on it; ``share`` is what is left of it (0 to 1).
    """

    tracks: list[Track]
    weight: NDArray[np.float64]
    walled: NDArray[np.float64]
    beginning: NDArray[np.bool_]
    through: NDArray[np.bool_]
    share: NDArray[np.float64]


class Settling:
    """The stretches of a table, there or not, and changing them while that makes the whole likelier."""

    def __init__(self, horizontal: Lattice, vertical: Lattice) -> None:
        self._weights = (horizontal.weight, vertical.weight)
        self._walled = (horizontal.walled, vertical.walled)
        self._beginning = (horizontal.beginning, vertical.beginning)
        self._states = (horizontal.weight > 0, vertical.weight > 0)
        for state in self._states:
            for border in (0, -1):
                if state[border].mean() >= SOLID_BORDER:
                    state[border] = True
        # A border is whole or missing, and not weighed again.
        self._closed = tuple(
            (bool(state[0].mean() >= SOLID_BORDER), bool(state[-1].mean() >= SOLID_BORDER))
            for state in self._states
        )

    def settle(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Give the states of the horizontal and of the vertical stretches."""
        for _ in range(MOST_SWEEPS):
            changed = [self._improve(*place) for place in self._moves()]
            if not any(changed):
                break
        return self._states

    def _moves(self) -> Iterator[tuple[int, int, int, int]]:
        """Give each stretch alone, and each with the next on its track, or where a wall ends with all down to the foot."""
        for axis in (0, 1):
            tracks, stretches = self._states[axis].shape
            for track in range(tracks):
                if track in (0, tracks - 1) and self._closed[axis][track > 0]:
                    continue
                for stretch in range(stretches):
                    yield axis, track, stretch, 1
                    if stretch + 1 < stretches:
                        yield axis, track, stretch, 2
                    if axis == 1 and stretches - stretch > 2 and self._ends_at(track, stretch):
                        yield axis, track, stretch, stretches - stretch

    def _ends_at(self, track: int, stretch: int) -> bool:
        """Say whether a wall ends above a stretch, and nothing of it stands below."""
        state = self._states[1][track]
        return bool(stretch and state[stretch - 1] and not state[stretch:].any())

    def _improve(self, axis: int, track: int, stretch: int, length: int) -> bool:
        state = self._states[axis]
        part = slice(stretch, stretch + length)
        before = state[track, part].copy()
        if length > 1 and before[0] != before[-1]:
            return False
        held = self._worth(axis, track, stretch, length)
        state[track, part] = ~before
        if self._worth(axis, track, stretch, length) > held + 1e-9:
            return True
        state[track, part] = before
        return False

    def _worth(self, axis: int, track: int, stretch: int, length: int) -> float:
        """Give the worth of the stretches and of all that depends on them."""
        worth = 0.0
        for index in range(stretch - 1, stretch + length + 1):
            if 0 <= index < self._states[axis].shape[1]:
                worth += self._stretch_worth(axis, track, index)
        for index in range(stretch, stretch + length + 1):
            worth -= self._corner_cost(*((track, index) if axis == 0 else (index, track)))
        return worth

    def _stretch_worth(self, axis: int, track: int, stretch: int) -> float:
        state = self._states[axis][track]
        if not state[stretch]:
            return 0.0
        before = bool(state[stretch - 1]) if stretch else False
        # Cells are merged over columns in the upper rows, not in the last.
        after = bool(state[stretch + 1]) if stretch + 1 < len(state) else axis == 1 or before
        worth = float(self._weights[axis][track, stretch])
        if before and after:
            worth += IN_LINE + float(self._walled[axis][track, stretch])
        elif before or after:
            # Where neither end is left, these may be the letters of one heading, printed wide apart.
            worth += float(self._walled[axis][track, stretch] * self._beginning[axis][track, stretch]) / 2
        else:
            worth += OUT_OF_LINE
        # What is printed clearly gains nothing, or it would vouch for what stands beside it.
        return min(worth, STRONGEST)

    def _corner_cost(self, row: int, column: int) -> float:
        """Give the cost of the place where horizontal track ``row`` meets vertical track ``column``."""
        horizontal, vertical = self._states
        rows, columns = len(horizontal), len(vertical)
        sides = (
            column > 0 and bool(horizontal[row, column - 1]),
            column < columns - 1 and bool(horizontal[row, column]),
            row > 0 and bool(vertical[column, row - 1]),
            row < rows - 1 and bool(vertical[column, row]),
        )
        for at_end, closed in (
            (row == 0, self._closed[0][0]),
            (row == rows - 1, self._closed[0][1]),
            (column == 0, self._closed[1][0]),
            (column == columns - 1, self._closed[1][1]),
        ):
            if at_end and not closed:
                return 0.0
        is_corner = row in (0, rows - 1) and column in (0, columns - 1)
        count = sum(sides)
        if count == 1 or (count == 2 and sides[0] != sides[1] and not is_corner):
            return BROKEN_CORNER
        return 0.0


def cut_back(states: NDArray[np.bool_], share: NDArray[np.float64], closed: NDArray[np.bool_]) -> None:
    """Take away in place what goes on beyond the last ruling across it: the strokes of a line of text beside the table.

    ``states`` says which stretches are there (track x stretch) and ``share`` how much is left of them; ``closed`` says of each
    track across whether the table may end at it, because a ruling is there or because the table is open.
    """
    last = len(closed) - 1
    for order, inward in ((range(last), 0), (range(last, 0, -1), -1)):
        for index in order:
            stretch = index + inward
            own = np.flatnonzero(states[:, stretch])
            if closed[index] or not len(own) or share[own, stretch].mean() >= STANDING:
                break
            states[own, stretch] = False
