"""The named things of the prose, one a row: laws, departments, dates and the rest, filterable, with links to tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from extract.document import Document, Entity, Report
from extract.writers.entity_words import ENTITY_WORDS, part_name
from extract.writers.fact_rows import section_paths
from extract.writers.texts import wrapped_lines
from extract.writers.xlsx.book import ROWS_LIMIT, Book, Item, address
from extract.writers.xlsx.grid_sizes import lines_to_height
from extract.writers.xlsx.number_formats import is_exact_in_excel
from extract.writers.xlsx.places import Places, cell_address
from extract.writers.xlsx.styles import HEADER_FILL, REVIEW_FILL, Look

Paths: TypeAlias = dict[str, tuple[str, ...]]

ENTITIES_A_SHEET = ROWS_LIMIT - 1

_WIDTHS = (6, 14, 34, 40, 9, 40, 14, 40, 8, 14, 20)
_JOINT = " > "
_HEADING = Look(fill=HEADER_FILL, bold=True, grid=True)
_TEXT = Look(grid=True, wrap=True, vertical="top")
_PLAIN = Look(grid=True, vertical="top")
_RIGHT = Look(grid=True, vertical="top", horizontal="right")
_WHOLE = Look(grid=True, vertical="top", horizontal="right", number_format="0")
_CENTRE = Look(grid=True, vertical="top", horizontal="center")
_LINK = Look(grid=True, vertical="top", link=True)
_MARKED = Look(grid=True, vertical="top", fill=REVIEW_FILL)


def write_entities(book: Book, places: Places, document: Document) -> None:
    """Add the sheets of the entities: one, or as many as Excel's number of rows asks for."""
    rows = _entities_to_rows(book, places, document)
    for name in places.entities:
        sheet = book.sheet(name, widths=_WIDTHS, freeze="D2")
        sheet.worksheet.print_title_rows = "1:1"
        sheet.append([Item(heading, _HEADING) for heading in book.words.entities_columns])
        for items in rows:
            texts = zip(items, _WIDTHS, strict=True)
            lines = (
                wrapped_lines(one.value, width - 2)
                for one, width in texts
                if one.look.wrap and isinstance(one.value, str)
            )
            sheet.append(items, height=lines_to_height(max(lines, default=1)))
            if sheet.row == ROWS_LIMIT:
                break
        if sheet.row == 1:
            sheet.append([None, Item(book.words.no_entities, Look())])
        else:
            sheet.worksheet.auto_filter.ref = f"A1:{address(sheet.row, len(_WIDTHS))}"
        sheet.close()


def _entities_to_rows(book: Book, places: Places, document: Document) -> Iterator[list[Item]]:
    paths = section_paths(document)
    number = 0
    for report in document.reports:
        for entity in report.entities:
            number += 1
            yield _items(book, places, report, entity, number=number, paths=paths)


def _items(
    book: Book, places: Places, report: Report, entity: Entity, *, number: int, paths: Paths
) -> list[Item]:
    path = paths.get(entity.section or "", ())
    kind = ENTITY_WORDS[book.language][entity.label]
    parts = "　".join(f"{part_name(part.name, book.language)} {part.text}" for part in entity.parts)
    return [
        Item(number, _RIGHT),
        Item(kind, _PLAIN),
        Item(entity.text, _TEXT),
        _value(book, places, entity, paths),
        Item(entity.unit, _PLAIN),
        Item(parts or None, _TEXT),
        Item(places.reports[report.id], _TEXT),
        Item(_JOINT.join(path) or None, _PLAIN),
        Item(entity.page, _CENTRE),
        _place(book, places, entity),
        Item(book.words.personal if entity.is_personal else None, _MARKED if entity.is_personal else _PLAIN),
    ]


def _value(book: Book, places: Places, entity: Entity, paths: Paths) -> Item:
    """Give the normalised value, of a reference the name of what it points to: a table is linked, a section has no place."""
    value = entity.value
    if isinstance(value, int | float):
        if not is_exact_in_excel(value):
            return Item(str(value), _RIGHT)
        return Item(value, _WHOLE if isinstance(value, int) else _RIGHT)
    if entity.label == "reference" and value in places.sheets:
        name = f"{book.words.table}{places.numbers[value]} {places.tables[value].caption or ''}".strip()
        return Item(name, _LINK, link=places.of_table(value))
    if entity.label == "reference" and paths.get(value or ""):
        value = paths[value or ""][-1]
    return Item(value, _TEXT)


def _place(book: Book, places: Places, entity: Entity) -> Item:
    """Give the cell or table that an entity stands in, linked."""
    if entity.table is None or entity.table not in places.sheets:
        return Item(None, _PLAIN)
    name = f"{book.words.table}{places.numbers[entity.table]}"
    cell = places.cells.get(entity.cell or "")
    if cell is None:
        return Item(name, _LINK, link=places.of_table(entity.table))
    link = places.of_cell(entity.table, cell.id)
    return Item(f"{name} {cell_address(cell)}", _LINK if link else _PLAIN, link=link)
