"""The facts, one a row, by the rules for machine-readable statistical tables.

Source: 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」 (2020-12-18): one datum a cell, numbers as numbers, units and western
dates in columns of their own, no merged cells, nothing left out because it stands above, one row of headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Document, Fact
from extract.writers.periods import TablePeriods
from extract.writers.texts import display_width
from extract.writers.xlsx.book import ROWS_LIMIT, Book, Item, Sheet, address
from extract.writers.xlsx.number_formats import is_exact_in_excel
from extract.writers.xlsx.places import Places, cell_address, in_grid
from extract.writers.xlsx.styles import HEADER_FILL, Look

FACTS_A_SHEET = ROWS_LIMIT - 1

# A deeper path stands whole in its joined column, and its last names together in the last of the single ones.
_LEVELS_LIMIT = 12
_JOINT = " > "
_SAMPLE = 500  # facts that the widths of the columns are taken from
_WIDEST = 40.0

_HEADING = Look(fill=HEADER_FILL, bold=True, grid=True)
_TEXT = Look()
_NUMBER = Look(horizontal="right")
_WHOLE = Look(horizontal="right", number_format="0")  # the general format turns twelve digits into 1.23E+11
_CENTRE = Look(horizontal="center")
_LINK = Look(link=True)


def write_facts(book: Book, places: Places, document: Document) -> None:
    """Add the sheets of the facts: one, or as many as Excel's number of rows asks for."""
    rows = _Rows(book, places, document)
    for number, name in enumerate(places.facts):
        facts = document.facts[number * FACTS_A_SHEET : (number + 1) * FACTS_A_SHEET]
        widths = _widths(rows.headings, [rows.items(fact) for fact in facts[:_SAMPLE]])
        # The ids stand still at the left while one looks at the values at the right.
        sheet = book.sheet(name, widths=widths, freeze="C2", grid=True)
        sheet.worksheet.print_title_rows = "1:1"
        sheet.worksheet.auto_filter.ref = f"A1:{address(len(facts) + 1, len(rows.headings))}"
        sheet.append([Item(heading, _HEADING) for heading in rows.headings])
        _append(sheet, map(rows.items, facts))
        sheet.close()


def _append(sheet: Sheet, rows: Iterator[list[Item | None]]) -> None:
    for items in rows:
        sheet.append(items)


class _Rows:
    """What the facts of one document need to become rows."""

    def __init__(self, book: Book, places: Places, document: Document) -> None:
        self._book, self._places = book, places
        self._row_levels = _levels(fact.row_path for fact in document.facts)
        self._column_levels = _levels(fact.column_path for fact in document.facts)
        self._periods = {table.id: TablePeriods(table) for table in document.tables}
        words = book.words
        self._statuses = {status: Item(word, _TEXT) for status, word in words.statuses.items()}
        self._review = Item(words.to_review, _TEXT), Item(words.not_needed, _TEXT)
        before, after = words.facts_columns[:6], words.facts_columns[7:]
        self.headings = [
            *before,
            *(words.row_header.format(level + 1) for level in range(self._row_levels)),
            words.facts_columns[6],
            *(words.column_header.format(level + 1) for level in range(self._column_levels)),
            *after,
        ]

    def items(self, fact: Fact) -> list[Item | None]:
        """Give the cells of a fact's row."""
        places = self._places
        table, cell = places.tables.get(fact.table), places.cells.get(fact.cell)
        period = self._periods[fact.table].of(cell) if table and cell else None
        report = places.reports.get(table.report) if table and table.report else None
        return [
            Item(fact.id, _TEXT),
            Item(fact.table, _TEXT),
            _text(table.caption if table else None),
            _text(report),
            Item(fact.page, _CENTRE),
            _text(_JOINT.join(fact.row_path)),
            *_path_items(fact.row_path, self._row_levels),
            _text(_JOINT.join(fact.column_path)),
            *_path_items(fact.column_path, self._column_levels),
            _number(fact.value),
            _text(fact.unit),
            _text(fact.as_of),
            _text(period[0] if period else None),
            _text(period[1] if period else None),
            self._statuses[fact.status],
            self._review[0 if cell and cell.needs_review else 1],
            _text(cell.raw if cell else None),
            Item(cell_address(cell), _LINK, link=places.of_cell(fact.table, fact.cell))
            if cell and in_grid(cell)
            else None,
        ]


def _levels(paths: Iterator[tuple[str, ...]]) -> int:
    return min(max((len(path) for path in paths), default=0), _LEVELS_LIMIT)


def _path_items(path: tuple[str, ...], levels: int) -> list[Item | None]:
    names = path if len(path) <= levels else (*path[: levels - 1], _JOINT.join(path[levels - 1 :]))
    return [_text(names[level]) if level < len(names) else None for level in range(levels)]


def _number(value: float) -> Item:
    if not is_exact_in_excel(value):
        return Item(str(value), _NUMBER)
    return Item(value, _WHOLE if isinstance(value, int) else _NUMBER)


def _text(text: str | None) -> Item | None:
    return Item(" ".join(text.split("\n")), _TEXT) if text else None  # a datum is one line


def _widths(headings: Sequence[str], sample: Sequence[Sequence[Item | None]]) -> list[float]:
    widths = [display_width(heading) + 4.0 for heading in headings]  # with room for the filter's button
    for items in sample:
        for column, item in enumerate(items):
            if item is not None:
                widths[column] = max(widths[column], display_width(str(item.value)) + 2.0)
    return [min(width, _WIDEST) for width in widths]
