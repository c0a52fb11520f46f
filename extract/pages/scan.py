"""A page that is a picture -> Page, by OCR: the same type as a page with a text layer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extract.characters import is_digit
from extract.document import Page, PageFrame, Picture, Word
from extract.engines.base import Gray, Recogniser, Slot
from extract.engines.rasters import Raster
from extract.findings import Notice
from extract.pages.japanese_reading import settle_japanese
from extract.pages.scan_characters import slots_to_characters
from extract.pages.scan_columns import choose_slots
from extract.pages.scan_crops import Crop, line_to_crop
from extract.pages.scan_lines import TextLine, ink_to_lines
from extract.pages.scan_picture import (
    ScanPicture,
    colour_to_gray,
    even_tone,
    gray_to_ink,
    remove_solids,
)
from extract.pages.scan_regions import OPEN, rulings_to_regions
from extract.pages.scan_rulings import ink_to_rulings
from extract.pages.scan_skew import find_skew, straighten
from extract.pages.scan_words import characters_to_words

SAMPLE = 12
"""So many words of a doubtful text layer are compared with the picture."""

AGREEING = 0.7
"""A text layer stands when at least this share of the sample is read alike; the reader errs on small print itself."""


def read_scanned_page(number: int, raster: Raster, *, engine: Recogniser) -> Page:
    """Read page ``number`` from its picture. Raises EngineFailure where the engine breaks."""
    picture, skew = straight_picture(raster)
    scale = picture.scale
    height, width = picture.ink.shape
    ruled = ink_to_rulings(picture.ink, scale)
    gray, ink = _without_rulings(picture, ruled.mask)
    regions = rulings_to_regions(ruled.rulings, width / scale, height / scale)
    lines, is_dirty = ink_to_lines(ink, ruled.rulings, regions, scale)
    crops = [line_to_crop(line, gray, ink) for line in lines]
    readings = engine.read_lines([crop.picture for crop in crops])
    slots = choose_slots(lines, readings, regions, is_dirty=is_dirty)
    words = tuple(_words(lines, crops, slots, scale))
    size = (round(width / scale, 2), round(height / scale, 2))
    frame = PageFrame(number, *size, "ocr", 0, skew, engine.state.name)
    notices = () if words else (Notice("page.blank", page=number),)
    return Page(frame, words, ruled.rulings, (), (Picture((0.0, 0.0, *size)),), notices)


def straight_picture(raster: Raster) -> tuple[ScanPicture, float]:
    """Give the cleaned and straightened picture of a drawn page, and the skew that was taken out (degrees)."""
    gray = even_tone(colour_to_gray(raster.picture), raster.scale)
    picture = remove_solids(ScanPicture(gray, gray_to_ink(gray), raster.scale))
    skew = find_skew(picture.ink, raster.scale)
    straight = straighten(picture.gray, skew)
    ink = picture.ink if straight is picture.gray else gray_to_ink(straight)
    return ScanPicture(straight, ink, raster.scale), skew


def _without_rulings(picture: ScanPicture, mask: Gray) -> tuple[Gray, Gray]:
    """Give the grey picture and its ink with the rulings painted white."""
    wider = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    gray = cv2.max(picture.gray, wider)
    ink = cv2.bitwise_and(picture.ink, cv2.bitwise_not(wider))
    return np.asarray(gray, dtype=np.uint8), np.asarray(ink, dtype=np.uint8)


def _words(
    lines: Sequence[TextLine], crops: Sequence[Crop], slots: Sequence[tuple[Slot, ...]], scale: float
) -> Iterator[Word]:
    for line, crop, places in zip(lines, crops, slots, strict=True):
        characters = settle_japanese(slots_to_characters(places, crop))
        yield from characters_to_words(characters, line.box, crop.em, scale, in_cell=line.region != OPEN)


def agrees(page: Page, raster: Raster, *, engine: Recogniser) -> bool:
    """Say whether a sample of the words of a text layer is what stands printed at their places.

    Words with figures come first: they are what an old OCR layer gets wrong and what counts.
    """
    gray = even_tone(colour_to_gray(raster.picture), raster.scale)
    words = sorted(
        (w for w in page.words if w.angle == 0 and len(w.text) > 1),
        key=lambda w: (not any(map(is_digit, w.text)), -len(w.text)),
    )[:SAMPLE]
    crops = [_word_crop(word, gray, raster.scale) for word in words]
    pairs = [(word, crop) for word, crop in zip(words, crops, strict=True) if crop.size]
    readings = engine.read_lines([crop for _, crop in pairs])
    same = sum(
        _plain(word.text) == _plain("".join(slot.choices[0].text for slot in reading.slots))
        for (word, _), reading in zip(pairs, readings, strict=True)
    )
    return bool(pairs) and same >= AGREEING * len(pairs)


def _word_crop(word: Word, gray: Gray, scale: float) -> Gray:
    margin = word.size * 0.1
    x0, y0, x1, y1 = (
        round(value * scale)
        for value in (word.box[0] - margin, word.box[1] - margin, word.box[2] + margin, word.box[3] + margin)
    )
    return np.ascontiguousarray(gray[max(0, y0) : y1, max(0, x0) : x1])


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
