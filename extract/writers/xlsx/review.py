"""What a person should look at: doubtful cells and findings, the most important first, each linked to its place."""

from __future__ import annotations

from extract.document import Cell, Document
from extract.findings import Notice, Severity, notice_severity, notice_to_sentence
from extract.writers.matters import Matter, document_to_matters
from extract.writers.texts import wrapped_lines
from extract.writers.xlsx.book import Book, Item, Overflow, Sheet, address
from extract.writers.xlsx.grid_sizes import lines_to_height
from extract.writers.xlsx.number_formats import is_exact_in_excel
from extract.writers.xlsx.places import Places, cell_address
from extract.writers.xlsx.styles import CONFLICT_FILL, HEADER_FILL, REVIEW_FILL, Look, cell_fill

_WIDTHS = (6, 10, 64, 22, 30, 8, 24, 16, 28, 9)
_HEADING = Look(fill=HEADER_FILL, bold=True, grid=True)
_TEXT = Look(grid=True, wrap=True, vertical="top")
_PLAIN = Look(grid=True, vertical="top")
_RIGHT = Look(grid=True, vertical="top", horizontal="right")
_LINK = Look(grid=True, wrap=True, vertical="top", link=True)
_CONFIDENCE = Look(grid=True, vertical="top", number_format="0%")

_FILLS: dict[Severity | None, str] = {"error": CONFLICT_FILL, "warning": REVIEW_FILL}
_PIECE_HEIGHT = 60.0  # points: the rest of a long text must not fill the screen


def write_review(book: Book, places: Places, document: Document) -> Sheet:
    """Add the sheet; what no cell could hold is appended with ``append_overflows`` when all others are written."""
    sheet = book.sheet(places.review, widths=_WIDTHS, freeze="A2")
    sheet.worksheet.print_title_rows = "1:1"
    sheet.append([Item(heading, _HEADING) for heading in book.words.review_columns])
    for number, matter in enumerate(document_to_matters(document, book.words), start=1):
        _append_items(sheet, _items(book, places, matter, number=number))
    return sheet


def append_overflows(book: Book, sheet: Sheet) -> None:
    """Append what the writing of the workbook found, with the rest of each text that was too long, and close the sheet."""
    if book.marked_characters:
        details = (("count", str(book.marked_characters)),)
        _append_notice(book, sheet, Notice("workbook.marked-characters", details=details), link=None)
    done = 0
    while done < len(book.overflows):  # a row appended here may itself overflow
        overflow = book.overflows[done]
        done += 1
        _append_overflow(book, sheet, overflow)
    if sheet.row == 1:
        sheet.append([None, None, Item(book.words.nothing_to_review, _PLAIN)])
    else:
        sheet.worksheet.auto_filter.ref = f"A1:{address(sheet.row, len(_WIDTHS))}"
    sheet.close()


def _items(book: Book, places: Places, matter: Matter, *, number: int) -> list[Item | None]:
    words, cell, table = book.words, matter.cell, matter.table
    fill = cell_fill(cell) if cell else _FILLS.get(matter.severity)
    severity = words.severities[matter.severity] if matter.severity else words.to_review
    link, label = None, None
    if table is not None:
        link = places.of_cell(table.id, cell.id) if cell else places.of_table(table.id)
        label = f"{words.table}{places.numbers[table.id]} {cell_address(cell) if cell else ''}".strip()
    first: list[Item | None] = [
        Item(number, _RIGHT),
        Item(severity, Look(fill=fill, grid=True, vertical="top")),
        Item(matter.message, _TEXT),
        Item(label, _LINK if link else _PLAIN, link=link),
        Item(table.caption if table else None, _TEXT),
        Item(matter.page, _RIGHT),
    ]
    if cell is None:
        return [*first, *[Item(None, _PLAIN)] * 4]
    readings = ", ".join(f"{reading.text} ({reading.probability:.0%})" for reading in cell.evidence.readings)
    return [
        *first,
        Item(cell.raw, _TEXT),
        Item(_exact(cell), _RIGHT),
        Item(readings or None, _TEXT),
        Item(cell.evidence.confidence, _CONFIDENCE),
    ]


def _append_items(sheet: Sheet, items: list[Item | None]) -> None:
    """Append a row that is high enough for its wrapped texts: not every program finds the height by itself."""
    texts = zip(items, _WIDTHS, strict=True)
    lines = (
        wrapped_lines(item.value, width - 2) for item, width in texts if item and isinstance(item.value, str)
    )
    sheet.append(items, height=lines_to_height(max(lines, default=1)))


def _exact(cell: Cell) -> str | int | float | None:
    value = cell.value
    return str(value) if isinstance(value, int | float) and not is_exact_in_excel(value) else value


def _append_overflow(book: Book, sheet: Sheet, overflow: Overflow) -> None:
    notice = Notice(overflow.code, details=(("text", overflow.text),))
    _append_notice(book, sheet, notice, link=overflow.link)
    for number, piece in enumerate(overflow.pieces, start=2):
        part = book.words.part.format(number, len(overflow.pieces) + 1)
        sheet.append([None, Item(part, _PLAIN), Item(piece, _TEXT)], height=_PIECE_HEIGHT)


def _append_notice(book: Book, sheet: Sheet, notice: Notice, *, link: str | None) -> None:
    first: list[Item | None] = [
        Item(sheet.row, _RIGHT),
        Item(book.words.severities[notice_severity(notice)], _PLAIN),
        Item(notice_to_sentence(notice, book.language), _TEXT),
        Item(_short(link), _LINK, link=link) if link else Item(None, _PLAIN),
    ]
    _append_items(sheet, [*first, *[Item(None, _PLAIN)] * 6])


def _short(link: str) -> str:
    """Give ``表2 D11`` for a reference to a facsimile: the first word of a sheet's name tells it from all others."""
    name, _, cell = link.replace("'", "").rpartition("!")
    return f"{name.split()[0]} {cell}"
