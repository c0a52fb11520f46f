"""Find what a line says of the line before it: 増減 to the year before, its rate, a balance that goes on from year to year.

The years stand below one another or side by side; the year before may come first or, in a falling list, after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise, product
from math import log2
from typing import Final, TypeAlias

from extract.verification.accept import Believed, Pattern, weigh
from extract.verification.figures import Figures
from extract.verification.relations import Kind, Relation, residual
from extract.verification.sheets import Sheet
from extract.verification.words import is_balance, is_difference, is_flow

_PRIOR: Final = 5.0  # bits: the label says that something is compared, or what is left
_MOST_PLACES: Final = 16
_MOST_FLOWS: Final = 4
_FEWEST: Final = 3  # lines, for two steps
_TRIED_FIRST: Final = 3  # steps of which one must hold
_HELD_PER_FAILED: Final = 3

_Line: TypeAlias = Sequence[int]
_Step: TypeAlias = tuple[_Line, _Line]  # a line and the one before it


@dataclass(frozen=True, slots=True)
class _Form:
    """What a position may say: of which positions ``now`` and ``before``, a sum of them with ``signs`` or a rate."""

    prior: float
    kind: Kind
    place: int
    now: tuple[int, ...]
    before: tuple[int, ...]
    signs: tuple[int, ...] = ()


def find_steps_down(
    sheet: Sheet, rates: Sequence[int], known: frozenset[int], figures: Figures
) -> list[Believed]:
    """Give what each row says of the row before; ``rates`` are the columns that hold rates.

    ``known`` are the figures that other relations hold for: a column of them is not tried.
    """
    lines = [row for row in sheet.grid if any(one >= 0 for one in row)]
    return _find_steps(lines, sheet.column_labels, frozenset(rates), known, figures)


def find_steps_across(
    sheet: Sheet, rates: Sequence[int], known: frozenset[int], figures: Figures
) -> list[Believed]:
    """Give what each column says of the column before; ``rates`` are the rows that hold rates."""
    if sheet.rows > _MOST_PLACES:
        return []
    columns = [[row[column] for row in sheet.grid] for column in range(sheet.columns)]
    lines = [line for line in columns if any(one >= 0 for one in line)]
    return _find_steps(lines, sheet.row_labels, frozenset(rates), known, figures)


def _find_steps(
    lines: Sequence[_Line],
    labels: Sequence[str],
    rates: frozenset[int],
    known: frozenset[int],
    figures: Figures,
) -> list[Believed]:
    places = [place for place in range(len(labels)) if sum(line[place] >= 0 for line in lines) > 1]
    if len(lines) < _FEWEST or not 1 < len(places) <= _MOST_PLACES:
        return []
    falling = list(pairwise(lines))
    rising: list[_Step] = [(now, before) for before, now in falling]
    found: list[Believed] = []
    for place in places:
        if sum(line[place] in known for line in lines) * 2 > sum(line[place] >= 0 for line in lines):
            continue
        best: Believed | None = None
        for form, steps in product(_forms(place, places, labels, rates), (rising, falling)):
            relations = _form_to_relations(form, steps, figures)
            believed = (
                weigh(Pattern("step", form.prior, relations, whole=True), figures) if relations else None
            )
            if believed and _is_told(believed, figures) and (best is None or believed.bits > best.bits):
                best = believed
        if best is not None:
            found.append(best)
    return found


def _is_told(believed: Believed, figures: Figures) -> bool:
    """Say whether several different results speak for the steps, and few against them."""
    results = {figures.values[one.stated] for one in believed.holding} - {0}
    return len(results) > 1 and len(believed.holding) >= _HELD_PER_FAILED * len(believed.failing)


def _forms(
    place: int, places: Sequence[int], labels: Sequence[str], rates: frozenset[int]
) -> Iterator[_Form]:
    """Give what a position may say by its label."""
    amounts = [one for one in places if one != place and one not in rates]
    kinds: tuple[Kind, ...] = ("rate", "share") if place in rates else ()
    for kind, one in product(kinds, amounts):
        yield _Form(_PRIOR - log2(4 * len(amounts)), kind, place, (one,), (one,))
    if is_difference(labels[place]):
        for one in amounts:
            yield _Form(_PRIOR - log2(2 * len(amounts)), "sum", place, (one,), (one,), (1, -1))
    elif is_balance(labels[place]):
        flows = [one for one in amounts if is_flow(labels[one])][:_MOST_FLOWS]
        for count in range(1, len(flows) + 1):
            for own, signs in product(combinations(flows, count), product((1, -1), repeat=count)):
                yield _Form(_PRIOR - 2 * len(flows) - count, "sum", place, own, (place,), (*signs, 1))


def _form_to_relations(form: _Form, steps: Sequence[_Step], figures: Figures) -> tuple[Relation, ...]:
    """Give the relations of all steps in which all is printed; none where the first few all fail."""
    said = (
        _step_to_relation(form, step, figures)
        for step in steps
        if step[0][form.place] >= 0
        and all(step[0][one] >= 0 for one in form.now)
        and all(step[1][one] >= 0 for one in form.before)
        and (form.kind == "sum" or figures.values[step[1][form.before[0]]])
    )
    first = list(islice(said, _TRIED_FIRST))
    if len(first) < _FEWEST - 1 or all(residual(one, figures.values, figures.scale) for one in first):
        return ()
    return (*first, *said)


def _step_to_relation(form: _Form, step: _Step, figures: Figures) -> Relation:
    now, before = step
    operands = (*(now[one] for one in form.now), *(before[one] for one in form.before))
    stated = now[form.place]
    if form.kind == "sum":
        return Relation("sum", stated, operands, form.signs)
    return Relation(form.kind, stated, operands, step=figures.items[stated].step)
