"""Horizontal rulings without vertical ones -> grids: rows by the rulings, columns by alignment (book tables)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from extract.document import Grid, Line, Ruling
from extract.tables.alignment import is_number_like
from extract.tables.columns import Row, chunks_to_columns, column_range, line_to_chunks, rows_to_grid

SAME_END = 4.0
"""Rulings whose both ends differ by at most this (points) belong to one table."""

LEAST_RULINGS = 3
"""Above the header, below the header, below the body: fewer make an underline or a frame."""

MAX_BAND = 400.0
"""Rulings further apart than this (points) do not belong together: rules at the head and foot of a page."""


def find_open_ruled_tables(rulings: Sequence[Ruling], lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """Give the tables between horizontal rulings that no vertical one crosses, and the lines that are left."""
    grids: list[Grid] = []
    left = list(lines)
    for group in _groups(rulings):
        top, bottom = group[0].position, group[-1].position
        inside = [line for line in left if _lies_between(line, group[0], top, bottom)]
        grid = _grid(group, inside)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            left = [line for line in left if id(line) not in taken]
    return grids, left


def _groups(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Give sets of horizontal rulings with the same ends, from top to bottom, that no vertical ruling touches."""
    vertical = [r for r in rulings if r.axis == "vertical"]
    groups: list[list[Ruling]] = []
    for ruling in sorted((r for r in rulings if r.axis == "horizontal"), key=lambda r: r.position):
        if any(
            v.start - SAME_END <= ruling.position <= v.end + SAME_END
            and ruling.start - SAME_END <= v.position <= ruling.end + SAME_END
            for v in vertical
        ):
            continue
        for group in groups:
            last = group[-1]
            same = abs(last.start - ruling.start) <= SAME_END and abs(last.end - ruling.end) <= SAME_END
            if same and ruling.position - last.position <= MAX_BAND:
                group.append(ruling)
                break
        else:
            groups.append([ruling])
    yield from (group for group in groups if len(group) >= LEAST_RULINGS)


def _lies_between(line: Line, ruling: Ruling, top: float, bottom: float) -> bool:
    middle = (line.box[1] + line.box[3]) / 2
    return (
        top < middle < bottom
        and line.box[2] > ruling.start - SAME_END
        and line.box[0] < ruling.end + SAME_END
    )


def _grid(group: Sequence[Ruling], lines: Sequence[Line]) -> Grid | None:
    rows = _rows(group, lines)
    body = rows[1:]
    if len(rows) < 2 or not body:
        return None
    size = lines[0].words[0].size
    columns = chunks_to_columns(
        (chunk for row in body for line in row for chunk in line_to_chunks(line)), size
    )
    header = (
        {column_range(chunk, columns) for line in rows[0] for chunk in line_to_chunks(line)}
        if columns
        else set()
    )
    filled = sum(
        1 for row in body if len({column_range(c, columns) for line in row for c in line_to_chunks(line)}) > 1
    )
    if len(columns) < 2 or len(header) < 2 or 2 * filled < len(body):
        return None
    return rows_to_grid(rows, columns, (group[0].start, group[0].end))


def _rows(group: Sequence[Ruling], lines: Sequence[Line]) -> list[Row]:
    """Give the rows: a band between two rulings is one, unless numbers over one another show several."""
    rows: list[Row] = []
    for above, below in itertools.pairwise(group):
        band = [line for line in lines if above.position < (line.box[1] + line.box[3]) / 2 < below.position]
        if not band:
            continue
        with_numbers = sum(1 for line in band if is_number_like(line.words[-1].text))
        if len(band) > 1 and (with_numbers > 1 or (len(group) == LEAST_RULINGS and rows)):
            rows += [(line,) for line in band]
        else:
            rows.append(tuple(band))
    return rows
