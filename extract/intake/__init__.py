"""Stage 1: path -> Source. An input is opened, hashed and found usable, or refused with the reason."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from extract.config import IntakeConfig, PageRange, ranges_to_text
from extract.document import Source
from extract.errors import (
    InputEmpty,
    InputMissing,
    InputNotAFile,
    InputTooLarge,
    InputUnreadable,
    InputUnsupported,
    TooManyBytes,
    TooManyCharacters,
    TooManyObjects,
    TooManyPages,
    UsageError,
)
from extract.findings import Notice
from extract.intake.contents import Contents
from extract.intake.crowded import find_crowded
from extract.intake.image_file import read_image_contents
from extract.intake.pdf_file import read_pdf_contents
from extract.media import HEAD_BYTES, head_to_media_type, is_headless_pdf

_CHUNK = 1024 * 1024

LOOKED_AT = 64 * 1024
"""Bytes at each end in which a PDF without a header shows its objects."""


def open_source(path: Path, *, config: IntakeConfig) -> Source:
    """Check, hash and look into an input file; give what the later stages need to know of it.

    Raises InputMissing, InputUnreadable, InputUnsupported, InputNotAFile (folders, pipes and devices), InputEncrypted,
    InputDamaged, InputEmpty, InputTooLarge, and UsageError when the file has none of the pages asked for.
    """
    size = _check_file(path, config.max_bytes)
    head, sha256 = _read_whole(path)
    if size == 0:
        raise InputUnsupported(path=path)
    media_type = head_to_media_type(head)
    if media_type is None and _is_headless(path, size):
        media_type = "application/pdf"
    if media_type is None:
        raise InputUnsupported(path=path)
    if media_type == "application/pdf":
        contents = read_pdf_contents(path, password=config.password, max_pages=config.max_pages)
    else:
        contents = read_image_contents(path, max_pages=config.max_pages, max_pixels=config.max_pixels)
    if contents.page_count == 0:
        raise InputEmpty(path=path)
    if contents.page_count > config.max_pages:
        raise TooManyPages(path=path, count=contents.page_count, limit=config.max_pages)
    page_numbers, notices = _choose_pages(path, contents, config.pages)
    refused: tuple[Notice, ...] = ()
    if media_type == "application/pdf":
        refused = tuple(
            find_crowded(
                contents.repaired or path,
                page_numbers,
                password=None if contents.repaired else config.password,
                max_characters=config.max_characters,
                max_objects=config.max_objects,
            )
        )
    if len(refused) == len(page_numbers):
        raise _crowded(path, refused[0])
    return Source(
        path=path,
        name=_path_to_name(path),
        sha256=sha256,
        bytes=size,
        media_type=media_type,
        page_count=contents.page_count,
        page_numbers=page_numbers,
        created=contents.created,
        password=config.password,
        notices=contents.notices + notices,
        repaired=contents.repaired,
        refused=refused,
    )


def _check_file(path: Path, max_bytes: int) -> int:
    """Give the size of a regular file. A pipe or device must not be opened: reading it could wait for ever."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputMissing(path=path) from error
    except (OSError, ValueError) as error:
        raise InputUnreadable(path=path, reason=_reason(error)) from error
    if not stat.S_ISREG(status.st_mode):
        raise InputNotAFile(path=path)
    if status.st_size > max_bytes:
        raise TooManyBytes(path=path, count=status.st_size, limit=max_bytes)
    return status.st_size


def _read_whole(path: Path) -> tuple[bytes, str]:
    """Give the first bytes and the SHA-256 of the file, read once in pieces."""
    digest = hashlib.sha256()
    head = b""
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                head = head or chunk[:HEAD_BYTES]
                digest.update(chunk)
    except OSError as error:
        raise InputUnreadable(path=path, reason=_reason(error)) from error
    return head, digest.hexdigest()


def _is_headless(path: Path, size: int) -> bool:
    """Look at both ends of a file without a header for what a PDF is made of."""
    with path.open("rb") as stream:
        if is_headless_pdf(stream.read(LOOKED_AT)):
            return True
        stream.seek(max(0, size - LOOKED_AT))
        return is_headless_pdf(stream.read(LOOKED_AT))


def _crowded(path: Path, notice: Notice) -> InputTooLarge:
    details = dict(notice.details)
    kind = TooManyObjects if details["option"] == "max-objects" else TooManyCharacters
    return kind(path=path, count=details["count"], limit=details["limit"])


def _choose_pages(
    path: Path, contents: Contents, ranges: tuple[PageRange, ...] | None
) -> tuple[tuple[int, ...], tuple[Notice, ...]]:
    """Give the page numbers to convert and what must be said about the choice."""
    count = contents.page_count
    if ranges is None:
        return tuple(range(1, count + 1)), ()
    chosen = {number for first, last in ranges for number in range(first, min(last, count) + 1)}
    asked = ranges_to_text(ranges)
    if not chosen:
        raise UsageError(
            detail_ja=f"{path} は {count} ページまでで、指定のページ {asked} はありません。",
            detail_en=f"{path} has {count} pages and none of {asked}.",
        )
    if max(last for _, last in ranges) <= count:
        return tuple(sorted(chosen)), ()
    beyond = Notice("source.pages-beyond-end", details=(("pages", asked), ("count", str(count))))
    return tuple(sorted(chosen)), (beyond,)


def _path_to_name(path: Path) -> str:
    """Give the file name as text that UTF-8 can hold: bytes of another encoding in it become the replacement mark."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    strerror = getattr(error, "strerror", None)
    return str(strerror or error)
