"""Edges of shading and rulings -> the lattice of a table: its rows and columns and the walls between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.geometry import Box, cluster_positions, overlap
from extract.pages.scan.paper.picture import Gray
from extract.pages.scan.rulings.tracks import Axis

MEETS = 3.5
"""Edges that end this near (points) one across them meet it; edges so near in line are one."""

WALL = 0.6
"""An edge along this share of the side of a cell is a wall."""

RULED, MOSTLY = 2, 0.6
"""A row with so many printed walls has no other ones; only an edge along this share of a table parts such rows."""

NEAR = 1.0
"""A text that reaches so far (points) to both sides of a wall crosses it."""

OWN = 0.3
"""A text of which this share lies in a cell stands there."""


class Lattice(NamedTuple):
    """Edges of rows and columns; ``upright[row, edge]`` and ``flat[edge, column]`` say where walls are, ``printed_*`` printed ones."""

    ys: list[float]
    xs: list[float]
    upright: NDArray[np.bool_]
    flat: NDArray[np.bool_]
    printed_upright: NDArray[np.bool_]
    printed_flat: NDArray[np.bool_]


def span_lattice(shaded: Sequence[Ruling], printed: Sequence[Ruling]) -> Lattice | None:
    """Give the lattice that edges and rulings span; None where they span no table."""
    ys, xs = (_places(axis, shaded, printed) for axis in ("horizontal", "vertical"))
    if len(ys) < 3 or len(xs) < 3:
        return None
    every = [*shaded, *printed]
    printed_upright = _walls("vertical", xs, ys, printed).T
    printed_flat = _walls("horizontal", ys, xs, printed)
    upright, flat = _walls("vertical", xs, ys, every).T, _walls("horizontal", ys, xs, every)
    # In a ruled row the paper beside type may be a little darker than elsewhere, on a scan that was packed hard.
    is_ruled = np.asarray(printed_upright.sum(axis=1) >= RULED, dtype=bool)
    upright[is_ruled] = printed_upright[is_ruled]
    if printed:
        is_short = np.asarray(flat @ np.diff(xs) < MOSTLY * (xs[-1] - xs[0]), dtype=bool)
        is_short &= np.append(is_ruled, False) | np.insert(is_ruled, 0, False)
        flat[is_short] = printed_flat[is_short]
    return Lattice(ys, xs, upright, flat, printed_upright, printed_flat)


def _places(axis: str, shaded: Sequence[Ruling], printed: Sequence[Ruling]) -> list[float]:
    """Give the positions of the edges along one axis; where a ruling is among them it says where."""
    own = {ruling.position for ruling in printed if ruling.axis == axis}
    every = own | {ruling.position for ruling in shaded if ruling.axis == axis}
    return [
        float(np.mean([p for p in group if p in own] or group)) for group in cluster_positions(every, MEETS)
    ]


def _walls(
    axis: str, positions: Sequence[float], across: Sequence[float], rulings: Sequence[Ruling]
) -> NDArray[np.bool_]:
    """Say for each position and each stretch between places across whether there is a wall."""
    walls = np.zeros((len(positions), len(across) - 1), dtype=bool)
    for index, position in enumerate(positions):
        own = [r for r in rulings if r.axis == axis and abs(r.position - position) <= MEETS]
        for place, (low, high) in enumerate(pairwise(across)):
            walls[index, place] = sum(overlap(r.start, r.end, low, high) for r in own) >= WALL * (high - low)
    return walls


def is_inside(text: Box, lattice: Lattice) -> bool:
    """Say whether the middle of a text lies in a lattice."""
    x, y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return lattice.xs[0] < x < lattice.xs[-1] and lattice.ys[0] < y < lattice.ys[-1]


def complete_walls(lattice: Lattice, texts: Sequence[Box]) -> Lattice:
    """Give the lattice with walls where cells of one shade adjoin that hold a text each: there no edge can be seen.

    Rows that are ruled are left as they are printed.
    """
    filled = _filled(lattice, texts)
    ys, xs = lattice.ys, lattice.xs
    upright, flat = lattice.upright.copy(), lattice.flat.copy()
    is_printed = np.asarray(lattice.printed_upright.sum(axis=1) >= RULED, dtype=bool)
    edges = np.asarray((flat & ~lattice.printed_flat).any(axis=1), dtype=bool)
    for row, (top, bottom) in enumerate(pairwise(ys)):
        if is_printed[row]:
            continue
        for edge in range(1, len(xs) - 1):
            if not upright[row, edge] and filled[row, edge - 1] and filled[row, edge]:
                x = xs[edge]
                upright[row, edge] = not _is_crossed((x - NEAR, top, x + NEAR, bottom), texts)
        if not edges[row + 1] or row + 1 == len(ys) - 1 or is_printed[row + 1]:
            continue
        for column, (left, right) in enumerate(pairwise(xs)):
            if not flat[row + 1, column] and filled[row, column] and filled[row + 1, column]:
                below = (left, bottom - NEAR, right, bottom + NEAR)
                flat[row + 1, column] = not _is_crossed(below, texts)
    for row in range(len(ys) - 1):
        # Of a table that is shaded in every second row the sides of the others cannot be seen.
        if flat[row].all() and flat[row + 1].all():
            upright[row, 0] = upright[row, -1] = True
    return lattice._replace(upright=upright, flat=flat)


def _is_crossed(wall: Box, texts: Sequence[Box]) -> bool:
    """Say whether a text stands on both sides of a wall, given as a narrow box."""
    x0, y0, x1, y1 = wall
    if y1 - y0 > x1 - x0:
        return any(a < x0 and c > x1 and overlap(b, d, y0, y1) > OWN * (d - b) for a, b, c, d in texts)
    return any(b < y0 and d > y1 and overlap(a, c, x0, x1) > OWN * (c - a) for a, b, c, d in texts)


def _filled(lattice: Lattice, texts: Sequence[Box]) -> NDArray[np.bool_]:
    """Say which of the elementary cells hold a text, or a good part of one."""
    filled = np.zeros((len(lattice.ys) - 1, len(lattice.xs) - 1), dtype=bool)
    for x0, y0, x1, y1 in texts:
        for row, (top, bottom) in enumerate(pairwise(lattice.ys)):
            down = overlap(y0, y1, top, bottom) / (y1 - y0)
            if down < OWN:
                continue
            for column, (left, right) in enumerate(pairwise(lattice.xs)):
                if down * overlap(x0, x1, left, right) / (x1 - x0) >= OWN:
                    filled[row, column] = True
    return filled


def lattice_to_regions(lattice: Lattice) -> NDArray[np.int32]:
    """Give the name of the region of each elementary cell; 0 is what is open to the paper."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    # A picture of cells, walls and the paper around: cells at odd places, walls between them.
    picture: Gray = np.zeros((2 * rows + 3, 2 * columns + 3), dtype=np.uint8)
    picture[0] = picture[-1] = 255
    picture[:, 0] = picture[:, -1] = 255
    picture[2:-1:2, 2:-1:2] = 255
    inner = picture[1:-1, 1:-1]
    inner[1::2, 1::2] = 255
    inner[1::2, 0::2] = np.where(lattice.upright, 0, 255)
    inner[0::2, 1::2] = np.where(lattice.flat, 0, 255)
    inner[0::2, 0::2] = 0
    _, labels = cv2.connectedComponents(picture, connectivity=4)
    cells = labels[1:-1, 1:-1][1::2, 1::2]
    return np.where(cells == labels[0, 0], 0, cells).astype(np.int32)


def lattice_to_rulings(lattice: Lattice) -> list[Ruling]:
    """Give the walls that are not printed, those that follow one another as one."""
    flat = lattice.flat & ~lattice.printed_flat
    upright = (lattice.upright & ~lattice.printed_upright).T
    return [
        *_along("horizontal", lattice.ys, lattice.xs, flat),
        *_along("vertical", lattice.xs, lattice.ys, upright),
    ]


def _along(
    axis: Axis, places: Sequence[float], across: Sequence[float], walls: NDArray[np.bool_]
) -> list[Ruling]:
    found = []
    for place, own in zip(places, walls, strict=True):
        turns = np.flatnonzero(np.diff(np.concatenate(([0], own.astype(np.int8), [0]))))
        found += [
            Ruling(axis, round(place, 2), round(across[low], 2), round(across[high], 2), 0.0)
            for low, high in zip(turns[::2], turns[1::2], strict=True)
        ]
    return found
