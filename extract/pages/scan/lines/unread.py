"""Ink on a line that the recogniser passed over: where it is, and what it is where its shape says so (※, a bar)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.characters import is_digit
from extract.engines.base import Choice, Gray

Columns = np.ndarray[tuple[int], np.dtype[np.intp]]
"""How many points of ink each column of the picture has."""

INK_SHARE = 0.33
"""Points darker than paper by at least this share of the darkest ink of the line are ink: worn strokes are grey."""

DARKEST = 0.01
"""So small a share of the points is the darkest ink."""

CLUSTER_GAP = 0.2
"""White at least this wide (ems) divides the ink of a line into clusters."""

CLUSTER_REACH = 0.62
"""Ink this near (ems) the middle of a character that was read is part of it ..."""

NARROW_REACH = 0.42
"""... for a figure or a Latin letter, which may be half as wide."""

BLUR = 0.25
"""The place that the recogniser gives to a character is right to this (ems)."""

DOT = 0.1
"""A cluster smaller than this both ways (ems) is dirt, unless the recogniser thought of a mark there."""

LEAST_CHARACTER = 0.5
"""Ink beside a character, without a gap between, is a character of its own when at least this wide (ems)."""

MARK_SIZE = (0.5, 1.1)
"""Width and height of ※ in ems."""

LIKE_MARK = 0.5
"""Correlation with a drawn ※ from which a cluster is one."""

SEEN = 0.9
"""Probability of a character that was told by its shape."""

BAR = (0.6, 1.0, 0.22)
"""Least and greatest width of 一 and its greatest height, in ems ..."""

BAR_MIDDLE = (0.35, 0.62)
"""... and where its middle lies in the height of the line; an underline is lower."""

RING, RING_SIDES, LIKE_RING, HOLLOW = (0.65, 1.15), 0.15, 0.6, 0.04
"""Width and height of ○ in ems, by what share they differ at most, correlation with a drawn one, and most ink in its middle."""

DOT_SIZE, ROUND = (0.11, 0.3), 0.5
"""Least and greatest width and height of ・ in ems, and the least share of that box that is ink."""


class Unread(NamedTuple):
    """Ink that no character accounts for: its columns in the picture, and whether it stands apart by clear white."""

    start: int
    stop: int
    apart: bool

    @property
    def middle(self) -> float:
        """Its middle in the picture."""
        return (self.start + self.stop) / 2


def ink_of(picture: Gray) -> NDArray[np.bool_]:
    """Give where a picture has ink."""
    return np.asarray(picture < 255 - INK_SHARE * (255 - _darkest(picture)))


def _darkest(picture: Gray) -> float:
    """Give the tone that a hundredth of the points is darker than, as ``numpy.percentile`` does, counting tones: that is faster."""
    counts = cv2.calcHist([picture], [0], None, [256], [0, 256]).ravel().cumsum()
    place = (picture.size - 1) * DARKEST
    low, high = np.searchsorted(counts, (int(place), min(int(place) + 1, picture.size - 1)), side="right")
    return float(low + (high - low) * (place - int(place)))


def find_unread(columns: Columns, shown: Sequence[tuple[str, float]], em: float) -> list[Unread]:
    """Give the ink that no character of ``shown`` (its text and its place in the picture) accounts for."""
    found = [
        Unread(start, stop, apart=True)
        for start, stop in _clusters(columns, CLUSTER_GAP * em)
        if not any(_is_near(place, start, stop, em) for place in shown)
    ]
    # A character that stands close to its neighbour is part of its cluster.
    taken = [(unread.start, unread.stop) for unread in found]
    pieces = [
        piece
        for piece in _clusters(columns, 0.0)
        if not any(start <= piece[0] < stop for start, stop in taken)
        and not any(_reaches(place, piece, em) for place in shown)
    ]
    for start, stop in _joined(pieces, CLUSTER_GAP * em):
        if stop - start >= LEAST_CHARACTER * em:
            found.append(Unread(start, stop, apart=False))
    return sorted(found)


def shape_to_choice(unread: Unread, ink: NDArray[np.bool_], em: float) -> Choice | None:
    """Give the character whose shape unread ink has, or None."""
    part = ink[:, unread.start : unread.stop]
    rows = np.flatnonzero(part.any(axis=1))
    if not len(rows):
        return None
    width, height = unread.stop - unread.start, int(rows[-1] - rows[0]) + 1
    middle = float(rows[0] + rows[-1]) / 2 / ink.shape[0]
    if BAR[0] <= width / em <= BAR[1] and height <= BAR[2] * em and BAR_MIDDLE[0] <= middle <= BAR_MIDDLE[1]:
        return Choice("一", SEEN)
    if DOT_SIZE[0] * em <= min(width, height) <= max(width, height) <= DOT_SIZE[1] * em:
        is_round = np.count_nonzero(part) >= ROUND * width * height
        is_dot = unread.apart and is_round and BAR_MIDDLE[0] <= middle <= BAR_MIDDLE[1]
        return Choice("・", SEEN) if is_dot else None
    if MARK_SIZE[0] <= min(width, height) / em <= max(width, height) / em <= MARK_SIZE[1]:
        small = cv2.resize(
            part[rows[0] : rows[-1] + 1].astype(np.float32), (24, 24), interpolation=cv2.INTER_AREA
        )
        if float(np.corrcoef(small.ravel(), _reference_mark().ravel())[0, 1]) >= LIKE_MARK:
            return Choice("※", SEEN)
    if _is_ring(part[rows[0] : rows[-1] + 1], em):
        return Choice("○", SEEN)
    return None


def _is_ring(part: NDArray[np.bool_], em: float) -> bool:
    """Say whether ink is ○: as wide as high, round and hollow; a zero is narrow."""
    height, width = part.shape
    if not RING[0] * em <= min(width, height) <= max(width, height) <= RING[1] * em:
        return False
    if abs(width - height) > RING_SIDES * max(width, height):
        return False
    small = cv2.resize(part.astype(np.float32), (24, 24), interpolation=cv2.INTER_AREA)
    likeness = float(np.corrcoef(small.ravel(), _reference_ring().ravel())[0, 1])
    return likeness >= LIKE_RING and float(small[7:17, 7:17].mean()) <= HOLLOW


def is_dirt(unread: Unread, ink: NDArray[np.bool_], em: float) -> bool:
    """Say whether unread ink is too small for a character."""
    rows = int(np.count_nonzero(ink[:, unread.start : unread.stop].any(axis=1)))
    return unread.stop - unread.start <= 2 * DOT * em and rows <= 3 * DOT * em


def _clusters(columns: Columns, gap: float) -> list[tuple[int, int]]:
    filled = np.flatnonzero(columns)
    if not len(filled):
        return []
    breaks = np.flatnonzero(np.diff(filled) > max(1.0, gap))
    starts = [int(filled[0]), *(int(filled[i + 1]) for i in breaks)]
    stops = [*(int(filled[i]) + 1 for i in breaks), int(filled[-1]) + 1]
    return list(zip(starts, stops, strict=True))


def _joined(pieces: Sequence[tuple[int, int]], gap: float) -> list[tuple[int, int]]:
    joined = list(pieces[:1])
    for one, other in pairwise(pieces):
        if other[0] - one[1] <= gap:
            joined[-1] = (joined[-1][0], other[1])
        else:
            joined.append(other)
    return joined


def _reach(text: str, em: float) -> float:
    return (NARROW_REACH if is_digit(text) or text.isascii() else CLUSTER_REACH) * em


def _is_near(place: tuple[str, float], start: int, stop: int, em: float) -> bool:
    text, x = place
    return start - BLUR * em <= x <= stop + BLUR * em or abs((start + stop) / 2 - x) <= _reach(text, em)


def _reaches(place: tuple[str, float], piece: tuple[int, int], em: float) -> bool:
    text, x = place
    return piece[0] <= x < piece[1] or abs((piece[0] + piece[1]) / 2 - x) <= _reach(text, em)


@cache
def _reference_mark() -> NDArray[np.float32]:
    drawn = np.zeros((96, 96), dtype=np.uint8)
    cv2.line(drawn, (10, 10), (86, 86), 255, 8)
    cv2.line(drawn, (86, 10), (10, 86), 255, 8)
    for place in ((48, 9), (48, 87), (9, 48), (87, 48)):
        cv2.circle(drawn, place, 9, 255, -1)
    small = cv2.resize(drawn, (24, 24), interpolation=cv2.INTER_AREA)
    return np.asarray(small / 255, dtype=np.float32)


@cache
def _reference_ring() -> NDArray[np.float32]:
    drawn = np.zeros((96, 96), dtype=np.uint8)
    cv2.circle(drawn, (48, 48), 43, 255, 8)
    small = cv2.resize(drawn, (24, 24), interpolation=cv2.INTER_AREA)
    return np.asarray(small / 255, dtype=np.float32)
