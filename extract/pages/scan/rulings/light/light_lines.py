"""Straight lines that are too light, too fine or too finely dotted to be ink, wherever on a page they are.

Averaged along its own direction a line stands out from the paper long before any single point of it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Gray, transposed
from extract.pages.scan.rulings.tracks import Axis

ALONG, SHORT_ALONG = 3.6, 1.6
"""Length (points) over which tones are averaged: two dots of a dotted ruling, less than a character; near its ends less."""

BESIDE, FLANK = 1.3, 3.2
"""From and to this distance (points) beside a line stands paper."""

DARKER = 12
"""A line is darker than the paper beside it by this much (of 255); the noise of a JPEG reaches 3."""

LIGHTEST = 5
"""Less than this is noise."""

PIECE = 5.0
"""Least length (points) of a piece of a line: half the lowest row."""

FOLLOWING, ASIDE = 7.0, 1.3
"""Pieces follow one another on a line so far apart along it and across it (points) at most."""

LEAST = 16.0
"""A line of less (points) is a stroke."""

THICKEST, STEEPEST = 3.2, 0.02
"""A line is at most so thick (points), and leans by this slope at most."""

WANDER = 0.35
"""A line wanders by this much (points) to either side."""

PIXELS = 2.1
"""Pixels a point along the lines that are enough, as tones are averaged that way; across them every pixel counts."""


class Evidence(NamedTuple):
    """By how much the points of a picture are darker than the paper on the lighter side (``one``) and on both (``both``).

    Tones are averaged along the rows, in ``ends`` over a shorter way; ``along`` pixels a point that way, ``scale`` across.
    """

    one: Gray
    both: Gray
    ends: Gray
    along: float
    scale: float


class Piece(NamedTuple):
    """A line along the rows: its position at the middle of its length, where it begins and ends, and its slope; in points."""

    position: float
    start: float
    end: float
    slope: float

    def at(self, place: float) -> float:
        """Give where the line runs at a place along it."""
        return self.position + self.slope * (place - (self.start + self.end) / 2)

    @property
    def wander(self) -> float:
        """How far the line comes from its position on its own length and where a piece that follows may meet it."""
        return abs(self.slope) * (self.end - self.start + FOLLOWING) / 2


class Line(NamedTuple):
    """A line and what is seen along it from edge to edge of the picture, as the evidence tells it."""

    piece: Piece
    one: NDArray[np.uint8]
    both: NDArray[np.uint8]
    ends: NDArray[np.uint8]
    scale: float

    def part(self, seen: NDArray[np.uint8], low: float, high: float) -> NDArray[np.uint8]:
        """Give what is seen between two places (points)."""
        first, last = (max(0, round(place * self.scale)) for place in (low, high))
        return seen[first:last]


def find_lines(gray: Gray, scale: float, axis: Axis, *, is_known: Callable[[Piece], bool]) -> list[Line]:
    """Give the straight lines along an axis of an evened picture (``scale`` pixels a point), without those that are known."""
    length = gray.shape[1] if axis == "horizontal" else gray.shape[0]
    factor = max(1, round(scale / PIXELS))
    columns = -(-length // factor)
    along = scale * columns / length
    # Half way between two points a linear mean is that of both, and takes a fifth of the time.
    mean = cv2.INTER_LINEAR if factor == 2 else cv2.INTER_AREA
    if axis == "horizontal":
        gray = np.asarray(cv2.resize(gray, (columns, gray.shape[0]), interpolation=mean), dtype=np.uint8)
    else:
        gray = np.asarray(cv2.resize(gray, (gray.shape[1], columns), interpolation=mean), dtype=np.uint8)
        gray = transposed(gray)
    ends, _ = darkness(cv2.blur(gray, (round(SHORT_ALONG * along) | 1, 1)), scale)
    one, both = darkness(cv2.blur(gray, (round(ALONG * along) | 1, 1)), scale)
    evidence = Evidence(one, both, ends, along, scale)
    return [_follow(piece, evidence) for piece in _joined(_pieces(evidence)) if not is_known(piece)]


def darkness(tone: Gray, scale: float) -> tuple[Gray, Gray]:
    """Give by how much each point is darker than the paper on the lighter side of it, and than that on the darker side."""
    near, far = round(BESIDE * scale), round(FLANK * scale)
    size = far - near + 1
    wide = cv2.copyMakeBorder(tone, far, far, 0, 0, cv2.BORDER_CONSTANT, value=255)
    # The darkest of so many points from each on down: those from far to near above a point, and below it.
    darkest = cv2.erode(wide, np.ones((size, 1), np.uint8), anchor=(0, 0), borderValue=255)
    above, below = darkest[: len(tone)], darkest[far + near : far + near + len(tone)]
    one, both = (cv2.subtract(side, tone) for side in (cv2.max(above, below), cv2.min(above, below)))
    return np.asarray(one, dtype=np.uint8), np.asarray(both, dtype=np.uint8)


def _pieces(evidence: Evidence) -> list[Piece]:
    along, scale = evidence.along, evidence.scale / 2
    dark = cv2.threshold(evidence.one, DARKER - 1, 255, cv2.THRESH_BINARY)[1]
    # Thickened a line is seen in every second row as well.
    wide = np.ascontiguousarray(cv2.dilate(dark, np.ones((3, 1), np.uint8))[::2])
    opened = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((1, round(PIECE * along)), np.uint8))
    labels, stats, centres = find_components(np.asarray(opened, dtype=np.uint8), connectivity=8)
    x, width, height, area = (stats[:, index] for index in (0, 2, 3, 4))
    is_line = area <= THICKEST * scale * width
    is_line &= height <= (THICKEST + STEEPEST * width / along) * scale
    is_line[0] = False
    slopes = np.zeros(len(stats))
    for index in np.flatnonzero(is_line & (width >= LEAST * along)):
        left, top, across, down = stats[index, :4]
        slopes[index] = _slope(labels[top : top + down, left : left + across] == index) * along / scale
    middles = (centres[:, 1] + 0.25) / scale
    columns = (middles, x / along, (x + width) / along, slopes)
    return [Piece(*piece) for piece in np.stack(columns, axis=1)[is_line].tolist()]


def _slope(own: NDArray[np.bool_]) -> float:
    """Give the slope of the straight line that lies nearest to the points of a piece (least squares), in pixels a pixel."""
    counts = own.sum(axis=0)
    aside = np.arange(len(own)) @ own
    along = np.arange(own.shape[1]) - (np.arange(own.shape[1]) @ counts) / counts.sum()
    return float(along @ aside / (along**2 @ counts))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Give one line for the pieces that follow one another."""
    joined: list[Piece] = []
    reaches: list[float] = []
    open_ends: list[int] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        first, last, reach = piece.start - FOLLOWING, piece.start + FOLLOWING, ASIDE + piece.wander
        open_ends = [index for index in open_ends if joined[index].end >= first]
        for index in open_ends:
            other = joined[index]
            is_near = other.end <= last and abs(other.position - piece.position) <= reach + reaches[index]
            if is_near and _is_followed(other, piece):
                joined[index] = _union(other, piece)
                reaches[index] = joined[index].wander
                break
        else:
            open_ends.append(len(joined))
            joined.append(piece)
            reaches.append(piece.wander)
    return [piece for piece in joined if piece.end - piece.start >= LEAST]


