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
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, log2
from typing import Final

from extract.verification.relations import Relation, required_value, residual

ACCEPTED: Final = 8.0
ACCEPTED_IN_PART: Final = 14.0
MISS: Final = 14.0
SLIP: Final = 7.0
MOST: Final = 24.0
ZEROS: Final = 0.5
WEAK: Final = 5.0  # a relation kept by choice of lines must itself be worth this to prove its numbers
HELD_PER_FAILED: Final = 4
NAMED: Final = 5.0  # bits of prior: words or headers say what the structure is, so that any failure is one


@dataclass(frozen=True, slots=True)
class Pattern:
    """Relations of one structure. ``prior`` in bits; ``has_slack`` says that a blank cell counts as zero in some."""

    name: str
    prior: float
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Believed:
    """A pattern after weighing: what holds and proves, and what fails and so shows an error."""

    pattern: Pattern
    bits: float
    holding: tuple[Relation, ...]
    failing: tuple[Relation, ...]


def weigh(pattern: Pattern, values: Sequence[int], scale: int) -> Believed | None:
    """Give the pattern with what holds and what fails, or None where it is not believed."""
    holding: list[Relation] = []
    failing: list[Relation] = []
    worth: dict[tuple[int, ...], float] = {}
    for relation in pattern.relations:
        if residual(relation, values, scale):
            failing.append(relation)
            continue
        holding.append(relation)
        key = tuple(sorted(values[one] for one in relation.members()))
        if key not in worth:
            worth[key] = relation_bits(relation, values)
    if not holding and len(failing) != 1:
        return None
    gained = sum(worth.values())
    if not failing:
        bits = pattern.prior + gained
        return Believed(pattern, bits, tuple(holding), ()) if bits >= ACCEPTED else None
    slips = [slip_cost(relation, values, scale) for relation in failing]
    bits = pattern.prior + gained - sum(slips)
    telling = sum(value > 2 * ZEROS for value in worth.values())
    alone = len(failing) == 1 and slips[0] < MISS
    if bits >= ACCEPTED and (alone or telling >= HELD_PER_FAILED * len(failing)):
        shown = zip(failing, slips, strict=True)
        clear = tuple(one for one, cost in shown if cost < MISS or pattern.prior >= NAMED)
        return Believed(pattern, bits, tuple(holding), clear)
    bits = pattern.prior + gained - log2(comb(len(holding) + len(failing), len(failing))) - 2 * len(failing)
    strong = tuple(one for one in holding if relation_bits(one, values) >= WEAK)
    if bits >= ACCEPTED_IN_PART and strong:
        return Believed(pattern, bits, strong, ())
    return None


def relation_bits(relation: Relation, values: Sequence[int]) -> float:
    """Give what a relation that holds is worth (see the module)."""
    members = [abs(values[one]) for one in relation.members() if values[one]]
    if not members:
        return ZEROS
    stated = abs(values[relation.stated])
    if relation.kind in ("share", "rate", "product"):
        return min(MOST, max(0.0, log2(1 + stated / relation.step) - 1))
    size = stated or max(members)
    unit = 1
    while all(one % (unit * 10) == 0 for one in members):
        unit *= 10
    return min(MOST, log2(1 + size / max(unit, 2 * relation.slack)))


def slip_cost(relation: Relation, values: Sequence[int], scale: int) -> float:
    """Give what a failing relation costs: less when one slip of one digit explains it, and little else would."""
    members = relation.members() if relation.kind in ("sum", "same") else (relation.stated,)
    for one in members:
        needed = required_value(relation, one, values, scale)
        if (
            needed is not None
            and is_slip(values[one], needed)
            and (needed != -values[one] or _may_lose_sign(relation, values))
        ):
            size = max(abs(values[other]) for other in members) // relation.step
            ways = len(members) * 21 * len(str(size))
            return max(1.0, SLIP - max(0.0, log2(2 * size / ways) if size else 0.0))
    return MISS


def _may_lose_sign(relation: Relation, values: Sequence[int]) -> bool:
    """Say whether a number of the relation may be one that lost its △: among negative ones, or in a difference."""
    return len(relation.operands) <= 3 or any(values[one] < 0 for one in relation.members())


def is_slip(read: int, true: int) -> bool:
    """Say whether two numbers differ by one substituted, dropped, added or swapped digit, or by the sign."""
    if read == true or read == -true:
        return read != true
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
    if len(long) != len(short) + 1:
        return False
    place = next((place for place in range(len(short)) if long[place] != short[place]), len(short))
    return long[place + 1 :] == short[place:]
