"""The page count of a PDF by the reader that reads its characters: what it does not see would be lost in silence."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

logging.getLogger("pdfminer").addHandler(logging.NullHandler())

FAILURES = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What that reader raises on broken files: its parsers check little, so the failure shows as any of these."""


def count_pages_again(content: Path | bytes, *, password: str | None, up_to: int) -> int | None:
    """Give the number of pages, counted to one more than ``up_to``; None when the file cannot be read so."""
    count = 0
    try:
        with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
            for _ in PDFPage.create_pages(PDFDocument(PDFParser(stream), password=password or "")):
                count += 1
                if count > up_to:
                    break
    except FAILURES:
        return count or None
    return count
