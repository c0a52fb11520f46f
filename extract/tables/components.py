"""Rulings -> components: sets of rulings that touch, each the skeleton of one table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extract.document import Ruling
from extract.geometry import overlap

TOUCH = 3.5
"""Rulings whose ends miss one another by at most this (points) are meant to touch."""

DOUBLE = 3.5
"""Parallel rulings at most this far apart (points) that run side by side are one double ruling."""


def rulings_to_components(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Give the sets of connected rulings, in no particular order; single rulings come as sets of one."""
    parent = list(range(len(rulings)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for first, second in (*_crossings(rulings), *_doubles(rulings)):
        parent[root(first)] = root(second)
    members: dict[int, list[Ruling]] = {}
    for index, ruling in enumerate(rulings):
        members.setdefault(root(index), []).append(ruling)
    return list(members.values())


def _by_position(rulings: Sequence[Ruling], axis: str) -> list[int]:
    return sorted(
        (i for i, ruling in enumerate(rulings) if ruling.axis == axis), key=lambda i: rulings[i].position
    )


def _crossings(rulings: Sequence[Ruling]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a vertical and a horizontal ruling that cross or touch."""
    vertical = _by_position(rulings, "vertical")
    positions = [rulings[i].position for i in vertical]
    for i in _by_position(rulings, "horizontal"):
        ruling = rulings[i]
        low = bisect_left(positions, ruling.start - TOUCH)
        high = bisect_right(positions, ruling.end + TOUCH)
        for j in vertical[low:high]:
            if rulings[j].start - TOUCH <= ruling.position <= rulings[j].end + TOUCH:
                yield j, i


def _doubles(rulings: Sequence[Ruling]) -> Iterator[tuple[int, int]]:
    """Give the pairs of parallel rulings that make a double ruling."""
    for axis in ("horizontal", "vertical"):
        line = _by_position(rulings, axis)
        for place, i in enumerate(line):
            for j in line[place + 1 :]:
                if rulings[j].position - rulings[i].position > DOUBLE:
                    break
                if _run_together(rulings[i], rulings[j]):
                    yield j, i


def _run_together(first: Ruling, second: Ruling) -> bool:
    shared = overlap(first.start, first.end, second.start, second.end)
    return shared > 0.5 * min(first.end - first.start, second.end - second.start)
