"""Where the numbers come from: the file, the software, the settings, and how each page was read."""

from __future__ import annotations

from extract.document import Document
from extract.writers.xlsx.book import Book, Item
from extract.writers.xlsx.places import Places
from extract.writers.xlsx.styles import HEADER_FILL, Look

_WIDTHS = (30, 22, 14, 20, 14, 14, 20)
_NAME = Look(fill=HEADER_FILL, grid=True)
_HEADING = Look(fill=HEADER_FILL, grid=True, bold=True)
_TEXT = Look(horizontal="left")
_CELL = Look(grid=True)


def write_source(book: Book, places: Places, document: Document) -> None:
    """Add the sheet. No time of conversion stands in it: the same input must give the same workbook."""
    words, source, producer = book.words, document.source, document.producer
    sheet = book.sheet(places.source, widths=_WIDTHS)
    values = (
        source.name,
        source.sha256,
        source.bytes,
        source.page_count,
        source.created,
        words.document_statuses[document.status],
        f"{producer.name} {producer.version}",
        document.schema_version,
    )
    rows: list[tuple[str, str | int | None]] = list(zip(words.source_rows, values, strict=True))
    for engine in producer.engines:
        about = " ".join(filter(None, (engine.version, engine.model_sha256)))
        rows.append((words.engine.format(engine.name), about))
    for setting, value in producer.config.items():
        rows.append((words.setting.format(setting), "－" if value is None else str(value)))
    for name, shown in rows:
        sheet.append([Item(name, _NAME), Item(shown, _TEXT)])
    sheet.append()
    sheet.append([Item(heading, _HEADING) for heading in words.source_pages])
    for page in source.pages:
        frame = (
            page.number,
            page.width,
            page.height,
            words.origins[page.origin],
            page.rotation,
            page.skew,
            page.engine,
        )
        sheet.append([Item(value, _CELL) for value in frame])
    sheet.close()
