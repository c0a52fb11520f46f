"""Rows of a table without walls that no edge of shading closes in: the heading above its first shaded row, its last row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from extract.document import Line, Ruling
from extract.tables.alignment import is_number_like, is_strong_number
from extract.tables.columns import line_to_chunks
from extract.tables.lent_rulings import LEAST_RULINGS, LENT_THICKNESS, SAME_END
from extract.tables.rows import middle

NEAR = 1.3
"""A heading stands over the first row with no more white (ems) than this between them."""

PITCH = 2.4
"""Lines of a heading follow one another within this distance (ems, top to top)."""

LEVELS = 3
"""A heading has so many lines at most."""

_MOMENT: Final = re.compile("[0-9０-９]{1,4}(?:月|年|年度)")
"""Looks like a number with its unit, but names a column."""


def with_unshaded_rows(group: Sequence[Ruling], lines: Sequence[Line]) -> list[Ruling]:
    """Give rulings of a table with those that would close in a heading above the first and a row below the last, where these are edges of shading."""
    if len(group) < LEAST_RULINGS:
        return list(group)
    return [*_above(group, lines), *group, *_below(group, lines)]


def lies_between(line: Line, ruling: Ruling, top: float, bottom: float) -> bool:
    """Say whether a line stands between two heights, over or under a ruling."""
    return (
        top < middle(line) < bottom
        and line.box[2] > ruling.start - SAME_END
        and line.box[0] < ruling.end + SAME_END
    )


def _below(group: Sequence[Ruling], lines: Sequence[Line]) -> Iterator[Ruling]:
    """Give a ruling under the row below the last edge, where every second row is shaded and the last one is not."""
    last = group[-1]
    height = last.position - group[-2].position
    for line in [] if last.thickness else lines:
        if lies_between(line, last, last.position, last.position + height) and _is_row(line):
            yield replace(last, position=last.position + height)
            return


def _above(group: Sequence[Ruling], lines: Sequence[Line]) -> Iterator[Ruling]:
    """Give a ruling over the names above the first edge, where the first shaded row is one of numbers."""
    first = group[0]
    rows = [line for line in lines if lies_between(line, first, first.position, group[1].position)]
    if first.thickness or len(rows) != 1 or not _is_row(rows[0]):
        return
    above = [line for line in lines if lies_between(line, first, 0.0, first.position)]
    names: list[Line] = []
    between: list[Line] = []
    for line in sorted(above, key=middle, reverse=True):
        size = line.words[0].size
        near = (
            names[-1].box[1] - line.box[1] <= PITCH * size
            if names
            else first.position - line.box[3] <= NEAR * size
        )
        if not near or len(names) + len(between) == LEVELS:
            break
        if _names(line):
            names += [*between, line]
            between = []
        elif names and not between and len(line_to_chunks(line)) == 1:
            # Perhaps a name half way down two levels.
            between = [line]
        else:
            break
    if names:
        top = min(line.box[1] for line in names) - 1
        yield Ruling("horizontal", top, first.start, first.end, LENT_THICKNESS)


def _is_row(line: Line) -> bool:
    chunks = line_to_chunks(line)
    return len(chunks) > 1 and all(is_strong_number(word.text) for word in chunks[-1].words)


def _names(line: Line) -> bool:
    """Say whether a line holds names side by side."""
    texts = ["".join(word.text for word in chunk.words) for chunk in line_to_chunks(line)]
    return len(texts) > 1 and not any(
        (is_number_like(text) and not _MOMENT.fullmatch(text)) or "。" in text or "単位" in text
        for text in texts
    )
