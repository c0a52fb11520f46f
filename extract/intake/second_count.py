"""The page count of a PDF by the reader that reads its characters: what it does not see would be lost in silence."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
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


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What the second reader tells: its page count, None where it cannot read the file, and whether pages are built later."""

    count: int | None
    needs_rendering: bool = False


def look_again(content: Path | bytes, *, password: str | None, up_to: int) -> SecondLook:
    """Count the pages to one more than ``up_to``.

    ``NeedsRendering`` marks a form whose pages Adobe Reader builds (ISO 32000-1, 7.7.2).
    """
    count = 0
    needs_rendering = False
    try:
        with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
            document = PDFDocument(PDFParser(stream), password=password or "")
            needs_rendering = document.catalog.get("NeedsRendering") is True
            for _ in PDFPage.create_pages(document):
                count += 1
                if count > up_to:
                    break
    except FAILURES:
        return SecondLook(count or None, needs_rendering)
    return SecondLook(count, needs_rendering)


def is_without_pages(path: Path, *, password: str | None) -> bool:
    """Say whether the page tree can be read and has no node: then the document is empty, otherwise it is damaged."""
    try:
        with path.open("rb") as stream:
            document = PDFDocument(PDFParser(stream), password=password or "")
            tree = resolve1(document.catalog["Pages"])
            kids = resolve1(tree.get("Kids")) or ()
            return isinstance(tree, dict) and not any(resolve1(kid) for kid in kids)
    except FAILURES:
        return False
