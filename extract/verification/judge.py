"""Believed relations -> which numbers are proved, which are to blame; pure.

A number is proved by a relation that holds and would break if it were wrong by a unit of its last digit. In a relation that
fails, what other relations prove is not suspect. Relations that fail and share suspects are one case: where one number
with one value mends all of them, it is to blame alone; otherwise every number that could be is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.document import Table
from extract.verification.accept import Believed
from extract.verification.figures import Figures
from extract.verification.relations import Relation, required_value, residual

_COARSE: Final = ("百万", "億", "兆", "万")  # amounts in such units are rounded, and their sums may be off


@dataclass(frozen=True, slots=True)
class Weighed:
    """A relation with the bits of the strongest pattern it is part of, written as the best named pattern has it."""

    relation: Relation
    bits: float
    prior: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """Failing relations that belong together; ``blamed`` are (figure, the value that would mend all, or None)."""

    relations: tuple[Weighed, ...]
    suspects: tuple[int, ...]
    blamed: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What holds, what it proves, and the cases of what does not hold."""

    holding: tuple[Weighed, ...]
    proved: frozenset[int]
    cases: tuple[Case, ...]


def judge(believed: Iterable[Believed], figures: Figures, tables: Sequence[Table]) -> Judgement:
    """Give the judgement on all numbers of the document."""
    holding: dict[object, Weighed] = {}
    failing: dict[object, Weighed] = {}
    for one in believed:
        for relation in one.holding:
            _keep(holding, relation, one)
        for relation in one.failing:
            _keep(failing, relation, one)
    proved = {
        figure
        for weighed in holding.values()
        for figure in weighed.relation.members()
        if weighed.relation.proves(figure)
    }
    open_cases = [
        weighed
        for key, weighed in failing.items()
        if key not in holding and not proved.issuperset(_accusable(weighed.relation))
    ]
    rounded, open_cases = _split_rounded(open_cases, figures, tables)
    cases = _to_cases(open_cases, proved, figures.values, figures.scale)
    return Judgement((*holding.values(), *rounded), frozenset(proved), cases)


def _keep(kept: dict[object, Weighed], relation: Relation, believed: Believed) -> None:
    key, prior = relation_key(relation), believed.pattern.prior
    before = kept.get(key)
    if before is None:
        kept[key] = Weighed(relation, believed.bits, prior)
    elif believed.bits > before.bits or prior > before.prior:
        better = relation if prior > before.prior else before.relation
        kept[key] = Weighed(better, max(before.bits, believed.bits), max(before.prior, prior))


def relation_key(relation: Relation) -> object:
    """Give what two ways to write the same relation have in common: a = b + c is c = a - b."""
    if relation.kind not in ("sum", "same"):
        return (relation.kind, relation.stated, relation.operands, relation.factor)
    terms = {relation.stated: -1}
    for sign, one in zip(relation.signs, relation.operands, strict=True):
        terms[one] = terms.get(one, 0) + sign
    first = min(terms)
    turn = terms[first]
    return frozenset((one, sign * turn) for one, sign in terms.items())


def _accusable(relation: Relation) -> tuple[int, ...]:
    """Give the figures a failure speaks against: of a rounded result, first the result itself."""
    return relation.members() if relation.kind in ("sum", "same") else (relation.stated,)


def _split_rounded(
    failing: Sequence[Weighed], figures: Figures, tables: Sequence[Table]
) -> tuple[list[Weighed], list[Weighed]]:
    """Set apart the failures that rounding explains.

    They are off by no more than half a last digit for each number, and the table's unit is coarse (百万円), or several
    of them are off in a table where no single number could be to blame for all.
    """
    by_table: dict[int, list[Weighed]] = {}
    for weighed in failing:
        by_table.setdefault(figures.items[weighed.relation.stated].table, []).append(weighed)
    rounded: list[Weighed] = []
    rest: list[Weighed] = []
    for table, own in by_table.items():
        small = [one for one in own if _is_small(one.relation, figures)]
        coarse = any(word in (tables[table].unit or "") for word in _COARSE)
        common = frozenset.intersection(*(frozenset(one.relation.members()) for one in own))
        if len(small) == len(own) and (coarse or (len(own) > 1 and not common)):
            rounded.extend(
                Weighed(replace(one.relation, slack=_slack(one.relation, figures)), one.bits) for one in small
            )
        else:
            rest.extend(own)
    return rounded, rest


def _slack(relation: Relation, figures: Figures) -> int:
    """Give the most that rounding can put a relation off: half a last digit for each of its numbers."""
    if relation.kind in ("sum", "same"):
        return sum(figures.items[one].step for one in relation.members()) // 2
    return relation.step


def _is_small(relation: Relation, figures: Figures) -> bool:
    return abs(residual(relation, figures.values, figures.scale)) <= _slack(relation, figures)


def _to_cases(
    failing: Sequence[Weighed], proved: set[int], values: Sequence[int], scale: int
) -> tuple[Case, ...]:
    suspects = [
        tuple(dict.fromkeys(one for one in weighed.relation.members() if one not in proved))
        for weighed in failing
    ]
    group_of: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for index, own in enumerate(suspects):
        joined = {group_of[one] for one in own if one in group_of}
        members = [index, *(member for group in joined for member in groups.pop(group))]
        groups[index] = members
        for member in members:
            for one in suspects[member]:
                group_of[one] = index
    return tuple(
        _to_case(
            [failing[member] for member in sorted(members)],
            [suspects[member] for member in sorted(members)],
            values,
            scale,
        )
        for members in groups.values()
    )


def _to_case(
    relations: Sequence[Weighed], suspects: Sequence[tuple[int, ...]], values: Sequence[int], scale: int
) -> Case:
    every = tuple(dict.fromkeys(one for own in suspects for one in own))
    able = [
        (one, needed)
        for one in every
        if all(one in own for own in suspects)
        and (needed := common_value([weighed.relation for weighed in relations], one, values, scale))
        is not None
    ]
    blamed: tuple[tuple[int, int | None], ...]
    blamed = tuple(able) if able else tuple((one, None) for one in every)
    return Case(tuple(relations), every, blamed)


def common_value(relations: Sequence[Relation], figure: int, values: Sequence[int], scale: int) -> int | None:
    """Give the one value of a figure that mends all the relations, or None.

    A share does not say the exact amount it was computed from, but an amount that other relations ask for must agree
    with it.
    """
    needed: set[int] = set()
    for relation in relations:
        value = required_value(relation, figure, values, scale)
        if value is not None:
            needed.add(value)
    if len(needed) != 1:
        return None
    value = needed.pop()
    changed = Changed(values, {figure: value})
    return value if not any(residual(relation, changed, scale) for relation in relations) else None


class Changed(Sequence[int]):
    """Values with some of them replaced; the others are shared, not copied."""

    def __init__(self, values: Sequence[int], changes: Mapping[int, int]) -> None:
        self._values = values
        self._changes = changes

    def __getitem__(self, index: int) -> int:  # type: ignore[override]
        """Give the value of a figure."""
        return self._changes.get(index, self._values[index])

    def __len__(self) -> int:
        """Give the number of figures."""
        return len(self._values)
