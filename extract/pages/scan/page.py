"""A page that is a picture -> Page, by OCR: the same type as a page with a text layer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np

from extract.characters import is_digit
from extract.document import Page, PageFrame, Picture, Word
from extract.engines.base import EngineFailure, Gray, Recogniser, Slot
from extract.engines.rasters import Raster
from extract.findings import Notice
from extract.pages.scan.layout import ScanLayout
from extract.pages.scan.lines.characters import slots_to_characters
from extract.pages.scan.orientation import find_upright
from extract.pages.scan.paper.picture import colour_to_gray, even_tone
from extract.pages.scan.reading.brackets import fit_brackets
from extract.pages.scan.reading.columns import choose_slots
from extract.pages.scan.reading.context import settle_lines
from extract.pages.scan.reading.crossbars import settle_crossbars
from extract.pages.scan.reading.item_marks import settle_item_marks
from extract.pages.scan.reading.label_dirt import remove_label_dirt
from extract.pages.scan.reading.leaders import restore_leaders
from extract.pages.scan.reading.list_marks import settle_list_marks
from extract.pages.scan.reading.lost_bars import restore_bars
from extract.pages.scan.reading.repeats import settle_repeats
from extract.pages.scan.reading.second import PlacedWord, read_again
from extract.pages.scan.reading.small_signs import settle_small_signs
from extract.pages.scan.reading.squares import restore_squares
from extract.pages.scan.reading.strokes import join_halves, settle_strokes
from extract.pages.scan.reading.together import read_together
from extract.pages.scan.reading.unit_lines import settle_unit_lines
from extract.pages.scan.reading.widths import line_em, settle_widths
from extract.pages.scan.reading.words import characters_to_words
from extract.pages.scan.rulings.regions import OPEN

SAMPLE = 12
"""So many words of a doubtful text layer are compared with the picture."""

PRINTED = 6
"""A page with so many lines of ink is not blank, though nothing was read on it; fewer may be dirt and punch holes."""

AGREEING = 0.7
"""A text layer stands when at least this share of the sample is read alike; the reader errs on small print itself."""


def read_scanned_page(
    number: int, raster: Raster, *, engine: Recogniser, second: Recogniser | None = None
) -> Page:
    """Read page ``number`` from its picture; ``second`` reads the doubted numbers too. Raises EngineFailure where ``engine`` breaks."""
    layout, rotation, known = find_upright(raster, engine=engine)
    unread = [index for index in range(len(layout.lines)) if index not in known]
    answers = engine.read_lines([layout.crops[index].picture for index in unread])
    if len(answers) != len(unread):
        raise EngineFailure(f"{len(answers)} / {len(unread)} lines")
    found = {**known, **dict(zip(unread, answers, strict=True))}
    readings = [found[index] for index in range(len(layout.lines))]
    readings = read_together(layout.lines, layout.crops, readings, engine=engine)
    slots = choose_slots(layout.lines, readings, layout.regions, is_dirty=layout.is_dirty)
    placed = list(_words(layout, slots))
    words, notices = read_again(number, placed, layout.scale, second=second)
    size = (layout.width, layout.height)
    frame = PageFrame(number, *size, "ocr", rotation, layout.skew, engine.state.name)
    if not words:
        notices = (Notice("page.blank" if len(layout.lines) < PRINTED else "page.nothing-read", page=number),)
    return Page(frame, words, layout.rulings, layout.strokes, (Picture((0.0, 0.0, *size)),), notices)


def _words(layout: ScanLayout, slots: Sequence[tuple[Slot, ...]]) -> Iterator[PlacedWord]:
    lines, crops, scale = layout.lines, layout.crops, layout.scale
    characters, ems = [], []
    for crop, places in zip(crops, slots, strict=True):
        read = join_halves(settle_crossbars(slots_to_characters(places, crop), crop), crop.em)
        ems.append(line_em(read, crop.em))
        characters.append(settle_list_marks(settle_strokes(read, ems[-1]), ems[-1]))
    characters = settle_small_signs(restore_squares(characters, crops))
    settled = settle_lines(lines, characters, ems)
    if layout.is_dirty:
        settled = remove_label_dirt(lines, settled)
    settled = settle_repeats(lines, settle_item_marks(lines, settled), layout.regions)
    settled = settle_unit_lines(settled)
    if layout.is_dirty:
        settled = restore_bars(lines, settled, regions=layout.regions, scale=scale)
    printed = [settle_widths(line, em) for line, em in zip(settled, ems, strict=True)]
    printed = fit_brackets(lines, printed, ems, regions=layout.regions, scale=scale)
    for line, crop, found, em in zip(lines, crops, printed, ems, strict=True):
        read = restore_leaders(found, crop, em, line.box[2])
        words = list(characters_to_words(read, line.box, em, scale, in_cell=line.region != OPEN))
        yield from (PlacedWord(word, crop, is_alone=len(words) == 1) for word in words)


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
