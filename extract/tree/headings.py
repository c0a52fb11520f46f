"""JoinedTable -> Table: the role of every cell."""

from __future__ import annotations

import re
from typing import Final

from extract.characters import UNMAPPED, is_digit
from extract.document import Cell, CellRole, CleanCell, Evidence, Table
from extract.tree.captions import TableDescription
from extract.tree.header_rows import count_header_rows, number_columns
from extract.tree.labels import holds_amount, is_note_text, is_numberlike
from extract.tree.matrix import Matrix, cells_under_header, column_end, is_blank, row_end
from extract.tree.placed import JoinedTable, PlacedCell
from extract.tree.stacked import Part, find_parts, parts_by_row

POINT_OR_COMMA: Final = re.compile(r"[0-9]\.[0-9]{3}(?![0-9])")
"""On paper the comma of a thousand and a point differ by a speck: 3,381 may have been read as 3.381."""

LOW_CONFIDENCE: Final = 0.9
"""Probability below which a reading is shown to a person."""


def joined_to_table(
    joined: JoinedTable,
    description: TableDescription,
    *,
    id: str,  # noqa: A002 - the contract's name of the field
    report: str | None,
    section: str | None,
) -> Table:
    """Give the table with the role of each cell and without checks; cell ids are ``{id}r{row}c{column}``."""
    cells = [placed.cell for placed in joined.cells]
    matrix = cells_under_header(cells, joined.header, rows=joined.rows, columns=joined.columns)
    above = matrix.rows - joined.rows
    header_rows = above or count_header_rows(matrix)
    parts = find_parts(matrix, header_rows)
    part_of = parts_by_row(parts)
    numeric = number_columns(matrix, header_rows)
    out: list[Cell] = []
    for placed in joined.cells:
        part = part_of[placed.row + above]
        if placed.row + above < part.body and not _runs_beside(placed, part, above):
            role = _head_role(placed.cell, part.header_columns)
        else:
            role = _body_role(placed.cell, matrix, part)
        doubtful = _needs_review(placed.cell, role, numeric) or (
            role == "body" and column_end(placed.cell) <= part.header_columns
        )
        out.append(_to_cell(placed, f"{id}r{placed.row}c{placed.cell.column}", role, needs_review=doubtful))
    return Table(
        id=id,
        report=report,
        section=section,
        caption=description.caption,
        unit=description.unit,
        as_of=description.as_of,
        notes=description.notes,
        pages=joined.pages,
        box=joined.box,
        rows=joined.rows,
        columns=joined.columns,
        header_rows=header_rows - above,
        header_columns=parts[0].header_columns,
        cells=tuple(out),
        checks=(),
    )


def _runs_beside(placed: PlacedCell, part: Part, above: int) -> bool:
    """Say whether a cell that begins beside a header runs down beside its rows: a label of both, or a block without any.

    The first (職員手当の内訳) stands at the left and names header and body alike; the second is a field left blank, or a remark,
    at the right.
    """
    past = row_end(placed.cell) + above - part.body
    return past > 0 and (placed.cell.column == 0 or past > 1 or is_blank(placed.cell))


def _head_role(cell: CleanCell, header_columns: int) -> CellRole:
    return "stub_head" if column_end(cell) <= header_columns else "column_header"


def _body_role(cell: CleanCell, matrix: Matrix[CleanCell], part: Part) -> CellRole:
    end = column_end(cell)
    if cell.column < part.header_columns and not _is_amount(cell, part.header_columns):
        return "row_header"
    inner = any(labels.start <= cell.column and end <= labels.number for labels in part.inner)
    if inner and cell.kind not in {"number", "missing"}:
        return "row_header"
    if is_group_title(cell, matrix):
        return "row_header"
    return "body"


def _is_amount(cell: CleanCell, header_columns: int) -> bool:
    """Say whether a cell among the labels is a number after all: one that reaches out of them, or one no index looks like.

    Where a frame holds several tables, the numbers of the lower one can stand under the labels of the upper.
    """
    if cell.kind not in {"number", "missing"}:
        return False
    odd = (
        isinstance(cell.value, float) or "," in cell.text or (isinstance(cell.value, int) and cell.value < 0)
    )
    return column_end(cell) > header_columns or (cell.kind == "number" and odd)


def is_group_title(cell: CleanCell, matrix: Matrix[CleanCell]) -> bool:
    """Say whether a cell across the whole table names the rows below it (一般会計); a note in the grid does not."""
    return (
        matrix.is_full_width(cell)
        and cell.kind in {"text", "period", "date"}
        and "。" not in cell.text
        and not is_note_text(cell.text)
    )


def _needs_review(cell: CleanCell, role: CellRole, numeric: frozenset[int]) -> bool:
    """Say whether a person should look: an unmapped character, a doubtful reading, or digits that are no number."""
    if cell.doubted or UNMAPPED in cell.raw:
        return True
    if cell.origin == "ocr" and POINT_OR_COMMA.search(cell.text):
        return True
    if cell.confidence is not None and cell.confidence < LOW_CONFIDENCE:
        return True
    if role != "body" or cell.kind != "text":
        return False
    return (
        is_numberlike(cell.text)
        or (cell.column in numeric and any(map(is_digit, cell.text)))
        or holds_amount(cell.raw)
    )


def _to_cell(placed: PlacedCell, cell_id: str, role: CellRole, *, needs_review: bool) -> Cell:
    cell = placed.cell
    evidence = Evidence(placed.page, cell.box, cell.origin, cell.confidence, cell.readings)
    return Cell(
        id=cell_id,
        row=placed.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        role=role,
        raw=cell.raw,
        text=cell.text,
        kind=cell.kind,
        value=cell.value,
        unit=cell.unit,
        missing=cell.missing,
        evidence=evidence,
        status="unverified",
        needs_review=needs_review,
        repair=None,
    )
