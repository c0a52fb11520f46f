"""Tables -> the names that lead to each of their numbers; a number without names of its own is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import CleanPage, Table
from extract.tree.fused import mark_fused
from extract.tree.opposite import find_opposite
from extract.tree.parents import find_alike, find_parents
from extract.tree.paths import HeaderPaths, table_to_paths
from extract.tree.placed import JoinedTable
from extract.tree.unitless import mark_unitless


def name_numbers(
    pages: Sequence[CleanPage], joined: Sequence[JoinedTable], tables: Sequence[Table]
) -> tuple[tuple[Table, ...], tuple[HeaderPaths, ...]]:
    """Give the tables and the names that lead to their numbers; numbers without a name of their own are marked."""
    own = [_names_of(table, one) for table, one in zip(tables, joined, strict=True)]
    opposite = find_opposite(pages, joined, tables, own)
    whole = [replace(names, opposite=other) for names, other in zip(own, opposite, strict=True)]
    paths = tuple(
        replace(names, parents=find_parents(table, names)) for table, names in zip(tables, whole, strict=True)
    )
    marked = (_mark_unnamed(table, names) for table, names in zip(tables, paths, strict=True))
    return tuple(mark_unitless(mark_fused(table)) for table in marked), paths


def _names_of(table: Table, joined: JoinedTable) -> HeaderPaths:
    """Give the names that lead to the numbers of a table."""
    return table_to_paths(table, header=joined.header, divided=_divided_rows(joined, table.id))


def _mark_unnamed(table: Table, paths: HeaderPaths) -> Table:
    """Give the table with the body numbers that lack a name marked for a person to look at.

    They have none at all, none of their column where other columns have one, or the same names as another number.
    """
    unnamed = _find_unnamed(table, paths)
    if not unnamed:
        return table
    return replace(
        table, cells=tuple(replace(c, needs_review=True) if c.id in unnamed else c for c in table.cells)
    )


def _divided_rows(joined: JoinedTable, table_id: str) -> dict[str, tuple[int, int]]:
    """Give, by cell id, first row and row past the last of the ruled cells that alignment divided."""
    return {
        f"{table_id}r{placed.row}c{placed.cell.column}": (placed.row - above, placed.row - above + rows)
        for placed in joined.cells
        if placed.cell.divided is not None
        for above, rows in (placed.cell.divided,)
    }


def _find_unnamed(table: Table, paths: HeaderPaths) -> frozenset[str]:
    """Give the ids of body numbers that lack a name."""
    unnamed = {cell.id for cells in find_alike(table, paths) for cell in cells}
    for cell in table.cells:
        is_unnamed = cell.kind == "number" and cell.role == "body" and not paths.column_path(cell)
        if is_unnamed and (paths.names_columns or not paths.row_path(cell)):
            unnamed.add(cell.id)
    return frozenset(unnamed)
