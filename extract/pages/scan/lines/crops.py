"""Text lines of a scanned page -> the pictures that the recogniser reads, and the way back from picture to page."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.paper.picture import Gray, Ink

MARGIN = 0.07
"""White above and below the ink, as a share of its height: what the recogniser saw in its training."""

SIDE = 0.3
"""White before and after the line in ems."""

LOWEST = 1.05
"""Least height of the picture in ems: ー alone on a line must not be blown up to a block."""

NORMAL = (0.55, 1.2)
"""Ink between these heights (in ems of the page) is of the page's size; figures are lower than kanji."""

INK_OF_EM = 0.93
"""Height of the ink of a line of kanji, in ems."""

WIDE_GAP = 1.1
"""A gap wider than this (ems) inside a line is drawn narrower: white paper costs as much time as characters."""

DRAWN_GAP = 0.7
"""Width (ems) at which such a gap is drawn; enough to be seen as a space."""


class Crop(NamedTuple):
    """The picture of a line; ``starts`` are places in it (pixels) from which page places run on from ``origins``.

    ``strip`` is the same line as it stands on the page, with what is beside it, from ``strip_start`` (pixels) on.
    """

    picture: Gray
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    em: float
    strip: Gray | None = None
    strip_start: int = 0

    def to_page(self, share: float) -> float:
        """Give the place on the page (pixels) of a place given as a share of the picture's width."""
        x = share * float(self.picture.shape[1])
        # Half a pixel of grace: ink that begins a stretch must not fall to the one before by a rounding.
        index = max(0, bisect_right(self.starts, x + 0.5) - 1)
        return self.origins[index] + x - self.starts[index]

    def to_picture(self, place: float) -> int:
        """Give the place in the picture of a place on the page (both in pixels)."""
        index = max(0, bisect_right(self.origins, place + 1) - 1)
        last = int(self.picture.shape[1]) - 1
        return max(0, min(last, round(self.starts[index] + place - self.origins[index])))


def line_to_crop(line: TextLine, gray: Gray, ink: Ink) -> Crop:
    """Give the picture of a line from the page without rulings."""
    x0, y0, x1, y1 = line.box
    em = _line_em(line)
    pad = max(1, round(MARGIN * (y1 - y0)))
    top, bottom = max(0, y0 - pad), min(gray.shape[0], y1 + pad)
    spans = _spans(ink[y0:y1, x0:x1], x0, em)
    side, between = round(SIDE * em), round(DRAWN_GAP * em)
    width = 2 * side + sum(b - a for a, b in spans) + between * (len(spans) - 1)
    height = max(bottom - top, round(LOWEST * em))
    picture: NDArray[np.uint8] = np.full((height, width), 255, dtype=np.uint8)
    offset = (height - (bottom - top)) // 2
    starts: list[int] = []
    x = side
    for start, stop in spans:
        picture[offset : offset + bottom - top, x : x + stop - start] = gray[top:bottom, start:stop]
        starts.append(x)
        x += stop - start + between
    first = max(0, x0 - side)
    strip = gray[y0:y1, first : x1 + side]
    return Crop(picture, tuple(starts), tuple(start for start, _ in spans), em, strip, first)


def _line_em(line: TextLine) -> float:
    """Give the em of a line in pixels: the page's, unless the ink is clearly of another size."""
    height = line.box[3] - line.box[1]
    if NORMAL[0] * line.em <= height <= NORMAL[1] * line.em or height < NORMAL[0] * line.em / 2:
        return line.em
    return float(min(max(height / INK_OF_EM, 0.4 * line.em), 4 * line.em))


def _spans(ink: Ink, left: int, em: float) -> list[tuple[int, int]]:
    """Give the stretches of a line between wide gaps, as (start, stop) in page pixels, a little paper included."""
    columns = np.flatnonzero(ink.any(axis=0))
    if not len(columns):
        return [(left, left + ink.shape[1])]
    breaks = np.flatnonzero(np.diff(columns) > WIDE_GAP * em)
    starts = [int(columns[0]), *(int(columns[i + 1]) for i in breaks)]
    stops = [*(int(columns[i]) + 1 for i in breaks), int(columns[-1]) + 1]
    return [(left + start, left + stop) for start, stop in zip(starts, stops, strict=True)]
