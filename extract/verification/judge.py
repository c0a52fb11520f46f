"""Believed relations -> which numbers are proved, which are to blame; pure.

A number is proved by a relation that holds and would break if it were wrong by a unit of its last digit. In a relation that
fails, what other relations prove is not suspect. Relations that fail and share suspects are one case: where one number
with one value mends all of them, it is to blame alone; otherwise every number that could be is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.document import Table
from extract.verification.accept import NAMED, Believed, is_rounded, rounding
from extract.verification.figures import Figures
from extract.verification.relations import Relation, required_value, required_values, residual

_EXACT_PER_ROUNDED: Final = (
    5  # of rounded numbers, a sum of three or four is exact in every second or third place
)
_FIRM: Final = 16.0  # bits from which a relation that holds clears a number of any suspicion
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
    beside: dict[int, int] = {}
    for one in believed:
        for relation in one.holding:
            _keep(holding, relation, one)
        for relation in one.failing:
            _keep(failing, relation, one)
        if one.failing:
            _join_pages(one.failing, figures, beside)
    proofs: dict[int, float] = {}
    for weighed in holding.values():
        for figure in proved_by(weighed.relation, figures.values):
            proofs[figure] = max(proofs.get(figure, 0.0), weighed.bits)
    failed = [weighed for key, weighed in failing.items() if key not in holding]
    held = Counter(one for weighed in holding.values() for one in weighed.relation.members())
    agreed = _agreed([one for one in failed if one.prior >= NAMED], proofs, held, figures)
    open_cases = [one for one in failed if one in agreed or not _is_refuted(one, proofs)]
    open_cases = _without_adjusted(open_cases, holding.values(), figures)
    adding = _count_sums(holding.values(), figures, beside)
    rounded, open_cases = _split_rounded(open_cases, figures, tables, beside, adding)
    cases = _to_cases(open_cases, proofs, agreed, figures)
    accused = {one for case in cases for one in case.suspects}
    return Judgement((*holding.values(), *rounded), frozenset(proofs.keys() - accused), cases)


def _is_refuted(weighed: Weighed, proofs: Mapping[int, float]) -> bool:
    """Say whether all that a failure speaks against is proved: then the relation is none."""
    needed = min(weighed.bits, _FIRM)
    return all(one in proofs and proofs[one] >= needed for one in accusable(weighed.relation))


def proved_by(relation: Relation, values: Sequence[int]) -> Iterable[int]:
    """Give the figures that a relation which holds proves: not two that cancel, for it would hold without them."""
    members = [one for one in relation.members() if relation.proves(one)]
    if relation.kind != "sum" or -1 not in relation.signs or len(relation.operands) <= 2:
        return members
    signed = dict(zip(relation.operands, relation.signs, strict=True))
    terms = {(sign * values[one]) for one, sign in signed.items()}
    return [
        one
        for one in members
        if one not in signed or -signed[one] * values[one] not in terms or not values[one]
    ]


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


def accusable(relation: Relation) -> tuple[int, ...]:
    """Give the figures a failure speaks against: of a rounded result, first the result itself."""
    return relation.members() if relation.kind in ("sum", "same") else (relation.stated,)


def _without_adjusted(
    failing: Sequence[Weighed], holding: Iterable[Weighed], figures: Figures
) -> list[Weighed]:
    """Leave out the shares off by one last digit that are parts of a sum: offices adjust one so that all add up to 100."""
    adjusted = [one for one in failing if one.relation.kind == "share" and is_rounded(one.relation, figures)]
    if not adjusted:
        return list(failing)
    summed = {
        figure
        for one in (*holding, *failing)
        if one.relation.kind == "sum"
        for figure in one.relation.operands
    }
    return [one for one in failing if one not in adjusted or one.relation.stated not in summed]


def _join_pages(relations: Sequence[Relation], figures: Figures, beside: dict[int, int]) -> None:
    """Note which tables of a page are one for a pattern, as those over the fold of a spread are."""
    first: dict[int, int] = {}
    for relation in relations:
        item = figures.items[relation.stated]
        one = first.setdefault(item.page, beside.get(item.table, item.table))
        beside[item.table] = one


def _split_rounded(
    failing: Sequence[Weighed],
    figures: Figures,
    tables: Sequence[Table],
    beside: Mapping[int, int],
    adding: Mapping[int, int],
) -> tuple[list[Weighed], list[Weighed]]:
    """Set apart the failures that rounding explains.

    They are off by no more than half a last digit for each number, and the table's unit is coarse (百万円), or several
    of them are off in a table (or those ``beside`` it), where no single number could be to blame for all and sums that are
    exact are not many (``adding``).
    """
    by_table: dict[int, list[Weighed]] = {}
    for weighed in failing:
        table = figures.items[weighed.relation.stated].table
        by_table.setdefault(beside.get(table, table), []).append(weighed)
    rounded: list[Weighed] = []
    rest: list[Weighed] = []
    for table, own in by_table.items():
        small = [one for one in own if is_rounded(one.relation, figures)]
        coarse = any(word in (tables[table].unit or "") for word in _COARSE)
        common = frozenset[int]().union(*(one.relation.members() for one in small[:1]))
        common = common.intersection(*(one.relation.members() for one in small))
        several = len(small) > 1 and not common and adding.get(table, 0) <= _EXACT_PER_ROUNDED * len(small)
        if small and (coarse or several):
            rounded.extend(
                Weighed(replace(one.relation, slack=rounding(one.relation, figures)), one.bits)
                for one in small
            )
            rest.extend(one for one in own if one not in small)
        else:
            rest.extend(own)
    return rounded, rest


def _count_sums(holding: Iterable[Weighed], figures: Figures, beside: Mapping[int, int]) -> dict[int, int]:
    """Count for each table the sums that hold exactly although rounding could have put them off."""
    counts: dict[int, int] = {}
    for weighed in holding:
        relation = weighed.relation
        if relation.kind == "sum" and sum(figures.values[one] != 0 for one in relation.operands) > 1:
            table = figures.items[relation.stated].table
            table = beside.get(table, table)
            counts[table] = counts.get(table, 0) + 1
    return counts


def _suspects(weighed: Weighed, proofs: Mapping[int, float]) -> tuple[int, ...]:
    """Give the numbers of a failing relation that nothing as strong clears."""
    needed = min(weighed.bits, _FIRM)
    return tuple(
        dict.fromkeys(one for one in weighed.relation.members() if one not in proofs or proofs[one] < needed)
    )


def _to_cases(
    failing: Sequence[Weighed],
    proofs: Mapping[int, float],
    agreed: Mapping[Weighed, Sequence[int]],
    figures: Figures,
) -> tuple[Case, ...]:
    suspects = [
        tuple(dict.fromkeys((*_suspects(weighed, proofs), *agreed.get(weighed, ())))) for weighed in failing
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
            figures.values,
            figures.scale,
        )
        for members in groups.values()
    )


def _agreed(
    failing: Sequence[Weighed], proofs: Mapping[int, float], held: Mapping[int, int], figures: Figures
) -> dict[Weighed, list[int]]:
    """Give the failing relations that together ask one value of a proved number, where no other could mend them all.

    Two wrong numbers of one relation may prove each other, and what is right would be blamed for them. More relations
    must fail in a number so than hold (``held``).
    """
    asked: dict[tuple[int, int], list[Weighed]] = {}
    for weighed in failing:
        if weighed.relation.kind in ("sum", "same"):
            for one, value in required_values(weighed.relation, figures.values, figures.scale):
                asked.setdefault((one, value), []).append(weighed)
    agreed: dict[Weighed, list[int]] = {}
    for (figure, _), asking in asked.items():
        if len(asking) > max(1, held[figure]):
            suspects = [set(_suspects(weighed, proofs)) for weighed in asking]
            if not suspects[0].intersection(*suspects[1:]):
                for weighed in asking:
                    agreed.setdefault(weighed, []).append(figure)
    return agreed


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
    changed = changed_values(values, {figure: value})
    return value if not any(residual(relation, changed, scale) for relation in relations) else None


def changed_values(values: Sequence[int], changes: Mapping[int, int]) -> list[int]:
    """Give the values with some of them replaced."""
    found = list(values)
    for one, value in changes.items():
        found[one] = value
    return found
