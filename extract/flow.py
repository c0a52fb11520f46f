"""The stages, a line each. ``convert`` reads a document into memory; nothing is written."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from extract.config import DEFAULT, NAME, VERSION, Config
from extract.document import CleanPage, Document, Page, PageFrame, Producer, Source
from extract.engines import EngineState, available
from extract.engines.pictures import PagePictures
from extract.errors import HokokuError, InputDamaged, OutOfMemory, ReadingError
from extract.findings import Language, Notice
from extract.intake import open_source
from extract.outcome import FindingCounts, Outcome, PageCounts
from extract.pages import check_engine, engines_used, read_pages
from extract.tables import page_to_layout
from extract.text import layout_to_clean
from extract.tree import pages_to_document
from extract.verification import verify_document
from extract.writers import Draw, find_writer, json_schema, json_to_document, write_document

_log = logging.getLogger(__name__)


class Watch(Protocol):
    """Who follows a conversion: told of the source, then of each page as soon as it is read."""

    def opened(self, source: Source) -> None:
        """Hear that the source was found usable."""

    def page_read(self, page: CleanPage) -> None:
        """Hear that a page was read."""


def convert(path: Path | str, *, config: Config = DEFAULT, watch: Watch | None = None) -> Outcome:
    """Convert one file in memory and give its outcome; a fault of the document is an outcome, not an exception.

    Raises DependencyMissing when the settings ask for what is not there.
    """
    check_dependencies(config)
    path = Path(path)
    started = time.monotonic()
    try:
        document = _path_to_document(path, config, watch)
    except HokokuError as error:
        _log.debug("%s failed", path, exc_info=True)
        return Outcome(path, "failed", error=error, seconds=time.monotonic() - started)
    outcome = _document_to_outcome(path, document, started=started)
    if outcome.pages.failed and not outcome.pages.converted:
        reasons = [finding.message for finding in document.findings if finding.code in UNREAD]
        nothing = InputDamaged(path=path, reason=reasons[0])
        return replace(outcome, status="failed", document=None, error=nothing)
    return outcome


def salvage(source: Source, pages: Sequence[CleanPage], *, error: HokokuError, config: Config) -> Outcome:
    """Make a document of the pages that were read before ``error`` ended the reading; the others are said to be missing."""
    started = time.monotonic()
    read = {page.frame.number: page for page in pages}
    lost = Notice("page.not-reached", details=(("reason", error.code),))
    every = [read.get(number) or _unread_page(number, lost) for number in source.page_numbers]
    try:
        document = _pages_to_document(source, every, config)
    except (MemoryError, RecursionError):
        return Outcome(source.path, "failed", error=error, seconds=time.monotonic() - started)
    return replace(_document_to_outcome(source.path, document, started=started), error=error)


def check_dependencies(config: Config) -> None:
    """Raise DependencyMissing when the settings need an OCR engine that cannot be used here."""
    check_engine(config.reading())


def read(path: Path) -> Document:
    """Read the JSON of a converted document. Raises JsonDamaged, JsonUnsupported and OSError."""
    return json_to_document(path.read_bytes())


def write(
    document: Document,
    base: Path,
    *,
    formats: Sequence[str],
    language: Language,
    root: Path | None = None,
    draw: Draw | None = None,
) -> tuple[Path, ...]:
    """Write a document as ``base`` plus the suffix of each format; give the paths. Raises OutputError.

    A data set of many documents lies below ``root``; ``draw`` gives pictures of the pages to the formats that show them.
    """
    return write_document(document, base, formats=formats, language=language, root=root, draw=draw)


def page_pictures(path: Path, *, config: Config) -> PagePictures:
    """Give what draws the pages of a source; the file is opened when the first picture is asked for."""
    return PagePictures(lambda: open_source(path, config=config.intake()))


def check_formats(formats: Sequence[str]) -> None:
    """Raise UsageError when a format is unknown, DependencyMissing when it needs what is not installed."""
    for name in formats:
        find_writer(name)


def engines() -> tuple[EngineState, ...]:
    """Give the OCR engines, whether each can be used here, and how to get those that cannot."""
    return available()


def schema() -> str:
    """Give the JSON Schema of a converted document."""
    return json_schema()


def _path_to_document(path: Path, config: Config, watch: Watch | None) -> Document:
    source = open_source(path, config=config.intake())
    if watch is not None:
        watch.opened(source)
    try:
        pages = _every_page(source, read_pages(_without_refused(source), config=config.reading()))
        layouts = map(page_to_layout, pages)
        clean_pages = map(layout_to_clean, layouts)
        return _pages_to_document(source, _followed(clean_pages, watch), config)
    except MemoryError as error:
        raise OutOfMemory(path=path, reason=type(error).__name__) from error
    except RecursionError as error:
        raise ReadingError(path=path, reason=type(error).__name__) from error


def _pages_to_document(source: Source, pages: Iterable[CleanPage], config: Config) -> Document:
    producer = Producer(name=NAME, version=VERSION, engines=(), config=config.public())
    document = pages_to_document(
        source, pages, producer=producer, language=config.language, privacy=config.privacy
    )
    document = verify_document(document, language=config.language)
    names = {page.engine for page in document.source.pages if page.engine is not None}
    engines = engines_used({*names, config.second_reader} if names else names)
    return (
        replace(document, producer=replace(document.producer, engines=(*document.producer.engines, *engines)))
        if engines
        else document
    )


def _followed(pages: Iterable[CleanPage], watch: Watch | None) -> Iterator[CleanPage]:
    for page in pages:
        if watch is not None:
            watch.page_read(page)
        yield page


def _without_refused(source: Source) -> Source:
    """Leave the pages over a limit out of what is read."""
    refused = {notice.page for notice in source.refused}
    return replace(source, page_numbers=tuple(n for n in source.page_numbers if n not in refused))


def _every_page(source: Source, pages: Iterable[Page]) -> Iterator[Page]:
    """Pass the pages on; raise InputDamaged when one that was asked for did not come: no page is lost in silence."""
    missing = set(source.page_numbers)
    refused = deque(source.refused)
    for page in pages:
        while refused and (refused[0].page or 0) < page.frame.number:
            notice = refused.popleft()
            missing.discard(notice.page or 0)
            yield _refused_page(notice)
        missing.discard(page.frame.number)
        yield page
    for notice in refused:
        missing.discard(notice.page or 0)
        yield _refused_page(notice)
    if missing:
        count = len(source.page_numbers)
        raise InputDamaged(path=source.path, reason=f"{count - len(missing)} / {count} pages")


def _refused_page(notice: Notice) -> Page:
    return Page(_no_frame(notice.page or 0), (), (), (), (), (notice,))


def _unread_page(number: int, lost: Notice) -> CleanPage:
    return CleanPage(_no_frame(number), (), (), None, (replace(lost, page=number),))


def _no_frame(number: int) -> PageFrame:
    return PageFrame(number, 0.0, 0.0, "text-layer", 0, None, None)


UNREAD = frozenset({"page.failed", "page.not-reached", "page.over-limit"})
"""The findings that say that nothing of a page was read."""


def _document_to_outcome(path: Path, document: Document, *, started: float) -> Outcome:
    severities = [finding.severity for finding in document.findings]
    counts = FindingCounts(
        info=severities.count("info"), warning=severities.count("warning"), error=severities.count("error")
    )
    chosen = len(document.source.pages)
    failed = len({finding.page for finding in document.findings if finding.code in UNREAD})
    pages = PageCounts(chosen - failed, failed, document.source.page_count - chosen)
    seconds = time.monotonic() - started
    return Outcome(path, document.status, document, findings=counts, pages=pages, seconds=seconds)
