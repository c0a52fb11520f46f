"""Cells that hold a small table of their own: labels on the left, numbers under one another on the right.

Budgets print lines such as 「均等割　　68,310」 inside one ruled cell, several over one another. Nobody centres or
justifies text into numbers that end at one and the same place under different labels, so shared right edges
of numbers behind labels are columns, and their lines are rows (partly ruled tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.document import Grid, GridCell, Line
from extract.geometry import nearest_index
from extract.tables.alignment import (
    SAME_EDGE,
    NumberTail,
    has_letters,
    is_enumeration,
    near,
    number_tail,
    shared_edges,
)
from extract.tables.divisions import (
    Division,
    Entry,
    InnerColumn,
    boundaries_between,
    divided_grid,
    words_line,
)
from extract.tables.spanning_labels import spanning_divisions
from extract.tables.stacked import stacked_divisions

LABEL_GAP = 1.5
"""A labelled number proves a column only with this much white (ems) between label and number."""

LEAST_LINES = 3
"""So many labelled numbers must share an edge; two suffice where their labels differ in length ..."""

LABEL_DIFFERENCE = 0.9
"""... by at least this (ems): a label and its number set as one run of text would move the edge."""

FLUSH_GAP = 2.5
"""One labelled number suffices when it stands at the right ruling, with this much white (ems) before it ..."""

FLUSH_REACH = 4.0
"""... and at most this much (points) behind it: nobody justifies a label and a number to both sides of a cell."""

FLUSH_DIGITS = 2
"""Such a number has at least this many digits, so that no spaced-out label passes for one."""

SAME_RULING = 2.0
"""Edges of ruled columns of two tables of a page that differ by at most this (points) are the same column."""

ITEM_MARK = re.compile(r"[〇○◯◎●◆■□・※]|[0-9０-９]{1,3}|[（(][^）)]{1,3}[）)]|[①-⑳]")
"""A label that begins so may hang its next lines behind the mark ..."""

HANGING_INDENT = 2.6
"""... by at most this (ems)."""

BRACKETS = frozenset("(（〔［[【")

BRACKETED = 2.6
"""Of a scanned line that begins with a bracket it is known only to this (points) where the bracket's white begins."""

FULL_LABEL = 2.25
"""A label that ends within this distance (ems) of the column's longest label may go on in the next line: lines end at halves of
an em, and those of a scan a little beside them."""


def divide_inner_tables(grids: Sequence[Grid]) -> list[Grid]:
    """Give the grids of a page with their inner columns and rows as columns and rows of their own.

    An inner column that one grid proves holds for the same ruled column of the others: budgets print one form many times.
    """
    found = [_inner_columns(grid) for grid in grids]
    proven = [
        (grid.column_edges[column], grid.column_edges[column + 1], inner)
        for grid, columns in zip(grids, found, strict=True)
        for column, inner in columns.items()
    ]
    divided = []
    for grid, columns in zip(grids, found, strict=True):
        for left, right, inner in proven:
            column = nearest_index(grid.column_edges[:-1], left)
            if near(left, grid.column_edges[column : column + 1], SAME_RULING) and near(
                right, grid.column_edges[column + 1 : column + 2], SAME_RULING
            ):
                columns.setdefault(column, inner)
        divided.append(_divide_grid(grid, columns))
    return divided


def _divide_grid(grid: Grid, columns: dict[int, list[InnerColumn]]) -> Grid:
    divisions = {
        index: _divide(cell, columns[cell.column], grid)
        for index, cell in enumerate(grid.cells)
        if cell.column_span == 1
        and cell.column in columns
        and _has_labelled_number(cell, columns[cell.column])
    }
    stacked = dict(stacked_divisions(grid, divisions))
    stacked |= dict(spanning_divisions(grid, {**divisions, **stacked}))
    if not divisions and not stacked:
        return grid
    return divided_grid(grid, columns, divisions, stacked)


def _column_cells(grid: Grid, column: int) -> Iterator[GridCell]:
    return (cell for cell in grid.cells if cell.column == column and cell.column_span == 1)


def _labelled(line: Line, least_gap: float) -> NumberTail | None:
    """Give the line divided into label and number; an enumeration (都支出金 4,538、その他 5,712) is no label with a number."""
    tail = number_tail(line)
    if tail is None or not tail.label or tail.gap < least_gap * tail.number[0].size:
        return None
    return tail if has_letters(tail.label) and not is_enumeration(tail.label) else None


def _inner_columns(grid: Grid) -> dict[int, list[InnerColumn]]:
    """Give the columns of numbers inside each ruled column, left to right; ruled columns without any are left out.

    What is a label in one ruled column (取崩, 積立) is one in the others, even where it stands there once.
    """
    tails = {
        column: [
            tail
            for cell in _column_cells(grid, column)
            for line in cell.lines
            if (tail := _labelled(line, 0.0))
        ]
        for column in range(grid.columns)
    }
    found: dict[int, list[InnerColumn]] = {}
    labels: set[str] = set()
    for column, candidates in tails.items():
        proven = _proven_columns(grid, column, candidates)
        if proven:
            found[column] = proven
            edges = [inner.edge for inner in proven]
            labels |= {_text(tail) for tail in candidates if near(tail.right, edges)}
    for column, candidates in tails.items():
        known = [tail for tail in candidates if _text(tail) in labels]
        if column not in found and known:
            left = min(tail.number[0].box[0] for tail in known) - 1
            if left > grid.column_edges[column]:
                found[column] = [InnerColumn(left, max(tail.right for tail in known))]
    return found


