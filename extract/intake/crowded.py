"""Pages with more characters or drawing objects than can be read in reasonable time, found before they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.findings import Notice


def find_crowded(
    content: Path | bytes,
    page_numbers: Sequence[int],
    *,
    password: str | None,
    max_characters: int,
    max_objects: int,
) -> Iterator[Notice]:
    """Give the notice ``page.over-limit`` for each page over a limit, in the order of the pages.

    A page that pdfium cannot load is left to the reader that comes next.
    """
    with pdfium.PdfDocument(content, password=password) as pdf:
        for number in page_numbers:
            page = pdfium_c.FPDF_LoadPage(pdf, number - 1)
            if not page:
                continue
            try:
                objects = pdfium_c.FPDFPage_CountObjects(page)
                if objects > max_objects:
                    yield _over(number, objects, max_objects, "max-objects")
                elif objects > 0 and (characters := _count_characters(page)) > max_characters:
                    yield _over(number, characters, max_characters, "max-characters")
            finally:
                pdfium_c.FPDF_ClosePage(page)


def _count_characters(page: pdfium_c.FPDF_PAGE) -> int:
    text = pdfium_c.FPDFText_LoadPage(page)
    if not text:
        return 0
    try:
        return int(pdfium_c.FPDFText_CountChars(text))
    finally:
        pdfium_c.FPDFText_ClosePage(text)


def _over(number: int, count: int, limit: int, option: str) -> Notice:
    return Notice(
        "page.over-limit",
        page=number,
        details=(("count", str(count)), ("limit", str(limit)), ("option", option)),
    )
