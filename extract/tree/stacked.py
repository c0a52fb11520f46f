"""Matrix -> the parts of a table: each header with the rows that it names.

Budget books set several tables one under another in one frame, often in one grid: below the rows of the first a title runs
across (・職員手当等の内訳), and a row of words begins a new header, with other columns, fewer or more. What stands below it takes no
name from the header above. Where it cannot be told whether a row of words is a header, the part has no header at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from extract.characters import without_spaces
from extract.document import CellKind, Value
from extract.tree.header_columns import InnerLabels, count_header_columns, find_inner_labels
from extract.tree.header_rows import divides_above, is_index_row, is_unit_row
from extract.tree.labels import begins_header, is_bracketed, is_numbered, is_stub_word, states_amount
from extract.tree.matrix import Matrix, S, Slot, cells_to_matrix, column_end, is_blank, row_end

DEEPEST: Final = 3
"""Levels of a header below another; a cell over more rows runs beside the rows and heads nothing."""

COVERED: Final = 0.5
"""Share of the columns of numbers below that a header names at least."""


class Part(NamedTuple):
    """Rows ``first`` to ``past`` (not included) under one header, which ends before ``body``.

    ``inner`` counts rows as the table does. ``certain`` is False where nobody can say what names the columns.
    """

    first: int
    body: int
    past: int
    header_columns: int
    inner: tuple[InnerLabels, ...]
    certain: bool = True


class _Block(NamedTuple):
    """Rows of words that may be a header."""

    first: int
    past: int
    titled: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class _View:
    """A cell cut to the rows of its part."""

    row: int
    column: int
    row_span: int
    column_span: int
    raw: str
    text: str
    kind: CellKind
    value: Value
    unit: str | None


def find_parts(matrix: Matrix[S], header_rows: int) -> tuple[Part, ...]:
    """Give the parts of a table from top to bottom; the first begins with the header of ``header_rows`` rows."""
    blocks = _find_blocks(matrix, header_rows)
    if not blocks:
        columns = count_header_columns(matrix, header_rows)
        return (
            Part(
                0, header_rows, matrix.rows, columns, tuple(find_inner_labels(matrix, header_rows, columns))
            ),
        )
    starts = [_Block(0, header_rows, titled=False, certain=True), *blocks]
    ends = [*(block.first for block in blocks), matrix.rows]
    parts = []
    for block, past in zip(starts, ends, strict=True):
        cut = _cut(matrix, block.first, past)
        height = block.past - block.first
        columns = count_header_columns(cut, height)
        inner = find_inner_labels(cut, height, columns)
        parts.append(Part(block.first, block.past, past, columns, inner, block.certain))
    return tuple(parts)


def find_parts_under(
    cells: Sequence[Slot], header: Sequence[Slot], *, rows: int, columns: int, header_rows: int
) -> tuple[Part, ...]:
    """Give the parts of the cells of a table, which stand under a ``header`` printed over another where it has none."""
    height = max(map(row_end, header), default=0)
    moved = [_to_view(cell, cell.row + height, cell.row_span) for cell in cells] if height else cells
    matrix = cells_to_matrix([*header, *moved], rows=rows + height, columns=columns)
    return tuple(
        part._replace(
            first=max(part.first - height, 0), body=max(part.body - height, 0), past=part.past - height
        )
        for part in find_parts(matrix, height or header_rows)
    )


def parts_by_row(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Give for each row the part that it stands in."""
    return tuple(part for part in parts for _ in range(part.first, part.past))


def _to_view(cell: Slot, row: int, row_span: int) -> _View:
    return _View(
        row,
        cell.column,
        row_span,
        cell.column_span,
        cell.raw,
        cell.text,
        cell.kind,
        cell.value,
        cell.unit,
    )


def _cut(matrix: Matrix[S], first: int, past: int) -> Matrix[_View]:
    places = matrix.owners[first * matrix.columns : past * matrix.columns]
    cells = []
    for owner in dict.fromkeys(places):
        if owner >= 0:
            cell = matrix.cells[owner]
            top = max(cell.row, first)
            cells.append(_to_view(cell, top - first, min(row_end(cell), past) - top))
    return cells_to_matrix(cells, rows=past - first, columns=matrix.columns)


# ------------------------------------------------------------------------------------------- rows of words


