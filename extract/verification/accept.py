"""How much a relation that holds is worth, and when a pattern of relations is believed: the one place of the weighing.

A *pattern* is one arithmetic structure over several lines of a table (合計 = Σ rows, in every column) or several places of a
column (款 = Σ its 項, all down the page). Everything is counted in bits, the base 2 logarithm of odds.

* A relation that holds is worth ``log2(1 + |result| / unit)`` bits, for a number that has nothing to do with the parts would
  equal them by chance about once in so many; ``unit`` is the largest power of ten that divides all its numbers (amounts
  in round millions are no seven-digit evidence). A relation over zeros only is worth half a bit: zeros are everywhere.
  A rounded result (share, rate) is worth one bit less. The same numbers in several lines count once. 24 bits are the most.
* The prior is what words and structure say before any number is read: a row named 合計 under its parts, a group header
  with its own column, the 項 under their 款. A structure that nobody named pays for the search that found it instead.
* A relation that fails costs ``MISS`` bits; one whose residual is a slip of one digit in one of its numbers (a digit
  substituted, dropped, doubled or swapped with its neighbour, a sign lost) costs ``SLIP`` bits, less what such a residual
  is worth by chance.

A pattern with ``ACCEPTED`` bits or more is believed with its failures, which then are errors in the print or in the reading;
but only where those that hold are many times those that fail, or the failures are slips. Otherwise only the lines that
hold are kept, if they reach ``ACCEPTED_IN_PART`` after paying for the choice of lines: a supplementary budget prints only the
項 that change, so its 補正額 add up and its 補正前の額 do not, and nothing is wrong. Zeros earn their
verification only in a pattern that is believed for other reasons: words, or other lines. Of a structure that nobody
named, only slips are failures: anything else is a place where the structure is another one.

A family of patterns (all 款 of a column, all 計 of a sheet) is weighed once more as one: where the family holds nearly
everywhere, a slip in one place is a failure there, though the place alone would say too little.

What an error would not show proves nothing. A sum that only a search came up with and that nothing repeats needs
``FOUND_ONCE`` bits; a number printed again as the only part of a sum, ``PRINTED_TWICE``, unless its family speaks for it.
Sums off by no more than rounding can put them (half a last digit for each number) count as no fault of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, gcd, log2
from typing import Final

from extract.verification.figures import Figures
from extract.verification.relations import Relation, required_values, residual

ACCEPTED: Final = 8.0
FOUND_ONCE: Final = 20.0
PRINTED_TWICE: Final = 16.0  # for a sum of one part that nothing repeats: round numbers are equal by chance
ACCEPTED_IN_PART: Final = 14.0
MISS: Final = 14.0
SLIP: Final = 7.0
ADJUSTED: Final = 3.0  # a share moved by one last digit to make the shares add up
MOST: Final = 24.0
ZEROS: Final = 0.5
WEAK: Final = 5.0  # a relation kept by choice of lines must itself be worth this to prove its numbers
COMMA_SHIFTS: Final = (10, 100, 1000)  # a comma read as a decimal point, or a point lost
HELD_PER_FAILED: Final = 4
HELD_PER_SLIP: Final = 2
HELD_PER_ODD: Final = 10  # the same for a failure that would hold without one of its parts
HELD_PER_OTHER: Final = 3  # the same in a family
CANONICAL: Final = 9.0  # bits of prior: a total named so, with all its parts, and nothing else to choose
SURE_IN_PART: Final = 24.0  # the same, to show the one line that a slip explains
SURE_SLIP: Final = -3.0  # cost of a slip that chance comes near once in a thousand
LIKELY: Final = 3.0  # bits for a pattern with one fault in all, and that a slip
LIKELY_IF_NAMED: Final = 1.0
LIKELY_IF_HELD: Final = 0.0  # the same where another line holds: then no label alone asks for it
STRUCTURED: Final = (
    4.0  # bits of prior from which the print itself (a brace, a group) says that there is a relation
)
MOST_LINES: Final = 3  # lines (of zeros, too) that hold beside the one that fails, for the same
MOST_FAULTY: Final = 3  # relations of a pattern that one fault may break although fewer hold
HOPELESS: Final = (
    12  # relations of a structure that nobody named, of which none holds, after which it is given up
)
GAIN: Final = 4.0  # bits that a slip can speak for its relation at most: chance seldom comes so near
_TELLING: Final = 100  # last digits: a residual so large that is one of the parts is no slip
_FEW: Final = 8  # parts; among more of them chance is more likely to find one that equals the residual
NAMED: Final = 5.0  # bits of prior: words or headers say what the structure is, so that any failure is one


@dataclass(frozen=True, slots=True)
class Pattern:
    """Relations of one structure with its prior in bits. One that is ``whole`` is not believed in some lines only."""

    name: str
    prior: float
    relations: tuple[Relation, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Believed:
    """A pattern after weighing: what holds and proves, and what fails and so shows an error."""

    pattern: Pattern
    bits: float
    holding: tuple[Relation, ...]
    failing: tuple[Relation, ...]


def weigh(pattern: Pattern, figures: Figures) -> Believed | None:
    """Give the pattern with what holds and what fails, or None where it is not believed."""
    values, scale = figures.values, figures.scale
    holding: list[Relation] = []
    failing: list[Relation] = []
    worth: dict[tuple[int, ...], float] = {}
    for relation in pattern.relations:
        if residual(relation, values, scale):
            failing.append(relation)
            if not holding and len(failing) >= HOPELESS and pattern.prior < NAMED:
                return None
            continue
        holding.append(relation)
        key = _numbers(relation, values)
        if key not in worth:
            worth[key] = relation_bits(relation, values)
    if not holding and len(failing) != 1:
        return None
    gained = sum(worth.values())
    if not failing:
        bits = pattern.prior + gained
        return _holding_all(pattern, bits, holding, bits - max(worth.values()))
    if len(failing) > max(MOST_FAULTY, len(holding)) or pattern.prior + gained + GAIN * len(failing) < LIKELY:
        return _in_part(pattern, holding, failing, figures)
    many = len(holding) >= HELD_PER_ODD * len(failing)
    costs = [slip_cost(relation, figures, among_many=many) for relation in failing]
    slips = tuple(one for one, cost in zip(failing, costs, strict=True) if cost < MISS)
    shown = tuple(failing) if pattern.prior >= NAMED else slips
    bits = pattern.prior + gained - sum(costs)
    telling = sum(value > 2 * ZEROS for value in worth.values())
    clear = [one for one in shown if not _is_adjusted(one, values, scale) and not is_rounded(one, figures)]
    alone = len(failing) == len(slips) and count_faults(clear or failing) == 1
    others = len(failing) - len(slips)
    per_slip = 1 if pattern.prior >= NAMED else HELD_PER_SLIP
    enough = per_slip * count_faults([one for one in clear if one in slips]) + HELD_PER_FAILED * others
    if bits >= ACCEPTED and (alone or telling >= enough):
        return Believed(pattern, bits, tuple(holding), shown)
    sure = pattern.prior >= CANONICAL and len(holding) >= MOST_LINES
    if alone and bits >= _least_likely(pattern, is_sure=sure, is_held=gained > ZEROS):
        return Believed(pattern, bits, (), shown)  # enough to show the fault, too little to prove the others
    return _in_part(pattern, holding, failing, figures)


def _least_likely(pattern: Pattern, *, is_sure: bool, is_held: bool) -> float:
    """Give the bits from which a pattern with one fault in all is shown."""
    if not is_sure and pattern.prior < STRUCTURED:
        return LIKELY
    return LIKELY_IF_HELD if is_held else LIKELY_IF_NAMED


def _holding_all(
    pattern: Pattern, bits: float, holding: Sequence[Relation], without_best: float
) -> Believed | None:
    if (
        pattern.prior < 0 and without_best < pattern.prior + WEAK
    ):  # a search came up with it, and nothing repeats it
        return Believed(pattern, bits, tuple(holding), ()) if bits >= FOUND_ONCE else None
    if bits < ACCEPTED:
        return None
    is_equality = len(holding) == 1 and len(holding[0].operands) == 1
    if is_equality and pattern.prior < CANONICAL and bits < PRINTED_TWICE:
        return Believed(pattern, bits, (), ())  # enough to go on with, but no proof
    return Believed(pattern, bits, tuple(holding), ())


def _in_part(
    pattern: Pattern, holding: Sequence[Relation], failing: Sequence[Relation], figures: Figures
) -> Believed | None:
    """Give the lines that hold, where they are worth more than their choice costs, and one that a slip alone explains."""
    if pattern.whole or not holding:
        return None
    values = figures.values
    strong = tuple(one for one in holding if len(one.operands) > 1 and relation_bits(one, values) >= WEAK)
    gained = sum({_numbers(one, values): relation_bits(one, values) for one in strong}.values())
    failed = len(failing)
    bits = pattern.prior + gained - log2(comb(len(holding) + failed, failed)) - 2 * failed
    if bits < ACCEPTED_IN_PART:
        return None
    costs = [slip_cost(one, figures) for one in failing] if bits >= SURE_IN_PART else []
    slips = tuple(one for one, cost in zip(failing, costs, strict=False) if cost <= SURE_SLIP)
    return Believed(pattern, bits, strong, slips if len(slips) == 1 and len(strong) >= MOST_LINES else ())


def _numbers(relation: Relation, values: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(values[one] for one in relation.members()))


def weigh_family(pattern: Pattern, figures: Figures) -> Believed | None:
    """Give the family with the slips that fail in it, or None where it does not hold nearly everywhere."""
    values, scale = figures.values, figures.scale
    holding: list[Relation] = []
    failing: list[Relation] = []
    for relation in pattern.relations:
        (failing if residual(relation, values, scale) else holding).append(relation)
        if not holding and len(failing) >= HOPELESS:
            return None
    if len(failing) > len(holding):
        return None
    many = len(holding) >= HELD_PER_ODD * len(failing)
    slips = tuple(one for one in failing if slip_cost(one, figures, among_many=many) < MISS)
    worth = {_numbers(one, values): relation_bits(one, values) for one in holding}
    telling = sum(value > 2 * ZEROS for value in worth.values())
    others = len(failing) - len(slips)
    if telling < HELD_PER_OTHER * max(1, count_faults(slips)) or telling < HELD_PER_OTHER * others:
        return None
    bits = pattern.prior + sum(worth.values()) - MISS * others - SLIP * len(slips)
    return Believed(pattern, bits, tuple(holding), slips) if bits >= ACCEPTED_IN_PART else None


def count_faults(failing: Sequence[Relation]) -> int:
    """Give how many wrong numbers it takes at least, or little more, for all the relations to fail."""
    left = [set(relation.members()) for relation in failing]
    count = 0
    while left:
        often: dict[int, int] = {}
        for members in left:
            for one in members:
                often[one] = often.get(one, 0) + 1
        worst = max(often, key=lambda one: often[one])
        left = [members for members in left if worst not in members]
        count += 1
    return count


def relation_bits(relation: Relation, values: Sequence[int]) -> float:
    """Give what a relation that holds is worth (see the module)."""
    members = [abs(values[one]) for one in relation.members() if values[one]]
    if not members:
        return ZEROS
    stated = abs(values[relation.stated])
    if relation.kind in ("share", "rate", "product"):
        return min(MOST, max(0.0, log2(1 + stated / relation.step) - 1))
    size = stated or max(members)
    common, unit = gcd(*members), 1
    while common % (unit * 10) == 0:
        unit *= 10
    return min(MOST, log2(1 + size / max(unit, 2 * relation.slack)))


def slip_cost(relation: Relation, figures: Figures, *, among_many: bool = False) -> float:
    """Give what a failing relation costs: less when one slip of one digit explains it, and little else would.

    ``among_many`` says that so many others hold that no other set of parts is thought of.
    """
    values, scale = figures.values, figures.scale
    if _is_adjusted(relation, values, scale):
        return ADJUSTED
    members = relation.members() if relation.kind in ("sum", "same") else (relation.stated,)
    step = min(figures.items[one].step for one in members)
    if not among_many and _has_a_part_too_many(relation, figures):
        return MISS  # without that part it holds: another set of parts was meant
    for one, needed in required_values(relation, values, scale):
        if is_slip(values[one], needed) and (needed != -values[one] or _may_lose_sign(relation, values)):
            size = max(abs(values[other]) for other in members) // step
            ways = len(members) * 21 * len(str(size))
            return SLIP - min(SLIP + GAIN, max(0.0, log2(2 * size / ways) if size else 0.0))
    return MISS


def _has_a_part_too_many(relation: Relation, figures: Figures) -> bool:
    off = abs(residual(relation, figures.values, figures.scale))
    if len(relation.operands) == 1:
        return False
    telling = _TELLING if len(relation.operands) <= _FEW else _TELLING**2
    step = min(figures.items[one].step for one in relation.members())
    return off >= telling * step and any(abs(figures.values[one]) == off for one in relation.operands)


def rounding(relation: Relation, figures: Figures) -> int:
    """Give the most that rounding can put a relation off: half a last digit for each of its numbers."""
    if relation.kind in ("sum", "same"):
        return sum(figures.items[one].step for one in relation.members()) // 2
    return relation.step


def is_rounded(relation: Relation, figures: Figures) -> bool:
    """Say whether rounding may explain what a relation is off."""
    return abs(residual(relation, figures.values, figures.scale)) <= rounding(relation, figures)


def _is_adjusted(relation: Relation, values: Sequence[int], scale: int) -> bool:
    """Say whether a share is off by one last digit, as offices adjust one or two so that all add up to 100."""
    return relation.kind == "share" and abs(residual(relation, values, scale)) <= relation.step


def _may_lose_sign(relation: Relation, values: Sequence[int]) -> bool:
    """Say whether a number of the relation may be one that lost its △: among negative ones, or in a difference."""
    return len(relation.operands) <= 3 or any(values[one] < 0 for one in relation.members())


def is_slip(read: int, true: int) -> bool:
    """Say whether two numbers differ by one substituted, dropped, added or swapped digit, by a comma or by the sign."""
    if read in (true, -true):
        return read != true
    if true and read and any(true == read * shift or read == true * shift for shift in COMMA_SHIFTS):
        return True
    if (read < 0) != (true < 0) and read and true:
        return False
    one, other = str(abs(read)), str(abs(true))
    if len(one) == len(other):
        places = [place for place in range(len(one)) if one[place] != other[place]]
        if len(places) == 1:
            return True
        return (
            len(places) == 2
            and places[1] == places[0] + 1
            and one[places[0]] == other[places[1]]
            and one[places[1]] == other[places[0]]
        )
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return any(int(long[:place] + long[place + 1 :] or "0") == int(short) for place in range(len(long)))
