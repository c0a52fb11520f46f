"""Lines outside ruled tables -> borderless tables: numbers under one another behind labels.

Prose never becomes a table: a table needs several lines in a row that end in numbers at shared right edges, with white
before them. Tables of contents (leader dots) and lists without such numbers stay lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.document import Grid, Line
from extract.tables.alignment import (
    LEADERS,
    SAME_EDGE,
    has_letters,
    is_enumeration,
    is_number_like,
    is_telling_number,
    near,
    number_tail,
    shared_edges,
)
from extract.tables.columns import (
    Chunk,
    Column,
    chunk_places,
    chunks_to_columns,
    line_to_chunks,
)
from extract.tables.header_lines import header_to_grid, places_of, stands_between
from extract.tables.rows import is_one_row, lines_to_rows
from extract.tables.wrapped_labels import is_wrapped, stands_beside_label, with_wrapped

LINE_PITCH = 2.4
"""Lines of one table follow one another within this distance (ems, from bottom to top edge less one line)."""

NUMBER_GAP = 1.0
"""White between a label and its number (ems)."""

LEAST_DATA_LINES = 3
"""So many data lines make a table; two suffice where every number shows a comma, a sign, a decimal or a unit."""

LEAST_NUMBERS = 2
"""A row has so many numbers, though its last text is none."""

SHARED = 0.6
"""This share of the data lines must have a number at one of the shared right edges."""

SEVERAL = 3
"""So many texts side by side are no sentence, though a speck beside one of them looks like its full stop."""

MAX_HEADER_LEVELS = 3
"""Levels of a header above the data, at most; the names of one may be wrapped into several lines."""


def find_borderless_tables(lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """Give the borderless tables among the lines of a page (or half page), and the lines that are left."""
    is_data = [_is_data_line(line) or stands_beside_label(lines, place) for place, line in enumerate(lines)]
    grids: list[Grid] = []
    used: set[int] = set()
    for run in _runs(lines, is_data):
        data = [i for i in range(run[0], run[1] + 1) if is_data[i]]
        columns = _columns([lines[i] for i in data])
        if columns is None:
            continue
        first, last = with_wrapped(lines, *run, columns, used)
        last += last + 1 < len(lines) and _is_last_row(lines[last + 1], lines[last], columns)
        top = _header_start(lines, first, columns, used)
        grids.append(header_to_grid(lines[top:first], lines_to_rows(lines[first : last + 1]), columns))
        used.update(range(top, last + 1))
    return grids, [line for i, line in enumerate(lines) if i not in used]


def _is_data_line(line: Line) -> bool:
    tail = number_tail(line)
    if tail is None or not tail.label:
        return False
    if tail.gap < NUMBER_GAP * tail.number[0].size and not is_number_like(tail.label[-1].text):
        return False
    text = "".join(word.text for word in line.words)
    return (
        has_letters(tail.label)
        and not is_enumeration(tail.label)
        and not LEADERS.search(text)
        and "。" not in text
    )


def _runs(lines: Sequence[Line], is_data: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Give first and last index of the runs of lines that begin and end with a data line and keep close."""
    index = 0
    while index < len(lines):
        if not is_data[index]:
            index += 1
            continue
        last = index
        place = index + 1
        while place < len(lines) and _follows(lines[place - 1], lines[place]):
            if is_data[place]:
                last = place
            elif (place - last > 1 and not is_wrapped(lines, last, place)) or "。" in lines[place].words[
                -1
            ].text:
                break
            place += 1
        yield index, last
        index = last + 1


def _follows(above: Line, below: Line) -> bool:
    return 0 <= below.box[1] - above.box[1] <= LINE_PITCH * max(above.words[0].size, below.words[0].size)


