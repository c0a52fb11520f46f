"""Hairlines of a clean scan that fall between two rows of its points: nearly as dark as ink, and all that a page may have."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.scan.paper.picture import gray_to_ink
from extract.pages.scan.rulings.opening import ink_to_rulings

SCALE = 300 / 72
ROWS, WALLS = (60, 90, 120, 150), (40, 120, 200, 280)
BETWEEN = (165, 178)  # the tones of both rows of points
NEAR = 1.5  # points: a line seems as much longer as tones are averaged along it
FRAME = (20, 20, 600, 300)


def sheet() -> np.ndarray:
    noise = np.random.default_rng(3).normal(252, 2, (round(320 * SCALE), round(620 * SCALE)))
    return np.clip(noise, 0, 255).astype(np.uint8)


def hairline(picture, x0, y0, x1, y1) -> None:
    x, y, right, bottom = (round(value * SCALE) for value in (x0, y0, x1, y1))
    for step, tone in enumerate(BETWEEN):
        if y0 == y1:
            picture[y + step, x : right + 1] = tone
        else:
            picture[y : bottom + 1, x + step] = tone


def table(picture) -> None:
    for y in ROWS:
        hairline(picture, WALLS[0], y, WALLS[-1], y)
    for x in WALLS:
        hairline(picture, x, ROWS[0], x, ROWS[-1])


def framed() -> np.ndarray:
    picture = sheet()
    x0, y0, x1, y1 = (round(value * SCALE) for value in FRAME)
    cv2.rectangle(picture, (x0, y0), (x1, y1), 30, 4)
    return picture


def found(picture, axis: str) -> list[tuple[float, float, float]]:
    rulings = ink_to_rulings(gray_to_ink(picture), SCALE, gray=picture).rulings
    return sorted((r.position, r.start, r.end) for r in rulings if r.axis == axis)


def approximately(places, start: float, end: float) -> list:
    return [pytest.approx((place, start, end), abs=NEAR) for place in places]


def test_a_table_of_hairlines_alone_is_seen():
    picture = sheet()
    table(picture)
    assert not gray_to_ink(picture).any()
    assert found(picture, "horizontal") == approximately(ROWS, WALLS[0], WALLS[-1])
    assert found(picture, "vertical") == approximately(WALLS, ROWS[0], ROWS[-1])


def test_a_table_of_hairlines_in_a_frame_does_not_go_on_to_the_frame():
    picture = framed()
    table(picture)
    assert found(picture, "horizontal")[1:-1] == approximately(ROWS, WALLS[0], WALLS[-1])
    assert found(picture, "vertical")[1:-1] == approximately(WALLS, ROWS[0], ROWS[-1])


def test_a_bracket_between_two_row_edges_is_no_wall():
    picture = framed()
    for y in (200, 290):
        hairline(picture, FRAME[0], y, FRAME[2], y)
    hairline(picture, 300, 225, 300, 268)
    assert [x for x, *_ in found(picture, "vertical")] == pytest.approx([FRAME[0], FRAME[2]], abs=NEAR)


def test_the_stroke_of_a_character_in_line_with_a_hairline_is_no_part_of_it():
    picture = framed()
    hairline(picture, 120, 150, 400, 150)
    hairline(picture, 100, 150, 120, 150)
    for y in (146, 148, 152, 154):
        picture[round(y * SCALE) : round(y * SCALE) + 4, round(98 * SCALE) : round(119 * SCALE)] = 90
    for x in (120, 400):
        hairline(picture, x, 100, x, 200)
    assert found(picture, "horizontal")[1] == pytest.approx((150, 120, 400), abs=4)
