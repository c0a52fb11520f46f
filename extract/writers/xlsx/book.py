"""The workbook while it is being written: rows are appended and leave the memory at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from openpyxl import Workbook
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from extract.document import SourceRecord
from extract.findings import Language
from extract.writers.texts import (
    display_width,
    escape_codes,
    starts_like_formula,
    text_to_pieces,
    text_to_visible,
    wrapped_lines,
)
from extract.writers.words import WORDS
from extract.writers.xlsx import package
from extract.writers.xlsx.formulas import Formula
from extract.writers.xlsx.names import SheetNames, reference
from extract.writers.xlsx.sheet_xml import SheetXml, Store, cell_to_xml
from extract.writers.xlsx.styles import Look, Styles

# Excel's specifications and limits.
ROWS_LIMIT = 1_048_576
COLUMNS_LIMIT = 16_384
LINKS_LIMIT = 65_530
HEIGHT_LIMIT = 409.0  # points
WIDTH_LIMIT = 255.0  # characters
_PAGE_TEXT_LIMIT = 255  # UTF-16 units of a header or footer

# Print titles times cells. LibreOffice (7.4) goes over all cells for each sheet with print titles that it opens: 30 microseconds a cell,
# minutes for a budget book of 360 tables. Excel does not mind.
_PRINT_TITLES_COST = 200_000

_A4 = 9
_NOTE_WIDTH = 34  # halfwidth characters on a line of a comment
_NOTE_LINES = 20
_NOTE_LIMIT = 2_000  # characters; the whole text stands in the cell


class Item(NamedTuple):
    """A cell to be written. ``link`` is a reference inside the workbook, ``note`` the text of a comment."""

    value: str | int | float | Formula | None
    look: Look
    link: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Overflow:
    """Text that its place cannot hold, for the review sheet: a finding's code, where it belongs, and the rest of the text."""

    code: str
    link: str | None
    text: str
    pieces: tuple[str, ...] = ()


class Book:
    """A workbook: its names, its styles, and what did not fit in its cells. ``cells`` is the number of all table cells."""

    def __init__(self, source: SourceRecord, *, language: Language, cells: int) -> None:
        self.language = language
        self.words = WORDS[language]
        self.names = SheetNames()
        self.overflows: list[Overflow] = []
        self.marked_characters = 0
        self.store = Store()
        self.print_titles = _PRINT_TITLES_COST // max(cells, 1)  # how many facsimiles may still have some
        self._source = source
        self._workbook = Workbook(write_only=True)
        self._workbook.calculation.fullCalcOnLoad = False
        self.styles = Styles(self._workbook)

    def sheet(
        self, name: str, *, widths: Sequence[float], freeze: str | None = None, grid: bool = False
    ) -> Sheet:
        """Add a sheet. ``widths`` are those of its columns in characters, ``freeze`` its first cell that scrolls."""
        made = self._workbook.create_sheet(name)
        made.sheet_view.showGridLines = grid
        made.freeze_panes = freeze
        for index, width in enumerate(widths, start=1):
            made.column_dimensions[get_column_letter(index)].width = min(width, WIDTH_LIMIT)
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.page_setup.orientation = "landscape"
        made.page_setup.paperSize = _A4
        made.page_setup.fitToWidth = 1
        made.page_setup.fitToHeight = 0
        made.page_margins.left = made.page_margins.right = 0.5
        made.oddHeader.left.text = _page_text(self._source.name)
        made.oddHeader.right.text = "&A"
        made.oddFooter.center.text = "&P / &N"
        return Sheet(self, made)

    def save(self, stream: BinaryIO) -> None:
        """Write the finished workbook to the stream."""
        package.save(self._workbook, stream, source=self._source)

    def discard(self) -> None:
        """Let go of everything that is still open."""
        package.discard(self._workbook)
        self.store.close()


