"""Tables -> the names that lead to each of their numbers; a number without names of its own is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import CleanPage, Table
from extract.tree.opposite import find_opposite
from extract.tree.paths import HeaderPaths, table_to_paths
from extract.tree.placed import JoinedTable


def name_numbers(
    pages: Sequence[CleanPage], joined: Sequence[JoinedTable], tables: Sequence[Table]
) -> tuple[tuple[Table, ...], tuple[HeaderPaths, ...]]:
    """Give the tables and the names that lead to their numbers; numbers without a name of their own are marked."""
    own = [_names_of(table, one) for table, one in zip(tables, joined, strict=True)]
    opposite = find_opposite(pages, joined, tables, own)
    paths = tuple(replace(names, opposite=other) for names, other in zip(own, opposite, strict=True))
    return tuple(_mark_unnamed(table, names) for table, names in zip(tables, paths, strict=True)), paths


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
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    unnamed: set[str] = set()
    for cell in table.cells:
        if cell.kind == "number" and cell.role == "body":
            rows, columns = paths.row_path(cell), paths.column_path(cell)
            alike.setdefault((rows, columns), []).append(cell.id)
            if not columns and (not rows or paths.names_columns):
                unnamed.add(cell.id)
    unnamed.update(cell_id for ids in alike.values() if len(ids) > 1 for cell_id in ids)
    return frozenset(unnamed)
