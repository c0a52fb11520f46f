"""Segments -> Rulings: pieces of one printed line become one Ruling, dots become lines, shading lends its edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from extract.document import Ruling
from extract.geometry import Box, overlap
from extract.pages.shapes import Segment, Shapes

SAME_LINE = 1.2
"""Pieces whose positions differ by at most this (points) lie on one printed line."""

JOIN_GAP = 3.2
"""Gaps up to this (points) inside a printed line are joints or dots."""

DASH_GAP_RATIO = 1.5
"""In a dashed line a gap is at most this many times as long as the dash before it ..."""

DASH_MAX = 14.0
"""... and no dash is longer than this (points)."""

DOTS_LENGTH = 9.0
"""A row of dots shorter than this (points) is no ruling; it is a leader or a mark."""

SHADE_REACH = 3.0
"""The edge of a shaded box within this distance (points) of a ruling is that ruling's own."""

SHADE_SHARE = 0.5
"""A shaded box over more than this share of the page is paper colour, not a cell."""

PAGE_EDGE = 3.0
"""A shaded box that reaches the left or right edge of the page to within this (points) is an index tab of the book."""

SHADE_MIN = 5.0
"""A shaded box lower or narrower than this (points) is a mark, not a cell."""


def shapes_to_rulings(shapes: Shapes, page_width: float, page_height: float) -> tuple[Ruling, ...]:
    """Give the rulings of a page: drawn lines and boxes, dotted lines, and edges of shading (thickness 0).

    An edge of shading counts only where no drawn ruling stands beside it.
    """
    dots = shapes.dots
    horizontal = list(
        _join("horizontal", shapes.horizontal, [_dot(y0, y1, x0, x1) for x0, y0, x1, y1 in dots])
    )
    vertical = list(_join("vertical", shapes.vertical, [_dot(x0, x1, y0, y1) for x0, y0, x1, y1 in dots]))
    shades = [box for box in shapes.shades if _is_cell_shade(box, page_width, page_height)]
    if shades:
        rows = [Segment(y, x0, x1, 0.0) for x0, y0, x1, y1 in shades for y in (y0, y1)]
        columns = [Segment(x, y0, y1, 0.0) for x0, y0, x1, y1 in shades for x in (x0, x1)]
        horizontal += _join("horizontal", _uncovered(rows, horizontal), [])
        vertical += _join("vertical", _uncovered(columns, vertical), [])
    return (*horizontal, *vertical)


def _dot(a0: float, a1: float, b0: float, b1: float) -> Segment:
    return Segment((a0 + a1) / 2, b0, b1, a1 - a0)


def _is_cell_shade(box: Box, page_width: float, page_height: float) -> bool:
    across, down = box[2] - box[0], box[3] - box[1]
    is_tab = box[0] <= PAGE_EDGE or box[2] >= page_width - PAGE_EDGE
    return (
        not is_tab
        and min(across, down) >= SHADE_MIN
        and across * down <= SHADE_SHARE * page_width * page_height
    )


def _join(
    axis: Literal["horizontal", "vertical"], segments: Iterable[Segment], dots: Iterable[Segment]
) -> Iterator[Ruling]:
    """Give one Ruling for the pieces that lie on one line one after another."""
    pieces = sorted([(s, False) for s in segments] + [(s, True) for s in dots])
    line: list[tuple[Segment, bool]] = []
    for piece in pieces:
        if line and piece[0].position - line[0][0].position > SAME_LINE:
            yield from _line_to_rulings(axis, line)
            line = []
        line.append(piece)
    if line:
        yield from _line_to_rulings(axis, line)


def _line_to_rulings(
    axis: Literal["horizontal", "vertical"], line: list[tuple[Segment, bool]]
) -> Iterator[Ruling]:
    line.sort(key=lambda piece: piece[0].start)
    chain: list[tuple[Segment, bool]] = []
    end = 0.0
    for piece in line:
        segment = piece[0]
        if chain:
            gap = segment.start - end
            dash = chain[-1][0].end - chain[-1][0].start
            if gap > JOIN_GAP and not (dash <= DASH_MAX and gap <= DASH_GAP_RATIO * dash):
                yield from _chain_to_ruling(axis, chain, end)
                chain = []
        end = max(end, segment.end) if chain else segment.end
        chain.append(piece)
    yield from _chain_to_ruling(axis, chain, end)


def _chain_to_ruling(
    axis: Literal["horizontal", "vertical"], chain: list[tuple[Segment, bool]], end: float
) -> Iterator[Ruling]:
    start = chain[0][0].start
    if all(is_dot for _, is_dot in chain) and end - start < DOTS_LENGTH:
        return
    weight = sum(max(s.end - s.start, 0.1) for s, _ in chain)
    position = sum(s.position * max(s.end - s.start, 0.1) for s, _ in chain) / weight
    thickness = max(s.thickness for s, _ in chain)
    yield Ruling(axis, round(position, 2), round(start, 2), round(end, 2), round(thickness, 2))


def _uncovered(edges: Iterable[Segment], rulings: list[Ruling]) -> list[Segment]:
    """Give the edges of shading beside which no ruling runs along at least half of their length."""
    free = []
    for edge in edges:
        beside = sum(
            overlap(edge.start, edge.end, ruling.start, ruling.end)
            for ruling in rulings
            if abs(ruling.position - edge.position) <= SHADE_REACH
        )
        if beside < (edge.end - edge.start) / 2:
            free.append(edge)
    return free
