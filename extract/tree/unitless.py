"""Numbers of a scan without the unit that the others of their column have: it may be lost, or be read as a figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from extract.document import Cell, Table

LEAST: Final = 3
"""So many other numbers of a column tell its unit ..."""

SHARE: Final = 0.75
"""... where at least this share of its numbers has it."""


def mark_unitless(table: Table) -> Table:
    """Give the table with the numbers marked for a person that lack the unit of their column on a scan."""
    columns: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.role == "body" and cell.kind == "number" and cell.value != 0:
            columns.setdefault(cell.column, []).append(cell)
    lacking: set[str] = set()
    for cells in columns.values():
        unit, count = Counter(cell.unit for cell in cells).most_common(1)[0]
        if unit is not None and count >= max(LEAST, SHARE * len(cells)):
            lacking |= {cell.id for cell in cells if cell.unit is None and cell.evidence.origin == "ocr"}
    if not lacking:
        return table
    return replace(
        table,
        cells=tuple(replace(cell, needs_review=True) if cell.id in lacking else cell for cell in table.cells),
    )