def _is_followed(one: Piece, other: Piece) -> bool:
    """Say whether two pieces run on one line half way between the end of one and the start of the other."""
    middle = (one.end + other.start) / 2
    return abs(one.at(middle) - other.at(middle)) <= ASIDE


def _union(first: Piece, second: Piece) -> Piece:
    """Give the straight line that lies nearest to two pieces (least squares)."""
    both = (first, second)
    lengths = [piece.end - piece.start for piece in both]
    middles = [(piece.start + piece.end) / 2 for piece in both]
    centre = sum(m * length for m, length in zip(middles, lengths, strict=True)) / sum(lengths)
    mean = sum(p.position * length for p, length in zip(both, lengths, strict=True)) / sum(lengths)
    rise = spread = 0.0
    for piece, length, middle in zip(both, lengths, middles, strict=True):
        rise += length * (piece.slope * length**2 / 12 + (middle - centre) * (piece.position - mean))
        spread += length * (length**2 / 12 + (middle - centre) ** 2)
    slope, start, end = rise / spread, first.start, max(first.end, second.end)
    return Piece(mean + slope * ((start + end) / 2 - centre), start, end, slope)


def _follow(piece: Piece, evidence: Evidence) -> Line:
    """Look along a line, and beyond its ends."""
    rows, columns = evidence.one.shape
    at = np.arange(columns)
    row = evidence.scale * (
        piece.position + piece.slope * (at / evidence.along - (piece.start + piece.end) / 2)
    )
    reach = round(WANDER * evidence.scale)
    near = np.clip(np.floor(row).astype(int) + np.arange(-reach, reach + 1)[:, None], 0, rows - 1)
    places = near * columns + at
    seen = [np.asarray(part.ravel().take(places).max(axis=0), dtype=np.uint8) for part in evidence[:3]]
    return Line(piece, seen[0], seen[1], seen[2], evidence.along)
