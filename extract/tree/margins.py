"""Where the text of a report stands: its left and right margin, its line pitch and its letter size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extract.geometry import cluster_positions
from extract.tree.printed import Column, PrintedLine

_SAME_EDGE: Final = 4.0  # points: less than half a letter
_SHARE: Final = 0.05  # of the lines: what a margin needs so that it is no single stray line
_NARROW: Final = 0.6  # of the column: when all lines are shorter, none of them reaches the right margin
_LARGEST_PITCH: Final = 3.0  # in letter sizes: a larger step is a gap between parts
_USUAL_PITCH: Final = 1.7  # in letter sizes, where nothing can be measured
_PITCH_QUANTILE: Final = (
    0.3  # blank lines between parts make some steps larger than the pitch, hardly any smaller
)


@dataclass(frozen=True, slots=True)
class Margins:
    """The text area of a column in points; ``size`` is the usual letter size, ``pitch`` the usual step between lines."""

    left: float
    right: float
    pitch: float
    size: float


def lines_to_margins(lines: Iterable[PrintedLine]) -> dict[Column, Margins]:
    """Give the margins of each column that lines stand in."""
    columns: dict[Column, list[PrintedLine]] = {}
    for printed in lines:
        if printed.line.angle == 0:
            columns.setdefault(printed.column, []).append(printed)
    return {column: _measure(column, members) for column, members in columns.items()}


def usual_size(lines: Sequence[PrintedLine]) -> float:
    """Give the letter size in which most characters are printed, in points (0 when there are none)."""
    counts: Counter[float] = Counter()
    for printed in lines:
        counts[round(printed.line.size, 1)] += len(printed.line.text)
    return max(counts, key=lambda size: (counts[size], -size), default=0.0)


def _measure(column: Column, lines: Sequence[PrintedLine]) -> Margins:
    prose = [printed for printed in lines if printed.kind is None] or list(lines)
    size = usual_size(prose) or 1.0
    left = _edge([printed.line.box[0] for printed in prose])
    right = -_edge([-printed.line.box[2] for printed in prose])
    if right - left < _NARROW * (column.end - column.start):
        right = max(right, column.end - (left - column.start))
    return Margins(left=left, right=right, pitch=_pitch(prose, size), size=size)


def _edge(positions: Sequence[float]) -> float:
    """Give the smallest position that more than a stray line shares."""
    wanted = max(2, _SHARE * len(positions))
    for group in cluster_positions(positions, _SAME_EDGE):
        if len(group) >= wanted:
            return group[0]
    return min(positions)


def _pitch(lines: Sequence[PrintedLine], size: float) -> float:
    steps = sorted(
        after.line.box[3] - before.line.box[3]
        for before, after in pairwise(lines)
        if before.page == after.page and size < after.line.box[3] - before.line.box[3] < _LARGEST_PITCH * size
    )
    return steps[int(len(steps) * _PITCH_QUANTILE)] if steps else _USUAL_PITCH * size
