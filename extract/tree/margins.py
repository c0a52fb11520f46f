"""Where the text of a report stands: its left and right margin, its line pitch and its letter size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extract.geometry import cluster_positions
from extract.tree.printed import Area, Column, PrintedItem, PrintedLine, PrintedTable

_SAME_EDGE: Final = 4.0  # points: less than half a letter
_SHARE: Final = 0.05  # of the lines: what a margin needs so that it is no single stray line
_FEW_LINES: Final = 8  # among so few lines a single one shows the margin
_LONG: Final = 0.5  # of the column: only lines longer than this reach for the right margin
_LARGEST_PITCH: Final = 3.0  # in letter sizes: a larger step is a gap between parts
_USUAL_PITCH: Final = 1.7  # in letter sizes, where nothing can be measured
_FEW_STEPS: Final = 4
_PITCH_QUANTILE: Final = (
    0.3  # blank lines between parts make some steps larger than the pitch, hardly any smaller
)
_PROSE: Final = 200  # characters: a page with fewer in few lines may be a cover, whose letters are no measure


@dataclass(frozen=True, slots=True)
class Margins:
    """The text area of a column in points; ``size`` is the usual letter size, ``pitch`` the usual step between lines."""

    left: float
    right: float
    pitch: float
    size: float


def items_to_margins(items: Iterable[PrintedItem]) -> dict[Area, Margins]:
    """Give the margins of each area that lines stand in.

    The left margin is that of the whole report. The right margin, the pitch and the letter size are the page's own where it
    has enough text to show them, else the report's: the prose and the tables of a report may be set in different widths.
    """
    columns: dict[Column, dict[int, list[PrintedLine]]] = {}
    table_lefts: dict[Column, list[float]] = {}
    for item in items:
        if isinstance(item, PrintedTable):
            table_lefts.setdefault(item.column, []).append(item.box[0])
        else:
            columns.setdefault(item.column, {}).setdefault(item.page, []).append(item)
    margins: dict[Area, Margins] = {}
    for column, pages in columns.items():
        lines = [printed for page in pages.values() for printed in page]
        usual = _measure_report(column, lines, table_lefts.get(column, []))
        for page, members in pages.items():
            margins[page, column] = _measure_page(column, members, usual)
    return margins


def _usual_size(lines: Sequence[PrintedLine]) -> float:
    """Give the letter size in which most characters are printed, in points (0 when there are none)."""
    counts: Counter[float] = Counter()
    for printed in lines:
        counts[round(printed.line.size, 1)] += len(printed.line.text)
    return max(counts, key=lambda size: (counts[size], -size), default=0.0)


def _prose(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    return [printed for printed in lines if printed.kind is None and printed.line.angle == 0] or list(lines)


def _measure_report(column: Column, lines: Sequence[PrintedLine], table_lefts: Sequence[float]) -> Margins:
    """Measure a column over its pages; where hardly any line shows the left margin, the tables do."""
    prose = _prose(lines)
    size = _usual_size(lines) or 1.0
    starts = [printed.line.box[0] for printed in prose]
    left = _edge(starts if len(starts) >= _FEW_LINES else [*starts, *table_lefts])
    ends = [-printed.line.box[2] for printed in _long_lines(column, prose)]
    right = -_edge(ends) if ends else _right_without_prose(column, prose, left)
    pitch = _pitch(prose, size)
    return Margins(left=left, right=right, pitch=pitch or _USUAL_PITCH * size, size=size)


def _measure_page(column: Column, lines: Sequence[PrintedLine], usual: Margins) -> Margins:
    prose = _prose(lines)
    enough = len(prose) >= _FEW_LINES or sum(len(printed.line.text) for printed in prose) >= _PROSE
    size = _usual_size(lines) if enough else usual.size
    ends = sorted(printed.line.box[2] for printed in _long_lines(column, prose))
    shared = [end for end, after in pairwise(ends) if after - end <= _SAME_EDGE]
    return Margins(
        left=usual.left,
        right=shared[-1] if shared else usual.right,
        pitch=_pitch(prose, size) or usual.pitch,
        size=size,
    )


def _right_without_prose(column: Column, lines: Sequence[PrintedLine], left: float) -> float:
    """Give the right margin where no line reaches it from the left: where dates and departments end, or the left's mirror."""
    middle = (column.start + column.end) / 2
    ends = [printed.line.box[2] for printed in lines if printed.line.box[0] > middle]
    return max(ends, default=column.end - (left - column.start))


def _long_lines(column: Column, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    wanted = _LONG * (column.end - column.start)
    return [printed for printed in lines if printed.line.box[2] - printed.line.box[0] >= wanted]


def _edge(positions: Sequence[float]) -> float:
    """Give the smallest position that more than a stray line shares."""
    wanted = max(2, _SHARE * len(positions))
    for group in cluster_positions(positions, _SAME_EDGE):
        if len(group) >= wanted and len(positions) >= _FEW_LINES:
            return group[0]
    return min(positions)


def _pitch(lines: Sequence[PrintedLine], size: float) -> float:
    """Give the usual step between the feet of two lines in points; 0 where there are too few."""
    steps = sorted(
        after.line.box[3] - before.line.box[3]
        for before, after in pairwise(lines)
        if before.area == after.area and size < after.line.box[3] - before.line.box[3] < _LARGEST_PITCH * size
    )
    return steps[int(len(steps) * _PITCH_QUANTILE)] if len(steps) >= _FEW_STEPS else 0.0
