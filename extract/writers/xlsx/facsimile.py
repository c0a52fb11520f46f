"""The facsimile: a table's printed grid, with its merged cells, as a sheet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from extract.document import Cell, Finding, Report, Table
from extract.writers.labels import pages_text, review_reason
from extract.writers.texts import wrapped_lines
from extract.writers.xlsx.book import COLUMNS_LIMIT, ROWS_LIMIT, Book, Item, Overflow, Sheet, address
from extract.writers.xlsx.grid_sizes import Block, blocks_to_heights, blocks_to_widths, lines_to_height
from extract.writers.xlsx.names import reference
from extract.writers.xlsx.number_formats import is_exact_in_excel, number_to_format
from extract.writers.xlsx.places import FOOT_ROWS, HEAD_ROWS, Places, in_grid
from extract.writers.xlsx.styles import CONFLICT_FILL, HEADER_FILL, REVIEW_FILL, Fill, Look, cell_fill

# Panes that stand still must leave room to scroll in: 1,080 lines of a screen show about 40 rows and 150 characters.
_FROZEN_HEIGHT = 330.0  # points
_FROZEN_WIDTH = 70.0  # characters
_LEAST_LINE = 70.0  # characters: what stands over and under a narrower table is wider than it
_PLAIN_WIDTH = 9.0  # a column that the table does not use

# An A4 sheet across within its margins, less what stands over the grid; points.
_PAGE_WIDTH, _PAGE_HEIGHT = 770.0, 370.0
_CHARACTER = 5.6  # points: the width of a digit that column widths are counted in

_DISTRIBUTED_LIMIT = 12  # characters: a longer line with spaces is no label

_TITLE = Look(size=14, bold=True, wrap=True)
_LINK = Look(link=True)
_NOTE = Look(wrap=True)
_FALLBACK_FORMAT = "General"


def write_facsimile(
    book: Book, places: Places, table: Table, *, report: Report | None, findings: dict[str, list[Finding]]
) -> None:
    """Add the sheet of a table. ``findings`` are those of single cells, by cell id."""
    shown = {
        cell.id: _cell_to_item(book, cell, findings.get(cell.id, []), place=places.of_cell(table.id, cell.id))
        for cell in table.cells
        if in_grid(cell)
    }
    blocks = [_block(cell, shown[cell.id]) for cell in table.cells if cell.id in shown]
    rows = min(table.rows, ROWS_LIMIT - HEAD_ROWS - FOOT_ROWS)
    widths = blocks_to_widths(blocks, min(table.columns, COLUMNS_LIMIT))
    heights = blocks_to_heights(blocks, rows, widths)
    sheet = book.sheet(
        places.sheets[table.id], widths=widths, freeze=_frozen(table, widths=widths, heights=heights)
    )
    if any(cell.status == "conflict" for cell in table.cells):
        sheet.worksheet.sheet_properties.tabColor = CONFLICT_FILL
    elif any(cell.needs_review for cell in table.cells):
        sheet.worksheet.sheet_properties.tabColor = REVIEW_FILL
    _print_titles(book, sheet, table, widths=widths, heights=heights)
    _append_head(book, sheet, places, table, report=report, widths=widths)
    _append_grid(sheet, table, shown, heights)
    _append_notes(sheet, table, widths)
    for cell in table.cells:
        if cell.id not in shown:
            place = f"{table.caption or table.id} ({cell.row + 1}, {cell.column + 1})"
            book.overflows.append(
                Overflow("workbook.grid-split", places.of_table(table.id), place, (cell.raw,))
            )
    sheet.close()


def _append_head(
    book: Book, sheet: Sheet, places: Places, table: Table, *, report: Report | None, widths: list[float]
) -> None:
    words = book.words
    caption = f"{words.table}{places.numbers[table.id]}　{table.caption or ''}".strip()
    about = [
        words.unit + table.unit if table.unit else "",
        words.as_of + table.as_of if table.as_of else "",
        words.pages + pages_text(table.pages),
    ]
    names = (places.reports[report.id], report.title) if report else ()
    _append_across(sheet, Item(caption, _TITLE), widths)
    _append_across(sheet, Item("　".join(filter(None, about)), _NOTE), widths)
    _append_across(sheet, Item("　".join(dict.fromkeys(name for name in names if name)), _NOTE), widths)
    sheet.append([Item(words.back, _LINK, link=reference(places.contents, "A1"))])
    sheet.append(height=8)


def _append_across(sheet: Sheet, item: Item, widths: list[float]) -> None:
    """Append a line of text that is as wide as the table, or wider than a narrow one, and wrapped."""
    columns, width = len(widths), sum(widths)
    while width < _LEAST_LINE:
        columns, width = columns + 1, width + _PLAIN_WIDTH
    scale = item.look.size / _NOTE.size
    lines = wrapped_lines(str(item.value), (width - 2) / scale)
    sheet.append([item], height=lines_to_height(lines) * scale)
    if columns > 1:
        sheet.merge(sheet.row, 1, sheet.row, columns)


def _append_grid(sheet: Sheet, table: Table, shown: dict[str, Item], heights: list[float]) -> None:
    grid: dict[int, dict[int, Item]] = defaultdict(dict)
    for cell in table.cells:
        if cell.id not in shown:
            continue
        item = shown[cell.id]
        last_row = min(cell.row + cell.row_span, len(heights)) - 1
        last_column = min(cell.column + cell.column_span, COLUMNS_LIMIT) - 1
        if (last_row, last_column) != (cell.row, cell.column):
            sheet.merge(HEAD_ROWS + cell.row + 1, cell.column + 1, HEAD_ROWS + last_row + 1, last_column + 1)
            # The border of a merged cell is that of the cells along its edge; those inside need nothing.
            edge = Item(None, replace(item.look, number_format="General"))
            for row in range(cell.row, last_row + 1):
                inner = cell.row < row < last_row
                for column in {cell.column, last_column} if inner else range(cell.column, last_column + 1):
                    grid[row][column] = edge
        grid[cell.row][cell.column] = item
    for row, height in enumerate(heights):
        items = grid.pop(row, {})
        sheet.append([items.get(column) for column in range(max(items, default=-1) + 1)], height=height)


def _append_notes(sheet: Sheet, table: Table, widths: list[float]) -> None:
    if table.notes:
        sheet.append(height=8)
    for note in table.notes:
        _append_across(sheet, Item(note, _NOTE), widths)


def _cell_to_item(book: Book, cell: Cell, findings: list[Finding], *, place: str | None) -> Item:
    words = book.words
    doubtful = cell.needs_review or cell.status in {"conflict", "repaired", "corrected"} or bool(findings)
    remarks = _remarks(book, cell, findings) if doubtful else []
    fill = cell_fill(cell) or (None if cell.role == "body" else HEADER_FILL)
    if cell.kind != "number" or not isinstance(cell.value, int | float):
        look = _text_look(
            fill, cell.role, cell.kind, distributed=_is_distributed(cell), upright=_is_upright(cell)
        )
        return Item(_shown_text(cell), look, note="\n".join(remarks) or None)
    if not is_exact_in_excel(cell.value):
        book.overflows.append(Overflow("workbook.long-number", place, cell.raw))
        remarks.append(words.as_text)
        return Item(_one_line(cell.raw), _number_look(fill, "General"), note="\n".join(remarks))
    shown = number_to_format(cell.raw, cell.value, cell.unit)
    code, as_printed = shown.code, shown.as_printed
    if not book.styles.admits(code):
        code, as_printed = _FALLBACK_FORMAT, False
    if not as_printed and not doubtful:
        remarks.append(words.printed_as + cell.raw)
    return Item(cell.value, _number_look(fill, code), note="\n".join(remarks) or None)


def _remarks(book: Book, cell: Cell, findings: list[Finding]) -> list[str]:
    """Give the lines of a doubtful cell's comment: why, what was read, where, and what else it may be."""
    words = book.words
    lines = [finding.message for finding in findings]
    reason = review_reason(cell, words)
    if reason is not None:
        lines.append(reason)
    lines += [words.read_as + cell.raw, words.page + str(cell.evidence.page)]
    if cell.evidence.confidence is not None:
        lines.append(f"{words.confidence}{cell.evidence.confidence:.0%}")
    if cell.evidence.readings:
        readings = (f"{reading.text} ({reading.probability:.0%})" for reading in cell.evidence.readings)
        lines.append(words.other_readings + ", ".join(readings))
    if cell.repair is not None:
        lines.append(words.repaired.format(cell.repair.read, cell.repair.reason))
    return lines


