"""Segments -> Rulings: pieces of one printed line become one Ruling, dots become lines, shading lends its edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from extract.document import Ruling
from extract.geometry import Box, overlap
from extract.pages.shading import shades_to_edges
from extract.pages.shapes import Segment, Shade, Shapes

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

ON_SHADE = 1.0
"""A white line at most this far (points) beside a shaded box lies on it."""

BRIDGE_RATIO = 1.6
"""Between two shaded rows stands a white one at most this many times as high."""

PAGE_EDGE = 3.0
"""A shaded box that reaches the left or right edge of the page to within this (points) is an index tab of the book."""

SHADE_MIN = 5.0
"""A shaded box lower or narrower than this (points) is a mark, not a cell."""


def shapes_to_rulings(shapes: Shapes, page_width: float, page_height: float) -> tuple[Ruling, ...]:
    """Give the rulings of a page: drawn lines and boxes, dotted lines, and edges of shading (thickness 0).

    An edge of shading counts only where no drawn ruling stands beside it.
    """
    dots = shapes.dots
    shades = [shade for shade in shapes.shades if _is_cell_shade(shade.box, page_width, page_height)]
    flat, upright = list(shapes.horizontal), list(shapes.vertical)
    if shades:
        flat += [s for s in shapes.white_horizontal if _is_shaded((s.start + s.end) / 2, s.position, shades)]
        upright += [s for s in shapes.white_vertical if _is_shaded(s.position, (s.start + s.end) / 2, shades)]
    horizontal = list(_join("horizontal", flat, [_dot(y0, y1, x0, x1) for x0, y0, x1, y1 in dots]))
    vertical = list(_join("vertical", upright, [_dot(x0, x1, y0, y1) for x0, y0, x1, y1 in dots]))
    if shades:
        rows, columns = shades_to_edges(shades)
        horizontal += _join("horizontal", _uncovered(rows, horizontal), [])
        vertical += _bridged(_join("vertical", _uncovered(columns, vertical), []))
    return (*horizontal, *vertical)


def _bridged(edges: Iterable[Ruling]) -> list[Ruling]:
    """Give edges of shading that stop and go on as one: every second row of a table is shaded, the rows between are not."""
    found: list[Ruling] = []
    piece = 0.0
    for edge in sorted(edges, key=lambda ruling: (round(ruling.position), ruling.start)):
        length = edge.end - edge.start
        same_line = bool(found) and abs(found[-1].position - edge.position) <= SAME_LINE
        if same_line and 0 < edge.start - found[-1].end <= BRIDGE_RATIO * min(piece, length):
            found[-1] = replace(found[-1], end=edge.end)
        else:
            found.append(edge)
        piece = length
    return found


def _dot(a0: float, a1: float, b0: float, b1: float) -> Segment:
    return Segment((a0 + a1) / 2, b0, b1, a1 - a0)


def _is_shaded(x: float, y: float, shades: Iterable[Shade]) -> bool:
    return any(
        x0 - ON_SHADE <= x <= x1 + ON_SHADE and y0 - ON_SHADE <= y <= y1 + ON_SHADE
        for (x0, y0, x1, y1), _ in shades
    )


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
