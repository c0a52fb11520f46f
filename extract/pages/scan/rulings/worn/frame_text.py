"""The text of a worn frame of which no inner ruling is left: its lines, the texts in them, and the white between these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.cell_text import SPECK, without_specks

MARGIN = 2.0
"""Ink so near the frame is its own (points)."""

RIGHT_PART = 0.4
"""Rows are looked for behind this share of the width: side labels stand between them."""

LINE_INK, LEAST_HEIGHT, CLOSE_ROWS = 2.0, 4.0, 1.0
"""Least ink across a line of text, its least height, and white inside it at most (points)."""

LETTERS = 0.8
"""White narrower than this, in heights of a line, is inside a text."""

PAD = 2.5
"""A wall stands so far (points) behind the texts before it, and before those behind it, where there is room."""

SAME_EDGE, MOSTLY = 0.4, 0.6
"""Labels begin below one another within this distance (heights of a line) in this share of the rows."""

INDENT, AT_LEFT = 1.3, 1.0
"""They begin so far behind the frame where side labels stand before them; that of a total begins no farther than this."""


class Run(NamedTuple):
    """A text of a row, from ``left`` to ``right`` (points)."""

    left: float
    right: float


def ink_inside(rows: Straight, box: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """Give the ink of a frame without its borders and without specks, from its left upper corner on."""
    scale, margin = rows.scale, round(MARGIN * rows.scale)
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    ink = rows.ink[y0:y1, x0:x1].copy()
    for border in (np.s_[:margin], np.s_[-margin:], np.s_[:, :margin], np.s_[:, -margin:]):
        ink[border] = 0
    return without_specks(ink > 0, SPECK * scale).astype(np.uint8)


def find_bands(ink: NDArray[np.uint8], scale: float) -> list[tuple[float, float]]:
    """Give the lines of text (points from the top)."""
    part = ink[:, round(RIGHT_PART * ink.shape[1]) :]
    return find_lines(np.count_nonzero(part, axis=1) >= LINE_INK * scale, scale)


def find_lines(inked: NDArray[np.bool_], scale: float) -> list[tuple[float, float]]:
    """Give the lines of text (points) from where there is ink, from the top down; white inside a line is closed."""
    size = (round(CLOSE_ROWS * scale) | 1, 1)
    closed = cv2.morphologyEx(inked[:, None].astype(np.uint8), cv2.MORPH_CLOSE, np.ones(size, np.uint8))
    return [(low, high) for low, high in _spans(np.ravel(closed), scale) if high - low >= LEAST_HEIGHT]


def _spans(inked: NDArray[np.uint8], scale: float) -> list[tuple[float, float]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))) / scale
    return [(float(low), float(high)) for low, high in zip(edges[::2], edges[1::2], strict=True)]


def find_runs(band: NDArray[np.uint8], scale: float, em: float) -> list[Run]:
    """Give the texts of a row: ink without wide white in it."""
    runs: list[Run] = []
    for low, high in _spans(np.asarray(band.any(axis=0), dtype=np.uint8), scale):
        if runs and low - runs[-1].right < LETTERS * em:
            runs[-1] = Run(runs[-1].left, high)
        else:
            runs.append(Run(low, high))
    return runs


def white_at(row: Sequence[Run], place: float, width: float) -> float:
    """Give how wide the white of a row is at a place, from text to text or to the frame."""
    before = max((run.right for run in row if run.right <= place), default=0.0)
    return min((run.left for run in row if run.left >= place), default=width) - before


def find_side_wall(texts: Sequence[Sequence[Run]], first: float, em: float) -> float | None:
    """Give the wall behind labels of several rows: the other labels begin below one another far from the frame, the total near it."""
    own = [[run for run in row if run.right <= first] for row in texts]
    begins = [run.left for row in own[:-1] for run in row if run.left >= INDENT * em]
    if not begins or not own[-1] or own[-1][0].left > AT_LEFT * em:
        return None
    place = float(np.median(begins))
    beside = sum(any(abs(run.left - place) <= SAME_EDGE * em for run in row) for row in own[:-1])
    return place - PAD if beside >= MOSTLY * len(own[:-1]) else None
