"""Edges of shading -> rulings, where they make cells; rows, columns and headings shaded as a whole make none.

Shading that only helps the eye leaves the columns to alignment, so its edges count only where, with the rulings that are
printed, they close off nearly all of a table into cells none of which holds texts side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from extract.document import Ruling
from extract.geometry import Box, overlap
from extract.pages.scan.rulings.shades.areas import Shading
from extract.pages.scan.rulings.shades.lattice import (
    MEETS,
    Lattice,
    complete_walls,
    is_inside,
    lattice_to_regions,
    lattice_to_rulings,
    span_lattice,
)
from extract.pages.scan.rulings.tracks import Group

CLEAR = 0.15
"""Type covers no more than this share of an edge: where it covers more, that is no edge of a cell."""

OPEN = 0.15
"""No more than this share of a table is open to the paper: a stub head without a shade."""

LEAST_EDGES = 3
"""A heading over a ruled table has so many edges at least; one or two are a fold or a stain in a cell."""

LEAST_CELLS = 4
"""So many cells with text make a table."""

WIDE, NEXT_EDGE = 100.0, 60.0
"""Row edges of a table without walls are so long (points) at least, and so near one another."""

LINE = 0.5
"""Thickness (points) that light lines are given."""

NARROWEST, WHOLE = 4.0, 0.9
"""No cell is this narrow (points); a faint line so near a wall, and beside it on this share of its way, is that of characters."""

HEADING_ROWS = 3
"""A heading has so many rows at most."""

WORD_GAP = 5.0
"""Type parted by less (points) is one text."""

APART = 10.0
"""Texts on one line so far apart (points) stand in two cells."""

LONG = 1.25
"""A text is longer than it is high, by this factor; the letters of a label spread over a cell are not."""


def shading_to_rulings(shading: Shading, rulings: Sequence[Ruling]) -> list[Ruling]:
    """Give the edges of shading that are walls of cells, in addition to ``rulings`` (thickness 0).

    Where nothing is printed that is dark enough to be among ``rulings``, light lines count as edges do.
    """
    found = [ruling for walls in _find_cells(shading, shading.edges, rulings) for ruling in walls]
    known = [*rulings, *found]
    without_lines = np.asarray(cv2.subtract(shading.type, shading.thin), dtype=np.uint8)
    for walls in _find_cells(shading._replace(type=without_lines), shading.lines, known, is_apart=True):
        found += walls
    return [*found, *_row_edges(shading._replace(type=without_lines), [*rulings, *found])]


def without_ghosts(rulings: Sequence[Ruling], walls: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Give ``rulings`` without those that only seem to run beside a wall of shading from end to end: no cell is so narrow."""
    return tuple(ruling for ruling in rulings if not any(_is_ghost(ruling, wall) for wall in walls))


def _is_ghost(ruling: Ruling, wall: Ruling) -> bool:
    return (
        ruling.axis == wall.axis
        and ruling.thickness <= LINE
        and 0 < abs(ruling.position - wall.position) <= NARROWEST
        and overlap(ruling.start, ruling.end, wall.start, wall.end) >= WHOLE * (ruling.end - ruling.start)
    )


def _row_edges(shading: Shading, rulings: Sequence[Ruling]) -> list[Ruling]:
    """Give edges and light lines across a table without walls: several that begin and end alike, one below another.

    With them count ``rulings`` that do. Lines have a thickness, edges have none.
    """
    walls = [ruling for ruling in rulings if ruling.axis == "vertical"]
    edges = [edge for edge in shading.lines[0] if edge.end - edge.start >= WIDE and _is_clear(edge, shading)]
    edges = [edge for edge in edges if not any(_crosses(wall, edge) for wall in walls)]
    flat = [ruling for ruling in rulings if ruling.axis == "horizontal"]
    groups: list[list[Ruling]] = []
    for edge in sorted([*edges, *flat], key=lambda e: e.position):
        for group in groups:
            last = group[-1]
            is_alike = abs(last.start - edge.start) <= MEETS and abs(last.end - edge.end) <= MEETS
            if is_alike and edge.position - last.position <= NEXT_EDGE:
                group.append(edge)
                break
        else:
            groups.append([edge])
    shaded = [edge.position for edge in shading.edges[0]]
    return [
        edge if any(abs(edge.position - place) <= 1 for place in shaded) else replace(edge, thickness=LINE)
        for group in groups
        if len(group) >= LEAST_EDGES
        for edge in group
        if edge in edges
    ]


def _crosses(wall: Ruling, edge: Ruling) -> bool:
    return (
        wall.start + MEETS < edge.position < wall.end - MEETS
        and edge.start + MEETS < wall.position < edge.end - MEETS
    )


def _find_cells(
    shading: Shading, edges: Group, rulings: Sequence[Ruling], *, is_apart: bool = False
) -> Iterator[list[Ruling]]:
    """Give the walls of each table that ``edges`` make with ``rulings``; ``is_apart``: of each that holds none of these."""
    free = [[edge for edge in own if _is_clear(edge, shading)] for own in edges]
    across = [] if is_apart else rulings
    shaded = _meeting(free[0], free[1], across)
    if not shaded:
        return
    texts = _texts(shading, [*shaded, *rulings])
    for group in _components([*shaded, *across]):
        printed = [ruling for ruling in group if ruling.thickness > 0]
        own = [ruling for ruling in group if ruling.thickness == 0]
        lattice = span_lattice(own, printed) if len(own) >= LEAST_EDGES else None
        if lattice is None:
            continue
        if is_apart and any(is_inside(_box(ruling), lattice) for ruling in rulings):
            continue
        inside = [text for text in texts if is_inside(text, lattice)]
        lattice = complete_walls(lattice, inside)
        if _makes_cells(lattice, inside) and not _is_heading(lattice, texts):
            yield lattice_to_rulings(lattice)


