"""A worn frame of which no inner ruling is left -> the row edges and walls that stood in it, where its text tells them.

Dotted rulings vanish from a copy of a copy before the frame around them does. Rows that are set evenly from border to border
had row edges half way between them, and columns that the names over them and wide white between them tell had walls.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan.rulings.cell_text import SPECK, without_specks
from extract.pages.scan.rulings.side_labels import settle_side_labels
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Group, Track, find_tracks, middle_of

MARGIN = 2.0
"""Ink so near the frame is its own (points)."""

RIGHT_PART = 0.4
"""Rows are looked for behind this share of the width: side labels stand between them."""

LINE_INK, LEAST_HEIGHT, CLOSE_ROWS = 2.0, 4.0, 1.0
"""Least ink across a line of text, its least height, and white inside it at most (points)."""

LEAST_ROWS, EVEN, AT_BORDER = 4, 0.15, 0.25
"""So many rows at least, whose distances differ by no more than this share; so far, as a share, may the first and the last stand
off the half of it from the frame."""

LETTERS = 0.8
"""White narrower than this, in heights of a line, is inside a text."""

WIDE = 1.5
"""White between two columns is as wide as this in half of the rows, in heights of a line; inside a number it is narrower."""

PAD = 2.5
"""A wall stands so far (points) behind the texts before it, where there is room."""

SAME_EDGE, MOSTLY = 0.4, 0.6
"""Labels begin below one another within this distance (heights of a line) in this share of the rows."""

INDENT, AT_LEFT = 1.3, 1.0
"""They begin so far behind the frame where side labels stand before them; that of a total begins no farther than this."""

THIN = 0.5
"""Thickness of a ruling that is lost (points)."""

BORDERS, IN_PIECES = 2, 2
"""So many tracks of each axis make a frame, which is worn where so many of the four are in pieces."""

LEAST_COLUMNS = 3
"""With fewer columns the lines of a text would do."""


class Run(NamedTuple):
    """A text of a row, from ``left`` to ``right`` (points)."""

    left: float
    right: float


def is_worn_frame(group: Group) -> bool:
    """Say whether all that is left of a table is its frame, and the rulings of this are in pieces."""
    tracks = [track for own in group for track in find_tracks(own)]
    is_frame = all(len(find_tracks(own)) == BORDERS for own in group)
    return is_frame and sum(len(track) > 1 for track in tracks) >= IN_PIECES


def find_inner_rulings(
    flat: tuple[Track, Track], upright: tuple[Track, Track], rows: Straight
) -> Group | None:
    """Give the rulings of a table of which the outer tracks are left; None where its text tells no rows and columns.

    ``rows`` shows its ink with the rows along its first axis.
    """
    top, bottom, left, right = (middle_of(track) for track in (*flat, *upright))
    ink = _ink_inside(rows, (left, top, right, bottom))
    bands = _even_bands(ink, rows.scale, bottom - top)
    if bands is None:
        return None
    em = float(np.median([high - low for low, high in bands]))
    texts = [
        _runs(ink[round(low * rows.scale) : round(high * rows.scale)], rows.scale, em) for low, high in bands
    ]
    walls = _walls(texts, em, right - left)
    if walls is None:
        return None
    middles = [(low + high) / 2 for low, high in bands]
    edges = [top, *(top + (above + below) / 2 for above, below in pairwise(middles)), bottom]
    side = _side_wall(texts[1:], walls[0], em)
    horizontal = [Ruling("horizontal", edge, left, right, THIN) for edge in edges]
    places = [left, *(left + wall for wall in walls), right]
    vertical = [Ruling("vertical", place, top, bottom, THIN) for place in places]
    if side is None:
        return horizontal, vertical
    # Of the labels of several rows the heading and the total are left out.
    own = edges[1:-1]
    parted = settle_side_labels(own, (left, left + side), np.zeros(len(own) - 2), rows)
    if parted is None:
        return None
    inner = [
        Ruling("horizontal", edge, left if is_edge else left + side, right, THIN)
        for edge, is_edge in zip(own[1:-1], parted, strict=True)
    ]
    vertical.insert(1, Ruling("vertical", left + side, own[0], own[-1], THIN))
    return [*horizontal[:2], *inner, *horizontal[-2:]], vertical


def _ink_inside(rows: Straight, box: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """Give the ink of a frame without its borders and without specks, from its left upper corner on."""
    scale, margin = rows.scale, round(MARGIN * rows.scale)
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    ink = rows.ink[y0:y1, x0:x1].copy()
    for border in (np.s_[:margin], np.s_[-margin:], np.s_[:, :margin], np.s_[:, -margin:]):
        ink[border] = 0
    return without_specks(ink > 0, SPECK * scale).astype(np.uint8)


def _even_bands(ink: NDArray[np.uint8], scale: float, height: float) -> list[tuple[float, float]] | None:
    """Give the lines of text (points from the top), None where they are not set evenly from border to border."""
    part = ink[:, round(RIGHT_PART * ink.shape[1]) :]
    inked = (np.count_nonzero(part, axis=1) >= LINE_INK * scale).astype(np.uint8)
    inked = cv2.morphologyEx(
        inked[:, None], cv2.MORPH_CLOSE, np.ones((round(CLOSE_ROWS * scale) | 1, 1), np.uint8)
    ).ravel()
    bands = [(low, high) for low, high in _spans(inked, scale) if high - low >= LEAST_HEIGHT]
    if len(bands) < LEAST_ROWS:
        return None
    middles = np.array([(low + high) / 2 for low, high in bands])
    pitches = np.diff(middles)
    pitch = float(np.median(pitches))
    ends = np.array([middles[0], height - middles[-1]])
    if (np.abs(pitches - pitch) > EVEN * pitch).any() or (np.abs(ends - pitch / 2) > AT_BORDER * pitch).any():
        return None
    return bands


def _spans(inked: NDArray[np.uint8], scale: float) -> list[tuple[float, float]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0])))) / scale
    return [(float(low), float(high)) for low, high in zip(edges[::2], edges[1::2], strict=True)]


def _runs(band: NDArray[np.uint8], scale: float, em: float) -> list[Run]:
    """Give the texts of a row: ink without wide white in it."""
    runs: list[Run] = []
    for low, high in _spans(np.asarray(band.any(axis=0), dtype=np.uint8), scale):
        if runs and low - runs[-1].right < LETTERS * em:
            runs[-1] = Run(runs[-1].left, high)
        else:
            runs.append(Run(low, high))
    return runs


def _walls(texts: Sequence[Sequence[Run]], em: float, width: float) -> list[float] | None:
    """Give the walls between the names of the first row, each in the widest white between two of them; None where there is none."""
    names, body = texts[0], texts[1:]
    if len(names) < LEAST_COLUMNS:
        return None
    walls: list[float] = []
    for name, following in pairwise(names):
        low, high = (name.left + name.right) / 2, (following.left + following.right) / 2
        white = _widest_white(low, high, [run for row in texts for run in row])
        if white is None:
            return None
        behind = [_white_at(row, sum(white) / 2, width) for row in body]
        if white[1] - white[0] < LETTERS * em or float(np.median(behind)) < WIDE * em:
            return None
        walls.append(white[0] + min(PAD, (white[1] - white[0]) / 2))
    return walls


def _widest_white(low: float, high: float, runs: Sequence[Run]) -> tuple[float, float] | None:
    """Give the widest part between two places over which no text stands in any row."""
    best, begin = None, low
    for run in sorted(runs):
        if run.left > begin and (best is None or min(run.left, high) - begin > best[1] - best[0]):
            best = (begin, min(run.left, high))
        begin = max(begin, run.right)
        if begin >= high:
            break
    return best


def _white_at(row: Sequence[Run], place: float, width: float) -> float:
    """Give how wide the white of a row is at a place, from text to text or to the frame."""
    before = max((run.right for run in row if run.right <= place), default=0.0)
    return min((run.left for run in row if run.left >= place), default=width) - before


def _side_wall(texts: Sequence[Sequence[Run]], first: float, em: float) -> float | None:
    """Give the wall behind labels of several rows: the other labels begin below one another far from the frame, the total near it."""
    own = [[run for run in row if run.right <= first] for row in texts]
    begins = [run.left for row in own[:-1] for run in row if run.left >= INDENT * em]
    if not begins or not own[-1] or own[-1][0].left > AT_LEFT * em:
        return None
    place = float(np.median(begins))
    beside = sum(any(abs(run.left - place) <= SAME_EDGE * em for run in row) for row in own[:-1])
    return place - PAD if beside >= MOSTLY * len(own[:-1]) else None
