from __future__ import annotations

import numpy as np
import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.reading.squares import SURE, UNSURE, restore_squares

FIGURE, LOW, TOP = 28, 18, 10
"""Height of figures and of m, and the row where figures begin, in pixels."""


def line(
    *, raised: bool, behind: tuple[Character, ...] = (), read: str = "m"
) -> tuple[list[Character], Crop]:
    """Give 12 and what stands behind it as it was read, and its picture: an m with or without a raised 2."""
    picture = np.full((48, 120), 255, np.uint8)
    for x in (10, 30):
        picture[TOP : TOP + FIGURE, x : x + 12] = 0
    for x in (50, 59, 68):
        picture[TOP + FIGURE - LOW : TOP + FIGURE, x : x + 4] = 0
    picture[TOP + FIGURE - LOW : TOP + FIGURE - LOW + 3, 50:72] = 0
    if raised:
        picture[TOP : TOP + 8, 66:72] = 0
    figures = [Character((Choice(t, 0.999),), x, x + 12, FIGURE) for t, x in (("1", 10), ("2", 30))]
    end = 66 if any(character.text for character in behind) else 72
    unit = Character((Choice(read, 0.99),), 50, end, LOW if end == 66 else FIGURE)
    return [*figures, unit, *behind], Crop(picture, (0,), (0,), 40.0)


def text_of(characters: list[Character]) -> str:
    return "".join(character.text for character in characters)


SEEN = Character((Choice("", 0.6), Choice("2", 0.4)), 74, 74)
SPLIT = Character((Choice("l", 0.6), Choice("2", 0.1)), 66, 72, FIGURE)


@pytest.mark.parametrize("behind", [(), (SEEN,), (SPLIT,)])
def test_an_m_that_rises_at_its_right_is_a_square_with_doubt(behind):
    characters, crop = line(raised=True, behind=behind)
    (found,) = restore_squares([characters], [crop])
    assert text_of(found) == "12㎡"
    assert found[-1].choices[0].probability <= UNSURE
    assert found[-1].choices[1].text == "m"


def test_an_m_of_its_own_height_stays():
    characters, crop = line(raised=False)
    assert restore_squares([characters], [crop]) == [characters]


def test_other_letters_and_words_stay():
    characters, crop = line(raised=True, read="h")
    assert restore_squares([characters], [crop]) == [characters]
    characters, crop = line(raised=True)
    assert restore_squares([characters[2:]], [crop]) == [characters[2:]]


def test_several_alike_of_which_a_two_was_thought_are_sure():
    lines, crops = zip(*(line(raised=True, behind=(SEEN,)) for _ in range(3)), strict=True)
    found = restore_squares(lines, crops)
    assert all(UNSURE < each[-1].choices[0].probability <= SURE for each in found)


def test_where_a_three_was_thought_of_as_well_doubt_stays():
    cubic = Character((Choice("", 0.4), Choice("2", 0.4), Choice("3", 0.2)), 74, 74)
    lines, crops = zip(*(line(raised=True, behind=(cubic,)) for _ in range(3)), strict=True)
    found = restore_squares(lines, crops)
    assert all(each[-1].choices[0].probability <= UNSURE for each in found)


def test_on_a_page_of_areas_a_two_need_only_be_likelier_than_a_three():
    worn = Character((Choice("", 0.9), Choice("2", 0.02), Choice("3", 0.01)), 74, 74)
    lines, crops = zip(*(line(raised=True, behind=(worn,)) for _ in range(3)), strict=True)
    heading = [
        Character((Choice(text, 0.999),), 20 * n, 20 * n + 18, FIGURE) for n, text in enumerate("面積")
    ]
    picture = np.full((48, 120), 255, np.uint8)
    found = restore_squares([*lines, heading], [*crops, Crop(picture, (0,), (0,), 40.0)])
    assert all(each[-1].choices[0].probability > UNSURE for each in found[:3])
    volumes = [
        character._replace(choices=(Choice(text, 0.999),))
        for character, text in zip(heading, "水量", strict=True)
    ]
    found = restore_squares(
        [*lines, heading, volumes], [*crops, *(Crop(picture, (0,), (0,), 40.0) for _ in range(2))]
    )
    assert all(each[-1].choices[0].probability <= UNSURE for each in found[:3])


def test_an_m_without_a_two_under_squares_is_doubted():
    lines, crops = zip(line(raised=True), line(raised=False), strict=True)
    found = restore_squares(lines, crops)
    assert text_of(found[1]) == "12m"
    assert found[1][-1].choices[0].probability <= UNSURE
