"""Ink of a scanned page without its rulings -> the text lines, each inside one region.

Characters that follow one another closely grow together into runs; in a cell the runs of one height are one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.geometry import Box, overlap
from extract.pages.scan.lines.touching import STACKED, lines_in, part_touching, sides_of_line
from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Ink
from extract.pages.scan.rulings.regions import OPEN, Regions, draw_rulings

PIXELS = 2.5
"""Pixels a point of the reduced picture on which lines are found."""

INK_SHARE = 0.16
"""A reduced point is ink where at least this share of it is."""

DEFAULT_EM = 10.5
"""Size of body text in points where the page does not say (the size of Japanese official documents)."""

LOW, TWO_LINES = 4.0, 11.0
"""Runs not higher than this (points) say nothing of the size of the type; higher ones may be two lines of the smallest type."""

SEVERAL = 0.75
"""Most runs of a page are several lines that have grown together where single lines are lower than this share of them."""

SPECK_AREA = 0.55
"""Ink of at most this area (square points) is dirt, as 1-bit noise leaves it; the dots of a dakuten at 6 pt are larger."""

SPECKS = 80
"""A page with fewer specks than this is clean, and its small ink is the dots of its characters."""

RUN_GAP = 1.25
"""Characters up to this many ems apart are one run; columns of figures without rulings stand farther apart."""

SPECK = 2.4
"""A run smaller than this both ways (points) that stands alone is dirt; a full stop stands beside a character."""

BAR, TWO_BARS, ONE_CHARACTER = 0.4, 0.65, 1.1
"""A run lower than ``BAR`` ems may be a stroke of a character, which is at most ``ONE_CHARACTER`` ems wide and high; one lower
than ``TWO_BARS`` two strokes that have grown together, beside a third."""

SAME_LINE = 0.45
"""Runs in a cell that share at least this part of the lower one's height stand on one line."""

REMAINS = 2.2
"""Thin ink that ends within this distance (points) of the side of a cell is what is left of a ruling."""

THIN = 1.8
"""Ink narrower than this (points) may be that; the 1 of 8 pt type is as thin, but stands farther from the side."""

CELL_WIDTH = 320.0
"""A region wider than this in points is a frame around text, where runs far apart need not be one line."""


