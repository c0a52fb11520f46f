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
from extract.intake.repair import repair_pdf
from extract.intake.second_count import count_pages_again

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
    except (InputDamaged, InputEmpty) as error:
        broken = error
    first = contents.page_count
    if first > max_pages:
        return contents
    second = None if broken else count_pages_again(path, password=password, up_to=max_pages)
    if broken is None and first == second:
        return contents
    repaired = _repair(path, at_least=max(first, second or 0), password=password, max_pages=max_pages)
    if repaired is not None:
        return repaired
    if broken is not None:
        raise broken
    counts = (("first", str(first)), ("second", str(second or 0)))
    return replace(
        contents, notices=(*contents.notices, Notice("source.page-counts-disagree", details=counts))
    )


def _repair(path: Path, *, at_least: int, password: str | None, max_pages: int) -> Contents | None:
    content = repair_pdf(path, password=password)
    if content is None:
        return None
    try:
        contents = look_into_pdf(path, content, password=None)
    except InputError:
        return None
    count = contents.page_count
    if count < at_least or count != count_pages_again(content, password=None, up_to=max_pages):
        return None
    notice = Notice("source.repaired", details=(("before", str(at_least)), ("after", str(count))))
    return replace(contents, notices=(*contents.notices, notice), repaired=content)


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
