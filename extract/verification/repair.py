"""Find the one change that mends everything: other readings of the recogniser first, then the confusions it is known for.

A case of failing relations is solved by the smallest set of changes (one, then two numbers). Each solution has a weight:
the probability of the readings it takes. It is used only when it outweighs all others together by far, those
included that only a known confusion of digits would allow; otherwise the case stays a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.document import Cell, Table
from extract.verification.accept import COMMA_SHIFTS, is_slip
from extract.verification.figures import Figures
from extract.verification.judge import Case, Changed, Judgement, common_value
from extract.verification.relations import residual

_CERTAIN: Final = 0.95  # share of the weight of all solutions that the best must have
_CONFUSION: Final = (
    1e-3  # weight of a slip the recogniser did not see; readings it saw carry their own probability
)
_LEAST: Final = 1e-2  # least weight of a reading it did see
_MOST_SUSPECTS: Final = 80
_NUMBER: Final = re.compile(r"(?P<sign>[△▲▼−－\-‐–])?(?P<digits>[0-9][0-9,，]*(?:[.．][0-9]+)?|\.[0-9]+)")
_FOLD: Final = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_CONFUSED: Final = frozenset(
    frozenset(pair)
    for pair in (
        "08",
        "06",
        "38",
        "35",
        "56",
        "68",
        "89",
        "17",
        "49",
        "27",
        "14",
        "59",
        "69",
        "39",
        "47",
        "12",
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """A number that was read otherwise: its new scaled value and whether the recogniser had seen that reading."""

    figure: int
    value: int
    seen: bool


def find_repairs(judgement: Judgement, figures: Figures, tables: Sequence[Table]) -> list[Change]:
    """Give the changes that each mend a case beyond doubt."""
    found: list[Change] = []
    for case in judgement.cases:
        if len(case.suspects) <= _MOST_SUSPECTS and any(figures.items[one].is_ocr for one in case.suspects):
            found.extend(_solve(case, figures, tables))
    return found


def _solve(case: Case, figures: Figures, tables: Sequence[Table]) -> list[Change]:
    options = {
        one: _options(tables[figures.items[one].table].cells[figures.items[one].cell], figures.scale)
        for one in case.suspects
        if figures.items[one].is_ocr
    }
    solutions = list(_single(case, figures, options, {}))
    best = _unique(solutions, case)
    if best is None and not solutions:
        best = _unique(list(_double(case, figures, options)), case)
    return best or []


def _unique(solutions: Sequence[tuple[float, list[Change]]], case: Case) -> list[Change] | None:
    """Give the solution that outweighs all others, unless it rests on a confusion that one relation alone suggests."""
    if not solutions:
        return None
    weight, best = max(solutions, key=lambda one: one[0])
    if weight < _CERTAIN * sum(one for one, _ in solutions):
        return None
    needs_proof = any(not change.seen for change in best)
    if needs_proof and len(case.suspects) > len(best) and len(case.relations) < 2 * len(best):
        return None
    return best


def _single(
    case: Case,
    figures: Figures,
    options: dict[int, dict[int, float]],
    before: dict[int, int],
) -> Iterable[tuple[float, list[Change]]]:
    """Give the solutions that change one more number, with their weights."""
    values = figures.values
    changed = Changed(values, before) if before else values
    open_relations = [
        weighed.relation for weighed in case.relations if residual(weighed.relation, changed, figures.scale)
    ]
    common = set(case.suspects).intersection(*(relation.members() for relation in open_relations))
    for one in common:
        if one in before or one not in options:
            continue
        needed = common_value(open_relations, one, changed, figures.scale)
        if needed is None:
            continue
        exact = any(relation.kind in ("sum", "same") for relation in open_relations)
        if not exact and abs(needed - values[one]) <= figures.items[one].step:
            continue  # a share may have been moved by a last digit on purpose
        if needed in options[one]:
            yield options[one][needed], [Change(one, needed, seen=True)]
        elif exact and _is_confusion(values[one], needed):
            yield _CONFUSION, [Change(one, needed, seen=False)]


def _double(
    case: Case, figures: Figures, options: dict[int, dict[int, float]]
) -> Iterable[tuple[float, list[Change]]]:
    """Give the solutions that change two numbers: a reading of one, and what the rest then asks of another."""
    values = figures.values
    seen: set[frozenset[int]] = set()
    for first, readings in options.items():
        tried = dict(readings)
        for weighed in case.relations:
            needed = common_value([weighed.relation], first, values, figures.scale)
            if needed is not None and needed not in tried and _is_confusion(values[first], needed):
                tried[needed] = _CONFUSION
        for value, weight in tried.items():
            for other_weight, changes in _single(case, figures, options, {first: value}):
                pair = frozenset((first, changes[0].figure))
                if pair not in seen:
                    seen.add(pair)
                    yield weight * other_weight, [Change(first, value, seen=value in readings), *changes]


def _options(cell: Cell, scale: int) -> dict[int, float]:
    """Give the other values that the recogniser saw, with their weights."""
    found: dict[int, float] = {}
    for reading in cell.evidence.readings:
        value = text_to_value(reading.text, scale)
        if value is not None:
            found[value] = max(found.get(value, 0.0), reading.probability, _LEAST)
    return found


def text_to_value(text: str, scale: int) -> int | None:
    """Give the scaled value of a reading; its unit and letter spacing do not matter. None where it is no number."""
    compact = re.sub(r"\s", "", text).translate(_FOLD)
    matches = list(_NUMBER.finditer(compact))
    if len(matches) != 1:
        return None
    value = Decimal(matches[0]["digits"].replace(",", "")) * scale
    if value != value.to_integral_value():
        return None
    return -int(value) if matches[0]["sign"] else int(value)


def _is_confusion(read: int, needed: int) -> bool:
    """Say whether a reading may stand for the needed value: digits that look alike, one lost, a point or a △ lost."""
    if needed == -read or any(needed == read * shift or read == needed * shift for shift in COMMA_SHIFTS):
        return True
    if not is_slip(read, needed):
        return False
    one, other = str(abs(read)), str(abs(needed))
    if len(one) != len(other):
        return len(other) > len(one)
    pairs = [frozenset((a, b)) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and frozenset("".join(pairs[0])) in _CONFUSED
