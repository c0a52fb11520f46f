"""A page with a text layer that also holds a picture of a table or of a text: what OCR reads there is added to its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.document import Page, Ruling, Word
from extract.engines.base import Recogniser
from extract.engines.rasters import Raster
from extract.findings import Notice
from extract.geometry import Box, box_rounded
from extract.pages.picture_places import find_pictures
from extract.pages.scan.page import read_scanned_page
from extract.pages.scan.paper.picture import colour_to_gray, even_tone, gray_to_ink
from extract.pages.scan.reading.second import FAILED as SECOND_FAILED

WHOLE_PAGE = 0.5
"""A picture over this share of the page is its scan; the text layer was stamped on it."""

PAPER_SHARE = 0.55
"""Of a picture of print at least this share has the tone of its paper; of a photograph or a map less."""

SAME_TONE = 22
"""Tones that differ by less (of 255) are one."""

TABLE_RULINGS = 3
"""A table has at least so many rulings along each axis."""

FILLED = 4
"""And at least so many words in it."""

PROSE_LINES, PROSE_LETTERS = 3, 30
"""Text has at least so many lines and letters."""

SURE, HALF_SURE = 0.85, 0.6
"""Least mean confidence of the words of what is taken for a table or a text, and of what may hold text."""

LETTERS = 8
"""A picture with fewer letters holds nothing that is missed."""

SAME_SIZE = 3.0
"""The drawn page and the page of the text layer differ by at most this (points), or the text layer was turned."""

COVERED = 0.5
"""The text layer of a scan covers at least this share of its ink."""

FRAME = 24.0
"""Paper (points) that is put around a picture."""

AROUND = 0.15
"""Words reach beyond their boxes by this share of their size."""


def covers(page: Page, raster: Raster) -> bool:
    """Say whether the words of a text layer stand on most of the ink of the page: a page number stamped on a scan does not."""
    ink = gray_to_ink(even_tone(colour_to_gray(raster.picture), raster.scale))
    whole = cv2.countNonZero(ink)
    for word in page.words:
        x0, y0, x1, y1 = _pixels(word, raster.scale)
        ink[y0:y1, x0:x1] = 0
    return cv2.countNonZero(ink) <= (1 - COVERED) * whole


def read_pictures(
    page: Page, raster: Raster, *, engine: Recogniser, second: Recogniser | None = None
) -> Page:
    """Give the page with the words and rulings of its pictures. Raises EngineFailure where the engine breaks.

    A picture is taken for a table or a text where it has rulings or several lines and reads surely; of one that merely
    seems to hold text the page tells.
    """
    boxes = [box for box in find_pictures(page) if _is_print(_cut(raster, box))]
    height, width = raster.picture.shape[:2]
    if not boxes:
        return page
    if (
        max(abs(width / raster.scale - page.frame.width), abs(height / raster.scale - page.frame.height))
        > SAME_SIZE
    ):
        return _with_unread(page)
    bare = _without_words(raster, page.words)
    words: list[Word] = []
    rulings: list[Ruling] = []
    failed: list[Notice] = []
    missed = False
    for box in boxes:
        read = read_scanned_page(page.frame.number, _framed(_cut(bare, box)), engine=engine, second=second)
        letters = sum(len(word.text) for word in read.words)
        if letters < LETTERS:
            continue
        confidence = sum((word.confidence or 0.0) * len(word.text) for word in read.words) / letters
        share = (box[2] - box[0]) * (box[3] - box[1]) / (page.frame.width * page.frame.height)
        if read.frame.rotation or not _is_text(read, confidence, is_page=share >= WHOLE_PAGE):
            missed = missed or confidence >= HALF_SURE
            continue
        failed += [notice for notice in read.notices if notice.code == SECOND_FAILED]
        words += [_moved(word, box) for word in read.words]
        rulings += [_moved_ruling(ruling, box) for ruling in read.rulings]
    if words:
        frame = replace(page.frame, origin="mixed", engine=engine.state.name)
        page = replace(
            page,
            frame=frame,
            words=(*page.words, *words),
            rulings=(*page.rulings, *rulings),
            notices=(*page.notices, *failed[:1]),
        )
    return _with_unread(page) if missed else page


def _is_text(read: Page, confidence: float, *, is_page: bool) -> bool:
    axes = [ruling.axis for ruling in read.rulings]
    is_table = min(axes.count("horizontal"), axes.count("vertical")) >= TABLE_RULINGS
    lines = {round(word.box[3] / max(word.size, 1.0)) for word in read.words}
    letters = sum(len(word.text) for word in read.words)
    if is_table or is_page:
        return len(read.words) >= FILLED and confidence >= HALF_SURE
    return len(lines) >= PROSE_LINES and letters >= PROSE_LETTERS and confidence >= SURE


def _with_unread(page: Page) -> Page:
    return replace(page, notices=(*page.notices, Notice("page.picture-unread", page=page.frame.number)))


def _cut(raster: Raster, box: Box) -> Raster:
    x0, y0, x1, y1 = (round(value * raster.scale) for value in box)
    return raster._replace(picture=np.ascontiguousarray(raster.picture[y0:y1, x0:x1]))


def _framed(raster: Raster) -> Raster:
    """Give a picture with paper around it: rulings may run along its edge, where a scan has shadows."""
    side = round(FRAME * raster.scale)
    framed = cv2.copyMakeBorder(
        raster.picture, side, side, side, side, cv2.BORDER_CONSTANT, value=(255, 255, 255)
    )
    return raster._replace(picture=np.asarray(framed, dtype=np.uint8))


def _is_print(raster: Raster) -> bool:
    """Say whether most of a picture has one tone, as paper has."""
    small = cv2.resize(colour_to_gray(raster.picture), (128, 128), interpolation=cv2.INTER_AREA)
    tones = np.bincount(small.ravel(), minlength=256)
    paper = int(np.convolve(tones, np.ones(9), mode="same").argmax())
    near = tones[max(0, paper - SAME_TONE) : paper + SAME_TONE + 1].sum()
    return paper >= 128 and bool(near >= PAPER_SHARE * small.size)


def _without_words(raster: Raster, words: Sequence[Word]) -> Raster:
    """Paint the words of the text layer white, so that nothing is read twice."""
    picture = raster.picture.copy()
    for word in words:
        x0, y0, x1, y1 = _pixels(word, raster.scale)
        picture[y0:y1, x0:x1] = 255
    return raster._replace(picture=picture)


def _pixels(word: Word, scale: float) -> tuple[int, int, int, int]:
    margin = AROUND * word.size
    x0, y0, x1, y1 = word.box
    left, top = max(0, round((x0 - margin) * scale)), max(0, round((y0 - margin) * scale))
    return left, top, max(0, round((x1 + margin) * scale)), max(0, round((y1 + margin) * scale))


def _moved(word: Word, box: Box) -> Word:
    x0, y0, x1, y1 = word.box
    right, down = box[0] - FRAME, box[1] - FRAME
    return replace(word, box=box_rounded((x0 + right, y0 + down, x1 + right, y1 + down)))


def _moved_ruling(ruling: Ruling, box: Box) -> Ruling:
    right, down = box[0] - FRAME, box[1] - FRAME
    along, across = (right, down) if ruling.axis == "horizontal" else (down, right)
    return replace(
        ruling,
        position=round(ruling.position + across, 2),
        start=round(ruling.start + along, 2),
        end=round(ruling.end + along, 2),
    )
