"""The units behind numbers that a worn copy garbles (千円 read as F1]): settled by the other cells of the column.

A recogniser thinks of the right character even where it does not read it; the cells of a column, which end in one unit, say
together which one it was. Figures are never changed: where a number ends is told by the figures that were read.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extract.characters import is_digit
from extract.engines.base import Choice, LineReading, Slot
from extract.pages.scan.japanese.doubts import is_word_character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.endings import (
    FOLDED,
    SEEN,
    SURE,
    USUAL,
    WIDE,
    Ending,
    find_ending,
    fit_of,
    folded,
    least_thought,
    likelihood,
    probability_of,
)
from extract.pages.scan.rulings.regions import OPEN

OTHER = 3e-3
"""Probability that a cell has another unit than its column."""

LEAST = 1e-12
"""What a cell says at the most against a unit."""

LEAST_CERTAIN = 0.95
"""A unit of a column is settled when it is at least this probable."""

ALONE = 0.05
"""Where no other cell of the column says so, the characters of a unit must be this probable (geometric mean)."""

AGREED, GUESSED = 0.97, 0.8
"""Probability of a unit that enough cells of the column read, or of which enough thought (of one character one must have read it),
and of any other: what was only thought of may be a commoner unit of the same looks (人 for a worn 戸)."""

LEAST_READ, LEAST_THOUGHT = 2, 4
"""So many cells are enough."""

RIGHT_EDGE = 0.5
"""Numbers in no cell stand in one column where their right ends differ by at most this (ems)."""

DOUBTED = 0.6
"""Probability of a number that ends in 11, without a unit, in a column that has units."""

METRE = "m"
"""What ㎡ is read as; the ink behind it tells."""

PARTLY = 0.6
"""Probability of a unit of which not all characters were thought of."""


class _Column(NamedTuple):
    """The unit of a column, in how many of its cells it was read, and thought of in all its characters, and how often it was read elsewhere."""

    unit: str
    read: int
    thought: int
    elsewhere: int


def settle_units(
    lines: Sequence[TextLine],
    readings: Sequence[LineReading],
    chosen: Sequence[tuple[Slot, ...]],
    columns: Sequence[Sequence[int]],
) -> list[tuple[Slot, ...]]:
    """Give the slots of every line, the units of numbers settled by their column; ``columns`` has the members of that of each line."""
    settled = list(chosen)
    endings = [find_ending(reading.slots, line) for reading, line in zip(readings, lines, strict=True)]
    on_page = Counter(str(ending.text) for ending in endings if ending is not None and ending.text)
    for members in _columns(lines, columns, endings):
        column = {index: ending for index in members if (ending := endings[index]) is not None}
        for index in _doubtful_without(column):
            settled[index] = _doubted(settled[index])
        unit = _column_unit(list(column.values()), on_page)
        if unit is None or not unit.unit:
            continue
        for index, ending in column.items():
            probability = None if ending.text is not None else _unit_of_cell(ending, unit)
            if probability is not None:
                number = _number_of(readings[index].slots, settled[index], ending)
                settled[index] = (*number, *_unit_slots(ending, unit.unit, probability))
    return settled


def _columns(
    lines: Sequence[TextLine], columns: Sequence[Sequence[int]], endings: Sequence[Ending | None]
) -> Iterator[Sequence[int]]:
    """Give the lines of each column: those of cells with the same sides, and numbers in no cell with the same right end."""
    seen: set[int] = set()
    for index, members in enumerate(columns):
        if index not in seen and lines[index].region != OPEN:
            seen.update(members)
            yield members
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.region == OPEN and endings[index] is not None:
            right = line.box[2]
            key = next((k for k in edges if abs(k - right) <= RIGHT_EDGE * line.em), right)
            edges.setdefault(key, []).append(index)
    yield from edges.values()


def _column_unit(endings: Sequence[Ending], on_page: Counter[str]) -> _Column | None:
    """Give the unit of a column by what was read and what was thought of behind its numbers; None where that is not clear."""
    if all(ending.text is not None for ending in endings):
        return None
    scores = {"": 0.0, **{unit: math.log(weight) for unit, weight in USUAL.items()}}
    for ending in endings:
        if ending.text is None:
            likely = {unit: likelihood(ending.slots, unit) * fit_of(ending, unit) for unit in scores}
            least = max(LEAST, OTHER * max(likely.values()))
            for unit in scores:
                scores[unit] += math.log(max(least, likely[unit]))
        else:
            for unit in scores:
                scores[unit] += 0.0 if ending.text == unicodedata.normalize("NFKC", unit) else math.log(OTHER)
    best = max(scores, key=lambda unit: scores[unit])
    probability = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
    if probability < LEAST_CERTAIN:
        return None
    read = sum(ending.text == unicodedata.normalize("NFKC", best) for ending in endings)
    thought = sum(ending.text is None and least_thought(ending.slots, best) >= SEEN for ending in endings)
    elsewhere = on_page[unicodedata.normalize("NFKC", best)] - read
    return _Column(best, read, thought, elsewhere)


def _doubtful_without(column: Mapping[int, Ending]) -> Iterator[int]:
    """Give the numbers without a unit in a column that has units, whose last figures may be what is left of one (日 read as 11)."""
    if any(ending.is_figure or (ending.text and ending.text in FOLDED) for ending in column.values()):
        yield from (index for index, ending in column.items() if ending.text == "" and ending.ends_in_bars)


def _doubted(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Give the slots of a number with doubt in its last figure."""
    last = max((place for place, slot in enumerate(slots) if is_digit(folded(slot) or " ")), default=None)
    if last is None:
        return tuple(slots)
    first, *rest = slots[last].choices
    choices = (Choice(first.text, min(first.probability, DOUBTED)), *rest)
    return (*slots[:last], slots[last]._replace(choices=choices), *slots[last + 1 :])


