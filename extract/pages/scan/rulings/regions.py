"""Rulings of a scanned page -> regions: the areas that rulings close off, each with what is inside it.

A cell is such a region whatever its spans; the table itself is found later, in the same way as on any other page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.geometry import Box

PIXELS = 2.0
"""Pixels a point of the picture on which regions are told apart."""

REACH = 1.5
"""Rulings are drawn this much longer (points) at both ends, so that a corner that just fails to meet is closed."""

OPEN = -1
"""The region of everything that touches the edge of the page."""


class Regions(NamedTuple):
    """``labels`` names the region of each point (``PIXELS`` a point; 0 on a ruling); ``boxes`` gives the box of each in points."""

    labels: NDArray[np.int32]
    boxes: dict[int, Box]

    def at(self, x: float, y: float) -> int:
        """Give the region of a place in points; ``OPEN`` outside all."""
        rows, columns = self.labels.shape
        row = min(max(int(y * PIXELS), 0), rows - 1)
        column = min(max(int(x * PIXELS), 0), columns - 1)
        name = int(self.labels[row, column])
        return name if name in self.boxes else OPEN


def rulings_to_regions(rulings: Sequence[Ruling], width: float, height: float) -> Regions:
    """Give the regions of a page of ``width`` x ``height`` points."""
    paper = np.full((int(height * PIXELS) + 1, int(width * PIXELS) + 1), 255, dtype=np.uint8)
    draw_rulings(paper, rulings, PIXELS, 0)
    # Between rulings rows are alike, and so are columns: one of each says what hangs together.
    rows, columns = _changes(paper), _changes(paper.T)
    distinct = np.ascontiguousarray(paper[np.ix_(rows, columns)])
    _, labels, stats, _ = cv2.connectedComponentsWithStats(distinct, connectivity=4)
    ys, xs = np.append(rows, paper.shape[0]), np.append(columns, paper.shape[1])
    boxes: dict[int, Box] = {}
    for name, (x, y, across, down, _) in enumerate(stats):
        if name == 0 or x == 0 or y == 0 or x + across == len(columns) or y + down == len(rows):
            continue
        x0, y0, x1, y1 = (int(v) for v in (xs[x], ys[y], xs[x + across], ys[y + down]))
        boxes[name] = (x0 / PIXELS, y0 / PIXELS, x1 / PIXELS, y1 / PIXELS)
    whole = np.repeat(np.repeat(labels, np.diff(xs), axis=1), np.diff(ys), axis=0)
    return Regions(np.asarray(whole, dtype=np.int32), boxes)


def _changes(picture: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Give the rows of a picture that are not as the one before."""
    return np.append(0, np.flatnonzero((picture[1:] != picture[:-1]).any(axis=1)) + 1)


def draw_rulings(
    picture: NDArray[np.uint8], rulings: Sequence[Ruling], scale: float, tone: int, *, width: int = 1
) -> None:
    """Draw rulings onto a picture of ``scale`` pixels a point, ``width`` pixels wide."""
    for ruling in rulings:
        along = (round((ruling.start - REACH) * scale), round((ruling.end + REACH) * scale))
        across = int(ruling.position * scale)
        if ruling.axis == "horizontal":
            cv2.line(picture, (along[0], across), (along[1], across), tone, width)
        else:
            cv2.line(picture, (across, along[0]), (across, along[1]), tone, width)
