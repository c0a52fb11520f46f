"""Find the same quantity printed twice: rows that repeat in another table, and named totals that must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2
from typing import Final

from extract.document import Table
from extract.verification.accept import Believed, Pattern, is_slip, weigh, weigh_family
from extract.verification.figures import Figures
from extract.verification.relations import Relation
from extract.verification.sheets import Sheet
from extract.verification.words import bare, is_total

_PAIR_BITS: Final = 26.0  # two numbers side by side that are found again elsewhere
_ALONE_BITS: Final = (
    13.0  # one number that is found again under the same name: four digits that are not round
)
_OFTEN: Final = 3
_MARKS: Final = "0123456789.．、()（） 　款項目"
_PRIOR: Final = -4.0


def find_repeated(
    sheets: Sequence[Sheet], tables: Sequence[Table], figures: Figures, values: Sequence[int]
) -> list[Believed]:
    """Give the quantities printed twice in different rows of the document."""
    found: list[Believed] = []
    pairs: dict[tuple[int, int], tuple[int, int, int]] = {}
    bits = [_bits(value) for value in values]
    for number, sheet in enumerate(sheets):
        for row, line in enumerate(sheet.grid):
            there = [column for column, one in enumerate(line) if one >= 0]
            if not there:
                continue
            _match_pairs(sheets, number, row, there, bits, values, figures, pairs, found)
    found.extend(_find_by_name(sheets, bits, values, figures.scale))
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


def _find_by_name(
    sheets: Sequence[Sheet], bits: Sequence[float], values: Sequence[int], scale: int
) -> list[Believed]:
    """Give the columns of two sheets that state the same quantities under the same names.

    One such name proves little and would hide its own error; several that agree show that a slip in another is one.
    """
    places: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    named: list[list[tuple[str, int]]] = []
    for number, sheet in enumerate(sheets):
        own = [(name, row) for row, label in enumerate(sheet.row_labels) if (name := _name(label))]
        once = {name for name, count in Counter(name for name, _ in own).items() if count == 1}
        named.append([(name, row) for name, row in own if name in once])
        for name, row in named[-1]:
            for column, one in enumerate(sheet.grid[row]):
                if one >= 0 and bits[one] >= _ALONE_BITS:
                    places.setdefault((name, values[one]), []).append((number, row, column))
    pairs: Counter[tuple[int, int, int, int]] = Counter()
    for found in places.values():
        for first, second in zip(found, found[1:], strict=False):
            if first[0] != second[0]:
                pairs[first[0], first[2], second[0], second[2]] += 1
    believed: list[Believed] = []
    for (one, left, other, right), count in pairs.items():
        if count < _OFTEN:
            continue
        rows = dict(named[one])
        relations: list[Relation] = []
        for name, row in named[other]:
            if name not in rows:
                continue
            first, second = sheets[one].grid[rows[name]][left], sheets[other].grid[row][right]
            if first >= 0 and second >= 0:
                relations.append(Relation("same", second, (first,), (1,)))
        pattern = weigh_family(Pattern("same", _PRIOR, tuple(relations)), values, scale)
        pattern = pattern or weigh(Pattern("same", _PRIOR, tuple(relations)), values, scale)
        if pattern is not None:
            believed.append(pattern)
    return believed
