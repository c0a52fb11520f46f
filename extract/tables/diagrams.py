"""Rulings that are no table: charts, organisation charts, seals, shaded rows that nothing divides into columns."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Ruling, Word
from extract.geometry import overlap
from extract.tables.alignment import has_letters
from extract.tables.cells import Span
from extract.tables.lattice import SNAP, Lattice

FEWEST_CELLS = 8
"""Cells of a diagram at least; what holds fewer is not told from a small table."""

CHART_FILLED = 0.5
"""A chart holds numbers and nothing else, in less than this share of what its lines enclose."""

DIAGRAM_FILLED = 0.35
"""Boxes with lines between them enclose more without text: less than this share holds some."""

SEAL_SIDE = 100.0
"""Points: the side of a square seal at most (an official seal is 21 to 30 mm wide)."""

SEAL_SQUARE = 0.75
"""Its shorter side is at least this share of the longer."""

UNREADABLE = 0.5
"""Probability below which the characters of a seal are read: their strokes are taken for rulings."""

FRAMED = 0.5
"""Of the upper and of the lower side of a table at least so much is printed, where any of it is."""


def has_inner_walls(component: Sequence[Ruling]) -> bool:
    """Say whether a vertical ruling meets a horizontal one elsewhere than at its ends: else nothing divides the rows.

    Shaded rows of two tables, one under the other, may share their left side and nothing else.
    """
    horizontal = [r for r in component if r.axis == "horizontal"]
    return any(
        h.start + SNAP < v.position < h.end - SNAP and v.start - SNAP <= h.position <= v.end + SNAP
        for v in component
        if v.axis == "vertical"
        for h in horizontal
    )


def is_diagram(
    lattice: Lattice, spans: Sequence[Span], filled: Sequence[Sequence[Word]], walls: Sequence[Ruling]
) -> bool:
    """Say whether the lattice of printed ``walls`` is a chart of numbers, or boxes with lines between them."""
    share = sum(map(bool, filled)) / len(spans)
    if len(spans) < FEWEST_CELLS or share >= CHART_FILLED:
        return False
    if not any(map(has_letters, filled)):
        return True
    sides = (lattice.row_edges[0], lattice.row_edges[-1])
    return share < DIAGRAM_FILLED and any(0 < _printed(lattice, walls, side) < FRAMED for side in sides)


def is_seal(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Say whether a lattice is the strokes of a seal on a scan: small, square, and nothing in it can be read."""
    width = lattice.column_edges[-1] - lattice.column_edges[0]
    height = lattice.row_edges[-1] - lattice.row_edges[0]
    if max(width, height) > SEAL_SIDE or min(width, height) < SEAL_SQUARE * max(width, height):
        return False
    return all(word.confidence is not None and word.confidence < UNREADABLE for word in words)


def _printed(lattice: Lattice, walls: Sequence[Ruling], y: float) -> float:
    """Give the share of the width that is ruled at a height."""
    left, right = lattice.column_edges[0], lattice.column_edges[-1]
    covered, reach = 0.0, left
    for ruling in sorted((r for r in walls if r.axis == "horizontal"), key=lambda r: r.start):
        if abs(ruling.position - y) <= SNAP and ruling.end > reach:
            covered += overlap(max(ruling.start, reach), ruling.end, left, right)
            reach = ruling.end
    return covered / (right - left)
