"""A damaged PDF -> the same pages written anew.

qpdf (through pikepdf) recovers lost tables and trees; where it gives up, pdfium copies the pages that it can open.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pypdfium2 as pdfium

MAX_GROWTH = 8
"""A repaired copy over so many times the file, ..."""

ALWAYS_ALLOWED = 64 * 1024**2
"""... and over so many bytes, is not a repair but a bomb going off."""


def repair_pdf(path: Path, *, password: str | None) -> bytes | None:
    """Give the content of a repaired copy without encryption, or None when there is nothing to recover."""
    import pikepdf  # noqa: PLC0415 - only a damaged file pays for it

    try:
        with pikepdf.open(path, password=password or "", suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                return None
            copy = io.BytesIO()
            pdf.save(copy, encryption=False)
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
        struct.error,
    ):
        return None
    allowed = max(ALWAYS_ALLOWED, MAX_GROWTH * path.stat().st_size)
    return copy.getvalue() if copy.tell() <= allowed else None


def copy_pages(path: Path, *, password: str | None) -> bytes | None:
    """Give a new PDF with the pages that pdfium can open, or None where it cannot copy them all."""
    copy = io.BytesIO()
    try:
        with pdfium.PdfDocument(path, password=password) as pdf, pdfium.PdfDocument.new() as new:
            new.import_pages(pdf)
            new.save(copy)
    except (pdfium.PdfiumError, OSError):
        return None
    return copy.getvalue()
