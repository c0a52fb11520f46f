"""A component of rulings -> Lattice: its row and column edges, and where walls stand between elementary cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from extract.document import Ruling, Word
from extract.geometry import Box, cluster_positions, overlap

SNAP = 3.5
"""Parallel rulings at most this far apart (points) are one edge of the lattice: double rulings, sloppy joints."""

OPEN_SIDE = 6.0
"""Rulings that reach this far (points) past the outermost crossing ruling hold an open-sided column or row there."""

WALL_SHARE = 0.55
"""A ruling along at least this share of a side is a wall: a printed side is whole or missing, joints eat a little."""


class Lattice(NamedTuple):
    """``rows`` + 1 values of y, ``columns`` + 1 values of x, and the walls between neighbours.

    ``right[r][c]``: a wall between (r, c) and (r, c + 1); ``below[r][c]``: between (r, c) and (r + 1, c).
    """

    row_edges: tuple[float, ...]
    column_edges: tuple[float, ...]
    right: list[list[bool]]
    below: list[list[bool]]

    @property
    def box(self) -> Box:
        """The outer box."""
        return (self.column_edges[0], self.row_edges[0], self.column_edges[-1], self.row_edges[-1])


def component_to_lattice(rulings: Sequence[Ruling], words: Iterable[Word]) -> Lattice | None:
    """Give the lattice that the rulings of one component span; None where they enclose no area.

    An open side (no outer border, but rulings that reach out) becomes an edge where ``words`` of the page stand in it.
    """
    horizontal = [r for r in rulings if r.axis == "horizontal"]
    vertical = [r for r in rulings if r.axis == "vertical"]
    if not horizontal or not vertical:
        return None
    ys = _edges(horizontal)
    xs = _edges(vertical)
    xs = _open_sides(xs, horizontal, (ys[0], ys[-1]), "x", words)
    ys = _open_sides(ys, vertical, (xs[0], xs[-1]), "y", words)
    if len(xs) < 2 or len(ys) < 2:
        return None
    right = _walls(xs, ys, vertical)
    below = _walls(ys, xs, horizontal)
    return Lattice(
        tuple(ys), tuple(xs), [list(row) for row in zip(*right, strict=True)] or [[] for _ in ys[1:]], below
    )


def _edges(rulings: Iterable[Ruling]) -> list[float]:
    edges: list[float] = []
    weights: dict[float, float] = {}
    for ruling in rulings:
        weights[ruling.position] = weights.get(ruling.position, 0.0) + ruling.end - ruling.start
    for group in cluster_positions(weights, SNAP):
        part: list[float] = []
        for position in group:
            if part and position - part[0] > SNAP:
                edges.append(_heaviest(part, weights))
                part = []
            part.append(position)
        edges.append(_heaviest(part, weights))
    return edges


def _heaviest(group: Sequence[float], weights: dict[float, float]) -> float:
    """Give the position whose rulings are longest together."""
    return max(group, key=lambda position: weights[position])


def _open_sides(
    edges: list[float],
    crossing: Sequence[Ruling],
    extent: tuple[float, float],
    axis: Literal["x", "y"],
    words: Iterable[Word],
) -> list[float]:
    """Add an outer edge where crossing rulings reach past the outermost edge and words stand between."""
    low = min(r.start for r in crossing)
    high = max(r.end for r in crossing)
    along, across = (0, 1) if axis == "x" else (1, 0)

    def holds_words(start: float, end: float) -> bool:
        for word in words:
            middle = (word.box[along] + word.box[along + 2]) / 2
            other = (word.box[across] + word.box[across + 2]) / 2
            if start < middle < end and extent[0] < other < extent[1]:
                return True
        return False

    if edges[0] - low > OPEN_SIDE and holds_words(low, edges[0]):
        edges = [low, *edges]
    if high - edges[-1] > OPEN_SIDE and holds_words(edges[-1], high):
        edges = [*edges, high]
    return edges


def _walls(
    positions: Sequence[float], crossings: Sequence[float], rulings: Sequence[Ruling]
) -> list[list[bool]]:
    """Give for each inner position, for each interval between crossings, whether rulings on it make a wall."""
    on_edge: list[list[Ruling]] = [[] for _ in positions]
    for ruling in rulings:
        nearest = min(range(len(positions)), key=lambda i: abs(positions[i] - ruling.position))
        on_edge[nearest].append(ruling)
    return [
        [_covered(group, low, high) for low, high in itertools.pairwise(crossings)] for group in on_edge[1:-1]
    ]


def _covered(rulings: Sequence[Ruling], low: float, high: float) -> bool:
    covered = 0.0
    reach = low
    for ruling in sorted(rulings, key=lambda r: r.start):
        start = max(ruling.start, reach)
        if ruling.end > start:
            covered += overlap(start, ruling.end, low, high)
            reach = max(reach, ruling.end)
    return covered >= WALL_SHARE * (high - low)
