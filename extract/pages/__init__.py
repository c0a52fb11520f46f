"""Stage 2: Source -> Page. Words, rulings and pictures of every page, in upright page coordinates."""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Page, Source
from extract.pages.image_file import read_image_pages
from extract.pages.text_layer import read_pdf_pages


def read_pages(source: Source) -> Iterator[Page]:
    """Read the chosen pages of a source one by one; each is closed before the next is opened.

    A page that cannot be read comes as a page without words that carries the notice ``page.failed``, so that pages in
    equal pages out. Raises InputDamaged where the file as a whole cannot be opened.
    """
    if source.media_type == "application/pdf":
        yield from read_pdf_pages(source)
    else:
        yield from read_image_pages(source)
