"""Find shares (構成比), rates of change (増減率, 伸率) and products (単価 x 数量); the tolerance is half the last printed digit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log2
from typing import Final, NamedTuple

from extract.document import Table
from extract.verification.accept import Believed, Pattern, weigh
from extract.verification.axes import Axis
from extract.verification.figures import Figures
from extract.verification.relations import Kind, Relation, residual
from extract.verification.sheets import Sheet
from extract.verification.words import is_factor, is_rate, total_rank

_SAMPLES: Final = (
    5  # lines tried first; two of them must hold, though one was moved by a digit and one is wrong
)
_MOST_TOTALS: Final = 8
_RATE_PRIOR: Final = 4.0  # bits: the label says rate or share
_PERCENT: Final = ("%", "％")
_FACTORS: Final = ((1, 1), (1, 1000), (1000, 1), (1, 10_000), (1, 1_000_000))


def rate_columns(sheet: Sheet, tables: Sequence[Table], figures: Figures) -> list[int]:
    """Give the columns of a sheet that hold rates: by their name, or by the unit in most cells."""
    found: list[int] = []
    for column in range(sheet.columns):
        there = [row[column] for row in sheet.grid if row[column] >= 0]
        if not there:
            continue
        percent = sum(_is_percent(one, tables, figures) for one in there)
        if is_rate(sheet.column_labels[column]) or 2 * percent > len(there):
            found.append(column)
    return found


def rate_places(axis: Axis, tables: Sequence[Table], figures: Figures) -> list[int]:
    """Give the positions of an axis that hold rates: by their label, or by the unit in most cells."""
    found: list[int] = []
    for place in range(axis.count):
        there = [line[place][0] for line in axis.cells if len(line[place]) == 1]
        if not there:
            continue
        percent = sum(_is_percent(one, tables, figures) for one in there)
        if is_rate(axis.labels[place]) or 2 * percent > len(there):
            found.append(place)
    return found


def _is_percent(figure: int, tables: Sequence[Table], figures: Figures) -> bool:
    item = figures.items[figure]
    return tables[item.table].cells[item.cell].unit in _PERCENT


def find_rates(axis: Axis, rates: Sequence[int], figures: Figures) -> list[Believed]:
    """Give the rates that two amounts of the same line explain: a / b, or (a - b) / b."""
    found: list[Believed] = []
    values = figures.values
    if not rates:
        return found
    held_as_rate = set(rates)
    amounts = [
        place
        for place in range(axis.count)
        if place not in held_as_rate and any(line[place] for line in axis.cells)
    ]
    if len(amounts) < 2:
        return found
    for place in rates:
        lines = [line for line in axis.cells if len(line[place]) == 1]
        lines.sort(key=lambda line: -abs(values[line[place][0]]))
        votes: dict[tuple[Kind, int, int], int] = {}
        for line in lines[:_SAMPLES]:
            _vote_for_rate(line, place, amounts, figures, votes)
        needed = 1 if len(lines) == 1 else 2
        cost = _RATE_PRIOR - 2 * log2(len(amounts))
        best: Believed | None = None
        for (kind, first, second), count in votes.items():
            if count < needed:
                continue
            relations = tuple(
                _rated(kind, line[place][0], line[first][0], line[second][0], figures)
                for line in lines
                if len(line[first]) == 1 and len(line[second]) == 1 and values[line[second][0]]
            )
            believed = weigh(Pattern(kind, cost, relations, whole=True), figures)
            if believed is not None and (best is None or believed.bits > best.bits):
                best = believed
        if best is not None:
            found.append(best)
    return found


def _rated(kind: Kind, stated: int, first: int, second: int, figures: Figures) -> Relation:
    step = figures.items[stated].step
    return Relation(kind, stated, (first, second), step=step)


def _vote_for_rate(
    line: Sequence[tuple[int, ...]],
    place: int,
    amounts: Sequence[int],
    figures: Figures,
    votes: dict[tuple[Kind, int, int], int],
) -> None:
    stated, values = line[place][0], figures.values
    step, printed, scale = figures.items[stated].step, values[stated], figures.scale
    if not printed:
        return
    there = [(one, values[line[one][0]]) for one in amounts if len(line[one]) == 1]
    for second, base in there:
        if not base:
            continue
        # 100 x first / base = printed, within half a step: first lies between these two
        low, high = sorted((base * (2 * printed - step), base * (2 * printed + step)))
        for first, amount in there:
            if first == second:
                continue
            share = 200 * scale * amount
            if low <= share <= high:
                votes["share", first, second] = votes.get(("share", first, second), 0) + 1
            if low <= share - 200 * scale * base <= high:
                votes["rate", first, second] = votes.get(("rate", first, second), 0) + 1


def find_shares(sheet: Sheet, rates: Sequence[int], figures: Figures) -> list[Believed]:
    """Give the shares of a column in a total that stands in another row: 構成比 under 100.0."""
    found: list[Believed] = []
    if not rates:
        return found
    values = figures.values
    hundred = 100 * figures.scale
    amounts = [
        column
        for column in range(sheet.columns)
        if column not in rates and any(row[column] >= 0 for row in sheet.grid)
    ]
    for column in rates:
        rows = [row for row in range(sheet.rows) if sheet.grid[row][column] >= 0]
        full = [row for row in rows if values[sheet.grid[row][column]] == hundred]
        named = [row for row in range(sheet.rows) if total_rank(sheet.row_labels[row])]
        blocks = (
            _blocks(full[-_MOST_TOTALS:], rows) if full else [(row, rows) for row in named[-_MOST_TOTALS:]]
        )
        for total, block in blocks:
            best = _best_share(sheet, (column, total), block, amounts, figures)
            if best is not None:
                found.append(best)
    return found


def _blocks(totals: Sequence[int], rows: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Give each total row with the rows that may be its parts: up to the total before, or down to the one after."""
    found: list[tuple[int, list[int]]] = []
    for index, total in enumerate(totals):
        before = totals[index - 1] if index else -1
        after = totals[index + 1] if index + 1 < len(totals) else max(rows, default=0) + 1
        found.append((total, [row for row in rows if before < row <= total]))
        if index == 0 or index + 1 < len(totals):
            found.append((total, [row for row in rows if total <= row < after]))
    return [(total, block) for total, block in found if len(block) > 1]


