"""Horizontal rulings that alignment lends a table: under its header, between its rows, between the levels of its header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.document import Line, Ruling, Word
from extract.geometry import overlap
from extract.tables.alignment import is_strong_number
from extract.tables.columns import Chunk, Column, column_range, line_to_chunks
from extract.tables.divisions import boundaries_between
from extract.tables.rows import has_numbers, lines_to_rows

SAME_END = 4.0
"""Rulings whose both ends differ by at most this (points) belong to one table."""

LEAST_RULINGS = 3
"""Above the header, below it (perhaps not under the whole of it), below the body: fewer make an underline or a frame."""

STUB_SHARE = 0.5
"""Of the table's width: further right begins no ruling that leaves but the labels out."""

LENT_THICKNESS = 0.0
"""Lent rulings have no ink."""


def header_end(group: Sequence[Ruling], inner: Sequence[Ruling], lines: Sequence[Line]) -> float:
    """Give the y of the ruling under the header: the last one above the first line of numbers, else the second."""
    first = next(
        (line for line in lines if any(is_strong_number(word.text) for word in line.words[1:])), None
    )
    above = [r.position for r in inner if first is not None and group[0].position < r.position < first.box[3]]
    return max(above, default=group[1].position)


def heads_others(word: Word, header: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Say whether a name stands below a word of the header, over the same column: it may be the name of several columns."""
    place = column_range(Chunk((word,), word.box[0], word.box[2]), columns)
    return any(
        place == column_range(Chunk((other,), other.box[0], other.box[2]), columns)
        for line in header
        for other in line.words
        if other.box[1] > word.box[3] - 1
    )


def with_header_end(
    group: Sequence[Ruling], inner: Sequence[Ruling], end: float
) -> tuple[list[Ruling], list[Ruling]]:
    """Give both with the ruling under the header whole where it is printed under the names of the numbers alone."""
    whole = any(abs(ruling.position - end) < 1 for ruling in group)
    partial = next((r for r in inner if r.position == end and r.end >= group[0].end - SAME_END), None)
    if (
        whole
        or partial is None
        or partial.start > group[0].start + STUB_SHARE * (group[0].end - group[0].start)
    ):
        return list(group), list(inner)
    added = replace(group[0], position=end, thickness=LENT_THICKNESS)
    return sorted([*group, added], key=lambda r: r.position), sorted(
        [*inner, added], key=lambda r: r.position
    )


def between_numbers(
    group: Sequence[Ruling], inner: Sequence[Ruling], lines: Sequence[Line], end: float
) -> Iterator[Ruling]:
    """Give rulings between the rows of a band of the body that holds several, where no shorter ruling parts them."""
    for above, below in pairwise(group):
        band = [line for line in lines if above.position < (line.box[1] + line.box[3]) / 2 < below.position]
        rows = lines_to_rows(band) if above.position >= end - 1 else []
        if sum(1 for row in rows if any(map(has_numbers, row))) > 1 or (len(group) == LEAST_RULINGS and rows):
            ruled = [r.position for r in inner if above.position < r.position < below.position]
            for (upper, lower), y in zip(pairwise(rows), boundaries_between(rows), strict=True):
                if not any(_numbers_end(upper) < position < _numbers_start(lower) for position in ruled):
                    yield Ruling("horizontal", y, above.start, above.end, LENT_THICKNESS)


def _numbers_end(row: Sequence[Line]) -> float:
    """Give the middle of the last line of numbers of a row: a ruling between two rows lies below it."""
    return max((line.box[1] + line.box[3]) / 2 for line in (*filter(has_numbers, row), row[0]))


def _numbers_start(row: Sequence[Line]) -> float:
    return min((line.box[1] + line.box[3]) / 2 for line in (*filter(has_numbers, row), row[-1]))


def between_levels(
    inner: Sequence[Ruling], lines: Sequence[Line], edges: Sequence[float], end: float
) -> Iterator[Ruling]:
    """Give rulings under header texts that run over several columns, with a text of each column below them."""
    header = [line for line in lines if line.box[1] + line.box[3] < 2 * end and line.box[2] > edges[1]]
    for place, upper in enumerate(header):
        for chunk in line_to_chunks(upper):
            covered = [
                (left, right)
                for left, right in pairwise(edges)
                if overlap(left, right, chunk.left, chunk.right) > 0
            ]
            if len(covered) < 2:
                continue
            first, last = covered[0][0], covered[-1][1]
            # Names of other columns may stand half way down between two levels.
            below = ((lower, _inside(lower, first, last)) for lower in header[place + 1 :])
            lower, names = next(((lower, names) for lower, names in below if names), (upper, 0))
            is_ruled = any(
                upper.box[1] < r.position < lower.box[3] and overlap(r.start, r.end, first, last) > 0
                for r in inner
            )
            if not is_ruled and names > 1:
                y = (upper.box[3] + lower.box[1]) / 2
                yield Ruling("horizontal", y, first, last, LENT_THICKNESS)


def _inside(line: Line, left: float, right: float) -> int:
    """Count the texts of a line that stand between two places."""
    return sum(1 for chunk in line_to_chunks(line) if left < chunk.left and chunk.right < right)
