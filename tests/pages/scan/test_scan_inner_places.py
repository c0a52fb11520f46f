"""A worn frame without inner rulings, its heading of two rows: rows set evenly and white between columns tell where they stood."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.inner_places import find_inner_places
from extract.pages.scan.rulings.worn.lattice import settle_lattice

SCALE = 2.0
LEFT, TOP, RIGHT, PITCH, ROWS = 40.0, 50.0, 340.0, 16.0, 9
BOTTOM = TOP + ROWS * PITCH
WALLS = (66.0, 130.0, 200.0, 270.0)


def write(ink: np.ndarray, x: float, row: float, letters: int, *, step: float = 8.0) -> None:
    """Write letters of 7 pt from ``x`` on in the middle of a row."""
    y = TOP + PITCH * (row + 0.5) - 3.5
    for index in range(letters):
        x0, y0, x1, y1 = (round(v * SCALE) for v in (x + index * step, y, x + index * step + 6, y + 7))
        cv2.rectangle(ink, (x0, y0), (x1, y1), 255, 2)


def centred(ink: np.ndarray, low: float, high: float, row: float, letters: int) -> None:
    write(ink, (low + high) / 2 - 4 * letters + 1, row, letters)


def sheet(*, names: int = 3, is_wide: bool = False) -> np.ndarray:
    """Give side labels, labels and three columns of numbers: a name over the first two of these, one of both rows over the third."""
    ink = np.zeros((round(240 * SCALE), round(380 * SCALE)), dtype=np.uint8)
    centred(ink, LEFT, WALLS[1], 0.5, 2)
    centred(ink, WALLS[1], WALLS[3], 0.0, 4)
    for column in range(names - 1):
        centred(ink, *WALLS[1 + column : 3 + column], 1.0, 3)
    centred(ink, WALLS[3], RIGHT, 0.5, 3)
    for row in range(2, ROWS):
        is_total = row == ROWS - 1
        write(ink, LEFT + 3 if is_total else WALLS[0] + 3, row, 2 if is_total else 5 - row % 2)
        for end in (*WALLS[2:], RIGHT):
            count = 2 + (row + int(end)) % 3
            write(ink, end - 3 - count * 7.0, row, count, step=7.0)
        if is_total and is_wide:
            write(ink, WALLS[3] - 40, row, 1)
    for row in (2.65, 3.35, 5.65, 6.35):
        centred(ink, LEFT, WALLS[0], row, 1)
    return ink


def frame(*, bottom: float = BOTTOM):
    flat = [Ruling("horizontal", place, LEFT, RIGHT, 1.0) for place in (TOP, bottom)]
    return flat, [Ruling("vertical", place, TOP, bottom, 1.0) for place in (LEFT, RIGHT)]


def framed(ink: np.ndarray) -> tuple[Straight, Straight]:
    """Give what shows the horizontal and the vertical lines of the frame, drawn around the text."""
    straight = []
    for axis, (low, high), (start, end) in (
        (0, (TOP, BOTTOM), (LEFT, RIGHT)),
        (1, (LEFT, RIGHT), (TOP, BOTTOM)),
    ):
        own = np.ascontiguousarray(ink.T if axis else ink)
        short = np.zeros_like(own)
        for place in (low, high):
            row = round(place * SCALE)
            own[row, round(start * SCALE) : round(end * SCALE)] = 255
            short[row - 1 : row + 2, round(start * SCALE) : round(end * SCALE)] = 255
        straight.append(Straight(own, short, SCALE))
    return straight[0], straight[1]


def places(ink: np.ndarray, **options: int):
    flat, upright = ([([r]) for r in own] for own in frame())
    return find_inner_places(tuple(flat), tuple(upright), Straight(ink, np.zeros_like(ink), SCALE), **options)


def test_rows_and_walls_are_found_where_the_names_stand_in_the_middle():
    found = places(sheet(), heading=2)
    assert found is not None
    edges, walls = found
    assert edges == pytest.approx([TOP + row * PITCH for row in range(1, ROWS)], abs=0.5)
    assert walls == pytest.approx(WALLS, abs=2.5)


def test_a_figure_of_a_total_set_wide_makes_no_column():
    found = places(sheet(is_wide=True), heading=2)
    assert found is not None
    assert len(found[1]) == len(WALLS)


def test_without_a_name_over_each_column_nothing_is_told():
    ink = sheet()
    ink[: round((TOP + 2 * PITCH - 2) * SCALE), round(WALLS[3] * SCALE) + 4 : round(RIGHT * SCALE) - 4] = 0
    assert places(ink, heading=2) is None


def test_the_cells_of_the_heading_and_the_side_labels_are_settled():
    settled = settle_lattice(frame(), *framed(sheet()))
    assert settled is not None
    flat, upright = settled
    upper = [r for r in flat if abs(r.position - TOP - PITCH) < 1]
    assert [(r.start, r.end) for r in upper] == [pytest.approx((WALLS[1], WALLS[3]), abs=2.5)]
    side = [r for r in upright if abs(r.position - WALLS[0]) < 2.5]
    assert [(r.start, r.end) for r in side] == [pytest.approx((TOP + 2 * PITCH, BOTTOM - PITCH), abs=1)]
    first = [r for r in upright if abs(r.position - WALLS[2]) < 2.5]
    assert first[0].start == pytest.approx(TOP + PITCH, abs=1)
    whole = [r for r in flat if r.start == pytest.approx(LEFT, abs=1)]
    assert [round((r.position - TOP) / PITCH) for r in whole] == [0, 2, 5, 8, 9]
    assert all(r.end > r.start for r in (*flat, *upright))
