"""Drawn shapes of a text-layer page -> straight segments, diagonal strokes and shaded boxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pdfminer.layout import LTCurve, LTLine, LTRect

from extract.document import Stroke
from extract.geometry import Box

MAX_THICKNESS = 3.5
"""A filled box at most this thin (points) is a ruling; thicker ones are shading. Heavy table borders are 1.5 to 3 pt."""

DOT = 1.6
"""A filled box smaller than this both ways (points) is a dot, perhaps of a dotted ruling of either direction."""

STRAIGHT = 0.8
"""A line that leaves its axis by less than this (points) is straight; scanned-in drawings wobble a little."""

STROKE_LENGTH = 6.0
"""A diagonal line shorter than this (points) both ways strikes out nothing; it is part of a drawn symbol."""

SLENDER = 0.2
"""A polygon that fills less than this share of its box is a diagonal line drawn with a body."""

WHITE = 0.98
"""Colour components from here up are white paper."""


class Segment(NamedTuple):
    """A straight piece along an axis: ``position`` across it, from ``start`` to ``end`` (points)."""

    position: float
    start: float
    end: float
    thickness: float


class Shade(NamedTuple):
    """A filled box and its colour as the reader gives it."""

    box: Box
    colour: object


class Shapes(NamedTuple):
    """What was drawn on a page; ``dots`` are the centres and sizes of tiny boxes."""

    horizontal: list[Segment]
    vertical: list[Segment]
    dots: list[Box]
    strokes: list[Stroke]
    shades: list[Shade]
    white_horizontal: list[Segment]
    white_vertical: list[Segment]


def shapes_of_page(objects: Iterable[LTCurve], left: float, top: float) -> Shapes:
    """Sort the painted paths of a page; ``left`` and ``top`` are the edges of its crop box in the reader's coordinates."""
    shapes = Shapes([], [], [], [], [], [], [])
    for item in objects:
        stroked = item.stroke and not _is_white(item.stroking_color)
        filled = item.fill and not _is_white(item.non_stroking_color)
        box = (item.x0 - left, top - item.y1, item.x1 - left, top - item.y0)
        if not (stroked or filled):
            _add_white(shapes, box)
            continue
        if isinstance(item, LTLine):
            width = item.linewidth if item.stroke else 0.0
            _add_line(shapes, box, width, rising=_is_rising(item.pts), colour=item.stroking_color)
        elif isinstance(item, LTRect):
            _add_rectangle(shapes, box, item, stroked=stroked)
        else:
            _add_curve(shapes, item, box, left, top, stroked=stroked)
    return shapes


def _is_white(colour: object) -> bool:
    """Say whether a colour is white in RGB; a single component may be grey or the ink of a separation, so it is ink."""
    if isinstance(colour, Sequence) and len(colour) == 3:
        return all(isinstance(part, int | float) and part >= WHITE for part in colour)
    return False


def _add_white(shapes: Shapes, box: Box) -> None:
    """Keep a thin white line: on white paper nobody sees it, on shading it parts two cells."""
    x0, y0, x1, y1 = box
    across, down = x1 - x0, y1 - y0
    if down <= MAX_THICKNESS and across > max(down, DOT):
        shapes.white_horizontal.append(Segment((y0 + y1) / 2, x0, x1, max(down, 0.1)))
    elif across <= MAX_THICKNESS and down > max(across, DOT):
        shapes.white_vertical.append(Segment((x0 + x1) / 2, y0, y1, max(across, 0.1)))


def _is_rising(points: Sequence[tuple[float, float]]) -> bool:
    """Say whether a slender path goes up to the right; its points are in the reader's upward coordinates."""
    return min(points)[1] < max(points)[1]


def _add_line(shapes: Shapes, box: Box, width: float, *, rising: bool, colour: object) -> None:
    across, down = box[2] - box[0], box[3] - box[1]
    if width > MAX_THICKNESS and min(across, down) < STRAIGHT:
        half = width / 2
        horizontal = across >= down
        grown = (
            (box[0], box[1] - half, box[2], box[3] + half)
            if horizontal
            else (box[0] - half, box[1], box[2] + half, box[3])
        )
        shapes.shades.append(Shade(grown, colour))
    elif down < STRAIGHT <= across:
        shapes.horizontal.append(Segment((box[1] + box[3]) / 2, box[0], box[2], width))
    elif across < STRAIGHT <= down:
        shapes.vertical.append(Segment((box[0] + box[2]) / 2, box[1], box[3], width))
    elif across < DOT and down < DOT:
        shapes.dots.append(box)
    elif min(across, down) >= STROKE_LENGTH:
        shapes.strokes.append(Stroke(box, rising))


def _add_rectangle(shapes: Shapes, box: Box, item: LTCurve, *, stroked: bool) -> None:
    x0, y0, x1, y1 = box
    width = item.linewidth
    across, down = x1 - x0, y1 - y0
    if across < DOT and down < DOT:
        shapes.dots.append(box)
    elif down <= MAX_THICKNESS and across > down:
        shapes.horizontal.append(Segment((y0 + y1) / 2, x0, x1, max(down, 0.1)))
    elif across <= MAX_THICKNESS and down > across:
        shapes.vertical.append(Segment((x0 + x1) / 2, y0, y1, max(across, 0.1)))
    elif stroked:
        shapes.horizontal.extend((Segment(y0, x0, x1, width), Segment(y1, x0, x1, width)))
        shapes.vertical.extend((Segment(x0, y0, y1, width), Segment(x1, y0, y1, width)))
    else:
        shapes.shades.append(Shade(box, item.non_stroking_color))


def _add_curve(shapes: Shapes, item: LTCurve, box: Box, left: float, top: float, *, stroked: bool) -> None:
    across, down = box[2] - box[0], box[3] - box[1]
    points = item.pts
    if min(across, down) <= STRAIGHT:
        _add_rectangle(shapes, box, item, stroked=False)
        return
    if any(step[0] in {"c", "v", "y"} for step in item.original_path or ()):
        return
    is_closed = len(points) > 3 and points[0] == points[-1]
    if is_closed or not stroked:
        if _area(points) < SLENDER * across * down and min(across, down) >= STROKE_LENGTH:
            shapes.strokes.append(Stroke(box, _is_rising(points)))
            return
        if _is_rectilinear(points) and not stroked:
            shapes.shades.append(Shade(box, item.non_stroking_color))
    if stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            side = (min(ax, bx) - left, top - max(ay, by), max(ax, bx) - left, top - min(ay, by))
            _add_line(
                shapes,
                side,
                item.linewidth,
                rising=_is_rising(((ax, ay), (bx, by))),
                colour=item.stroking_color,
            )


def _is_rectilinear(points: Sequence[tuple[float, float]]) -> bool:
    return all(min(abs(bx - ax), abs(by - ay)) < STRAIGHT for (ax, ay), (bx, by) in pairwise(points))


def _area(points: Sequence[tuple[float, float]]) -> float:
    """Give the area of a polygon (shoelace formula)."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*points, points[0]]))) / 2
