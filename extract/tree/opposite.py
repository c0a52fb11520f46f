"""Tables on both pages of a spread -> the names that the left page prints for the rows of the right one.

Budget books print one table over two pages: 款, 項 and 目 with their amounts on the left, 節 and 説明 on the right, on the same
rows. The grids stay two tables, as they are printed; the facts of the right one begin with the names of the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from extract.characters import without_spaces
from extract.document import Cell, CleanPage, Table
from extract.tree.paths import HeaderPaths
from extract.tree.placed import JoinedTable
from extract.tree.spreads import MOST_APART, is_beside
from extract.tree.surroundings import half_of

Opposite: TypeAlias = Mapping[str, tuple[Cell, ...]]
"""By the id of a cell on the right page the row headers on the left one."""

NONE: Final[Opposite] = {}


def find_opposite(
    pages: Sequence[CleanPage],
    joined: Sequence[JoinedTable],
    tables: Sequence[Table],
    paths: Sequence[HeaderPaths],
) -> tuple[Opposite, ...]:
    """Give for each table the row headers on the page opposite; ``paths`` are the names in each table itself."""
    by_number = {page.frame.number: page for page in pages if page.gutter is not None}
    halves: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for index, table in enumerate(joined):
        for part in table.parts:
            if (page := by_number.get(part.page)) is not None:
                half = half_of(page, page.grids[part.grid])
                halves.setdefault((part.page, half), []).append((index, part.grid))
    beside: dict[tuple[int, int], dict[str, Cell]] = {}
    for (number, half), rights in halves.items():
        grids = by_number[number].grids
        for right, grid in rights if half == 1 else ():
            lefts = [
                left
                for left, other in halves.get((number, 0), ())
                if left != right
                and is_beside(grids[other], grids[grid])
                and _goes_on(tables[left], tables[right])
            ]
            if len(lefts) == 1:
                rows = _rows_beside(tables[lefts[0]], tables[right], number)
                beside.setdefault((lefts[0], right), {}).update(rows)
    found: list[dict[str, tuple[Cell, ...]]] = [{} for _ in tables]
    for (left, right), rows in beside.items():
        if tables[right].header_columns == 0 or _divides(tables[right], rows):
            named = {cell: paths[left].row_headers(row) for cell, row in rows.items()}
            found[right].update({cell: names for cell, names in named.items() if names})
    return tuple(found)


def _goes_on(left: Table, right: Table) -> bool:
    """Say whether the right table can be the other half of the left: without labels, or with others under one title."""
    if left.header_columns == 0:
        return False
    if right.header_columns == 0:
        return True
    return right.caption in {None, left.caption} and not _stub_names(left) & _stub_names(right)


def _stub_names(table: Table) -> set[str]:
    return {without_spaces(cell.text) for cell in table.cells if cell.role == "stub_head" and cell.text}


def _rows_beside(left: Table, right: Table, number: int) -> dict[str, Cell]:
    """Give by the id of each number of the right table on a page the first number of the left row beside it."""
    rows = [
        cell
        for cell in left.cells
        if cell.evidence.page == number and cell.role == "body" and cell.column == left.header_columns
    ]
    found: dict[str, Cell] = {}
    for cell in right.cells:
        if cell.evidence.page == number and cell.kind == "number" and cell.role == "body":
            beside = next((row for row in rows if _covers(row, cell)), None)
            if beside is not None:
                found[cell.id] = beside
    return found


def _divides(right: Table, rows: Mapping[str, Cell]) -> bool:
    """Say whether several rows of the right table stand beside one row of the left: else its labels name them alone."""
    beside: dict[str, set[int]] = {}
    for cell in right.cells:
        if cell.id in rows:
            beside.setdefault(rows[cell.id].id, set()).add(cell.row)
    return any(len(numbers) > 1 for numbers in beside.values())


def _covers(row: Cell, cell: Cell) -> bool:
    top, bottom = row.evidence.box[1], row.evidence.box[3]
    return top - MOST_APART <= cell.evidence.box[1] and cell.evidence.box[3] <= bottom + MOST_APART