def _find_blocks(matrix: Matrix[S], header_rows: int) -> tuple[_Block, ...]:
    """Give the blocks of words below the header that head the numbers under them."""
    stubs = {
        (cell.column, without_spaces(cell.text))
        for row in range(header_rows)
        for cell in matrix.starting_in(row)
        if cell.text
    }
    found: list[_Block] = []
    row = header_rows + 1
    while row < matrix.rows - 1:
        block = _block_at(matrix, row, stubs)
        if block is None:
            row += 1
        else:
            found.append(block)
            row = block.past
    if not found:
        return ()
    ends = [*(block.first for block in found[1:]), matrix.rows]
    judged = (_judge(matrix, block, past) for block, past in zip(found, ends, strict=True))
    return tuple(block for block in judged if block is not None)


def _block_at(matrix: Matrix[S], row: int, stubs: set[tuple[int, str]]) -> _Block | None:
    """Give the block of words that begins in the row, where a stub or a title above speaks for a header."""
    cells = matrix.starting_in(row)
    heads = [cell for cell in cells if not is_blank(cell) and cell.row_span <= DEEPEST]
    if len(heads) < 2 or not all(map(_is_word, heads)):
        return None
    titled = is_title_row(matrix, row - 1) or _is_gap(matrix, row - 1)
    first = heads[0]
    known = (first.column, without_spaces(first.text)) in stubs
    left = first.column == 0
    certain = known or (left and (begins_header(first.text) or (titled and is_stub_word(first.text))))
    if not certain and not titled:
        return None
    past = _end_of_block(matrix, row)
    return None if past is None else _Block(row, past, titled, certain or past - row > 1)


def _end_of_block(matrix: Matrix[S], row: int) -> int | None:
    past = row + 1
    seen = row
    end = row + 1
    while past < matrix.rows:
        for one in range(seen, past):
            cells = [cell for cell in matrix.starting_in(one) if cell.row_span <= DEEPEST]
            printed = [cell for cell in cells if not is_blank(cell)]
            if not all(map(_is_word, printed)) and not _counts_or_measures(printed, one):
                return None
            end = max([end, *map(row_end, printed)])
        seen = past
        following = matrix.starting_in(past)
        below = [cell for cell in following if not is_blank(cell)]
        if end > past:
            past = end
        elif past - row < DEEPEST and (
            _counts_or_measures(below, past)
            or (divides_above(matrix, past, following) and all(map(_is_word, below)))
        ):
            past += 1
        else:
            return past
    return None


def _counts_or_measures(printed: Sequence[Slot], row: int) -> bool:
    return is_index_row(printed, row=row) or is_unit_row(printed)


def _judge(matrix: Matrix[S], block: _Block, past: int) -> _Block | None:
    """Give the block, now certain or not, where it heads the numbers of the rows below it; else None."""
    named = {
        column
        for row in range(block.first, block.past)
        for cell in matrix.starting_in(row)
        if not is_blank(cell) and cell.row_span <= DEEPEST
        for column in range(cell.column, column_end(cell))
    }
    numbers = {
        column_end(cell) - 1
        for row in range(block.past, past)
        for cell in matrix.starting_in(row)
        if cell.kind == "number" and cell.column > 0
    }
    if not numbers or len(numbers & named) < COVERED * len(numbers):
        return None
    if block.certain:
        return block
    stub = matrix.at(block.first, 0)
    whole = len(numbers) > 1 and numbers <= named
    if not whole:
        return None
    return block._replace(certain=stub is not None and is_blank(stub))


def _is_word(cell: Slot) -> bool:
    return cell.kind == "period" or (cell.kind == "text" and not states_amount(cell.text))


def is_title_row(matrix: Matrix[S], row: int) -> bool:
    """Say whether the row holds nothing but one label across it, or one with the mark of a title."""
    cells = matrix.starting_in(row)
    printed = [cell for cell in cells if not is_blank(cell)]
    if len(printed) != 1 or printed[0].kind not in {"text", "period", "date"} or printed[0].row_span > 1:
        return False
    title = printed[0]
    if matrix.is_full_width(title):
        return True
    if title.column > 0 or not is_else_blank(matrix, row, column_end(title)):
        return False
    return is_bracketed(title.text) or is_numbered(title.text) or title.column_span * 2 > matrix.columns


def is_else_blank(matrix: Matrix[S], row: int, column: int) -> bool:
    """Say whether nothing is printed in the row from the column on."""
    return all(
        (cell := matrix.at(row, place)) is None or is_blank(cell) for place in range(column, matrix.columns)
    )


def _is_gap(matrix: Matrix[S], row: int) -> bool:
    """Say whether nothing is printed in the row."""
    return bool(matrix.starting_in(row)) and is_else_blank(matrix, row, 0)
