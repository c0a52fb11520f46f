"""What kind of file some bytes are: told by content, never by name; pure."""

from __future__ import annotations

import re

from extract.document import MediaType

HEAD_BYTES = 1024
"""Readers accept ``%PDF-`` anywhere in the first 1024 bytes (ISO 32000-1, annex H.3, note 13)."""

_PDF_HEADER = re.compile(rb"%PDF-")
_MAGICS: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF: version 43 in place of 42
    (b"MM\x00+", "image/tiff"),
)


def head_to_media_type(head: bytes) -> MediaType | None:
    """Give the media type of a file by its first ``HEAD_BYTES`` bytes, or None when it is none that is read here."""
    for magic, media_type in _MAGICS:
        if head.startswith(magic):
            return media_type
    if _PDF_HEADER.search(head[:HEAD_BYTES]):
        return "application/pdf"
    return None


_PDF_PARTS = (re.compile(rb"\d+ \d+ obj\b"), re.compile(rb"\bendobj\b"))


def is_headless_pdf(piece: bytes) -> bool:
    """Say whether a piece of a file is full of the objects of a PDF whose header was lost or lies too deep."""
    return all(part.search(piece) for part in _PDF_PARTS)
