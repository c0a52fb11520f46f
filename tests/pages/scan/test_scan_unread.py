"""Ink that the recogniser passed over is found, and told by its shape where that is clear."""

from __future__ import annotations

import cv2
import numpy as np

from extract.engines.base import Choice, Slot
from extract.pages.scan.lines.characters import slots_to_characters
from extract.pages.scan.lines.crops import Crop

EM = 40.0


def crop_of(*drawn: str) -> Crop:
    """Give the picture of a line; a character is a full block, ``※`` its cross, ``一`` a bar, ``・`` a dot."""
    picture = np.full((46, int(EM * (len(drawn) + 1))), 255, dtype=np.uint8)
    for place, text in enumerate(drawn):
        x = int((place + 0.5) * EM)
        if text == "※":
            cv2.line(picture, (x + 4, 7), (x + 34, 37), 0, 3)
            cv2.line(picture, (x + 34, 7), (x + 4, 37), 0, 3)
            for dot in ((19, 6), (19, 38), (3, 22), (35, 22)):
                cv2.circle(picture, (x + dot[0], dot[1]), 3, 0, -1)
        elif text == "一":
            picture[20:24, x + 3 : x + 36] = 0
        elif text == "・":
            cv2.circle(picture, (x + 20, 22), 3, 0, -1)
        elif text == "○":
            cv2.circle(picture, (x + 20, 22), 16, 0, 3)
        elif text == "0":
            cv2.ellipse(picture, (x + 20, 22), (9, 16), 0, 0, 360, 0, 3)
        elif text != " ":
            picture[4:42, x + 2 : x + 38] = 0
    return Crop(picture, (0,), (0,), EM)


def read(crop: Crop, *known: tuple[int, str]) -> list[str]:
    width = crop.picture.shape[1]
    slots = [
        Slot((Choice(text, 0.99),), (place + 0.9) * EM / width, (place + 1.1) * EM / width)
        for place, text in known
    ]
    return [character.text for character in slots_to_characters(slots, crop)]


def test_a_reference_mark_close_to_its_word_is_read():
    assert read(crop_of("※", "区", "民"), (1, "区"), (2, "民")) == ["※", "区", "民"]


def test_a_bar_that_was_passed_over_is_the_number_one():
    assert read(crop_of("一", "部"), (1, "部")) == ["一", "部"]


def test_a_dot_before_words_is_the_mark_of_a_list_and_before_figures_dirt():
    assert read(crop_of("・", "月"), (1, "月")) == ["・", "月"]
    assert read(crop_of("・", "8"), (1, "8")) == ["8"]


def test_other_ink_that_was_passed_over_leaves_a_doubt():
    assert read(crop_of("区", " ", "民"), (0, "区")) == ["区", ""]


def test_a_ring_is_told_by_its_shape_and_a_zero_is_none():
    assert read(crop_of("○", "国", "民"), (1, "国"), (2, "民")) == ["○", "国", "民"]
    assert read(crop_of("0", "国", "民"), (1, "国"), (2, "民")) == ["", "国", "民"]
