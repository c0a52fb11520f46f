"""An arithmetic relation between printed numbers, and how far the print is from it; pure and exact.

Values are scaled integers (see ``figures``). A sum holds exactly. A share, a rate or a product holds when the printed
result is the computed one rounded to its last printed digit: the tolerance is half a unit of that digit, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["sum", "same", "share", "rate", "product"]


@dataclass(frozen=True, slots=True)
class Relation:
    """``stated`` is the figure of the printed result, ``operands`` its parts.

    sum: Σ sign x operand. same: the same quantity printed twice. share: 100 x first / second. rate: 100 x (first -
    second) / second. product: first x second x ``factor`` (numerator, denominator). ``slack`` is the tolerance in scaled
    units: half the last digit of a rounded result; of a sum, half the last digits of all its rounded numbers.
    """

    kind: Kind
    stated: int
    operands: tuple[int, ...]
    signs: tuple[int, ...] = ()
    slack: int = 0
    step: int = 1
    factor: tuple[int, int] = (1, 1)

    def members(self) -> tuple[int, ...]:
        """Give all figures of the relation."""
        return (self.stated, *self.operands)

    def proves(self, figure: int) -> bool:
        """Say whether the relation would break if this number were wrong by one unit of its last digit."""
        if self.kind in ("share", "rate", "product"):
            return figure == self.stated
        return self.slack == 0


def computed_value(relation: Relation, values: Sequence[int], scale: int) -> int | None:
    """Give the result as it should have been printed (scaled), or None where it cannot be computed."""
    operands = relation.operands
    if relation.kind in ("sum", "same"):
        return _added(relation, values)
    first, second = values[operands[0]], values[operands[1]]
    if relation.kind == "product":
        numerator, denominator = first * second * relation.factor[0], scale * relation.factor[1]
    elif second == 0:
        return None
    else:
        numerator, denominator = 100 * scale * (first - second if relation.kind == "rate" else first), second
    return rounded_quotient(numerator, denominator * relation.step) * relation.step


def _added(relation: Relation, values: Sequence[int]) -> int:
    terms = map(values.__getitem__, relation.operands)
    return sum(map(mul, relation.signs, terms)) if -1 in relation.signs else sum(terms)


def rounded_quotient(numerator: int, denominator: int) -> int:
    """Give the quotient rounded to an integer, halves away from zero, as offices round (四捨五入)."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def residual(relation: Relation, values: Sequence[int], scale: int) -> int:
    """Give stated minus computed, 0 where the relation holds within its tolerance."""
    if relation.kind in ("sum", "same"):
        off = values[relation.stated] - _added(relation, values)
        return 0 if abs(off) <= relation.slack else off
    if relation.kind == "share":  # many are tried, and few hold: compare before dividing
        first, second = values[relation.operands[0]], values[relation.operands[1]]
        off = 2 * abs(100 * scale * first - values[relation.stated] * second)
        if off <= relation.step * abs(second):
            return 0
    computed = computed_value(relation, values, scale)
    if computed is None:
        return 0
    off = values[relation.stated] - computed
    return 0 if abs(off) <= relation.slack else off


def required_value(relation: Relation, figure: int, values: Sequence[int], scale: int) -> int | None:
    """Give the one value of ``figure`` with which the relation holds, all others as they are; None without one."""
    if figure == relation.stated:
        return computed_value(relation, values, scale)
    if relation.kind not in ("sum", "same"):
        return None
    total, sign = values[relation.stated], 0
    for one_sign, one in zip(relation.signs, relation.operands, strict=True):
        if one == figure:
            sign += one_sign
        else:
            total -= one_sign * values[one]
    return total * sign if sign in (1, -1) else None


def required_values(relation: Relation, values: Sequence[int], scale: int) -> list[tuple[int, int]]:
    """Give for each member the one value with which the relation holds, all others as they are, where there is one."""
    if relation.kind not in ("sum", "same"):
        computed = computed_value(relation, values, scale)
        return [] if computed is None else [(relation.stated, computed)]
    if len(set(relation.operands)) < len(relation.operands):
        needed = ((one, required_value(relation, one, values, scale)) for one in relation.members())
        return [(one, value) for one, value in needed if value is not None]
    off = values[relation.stated] - _added(relation, values)
    signed = zip(relation.operands, relation.signs, strict=True)
    return [
        (relation.stated, values[relation.stated] - off),
        *((one, values[one] + sign * off) for one, sign in signed),
    ]
