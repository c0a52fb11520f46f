"""Rulings full of holes -> whole ones, decided for a whole table together.

The tracks of a table make a lattice. A stretch of a track between two others was printed or not: what is left of it, the
text on both sides of it, its neighbours on the same track and the corners that it makes are weighed against one another
until nothing is gained by changing a stretch (iterated conditional modes; J. Besag, On the Statistical Analysis of Dirty
Pictures, Journal of the Royal Statistical Society B 48, 1986).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan_tracks import (
    ACROSS_REACH,
    BESIDE,
    FLANK,
    LONGEST,
    Axis,
    Group,
    Straight,
    Track,
    find_tracks,
    local_position,
    lost_borders,
    merge_stretches,
    middle_of,
    runs_into,
    share_left,
)

MOST_STRETCHES = 4000
"""A lattice with more stretches is a drawing."""

EVEN = 0.25
"""Of a stretch of which this share is left nobody can say whether it was printed."""

FOREIGN_EVEN = 0.45
"""Likewise beyond the ends of its track: strokes of characters lie there as well."""

SLOPE = 10.0
"""Weight of a share above ``EVEN``, in natural logarithms of odds; the weights below are such too."""

USUAL_LENGTH = 20.0
"""A stretch of this length (points) of which nothing is left has the weight ``-EVEN * SLOPE``; longer ones are lost less easily."""

LONG_WEIGHT = 3.0
"""Most that the length adds."""

STRONGEST = 4.0
"""Print that is there outweighs all but corners."""

IN_LINE, OUT_OF_LINE = 1.0, -1.5
"""Weight of two neighbours on the track that are there, and that are not."""

BROKEN_CORNER = 3.0
"""Cost of a ruling that ends at nothing or turns a corner inside a table: no row of cells leaves such."""

ACROSS_TEXT = -2.5
"""Weight of characters that stand on a stretch of which less than ``STRUCK`` is left."""

STRUCK = 0.6

BOTH_FILLED, ONE_FILLED = 3.0, 1.0
"""Weight of text on both sides of a wall, and on one, where the wall goes on above and below; half of it where at one end."""

STACKED = 2.0
"""Weight of text above and below a ruling; the lines of one cell stand so too."""

INK_ON_TRACK = 2.0
"""Characters stand on a stretch when ink lies on both sides of it over this length (points)."""

TEXT_NEAR, TEXT_FAR = 1.3, 3.2
"""Ink between these distances (points) from a track is looked at for that."""

TEXT_AREA = 4.0
"""Less ink than this (square points) in a cell is specks."""

SOLID_BORDER = 0.5
"""A border of which this share of the stretches stands closes the table."""

LOST_PIECE = 3.5
"""Least length (points) of a stroke that may be left of a ruling of which no long piece is."""

LOST_REACH = 5.0
"""It begins at the ruling that it ran into: so much of it (points) is looked at."""

RUNS_INTO = 0.4
"""Share of that which must be left."""

LOW_ROW = 14.0
"""In lower rows (points) a figure reaches from ruling to ruling."""

LOST_PIECES = 2
"""So many of them make a track."""

APART = 6.0
"""Such a track lies at least this far (points) from another."""

MOST_SWEEPS = 12


class _Lattice(NamedTuple):
    """Tracks along one axis and what speaks for each of their stretches (track x stretch).

    ``weight`` is that of what is left of it, ``walled`` that of the text beside it, ``beginning`` says that an end of it is left.
    """

    tracks: list[Track]
    weight: NDArray[np.float64]
    walled: NDArray[np.float64]
    beginning: NDArray[np.bool_]


def settle_lattice(group: Group, rows: Straight, columns: Straight) -> Group | None:
    """Give the rulings of a table whose rulings are broken; None where its tracks make no lattice.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    flat = _tracks_with_borders("horizontal", group[0], group[1], rows)
    upright = _tracks_with_borders("vertical", group[1], group[0], columns)
    if len(flat) < 2 or len(upright) < 2 or 2 * len(flat) * len(upright) > MOST_STRETCHES:
        return None
    horizontal = _weigh(flat, upright, rows)
    vertical = _weigh(upright, flat, columns)
    _weigh_text(vertical, upright, flat, columns, both=BOTH_FILLED, one=ONE_FILLED)
    _weigh_text(horizontal, flat, upright, rows, both=STACKED, one=0.0)
    states = _Settling(horizontal, vertical).settle()
    return (
        _to_rulings("horizontal", flat, upright, states[0]),
        _to_rulings("vertical", upright, flat, states[1]),
    )


