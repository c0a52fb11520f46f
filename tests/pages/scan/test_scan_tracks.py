from __future__ import annotations

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight, share_left
from extract.pages.scan.rulings.tracks import complete_rulings

SCALE = 2.0
LINE = 40  # row of the line


def straight(*rows: int, text: slice | None = None) -> Straight:
    """Give lines along rows, each three rows thick in the picture of strokes, with text in the rows ``text``."""
    ink, short = (np.zeros((80, 120), dtype=np.uint8) for _ in range(2))
    for row in rows:
        ink[row] = 255
        short[row - 1 : row + 2] = 255
    if text is not None:
        ink[text, 20:100] = 255
    return Straight(ink, short, SCALE)


@pytest.mark.parametrize("text", [None, slice(28, 36), slice(48, 56)])
def test_a_double_line_is_whole_though_text_stands_beside_it(text):
    assert share_left(straight(LINE, LINE + 3, text=text), LINE / SCALE, 0, 60) > 0.95


@pytest.mark.parametrize("is_broken", [True, False])
def test_strokes_between_two_texts_are_no_line_but_one_without_a_gap_is(is_broken):
    picture = straight(LINE, text=slice(28, 36))
    picture.ink[44:52, 20:100] = 255
    if is_broken:
        for array in (picture.ink, picture.short):
            array[LINE - 1 : LINE + 2, 14::12] = 0
    share = share_left(picture, LINE / SCALE, 0, 60)
    assert share < 0.5 if is_broken else share == 1.0


def table_with_heading(*, crossed: bool) -> list[tuple[float, float]]:
    """Give the pieces of a ruling, broken in places, on whose track a heading stands or nothing does."""
    picture = straight(LINE)
    for array in (picture.ink, picture.short):
        array[:, 44:76] = 0
        for start in range(4, 120, 24):
            array[:, start : start + 8] = 0
    if crossed:
        for start in (48, 60):
            picture.ink[LINE - 8 : LINE + 9, start : start + 10 : 4] = 255
            picture.ink[LINE, start : start + 10] = 255
            picture.short[LINE - 1 : LINE + 2, start : start + 10] = 255
    rulings = [Ruling("horizontal", 20.0, start, end, 0.5) for start, end in ((0, 22), (38, 60))]
    walls = [Ruling("vertical", x, 0.0, 40.0, 0.5) for x in (0.0, 22.0, 38.0, 60.0)]
    found = complete_rulings("horizontal", rulings, walls, picture, with_borders=False)
    return [(ruling.start, ruling.end) for ruling in found]


def test_a_ruling_is_not_filled_in_where_characters_stand_across_it():
    assert table_with_heading(crossed=False) == [(0, 60)]
    assert table_with_heading(crossed=True) == [(0, 22), (38, 60)]


def test_strokes_that_meet_no_ruling_make_no_table_broken():
    picture = straight(10, 70)
    for start in range(8, 112, 16):  # the feet of a line of kanji
        picture.ink[LINE, start : start + 9] = 255
        picture.short[LINE - 1 : LINE + 2, start : start + 9] = 255
    rulings = [Ruling("horizontal", y, 0, 60, 0.5) for y in (5.0, 35.0)]
    walls = [Ruling("vertical", x, 0.0, 40.0, 0.5) for x in (0.0, 30.0, 60.0)]
    feet = Ruling("horizontal", 20.0, 8, 22, 0.5)
    completed = complete_rulings("horizontal", [*rulings, feet], walls, picture, with_borders=False)
    assert [(r.start, r.end) for r in completed if r.position == 20.0] == [(8, 22)]
