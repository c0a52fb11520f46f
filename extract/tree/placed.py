"""The cells of a table in their places over its pages."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import CleanCell, Running
from extract.geometry import Box


@dataclass(frozen=True, slots=True)
class TablePart:
    """The grid of a table on one page: ``grid`` is its index there, ``dropped`` the repeated header rows left out."""

    page: int
    grid: int
    dropped: int


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell in its table: ``row`` counts over all pages (and so does ``cell.row``)."""

    cell: CleanCell
    page: int
    row: int


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """The cells of one table over its pages. ``box`` is its place on the first of ``pages`` (first, last).

    ``repeated`` holds the headers that were printed again, by page. ``header`` is a header printed over another table
    higher on the page that heads the columns of this one too, empty where the table has its own; its cells belong to
    the other table. ``follows`` says that nothing is printed between this table and one with the same columns above it.
    """

    parts: tuple[TablePart, ...]
    box: Box
    pages: tuple[int, int]
    rows: int
    columns: int
    cells: tuple[PlacedCell, ...]
    repeated: tuple[tuple[int, Running], ...]
    header: tuple[CleanCell, ...] = ()
    follows: bool = False
