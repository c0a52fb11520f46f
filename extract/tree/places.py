"""Notices of a page's grids and cells, told the ids of the joined tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from extract.document import CleanPage
from extract.findings import Notice
from extract.geometry import Box
from extract.tree.placed import JoinedTable

_CELL: Final = re.compile(r"r(\d+)c(\d+)")


def name_tables(
    pages: Iterable[CleanPage], joined: Sequence[JoinedTable], table_ids: Sequence[str]
) -> Iterator[Notice]:
    """Give the pages' notices with the ids of tables and cells in the place of those of grids (see ``text``).

    A notice on a header that was printed again names the table alone.
    """
    tables: dict[tuple[int, int], int] = {}
    for number, table in enumerate(joined):
        for part in table.parts:
            tables[part.page, part.grid] = number
    cell_ids: dict[int, dict[tuple[int, Box], str]] = {}
    for page in pages:
        for notice in page.notices:
            if notice.table is None or not notice.table.isdecimal():
                yield notice
                continue
            grid = int(notice.table)
            number = tables.get((page.frame.number, grid), -1)
            if number < 0:
                yield replace(notice, table=None, cell=None)
                continue
            if number not in cell_ids:
                cell_ids[number] = _name_cells(joined[number], table_ids[number])
            cell = _find_cell(page, grid, notice.cell, cell_ids[number])
            yield replace(notice, table=table_ids[number], cell=cell)


def _name_cells(table: JoinedTable, table_id: str) -> dict[tuple[int, Box], str]:
    return {
        (placed.page, placed.cell.box): f"{table_id}r{placed.row}c{placed.cell.column}"
        for placed in table.cells
    }


def _find_cell(
    page: CleanPage, grid: int, place: str | None, ids: Mapping[tuple[int, Box], str]
) -> str | None:
    match = _CELL.fullmatch(place or "")
    if match is None or grid >= len(page.grids):
        return None
    row, column = int(match.group(1)), int(match.group(2))
    for cell in page.grids[grid].cells:
        if cell.row == row and cell.column == column:
            return ids.get((page.frame.number, cell.box))
    return None
