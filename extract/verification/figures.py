"""Document -> its printed numbers as exact integers; pure.

Every body number of every table becomes a ``Figure``. Values are integers in units of the finest decimal place of the
document (``Figures.scale`` units make 1), so that sums are exact: 25.6 and 6,538,777 become 256 and 65,387,770.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.document import Cell, Table

_DECIMALS: Final = re.compile(r"[.．]([0-9０-９]+)")
_COMPOSED: Final = re.compile("[兆億万千百]")
_MOST_DECIMALS: Final = 9  # finer values keep their place, but take part in no exact relation


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: its place in the document and the unit of its last printed digit (``step``, scaled)."""

    table: int
    cell: int
    column: int
    step: int
    page: int
    top: float
    is_ocr: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a document in printed order; ``values`` are scaled integers, ``scale`` of them make 1."""

    items: tuple[Figure, ...]
    values: tuple[int, ...]
    scale: int
    of_cell: dict[tuple[int, int], int]


def is_figure(cell: Cell) -> bool:
    """Say whether the cell is a body number, and so may take part in arithmetic."""
    return cell.kind == "number" and cell.role == "body" and isinstance(cell.value, int | float)


def printed_decimals(text: str) -> int:
    """Give how many digits stand after the decimal point."""
    match = _DECIMALS.search(text)
    return len(match[1]) if match else 0


def scaled_value(value: float, scale: int) -> int:
    """Give a value in units of 1 / ``scale``; a float counts as the decimal literal it was read from."""
    if isinstance(value, int):
        return value * scale
    return int((Decimal(repr(value)) * scale).to_integral_value())


def unscaled_value(value: int, scale: int) -> int | float:
    """Give a scaled integer as the number that is printed: an int where it is whole."""
    whole, rest = divmod(value, scale)
    return whole if rest == 0 else float(Decimal(value) / Decimal(scale))


def tables_to_figures(tables: Sequence[Table]) -> Figures:
    """Give the body numbers of all tables."""
    found: list[tuple[int, int, Cell, int]] = []
    most = 0
    for number, table in enumerate(tables):
        for index, cell in enumerate(table.cells):
            if is_figure(cell):
                decimals = (
                    min(printed_decimals(cell.text), _MOST_DECIMALS) if isinstance(cell.value, float) else 0
                )
                most = max(most, decimals)
                found.append((number, index, cell, decimals))
    scale = 10**most
    items: list[Figure] = []
    values: list[int] = []
    of_cell: dict[tuple[int, int], int] = {}
    for number, index, cell, decimals in found:
        assert isinstance(cell.value, int | float)  # noqa: S101 - is_figure said so; mypy cannot know
        value = scaled_value(cell.value, scale)
        evidence = cell.evidence
        of_cell[number, index] = len(items)
        items.append(
            Figure(
                table=number,
                cell=index,
                column=cell.column + cell.column_span - 1,
                step=_step(cell.text, value, scale, decimals),
                page=evidence.page,
                top=evidence.box[1],
                is_ocr=evidence.origin == "ocr",
            )
        )
        values.append(value)
    return Figures(items=tuple(items), values=tuple(values), scale=scale, of_cell=of_cell)


def _step(text: str, value: int, scale: int, decimals: int) -> int:
    """Give the unit of the last printed digit; 8.2億 is printed to ten millions."""
    if value and _COMPOSED.search(text):
        step = 1
        while value % (step * 10) == 0:
            step *= 10
        return step
    return int(scale // 10**decimals)