def _unit_of_cell(ending: Ending, column: _Column) -> float | None:
    """Give the probability that a cell has the unit of its column, None where it was not thought of or something else was read."""
    for slot in ending.slots:
        first = slot.choices[0]
        if first.probability >= SURE and is_word_character(first.text) and first.text not in column.unit:
            return None
    least = least_thought(ending.slots, column.unit)
    if least < SEEN:
        begun = least_thought(ending.slots, column.unit[0]) >= SEEN
        others = column.read + column.thought + column.elsewhere
        return PARTLY if begun and len(column.unit) > 1 and others >= LEAST_READ else None
    if ending.is_figure:
        return GUESSED if column.read >= LEAST_READ else None
    is_thought = column.thought >= LEAST_THOUGHT and (column.read or len(column.unit) > 1)
    if column.read >= LEAST_READ or is_thought:
        return AGREED
    likely = likelihood(ending.slots, column.unit) ** (1 / len(column.unit))
    others = column.read + column.thought + column.elsewhere - 1
    return GUESSED if others or likely >= ALONE else None


def _number_of(read: Sequence[Slot], chosen: Sequence[Slot], ending: Ending) -> Sequence[Slot]:
    """Give the places of the number before an ending: those of the numeric alphabet where they have the same figures."""
    number = read[: ending.start]
    same = [slot for slot in chosen if slot.start + slot.end < 2 * ending.slots[0].start]
    is_same = "".join(map(folded, same)) == "".join(map(folded, number))
    return same if is_same else number


def _unit_slots(ending: Ending, unit: str, probability: float) -> list[Slot]:
    """Give the places of a unit; what was read there stays as another reading."""
    if unit == METRE:
        return _with_metre(ending.slots, probability)
    start, stop = ending.slots[0].start, ending.slots[-1].end
    step = (stop - start) / len(unit)
    read = "".join(slot.choices[0].text.strip() for slot in ending.slots)
    each = round(probability ** (1 / len(unit)), 5)
    other = Choice(read if len(unit) == 1 and read != unit else "", round(1 - each, 5))
    return [
        Slot((Choice(text, each), other), start + place * step, start + (place + 1) * step)
        for place, text in enumerate(unit)
    ]


def _with_metre(slots: Sequence[Slot], probability: float) -> list[Slot]:
    """Give the places behind a number with the likeliest m as m; what is raised behind it is left as it was read."""
    place = max(range(len(slots)), key=lambda index: probability_of(slots[index], METRE))
    settled = list(slots)
    if slots[place].choices[0].probability < probability:
        rest = tuple(c for c in slots[place].choices if c.text.strip() and WIDE.get(c.text, c.text) != METRE)
        settled[place] = slots[place]._replace(choices=(Choice(METRE, probability), *rest))
    return settled
