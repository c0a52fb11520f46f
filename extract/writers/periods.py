"""The time that the header cells of a table give to its numbers; pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TypeAlias

from extract.document import Cell, Table

Span: TypeAlias = tuple[str, str]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class TablePeriods:
    """The periods over the columns and beside the rows of one table."""

    def __init__(self, table: Table) -> None:
        self._columns: dict[int, Span] = {}
        self._rows: dict[int, Span] = {}
        # Cells come from top to bottom and left to right, so that an inner header replaces the one that holds it.
        for cell in table.cells:
            span = iso_to_span(cell.value) if cell.kind in {"date", "period"} else None
            if span is None:
                continue
            if cell.role == "column_header":
                self._columns.update(
                    (column, span) for column in range(cell.column, cell.column + cell.column_span)
                )
            elif cell.role == "row_header":
                self._rows.update((row, span) for row in range(cell.row, cell.row + cell.row_span))

    def of(self, cell: Cell) -> Span | None:
        """Give the first and last day (ISO) that the headers of a cell name; None when they name none or two that differ."""
        column, row = self._columns.get(cell.column), self._rows.get(cell.row)
        if column is None or row is None:
            return column or row
        if row[0] <= column[0] and column[1] <= row[1]:
            return column
        return row if column[0] <= row[0] and row[1] <= column[1] else None


def iso_to_span(value: object) -> Span | None:
    """Give the first and last day of ``2023-04-01/2024-03-31``, ``2023-05``, ``2023`` or a single day; None for anything else."""
    if not isinstance(value, str):
        return None
    first, slash, last = value.partition("/")
    start, end = _days(first), _days(last if slash else first)
    return (start[0], end[1]) if start and end and start[0] <= end[1] else None


def _days(value: str) -> Span | None:
    """Give the first and last day of a year, a month or a day."""
    match = _ISO.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        last = date(first.year, last_month, monthrange(first.year, last_month)[1] if day is None else day)
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()