def _tracks_with_borders(
    axis: Axis, rulings: Sequence[Ruling], across: Sequence[Ruling], straight: Straight
) -> list[Track]:
    tracks = [track for track in find_tracks(rulings) if runs_into(track, across)]
    tracks += [[Ruling(axis, position, 0.0, 0.0, 0.5)] for position in _lost_tracks(tracks, across, straight)]
    tracks.sort(key=middle_of)
    borders = lost_borders(tracks, across, straight, least=EVEN)
    return sorted(
        [*tracks, *([Ruling(axis, position, 0.0, 0.0, 0.5)] for position in borders)], key=middle_of
    )


def _lost_tracks(tracks: Sequence[Track], across: Sequence[Ruling], straight: Straight) -> list[float]:
    """Give the places between tracks where short strokes, with paper on both sides, stand one behind another in several rows."""
    places = [middle_of(track) for track in find_tracks(across)]
    known = [middle_of(track) for track in tracks]
    if len(places) < 3 or len(known) < 2:
        return []
    scale = straight.scale
    first, last = round(places[0] * scale), round(places[-1] * scale)
    top, bottom = round(known[0] * scale), round(known[-1] * scale)
    near, far = round(BESIDE * scale), round(FLANK * scale)
    kernel = np.zeros((2 * far + 1, 1), dtype=np.uint8)
    kernel[: far - near] = kernel[far + near + 1 :] = 1
    beside = cv2.dilate(straight.ink[top:bottom, first:last], kernel)
    clean = (straight.short[top:bottom, first:last] > 0) & (beside == 0)
    found = _ends(clean, places, first, scale)
    rows = np.flatnonzero(found >= LOST_PIECES)
    lost: list[float] = []
    for row in sorted(rows, key=lambda r: -found[r]):
        place = (top + row + 0.5) / scale
        if all(abs(place - other) >= APART for other in (*known, *lost)):
            lost.append(place)
    return lost


def _ends(clean: NDArray[np.bool_], places: Sequence[float], first: int, scale: float) -> NDArray[np.intp]:
    """Count for each row of ``clean`` the ends of stretches that a stroke runs into."""
    count = np.zeros(len(clean), dtype=np.intp)
    for low, high in pairwise(places):
        start, end = (round((low + 1) * scale) - first, round((high - 1) * scale) - first)
        if high - low < LOW_ROW:
            count += clean[:, start:end].sum(axis=1) >= 0.8 * max(1, end - start)
            continue
        reach = round(LOST_REACH * scale)
        for part in (clean[:, start : start + reach], clean[:, end - reach : end]):
            count += part.sum(axis=1) >= LOST_PIECE * scale
    return count


def _weigh(tracks: list[Track], across: Sequence[Track], straight: Straight) -> _Lattice:
    places = [middle_of(track) for track in across]
    weight = np.full((len(tracks), len(places) - 1), -STRONGEST)
    beginning = np.zeros_like(weight, dtype=bool)
    for index, track in enumerate(tracks):
        start, end = (min(r.start for r in track) - ACROSS_REACH, max(r.end for r in track) + ACROSS_REACH)
        for stretch, (low, high) in enumerate(pairwise(places)):
            if high - low > LONGEST:
                weight[index, stretch] = STRONGEST if _covers(track, low, high) else -STRONGEST
                continue
            position = local_position(track, low, high, middle_of(track))
            is_own = end <= start + 2 * ACROSS_REACH or (start <= low and high <= end)
            ends = 2 if is_own else _ends_left(straight, position, low, high)
            is_own = ends == 2
            beginning[index, stretch] = ends > 0
            share = share_left(straight, position, low, high, beside_ink=1.0 if is_own else 0.5)
            weight[index, stretch] = _share_to_weight(share, high - low, is_own=is_own)
            if share < STRUCK and _text_on_track(straight, position, low, high) >= INK_ON_TRACK:
                weight[index, stretch] += ACROSS_TEXT
    return _Lattice(tracks, weight, np.zeros_like(weight), beginning)