def _box(ruling: Ruling) -> Box:
    if ruling.axis == "horizontal":
        return (ruling.start, ruling.position, ruling.end, ruling.position)
    return (ruling.position, ruling.start, ruling.position, ruling.end)


def _is_clear(edge: Ruling, shading: Shading) -> bool:
    """Say whether no type stands on an edge."""
    scale = shading.scale
    across = int(edge.position * scale)
    near = slice(max(0, across - 1), across + 2)
    along = slice(max(0, round(edge.start * scale)), round(edge.end * scale))
    is_flat = edge.axis == "horizontal"
    band = shading.type[near, along] if is_flat else shading.type[along, near]
    return not band.size or float((band > 0).any(axis=0 if is_flat else 1).mean()) <= CLEAR


def _meeting(rows: list[Ruling], columns: list[Ruling], rulings: Sequence[Ruling]) -> list[Ruling]:
    """Give the edges that lead from one across them to another one, or to a ruling: type leaves some that lead nowhere."""
    flat, upright = (
        [ruling for ruling in rulings if ruling.axis == axis] for axis in ("horizontal", "vertical")
    )
    while rows or columns:
        kept = (
            [edge for edge in rows if _leads(edge, [*columns, *upright])],
            [edge for edge in columns if _leads(edge, [*rows, *flat])],
        )
        if (len(kept[0]), len(kept[1])) == (len(rows), len(columns)):
            break
        rows, columns = kept
    return [*rows, *columns]


def _leads(edge: Ruling, across: Sequence[Ruling]) -> bool:
    met = [r.position for r in across if r.start - MEETS <= edge.position <= r.end + MEETS]
    return all(any(abs(place - end) <= MEETS for place in met) for end in (edge.start, edge.end))


def _components(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Give the sets of rulings that touch."""
    sets: list[list[Ruling]] = []
    for ruling in rulings:
        touched = [group for group in sets if any(_touch(ruling, other) for other in group)]
        joined = [ruling, *(other for group in touched for other in group)]
        sets = [group for group in sets if not any(group is other for other in touched)]
        sets.append(joined)
    return sets


def _touch(one: Ruling, other: Ruling) -> bool:
    if one.axis == other.axis:
        return (
            abs(one.position - other.position) <= MEETS
            and overlap(one.start - MEETS, one.end + MEETS, other.start, other.end) > 0
        )
    return (
        other.start - MEETS <= one.position <= other.end + MEETS
        and one.start - MEETS <= other.position <= one.end + MEETS
    )


def _texts(shading: Shading, walls: Sequence[Ruling]) -> list[Box]:
    """Give the boxes (points) of the texts of a page, cut at ``walls``."""
    scale = shading.scale
    type_ = shading.type.copy()
    for wall in walls:
        along = (round(wall.start * scale), round(wall.end * scale))
        across = int(wall.position * scale)
        ends = ((along[0], across), (along[1], across))
        if wall.axis == "vertical":
            ends = ((across, along[0]), (across, along[1]))
        cv2.line(type_, *ends, (0,), max(3, round((wall.thickness + 1.0) * scale)))
    grown = cv2.morphologyEx(type_, cv2.MORPH_CLOSE, np.ones((3, round(WORD_GAP * scale)), np.uint8))
    contours, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = (cv2.boundingRect(contour) for contour in contours)
    return [
        (x / scale, y / scale, (x + width) / scale, (y + height) / scale)
        for x, y, width, height in boxes
        if min(width, height) >= 2.0 * scale and max(width, height) >= 4.0 * scale
    ]


def _makes_cells(lattice: Lattice, texts: Sequence[Box]) -> bool:
    """Say whether the walls close off nearly all of a table into cells with a text each."""
    names = lattice_to_regions(lattice)
    heights, widths = np.diff(lattice.ys), np.diff(lattice.xs)
    areas = np.outer(heights, widths)
    if areas[names == 0].sum() > OPEN * areas.sum():
        return False
    held: dict[int, list[Box]] = {}
    for text in texts:
        row = int(np.searchsorted(lattice.ys, (text[1] + text[3]) / 2)) - 1
        column = int(np.searchsorted(lattice.xs, (text[0] + text[2]) / 2)) - 1
        held.setdefault(int(names[row, column]), []).append(text)
    held.pop(0, None)
    return len(held) >= LEAST_CELLS and not any(map(_is_row, held.values()))


def _is_heading(lattice: Lattice, texts: Sequence[Box]) -> bool:
    """Say whether low cells are the heading of a table without walls: texts stand below several of their columns."""
    if len(lattice.ys) - 1 > HEADING_ROWS:
        return False
    bottom = lattice.ys[-1]
    reach = bottom + lattice.ys[-1] - lattice.ys[-2]
    below = [text for text in texts if bottom < (text[1] + text[3]) / 2 < reach]
    columns = {int(np.searchsorted(lattice.xs, (text[0] + text[2]) / 2)) for text in below}
    return len(columns - {0, len(lattice.xs)}) > 1


def _is_row(texts: Sequence[Box]) -> bool:
    """Say whether texts in one place stand side by side as they do in cells."""
    long = sorted(text for text in texts if text[2] - text[0] >= LONG * (text[3] - text[1]))
    return any(
        right[0] - left[2] >= APART
        and overlap(left[1], left[3], right[1], right[3]) > 0.5 * min(left[3] - left[1], right[3] - right[1])
        for left, right in pairwise(long)
    )
