"""The dots of a table of contents are drawn on through the ink between those that were read."""

from __future__ import annotations

import numpy as np

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.reading.leaders import leader_bounds, restore_leaders
from extract.pages.scan.reading.words import characters_to_words

EM, LENGTH = 20.0, 400


def crop_of(*, dotted: tuple[int, int]) -> Crop:
    """Draw a block for a title, dots from and to these places, and a block for the number of the page."""
    picture = np.full((24, LENGTH), 255, dtype=np.uint8)
    picture[4:20, :90] = 0
    picture[4:20, 385:] = 0
    for place in range(*dotted, 10):
        picture[11:13, place : place + 3] = 0
    return Crop(picture, (0,), (0,), EM)


def character(text: str, start: float, end: float) -> Character:
    return Character((Choice(text, 0.9),), start, end)


def line(*dots: int) -> list[Character]:
    return [
        character("計", 70, 90),
        *(character("…", place, place + 20) for place in dots),
        character("7", 385, 395),
    ]


def texts(characters) -> str:
    return "".join(one.text for one in characters)


def test_two_signs_with_dots_between_them_are_a_whole_leader():
    restored = restore_leaders(line(100, 240), crop_of(dotted=(100, 380)), EM, 395)
    assert texts(restored) == "計" + "…" * 14 + "7"
    assert restored[1].start == 100
    assert restored[-2].end == 385


def test_white_between_dots_is_no_leader():
    characters = line(100, 240)
    assert restore_leaders(characters, crop_of(dotted=(100, 140)), EM, 395) == characters


def test_one_sign_is_no_leader():
    characters = line(100)
    assert restore_leaders(characters, crop_of(dotted=(100, 380)), EM, 395) == characters


def test_a_leader_is_a_word_of_its_own():
    restored = restore_leaders(line(100, 240), crop_of(dotted=(100, 380)), EM, 395)
    words = characters_to_words(restored, (70, 4, 395, 20), EM, 2.0, in_cell=False)
    assert [word.text for word in words] == ["計", "…" * 14, "7"]


def test_an_ellipsis_is_no_leader():
    assert leader_bounds(list("など……ある")) == set()
    assert leader_bounds(list("計………………7")) == {1, 7}
