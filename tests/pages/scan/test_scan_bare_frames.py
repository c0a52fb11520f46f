"""A worn frame of which no inner ruling is left: its evenly set rows and the white between its columns tell where these were."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.bare_frames import find_inner_rulings, is_worn_frame

SCALE = 2.0
LEFT, TOP, RIGHT, PITCH, ROWS = 40.0, 50.0, 300.0, 16.0, 7
BOTTOM = TOP + ROWS * PITCH


def write(ink, x, row, letters: int, *, step: float = 8.0, shift: float = 0.0) -> None:
    """Write letters of 7 pt from ``x`` on in the middle of a row."""
    y = TOP + PITCH * (row + 0.5) - 3.5 + shift
    for index in range(letters):
        x0, y0, x1, y1 = (round(v * SCALE) for v in (x + index * step, y, x + index * step + 6, y + 7))
        cv2.rectangle(ink, (x0, y0), (x1, y1), 255, 2)


def sheet(*, side: bool = False, is_close: bool = False, last_row: float = 0.0) -> np.ndarray:
    """Give a frame with the names of three columns of numbers in the first row, and a total in the last."""
    ink = np.zeros((round(240 * SCALE), round(340 * SCALE)), dtype=np.uint8)
    indent = 30.0 if side else 3.0
    for x, letters in ((60, 2), (140, 3), (205, 3), (262, 2)):
        write(ink, x, 0, letters)
    for row in range(1, ROWS):
        is_total = row == ROWS - 1
        shift = last_row if is_total else 0.0
        write(ink, LEFT + (3.0 if is_total else indent), row, 2 if is_total else 4, shift=shift)
        for end, count in ((180.0, 3 + row % 3), (240.0, 8 if is_close else 2 + row % 2), (296.0, 3)):
            write(ink, end - count * 7.0, row, count, step=7.0, shift=shift)
    if side:
        for row in (2.0, 2.6, 4.0, 4.6):
            write(ink, LEFT + 6, row - 0.3, 1)
    return ink


def inner(ink, bottom: float = BOTTOM):
    flat = tuple([Ruling("horizontal", place, LEFT, RIGHT, 1.0)] for place in (TOP, bottom))
    upright = tuple([Ruling("vertical", place, TOP, bottom, 1.0)] for place in (LEFT, RIGHT))
    return find_inner_rulings(flat, upright, Straight(ink, np.zeros_like(ink), SCALE))


def test_rows_and_columns_that_the_text_tells_are_given():
    found = inner(sheet())
    assert found is not None
    flat, upright = found
    assert [r.position for r in flat] == pytest.approx([TOP + row * PITCH for row in range(ROWS + 1)], abs=1)
    walls = [r.position for r in upright]
    assert len(walls) == 5
    assert 75 < walls[1] < 143
    assert 179 < walls[2] < 206
    assert 239 < walls[3] < 263


def test_a_side_label_goes_over_its_rows_and_a_total_over_the_labels():
    found = inner(sheet(side=True))
    assert found is not None
    flat, upright = found
    side = upright[1]
    assert LEFT + 15 < side.position < LEFT + 31
    assert (side.start, side.end) == pytest.approx((TOP + PITCH, BOTTOM - PITCH), abs=1)
    assert [r.start for r in flat[1:-1]].count(LEFT) < len(flat) - 2


@pytest.mark.parametrize(
    ("ink", "bottom"),
    [(sheet(last_row=5.0), BOTTOM), (sheet(), BOTTOM + 14), (sheet(is_close=True), BOTTOM)],
)
def test_rows_set_unevenly_and_columns_without_wide_white_tell_nothing(ink, bottom):
    assert inner(ink, bottom) is None


def test_lines_of_prose_in_a_frame_are_no_table():
    ink = np.zeros((round(240 * SCALE), round(340 * SCALE)), dtype=np.uint8)
    for row in range(ROWS):
        write(ink, LEFT + 4 + row, row, 29)
    assert inner(ink) is None


@pytest.mark.parametrize("is_worn", [True, False])
def test_a_frame_in_pieces_is_worn(is_worn):
    ends = ((LEFT, 120.0), (150.0, RIGHT)) if is_worn else ((LEFT, RIGHT),)
    flat = [Ruling("horizontal", place, *end, 1.0) for place in (TOP, BOTTOM) for end in ends]
    upright = [Ruling("vertical", place, TOP, BOTTOM, 1.0) for place in (LEFT, RIGHT)]
    assert is_worn_frame((flat, upright)) == is_worn
