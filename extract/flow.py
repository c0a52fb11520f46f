"""The stages, a line each. ``convert`` reads a document into memory; nothing is written."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from extract.config import DEFAULT, NAME, VERSION, Config
from extract.document import Document, Page, Producer, Source
from extract.errors import DependencyMissing, HokokuError, InputDamaged, ReadingError
from extract.findings import Language, Severity
from extract.intake import open_source
from extract.pages import read_pages
from extract.tables import page_to_layout
from extract.text import layout_to_clean
from extract.tree import pages_to_document
from extract.writers import find_writer, json_schema, write_document

OutcomeStatus: TypeAlias = Literal["ok", "partial", "failed"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings of each severity a document has."""

    info: int = 0
    warning: int = 0
    error: int = 0

    def reach(self, severity: Severity) -> bool:
        """Say whether there is a finding of this severity or a higher one."""
        counted = {
            "info": self.info + self.warning + self.error,
            "warning": self.warning + self.error,
            "error": self.error,
        }
        return counted[severity] > 0


NO_FINDINGS = FindingCounts()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    ``status`` is that of the document, or "failed"; then ``error`` says why. ``document`` is what ``convert`` read;
    ``convert_many`` leaves it None and names the files it wrote in ``outputs``. ``seconds`` is the time it took.
    """

    path: Path
    status: OutcomeStatus
    document: Document | None = None
    error: HokokuError | None = None
    outputs: tuple[Path, ...] = ()
    findings: FindingCounts = NO_FINDINGS
    seconds: float = 0.0


def convert(path: Path | str, *, config: Config = DEFAULT) -> Outcome:
    """Convert one file in memory and give its outcome; a fault of the document is an outcome, not an exception.

    Raises DependencyMissing when the settings ask for what is not there.
    """
    check_dependencies(config)
    path = Path(path)
    started = time.monotonic()
    try:
        document = _path_to_document(path, config)
    except HokokuError as error:
        _log.debug("%s failed", path, exc_info=True)
        return Outcome(path, "failed", error=error, seconds=time.monotonic() - started)
    counts = _count_findings(document)
    return Outcome(path, document.status, document, findings=counts, seconds=time.monotonic() - started)


def check_dependencies(config: Config) -> None:
    """Raise DependencyMissing when a setting needs an OCR engine: none is part of this version."""
    if config.ocr in ("rapidocr", "tesseract") or config.force_ocr:
        name = "OCR" if config.ocr == "auto" else config.ocr
        raise DependencyMissing(
            name=name,
            remedy_ja="この版には OCR がありません。--ocr と --force-ocr を外すと文字層のある文書を変換できます。",
            remedy_en="This version has no OCR; without --ocr and --force-ocr it converts documents with a text layer.",
        )


def write(document: Document, base: Path, *, formats: Sequence[str], language: Language) -> tuple[Path, ...]:
    """Write a document as ``base`` plus the suffix of each format; give the paths. Raises OutputError."""
    return write_document(document, base, formats=formats, language=language)


def check_formats(formats: Sequence[str]) -> None:
    """Raise UsageError when a format is unknown."""
    for name in formats:
        find_writer(name)


def schema() -> str:
    """Give the JSON Schema of a converted document."""
    return json_schema()


def _path_to_document(path: Path, config: Config) -> Document:
    source = open_source(path, config=config.intake())
    producer = Producer(name=NAME, version=VERSION, engines=(), config=config.public())
    try:
        pages = _every_page(source, read_pages(source))
        layouts = map(page_to_layout, pages)
        clean_pages = map(layout_to_clean, layouts)
        return pages_to_document(source, clean_pages, producer=producer, language=config.language)
    except (MemoryError, RecursionError) as error:
        raise ReadingError(path=path, reason=type(error).__name__) from error


def _every_page(source: Source, pages: Iterable[Page]) -> Iterator[Page]:
    """Pass the pages on; raise InputDamaged when one that was asked for did not come: no page is lost in silence."""
    missing = set(source.page_numbers)
    for page in pages:
        missing.discard(page.frame.number)
        yield page
    if missing:
        count = len(source.page_numbers)
        raise InputDamaged(path=source.path, reason=f"{count - len(missing)} / {count} pages")


def _count_findings(document: Document) -> FindingCounts:
    severities = [finding.severity for finding in document.findings]
    return FindingCounts(
        info=severities.count("info"), warning=severities.count("warning"), error=severities.count("error")
    )
