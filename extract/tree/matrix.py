"""Cells -> Matrix: which cell stands at a row and a column of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from extract.document import CellKind, CleanCell, Value


class Slot(Protocol):
    """What header detection looks at: ``CleanCell`` and ``Cell`` both have it."""

    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102
    @property
    def row_span(self) -> int: ...  # noqa: D102
    @property
    def column_span(self) -> int: ...  # noqa: D102
    @property
    def raw(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> CellKind: ...  # noqa: D102
    @property
    def value(self) -> Value: ...  # noqa: D102
    @property
    def unit(self) -> str | None: ...  # noqa: D102


S = TypeVar("S", bound=Slot)


def row_end(cell: Slot) -> int:
    """Give the first row below the cell."""
    return cell.row + cell.row_span


def column_end(cell: Slot) -> int:
    """Give the first column to the right of the cell."""
    return cell.column + cell.column_span


def is_blank(cell: Slot) -> bool:
    """Say whether nothing is printed in the cell."""
    return cell.kind == "empty"


@dataclass(frozen=True, slots=True)
class Matrix(Generic[S]):
    """The cells of a table by place. ``owners`` holds, row by row, the index into ``cells``, -1 where none stands."""

    rows: int
    columns: int
    cells: tuple[S, ...]
    owners: tuple[int, ...]

    def at(self, row: int, column: int) -> S | None:
        """Give the cell that covers the place."""
        owner = self.owners[row * self.columns + column]
        return self.cells[owner] if owner >= 0 else None

    def starting_in(self, row: int) -> tuple[S, ...]:
        """Give the cells whose top row it is, from left to right."""
        base = row * self.columns
        owners = dict.fromkeys(self.owners[base : base + self.columns])
        return tuple(self.cells[owner] for owner in owners if owner >= 0 and self.cells[owner].row == row)

    def down(self, column: int, first_row: int = 0, past: int | None = None) -> tuple[S, ...]:
        """Give the cells that cover the column from ``first_row`` on, before ``past``, each once, from top to bottom."""
        rows = range(first_row, self.rows if past is None else past)
        owners = dict.fromkeys(self.owners[row * self.columns + column] for row in rows)
        return tuple(self.cells[owner] for owner in owners if owner >= 0)

    def is_full_width(self, cell: Slot) -> bool:
        """Say whether the cell spans every column of a table of several."""
        return self.columns > 1 and cell.column_span == self.columns


def cells_to_matrix(cells: Iterable[S], *, rows: int, columns: int) -> Matrix[S]:
    """Give the matrix of the cells; a place outside ``rows`` x ``columns`` is ignored."""
    kept = tuple(cells)
    owners = [-1] * (rows * columns)
    for index, cell in enumerate(kept):
        for row in range(cell.row, min(row_end(cell), rows)):
            for column in range(cell.column, min(column_end(cell), columns)):
                owners[row * columns + column] = index
    return Matrix(rows, columns, kept, tuple(owners))


def cells_under_header(
    cells: Iterable[CleanCell], header: Sequence[CleanCell], *, rows: int, columns: int
) -> Matrix[CleanCell]:
    """Give the matrix of the cells as if the header stood on top of them; without a header that of the cells."""
    height = max((row_end(cell) for cell in header), default=0)
    moved = [replace(cell, row=cell.row + height) for cell in cells] if height else list(cells)
    return cells_to_matrix([*header, *moved], rows=rows + height, columns=columns)
