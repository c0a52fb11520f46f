"""Labels in several lines beside one line of numbers, in tables without rulings: which lines belong to the table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.document import Line
from extract.tables.alignment import is_number_like
from extract.tables.columns import Chunk, Column, line_to_chunks
from extract.tables.rows import WIDER, WRAPPED, begins_with_label, lines_to_labels, middle

LEAST_NUMBERS = 2
"""So many numbers and nothing else on a line are a row whose label is wrapped around them."""

MOST_LABEL_LINES = 6
"""Lines of labels between two rows of numbers, at most."""


def stands_beside_label(lines: Sequence[Line], place: int) -> bool:
    """Say whether a line is nothing but numbers, half way down a label in two lines or more or behind its mark (（１）)."""
    line = lines[place]
    marked = begins_with_label(line)
    chunks = line_to_chunks(line)[marked:]
    if len(chunks) < LEAST_NUMBERS or not all(map(_is_number, line_to_chunks(line))):
        return False
    around = (lines[other] for other in (place - 1, place + 1) if 0 <= other < len(lines))
    reach = (WRAPPED if marked else 1.0) * line.words[0].size
    return any(
        begins_with_label(other)
        and other.box[2] <= chunks[0].left
        and abs(middle(other) - middle(line)) < reach
        for other in around
    )


def _is_label(line: Line, first_number: float) -> bool:
    """Say whether a line holds but a label, or a part of one."""
    return begins_with_label(line) and line.box[2] < first_number and "。" not in line.words[-1].text


def with_wrapped(
    lines: Sequence[Line], first: int, last: int, columns: Sequence[Column], used: set[int]
) -> tuple[int, int]:
    """Give first and last line of a table with the lines of its first label above its numbers, and of its last below."""
    labels = lines_to_labels([line for line in lines[first : last + 1] if begins_with_label(line)])
    pitches = [middle(below) - middle(above) for label in labels for above, below in pairwise(label)]
    if not pitches:
        return first, last
    reach, numbers = WIDER * min(pitches), columns[1].left
    while (
        first > 0
        and first - 1 not in used
        and _is_label(lines[first - 1], numbers)
        and middle(lines[first]) - middle(lines[first - 1]) <= reach
    ):
        first -= 1
    while (
        last + 1 < len(lines)
        and _is_label(lines[last + 1], numbers)
        and middle(lines[last + 1]) - middle(lines[last]) <= reach
    ):
        last += 1
    return first, last


def is_wrapped(lines: Sequence[Line], last: int, place: int) -> bool:
    """Say whether the lines after a row of numbers, up to a place, are parts of labels beside it and the next row."""
    numbers = [chunk.left for chunk in line_to_chunks(lines[last])[1:] if _is_number(chunk)]
    return place - last < MOST_LABEL_LINES and all(
        _is_label(line, min(numbers, default=0.0)) for line in lines[last + 1 : place + 1]
    )


def _is_number(chunk: Chunk) -> bool:
    return is_number_like("".join(word.text for word in chunk.words))