class Sheet:
    """A sheet that grows row by row."""

    def __init__(self, book: Book, worksheet: Any) -> None:
        self.worksheet = worksheet
        self.name: str = worksheet.title
        self.row = 0
        self._book = book
        self._links = 0
        self._writer: SheetXml | None = None
        self._merged: list[str] = []

    def append(self, items: Sequence[Item | None] = (), *, height: float | None = None) -> None:
        """Write the next row; None leaves its place empty. ``height`` in points, else the viewer's own."""
        self.row += 1
        cells = [self._cell(column, item) for column, item in enumerate(items, start=1) if item is not None]
        self._xml().add_row(self.row, cells, height=height and min(height, HEIGHT_LIMIT))

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merge cells, counted from 1."""
        self._merged.append(f"{address(row, column)}:{address(last_row, last_column)}")

    def colour_values(self, area: str, fills: Mapping[str, str]) -> None:
        """Colour the cells of an area by their texts, also when these change; the texts are ours."""
        for text, fill in fills.items():
            rule = CellIsRule(operator="equal", formula=[f'"{text}"'], fill=PatternFill(bgColor=fill))
            self.worksheet.conditional_formatting.add(area, rule)

    def close(self) -> None:
        """Finish the sheet."""
        # A list keeps the order, where openpyxl's set of ranges has none and compares each new one with all others.
        self.worksheet.merged_cells = self._merged
        self._xml()
        self.worksheet.close()

    def _xml(self) -> SheetXml:
        """Give the writer of the sheet, made when its first row comes: what stands over the rows must be known by then."""
        if self._writer is None:
            self._writer = self.worksheet._writer = SheetXml(self.worksheet, self._book.store)  # noqa: SLF001 - where openpyxl looks for it
        return self._writer

    def _cell(self, column: int, item: Item) -> str:
        value, note, quoted = item.value, item.note, False
        if isinstance(value, str):
            value, goes_on = self._fitting(value, column)
            quoted = starts_like_formula(value)
            value = escape_codes(value)
            if goes_on:
                note = "\n".join(filter(None, (note, self._book.words.goes_on)))
        if item.link is not None and self._links < LINKS_LIMIT:
            self._links += 1
            link = Hyperlink(ref=address(self.row, column), location=item.link)
            self.worksheet._hyperlinks.append(link)  # noqa: SLF001 - openpyxl fills it from its own cells
        if note is not None:
            record = _comment(note, ref=address(self.row, column))
            self.worksheet._comments.append(record)  # noqa: SLF001 - likewise
        return cell_to_xml(self.row, column, value, style=self._book.styles.number(item.look, quoted=quoted))

    def _fitting(self, text: str, column: int) -> tuple[str, bool]:
        """Give what the cell can hold of the text, and whether it goes on; the book keeps the rest."""
        visible, marked = text_to_visible(text)
        self._book.marked_characters += marked
        first, *rest = text_to_pieces(visible)
        if rest:
            place = reference(self.name, address(self.row, column))
            self._book.overflows.append(Overflow("workbook.text-split", place, "", tuple(rest)))
        return first, bool(rest)


def address(row: int, column: int) -> str:
    """Give ``C7`` for row 7 and column 3, both counted from 1."""
    return f"{get_column_letter(column)}{row}"


def _comment(note: str, *, ref: str) -> Any:
    visible, _ = text_to_visible(note)
    if len(visible) > _NOTE_LIMIT:
        visible = visible[:_NOTE_LIMIT] + "…"
    lines = min(wrapped_lines(visible, _NOTE_WIDTH), _NOTE_LINES)
    width = min(display_width(visible), _NOTE_WIDTH)
    record = CommentRecord(ref=ref, author="hokoku", height=24 + 18 * lines, width=40 + 7 * width)
    record.text.t = escape_codes(visible)
    return record


def _page_text(name: str) -> str:
    """Give the name so that a header shows it: ``&`` begins a code there."""
    visible, _ = text_to_visible(name)
    shown = escape_codes(visible.replace("\n", " "))
    while len(shown.replace("&", "&&").encode("utf-16-le")) // 2 > _PAGE_TEXT_LIMIT // 2:
        shown = shown[:-1]
    return shown.replace("&", "&&")
