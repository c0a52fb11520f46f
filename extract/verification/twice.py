"""Find the same quantity printed twice: rows that repeat elsewhere, and columns that agree name by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from typing import Final

from extract.verification.accept import Believed, Pattern, is_slip, weigh, weigh_family
from extract.verification.figures import Figures
from extract.verification.relations import Relation
from extract.verification.sheets import Sheet
from extract.verification.words import bare, is_total

_PAIR_BITS: Final = 26.0  # two numbers side by side that are found again elsewhere
_ALONE_BITS: Final = (
    13.0  # one number that is found again under the same name: four digits that are not round
)
_OFTEN: Final = 3  # names under which two columns agree before they are compared name by name
_MARKS: Final = "0123456789.．、()（） 　款項目"
_BOTH_SIDES: Final = ("歳入合計", "歳出合計", "収入合計", "支出合計")
_PRIOR: Final = -4.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure's place in the sheets."""

    sheet: int
    row: int
    column: int


def find_repeated(sheets: Sequence[Sheet], figures: Figures) -> list[Believed]:
    """Give the quantities printed twice in different rows of the document."""
    bits = [_bits(value) for value in figures.values]
    return [*_find_repeated_rows(sheets, figures, bits), *_find_by_name(sheets, figures, bits)]


def _bits(value: int) -> float:
    value = abs(value)
    while value and value % 10 == 0:
        value //= 10
    return log2(1 + value)


def _find_repeated_rows(
    sheets: Sequence[Sheet], figures: Figures, bits: Sequence[float]
) -> Iterator[Believed]:
    """Give the rows in which two neighbours are the same as in an earlier row."""
    values = figures.values
    pairs: dict[tuple[int, int], _Place] = {}
    for number, sheet in enumerate(sheets):
        for row, line in enumerate(sheet.grid):
            linked: set[tuple[int, int, int]] = set()
            there = [column for column, one in enumerate(line) if one >= 0]
            for left, right in pairwise(there):
                one, other = line[left], line[right]
                if values[one] == values[other] or bits[one] + bits[other] < _PAIR_BITS:
                    continue
                before = pairs.setdefault((values[one], values[other]), _Place(number, row, left))
                key = (before.sheet, before.row, before.column - left)
                if (before.sheet, before.row) == (number, row) or key in linked:
                    continue
                linked.add(key)
                relations = _linked(sheets, before, _Place(number, row, left), figures)
                believed = weigh(Pattern("same", _PRIOR, relations), figures)
                if believed is not None:
                    yield believed


def _linked(sheets: Sequence[Sheet], before: _Place, now: _Place, figures: Figures) -> tuple[Relation, ...]:
    """Give the equalities of two rows that share a pair and, where their names agree, those that a slip hides."""
    old, new = sheets[before.sheet], sheets[now.sheet]
    shift = before.column - now.column
    named = bare(old.row_labels[before.row]) == bare(new.row_labels[now.row]) != ""
    relations: list[Relation] = []
    for column, one in enumerate(new.grid[now.row]):
        if one < 0 or not 0 <= column + shift < old.columns:
            continue
        other = old.grid[before.row][column + shift]
        if other < 0 or one == other:
            continue
        value, old_value = figures.values[one], figures.values[other]
        if value == old_value or (named and _bits(value) > _ALONE_BITS and is_slip(value, old_value)):
            relations.append(Relation("same", one, (other,), (1,)))
    return tuple(relations)


def _find_by_name(sheets: Sequence[Sheet], figures: Figures, bits: Sequence[float]) -> Iterator[Believed]:
    """Give the columns of two sheets that state the same quantities under the same names.

    One such name proves little and would hide its own error; several that agree show that a slip in another is one.
    """
    named = [_rows_by_name(sheet) for sheet in sheets]
    for first, second in _agreeing_columns(sheets, named, figures, bits):
        relations: list[Relation] = []
        for name, row in named[second.sheet].items():
            old_row = named[first.sheet].get(name)
            if old_row is None:
                continue
            old, new = (
                sheets[first.sheet].grid[old_row][first.column],
                sheets[second.sheet].grid[row][second.column],
            )
            if old >= 0 and new >= 0:
                relations.append(Relation("same", new, (old,), (1,)))
        pattern = Pattern("same", _PRIOR, tuple(relations))
        believed = weigh_family(pattern, figures) or weigh(pattern, figures)
        if believed is not None:
            yield believed


def _agreeing_columns(
    sheets: Sequence[Sheet], named: Sequence[Mapping[str, int]], figures: Figures, bits: Sequence[float]
) -> list[tuple[_Place, _Place]]:
    """Give the pairs of columns (their row is 0) that state some quantities alike."""
    places: dict[tuple[str, int], list[_Place]] = {}
    for number, sheet in enumerate(sheets):
        for name, row in named[number].items():
            for column, one in enumerate(sheet.grid[row]):
                if one >= 0 and bits[one] >= _ALONE_BITS:
                    places.setdefault((name, figures.values[one]), []).append(_Place(number, 0, column))
    pairs = Counter(
        pair for found in places.values() for pair in pairwise(found) if pair[0].sheet != pair[1].sheet
    )
    return [pair for pair, count in pairs.items() if count >= _OFTEN]


def _rows_by_name(sheet: Sheet) -> dict[str, int]:
    """Give the rows whose name stands once in the sheet; a total has no name of its own."""
    names = [_name(label) for label in sheet.row_labels]
    counts = Counter(names)
    return {name: row for row, name in enumerate(names) if name and counts[name] == 1}


def _name(label: str) -> str:
    text = bare(label)
    if text in _BOTH_SIDES:
        return "歳入歳出"  # what comes in is what goes out
    return "" if is_total(label) else text.lstrip(_MARKS)