def _ends_left(straight: Straight, position: float, low: float, high: float) -> int:
    """Count the ends of a stretch at which something is left of it, where no character reaches."""
    return sum(
        share_left(straight, position, start, start + LOST_REACH, beside_ink=0.0) >= RUNS_INTO
        for start in (low, high - LOST_REACH)
    )


def _covers(track: Track, low: float, high: float) -> bool:
    return sum(
        min(r.end, high) - max(r.start, low) for r in track if r.start < high and r.end > low
    ) >= 0.5 * (high - low)


def _share_to_weight(share: float, length: float, *, is_own: bool) -> float:
    even = EVEN if is_own else FOREIGN_EVEN
    weight = SLOPE * (share - even)
    if weight < 0:
        weight *= min(max(length / USUAL_LENGTH, 0.6), LONG_WEIGHT)
    return min(weight, STRONGEST)


def _text_on_track(straight: Straight, position: float, low: float, high: float) -> float:
    """Give the length (points) over which ink lies close on both sides of a stretch."""
    scale = straight.scale
    columns = slice(round((low + 2) * scale), max(round((high - 2) * scale), 0))
    near, far, row = round(TEXT_NEAR * scale), round(TEXT_FAR * scale), round(position * scale)
    above = straight.ink[max(0, row - far) : max(0, row - near), columns].any(axis=0)
    below = straight.ink[row + near + 1 : row + far + 1, columns].any(axis=0)
    return float(np.count_nonzero(above & below)) / scale


def _weigh_text(
    lattice: _Lattice,
    tracks: Sequence[Track],
    across: Sequence[Track],
    straight: Straight,
    *,
    both: float,
    one: float,
) -> None:
    """Note in ``lattice.walled`` what text on both sides of a stretch says for it: apart, it is that of two cells."""
    places, ends = [middle_of(track) for track in tracks], [middle_of(track) for track in across]
    filled = np.zeros((len(places) + 1, len(ends) - 1), dtype=bool)
    for index, (near, far) in enumerate(pairwise(places), start=1):
        for stretch, (low, high) in enumerate(pairwise(ends)):
            filled[index, stretch] = _has_text(straight, (near, far), (low, high))
    lattice.walled[:] = both * (filled[:-1] & filled[1:]) + one * (filled[:-1] ^ filled[1:])


def _has_text(straight: Straight, across: tuple[float, float], along: tuple[float, float]) -> bool:
    scale = straight.scale
    rows = slice(round((across[0] + 2) * scale), max(round((across[1] - 2) * scale), 0))
    columns = slice(round((along[0] + 2) * scale), max(round((along[1] - 2) * scale), 0))
    return bool(np.count_nonzero(straight.ink[rows, columns]) >= TEXT_AREA * scale * scale)


class _Settling:
    """The stretches of a table, there or not, and changing them while that makes the whole likelier."""

    def __init__(self, horizontal: _Lattice, vertical: _Lattice) -> None:
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
        """Give each stretch alone, and each with the next on its track."""
        for axis in (0, 1):
            tracks, stretches = self._states[axis].shape
            for track in range(tracks):
                if track in (0, tracks - 1) and self._closed[axis][track > 0]:
                    continue
                for stretch in range(stretches):
                    yield axis, track, stretch, 1
                    if stretch + 1 < stretches:
                        yield axis, track, stretch, 2

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


def _to_rulings(
    axis: Axis, tracks: Sequence[Track], across: Sequence[Track], states: NDArray[np.bool_]
) -> list[Ruling]:
    places = [middle_of(track) for track in across]
    rulings: list[Ruling] = []
    for track, state in zip(tracks, states, strict=True):
        pieces = [
            Ruling(axis, local_position(track, low, high, middle_of(track)), low, high, track[0].thickness)
            for (low, high), is_there in zip(pairwise(places), state, strict=True)
            if is_there
        ]
        # Rulings that go on beyond the lattice: the open sides of a table.
        for ruling in track:
            if ruling.start < places[0] - 1:
                pieces.append(ruling_part(ruling, ruling.start, min(ruling.end, places[0])))
            if ruling.end > places[-1] + 1:
                pieces.append(ruling_part(ruling, max(ruling.start, places[-1]), ruling.end))
        rulings += merge_stretches(pieces)
    return rulings


def ruling_part(ruling: Ruling, start: float, end: float) -> Ruling:
    """Give a part of a ruling."""
    return Ruling(ruling.axis, ruling.position, start, end, ruling.thickness)
