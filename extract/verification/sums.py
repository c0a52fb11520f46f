"""Find totals along an axis: adjacent first, then over what was found (Jiang et al., EDBT 2022), names and headers first.

Candidates come from the names (合計 under its parts), from the outline of the labels (款 over its 項), from header groups, and from
prefix sums: in each line, every run beside a number that adds up to it is found in one pass over a table of prefix
sums. The best are weighed over all lines; the parts of an accepted total are then left out, and the search goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Final

from extract.verification.accept import (
    SURE_IN_PART,
    Believed,
    Pattern,
    weigh,
    weigh_family,
)
from extract.verification.axes import Axis, axis_relations
from extract.verification.figures import Figures
from extract.verification.relations import Relation, residual

NAMED: Final = 9.0  # bits: a total named so, under or over all that could be its parts
OTHER_PARTS: Final = 2.0  # bits less for each other set of parts that the name could mean
OUTLINED: Final = 7.0  # bits: a label over labels of a deeper level
GROUPED: Final = 6.0  # bits: a group header's own column and the columns of the group
BESIDE: Final = 4.0  # bits: a column beside a header group
BROKEN_DOWN: Final = (
    7.0  # bits: the same, where the header says that it breaks something down (内訳, 処理状況)
)
SHARED: Final = 5.0  # bits: shares of amounts that add up
UNNAMED: Final = -6.0  # bits, before the search is paid for
_ROUNDS: Final = 6
_ALIKE: Final = 4.0  # bits within which the nearer of two sums is taken
_BEYOND_DOUBT: Final = 60.0  # bits from which the numbers say the same of two structures, and names decide
_NEAREST: Final = 4
_BARRIER: Final = 1 << 400  # no sum reaches it: a run never crosses an unknown number


@dataclass(frozen=True, slots=True)
class Candidate:
    """A total that may be: positions of the result and of its parts, and its prior."""

    name: str
    stated: int
    parts: tuple[int, ...]
    prior: float


def find_sums(
    axis: Axis, figures: Figures, given: Iterable[Candidate] = ()
) -> list[tuple[Candidate, Believed]]:
    """Give the totals of an axis with their positions, inner ones first. ``given`` are candidates from headers."""
    active = [place for place in range(axis.count) if place not in axis.some]
    printed = [any(line[place] for line in axis.cells) for place in range(axis.count)]
    active = [place for place in active if printed[place]]
    if len(active) < 2 or not axis.cells:
        return []
    given = [*given, *(outlined(axis, active) if axis.along_rows else ())]
    found: list[tuple[Candidate, Believed]] = []
    taken: set[tuple[int, tuple[int, ...]]] = set()
    consumed: set[int] = set()
    known: dict[Candidate, Believed | None] = {}
    for _ in range(_ROUNDS):
        alive = [place for place in active if place not in consumed]
        candidates = [*given, *named(axis, alive), *runs(axis, alive)]
        best: dict[tuple[int, tuple[int, ...]], Candidate] = {}
        for candidate in candidates:
            key = (candidate.stated, candidate.parts)
            if key not in taken and (key not in best or best[key].prior < candidate.prior):
                best[key] = candidate
        weighed: list[tuple[float, Believed, Candidate]] = []
        for candidate in best.values():
            if candidate not in known:
                relations = axis_relations(axis, candidate.stated, candidate.parts)
                pattern = Pattern(candidate.name, candidate.prior, relations)
                known[candidate] = weigh(pattern, figures) if relations else None
            believed = known[candidate]
            if believed is not None:
                weighed.append((believed.bits, believed, candidate))
        fresh = _choose(weighed, consumed, taken)
        found.extend(fresh)
        found.extend(_as_named(axis, fresh, figures))
        if not fresh:
            break
    alive = [place for place in active if place not in consumed]
    return [*found, *_families(axis, found, [*given, *named(axis, alive)], figures)]


def _families(
    axis: Axis,
    found: Sequence[tuple[Candidate, Believed]],
    candidates: Sequence[Candidate],
    figures: Figures,
) -> list[tuple[Candidate, Believed]]:
    """Weigh all totals of the sheet together, and all outlined ones of each column: one may fail where all others hold."""
    chosen = {one.stated: one for one, _ in found if one.prior >= NAMED - 2 or one.name == "outlined"}
    for candidate in sorted(candidates, key=lambda one: -one.prior):
        if candidate.name in ("named", "outlined"):
            chosen.setdefault(candidate.stated, candidate)
    if not chosen:
        return []
    line_of = {
        there[0]: number for number, line in enumerate(axis.cells) for there in line if len(there) == 1
    }
    families: dict[tuple[str, int], list[Relation]] = {}
    first: dict[tuple[str, int], Candidate] = {}
    for candidate in chosen.values():
        for relation in axis_relations(axis, candidate.stated, candidate.parts):
            for key in ((candidate.name, -1), (candidate.name, line_of.get(relation.stated, -2))):
                families.setdefault(key, []).append(relation)
                first.setdefault(key, candidate)
    weighed: list[tuple[Candidate, Believed]] = []
    for key, relations in families.items():
        believed = weigh_family(Pattern("family", 0.0, tuple(relations)), figures)
        if believed is not None:
            weighed.append((first[key], believed))
    return weighed


def _choose(
    weighed: list[tuple[float, Believed, Candidate]],
    consumed: set[int],
    taken: set[tuple[int, tuple[int, ...]]],
) -> list[tuple[Candidate, Believed]]:
    """Take the candidates that do not share parts, the strongest first, of equals the best named, then the nearest.

    A sum that is printed again has the same parts as the one that was taken.
    """
    weighed.sort(
        key=lambda one: (
            _is_partial(one[1]),
            -round(min(one[0], _BEYOND_DOUBT) / _ALIKE),
            one[2].prior < 0,
            -round(one[0] / _ALIKE),
            len(one[2].parts),
        )
    )
    fresh: list[tuple[Candidate, Believed]] = []
    stated: set[int] = set()
    for _, believed, candidate in weighed:
        parts = set(candidate.parts)
        if candidate.stated in stated:
            continue
        if parts & consumed and not _is_again(candidate, believed, taken):
            continue
        fresh.append((candidate, believed))
        stated.add(candidate.stated)
        taken.add((candidate.stated, candidate.parts))
        consumed |= parts - {candidate.stated}
    return fresh


def _is_again(candidate: Candidate, believed: Believed, taken: set[tuple[int, tuple[int, ...]]]) -> bool:
    """Say whether this is the sum of parts that were taken for another, printed once more: one that headers ask for."""
    is_sure = candidate.prior >= 0 and believed.bits >= SURE_IN_PART and not _is_partial(believed)
    return is_sure and any(parts == candidate.parts for _, parts in taken)


def _as_named(
    axis: Axis, fresh: Sequence[tuple[Candidate, Believed]], figures: Figures
) -> list[tuple[Candidate, Believed]]:
    """Weigh what a total was found to add up as what its name means: then each line where it fails is a fault.

    A total over totals and single rows (総合計 of accounts with and without a 計) is not asked for by any name alone.
    """
    found: list[tuple[Candidate, Believed]] = []
    for candidate, believed in fresh:
        is_sure = believed.bits >= SURE_IN_PART and len(believed.holding) > 1
        if candidate.name == "run" and axis.ranks[candidate.stated] and is_sure and _is_partial(believed):
            named_so = replace(candidate, name="named", prior=NAMED - 2 * OTHER_PARTS)
            relations = believed.pattern.relations
            again = weigh(Pattern(named_so.name, named_so.prior, relations), figures)
            if again is not None and not _is_partial(again):
                found.append((named_so, again))
    return found


def _is_partial(believed: Believed) -> bool:
    """Say whether only some lines of the pattern are kept: such a one waits for the whole ones."""
    return len(believed.holding) + len(believed.failing) < len(believed.pattern.relations)


def named(axis: Axis, alive: Sequence[int]) -> list[Candidate]:
    """Give the candidates that a name asks for: 合計 after, or before, what it adds up."""
    found: list[Candidate] = []
    for index, place in enumerate(alive):
        if axis.ranks[place]:
            for step, cost in ((-1, 0.0), (1, 1.0)):
                found.extend(_named_on_side(axis, alive, index, step, cost))
    return found


def _named_on_side(axis: Axis, alive: Sequence[int], index: int, step: int, cost: float) -> list[Candidate]:
    """Give the totals that a name can be on one side: of the table, of all above it, of lower totals, of its own kind."""
    place, rank = alive[index], axis.ranks[alive[index]]
    starts = set(axis.starts)
    tried: list[Sequence[int]] = _held_together(axis, alive, place, step)
    parts: list[int] = []
    other = index + step
    while 0 <= other < len(alive):
        at = alive[other]
        if axis.ranks[at] >= rank:
            if parts or axis.labels[at] != axis.labels[place]:
                break
        else:  # the same label merged over several rows is skipped
            parts.append(at)
            if step < 0 and _begins(starts, alive, other):
                tried.append(tuple(parts))
        other += step
    tried.append(tuple(parts))
    lower = tuple(one for one in parts if axis.ranks[one])
    if len(lower) < len(parts):
        tried.append(lower)
    if 0 <= other < len(alive):
        tried.extend(_all_on_side(axis, alive, index, step))
    return [
        Candidate("named", place, one, NAMED - cost - OTHER_PARTS * number)
        for number, one in enumerate(dict.fromkeys(tuple(sorted(one)) for one in tried if one))
    ]


def _held_together(axis: Axis, alive: Sequence[int], place: int, step: int) -> list[Sequence[int]]:
    """Give the positions that a merged header holds together with a total at their end or beginning."""
    around = [block for block in axis.blocks if block[0] <= place < block[1]]
    if not around:
        return []
    first, after = min(around, key=lambda block: block[1] - block[0])
    parts = [one for one in alive if first <= one < after and (one < place if step < 0 else one > place)]
    return [parts] if len(parts) > 1 and place in (first, after - 1) else []


def _begins(starts: set[int], alive: Sequence[int], index: int) -> bool:
    """Say whether a table begins between the position before and this one."""
    before = alive[index - 1] if index else -1
    return index > 0 and any(start in starts for start in range(before + 1, alive[index] + 1))


def _all_on_side(axis: Axis, alive: Sequence[int], index: int, step: int) -> list[Sequence[int]]:
    """Give the totals of one side, and all of it: a grand total over totals of its own name, and what none of them adds up."""
    side = alive[:index] if step < 0 else alive[index + 1 :]
    totals = [place for place in side if axis.ranks[place]]
    return [totals, side] if 1 < len(totals) < len(side) else [side]


def outlined(axis: Axis, active: Sequence[int]) -> list[Candidate]:
    """Give each label that stands over deeper ones with those right below it: 款 with its 項, 1 with (1), (2)."""
    found: list[Candidate] = []
    levels = axis.levels
    for index, place in enumerate(active):
        level = levels[place]
        if level < 0 or axis.ranks[place]:
            continue
        parts: list[int] = []
        inner = -1
        for other in active[index + 1 :]:
            if axis.ranks[other] or (0 <= levels[other] <= level):
                break
            if levels[other] < 0:
                continue
            if inner < 0:
                inner = levels[other]
            if levels[other] <= inner:
                parts.append(other)
        if parts:
            is_said = (parts[0], parts[-1] + 1) in axis.breakdowns and parts[0] == place + 1
            found.append(Candidate("outlined", place, tuple(parts), NAMED if is_said else OUTLINED))
    return found


def runs(axis: Axis, alive: Sequence[int]) -> list[Candidate]:
    """Give the runs beside a number that add up to it in some line, the most telling first."""
    votes: dict[tuple[int, int, int], float] = {}
    size = len(alive)
    for line, sums, opaque in zip(axis.cells, axis.sums, axis.opaque, strict=True):
        numbers = [_BARRIER + place if place in opaque else sums[place] for place in alive]
        stated = [index for index, place in enumerate(alive) if line[place] and place not in opaque]
        _vote_for_runs(numbers, stated, votes)
    cost = UNNAMED - 2 * log2(max(2, size))
    found: list[Candidate] = []
    tried: dict[int, int] = {}
    for index, first, after_last in sorted(votes, key=lambda one: -votes[one]):
        tried[index] = tried.get(index, 0) + 1
        place = alive[index]
        prior = -2 - log2(max(2, size)) if axis.ranks[place] else cost
        if tried[index] <= _NEAREST and prior + votes[index, first, after_last] > 0:
            found.append(Candidate("run", place, tuple(alive[first:after_last]), prior))
    return found


def _vote_for_runs(
    numbers: Sequence[int], stated: Sequence[int], votes: dict[tuple[int, int, int], float]
) -> None:
    """Count each run (result, first, after last) of one line; its sum is the difference of two prefix sums."""
    prefix = [0]
    where: dict[int, list[int]] = {0: [0]}
    for number in numbers:
        prefix.append(prefix[-1] + number)
        where.setdefault(prefix[-1], []).append(len(prefix) - 1)
    for index in stated:
        value = numbers[index]
        if not value:
            continue
        weight = log2(1 + abs(value))
        before = [one for one in where.get(prefix[index] - value, ()) if one <= index - 2]
        after = [one for one in where.get(prefix[index + 1] + value, ()) if one >= index + 3]
        for key in (
            *((index, one, index) for one in before[-_NEAREST:]),
            *((index, index + 1, one) for one in after[:_NEAREST]),
        ):
            votes[key] = votes.get(key, 0.0) + weight


def find_share_sums(
    axis: Axis, sums: Sequence[tuple[int, tuple[int, ...]]], figures: Figures
) -> list[Believed]:
    """Give the shares that add up as their amounts do.

    Rounded shares may be off by half a last digit each: then they prove nothing, and are no error. A column that is
    further off in most sums holds no shares (rates of change do not add up).
    """
    by_column: dict[int, list[Relation]] = {}
    for stated, parts in sums:
        for relation in axis_relations(axis, stated, parts):
            item = figures.items[relation.stated]
            by_column.setdefault(item.column, []).append(relation)
    found: list[Believed] = []
    for relations in by_column.values():
        telling: list[Relation] = []
        near = 0
        for relation in relations:
            off = abs(residual(relation, figures.values, figures.scale))
            slack = sum(figures.items[one].step for one in relation.members()) // 2
            near += off <= slack
            if off == 0 or off > slack:
                telling.append(relation)
        if 2 * near > len(relations) or near == len(relations) - 1 > 0:
            believed = weigh(Pattern("shares", SHARED, tuple(telling)), figures)
            if believed is not None:
                found.append(believed)
    return found
