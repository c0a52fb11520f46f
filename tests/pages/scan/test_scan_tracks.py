from __future__ import annotations

from dataclasses import replace

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


WALLS = [Ruling("vertical", float(x), 0.0, 40.0, 0.5) for x in range(0, 200, 20)]


def whole_line(*, without: tuple[float, float], stroke: tuple[float, float] | None = None) -> Straight:
    """Give a line without a gap but one, in which a stroke may stand."""
    ink, short = (np.zeros((80, 400), dtype=np.uint8) for _ in range(2))
    for array, rows in ((ink, slice(LINE, LINE + 1)), (short, slice(LINE - 1, LINE + 2))):
        array[rows, :360] = 255
        array[rows, round(without[0] * SCALE) : round(without[1] * SCALE)] = 0
        if stroke is not None:
            array[rows, round(stroke[0] * SCALE) : round(stroke[1] * SCALE)] = 255
    return Straight(ink, short, SCALE)


def completed(picture: Straight, *parts: tuple[float, float], walls=WALLS) -> list[tuple[float, float]]:
    rulings = [Ruling("horizontal", 20.0, start, end, 0.5) for start, end in parts]
    found = complete_rulings("horizontal", rulings, walls, picture, with_borders=False)
    return [(ruling.start, ruling.end) for ruling in found]


@pytest.mark.parametrize(
    ("stroke", "expected"), [((63.5, 76.5), [(0, 60), (80, 180)]), ((61.0, 78.5), [(0, 180)])]
)
def test_a_stroke_that_reaches_no_wall_is_of_a_character(stroke, expected):
    picture = whole_line(without=(60, 80), stroke=stroke)
    assert completed(picture, (0, 60), (80, 180)) == expected


@pytest.mark.parametrize(("start", "expected"), [(8, 0), (14, 20)])
def test_a_ruling_that_goes_on_far_into_a_stretch_was_drawn_through_it(start, expected):
    picture = whole_line(without=(0, start))
    found = completed(picture, (20 if start > 10 else start, 180))
    assert found[0][0] == expected


def test_the_first_edge_of_low_rows_is_no_border():
    walls = [replace(wall, start=8.0) for wall in WALLS]
    assert completed(whole_line(without=(0, 20)), (20, 180), walls=walls) == [(20, 180)]