def _columns(data: Sequence[Line]) -> list[Column] | None:
    """Give the columns of the data lines, the labels as one; None where the lines make no table."""
    numbers = [chunk for line in data for chunk in line_to_chunks(line)[1:] if _is_number(chunk)]
    edges = shared_edges((chunk.right for chunk in numbers), 2)
    aligned = sum(
        1
        for line in data
        if near(line.box[2], edges) or any(near(c.right, edges) for c in line_to_chunks(line)[1:])
    )
    if not edges or aligned < SHARED * len(data) or len(data) < 2:
        return None
    if len(data) < LEAST_DATA_LINES and not all(is_telling_number(_text(chunk)) for chunk in numbers):
        return None
    size = data[0].words[0].size
    first_number = min(c.left for c in numbers if near(c.right, edges))
    left = min(line.box[0] for line in data)
    label_right = left
    others: list[Chunk] = []
    for line in data:
        for place, chunk in enumerate(line_to_chunks(line)):
            # The right edges of worn figures are ragged.
            is_below = near(chunk.right, edges) or (place > 0 and chunk.right > first_number)
            if chunk.left < first_number - SAME_EDGE and not (_is_number(chunk) and is_below):
                label_right = max(label_right, min(chunk.right, first_number))
            else:
                others.append(chunk)
    columns = chunks_to_columns(others, size)
    if not columns or label_right > columns[0].left:
        return None
    return [Column(left, label_right), *columns]


def _is_last_row(line: Line, above: Line, columns: Sequence[Column]) -> bool:
    """Say whether the line below a table is a row of it that ends in no number: numbers stand in its columns, behind a label."""
    chunks = line_to_chunks(line)
    places = [place for place, _ in (part for chunk in chunks for part in chunk_places(chunk, columns))]
    numbers = sum(_is_number(chunk) and near(chunk.right, [c.right for c in columns]) for chunk in chunks[1:])
    return (
        _follows(above, line)
        and has_letters(chunks[0].words)
        and places == [(column, column) for column in range(len(columns))]
        and numbers >= max(LEAST_NUMBERS, SHARED * (len(columns) - 1))
    )


def _text(chunk: Chunk) -> str:
    return "".join(word.text for word in chunk.words)


def _is_number(chunk: Chunk) -> bool:
    return is_number_like(_text(chunk))


def _header_start(lines: Sequence[Line], first: int, columns: Sequence[Column], used: set[int]) -> int:
    """Give the index of the first header line above the data; ``first`` where there is none."""
    start = first
    levels = 0
    while start > 0 and start - 1 not in used:
        line, below = lines[start - 1], lines[start]
        if not _may_head(line, below, columns):
            break
        same = start < first and is_one_row(line, below)
        levels += not same
        if levels > MAX_HEADER_LEVELS or not (
            same or _names_columns(line, columns) or _is_between(lines, start, first, columns, used)
        ):
            break
        start -= 1
    if 0 < start < first - 1 and start - 1 not in used:
        # A name left of two levels, half way down, is read before them.
        start -= stands_between(lines[start - 1], lines[start], lines[start + 1], columns)
    return start


def _is_between(
    lines: Sequence[Line], start: int, first: int, columns: Sequence[Column], used: set[int]
) -> bool:
    """Say whether the line before ``start`` names single columns half way down two levels of a header."""
    if start == first or start < 2 or start - 2 in used:
        return False
    above, line, below = lines[start - 2 : start + 1]
    return (
        _may_head(above, line, columns)
        and _names_columns(above, columns)
        and stands_between(line, above, below, columns)
    )


def _may_head(line: Line, below: Line, columns: Sequence[Column]) -> bool:
    """Say whether a line may be one of names right above another line."""
    text = "".join(word.text for word in line.words)
    places = places_of(line, columns)
    apart = all(left == right or left[1] < right[0] for left, right in pairwise(places))
    is_sentence = "。" in text and len(places) < SEVERAL
    return _follows(line, below) and not is_sentence and "単位" not in text and apart


def _names_columns(line: Line, columns: Sequence[Column]) -> bool:
    places = places_of(line, columns)
    return len(set(places)) >= 2 and places[-1][1] >= 1
