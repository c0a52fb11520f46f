"""Ink of a scanned page -> the diagonal lines that strike out cells, which are no characters.

A diagonal of a cell is a long, thin and straight piece of ink, or a row of such pieces on a bad copy. A stroke of a character,
or a slash that is printed in a cell, is much shorter than the cell.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Stroke
from extract.geometry import Box
from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Ink, reduced
from extract.pages.scan.rulings.regions import OPEN, Regions

PIXELS = 2.1
"""Pixels a point that are enough to follow a line."""

SHORTEST = 3.0
"""Least length (points) of a piece of a diagonal."""

THICKEST = 1.8
"""No diagonal is thicker than this (points)."""

STRAIGHT, MOSTLY = 0.8, 0.9
"""The ink of a piece lies this near (points) its middle line, or so much of it, and pieces of one diagonal as near one line."""

SHARE = 0.6
"""A line strikes a cell out when it covers this share of its width and height."""

FILLED = 0.7
"""So much of a diagonal is left at least."""

SLOPE = 0.05
"""A line that leans less than this against an axis is a ruling or a dash."""

MARGIN = 1.2
"""Ink this near (points) the middle of a diagonal is its own."""


class Strikes(NamedTuple):
    """The diagonals in points, and the ink that is theirs (255)."""

    strokes: tuple[Stroke, ...]
    mask: Ink


class _Piece(NamedTuple):
    """A straight piece of ink: its ends (points), the left one first, and the region that it lies in."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    region: int

    @property
    def length(self) -> float:
        return float(np.hypot(*(self.end - self.start)))


def find_strikes(ink: Ink, regions: Regions, scale: float) -> Strikes | None:
    """Give the diagonals of the cells of a page from its ink without rulings (``scale`` pixels a point); None without any."""
    if not regions.boxes:
        return None
    small, small_scale = reduced(ink, scale, PIXELS)
    small = np.asarray(cv2.threshold(small, 80, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    by_region: dict[int, list[_Piece]] = {}
    for piece in _pieces(small, regions, small_scale):
        by_region.setdefault(piece.region, []).append(piece)
    found = [
        diagonal
        for region, pieces in by_region.items()
        if (diagonal := _diagonal(pieces, regions.boxes[region])) is not None
    ]
    if not found:
        return None
    mask = np.zeros(ink.shape, dtype=np.uint8)
    for diagonal in found:
        first, last = (tuple(round(value * scale) for value in end) for end in (diagonal.start, diagonal.end))
        cv2.line(mask, first, last, 255, max(1, round(2 * MARGIN * scale)))
    return Strikes(tuple(map(_to_stroke, found)), cv2.bitwise_and(mask, ink))


def _pieces(ink: Ink, regions: Regions, scale: float) -> list[_Piece]:
    """Give the straight leaning pieces of ink inside cells."""
    labels, stats, _ = find_components(ink, connectivity=8)
    width, height, area = stats[:, 2] / scale, stats[:, 3] / scale, stats[:, 4] / (scale * scale)
    length = np.hypot(width, height)
    leaning = np.minimum(width, height) >= np.maximum(SLOPE * length, 2 / scale)
    chosen = np.flatnonzero((length >= SHORTEST) & leaning & (area <= THICKEST * length))
    pieces = []
    for index in chosen[chosen > 0]:
        x, y, across, down = (int(value) for value in stats[index, :4])
        ys, xs = np.nonzero(labels[y : y + down, x : x + across] == index)
        points = np.column_stack((xs + x + 0.5, ys + y + 0.5)) / scale
        middle = points.mean(axis=0)
        region = regions.at(*middle)
        direction = _direction(points - middle)
        off = np.abs((points - middle) @ np.array((-direction[1], direction[0])))
        is_straight = off.max() <= STRAIGHT + 0.5 * THICKEST and (off <= STRAIGHT).mean() >= MOSTLY
        if region == OPEN or not is_straight:
            continue
        along = (points - middle) @ direction
        pieces.append(_Piece(middle + along.min() * direction, middle + along.max() * direction, region))
    return pieces


def _direction(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the direction of the line through the middle of points about it that lies nearest to them (least squares)."""
    across, down = points.T
    angle = 0.5 * np.arctan2(2 * across @ down, across @ across - down @ down)
    return np.array((np.cos(angle), np.sin(angle)))


def _diagonal(pieces: list[_Piece], cell: Box) -> _Piece | None:
    """Give the line that the pieces in a cell make, if it strikes the cell out."""
    longest = max(pieces, key=lambda piece: piece.length)
    direction = (longest.end - longest.start) / longest.length
    across = np.array((-direction[1], direction[0]))
    on_line = [
        piece
        for piece in pieces
        if max(abs((end - longest.start) @ across) for end in (piece.start, piece.end)) <= STRAIGHT
    ]
    places = [
        ((piece.start - longest.start) @ direction, (piece.end - longest.start) @ direction)
        for piece in on_line
    ]
    low, high = min(min(place) for place in places), max(max(place) for place in places)
    whole = _Piece(longest.start + low * direction, longest.start + high * direction, longest.region)
    covered = np.abs(whole.end - whole.start)
    is_long = covered[0] >= SHARE * (cell[2] - cell[0]) and covered[1] >= SHARE * (cell[3] - cell[1])
    return whole if is_long and sum(piece.length for piece in on_line) >= FILLED * (high - low) else None


def _to_stroke(diagonal: _Piece) -> Stroke:
    (x0, y0), (x1, y1) = diagonal.start, diagonal.end
    box = (
        round(float(x0), 2),
        round(float(min(y0, y1)), 2),
        round(float(x1), 2),
        round(float(max(y0, y1)), 2),
    )
    return Stroke(box, rising=bool(y1 < y0))
