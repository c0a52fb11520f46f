"""One grid's columns as another's: matched edges, cells moved to finer columns, header rows compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from extract.characters import is_digit, without_spaces
from extract.document import CleanCell, CleanGrid
from extract.geometry import nearest_index
from extract.tree.matrix import is_blank

EDGE_TOLERANCE: Final = 3.0
"""Points that a column edge may stand elsewhere on the next page, once the whole table was moved to the same margin."""

LOOSE: Final = 0.35
"""Share of the narrower column beside it by which an edge between texts may lie elsewhere: it depends on their lengths."""

ALIKE: Final = 0.75
"""Share of the characters of a repeated header that is read alike on a worn scan."""


def are_alike(edges: Sequence[float], others: Sequence[float]) -> bool:
    """Say whether the columns that alignment gave two grids are the same: as many, with the same sides, each over the other."""
    if len(edges) != len(others):
        return False
    shift = others[0] - edges[0]
    if abs(others[-1] - edges[-1] - shift) > EDGE_TOLERANCE:
        return False
    widths = [min(b - a, d - c) for (a, b), (c, d) in zip(pairwise(edges), pairwise(others), strict=True)]
    return all(
        abs(other - edge - shift) <= LOOSE * min(left, right)
        for edge, other, (left, right) in zip(edges[1:-1], others[1:-1], pairwise(widths), strict=True)
    )


def match_edges(edges: Sequence[float], finer: Sequence[float]) -> tuple[int, ...] | None:
    """Give for each edge the index of the same edge among ``finer`` ones, or None where one has no partner.

    The outer edges are laid over each other first, so a table may stand elsewhere on its page.
    """
    shift = finer[0] - edges[0]
    found: list[int] = []
    for edge in edges:
        index = nearest_index(finer, edge + shift)
        if abs(finer[index] - edge - shift) > EDGE_TOLERANCE or (found and index <= found[-1]):
            return None
        found.append(index)
    return tuple(found) if found[-1] == len(finer) - 1 else None


def move_cells(cells: Iterable[CleanCell], places: Sequence[int]) -> tuple[CleanCell, ...]:
    """Give the cells in finer columns: ``places`` says which edge each old edge is."""
    moved = []
    for cell in cells:
        column = places[cell.column]
        span = places[cell.column + cell.column_span] - column
        same = column == cell.column and span == cell.column_span
        moved.append(cell if same else replace(cell, column=column, column_span=span))
    return tuple(moved)


def grid_to_finer(grid: CleanGrid, edges: tuple[float, ...]) -> CleanGrid:
    """Give the grid with the columns of ``edges``, of which its own must be a part; else the grid as it is."""
    if len(edges) == len(grid.column_edges):
        return grid
    places = match_edges(grid.column_edges, edges)
    if places is None:
        return grid
    return replace(grid, columns=len(edges) - 1, cells=move_cells(grid.cells, places), column_edges=edges)


def cover_columns(
    cells: Iterable[CleanCell], edges: Sequence[float], columns: Sequence[float]
) -> tuple[CleanCell, ...] | None:
    """Give header cells of a grid with ``edges`` over the ``columns`` (edges too) of another below it on the page.

    None where a header's side is no edge of the other grid: then it does not head these columns.
    """
    moved = []
    for cell in cells:
        sides = (edges[cell.column], edges[cell.column + cell.column_span])
        places = [nearest_index(columns, side) for side in sides]
        if any(abs(columns[p] - s) > EDGE_TOLERANCE for p, s in zip(places, sides, strict=True)):
            return None
        if places[0] == places[1]:
            return None
        moved.append(replace(cell, column=places[0], column_span=places[1] - places[0]))
    return tuple(moved)


def is_repeated(header: Iterable[CleanCell], height: int, grid: CleanGrid) -> bool:
    """Say whether the first ``height`` rows of the grid are the header again: the same texts in the same places.

    Of a scan some characters may be read otherwise the second time, but no digit.
    """
    if not 0 < height < grid.rows:
        return False
    first, second = (_by_place(cells, height) for cells in (header, grid.cells))
    if first.keys() != second.keys():
        return False
    pairs = [(first[place], second[place]) for place in sorted(first)]
    texts = [(without_spaces(one.text), without_spaces(other.text)) for one, other in pairs]
    if all(one == other for one, other in texts):
        return True
    if not all(cell.origin == "ocr" for pair in pairs for cell in pair if not is_blank(cell)):
        return False
    if any(_digits(one) != _digits(other) for one, other in texts):
        return False
    one, other = ("\n".join(side) for side in zip(*texts, strict=True))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _digits(text: str) -> str:
    return "".join(filter(is_digit, text))


def _by_place(cells: Iterable[CleanCell], height: int) -> dict[tuple[int, int, int, int], CleanCell]:
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span): cell for cell in cells if cell.row < height
    }