Piece: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom of ink, in pixels."""


class TextLine(NamedTuple):
    """A line: its region, its pieces (boxes in pixels of the full picture, from left to right) and its em in pixels."""

    region: int
    pieces: tuple[Piece, ...]
    em: float

    @property
    def box(self) -> Piece:
        """The box around all pieces, in pixels."""
        x0s, y0s, x1s, y1s = zip(*self.pieces, strict=True)
        return (min(x0s), min(y0s), max(x1s), max(y1s))


class PageLines(NamedTuple):
    """The lines of a page, and whether the page is strewn with specks, so that a dot may be dirt."""

    lines: tuple[TextLine, ...]
    is_dirty: bool


class _Run(NamedTuple):
    region: int
    box: Piece


def ink_to_lines(ink: Ink, rulings: Sequence[Ruling], regions: Regions, scale: float) -> PageLines:
    """Give the text lines of a page from its ``ink`` without rulings (``scale`` pixels a point)."""
    ratio = PIXELS / scale
    reduced = cv2.resize(ink, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    small = cv2.threshold(reduced, 255 * INK_SHARE, 255, cv2.THRESH_BINARY)[1]
    small, is_dirty = _remove_specks(np.asarray(small, dtype=np.uint8))
    runs, em = _find_runs(small, rulings, regions)
    lines: list[TextLine] = []
    for name, group in _by_region(runs):
        cell = None if name == OPEN else regions.boxes[name]
        for line in _group_lines(group, regions, name):
            pieces = [_tighten(ink, run.box, ratio) for run in line]
            kept = sorted(piece for piece in pieces if piece is not None)
            kept = _without_remains(kept, cell, scale)
            if is_dirty:
                kept = _without_dirt(kept, em / ratio, scale)
            if any(max(x1 - x0, y1 - y0) >= SPECK * scale for x0, y0, x1, y1 in kept):
                lines.append(TextLine(name, tuple(kept), em / ratio))
    return PageLines(tuple(lines), is_dirty)


def _without_remains(pieces: list[Piece], cell: Box | None, scale: float) -> list[Piece]:
    """Leave out thin ink along the sides of a cell: what is left of its rulings."""
    if cell is None:
        return pieces
    left, top, right, bottom = (value * scale for value in cell)
    near, thin = REMAINS * scale, THIN * scale
    kept = []
    for piece in pieces:
        x0, y0, x1, y1 = piece
        at_side = x1 - left < near or right - x0 < near
        at_end = y1 - top < near or bottom - y0 < near
        if not ((x1 - x0 < thin and at_side) or (y1 - y0 < thin and at_end)):
            kept.append(piece)
    return kept


def _without_dirt(pieces: list[Piece], em: float, scale: float) -> list[Piece]:
    """Leave out specks that stand apart from the characters of a line."""
    size = SPECK * scale
    big = [piece for piece in pieces if max(piece[2] - piece[0], piece[3] - piece[1]) >= size]
    return [
        piece
        for piece in pieces
        if max(piece[2] - piece[0], piece[3] - piece[1]) >= size
        or any(piece[0] - other[2] < em / 2 and other[0] - piece[2] < em / 2 for other in big)
    ]


def _remove_specks(small: Ink) -> tuple[Ink, bool]:
    """Give the reduced ink without the dots that dirt and 1-bit noise left, and whether there were many."""
    labels, stats, _ = find_components(small, connectivity=8)
    is_speck = stats[:, cv2.CC_STAT_AREA] <= SPECK_AREA * PIXELS * PIXELS
    if int(is_speck.sum()) < SPECKS:
        return small, False
    is_speck[0] = True
    return np.asarray(np.where(is_speck, 0, 255).astype(np.uint8)[labels], dtype=np.uint8), True


def _find_runs(small: Ink, rulings: Sequence[Ruling], regions: Regions) -> tuple[list[_Run], float]:
    """Give the runs of characters on the reduced picture and the em of the page in its pixels."""
    em = DEFAULT_EM * PIXELS
    walls = np.zeros_like(small)
    draw_rulings(walls, rulings, PIXELS, 255)
    labels, stats = _grow(small, walls, em)
    heights = [(int(h), int(w)) for _, _, w, h, _ in stats[1:] if w > 3 * h and h > LOW * PIXELS]
    if heights:
        found = _weighted_median(heights)
        single = _weighted_median(_line_heights(small, labels, stats) or heights)
        if single < SEVERAL * found:
            found = single
        if abs(found - em) > 0.25 * em:
            em = float(np.clip(found, 5 * PIXELS, 24 * PIXELS))
            labels, stats = _grow(small, walls, em)
        else:
            em = float(found)
    runs: list[_Run] = []
    for name in range(1, len(stats)):
        x, y, width, height, _ = (int(value) for value in stats[name])
        own = (labels[y : y + height, x : x + width] == name) & (small[y : y + height, x : x + width] > 0)
        if not own.any():
            continue
        rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
        own = own[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        x, y, width, height = x + int(columns[0]), y + int(rows[0]), own.shape[1], own.shape[0]
        region = regions.at((x + width / 2) / PIXELS, (y + height / 2) / PIXELS)
        runs.extend(_Run(region, (x + a, y + b, x + c, y + d)) for a, b, c, d in _rows(own, em))
    return _join_bars(runs, em), em


def _line_heights(small: Ink, labels: NDArray[np.int32], stats: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Give height and width of the lines in wide runs; lines that have grown together are told apart by the white between.

    Where no white is left between, the size of their characters says how many they are.
    """
    heights: list[tuple[int, int]] = []
    for name in range(1, len(stats)):
        x, y, width, height, _ = (int(value) for value in stats[name])
        if height <= LOW * PIXELS:
            continue
        bands = [(0, height)]
        if height > TWO_LINES * PIXELS and width > 3 * LOW * PIXELS:
            own = (labels[y : y + height, x : x + width] == name) & (small[y : y + height, x : x + width] > 0)
            bands = [
                part
                for top, bottom in _bands(own)
                for part in _evenly(top, bottom, lines_in(own[top:bottom], PIXELS))
            ]
        heights += [(bottom - top, width) for top, bottom in bands if LOW * PIXELS < bottom - top < width / 3]
    return heights


def _evenly(top: int, bottom: int, count: int) -> Iterator[tuple[int, int]]:
    """Give so many stretches of one length."""
    yield from pairwise(top + (bottom - top) * index // count for index in range(count + 1))


def _join_bars(runs: list[_Run], em: float) -> list[_Run]:
    """Join thin runs one over another that are the strokes of one character: 二 and 三 standing alone."""
    bars = [
        r for r in runs if r.box[3] - r.box[1] < TWO_BARS * em and r.box[2] - r.box[0] < ONE_CHARACTER * em
    ]
    bars.sort(key=lambda r: r.box[1] - r.box[3])
    joined = [run for run in runs if run not in bars]
    while bars:
        run = bars.pop()
        if run.box[3] - run.box[1] >= BAR * em:
            joined.append(run)
            continue
        x0, y0, x1, y1 = run.box
        for other in list(bars):
            a0, b0, a1, b1 = other.box
            shared = overlap(x0, x1, a0, a1)
            if (
                other.region == run.region
                and shared >= 0.6 * min(x1 - x0, a1 - a0)
                and max(y1, b1) - min(y0, b0) <= ONE_CHARACTER * em
            ):
                x0, y0, x1, y1 = min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1)
                bars.remove(other)
        joined.append(_Run(run.region, (x0, y0, x1, y1)))
    return joined


