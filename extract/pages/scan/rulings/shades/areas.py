"""Edges of shaded areas on a scanned page, and white or light lines between such areas, as candidates for rulings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan.paper.picture import Gray, transposed
from extract.pages.scan.rulings.tracks import Axis, Group

PIXELS = 2.1
"""Pixels a point that are enough to find edges of shading."""

TYPE = 6.0
"""What is dark and less wide or less high than this (points) is type or a ruling, and is painted over."""

BLUR = 2.2
"""An edge is no more blurred than this (points)."""

THIN, LINE, LONG = 3.0, 8, 20.0
"""A light line is at most so thick (points), darker than what is on both sides of it by this much (of 255), and as long (points)."""

CROSSING = 3.5
"""A line across another one is not wider than this (points)."""

STEP = 7
"""Both sides of an edge differ by this much (of 255); the grain of paper and JPEG, without the type, by 3."""

LEAST: dict[Axis, float] = {"horizontal": 18.0, "vertical": 7.0}
"""Least length (points) of an edge along each axis; the lowest row is 8 pt high."""

LONGEST, LEAST_ROWS = 36.0, 3
"""One edge of a table of shaded cells at least is so long (points), or of one of lines so many are."""

THICKEST, STEEPEST = 6.0, 0.01
"""An edge, or both edges of a gap, are at most so thick (points), and lean by this slope at most."""

MARGIN = 5.0
"""Edges this near (points) the edge of the picture are those of the paper."""

DARKER = 50
"""Type is darker than the area it stands on by this much (of 255)."""

DARK, FILLING = 0.45, 16.0
"""Darker than this share of white is a panel with light text; so far apart (points) its parts are with text between them."""

BAND = (12.0, 1.9)
"""Above and below its text a panel is dark over at least this width and height (points); no character is, and few rulings."""

BESIDE = 3.0
"""An edge this near (points) a ruling is the ruling's own."""

SAME_LINE, JOIN = 1.5, 4.0
"""Edges in line (points across) that follow one another this closely (points along) are one."""


class _Bars(NamedTuple):
    """Where edges of shading and lines are along one axis (255)."""

    edges: Gray
    lines: Gray


class Shading(NamedTuple):
    """The edges of shading of a page, and these with its ``lines`` of any tone.

    ``type`` is its type (255), ``thin`` what is drawn of the lines, on pictures of ``scale`` pixels a point.
    """

    edges: Group
    lines: Group
    type: Gray
    thin: Gray
    scale: float


def reduce_colour(picture: NDArray[np.uint8], scale: float) -> tuple[Gray, float]:
    """Give the darkest of the colours of each point, on a picture of about ``PIXELS`` a point, and its scale.

    A tint is paler in grey than in the colour that it takes away.
    """
    factor = max(1, round(scale / PIXELS))
    if factor > 1:
        size = (picture.shape[1] // factor, picture.shape[0] // factor)
        whole = picture[: size[1] * factor, : size[0] * factor]
        picture = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return darkest_colour(picture), scale / factor


def darkest_colour(picture: NDArray[np.uint8]) -> Gray:
    """Give the darkest of the colours of each point."""
    if picture.ndim == 2:
        return picture
    blue, green, red = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(blue, green), red), dtype=np.uint8)


def find_shading(tones: Gray, scale: float, rulings: Sequence[Ruling]) -> Shading | None:
    """Give the edges of shading of a straightened picture beside which no ruling runs; None where there is none."""
    side = round(TYPE * scale) | 1  # an even one would shift what it leaves
    areas = np.asarray(
        cv2.morphologyEx(tones, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), dtype=np.uint8
    )
    rows = _find_bars("horizontal", tones, areas, scale, rulings)
    if not _hold_tables(rows, scale):
        return None
    sidewise = (transposed(tones), transposed(areas))
    columns = _find_bars("vertical", *sidewise, scale, rulings)
    panels = _panels(tones, scale)
    if panels is not None:
        rows = _Bars(cv2.subtract(rows.edges, panels), rows.lines)
        columns = _Bars(cv2.subtract(columns.edges, transposed(panels)), columns.lines)
    type_ = cv2.threshold(cv2.subtract(areas, tones), DARKER, 255, cv2.THRESH_BINARY)[1]
    return Shading(
        (_edges("horizontal", rows.edges, scale), _edges("vertical", columns.edges, scale)),
        (_edges("horizontal", cv2.max(*rows), scale), _edges("vertical", cv2.max(*columns), scale)),
        np.asarray(type_, dtype=np.uint8),
        np.asarray(cv2.max(rows.lines, transposed(columns.lines)), dtype=np.uint8),
        scale,
    )


