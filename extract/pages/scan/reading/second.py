"""Numbers that the first reader doubts, read by a second one: what that saw otherwise joins their other readings.

It clears no doubt and changes no value. On 954 doubted numbers of invented pages (1-bit faxes and copies of copies; 29 wrong)
Tesseract was never right where the first reader was wrong and not aware of it, and agreed with it on 8 of 132 wrong ones. So
agreement says nothing, and a disagreement is kept with the little that it was worth, for arithmetic to choose among.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.characters import is_digit
from extract.document import Reading, Word
from extract.engines.base import NUMERIC, EngineFailure, Gray, Recogniser
from extract.findings import Notice
from extract.pages.scan.lines.crops import SIDE, Crop

DOUBTED = 0.97
"""A number of which the first reader is less sure than this is read again."""

MOST_NUMBERS = 180
"""So many numbers of a page are read again, the least sure first: a page of more is not read at all but guessed."""

WORTH = 0.002
"""Probability of a reading that only the second reader saw: by the rule of succession (Laplace) a number that was never seen right."""


FAILED = "page.second-reader-failed"

FIGURES = re.compile(r"[0-9.△▲\-－−―±]")


class PlacedWord(NamedTuple):
    """A word and the picture of the line that it was read on; ``is_alone`` says that the line holds nothing else."""

    word: Word
    crop: Crop
    is_alone: bool


def read_again(
    number: int, words: Sequence[PlacedWord], scale: float, *, second: Recogniser | None
) -> tuple[tuple[Word, ...], tuple[Notice, ...]]:
    """Give the words of page ``number``, the doubted numbers with what ``second`` read; ``scale`` is pixels a point.

    Where the second reader breaks, or there is none, the words stay as they were; a notice tells of the former.
    """
    if second is not None:
        try:
            return _with_readings(words, scale, second), ()
        except EngineFailure as error:
            why = (("engine", second.state.name), ("reason", " ".join(str(error).split())[:200]))
            failed = Notice(FAILED, page=number, details=why)
            return tuple(placed.word for placed in words), (failed,)
    return tuple(placed.word for placed in words), ()


def _with_readings(words: Sequence[PlacedWord], scale: float, second: Recogniser) -> tuple[Word, ...]:
    doubted = sorted(
        (index for index, placed in enumerate(words) if _is_doubted(placed.word)),
        key=lambda index: words[index].word.confidence or 0.0,
    )[:MOST_NUMBERS]
    answers = second.read_lines([_picture(words[index], scale) for index in doubted])
    if len(answers) != len(doubted):
        raise EngineFailure(f"{len(answers)} / {len(doubted)} lines")
    read = [placed.word for placed in words]
    for index, answer in zip(doubted, answers, strict=True):
        read[index] = _with_reading(
            read[index], "".join(slot.choices[0].text for slot in answer.slots if slot.choices)
        )
    return tuple(read)


def _is_doubted(word: Word) -> bool:
    return word.confidence is not None and word.confidence < DOUBTED and any(map(is_digit, word.text))


def _picture(placed: PlacedWord, scale: float) -> Gray:
    """Give the part of the line's picture that the word stands on, with the white that a line has beside it."""
    if placed.is_alone:
        return placed.crop.picture
    margin = round(SIDE * placed.crop.em)
    left, _, right, _ = placed.word.box
    start, stop = (placed.crop.to_picture(x * scale) for x in (left, right))
    return placed.crop.picture[:, max(0, start - margin) : stop + margin + 1]


def _with_reading(word: Word, text: str) -> Word:
    """Give the word with another reading, where that is a number that nobody saw there before."""
    text = "".join(text.split())
    known = {_figures(word.text), *(_figures(reading.text) for reading in word.readings)}
    is_number = any(map(is_digit, text)) and all(character in NUMERIC for character in text)
    if not is_number or _figures(text) in known:
        return word
    least = min((WORTH, *(reading.probability for reading in word.readings)))
    return replace(word, readings=(*word.readings, Reading(text, least)))


def _figures(text: str) -> str:
    """Give what makes a number what it is: its figures, its point and its sign; a lost unit is no other number."""
    return "".join(FIGURES.findall(unicodedata.normalize("NFKC", text)))
