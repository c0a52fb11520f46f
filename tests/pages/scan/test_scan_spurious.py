"""Lines that characters make up are taken out; dashed and solid walls stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.spurious import without_spurious
from extract.pages.scan.rulings.traces import Straight

SCALE = 3.0
ROWS = [20.0 + 15.0 * index for index in range(9)]  # of the row edges, in points
RIGHT = 160.0


@pytest.fixture
def ink() -> np.ndarray:
    """Ink with the columns of the page along its rows, as walls are looked for."""
    return np.zeros((round(220 * SCALE), round(180 * SCALE)), dtype=np.uint8)


def dash(ink: np.ndarray, place: float, *, length: float = 2.5, pitch: float = 5.0) -> Ruling:
    for start in np.arange(ROWS[0], ROWS[-1], pitch):
        row = round(place * SCALE)
        ink[row - 1 : row + 1, round(start * SCALE) : round((start + length) * SCALE)] = 255
    return Ruling("vertical", place, ROWS[0], ROWS[-1], 0.5)


def write(ink: np.ndarray, left: float, right: float) -> None:
    for top in ROWS[:-1]:
        ink[
            round(left * SCALE) : round(right * SCALE), round((top + 4) * SCALE) : round((top + 11) * SCALE)
        ] = 255


def places(walls: list[Ruling], ink: np.ndarray, *, right: float = RIGHT) -> list[float]:
    across = [Ruling("horizontal", y, 40.0, right, 0.5) for y in ROWS]
    return [wall.position for wall in without_spurious(walls, across, Straight(ink, ink, SCALE))]


def test_a_line_through_the_characters_of_most_rows_is_none(ink):
    walls = [dash(ink, place) for place in (40.0, 100.0, RIGHT)]
    write(ink, 95.0, 105.0)
    assert places(walls, ink) == [40.0, RIGHT]


def test_a_wall_with_text_close_on_one_side_stays(ink):
    walls = [dash(ink, place) for place in (40.0, 100.0, RIGHT)]
    write(ink, 90.0, 99.0)
    assert places(walls, ink) == [40.0, 100.0, RIGHT]


@pytest.mark.parametrize(("gap", "stay"), [(5.0, 3), (2.5, 4), (9.0, 4)])
def test_the_shorter_of_two_lines_too_close_goes(ink, gap, stay):
    walls = [dash(ink, place) for place in (40.0, 100.0, RIGHT)]
    beside = replace(dash(ink, 100.0 - gap), end=ROWS[5])
    assert len(places([*walls, beside], ink)) == stay


def test_a_solid_line_stays_however_close(ink):
    whole = [dash(ink, place) for place in (40.0, 100.0, RIGHT)]
    beside = Ruling("vertical", 95.0, ROWS[0], ROWS[5], 0.5)
    ink[round(95 * SCALE) - 1 : round(95 * SCALE) + 1, round(ROWS[0] * SCALE) : round(ROWS[5] * SCALE)] = 255
    assert len(places([*whole, beside], ink)) == 4


def test_a_line_close_before_an_open_side_is_none(ink):
    walls = [dash(ink, place) for place in (40.0, 100.0, 155.0)]
    assert places(walls, ink) == [40.0, 100.0]
    assert places(walls, ink, right=156.0) == [40.0, 100.0, 155.0]


def test_a_double_wall_stays_though_text_stands_beside_both_its_lines(ink):
    for place in (40.0, 99.0, 101.0, RIGHT):
        row = round(place * SCALE)
        ink[row - 1 : row + 1, round(ROWS[0] * SCALE) : round(ROWS[-1] * SCALE)] = 255
    write(ink, 90.0, 98.5)
    walls = [Ruling("vertical", place, ROWS[0], ROWS[-1], 0.5) for place in (40.0, 100.0, RIGHT)]
    assert places(walls, ink) == [40.0, 100.0, RIGHT]
