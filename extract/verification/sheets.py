"""Tables -> sheets: grids of figures with the names of their rows and columns.

A table that was printed in pieces is one sheet: side by side over the fold of a spread (its rows at the same heights), or
one below the other with the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.document import Cell, Table
from extract.verification.figures import Figures
from extract.verification.words import bare, is_breakdown, is_total, marker_kind

BLANK: Final = -1  # nothing printed: counts as zero where the relation holds with it
DASH: Final = -3  # a mark for none (－), or covered by a merged figure that counts in its top row: zero
OPAQUE: Final = (
    -2
)  # something printed whose value is not known (X, several numbers in one cell): no relation over it

_ZERO_MARK: Final = re.compile(r"[（(]?[－ー―—–‐‑‒−─━ｰ\-]+[）)]?|[／/＼]")  # also a cell struck out
_SAME_HEIGHT: Final = 2.5  # points between the tops of cells that stand side by side on a spread
_SAME_EDGE: Final = 4.0  # points between the sides of tables that go on below
_ALIGNED: Final = 0.6  # share of rows at the same heights that makes two tables one
_LEVELS: Final = 32  # room for list marks between two header columns
_FIGURE_LIKE: Final = 0.4  # share of digits in a text that stands for numbers


@dataclass(frozen=True, slots=True)
class Sheet:
    """``grid[row][column]`` is a figure, BLANK, DASH or OPAQUE; a merged figure stands in its top row and last column.

    ``spans`` are the rows (first, after last) of each figure; ``levels`` tell how deep a row label stands (-1 without
    label); ``groups`` are the headers over several columns (own columns, first, after last); ``starts`` the rows
    where a table begins; ``blocks`` the rows (first, after last) that a merged row header holds together;
    ``breakdowns`` the rows of one whose header says that they break a number down (内訳).
    """

    rows: int
    columns: int
    grid: list[list[int]]
    spans: dict[int, tuple[int, int]]
    row_labels: list[str]
    levels: list[int]
    column_labels: list[str]
    column_paths: list[str]
    groups: list[tuple[tuple[int, ...], int, int]]
    starts: list[int]
    tops: list[tuple[int, float]]
    tables: tuple[int, ...]
    blocks: tuple[tuple[int, int], ...] = ()
    breakdowns: frozenset[tuple[int, int]] = frozenset()


def tables_to_sheets(tables: Sequence[Table], figures: Figures) -> list[Sheet]:
    """Give the sheets of a document in printed order; tables without two numbers give none."""
    counts: dict[int, int] = {}
    for item in figures.items:
        counts[item.table] = counts.get(item.table, 0) + 1
    sheets: list[Sheet] = []
    left: Table | None = None
    for number, table in enumerate(tables):
        if counts.get(number, 0) == 0:
            continue
        sheet = table_to_sheet(number, table, figures)
        joined: Sheet | None = None
        if left is not None:
            if _stand_side_by_side(left, table) and not any(sheet.row_labels):
                joined = _join_sideways(sheets[-1], sheet)
            elif _go_on_below(left, table, sheets[-1], sheet):
                joined = _stack(sheets[-1], sheet)
        if joined is None:
            if left is not None and _is_headed_above(left, table) and not any(sheet.column_paths):
                sheet = _with_names(sheet, sheets[-1])
            sheets.append(sheet)
        else:
            sheets[-1] = joined
        left = table
    return sheets


def table_to_sheet(number: int, table: Table, figures: Figures) -> Sheet:
    """Give the sheet of one table."""
    rows, columns = table.rows, table.columns
    grid = [[BLANK] * columns for _ in range(rows)]
    spans: dict[int, tuple[int, int]] = {}
    row_parts: list[list[Cell]] = [[] for _ in range(rows)]
    heads: list[list[Cell]] = [[] for _ in range(columns)]
    for index, cell in enumerate(table.cells):
        row, last = cell.row, cell.column + cell.column_span - 1
        figure = figures.of_cell.get((number, index))
        if figure is not None:
            grid[row][last] = figure
            spans[figure] = (row, row + cell.row_span)
            for covered in range(row + 1, row + cell.row_span):
                grid[covered][last] = DASH
        elif cell.role in ("column_header", "stub_head"):
            for covered in range(cell.column, last + 1):
                heads[covered].append(cell)
        elif cell.role == "body" and _is_opaque(cell):
            grid[row][last] = OPAQUE
        elif cell.role == "body" and cell.kind == "missing":
            grid[row][last] = DASH
        elif cell.role == "row_header" or (cell.kind == "text" and cell.column == 0):
            for covered in range(row, row + cell.row_span):
                row_parts[covered].append(cell)
    edge = min((last for row in grid for last, one in enumerate(row) if one >= 0), default=columns)
    labels, levels = _row_names(row_parts, edge)
    paths = ["/".join(bare(cell.text) for cell in head if cell.text.strip()) for head in heads]
    return Sheet(
        rows,
        columns,
        grid,
        spans,
        labels,
        levels,
        [path.rsplit("/", 1)[-1] for path in paths],
        paths,
        _find_groups(heads, table),
        [0],
        _row_tops(table),
        (number,),
        _find_blocks(table, row_parts),
        _find_breakdowns(row_parts),
    )


def _find_blocks(table: Table, row_parts: list[list[Cell]]) -> tuple[tuple[int, int], ...]:
    found = {
        (cell.row, cell.row + cell.row_span)
        for cells in row_parts
        for cell in cells
        if 2 < cell.row_span < table.rows and cell.text.strip()
    }
    return tuple(sorted(found))


def _find_breakdowns(row_parts: list[list[Cell]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (cell.row, cell.row + cell.row_span)
        for cells in row_parts
        for cell in cells
        if cell.row_span > 1 and is_breakdown(cell.text)
    )


def _row_tops(table: Table) -> list[tuple[int, float]]:
    """Give the page and height at which each row begins; a row in which no cell begins has those of the one above."""
    tops: list[tuple[int, float]] = [(0, 0.0)] * table.rows
    for cell in table.cells:
        if tops[cell.row][0] == 0:
            tops[cell.row] = (cell.evidence.page, cell.evidence.box[1])
    for row in range(1, table.rows):
        if tops[row][0] == 0:
            tops[row] = tops[row - 1]
    return tops


def _is_opaque(cell: Cell) -> bool:
    if cell.kind == "missing":
        return _ZERO_MARK.fullmatch(bare(cell.missing or cell.text)) is None
    if cell.kind in ("empty", "number"):
        return cell.kind == "number"
    text = bare(cell.text)
    return sum(map(str.isdecimal, text)) > _FIGURE_LIKE * len(text)


def _row_names(parts: list[list[Cell]], edge: int) -> tuple[list[str], list[int]]:
    """Give for each row its innermost label and the depth at which the label stands.

    The outline is printed left of the first figures (``edge``); labels beside them name only what stands right of them.
    """
    labels: list[str] = []
    levels: list[int] = []
    seen: dict[int, list[int]] = {}
    for row, cells in enumerate(parts):
        named = [cell for cell in cells if cell.text.strip()]
        left = [cell for cell in named if cell.column < edge]
        starting = [cell for cell in left if cell.row == row]
        labels.append((starting or left or named)[-1].text if named else "")
        if not starting:
            levels.append(-1)
            continue
        own = starting[-1]
        kind = marker_kind(own.text)
        kinds = seen.setdefault(own.column, [])
        if kind not in kinds and not is_total(own.text):
            kinds.append(kind)
        depth = kinds.index(kind) if kind in kinds else 0
        levels.append(own.column * _LEVELS + depth)
    return labels, levels


def _find_groups(heads: list[list[Cell]], table: Table) -> list[tuple[tuple[int, ...], int, int]]:
    """Give each header over several columns with the columns it has for itself: blank below it, or 計."""
    groups: list[tuple[tuple[int, ...], int, int]] = []
    seen: set[str] = set()
    for column, head in enumerate(heads):
        for cell in head:
            if cell.column_span < 2 or cell.id in seen or cell.column != column or not cell.text.strip():
                continue
            seen.add(cell.id)
            after = column + cell.column_span
            if cell.column_span == table.columns:
                continue
            own = tuple(
                one
                for one in range(column, after)
                if [below for below in heads[one] if below.text.strip()][-1] is cell
            )
            groups.append((own, column, after))
    return groups


def _stand_side_by_side(left: Table, right: Table) -> bool:
    return left.pages == right.pages and right.box[0] >= left.box[2] - _SAME_EDGE


def _join_sideways(left: Sheet, right: Sheet) -> Sheet | None:
    """Give the sheet of both with the rows at the same heights joined, None where too few are."""
    if len(left.starts) > 1:
        return None
    tops = left.tops
    places: dict[int, int] = {}
    position = 0
    extra: list[tuple[tuple[int, float], int]] = []
    used = [row for row in range(right.rows) if any(one >= 0 for one in right.grid[row])]
    for row in range(right.rows):
        page, top = right.tops[row]
        while position < len(tops) and (tops[position][0], tops[position][1] + _SAME_HEIGHT) < (page, top):
            position += 1
        if (
            position < len(tops)
            and tops[position][0] == page
            and abs(tops[position][1] - top) <= _SAME_HEIGHT
        ):
            places[row] = position
        else:
            extra.append(((page, top), row))
    if not used or sum(row in places for row in used) < _ALIGNED * len(used):
        return None
    order = sorted([(top, 0, row) for row, top in enumerate(tops)] + [(top, 1, row) for top, row in extra])
    new_left = {row: place for place, (_, side, row) in enumerate(order) if side == 0}
    new_right = {row: new_left[place] for row, place in places.items()}
    new_right.update({row: place for place, (_, side, row) in enumerate(order) if side == 1})
    return _merge(left, right, order, new_left, new_right)


def _merge(
    left: Sheet,
    right: Sheet,
    order: list[tuple[tuple[int, float], int, int]],
    new_left: dict[int, int],
    new_right: dict[int, int],
) -> Sheet:
    rows, columns = len(order), left.columns + right.columns
    grid = [[BLANK] * columns for _ in range(rows)]
    labels, levels = [""] * rows, [-1] * rows
    for row, place in new_left.items():
        grid[place][: left.columns] = left.grid[row]
        labels[place], levels[place] = left.row_labels[row], left.levels[row]
    for row, place in new_right.items():
        grid[place][left.columns :] = right.grid[row]
    new_left[left.rows] = new_right[right.rows] = rows
    spans = {one: (new_left[a], max(new_left[b], new_left[a] + 1)) for one, (a, b) in left.spans.items()}
    for one, (a, b) in right.spans.items():
        spans[one] = (new_right[a], max(new_right[b], new_right[a] + 1))
    shift = left.columns
    return Sheet(
        rows,
        columns,
        grid,
        spans,
        labels,
        levels,
        left.column_labels + right.column_labels,
        left.column_paths + right.column_paths,
        left.groups + [(tuple(c + shift for c in own), a + shift, b + shift) for own, a, b in right.groups],
        [0],
        [top for top, _, _ in order],
        left.tables + right.tables,
        tuple((new_left[first], new_left[after - 1] + 1) for first, after in left.blocks),
        frozenset((new_left[first], new_left[after - 1] + 1) for first, after in left.breakdowns),
    )


def _go_on_below(above: Table, below: Table, before: Sheet, sheet: Sheet) -> bool:
    if above.columns != below.columns or before.columns != sheet.columns:
        return False
    if below.pages[0] - above.pages[1] > 1:
        return False
    same_names = before.column_paths == sheet.column_paths
    if any(before.column_paths) and same_names:
        return True
    return _have_same_sides(above, below) and below.header_rows == 0 and above.pages[1] == below.pages[0]


def _is_headed_above(above: Table, below: Table) -> bool:
    """Say whether a table without header has the columns of the one before it, whose header then speaks for both."""
    return below.header_rows == 0 and above.columns == below.columns and _have_same_sides(above, below)


def _have_same_sides(above: Table, below: Table) -> bool:
    return abs(above.box[0] - below.box[0]) <= _SAME_EDGE and abs(above.box[2] - below.box[2]) <= _SAME_EDGE


def _with_names(sheet: Sheet, named: Sheet) -> Sheet:
    if sheet.columns != named.columns:
        return sheet
    return replace(
        sheet, column_labels=named.column_labels, column_paths=named.column_paths, groups=named.groups
    )


def _stack(above: Sheet, below: Sheet) -> Sheet:
    shift = above.rows
    spans = dict(above.spans)
    spans.update({one: (a + shift, b + shift) for one, (a, b) in below.spans.items()})
    return Sheet(
        above.rows + below.rows,
        above.columns,
        above.grid + below.grid,
        spans,
        above.row_labels + below.row_labels,
        above.levels + below.levels,
        above.column_labels,
        above.column_paths,
        above.groups,
        above.starts + [start + shift for start in below.starts],
        above.tops + below.tops,
        above.tables + below.tables,
        above.blocks + tuple((first + shift, after + shift) for first, after in below.blocks),
        above.breakdowns | {(first + shift, after + shift) for first, after in below.breakdowns},
    )
