"""Find the one change that mends everything, or none.

A case of failing relations is solved by the smallest and likeliest set of changes, of one number or of several. Every solution
has a weight (``doubts``); also those count that only a misreading without a trace would explain, for the true one may
be among them. The best is taken where it outweighs all others together by far. A value that the recogniser did not see
is taken only where several relations meet in that number alone, and it is a misreading it is known for.

A relation may stay broken where the change leaves it refuted: all that it speaks against is proved by others.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.document import Table
from extract.verification.accept import is_slip, rounding
from extract.verification.doubts import Doubt, cell_to_doubt, is_known_misreading
from extract.verification.figures import Figures
from extract.verification.judge import Case, Judgement, Weighed, accusable, changed_values
from extract.verification.relations import Relation, required_value, required_values, residual

_CERTAIN: Final = 0.97  # share of the weight of all solutions that the best must have
_LEFT_BROKEN: Final = 0.03  # weight for each relation that stays broken
_WORTH_TRYING: Final = 1e-6  # weight down to which several changes are tried together
_MOST_SUSPECTS: Final = 400
_MOST_FOR_PAIRS: Final = 60  # suspects
_MOST_RELATIONS: Final = 24
_MOST_STEPS: Final = 300
_MOST_CHANGES: Final = 5
# Hardness of the number that is changed, against the most doubtful of those that could be to blame as well: two numbers of
# one sum that are both hard to read may both be wrong, and then a reading of one of them fits only by chance.
_MORE_DOUBTFUL: Final = 2.5
_HARD_TO_READ: Final = 0.25  # hardness below which a number is no rival
_UNEXPLAINED: Final = 0.15  # hardness without a reading for it that makes a rival in any case
_SURELY_SEEN: Final = 0.02  # hardness of a number that is changed to nothing the recogniser did not see
_NEARLY_AS_LIKELY: Final = 0.5  # weight of a reading that is taken all the same
_LIKELY: Final = 0.03  # weight of a reading that is taken with others, or where others could be to blame
_STRONGER: Final = 20.0  # bits that must speak more for a mended relation than for one that stays broken
_SIGN_ALONE: Final = 0.01  # times the weight of a lost △ where row and column have none
_SURELY_READ: Final = 0.1  # weight of a reading that mends what rounding may explain as well
# Last digits: a sign is mended where the number is larger, for few are off by twice themselves by chance.
_SMALL: Final = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A number that was read otherwise: its new scaled value and whether the recogniser had seen that reading.

    ``may_be_rounding`` says that rounding could put all its relations off by as much.
    """

    figure: int
    value: int
    seen: bool
    may_be_rounding: bool = False


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
    # Rounding shows as such only when the other errors of its table are gone: what it may explain is mended last.
    return [one for one in found if not one.may_be_rounding] or found


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
        self._known: dict[int, Doubt] = {}

    def _doubt(self, figure: int) -> Doubt:
        if figure not in self._known:
            item = self._figures.items[figure]
            cell = self._tables[item.table].cells[item.cell]
            self._known[figure] = cell_to_doubt(cell, self._figures.values[figure], self._figures.scale)
        return self._known[figure]

    def solve(self) -> list[Change]:
        """Give the changes of the solution that is beyond doubt, if there is one."""
        solutions = {_key(one): one for one in (*self._singles(), *self._pairs(), *self._several())}
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

    def _pairs(self) -> Iterable[Solution]:
        """Give the pairs of seen readings that mend a relation which fails alone.

        They are never taken, but make the one change that would mend it less sure.
        """
        if len(self._relations) > 1 or len(self._case.suspects) > _MOST_FOR_PAIRS:
            return
        (relation,) = self._relations
        values, scale = self._figures.values, self._figures.scale
        doubts = {one: self._doubt(one) for one in self._case.suspects}
        for first, doubt in doubts.items():
            for value in doubt.seen:
                changed = changed_values(values, {first: value})
                for second, other in doubts.items():
                    needed = required_value(relation, second, changed, scale) if second > first else None
                    if needed in other.seen:
                        solution = self._judged({first: value, second: needed})
                        if solution is not None:
                            yield solution

    def _several(self) -> Iterable[Solution]:
        """Give the solutions that change two numbers or more: each asked for by a relation, the others as they are then.

        Two wrong numbers may prove each other: a relation that a change breaks asks for the next.
        """
        if len(self._relations) > _MOST_RELATIONS:
            return
        tried: set[frozenset[tuple[int, int]]] = set()
        waiting: list[tuple[float, dict[int, int]]] = [(1.0, {})]
        for _ in range(_MOST_STEPS):
            if not waiting:
                return
            weight, made = waiting.pop(0)
            changed = changed_values(self._figures.values, made)
            for one, value in self._asked(changed, made):
                lighter = weight * self._weight(one, value)
                after = {**made, one: value}
                key = frozenset(after.items())
                if lighter < _WORTH_TRYING or key in tried:
                    continue
                tried.add(key)
                solution = self._judged(after) if made else None
                if solution is not None:
                    yield solution
                elif len(after) < _MOST_CHANGES:
                    insort(waiting, (lighter, after), key=lambda step: -step[0])

    def _asked(self, changed: Sequence[int], made: Mapping[int, int]) -> Iterable[tuple[int, int]]:
        """Give what each broken relation asks of each number that was not changed yet."""
        touched = [relation for one in made for relation in self._holding.get(one, ())]
        for relation in (*self._relations, *touched):
            if residual(relation, changed, self._figures.scale):
                for one, value in required_values(relation, changed, self._figures.scale):
                    if one not in made:
                        yield one, value

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
        changed = changed_values(self._figures.values, values)
        for one in values:
            if any(residual(relation, changed, scale) for relation in self._holding.get(one, ())):
                return None
        mended = [one for one in self._relations if not residual(one, changed, scale)]
        if not mended or not any(one in relation.members() for one in values for relation in mended):
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
            weight *= self._weight(one, value)
            off = abs(value - self._figures.values[one])
            own = [relation for relation in self._relations if one in relation.members()]
            small = all(off <= rounding(relation, self._figures) for relation in own)
            changes.append(Change(one, value, seen=value in self._doubt(one).seen, may_be_rounding=small))
        return Solution(weight, tuple(changes), left)

    def _is_sure(self, best: Solution) -> bool:
        """Say whether each change of the best solution has what it takes to be made."""
        if len(best.changes) > 1 and (
            best.left or not all(self._is_apart(one, best) for one in best.changes)
        ):
            return False
        return all(self._may_change(one, best) for one in best.changes)

    def _is_apart(self, change: Change, best: Solution) -> bool:
        """Say whether a relation without the other changes speaks for this one, and its reading was likely enough."""
        others = {one.figure for one in best.changes} - {change.figure}
        own = [one for one in self._relations if change.figure in one.members()]
        likely = not change.seen or self._weight(change.figure, change.value) >= _LIKELY
        return likely and any(others.isdisjoint(one.members()) for one in own)

    def _weight(self, figure: int, value: int) -> float:
        doubt = self._doubt(figure)
        is_sign = value < 0 and value == -doubt.read and value not in doubt.seen
        is_alone = is_sign and not self._stands_among_negatives(figure)
        return doubt.weight(value) * (_SIGN_ALONE if is_alone else 1.0)

    def _mended_by(self, change: Change, best: Solution) -> list[Relation]:
        """Give the relations of the changed number that hold with the solution."""
        after = changed_values(self._figures.values, {one.figure: one.value for one in best.changes})
        return [
            relation
            for relation in self._relations
            if change.figure in relation.members() and not residual(relation, after, self._figures.scale)
        ]

    def _stands_among_negatives(self, figure: int) -> bool:
        """Say whether another number of the row or column is negative: a △ is lost where △ is printed."""
        item = self._figures.items[figure]
        cells = self._tables[item.table].cells
        own = cells[item.cell]
        return any(
            isinstance(cell.value, int | float)
            and cell.value < 0
            and (cell.row == own.row or cell.column == own.column)
            for cell in cells
        )

    def _may_change(self, change: Change, best: Solution) -> bool:
        one, read = change.figure, self._figures.values[change.figure]
        if not self._doubt(one).is_ocr:
            return False
        step = self._figures.items[one].step
        own = self._mended_by(change, best)
        if self._is_opposed(one, own):
            return False
        exact = any(relation.kind in ("sum", "same") for relation in own)
        if not exact and any(map(self._is_adjustable, own)) and not _is_far_from_slips(read, change, step):
            return False  # it may have been moved by a last digit on purpose
        if not exact and abs(change.value - read) <= step:
            return False
        common = set(self._case.suspects).intersection(*(relation.members() for relation in own))
        if change.seen:
            if len(common) == 1:
                return True
            weight = self._weight(one, change.value)
            is_usual = _is_one_place(change.value - read)
            is_clear = not any(self._is_rival(other, one, is_usual=is_usual) for other in common - {one})
            needed = _SURELY_READ if change.may_be_rounding else _LIKELY
            return weight >= (needed if is_clear else _NEARLY_AS_LIKELY)
        if change.value == -read and read > _SMALL * step:
            return exact and self._stands_among_negatives(one)
        is_doubtful = self._doubt(one).hardness > _SURELY_SEEN and not change.may_be_rounding
        meets = exact and common == {one} and len(own) > 1
        return is_doubtful and meets and is_known_misreading(read, change.value)

    def _is_opposed(self, figure: int, mended: Sequence[Relation]) -> bool:
        """Say whether a relation of this very number that stays broken has as much for it as those that are mended."""
        own = [weighed for weighed in self._case.relations if figure in weighed.relation.members()]
        left = [weighed.bits for weighed in own if weighed.relation not in mended]
        most = max((weighed.bits for weighed in own if weighed.relation in mended), default=0.0)
        return bool(left) and most < max(left) + _STRONGER

    def _is_rival(self, other: int, changed: int, *, is_usual: bool) -> bool:
        """Say whether another number is so hard to read that it may be wrong too, perhaps to a value nobody saw.

        A reading of a right number may by chance fit what one digit put for another (``is_usual``) takes a sum off;
        what a lost digit or two swapped ones do, it hardly ever fits.
        """
        doubt = self._doubt(other)
        if doubt.hardness > max(_HARD_TO_READ, self._doubt(changed).hardness):
            return True
        if not is_usual:
            return False
        limit = max(_HARD_TO_READ, self._doubt(changed).hardness / _MORE_DOUBTFUL)
        return doubt.hardness > limit or doubt.unexplained > _UNEXPLAINED

    def _is_adjustable(self, relation: Relation) -> bool:
        """Say whether this is a share in a total of another row and column, which offices adjust to add up to 100."""
        if relation.kind != "share":
            return False
        cells = [
            self._tables[self._figures.items[one].table].cells[self._figures.items[one].cell]
            for one in (relation.stated, relation.operands[1])
        ]
        return cells[0].row != cells[1].row and cells[0].column != cells[1].column


def _is_far_from_slips(read: int, change: Change, step: int) -> bool:
    """Say whether one misread digit leads to the new value and to none beside it, which offices could have printed."""
    beside = (change.value - step, change.value + step)
    return change.seen and is_slip(read, change.value) and not any(is_slip(read, one) for one in beside)


def _is_one_place(off: int) -> bool:
    """Say whether one digit put for another at one place explains what a sum is off."""
    return len(str(abs(off)).rstrip("0")) == 1


def _key(solution: Solution) -> frozenset[tuple[int, int]]:
    return frozenset((one.figure, one.value) for one in solution.changes)
