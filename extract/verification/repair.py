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
_LIKELY: Final = 0.03  # weight of each of two readings that are taken together
# Last digits: a sign is mended where the number is larger, for few are off by twice themselves by chance.
_SMALL: Final = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A number that was read otherwise: its new scaled value and whether the recogniser had seen that reading."""

    figure: int
    value: int
    seen: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """Changes that mend a case, with their weight; ``left`` counts the relations that stay broken."""

    weight: float
    changes: tuple[Change, ...]
    left: int


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
        self._tables = tables
        self._doubts: dict[int, Doubt] = {}
        for one in case.suspects:
            item = figures.items[one]
            cell = tables[item.table].cells[item.cell]
            self._doubts[one] = cell_to_doubt(cell, figures.values[one], figures.scale)

    def solve(self) -> list[Change]:
        """Give the changes of the solution that is beyond doubt, if there is one."""
        solutions = {_key(one): one for one in (*self._singles(), *self._doubles())}
        if not solutions:
            return []
        best = max(solutions.values(), key=lambda one: one.weight)
        total = sum(one.weight for one in solutions.values())
        if best.weight < _CERTAIN * total or not self._is_sure(best):
            return []
        return list(best.changes)

    def _singles(self) -> Iterable[Solution]:
        for one in self._case.suspects:
            for value in self._needed(one, self._figures.values):
                solution = self._judged({one: value})
                if solution is not None:
                    yield solution

    def _doubles(self) -> Iterable[Solution]:
        """Give the solutions that change two numbers: a likely value of one, and what the rest then asks of another.

        Where one relation alone fails, two numbers are never changed; but two seen readings that mend it make one that
        does so less sure.
        """
        if len(self._case.suspects) > _MOST_FOR_TWO:
            return
        values, scale = self._figures.values, self._figures.scale
        several = len(self._relations) > 1
        for first, doubt in self._doubts.items():
            tried = {*doubt.seen, *self._needed(first, values)} if several else doubt.seen
            for value in tried:
                if doubt.weight(value) < _WORTH_TRYING:
                    continue
                changed = Changed(values, {first: value})
                broken = [one for one in self._relations if residual(one, changed, scale)]
                if not broken:
                    continue
                common = set(self._case.suspects).intersection(*(one.members() for one in broken))
                for second in common - {first}:
                    needed = common_value(broken, second, changed, scale)
                    if needed is None or needed == values[second]:
                        continue
                    if several or (second > first and needed in self._doubts[second].seen):
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
        return Solution(weight, tuple(changes), left)

    def _is_sure(self, best: Solution) -> bool:
        """Say whether each change of the best solution has what it takes to be made."""
        if len(best.changes) == 1:
            return self._may_change(best.changes[0])
        one, other = best.changes
        own = [relation for relation in self._relations if one.figure in relation.members()]
        others = [relation for relation in self._relations if other.figure in relation.members()]
        apart = any(one not in others for one in own) and any(one not in own for one in others)
        likely = all(change.seen and self._weight(change) >= _LIKELY for change in best.changes)
        return apart and likely and best.left == 0 and all(map(self._may_change, best.changes))

    def _weight(self, change: Change) -> float:
        return self._doubts[change.figure].weight(change.value)

    def _may_change(self, change: Change) -> bool:
        one, read = change.figure, self._figures.values[change.figure]
        if not self._doubts[one].is_ocr:
            return False
        step = self._figures.items[one].step
        own = [relation for relation in self._relations if one in relation.members()]
        exact = any(relation.kind in ("sum", "same") for relation in own)
        if not exact and (abs(change.value - read) <= step or any(map(self._is_adjustable, own))):
            return False  # it may have been moved by a last digit on purpose
        if change.seen:
            return True
        if change.value == -read and read > _SMALL * step:
            return exact
        common = set(self._case.suspects).intersection(*(relation.members() for relation in own))
        return exact and common == {one} and len(own) > 1 and is_known_misreading(read, change.value)

    def _is_adjustable(self, relation: Relation) -> bool:
        """Say whether this is a share in a total of another row and column, which offices adjust to add up to 100."""
        if relation.kind != "share":
            return False
        cells = [
            self._tables[self._figures.items[one].table].cells[self._figures.items[one].cell]
            for one in (relation.stated, relation.operands[1])
        ]
        return cells[0].row != cells[1].row and cells[0].column != cells[1].column


def _key(solution: Solution) -> frozenset[tuple[int, int]]:
    return frozenset((one.figure, one.value) for one in solution.changes)
