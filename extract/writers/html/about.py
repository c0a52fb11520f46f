"""What the page says of the document as a whole: its state on top, where it comes from at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extract.document import CellStatus
from extract.writers.html.marking import badge, tag, text
from extract.writers.html.view import View

_STATUSES: tuple[CellStatus, ...] = ("conflict", "repaired", "corrected", "verified", "unverified")


def summary_html(view: View) -> Iterator[str]:
    """Give the name of the document, how much of it there is, and how sure its numbers are."""
    document, words, own = view.document, view.words, view.own
    yield f'<header class="document"><h1>{text(document.source.name)}</h1>'
    if document.status == "partial":
        yield tag("p", text(words.partial), class_="partial")
    counts = (
        (own.reports, len(document.reports)),
        (own.tables, len(document.tables)),
        (own.numbers, len(document.facts)),
    )
    yield '<dl class="counts">'
    for name, count in counts:
        yield tag("div", tag("dt", text(name)) + tag("dd", f"{count:,}"))
    yield "</dl>"
    numbers = [cell for cell in view.cells.values() if cell.kind == "number" and cell.role == "body"]
    statuses = Counter(cell.status for cell in numbers)
    yield '<p class="states">'
    for status in _STATUSES:
        if statuses[status]:
            mark = "✓ " if status == "verified" else ""
            yield badge(status, f"{mark}{words.statuses[status]} {statuses[status]:,}") + " "
    doubtful = sum(view.cells[cell].needs_review for cell in view.cells)
    if doubtful:
        yield badge("review", f"{words.to_review} {doubtful:,}")
    yield "</p>"
    yield tag("p", text(own.how_to_read), class_="quiet")
    yield "</header>"


def source_html(view: View) -> Iterator[str]:
    """Give the file, the software and the settings."""
    document, words = view.document, view.words
    source, producer = document.source, document.producer
    values = (
        source.name,
        source.sha256,
        f"{source.bytes:,}",
        str(source.page_count),
        source.created or "－",
        words.document_statuses[document.status],
        f"{producer.name} {producer.version}",
        document.schema_version,
    )
    rows = list(zip(words.source_rows, values, strict=True))
    rows += [
        (words.engine.format(engine.name), " ".join(filter(None, (engine.version, engine.model_sha256))))
        for engine in producer.engines
    ]
    rows += [
        (words.setting.format(setting), "－" if value is None else str(value))
        for setting, value in producer.config.items()
    ]
    yield f'<footer id="source"><h2>{text(words.source)}</h2><dl>'
    for name, value in rows:
        yield tag("dt", text(name)) + tag("dd", text(value))
    yield "</dl></footer>"
