"""Find the one change that mends everything, or none.

A case of failing relations is solved by the smallest and likeliest set of changes, of one number or of two. Every solution
has a weight (``doubts``); also those count that only a misreading without a trace would explain, for the true one may
be among them. The best is taken where it outweighs all others together by far. A value that the recogniser did not see
is taken only where several relations meet in that number alone, and it is a misreading it is known for.

A relation may stay broken where the change leaves it refuted: all that it speaks against is proved by others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.document import Table
from extract.verification.doubts import Doubt, cell_to_doubt, is_known_misreading
from extract.verification.figures import Figures
from extract.verification.judge import Case, Changed, Judgement, Weighed, accusable, common_value
from extract.verification.relations import Relation, required_value, residual

_CERTAIN: Final = 0.97  # share of the weight of all solutions that the best must have
_LEFT_BROKEN: Final = 0.03  # weight for each relation that stays broken
_WORTH_TRYING: Final = 1e-5  # weight from which a value is tried as the first of two changes
_MOST_SUSPECTS: Final = 400
_MOST_FOR_TWO: Final = 60
_MOST_SLIPS: Final = (
    10  # a sign is mended alone where the number is larger: few are off by twice themselves by chance
)


@dataclass(frozen=True, slots=True)
class Change:
    """A number that was read otherwise: its new scaled value and whether the recogniser had seen that reading."""

    figure: int
    value: int
    seen: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """Changes that mend a case, with their weight; ``mended`` are the relations that hold then and did not."""

    weight: float
    changes: tuple[Change, ...]
    mended: int


def find_repairs(judgement: Judgement, figures: Figures, tables: Sequence[Table]) -> list[Change]:
    """Give the changes that each mend a case beyond doubt."""
    found: list[Change] = []
    cases = [
        case
        for case in judgement.cases
        if len(case.suspects) <= _MOST_SUSPECTS and any(figures.items[one].is_ocr for one in case.suspects)
    ]
    if not cases:
        return found
    holding = _relations_of(judgement.holding)
    for case in cases:
        found.extend(_Search(case, judgement.proved, holding, figures, tables).solve())
    return found


def _relations_of(holding: Iterable[Weighed]) -> dict[int, list[Relation]]:
    relations: dict[int, list[Relation]] = {}
    for weighed in holding:
        for one in weighed.relation.members():
            relations.setdefault(one, []).append(weighed.relation)
    return relations


class _Search:
    """The search for what mends one case."""

    def __init__(
        self,
        case: Case,
        proved: frozenset[int],
        holding: Mapping[int, Sequence[Relation]],
        figures: Figures,
        tables: Sequence[Table],
    ) -> None:
        self._case = case
        self._relations = [weighed.relation for weighed in case.relations]
        self._proved = proved
        self._holding = holding
        self._figures = figures
        self._doubts: dict[int, Doubt] = {}
        for one in case.suspects:
            item = figures.items[one]
            cell = tables[item.table].cells[item.cell]
            self._doubts[one] = cell_to_doubt(cell, figures.values[one], figures.scale)

    def solve(self) -> list[Change]:
        """Give the changes of the solution that is beyond doubt, if there is one."""
        solutions = {_key(one): one for one in self._singles()}
        if not any(change.seen for one in solutions.values() for change in one.changes):
            for one in self._doubles():
                solutions.setdefault(_key(one), one)
        if not solutions:
            return []
        best = max(solutions.values(), key=lambda one: one.weight)
        total = sum(one.weight for one in solutions.values())
        if best.weight < _CERTAIN * total or not all(self._may_change(one, best) for one in best.changes):
            return []
        return list(best.changes)

    def _singles(self) -> Iterable[Solution]:
        for one in self._case.suspects:
            for value in self._needed(one, self._figures.values):
                solution = self._judged({one: value})
                if solution is not None:
                    yield solution

    def _doubles(self) -> Iterable[Solution]:
        """Give the solutions that change two numbers: a likely value of one, and what the rest then asks of another."""
        if len(self._case.suspects) > _MOST_FOR_TWO or len(self._relations) < 2:
            return
        values, scale = self._figures.values, self._figures.scale
        for first, doubt in self._doubts.items():
            tried = {*doubt.seen, *self._needed(first, values)}
            for value in tried:
                if doubt.weight(value) < _WORTH_TRYING:
                    continue
                changed = Changed(values, {first: value})
                broken = [one for one in self._relations if residual(one, changed, scale)]
                if not broken or len(broken) == len(self._relations):
                    continue
                common = set(self._case.suspects).intersection(*(one.members() for one in broken))
                for second in common - {first}:
                    needed = common_value(broken, second, changed, scale)
                    if needed is not None and self._doubts[second].weight(needed) >= _WORTH_TRYING:
                        solution = self._judged({first: value, second: needed})
                        if solution is not None:
                            yield solution

    def _needed(self, figure: int, values: Sequence[int]) -> set[int]:
        """Give the values that relations of the case ask of a figure."""
        found = {
            required_value(one, figure, values, self._figures.scale)
            for one in self._relations
            if figure in one.members()
        }
        return {one for one in found if one is not None and one != values[figure]}

    def _judged(self, values: Mapping[int, int]) -> Solution | None:
        """Give the solution that these values are, None where they mend nothing or break something."""
        scale = self._figures.scale
        changed = Changed(self._figures.values, values)
        for one in values:
            if any(residual(relation, changed, scale) for relation in self._holding.get(one, ())):
                return None
        mended = [one for one in self._relations if not residual(one, changed, scale)]
        if not mended or not all(any(one in relation.members() for relation in mended) for one in values):
            return None
        left = len(self._relations) - len(mended)
        if left:
            proved = set(self._proved)
            for relation in mended:
                proved.update(one for one in relation.members() if relation.proves(one))
            broken = (one for one in self._relations if residual(one, changed, scale))
            if not all(proved.issuperset(accusable(one)) for one in broken):
                return None
        weight = _LEFT_BROKEN**left
        changes: list[Change] = []
        for one, value in values.items():
            weight *= self._doubts[one].weight(value)
            changes.append(Change(one, value, seen=value in self._doubts[one].seen))
        return Solution(weight, tuple(changes), len(mended))

    def _may_change(self, change: Change, best: Solution) -> bool:
        """Say whether a change of the best solution is sure enough to be made."""
        one, values = change.figure, self._figures.values
        if not self._doubts[one].is_ocr:
            return False
        own = [relation for relation in self._relations if one in relation.members()]
        exact = any(relation.kind in ("sum", "same") for relation in own)
        if not exact and abs(change.value - values[one]) <= self._figures.items[one].step:
            return False  # a share may have been moved by a last digit on purpose
        if change.seen:
            return True
        if change.value == -values[one] and values[one] > _MOST_SLIPS * self._figures.items[one].step:
            return exact
        common = set(self._case.suspects).intersection(*(relation.members() for relation in own))
        alone = common == {one} and len(own) > 1
        return alone and exact and len(best.changes) == 1 and is_known_misreading(values[one], change.value)


def _key(solution: Solution) -> frozenset[tuple[int, int]]:
    return frozenset((one.figure, one.value) for one in solution.changes)