@lru_cache(maxsize=512)
def _text_look(fill: Fill, role: str, kind: str, *, distributed: bool, upright: bool) -> Look:
    if distributed and not upright:
        return Look(fill=fill, grid=True, horizontal="distributed")
    centred = role in {"column_header", "stub_head"} or upright
    horizontal = "center" if centred else "right" if kind in {"missing", "number"} else "left"
    return Look(fill=fill, grid=True, horizontal=horizontal, wrap=not upright, rotation=255 if upright else 0)  # type: ignore[arg-type] # one of the literals


@lru_cache(maxsize=1024)
def _number_look(fill: Fill, number_format: str) -> Look:
    return Look(fill=fill, grid=True, horizontal="right", number_format=number_format)


def _shown_text(cell: Cell) -> str | None:
    if cell.kind == "empty":
        return None
    if cell.kind in {"date", "period", "time", "missing"}:
        return _one_line(cell.raw)
    return cell.text or _one_line(cell.raw)


def _one_line(raw: str) -> str:
    return "".join(raw.splitlines()).strip()


def _is_distributed(cell: Cell) -> bool:
    """Say whether a row's label was printed 均等割付: its characters spread over the width of the cell."""
    if cell.role != "row_header":
        return False  # over a wide heading the spaces are small ones, and centred text is nearer to the print
    parts = cell.raw.split()
    return (
        1 < len(parts) == len(cell.text) <= _DISTRIBUTED_LIMIT
        and "\n" not in cell.raw.strip()
        and "".join(parts) == cell.text
    )


