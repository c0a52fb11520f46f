"""Lines of one label that say little alone, read again as one line: characters stacked in a side heading, a unit below its number.

The recogniser knows which characters stand beside one another; what it sees alone in a picture it tells badly on worn copies
(委, 託 were read as 交, 正, and together as 委託). Numbers are never read otherwise; they only stand beside their units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.characters import is_digit
from extract.engines.base import Choice, EngineFailure, Gray, LineReading, Recogniser, Slot
from extract.geometry import overlap
from extract.pages.scan.lines.crops import SIDE, Crop
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.rulings.regions import OPEN

DOUBTED = 0.9
"""Lines are read together where a character is less probable than this."""

MOST_LINES, LONGEST = 10, 30.0
"""So many lines, and ems in all, are read as one."""

ONE = 1.4
"""A line not wider than this (ems) is one character."""

LEAST_WORDS = 2
"""Among so many stacked characters a lone figure may be one too: 一 of 一般会計 was read as 1; a unit below a number is one."""

LAP = 0.15
"""Lines one below another share this at the most (ems)."""

FARTHEST, LEVEL = 8.0, 0.3
"""Single characters at most so many ems apart, whose middles differ by at most so many, may be one label (合　　計)."""

GAP = 0.1
"""White between the characters of two lines (ems)."""

SPECK = 0.45
"""Ink not larger than this (ems) that is nothing in the line of all is a speck."""

LEAST = 1e-4
"""Readings below this probability are dropped."""


class _Picture(NamedTuple):
    """Lines as one picture, and where each stands in it: its start and end, and how far its own picture was cut off before it."""

    picture: Gray
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cut: int


def read_together(
    lines: Sequence[TextLine], crops: Sequence[Crop], readings: Sequence[LineReading], *, engine: Recogniser
) -> list[LineReading]:
    """Give the readings, those of doubted lines that belong together combined with the reading of all as one line.

    Raises EngineFailure where the engine breaks.
    """
    settled = list(readings)
    groups = [group for group in _groups(lines) if _is_doubted(group, lines, readings)]
    if not groups:
        return settled
    pictures = [_as_one_line([crops[index] for index in group]) for group in groups]
    answers = engine.read_lines([one.picture for one in pictures])
    if len(answers) != len(groups):
        raise EngineFailure(f"{len(answers)} / {len(groups)} lines")
    for group, one, answer in zip(groups, pictures, answers, strict=True):
        for index in _open_lines(group, lines, readings):
            own = _own(answer, one, group.index(index), crops[index])
            settled[index] = _combined(readings[index], own, lines[index])
    return settled


def _groups(lines: Sequence[TextLine]) -> Iterator[list[int]]:
    """Give the lines of each cell, from top to bottom, and single characters in no cell that stand on one level."""
    cells: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        cells.setdefault(line.region, []).append(index)
    for region, members in cells.items():
        if region == OPEN:
            yield from _spread(lines, members)
            continue
        ordered = sorted(members, key=lambda index: lines[index].box[1])
        boxes, em = [lines[index].box for index in ordered], lines[ordered[0]].em
        length = sum(x1 - x0 for x0, _, x1, _ in boxes)
        is_column = all(
            overlap(a[0], a[2], b[0], b[2]) > 0 and b[1] >= a[3] - LAP * em for a, b in pairwise(boxes)
        )
        if 1 < len(ordered) <= MOST_LINES and length <= LONGEST * em and is_column:
            yield ordered


def _spread(lines: Sequence[TextLine], members: Sequence[int]) -> Iterator[list[int]]:
    single = sorted(
        (index for index in members if _width(lines[index]) <= ONE), key=lambda index: lines[index].box[0]
    )
    for order, index in enumerate(single):
        for other in single[order + 1 :]:
            one, two, em = lines[index].box, lines[other].box, lines[index].em
            is_level = abs(one[1] + one[3] - two[1] - two[3]) <= 2 * LEVEL * em
            if is_level and 0 < two[0] - one[2] <= FARTHEST * em:
                yield [index, other]
                break


def _width(line: TextLine) -> float:
    return (line.box[2] - line.box[0]) / line.em


def _is_doubted(group: Sequence[int], lines: Sequence[TextLine], readings: Sequence[LineReading]) -> bool:
    """Say whether a line of a group that may be read otherwise holds a doubtful character."""
    shown = [_shown(readings[index].slots) for index in _open_lines(group, lines, readings)]
    return any(not slots or min(slot.choices[0].probability for slot in slots) < DOUBTED for slots in shown)


def _open_lines(
    group: Sequence[int], lines: Sequence[TextLine], readings: Sequence[LineReading]
) -> Sequence[int]:
    """Give the lines that may be read otherwise: no numbers; but a figure among stacked characters may be any of these."""
    texts = {index: _text(readings[index].slots) for index in group}
    words = [index for index in group if not any(map(is_digit, texts[index]))]
    if len(words) == len(group):
        return group
    if lines[group[0]].region == OPEN:
        return ()
    is_stack = len(words) >= LEAST_WORDS and all(_width(lines[index]) <= ONE for index in group)
    figures = sum(len(texts[index]) for index in group if index not in words)
    return group if is_stack and figures == 1 else words


def _text(slots: Sequence[Slot]) -> str:
    return "".join(slot.choices[0].text for slot in slots).strip()


def _shown(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.choices[0].text.strip()]


def _as_one_line(crops: Sequence[Crop]) -> _Picture:
    """Give lines beside one another, each in the middle of the height, with little white between."""
    em = crops[0].em
    height = max(crop.picture.shape[0] for crop in crops)
    cut = round((SIDE - GAP / 2) * em)
    margin = np.full((height, cut), 255, dtype=np.uint8)
    parts, starts, ends = [margin], [], []
    x = cut
    for crop in crops:
        own = crop.picture[:, cut : crop.picture.shape[1] - cut]
        room = max(0, round((1 + GAP) * em) - own.shape[1])
        above = height - own.shape[0]
        parts.append(
            np.pad(
                own,
                ((above // 2, above - above // 2), (room // 2, room - room // 2)),
                constant_values=255,
            )
        )
        starts.append(x + room // 2)
        x += own.shape[1] + room
        ends.append(x)
    return _Picture(np.ascontiguousarray(np.hstack([*parts, margin])), tuple(starts), tuple(ends), cut)


def _combined(alone: LineReading, together: LineReading, line: TextLine) -> LineReading:
    """Give what was read alone and in the line of all, as far as both have the same places."""
    read, seen = _shown(alone.slots), _shown(together.slots)
    x0, y0, x1, y1 = line.box
    if not seen:
        is_speck = bool(read) and max(x1 - x0, y1 - y0) <= SPECK * line.em
        return LineReading((), None) if is_speck else alone
    if len(seen) == len(read):
        return LineReading(tuple(map(_mean_of, zip(read, seen, strict=True))), alone.numeric)
    return together if len(seen) == 1 and _width(line) <= ONE else alone


def _own(answer: LineReading, one: _Picture, place: int, crop: Crop) -> LineReading:
    """Give the places of a line in the picture of all as shares of its own picture."""
    width, own = int(one.picture.shape[1]), int(crop.picture.shape[1])
    start, end = one.starts[place], one.ends[place]

    def inside(slots: Sequence[Slot]) -> tuple[Slot, ...]:
        return tuple(
            slot._replace(start=share(slot.start), end=share(slot.end))
            for slot in slots
            if (start if place else 0) <= (slot.start + slot.end) / 2 * width < end
        )

    def share(x: float) -> float:
        return min(1.0, max(0.0, (x * width - start + one.cut) / own))

    return LineReading(inside(answer.slots), None if answer.numeric is None else inside(answer.numeric))


def _mean_of(slots: Sequence[Slot]) -> Slot:
    """Give a place with the mean probabilities of several readings of it."""
    seen: dict[str, float] = {}
    for slot in slots:
        for choice in slot.choices:
            seen[choice.text] = seen.get(choice.text, 0.0) + choice.probability / len(slots)
    choices = (Choice(text, round(p, 5)) for text, p in seen.items() if p >= LEAST)
    return slots[0]._replace(choices=tuple(sorted(choices, key=lambda choice: -choice.probability)))
