"""A 4 whose bar has nearly faded is told from a 1 by what is left of the bar on both sides of the stem."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.reading.crossbars import CLEAR, LIKELY, UNSURE, settle_crossbars

EM, STEM, HEIGHT = 40.0, 30, 30
LIKE_FOUR = (Choice("1", 0.97), Choice("4", 0.02), Choice("", 0.01))


def crop_of(left: int = 255, right: int = 255, *, row: int = 21) -> Crop:
    """Draw a stem with a foot, and at ``row`` a bar whose halves have these tones."""
    picture = np.full((HEIGHT, 60), 255, dtype=np.uint8)
    picture[row : row + 3, STEM - 9 : STEM] = left
    picture[row : row + 3, STEM + 1 : STEM + 6] = right
    picture[-2:, STEM - 4 : STEM + 5] = 60
    picture[:, STEM - 1 : STEM + 2] = 30
    blurred = np.asarray(cv2.GaussianBlur(picture, (5, 5), 1.0), dtype=np.uint8)
    return Crop(blurred, (0,), (100,), EM, blurred, 100)


def settled(crop: Crop, choices=LIKE_FOUR) -> tuple[Choice, ...]:
    (character,) = settle_crossbars([Character(choices, 100 + STEM - 2, 100 + STEM + 3, 30.0, 0.5, 1)], crop)
    return character.choices


def test_a_stem_with_a_faint_bar_on_both_sides_is_a_4_that_a_person_should_see():
    choices = settled(crop_of(190, 190))
    assert choices[0] == Choice("4", LIKELY)
    assert sum(choice.probability for choice in choices) == pytest.approx(1.0, abs=1e-4)


def test_a_bar_that_hardly_shows_leaves_a_doubt():
    faint = next(tone for tone in range(254, 180, -1) if settled(crop_of(tone, tone)) != LIKE_FOUR)
    assert settled(crop_of(faint, faint))[1] == Choice("4", UNSURE)
    assert CLEAR > 0


@pytest.mark.parametrize("crop", [crop_of(), crop_of(190, 255), crop_of(255, 190), crop_of(190, 190, row=2)])
def test_a_plain_stem_one_touched_on_one_side_and_a_flag_leave_a_1(crop):
    assert settled(crop) == LIKE_FOUR


def test_only_what_the_recogniser_thought_of_as_4_is_looked_at():
    assert settled(crop_of(100, 100), (Choice("1", 1.0),)) == (Choice("1", 1.0),)
    assert settled(crop_of(100, 100), (Choice("7", 0.9), Choice("4", 0.1)))[0].text == "7"


def test_a_dark_bar_is_a_line_that_crosses_the_figure():
    assert settled(crop_of(60, 60)) == LIKE_FOUR


def test_a_4_behind_many_likelier_readings_is_none():
    many = (Choice("1", 0.9), *(Choice(text, 0.02) for text in "7lIt"), Choice("4", 0.01))
    assert settled(crop_of(190, 190), many) == many


def test_a_crop_without_its_page_or_without_ink_says_nothing():
    bare = Crop(np.full((30, 60), 255, dtype=np.uint8), (0,), (0,), EM)
    assert settled(bare) == LIKE_FOUR
    white = np.full((30, 60), 255, dtype=np.uint8)
    assert settled(Crop(white, (0,), (100,), EM, white, 100)) == LIKE_FOUR
    assert settled(Crop(white, (0,), (100,), EM, white[:, :20], 100)) == LIKE_FOUR