def _is_upright(cell: Cell) -> bool:
    """Say whether a side heading runs down: one character on each of its lines."""
    lines = cell.raw.split("\n")
    return (
        cell.row_span > 1
        and len(lines) == len(cell.text) > 1
        and all(len(line.strip()) == 1 for line in lines)
    )


def _block(cell: Cell, item: Item) -> Block:
    number = isinstance(item.value, int | float)
    shown = _one_line(cell.raw) if number else str(item.value or "")
    upright = item.look.rotation != 0
    # A distributed label is spread with a space between its characters and may not be wrapped.
    fixed = number or item.look.horizontal == "distributed"
    return Block(cell.row, cell.column, cell.row_span, cell.column_span, shown, fixed, upright)


def _frozen(table: Table, *, widths: list[float], heights: list[float]) -> str | None:
    rows = HEAD_ROWS + table.header_rows if sum(heights[: table.header_rows]) <= _FROZEN_HEIGHT else HEAD_ROWS
    columns = table.header_columns if sum(widths[: table.header_columns]) <= _FROZEN_WIDTH else 0
    if table.header_rows >= table.rows or table.header_columns >= table.columns:
        return None
    return address(rows + 1, columns + 1)


def _print_titles(
    book: Book, sheet: Sheet, table: Table, *, widths: list[float], heights: list[float]
) -> None:
    """Repeat the header rows on each printed page of a table that takes more than one; its columns share a page always."""
    scale = _PAGE_WIDTH / max(_PAGE_WIDTH, sum(widths) * _CHARACTER)
    if 0 < table.header_rows < table.rows and sum(heights) * scale > _PAGE_HEIGHT and book.print_titles > 0:
        book.print_titles -= 1
        sheet.worksheet.print_title_rows = f"{HEAD_ROWS + 1}:{HEAD_ROWS + table.header_rows}"