def _best_share(
    sheet: Sheet,
    place: tuple[int, int],
    block: Sequence[int],
    amounts: Sequence[int],
    figures: Figures,
) -> Believed | None:
    (column, total), values, hundred = place, figures.values, 100 * figures.scale
    samples = sorted(
        (row for row in block if row != total), key=lambda row: -abs(values[sheet.grid[row][column]])
    )
    best: Believed | None = None
    bases = [(one, sheet.grid[total][one]) for one in amounts if sheet.grid[total][one] >= 0]
    cost = _RATE_PRIOR - log2(max(1, len(amounts) * len(bases)))
    for amount in amounts:
        for _, base in sorted(bases, key=lambda one: one[0] != amount):
            if not values[base]:
                continue
            votes = 0
            for row in samples[:_SAMPLES]:
                figure, part = sheet.grid[row][column], sheet.grid[row][amount]
                off = 2 * abs(hundred * values[part] - values[figure] * values[base])
                votes += part >= 0 and off <= figures.items[figure].step * abs(values[base])
            if votes < min(2, len(samples)):
                continue
            relations = tuple(
                _rated("share", sheet.grid[row][column], sheet.grid[row][amount], base, figures)
                for row in block
                if sheet.grid[row][amount] >= 0
            )
            believed = weigh(Pattern("share", cost, relations), figures)
            if believed is not None and (best is None or believed.bits > best.bits):
                best = believed
    return best


def find_products(axis: Axis, figures: Figures) -> list[Believed]:
    """Give the columns that are the product of two others: 単価 x 数量 = 金額, also with thousands of yen as result."""
    places = [place for place in range(axis.count) if any(line[place] for line in axis.cells)]
    if len(places) < 3 or not any(is_factor(axis.labels[place]) for place in places):
        return []
    lines = sorted(axis.cells, key=lambda line: -sum(map(bool, line)))
    votes = Counter(form for line in lines[:_SAMPLES] for form in _products_in(line, places, figures))
    found: list[Believed] = []
    for form, count in votes.items():
        if count < min(2, len(lines)):
            continue
        relations = tuple(
            _product(line, form, figures)
            for line in lines
            if all(len(line[place]) == 1 for place in form.places)
        )
        prior = -3.0 * log2(len(places)) - 2 * _FACTORS.index(form.factor)
        believed = weigh(Pattern("product", prior, relations, whole=True), figures)
        if believed is not None:
            found.append(believed)
    return found


class _Form(NamedTuple):
    """Positions of a product, its two factors, and the number it is multiplied with."""

    places: tuple[int, int, int]
    factor: tuple[int, int]


def _products_in(line: Sequence[tuple[int, ...]], places: Sequence[int], figures: Figures) -> list[_Form]:
    there = [place for place in places if len(line[place]) == 1 and figures.values[line[place][0]]]
    values = {place: figures.values[line[place][0]] for place in there}
    near = (
        _Form((result, one, other), factor)
        for one, other in combinations(there, 2)
        for result in there
        if result not in (one, other)
        for factor in _FACTORS
        if _is_near(values[one] * values[other], factor, figures, line[result][0])
    )
    return [
        form for form in near if not residual(_product(line, form, figures), figures.values, figures.scale)
    ]


def _is_near(product: int, factor: tuple[int, int], figures: Figures, stated: int) -> bool:
    """Say whether a product lies within half a step of a printed number: many are tried, and few do."""
    unit = figures.scale * factor[1]
    off = abs(product * factor[0] - figures.values[stated] * unit)
    return 2 * off <= figures.items[stated].step * unit


def _product(line: Sequence[tuple[int, ...]], form: _Form, figures: Figures) -> Relation:
    stated, one, other = (line[place][0] for place in form.places)
    return Relation("product", stated, (one, other), step=figures.items[stated].step, factor=form.factor)
