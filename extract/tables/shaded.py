"""Shading that only helps the eye: a heading or a first column set off from rows that no wall divides makes no cells."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Ruling, Word
from extract.geometry import overlap
from extract.tables.alignment import is_number_like
from extract.tables.cells import lattice_to_spans
from extract.tables.columns import line_to_chunks
from extract.tables.lattice import Lattice
from extract.tables.lines import words_to_lines

SIDE_BY_SIDE = 3
"""So many texts on one line of a shaded area stand in columns of their own."""

HEADING_ROWS = 3
"""A heading has so many rows at most."""

LOW = 0.5
"""White walls of a heading are lower than this share of the table; those that part its rows as well make cells."""

SAME_END = 3.0
"""Edges of a heading and rulings of the rows below it end at the same place, but for this (points)."""

NEXT_RULING = 60.0
"""The first ruling below a heading is at most so far (points) from it."""


def only_helps_the_eye(
    lattice: Lattice, component: Sequence[Ruling], words: Sequence[Word], rulings: Sequence[Ruling]
) -> bool:
    """Say whether a lattice that comes from edges of shading is none of cells; ``rulings`` are all of the page."""
    if _is_open_heading(lattice, component, words, rulings):
        return True
    height = lattice.row_edges[-1] - lattice.row_edges[0]
    drawn = [ruling for ruling in component if ruling.thickness]
    is_low = all(r.axis == "vertical" and r.end - r.start < LOW * height for r in drawn)
    return is_low and _holds_columns(lattice, words)


def _holds_columns(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Say whether several texts stand side by side in one place of the lattice."""
    ys, xs = lattice.row_edges, lattice.column_edges
    for span in lattice_to_spans(lattice):
        left, right = xs[span.column], xs[span.column + span.column_span]
        top, bottom = ys[span.row], ys[span.row + span.row_span]
        lines = words_to_lines(_inside(words, (left, top, right, bottom)))
        if any(len(line_to_chunks(line)) >= SIDE_BY_SIDE for line in lines):
            return True
    return False


def _is_open_heading(
    lattice: Lattice, component: Sequence[Ruling], words: Sequence[Word], rulings: Sequence[Ruling]
) -> bool:
    """Say whether low cells of names stand over rows that only horizontal rulings part."""
    left, _, right, bottom = lattice.box
    inside = _inside(words, lattice.box)
    if len(lattice.row_edges) - 1 > HEADING_ROWS or any(is_number_like(word.text) for word in inside):
        return False
    own = set(map(id, component))
    others = [r for r in rulings if id(r) not in own]
    return any(
        r.axis == "horizontal"
        and bottom + SAME_END < r.position <= bottom + NEXT_RULING
        and abs(r.start - left) <= SAME_END
        and abs(r.end - right) <= SAME_END
        for r in others
    ) and not any(
        r.axis == "vertical"
        and left < r.position < right
        and overlap(r.start, r.end, bottom, bottom + NEXT_RULING) > 0
        for r in others
    )


def _inside(words: Sequence[Word], box: tuple[float, float, float, float]) -> list[Word]:
    x0, y0, x1, y1 = box
    return [
        word
        for word in words
        if x0 <= (word.box[0] + word.box[2]) / 2 <= x1 and y0 <= (word.box[1] + word.box[3]) / 2 <= y1
    ]