def _text(tail: NumberTail) -> str:
    return "".join(word.text for word in tail.label)


def _proven_columns(grid: Grid, column: int, candidates: Sequence[NumberTail]) -> list[InnerColumn]:
    wide = [tail for tail in candidates if tail.gap >= LABEL_GAP * tail.number[0].size]
    wide += _numbers_below_labels(grid, column)
    right_ruling = grid.column_edges[column + 1]
    lines = [line for cell in _column_cells(grid, column) for line in cell.lines]
    found: list[InnerColumn] = []
    for edge in shared_edges((tail.right for tail in wide), 1):
        group = [tail for tail in wide if abs(tail.right - edge) <= SAME_EDGE]
        size = group[0].number[0].size
        ends = [tail.label[-1].box[2] for tail in group if tail.label]
        is_flush = right_ruling - edge <= FLUSH_REACH and any(
            tail.gap >= FLUSH_GAP * size
            and sum(c.isdigit() for w in tail.number for c in w.text) >= FLUSH_DIGITS
            for tail in group
        )
        is_shared = len(ends) >= LEAST_LINES or (
            len(ends) > 1 and max(ends) - min(ends) >= LABEL_DIFFERENCE * size
        )
        if not (is_flush or is_shared):
            continue
        left = (
            min(
                tail.number[0].box[0] for tail in [*group, *candidates] if abs(tail.right - edge) <= SAME_EDGE
            )
            - 1
        )
        crossed = sum(
            1 for line in lines for word in line.words if word.box[0] < left - 1 and word.box[2] > left + 1
        )
        if crossed <= len(group) and left > (found[-1].edge if found else grid.column_edges[column]):
            found.append(InnerColumn(left, edge))
    return found


def _numbers_below_labels(grid: Grid, column: int) -> list[NumberTail]:
    """Give the numbers alone in their line in cells that hold labels too, far to the right of where these begin."""
    found = []
    for cell in _column_cells(grid, column):
        middle = (cell.box[0] + cell.box[2]) / 2
        tails = [number_tail(line) for line in cell.lines]
        if any(tail is None or tail.label for tail in tails):
            found += [tail for tail in tails if tail and not tail.label and tail.number[0].box[0] > middle]
    return found


def _has_labelled_number(cell: GridCell, columns: Sequence[InnerColumn]) -> bool:
    edges = [column.edge for column in columns]
    return any((tail := _labelled(line, 0.0)) is not None and near(tail.right, edges) for line in cell.lines)


def _divide(cell: GridCell, columns: Sequence[InnerColumn], grid: Grid) -> Division:
    edges = [column.edge for column in columns]
    longest = max(
        tail.label[-1].box[2]
        for other in _column_cells(grid, cell.column)
        for line in other.lines
        if (tail := _labelled(line, 0.0))
    )
    tails = [number_tail(line) for line in cell.lines]
    tails = [
        tail if tail and near(tail.right, edges) and not is_enumeration(tail.label) else None
        for tail in tails
    ]
    entries: list[Entry] = []
    for index, (line, tail) in enumerate(zip(cell.lines, tails, strict=True)):
        following = tails[index + 1] if index + 1 < len(tails) else None
        above = entries[-1] if entries else None
        if tail and not tail.label and above and above.number is None:
            # A label too long for its line: its number stands alone in the next one.
            entries[-1] = Entry(above.label, line)
        elif tail:
            entries.append(Entry((words_line(tail.label),) if tail.label else (), words_line(tail.number)))
        elif above and not (following and not following.label) and _continues(above, line, longest):
            entries[-1] = Entry((*above.label, line), above.number)
        else:
            entries.append(Entry((line,), None))
    return Division(tuple(entries), boundaries_between([entry.lines for entry in entries]))


def _continues(above: Entry, line: Line, longest: float) -> bool:
    """Say whether a line without number goes on the label above: its indent, or hung behind its mark, and it was full."""
    if above.number is None or not above.label:
        return False
    first, last = above.label[0], above.label[-1]
    size = line.words[0].size
    deeper = line.box[0] - first.box[0]
    is_vague = line.words[0].origin == "ocr" and line.words[0].text[0] in BRACKETS
    is_under = abs(deeper) <= (BRACKETED if is_vague else SAME_EDGE)
    is_hung = ITEM_MARK.match(first.words[0].text) is not None and 0 < deeper <= HANGING_INDENT * size
    return (is_under or is_hung) and last.box[2] >= longest - FULL_LABEL * size
