"""A look into a PDF with two readers: pdfium, and the one that reads its characters; a damaged file is repaired once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.errors import (
    InputDamaged,
    InputDynamicForm,
    InputEmpty,
    InputEncrypted,
    InputError,
    InputPasswordWrong,
)
from extract.findings import Notice
from extract.intake.contents import Contents
from extract.intake.dates import pdf_date_to_iso
from extract.intake.repair import copy_pages, repair_pdf
from extract.intake.second_count import SecondLook, is_without_pages, look_again

END_MARK = b"%%EOF"
END_BYTES = 1024

NOT_ENCRYPTED = -1
"""What pdfium gives as the revision of the security handler of a file without one."""

MAY_EXTRACT = 1 << 4
"""Bit 5 of the permissions: copy or otherwise extract text (ISO 32000-1, table 22)."""


def read_pdf_contents(path: Path, *, password: str | None, max_pages: int) -> Contents:
    """Give pages, creation time and notices of a PDF, and its repaired content where that is what can be read.

    Two readers count the pages. Where they disagree, or find none, the file is repaired once and counted again; the
    repaired content is taken when it shows no page less and both readers agree on it. Raises as ``look_into_pdf``.
    """
    broken: InputError | None = None
    contents = Contents(0)
    try:
        contents = look_into_pdf(path, path, password=password)
    except (InputDamaged, InputEmpty, InputEncrypted) as error:
        broken = error  # a damaged dictionary of the encryption looks like a password that is missing
    if contents.page_count > max_pages:
        return contents
    second = SecondLook(None) if broken else look_again(path, password=password, up_to=max_pages)
    if second.needs_rendering:
        raise InputDynamicForm(path=path)
    if broken is None and contents.page_count == second.count:
        return contents
    seen = max(contents.page_count, second.count or 0)
    repaired = _repair(path, seen=seen, readable=bool(second.count), password=password, max_pages=max_pages)
    if repaired is not None:
        return repaired
    if isinstance(broken, InputEmpty) and not is_without_pages(path, password=password):
        raise InputDamaged(path=path, reason="the page tree") from broken
    if broken is not None:
        raise broken
    counts = (("first", str(contents.page_count)), ("second", str(second.count or 0)))
    return replace(
        contents, notices=(*contents.notices, Notice("source.page-counts-disagree", details=counts))
    )


def _repair(
    path: Path, *, seen: int, readable: bool, password: str | None, max_pages: int
) -> Contents | None:
    """Give what a repaired copy holds, or None where it is no better.

    It may have fewer pages than were ``seen`` only where the end of the file is missing, and with it those pages, and
    where the second reader finds none at all (not ``readable``): otherwise all would be lost.
    """
    content = repair_pdf(path, password=password)
    if content is None and seen:
        content = copy_pages(path, password=password)
    if content is None:
        return None
    try:
        contents = look_into_pdf(path, content, password=None)
    except InputError:
        return None
    count = contents.page_count
    is_cut = not _ends_whole(path)
    if (count < seen and (readable or not is_cut)) or count != look_again(
        content, password=None, up_to=max_pages
    ).count:
        return None
    notices = [Notice("source.repaired", details=(("before", str(seen)), ("after", str(count))))]
    if is_cut:
        notices.append(Notice("source.cut-off", details=(("count", str(count)),)))
    return replace(contents, notices=(*contents.notices, *notices), repaired=content)


def _ends_whole(path: Path) -> bool:
    """Say whether the mark of the end is where readers look for it (ISO 32000-1, annex H.3, note 18)."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - END_BYTES))
        return END_MARK in stream.read()


def look_into_pdf(path: Path, content: Path | bytes, *, password: str | None) -> Contents:
    """Give what pdfium tells of a PDF: the file itself, or other content in its place.

    A file that its owner only restricted opens without a password; where the restriction covers text, a notice says so.
    Raises InputEncrypted, InputPasswordWrong, InputDamaged, InputEmpty and InputDynamicForm.
    """
    try:
        pdf = pdfium.PdfDocument(content, password=password)
    except pdfium.PdfiumError as error:
        if isinstance(content, Path) and _loads(content, password):
            raise InputEmpty(path=path) from error
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise (InputPasswordWrong if password else InputEncrypted)(path=path) from error
        raise InputDamaged(path=path, reason=_reason(error)) from error
    except OSError as error:
        raise InputDamaged(path=path, reason=error.strerror or str(error)) from error
    with pdf:
        count = len(pdf)
        if not _has_page(pdf, count):
            raise InputEmpty(path=path)
        if pdf.get_formtype() == pdfium_c.FORMTYPE_XFA_FULL:
            raise InputDynamicForm(path=path)
        created = pdf_date_to_iso(pdf.get_metadata_value("CreationDate"))
        return Contents(count, created, _restrictions(pdf))


def _loads(path: Path, password: str | None) -> bool:
    """Say whether a file that did not open is merely without pages.

    pypdfium2 raises then too, with the error code of whatever failed before: pdfium resets it at the next failure only.
    """
    secret = None if password is None else password.encode() + b"\0"
    handle = pdfium_c.FPDF_LoadDocument(str(path).encode("utf-8", "surrogateescape") + b"\0", secret)
    if handle:
        pdfium_c.FPDF_CloseDocument(handle)
    return bool(handle)


def _has_page(pdf: pdfium.PdfDocument, count: int) -> bool:
    """Say whether at least one page that the tree counts is there; its size is read without its contents."""
    size = pdfium_c.FS_SIZEF()
    return any(pdfium_c.FPDF_GetPageSizeByIndexF(pdf, index, size) for index in range(count))


def _restrictions(pdf: pdfium.PdfDocument) -> tuple[Notice, ...]:
    if pdfium_c.FPDF_GetSecurityHandlerRevision(pdf) == NOT_ENCRYPTED:
        return ()
    if pdfium_c.FPDF_GetDocPermissions(pdf) & MAY_EXTRACT:
        return ()
    return (Notice("source.text-extraction-restricted"),)


def _reason(error: pdfium.PdfiumError) -> str:
    """Give what stands in brackets: "Failed to load document (PDFium: Data format error)." repeats our own sentence."""
    return str(error).partition("(")[2].rstrip(".)") or str(error)
