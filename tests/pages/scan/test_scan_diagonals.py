"""Diagonals of struck cells are told from characters, whole or broken."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.diagonals import find_strikes
from extract.pages.scan.rulings.regions import Regions, rulings_to_regions

SCALE = 200 / 72
LEFT, TOP, WIDTH, HEIGHT = 40.0, 60.0, 80.0, 20.0  # of the first of four cells, in points


@pytest.fixture
def regions() -> Regions:
    columns = [LEFT + WIDTH * index for index in range(3)]
    rows = [TOP + HEIGHT * index for index in range(3)]
    rulings = [Ruling("horizontal", y, columns[0], columns[-1], 0.5) for y in rows]
    rulings += [Ruling("vertical", x, rows[0], rows[-1], 0.5) for x in columns]
    return rulings_to_regions(rulings, 260.0, 200.0)


def page() -> np.ndarray:
    return np.zeros((round(200 * SCALE), round(260 * SCALE)), dtype=np.uint8)


def draw(ink: np.ndarray, start: tuple[float, float], end: tuple[float, float]) -> None:
    first, last = (tuple(round(value * SCALE) for value in point) for point in (start, end))
    cv2.line(ink, first, last, 255, 2)


@pytest.mark.parametrize("rising", [True, False])
@pytest.mark.parametrize("gap", [0, 3])
def test_a_line_from_corner_to_corner_is_a_stroke_and_no_ink(regions, rising, gap):
    ink = page()
    ends = (TOP + HEIGHT - 1, TOP + 1) if rising else (TOP + 1, TOP + HEIGHT - 1)
    draw(ink, (LEFT + 1, ends[0]), (LEFT + WIDTH - 1, ends[1]))
    for x in range(
        gap and round((LEFT + 20) * SCALE), gap and round((LEFT + WIDTH) * SCALE), round(22 * SCALE)
    ):
        ink[:, x : x + round(gap * SCALE)] = 0
    strikes = find_strikes(ink, regions, SCALE)
    (stroke,) = strikes.strokes
    assert stroke.rising is rising
    assert stroke.box == pytest.approx((LEFT + 1, TOP + 1, LEFT + WIDTH - 1, TOP + HEIGHT - 1), abs=1.5)
    assert not (ink & ~strikes.mask).any()


def test_a_printed_slash_and_a_line_outside_the_table_strike_nothing(regions):
    ink = page()
    draw(ink, (LEFT + 35, TOP + 14), (LEFT + 44, TOP + 5))
    draw(ink, (LEFT, 150.0), (LEFT + WIDTH, 130.0))
    assert find_strikes(ink, regions, SCALE) is None


def test_characters_strike_nothing(regions):
    ink = page()
    for x in range(4):
        left = LEFT + 4 + 18 * x
        draw(ink, (left, TOP + 4), (left + 10, TOP + 4))
        draw(ink, (left + 8, TOP + 3), (left, TOP + 16))
        draw(ink, (left + 3, TOP + 8), (left + 12, TOP + 16))
    assert find_strikes(ink, regions, SCALE) is None
