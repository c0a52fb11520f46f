"""Find the same quantity printed twice: rows that repeat in another table, and named totals that must agree."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import Final

from extract.document import Table
from extract.verification.accept import Believed, Pattern, is_slip, weigh
from extract.verification.figures import Figures
from extract.verification.relations import Relation
from extract.verification.sheets import Sheet
from extract.verification.words import bare, is_total

_PAIR_BITS: Final = 26.0  # two numbers side by side that are found again elsewhere
_ALONE_BITS: Final = (
    13.0  # one number that is found again under the same name: four digits that are not round
)
_MARKS: Final = "0123456789.．、()（） 　款項目"
_PRIOR: Final = -4.0


def find_repeated(
    sheets: Sequence[Sheet], tables: Sequence[Table], figures: Figures, values: Sequence[int]
) -> list[Believed]:
    """Give the quantities printed twice in different rows of the document."""
    found: list[Believed] = []
    pairs: dict[tuple[int, int], tuple[int, int, int]] = {}
    names: dict[tuple[str, int], int] = {}
    bits = [_bits(value) for value in values]
    for number, sheet in enumerate(sheets):
        for row, line in enumerate(sheet.grid):
            there = [column for column, one in enumerate(line) if one >= 0]
            if not there:
                continue
            _match_pairs(sheets, number, row, there, bits, values, figures, pairs, found)
            name = _name(sheet.row_labels[row])
            if name:
                _match_names(line, there, name, bits, values, figures, names, found)
    return found


def _bits(value: int) -> float:
    value = abs(value)
    while value and value % 10 == 0:
        value //= 10
    return log2(1 + value)


def _match_pairs(
    sheets: Sequence[Sheet],
    number: int,
    row: int,
    there: Sequence[int],
    bits: Sequence[float],
    values: Sequence[int],
    figures: Figures,
    pairs: dict[tuple[int, int], tuple[int, int, int]],
    found: list[Believed],
) -> None:
    line = sheets[number].grid[row]
    linked: set[tuple[int, int, int]] = set()
    for left, right in zip(there, there[1:], strict=False):
        one, other = line[left], line[right]
        if values[one] == values[other] or bits[one] + bits[other] < _PAIR_BITS:
            continue
        key = (values[one], values[other])
        before = pairs.get(key)
        if before is None:
            pairs[key] = (number, row, left)
            continue
        old_number, old_row, old_column = before
        shift = old_column - left
        if (old_number, old_row, shift) in linked:
            continue
        linked.add((old_number, old_row, shift))
        named = bare(sheets[old_number].row_labels[old_row]) == bare(sheets[number].row_labels[row]) != ""
        relations = _linked(sheets[old_number], old_row, line, there, shift, values, may_slip=named)
        believed = weigh(Pattern("same", _PRIOR, relations), values, figures.scale)
        if believed is not None:
            found.append(believed)


def _linked(
    old: Sheet,
    old_row: int,
    line: Sequence[int],
    there: Sequence[int],
    shift: int,
    values: Sequence[int],
    *,
    may_slip: bool,
) -> tuple[Relation, ...]:
    """Give the equalities of two rows that share a pair, and those that a slip of a digit hides."""
    relations: list[Relation] = []
    for column in there:
        if not 0 <= column + shift < old.columns:
            continue
        one, other = line[column], old.grid[old_row][column + shift]
        if other < 0 or one == other:
            continue
        same = values[one] == values[other]
        if same or (may_slip and _bits(values[one]) > _ALONE_BITS and is_slip(values[one], values[other])):
            relations.append(Relation("same", one, (other,), (1,)))
    return tuple(relations)


def _name(label: str) -> str:
    text = bare(label)
    if text in ("歳入合計", "歳出合計", "収入合計", "支出合計"):
        return "歳入歳出"
    return "" if is_total(label) else text.lstrip(_MARKS)


def _match_names(
    line: Sequence[int],
    there: Sequence[int],
    name: str,
    bits: Sequence[float],
    values: Sequence[int],
    figures: Figures,
    names: dict[tuple[str, int], int],
    found: list[Believed],
) -> None:
    for column in there:
        one = line[column]
        if bits[one] < _ALONE_BITS:
            continue
        before = names.setdefault((name, values[one]), one)
        if before != one:
            relation = Relation("same", one, (before,), (1,))
            believed = weigh(Pattern("same", 0.0, (relation,)), values, figures.scale)
            if believed is not None:
                found.append(believed)