def _grow(small: Ink, walls: Ink, em: float) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Join ink along the lines, not over rulings; give the labels and their boxes."""
    across = max(3, round(RUN_GAP * em))
    grown = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, across), np.uint8))
    # The halves of ニ, 三 and ： are one character; the next line is farther away than this.
    grown = cv2.morphologyEx(grown, cv2.MORPH_CLOSE, np.ones((max(2, round(0.22 * em)), 1), np.uint8))
    grown[walls > 0] = 0
    labels, stats, _ = find_components(np.asarray(grown, dtype=np.uint8), connectivity=4)
    return labels, stats


def _weighted_median(heights: Sequence[tuple[int, int]]) -> float:
    ordered = sorted(heights)
    half = sum(weight for _, weight in ordered) / 2
    for height, weight in ordered:
        half -= weight
        if half <= 0:
            return float(height)
    return float(ordered[-1][0])


def _rows(own: NDArray[np.bool_], em: float) -> Iterator[Piece]:
    """Give the lines of a run (boxes in it), cut where lines have grown together."""
    height, width = own.shape
    if height <= STACKED * em:
        yield 0, 0, width, height
        return
    merged: list[tuple[int, int]] = []
    for top, bottom in _bands(own):
        if merged and bottom - merged[-1][0] <= 1.15 * em:
            merged[-1] = (merged[-1][0], bottom)
        else:
            merged.append((top, bottom))
    for top, bottom in merged:
        parts = [] if bottom - top <= STACKED * em else part_touching(own[top:bottom], PIXELS, page_em=em)
        if len(parts) < 2:
            yield 0, top, width, bottom
            continue
        for start, stop in parts:
            left, right = sides_of_line(own[top + start : top + stop])
            yield left, top + start, right, top + stop


def _bands(own: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Give the rows (top, bottom) of ink between which a run is white, or nearly so.

    A last line of one or two characters is faint beside the others: what white parts from them is a line all the same.
    """
    profile = own.sum(axis=1)
    bands: list[tuple[int, int]] = []
    for top, bottom in _stretches(profile > 0):
        part = profile[top:bottom]
        inner = _stretches(part > max(1.0, 0.04 * float(part.max())))
        cuts = [top, *(top + (above[1] + below[0]) // 2 for above, below in pairwise(inner)), bottom]
        bands += pairwise(cuts)
    return bands


def _stretches(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Give start and end of the stretches that are filled."""
    places = np.flatnonzero(filled)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > 1)
    starts = [int(places[0]), *(int(places[i + 1]) for i in breaks)]
    stops = [*(int(places[i]) + 1 for i in breaks), int(places[-1]) + 1]
    return list(zip(starts, stops, strict=True))


def _by_region(runs: Iterable[_Run]) -> Iterator[tuple[int, list[_Run]]]:
    groups: dict[int, list[_Run]] = {}
    for run in runs:
        groups.setdefault(run.region, []).append(run)
    yield from groups.items()


def _group_lines(runs: list[_Run], regions: Regions, name: int) -> Iterator[list[_Run]]:
    """Give the runs that are one line: in a cell those of one height, outside each by itself."""
    box = None if name == OPEN else regions.boxes[name]
    if box is None or box[2] - box[0] > CELL_WIDTH:
        yield from ([run] for run in runs)
        return
    lines: list[list[_Run]] = []
    spans: list[tuple[int, int]] = []
    # The highest first: a small mark joins the line it stands on, not the other way round.
    for run in sorted(runs, key=lambda r: r.box[1] - r.box[3]):
        top, bottom = run.box[1], run.box[3]
        for index, (high, low) in enumerate(spans):
            if overlap(top, bottom, high, low) >= SAME_LINE * min(bottom - top, low - high):
                lines[index].append(run)
                spans[index] = (min(high, top), max(low, bottom))
                break
        else:
            lines.append([run])
            spans.append((top, bottom))
    yield from lines


def _tighten(ink: Ink, box: Piece, ratio: float) -> Piece | None:
    """Give the box of a run in full pixels, drawn tight around its ink; None where there is none."""
    x0, y0 = max(0, int((box[0] - 0.5) / ratio)), max(0, int((box[1] - 0.5) / ratio))
    x1, y1 = int(np.ceil((box[2] + 0.5) / ratio)), int(np.ceil((box[3] + 0.5) / ratio))
    part = ink[y0:y1, x0:x1]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return None
    return (x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1)
