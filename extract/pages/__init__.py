"""Stage 2: Source -> Page. Words, rulings and pictures of every page, in upright page coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.config import PagesConfig
from extract.document import Page, Source
from extract.pages.image_file import read_image_pages
from extract.pages.text_layer import read_pdf_pages
from extract.pages.triage import Reader, check_engine, engines_used

__all__ = ["check_engine", "engines_used", "read_pages"]

TEXT_LAYER_FIRST = PagesConfig()


def read_pages(source: Source, *, config: PagesConfig = TEXT_LAYER_FIRST) -> Iterator[Page]:
    """Read the chosen pages of a source one by one; each is closed before the next is opened.

    A page whose text layer is missing or not to be believed is read by OCR, as far as ``config`` allows. A page that
    cannot be read comes as a page without words that carries the notice ``page.failed`` or ``page.ocr-failed``, so that
    pages in equal pages out. Raises InputDamaged where the file as a whole cannot be opened, DependencyMissing where
    the engine that was asked for is not there.
    """
    if source.media_type == "application/pdf":
        pages: Iterable[Page] = read_pdf_pages(source)
    else:
        pages = read_image_pages(source)
    with Reader(source, config) as reader:
        for page in pages:
            yield reader.settle(page)
