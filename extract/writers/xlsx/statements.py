"""The numbers that sentences state, one a row, beside those of the tables."""

from __future__ import annotations

from extract.document import Document, Report, Statement
from extract.writers.periods import iso_to_span
from extract.writers.texts import wrapped_lines
from extract.writers.xlsx.book import Book, Item, address
from extract.writers.xlsx.grid_sizes import lines_to_height
from extract.writers.xlsx.number_formats import is_exact_in_excel
from extract.writers.xlsx.places import Places
from extract.writers.xlsx.styles import HEADER_FILL, Look

_WIDTHS = (6, 14, 40, 8, 30, 16, 10, 22, 12, 12, 70)
_JOINT = " > "
_HEADING = Look(fill=HEADER_FILL, bold=True, grid=True)
_TEXT = Look(wrap=True, vertical="top")
_PLAIN = Look(vertical="top")
_RIGHT = Look(vertical="top", horizontal="right")
_WHOLE = Look(vertical="top", horizontal="right", number_format="0")
_CENTRE = Look(vertical="top", horizontal="center")


def write_statements(book: Book, places: Places, document: Document) -> None:
    """Add the sheet; none where no sentence states a number."""
    if places.statements is None:
        return
    sheet = book.sheet(places.statements, widths=_WIDTHS, freeze="A2", grid=True)
    sheet.worksheet.print_title_rows = "1:1"
    sheet.append([Item(heading, _HEADING) for heading in book.words.statements_columns])
    statements = [(report, statement) for report in document.reports for statement in report.statements]
    for number, (report, statement) in enumerate(statements, start=1):
        items = _items(places, report, statement, number=number)
        texts = zip(items, _WIDTHS, strict=True)
        lines = (wrapped_lines(one.value, width - 2) for one, width in texts if isinstance(one.value, str))
        sheet.append(items, height=lines_to_height(max(lines, default=1)))
    sheet.worksheet.auto_filter.ref = f"A1:{address(sheet.row, len(_WIDTHS))}"
    sheet.close()


def _items(places: Places, report: Report, statement: Statement, *, number: int) -> list[Item]:
    start, end = iso_to_span(statement.as_of) or (None, None)
    value = statement.value
    exact = is_exact_in_excel(value)
    return [
        Item(number, _RIGHT),
        Item(places.reports[report.id], _TEXT),
        Item(_JOINT.join(statement.path) or None, _TEXT),
        Item(statement.page, _CENTRE),
        Item(statement.about, _TEXT),
        Item(value if exact else str(value), _WHOLE if exact and isinstance(value, int) else _RIGHT),
        Item(statement.unit, _PLAIN),
        Item(statement.as_of, _PLAIN),
        Item(start, _PLAIN),
        Item(end, _PLAIN),
        Item(statement.sentence, _TEXT),
    ]
