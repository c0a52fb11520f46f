"""Where the light lines of a table end that is open at a side: no ruling is there to lead to, but its other rulings end there too."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.document import Ruling
from extract.pages.scan.rulings.light.light_lines import Piece

NEAR = 4.0
"""Lines that end within this distance (points) end together."""

OTHERS = 2
"""So many rulings beside a line are no chance."""

BESIDE = 6.0
"""Rulings side by side are at least this far apart (points)."""

FARTHEST = 300.0
"""What is farther off than this (points) is no part of the table."""


def with_open_ends(piece: Piece, places: Sequence[float], known: Sequence[Ruling]) -> list[float]:
    """Give the ``places`` of the rulings across a line, and its ends where ``known`` rulings beside it begin or end too."""
    beside = [r for r in known if BESIDE <= abs(r.position - piece.position) <= FARTHEST]
    starts = [r.start for r in beside if abs(r.start - piece.start) <= NEAR]
    ends = [r.end for r in beside if abs(r.end - piece.end) <= NEAR]
    found = list(places)
    if len(starts) >= OTHERS and (not found or found[0] - piece.start > BESIDE):
        found.insert(0, median(starts))
    if len(ends) >= OTHERS and (not found or piece.end - found[-1] > BESIDE):
        found.append(median(ends))
    return found
