"""A sheet seen along one axis: positions whose figures may be added, in lines that should all say the same; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Final

from extract.verification.relations import Relation
from extract.verification.sheets import DASH, OPAQUE, Sheet
from extract.verification.words import is_some, total_rank

NONE: Final[tuple[int, ...]] = ()
_NO_TOTALS: Final[frozenset[int]] = frozenset()
_NO_PLACES = _NO_TOTALS


@dataclass(slots=True)
class Axis:
    """``cells[line][position]`` are the figures there (several where a merged cell faces a block), ``sums`` their sums.

    Along rows a line is a column; along columns a line is a row, or the rows that a merged figure spans.
    """

    count: int
    cells: list[list[tuple[int, ...]]]
    sums: list[list[int]]
    opaque: list[frozenset[int]]
    dashes: list[frozenset[int]]
    labels: list[str]
    along_rows: bool
    levels: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    some: frozenset[int] = frozenset()
    blocks: tuple[tuple[int, int], ...] = ()
    breakdowns: frozenset[tuple[int, int]] = frozenset()


def sheet_to_row_axis(sheet: Sheet, values: Sequence[int], columns: Sequence[int]) -> Axis:
    """Give the sheet as rows that may be added, a line a column of ``columns``."""
    cells: list[list[tuple[int, ...]]] = []
    sums: list[list[int]] = []
    opaque: list[frozenset[int]] = []
    dashes: list[frozenset[int]] = []
    grid = sheet.grid
    for column in columns:
        line = [row[column] for row in grid]
        if sum(one >= 0 for one in line) < 2:
            continue
        cells.append([(one,) if one >= 0 else NONE for one in line])
        sums.append([values[one] if one >= 0 else 0 for one in line])
        opaque.append(_places(line, OPAQUE))
        dashes.append(_places(line, DASH))
    return Axis(
        count=sheet.rows,
        cells=cells,
        sums=sums,
        opaque=opaque,
        dashes=dashes,
        labels=sheet.row_labels,
        along_rows=True,
        levels=sheet.levels,
        starts=sheet.starts,
        ranks=[total_rank(label) for label in sheet.row_labels],
        some=frozenset(row for row, label in enumerate(sheet.row_labels) if is_some(label)),
        blocks=sheet.blocks,
        breakdowns=sheet.breakdowns,
    )


def sheet_to_column_axis(
    sheet: Sheet, values: Sequence[int], inner: Mapping[int, frozenset[int]], *, without: Sequence[int] = ()
) -> Axis:
    """Give the sheet as columns that may be added, a line a row or block of merged rows.

    ``inner`` gives the totals of the figures that are parts of others in their column: inside one block they would
    count twice. The rows ``without`` are left out.
    """
    bands = [band for band in sheet_to_bands(sheet) if band[0] not in without]
    cells: list[list[tuple[int, ...]]] = []
    sums: list[list[int]] = []
    opaque: list[frozenset[int]] = []
    dashes: list[frozenset[int]] = []
    for first, after in bands:
        if after == first + 1:
            row = sheet.grid[first]
            line = [(one,) if one >= 0 else NONE for one in row]
        else:
            row, line = [], []
            for column in range(sheet.columns):
                found = [sheet.grid[other][column] for other in range(first, after)]
                there = [one for one in found if one >= 0]
                if len(there) > 1:
                    there = [one for one in there if inner.get(one, _NO_TOTALS).isdisjoint(there)]
                line.append(tuple(there))
                row.append(OPAQUE if OPAQUE in found else max(found) if there else min(found))
        if sum(map(bool, line)) < 2:
            continue
        cells.append(line)
        sums.append([sum(values[one] for one in figures) for figures in line])
        opaque.append(_places(row, OPAQUE))
        dashes.append(_places(row, DASH))
    labels = sheet.column_labels
    return Axis(
        count=sheet.columns,
        cells=cells,
        sums=sums,
        opaque=opaque,
        dashes=dashes,
        labels=labels,
        along_rows=False,
        starts=[0],
        ranks=[total_rank(label) for label in labels],
        some=frozenset(column for column, label in enumerate(labels) if is_some(label)),
    )


def _places(line: Sequence[int], mark: int) -> frozenset[int]:
    return frozenset(place for place, one in enumerate(line) if one == mark) if mark in line else _NO_PLACES


def sheet_to_bands(sheet: Sheet) -> list[tuple[int, int]]:
    """Give the blocks of rows (first, after last) that no figure crosses, where a figure stands."""
    bands: list[tuple[int, int]] = []
    for first, after in sorted(sheet.spans.values()):
        if bands and first < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(after, bands[-1][1]))
        elif not bands or bands[-1] != (first, after):
            bands.append((first, after))
    return bands


def axis_relations(
    axis: Axis, stated: int, parts: Sequence[int], signs: Sequence[int] | None = None
) -> tuple[Relation, ...]:
    """Give the relation ``stated = Σ parts`` in every line where it can be said.

    A line is left out where the result is not printed or a part is unknown. A line in which the relation fails over
    blank cells is left out too, unless it holds over blanks in other lines: there a blank is not zero.
    """
    found: list[Relation] = []
    doubtful: list[Relation] = []
    blanks_held = 0
    plus = (1,) * len(parts) if signs is None else tuple(signs)
    take = itemgetter(*parts) if len(parts) > 1 else None  # every candidate of every sheet passes here
    for line, sums, opaque, dashes in zip(axis.cells, axis.sums, axis.opaque, axis.dashes, strict=True):
        result = line[stated]
        if len(result) != 1:
            continue
        if opaque and (stated in opaque or not opaque.isdisjoint(parts)):
            continue
        there = take(line) if take else (line[parts[0]],)
        figures = tuple(chain.from_iterable(there))
        if not figures:
            continue
        if signs is None:
            total = sum(take(sums)) if take else sums[parts[0]]
            figure_signs: tuple[int, ...] = (1,) * len(figures)
        else:
            total = sum(sign * sums[part] for sign, part in zip(plus, parts, strict=True))
            figure_signs = tuple(sign for sign, own in zip(plus, there, strict=True) for _ in own)
        blank = NONE in there and any(not line[part] and part not in dashes for part in parts)
        relation = Relation("sum", result[0], figures, figure_signs)
        holds = total == sums[stated]
        if blank and not holds:
            doubtful.append(relation)
            continue
        blanks_held += blank
        found.append(relation)
    if doubtful and blanks_held >= 2:
        found.extend(doubtful)
    return tuple(found)
