"""Lines of a table without rulings between its rows -> rows: a wrapped label belongs to the numbers it stands beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.document import Line
from extract.tables.alignment import is_number_like, is_strong_number
from extract.tables.columns import Row, line_to_chunks

CLOSE = 0.8
"""A line without numbers belongs to the nearest line of numbers within this share of the usual distance between those."""

WIDER = 1.15
"""Between two rows stands so much more white than between the lines of one label (middle to middle)."""

WRAPPED = 2.0
"""Lines of one label follow one another within this distance (ems, middle to middle)."""

OVERLAP = 0.2
"""Lines that share so much of their height belong to one row: texts wrapped into one, two or three lines, centred."""

MARK = re.compile(r"[（(]?[0-9０-９]{1,2}[)）.．]?")
BRACKETED = re.compile(r"[（(][0-9０-９]{1,2}[)）]")


def lines_to_rows(lines: Sequence[Line]) -> list[Row]:
    """Give the rows from top to bottom: one row is one line of numbers, with the lines of a wrapped label beside it.

    Lines that share their height are one row. Where more white parts the rows than the lines of a label, the white decides. Else a line without numbers goes with the
    numbers it is nearest to: beside the first, the middle or the last line of a label they are nearer than the next row's.
    A line that is not so near (the title of a group) is a row of its own.
    """
    return _rows_by_height(lines) or _rows_by_white(lines) or _rows_by_nearness(lines)


def has_numbers(line: Line) -> bool:
    """Say whether the line is one of numbers: one that shows itself as such, or several texts with a number behind."""
    if any(is_strong_number(word.text) for word in line.words):
        return True
    chunks = line_to_chunks(line)
    return any(is_number_like("".join(word.text for word in chunk.words)) for chunk in chunks[1:])


def begins_with_label(line: Line) -> bool:
    """Say whether the line begins with a text, perhaps behind its mark (２　地方譲与税, （１）), and not with a number."""
    first, *rest = ["".join(word.text for word in chunk.words) for chunk in line_to_chunks(line)]
    if not is_number_like(first):
        return True
    if BRACKETED.fullmatch(first):
        return True
    return bool(rest) and MARK.fullmatch(first) is not None and not is_number_like(rest[0])


def lines_to_labels(lines: Sequence[Line]) -> list[list[Line]]:
    """Give the lines of labels grouped where wider white parts them; nothing where the white does not tell."""
    pitches = [middle(below) - middle(above) for above, below in pairwise(lines)]
    pitch = min(pitches, default=0.0)
    if pitch <= 0 or pitch > WRAPPED * lines[0].words[0].size or max(pitches) <= WIDER * pitch:
        return []
    labels: list[list[Line]] = [[lines[0]]]
    for line, white in zip(lines[1:], pitches, strict=True):
        if white <= WIDER * pitch:
            labels[-1].append(line)
        else:
            labels.append([line])
    return labels


def middle(line: Line) -> float:
    """Give the y of the middle of a line."""
    return (line.box[1] + line.box[3]) / 2


def is_one_row(above: Line, below: Line) -> bool:
    """Say whether two lines stand so close that they are lines of one row."""
    height = min(above.box[3] - above.box[1], below.box[3] - below.box[1])
    return above.box[3] - below.box[1] > OVERLAP * height


def lines_by_height(lines: Sequence[Line]) -> list[list[Line]]:
    """Give the lines from top to bottom, those together that share their height."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=middle):
        if rows and is_one_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _rows_by_height(lines: Sequence[Line]) -> list[Row] | None:
    """Give the rows where numbers too are wrapped in their cells, so that their lines share their heights; else None."""
    rows = lines_by_height(lines)
    wrapped = any(sum(map(has_numbers, row)) > 1 for row in rows)
    return [tuple(row) for row in rows] if wrapped else None


def _rows_by_white(lines: Sequence[Line]) -> list[Row] | None:
    """Give the rows as the white between the labels shows them; None where it shows none, or a row would hold two."""
    blocks = lines_to_labels([line for line in lines if begins_with_label(line)])
    for line in lines:
        if begins_with_label(line):
            continue
        beside = [block for block in blocks if block[0].box[1] < middle(line) < block[-1].box[3]]
        if len(beside) != 1:
            return None
        beside[0].append(line)
    if any(sum(map(has_numbers, block)) > 1 for block in blocks):
        return None
    return [tuple(sorted(block, key=middle)) for block in blocks] or None


def _rows_by_nearness(lines: Sequence[Line]) -> list[Row]:
    numbered = [line for line in lines if has_numbers(line)]
    pitches = [middle(below) - middle(above) for above, below in pairwise(numbered)]
    reach = CLOSE * median(pitches) if pitches else 0.0
    rows: dict[int, list[Line]] = {}
    for line in lines:
        key = id(line)
        if numbered and not has_numbers(line):
            nearest = min(numbered, key=lambda other: abs(middle(other) - middle(line)))
            if abs(middle(nearest) - middle(line)) < reach:
                key = id(nearest)
        rows.setdefault(key, []).append(line)
    return [tuple(row) for row in sorted(rows.values(), key=lambda row: min(middle(line) for line in row))]
