"""Find columns without a total whose total stands in another table: the bonds of 第4表 add up to 市債 in 歳入.

One sum that is found somewhere proves little, for many numbers are searched. Two columns of a table whose sums stand side by
side in one row elsewhere do not do so by chance, nor does one beside another that a slip of one digit keeps from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import Final

from extract.verification.accept import MISS, Believed, Pattern, slip_cost, weigh
from extract.verification.figures import Figures
from extract.verification.relations import Relation
from extract.verification.sheets import OPAQUE, Sheet

_FEWEST_PARTS: Final = 3
_FEWEST_COLUMNS: Final = 2
_SMALL: Final = 1000  # last digits: smaller sums are found everywhere


def find_elsewhere(sheets: Sequence[Sheet], found: Sequence[Believed], figures: Figures) -> list[Believed]:
    """Give the columns of tables that add up to the numbers of one row of another; ``found`` are the relations known."""
    added = {
        figure
        for believed in found
        for relation in believed.holding
        if relation.kind == "sum" and len(relation.operands) > 1
        for figure in relation.members()
    }
    rows: dict[int, list[tuple[int, int]]] | None = None
    result: list[Believed] = []
    for number, sheet in enumerate(sheets):
        columns = _columns_without_total(sheet, added)
        if len(columns) < _FEWEST_COLUMNS:
            continue
        rows = rows if rows is not None else _rows_by_value(sheets, figures)
        relations = _in_one_row(number, columns, rows, sheets, figures)
        if len(relations) >= _FEWEST_COLUMNS:
            prior = -log2(len(rows)) - 2 * len(columns)
            believed = weigh(Pattern("elsewhere", prior, relations, whole=True), figures)
            if believed is not None:
                result.append(believed)
    return result


def _columns_without_total(sheet: Sheet, added: set[int]) -> list[tuple[int, ...]]:
    columns: list[tuple[int, ...]] = []
    for column in range(sheet.columns):
        printed = [row[column] for row in sheet.grid]
        own = tuple(one for one in printed if one >= 0)
        if len(own) >= _FEWEST_PARTS and OPAQUE not in printed and added.isdisjoint(own):
            columns.append(own)
    return columns


def _rows_by_value(sheets: Sequence[Sheet], figures: Figures) -> dict[int, list[tuple[int, int]]]:
    """Give for each value the rows (sheet, row) in which it is printed."""
    rows: dict[int, list[tuple[int, int]]] = {}
    for number, sheet in enumerate(sheets):
        for row, line in enumerate(sheet.grid):
            for one in line:
                if one >= 0 and abs(figures.values[one]) >= _SMALL * figures.items[one].step:
                    rows.setdefault(figures.values[one], []).append((number, row))
    return rows


def _in_one_row(
    number: int,
    columns: Sequence[tuple[int, ...]],
    rows: dict[int, list[tuple[int, int]]],
    sheets: Sequence[Sheet],
    figures: Figures,
) -> tuple[Relation, ...]:
    """Give the sums that stand in one row of another table, and those that a slip keeps from standing there.

    The row is that with most of them, the first of several.
    """
    sums = [sum(figures.values[one] for one in own) for own in columns]
    counts: dict[tuple[int, int], set[int]] = {}
    for total in sums:
        for place in rows.get(total, ()):
            if place[0] != number:
                counts.setdefault(place, set()).add(total)
    best = max(counts, key=lambda place: len(counts[place]), default=None)
    if best is None:
        return ()
    printed = {figures.values[one]: one for one in sheets[best[0]].grid[best[1]] if one >= 0}
    left = [one for value, one in printed.items() if value not in sums]
    relations: list[Relation] = []
    for total, own in zip(sums, columns, strict=True):
        if total in printed:
            relations.append(_sum(printed[total], own))
            continue
        near = [one for one in left if slip_cost(_sum(one, own), figures) < MISS]
        if len(near) == 1:
            relations.append(_sum(near[0], own))
    return tuple(relations)


def _sum(total: int, own: tuple[int, ...]) -> Relation:
    return Relation("sum", total, own, (1,) * len(own))