def _find_bars(axis: Axis, tones: Gray, areas: Gray, scale: float, rulings: Sequence[Ruling]) -> _Bars:
    """Give where edges and lines are along the rows and not at ``rulings``."""
    bars = _Bars(_bars(axis, areas, scale), _lines(tones, areas, scale))
    for ruling in rulings:
        if ruling.axis == axis:
            top, bottom = (round((ruling.position + side) * scale) for side in (-BESIDE, BESIDE))
            left, right = (round(end * scale) for end in (ruling.start - BESIDE, ruling.end + BESIDE))
            for bar in bars:
                bar[max(0, top) : bottom, max(0, left) : right] = 0
    return bars


def _hold_tables(rows: _Bars, scale: float) -> bool:
    """Say at little cost whether the row edges of a table may be among ``rows``: most pages have none."""
    shaded, drawn = (
        [edge for edge in _edges("horizontal", bar, scale) if edge.end - edge.start >= LONGEST]
        for bar in rows
    )
    return bool(shaded) or len(drawn) >= LEAST_ROWS


def _lines(tones: Gray, areas: Gray, scale: float) -> Gray:
    """Give the long thin lines along the rows that are darker than what is above and below them."""
    closed = cv2.morphologyEx(tones, cv2.MORPH_CLOSE, np.ones((round(THIN * scale) | 1, 1), np.uint8))
    dark = cv2.threshold(cv2.subtract(closed, tones), LINE - 1, 255, cv2.THRESH_BINARY)[1]
    dark = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    # Where another line crosses, it is darker than the area, though not than what is beside it.
    across = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, round(CROSSING * scale) | 1), np.uint8))
    inked = cv2.threshold(cv2.subtract(areas, tones), LINE - 1, 255, cv2.THRESH_BINARY)[1]
    dark = cv2.max(dark, cv2.min(across, inked))
    return np.asarray(
        cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(LONG * scale)), np.uint8)), dtype=np.uint8
    )


def _panels(tones: Gray, scale: float) -> Gray | None:
    """Give dark areas (255), where edges are those of light text; None where there is none."""
    dark = cv2.threshold(tones, 255 * DARK, 255, cv2.THRESH_BINARY_INV)[1]
    width, height = (round(side * scale) for side in BAND)
    dark = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((height, width), np.uint8))
    if not dark.any():
        return None
    side = round(FILLING * scale) | 1
    return np.asarray(
        cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), dtype=np.uint8
    )


def _bars(axis: Axis, areas: Gray, scale: float) -> Gray:
    """Give a bar at each place where the tone changes across the rows."""
    change = cv2.morphologyEx(areas, cv2.MORPH_GRADIENT, np.ones((round(BLUR * scale) | 1, 1), np.uint8))
    steep = cv2.threshold(change, STEP - 1, 255, cv2.THRESH_BINARY)[1]
    bars = cv2.morphologyEx(steep, cv2.MORPH_OPEN, np.ones((1, round(LEAST[axis] * scale)), np.uint8))
    return np.asarray(bars, dtype=np.uint8)


def _edges(axis: Axis, bars: Gray, scale: float) -> list[Ruling]:
    height = bars.shape[0] / scale
    found: list[Ruling] = []
    contours, _ = cv2.findContours(bars, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        x, y, width, tall = cv2.boundingRect(contour)
        own = np.flatnonzero(bars[y : y + tall, x : x + width]) // width
        if len(own) / width > THICKEST * scale or tall > (THICKEST + STEEPEST * width / scale) * scale:
            continue
        position = (y + float(own.mean()) + 0.5) / scale
        if not MARGIN < position < height - MARGIN:
            continue
        found.append(Ruling(axis, position, x / scale, (x + width) / scale, 0.0))
    return _joined(found)


def _joined(edges: list[Ruling]) -> list[Ruling]:
    """Give one edge for those that follow one another in line."""
    joined: list[Ruling] = []
    for edge in sorted(edges, key=lambda e: e.start):
        for index, other in enumerate(joined):
            if abs(other.position - edge.position) <= SAME_LINE and edge.start - other.end <= JOIN:
                lengths = (other.end - other.start, edge.end - edge.start)
                position = (other.position * lengths[0] + edge.position * lengths[1]) / sum(lengths)
                joined[index] = Ruling(edge.axis, position, other.start, max(other.end, edge.end), 0.0)
                break
        else:
            joined.append(edge)
    return joined
