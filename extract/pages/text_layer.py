"""A PDF page -> Page through its text layer, with pdfplumber."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page as PdfPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extract.document import Page, PageFrame, Picture, Ruling, Source, Stroke, Word
from extract.errors import InputDamaged
from extract.findings import Notice
from extract.geometry import Box, box_rounded
from extract.pages import upright
from extract.pages.glyphs import HORIZONTAL, PageGlyphs, characters_to_glyphs
from extract.pages.rulings import shapes_to_rulings
from extract.pages.shapes import shapes_of_page
from extract.pages.words import glyphs_to_words

COVERING = 0.7
"""A picture over more than this share of the page is a scan; text under it is an OCR layer nobody has checked."""

SHOWN_OUTSIDE = 40
"""So many characters of text outside the page are quoted in the finding."""

logging.getLogger("pdfminer").addHandler(logging.NullHandler())
# It warns of every odd font; who wants to read that configures logging, nobody else sees it on standard error.

READER_FAILURES = (
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the PDF reader raises on broken pages: its parsers check little, so the failure shows as any of these."""


def read_pdf_pages(source: Source) -> Iterator[Page]:
    """Give the pages of a PDF; raises InputDamaged where pdfplumber cannot open the file.

    Pages are made one at a time: the list that pdfplumber keeps would hold them all, and one without a media box would
    take the others with it.
    """
    try:
        pdf = pdfplumber.open(
            source.path if source.repaired is None else BytesIO(source.repaired),
            password=source.password or "",
        )
    except READER_FAILURES as error:
        raise InputDamaged(path=source.path, reason=_reason(error)) from error
    wanted = set(source.page_numbers)
    reason = "no such page"
    with closing(pdf.stream):
        nodes = enumerate(PDFPage.create_pages(pdf.doc), 1)
        while wanted:
            try:
                number, node = next(nodes)
            except StopIteration:
                break
            except READER_FAILURES as error:
                reason = _reason(error)
                break
            if number in wanted:
                wanted.remove(number)
                yield _page_or_failure(pdf, number, node)
    yield from (_failed_page(number, reason) for number in sorted(wanted))


def _page_or_failure(pdf: pdfplumber.PDF, number: int, node: PDFPage) -> Page:
    node.attrs["MediaBox"] = (
        node.mediabox
    )  # as the parser understood or supplied it: pdfplumber takes no other
    try:
        page = PdfPage(pdf, node, page_number=number)
        read = _read_page(number, page)
    except READER_FAILURES as error:
        return _failed_page(number, _reason(error))
    page.close()
    return read


def _reason(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _failed_page(number: int, reason: str) -> Page:
    frame = PageFrame(number, 0.0, 0.0, "text-layer", 0, None, None)
    return Page(frame, (), (), (), (), (Notice("page.failed", page=number, details=(("reason", reason),)),))


def _read_page(number: int, page: Any) -> Page:
    """Read one page of pdfplumber.

    Its layout tree is read directly: pdfplumber's own dictionaries of the same objects cost as much again.
    """
    characters: list[LTChar] = []
    curves: list[LTCurve] = []
    images: list[LTImage] = []
    _collect(page.layout, characters, curves, images)
    left, top, width, height = _crop(page)
    glyphs = characters_to_glyphs(characters, left, top)
    shapes = shapes_of_page(curves, left, top)
    rulings = shapes_to_rulings(shapes, width, height)
    inside, outside = _words(glyphs, rulings, width, height)
    turn = upright.page_turn(word.angle for word in inside for _ in word.text)
    pictures = [Picture(box_rounded((i.x0 - left, top - i.y1, i.x1 - left, top - i.y0))) for i in images]
    strokes = [Stroke(box_rounded(stroke.box), stroke.rising) for stroke in shapes.strokes]
    if turn:
        mapped = upright.turn_box(width, height, turn)
        inside = [upright.turn_word(word, mapped, turn) for word in inside]
        rulings = tuple(upright.turn_ruling(ruling, mapped) for ruling in rulings)
        strokes = [upright.turn_stroke(stroke, mapped, turn) for stroke in strokes]
        pictures = [upright.turn_picture(picture, mapped) for picture in pictures]
        if turn != 180:
            width, height = height, width
    frame = PageFrame(
        number, round(width, 2), round(height, 2), "text-layer", (page.rotation + turn) % 360, None, None
    )
    read = Page(frame, tuple(inside), rulings, tuple(strokes), tuple(pictures), (), tuple(outside))
    return replace(read, notices=tuple(_notices(read, glyphs.unmapped)))


def _collect(
    container: LTContainer[Any], characters: list[LTChar], curves: list[LTCurve], images: list[LTImage]
) -> None:
    """Sort the leaves of a layout tree by kind, in the order of the content stream."""
    for item in container._objs:  # noqa: SLF001 - iterating the container itself costs a generator a level
        if isinstance(item, LTChar):
            characters.append(item)
        elif isinstance(item, LTCurve):
            curves.append(item)
        elif isinstance(item, LTImage):
            images.append(item)
        elif isinstance(item, LTContainer):
            _collect(item, characters, curves, images)


def _crop(page: Any) -> tuple[float, float, float, float]:
    """Give left and top of the visible page in the reader's upward coordinates, and its width and height.

    The reader counts from the media box; the crop box is what a person sees. A crop box that misses the media box
    is ignored, as viewers do.
    """
    media: Box = page.mediabox
    crop: Box = page.cropbox
    height = media[3] - media[1]
    x0, y0 = max(crop[0], media[0]), max(crop[1], media[1])
    x1, y1 = min(crop[2], media[2]), min(crop[3], media[3])
    if x1 - x0 < 1 or y1 - y0 < 1:
        x0, y0, x1, y1 = media
    return (float(x0 - media[0]), float(height - (y0 - media[1])), float(x1 - x0), float(y1 - y0))


def _words(
    glyphs: PageGlyphs, rulings: tuple[Ruling, ...], width: float, height: float
) -> tuple[list[Word], list[Word]]:
    """Give the words on the page and those outside it."""
    inside: list[Word] = []
    outside: list[Word] = []
    for direction in sorted(glyphs.by_direction, key=lambda d: d != HORIZONTAL):
        for word in glyphs_to_words(direction, glyphs.by_direction[direction], rulings):
            x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
            (inside if 0 <= x <= width and 0 <= y <= height else outside).append(word)
    return inside, outside


def _notices(page: Page, unmapped: int) -> Iterator[Notice]:
    number = page.frame.number
    area = page.frame.width * page.frame.height
    boxes = [picture.box for picture in page.pictures]
    if not page.words:
        yield Notice("page.no-text" if boxes or page.rulings else "page.blank", page=number)
    elif any((x1 - x0) * (y1 - y0) > COVERING * area for x0, y0, x1, y1 in boxes):
        yield Notice("page.unseen-text", page=number)
    if unmapped:
        yield Notice("page.unmapped-characters", page=number, details=(("count", str(unmapped)),))
    if page.outside:
        text = " ".join(word.text for word in page.outside)
        shown = text if len(text) <= SHOWN_OUTSIDE else text[:SHOWN_OUTSIDE] + "…"
        count = str(sum(len(word.text) for word in page.outside))
        yield Notice("page.text-outside", page=number, details=(("count", count), ("text", shown)))
