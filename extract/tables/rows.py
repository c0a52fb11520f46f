"""Lines of a table without rulings between its rows -> rows: a wrapped label belongs to the numbers it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.document import Line
from extract.tables.alignment import is_number_like, is_strong_number
from extract.tables.columns import Row, line_to_chunks

CLOSE = 0.8
"""A line without numbers belongs to the nearest line of numbers within this share of the usual distance between those."""


def lines_to_rows(lines: Sequence[Line]) -> list[Row]:
    """Give the rows from top to bottom: one row is one line of numbers, with the lines of a wrapped label beside it.

    Whether numbers stand beside the first, the middle or the last line of their label, they are nearer to it than to the
    next row's. A line without numbers that is not so near (the title of a group) is a row of its own.
    """
    numbered = [line for line in lines if has_numbers(line)]
    pitches = [_middle(below) - _middle(above) for above, below in pairwise(numbered)]
    reach = CLOSE * median(pitches) if pitches else 0.0
    rows: dict[int, list[Line]] = {}
    for line in lines:
        key = id(line)
        if numbered and not has_numbers(line):
            nearest = min(numbered, key=lambda other: abs(_middle(other) - _middle(line)))
            if abs(_middle(nearest) - _middle(line)) < reach:
                key = id(nearest)
        rows.setdefault(key, []).append(line)
    return [tuple(row) for row in sorted(rows.values(), key=lambda row: min(_middle(line) for line in row))]


def has_numbers(line: Line) -> bool:
    """Say whether the line is one of numbers: one that shows itself as such, or several texts with a number behind."""
    if any(is_strong_number(word.text) for word in line.words):
        return True
    chunks = line_to_chunks(line)
    return any(is_number_like("".join(word.text for word in chunk.words)) for chunk in chunks[1:])


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2
