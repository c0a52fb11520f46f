"""Characters in line with a wall, or one below another, are no wall of a table whose rulings are whole."""

from __future__ import annotations

import pytest
from drawn import SCALE, line, paper, write

from extract.pages.scan.rulings.opening import ink_to_rulings

XS, YS, FOOT = (40, 130, 220, 310), (30, 42, 54, 66), 150
PLACE_TOLERANCE = 1.5  # points


@pytest.fixture
def picture():
    """Draw a table with three low rows in its heading, of which the first two are merged over all columns."""
    drawn = paper(width=340)
    for x in XS:
        line(drawn, x, YS[0] if x in (XS[0], XS[-1]) else YS[2], x, FOOT)
    for y in (*YS, 90, 120, FOOT):
        line(drawn, XS[0], y, XS[-1], y)
    return drawn


def walls(picture, place: float) -> list[tuple[float, float]]:
    return [
        (ruling.start, ruling.end)
        for ruling in ink_to_rulings(255 - picture, SCALE).rulings
        if ruling.axis == "vertical" and abs(ruling.position - place) < PLACE_TOLERANCE
    ]


def stroke(picture, place: float, row: int) -> None:
    """Draw a character with an upright stroke at a place of a row; it ends a point before the row edges."""
    top, bottom = YS[row] + 1.6, YS[row + 1] - 1.6
    line(picture, place, top, place, bottom)
    for y in (top + 1, top + 3, top + 5, top + 7):
        line(picture, place - 4, y, place + 4, y, thick=3)


def test_characters_below_one_another_are_no_wall(picture):
    for row in range(3):
        stroke(picture, 175, row)
    assert walls(picture, 175) == []


def test_a_character_above_a_wall_does_not_draw_it_out(picture):
    stroke(picture, XS[1], 1)
    assert walls(picture, XS[1]) == [pytest.approx((YS[2], FOOT), abs=PLACE_TOLERANCE)]


def test_a_short_wall_beside_characters_stays(picture):
    line(picture, 175, YS[1], 175, YS[3])
    for row in (1, 2):
        write(picture, "HH", 177, YS[row] + 9)
    assert walls(picture, 175) == [pytest.approx((YS[1], YS[3]), abs=PLACE_TOLERANCE)]
