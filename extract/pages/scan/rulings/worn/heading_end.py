"""Where the heading of a worn table ends: the corner over the labels of its rows is one cell down to the last row of the heading."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import middle_of
from extract.pages.scan.rulings.worn.cell_text import has_text, text_box
from extract.pages.scan.rulings.worn.settling import Lattice

MOSTLY, IN_PART = 0.7, 0.15
"""Share of a track that is free of text, or there."""

NOTHING, WORN, STANDS = 0.12, 0.5, 0.85
"""What is left of a ruling that was never printed, at most; of one that was, at least; and of one that no stroke of a character makes
up."""

OFF_MIDDLE = 0.3
"""A text stands in the middle of a cell when it is off it by no more than this share of the cell."""

EVEN_ROWS = 0.12
"""Rows whose heights differ by no more than this share are set evenly: of an edge between such rows any piece tells."""

ROW_MARGIN = 1.5
"""Ink so near (points) a row edge may be its own."""

SMALLEST_EM, LARGEST_EM = 4.0, 14.0
"""Type in tables is no smaller and no larger (points)."""

MOST_HEADING = 4
"""So many edges at most are looked at for the end of a heading."""


def find_first_row(horizontal: Lattice, vertical: Lattice, rows: Straight) -> int | None:
    """Give the first row below the heading: the corner over the row labels is one cell down to its last row.

    Of several edges that may end the heading it is the first above which the text of the corner stands in the middle.
    """
    walls, places = ([middle_of(track) for track in own.tracks] for own in (vertical, horizontal))
    lengths = np.diff(walls)
    there = (horizontal.weight > 0) @ lengths / lengths.sum()
    is_edge = (there[1:-1] >= MOSTLY) & (horizontal.weight[1:-1, 0] > 0)
    share = horizontal.share[1:-1]
    # An edge that is whole in some columns and not there in others was printed so; of a worn one traces are left all along it ...
    traces = (share >= NOTHING) @ lengths / lengths.sum()
    left = (share @ lengths / lengths.sum() >= IN_PART) & (traces >= MOSTLY) & (share[:, 0] >= NOTHING)
    # ... or in pieces, and the rows above and below it are set as evenly as the others.
    is_even = np.abs(np.diff(places) / np.median(np.diff(places)) - 1) <= EVEN_ROWS
    left |= is_even[:-1] & is_even[1:] & (share < STANDS).all(axis=1)
    left &= ~horizontal.through[1:-1].any(axis=1)
    edges = np.flatnonzero(is_edge) + 1
    body = find_row_below_corner(
        horizontal,
        vertical,
        rows,
        np.flatnonzero(is_edge | left) + 1,
        is_edge=np.concatenate(([False], is_edge)),
    )
    return int(edges[0]) if body is None and len(edges) else body


def find_row_below_corner(
    horizontal: Lattice,
    vertical: Lattice,
    rows: Straight,
    edges: NDArray[np.intp],
    *,
    is_edge: NDArray[np.bool_],
) -> int | None:
    """Give the first of some ``edges`` above which the text of the corner stands in the middle; ``is_edge`` says which are seen."""
    walls, places = ([middle_of(track) for track in own.tracks] for own in (vertical, horizontal))
    for edge in edges[:MOST_HEADING]:
        row = (places[0] + ROW_MARGIN, places[edge] - ROW_MARGIN)
        # No wall runs through a corner over two columns of labels.
        widest = 3 if vertical.share[1, :edge].mean() < STANDS else 2
        corner = next(
            (c for c in ((walls[0], wall) for wall in walls[1:widest]) if has_text(rows, row, c)), None
        )
        if corner is None:
            continue
        top, start, bottom, end = text_box(rows, row, corner)
        if bottom - top < SMALLEST_EM:
            continue
        if bottom - top > LARGEST_EM:
            break
        off = OFF_MIDDLE if is_edge[edge] else OFF_MIDDLE / 2
        # A name over columns of numbers reaches into the second column as well.
        is_aside = not is_edge[edge] and abs(start + end - sum(corner)) > OFF_MIDDLE * (corner[1] - corner[0])
        if not is_aside and abs((row[1] - bottom) - (top - row[0])) <= off * (row[1] - row[0]):
            return int(edge)
    return None
