"""Tables on a copy of a copy: which rulings are made whole, which tables are kept apart."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn import SCALE, line, paper, wipe, write

from extract.pages.scan.paper.dirt import remove_specks
from extract.pages.scan.paper.picture import ScanPicture
from extract.pages.scan.rulings.opening import ink_to_rulings

PLACE_TOLERANCE = 2.0  # points


def wear(picture, ys) -> None:
    """Take stretches out of the horizontal rulings, at other places of each, and small holes out of what is left."""
    random = np.random.default_rng(5)
    for y in ys:
        for x, length in zip(random.uniform(60, 250, 3), random.uniform(8, 14, 3), strict=True):
            wipe(picture, x, y - 1.5, x + length, y + 1.5)
        for x in random.uniform(50, 280, 6):
            wipe(picture, x, y - 1.5, x + 2.2, y + 1.5)


def rulings(picture, axis: str) -> dict[float, list[tuple[float, float]]]:
    found: dict[float, list[tuple[float, float]]] = {}
    for ruling in ink_to_rulings(255 - picture, SCALE).rulings:
        if ruling.axis == axis:
            found.setdefault(round(ruling.position / 5) * 5.0, []).append((ruling.start, ruling.end))
    return found


def test_worn_rulings_without_any_wall_are_whole():
    picture = paper(height=260)
    ys = (40, 70, 110, 150)
    for y in ys:
        line(picture, 40, y, 290, y)
    wear(picture, ys)
    wipe(picture, 38, 148, 52, 152)
    found = rulings(picture, "horizontal")
    assert sorted(found) == list(ys)
    for pieces in found.values():
        assert len(pieces) == 1
        assert pieces[0] == pytest.approx((40, 290), abs=PLACE_TOLERANCE)


def test_worn_rulings_of_two_tables_side_by_side_keep_the_gap():
    picture = paper(height=260)
    ys = (40, 70, 110, 150)
    for y in ys:
        line(picture, 40, y, 150, y)
        line(picture, 172, y, 290, y)
    wear(picture, ys)
    for pieces in rulings(picture, "horizontal").values():
        assert not any(start < 155 and end > 167 for start, end in pieces)


def test_a_high_heading_keeps_its_border():
    picture = paper(height=260)
    xs, ys = (110, 170, 230), (30, 54, 74, 94, 114, 134)
    for y in ys:
        line(picture, 40, y, 290, y)
    for x in xs:
        line(picture, x, ys[0], x, ys[-1])
        wipe(picture, x - 2, 31, x + 2, 37)
        wipe(picture, x - 2, 48, x + 2, 51)
        write(picture, "NAME", x + 14, 45)
        wipe(picture, x - 2, 60, x + 2, 64)
    wear(picture, ys)
    found = rulings(picture, "vertical")
    assert all(min(start for start, _ in found[x]) == pytest.approx(30, abs=PLACE_TOLERANCE) for x in xs)


def boxed(picture, x0, y0, columns, rows, *, width=40, height=20) -> None:
    for column in range(columns + 1):
        line(picture, x0 + column * width, y0, x0 + column * width, y0 + rows * height)
    for row in range(rows + 1):
        line(picture, x0, y0 + row * height, x0 + columns * width, y0 + row * height)


def test_tables_close_beside_one_another_are_two():
    picture = paper(height=260)
    boxed(picture, 40, 40, 2, 3)
    boxed(picture, 126, 40, 3, 4)
    for pieces in rulings(picture, "horizontal").values():
        assert not any(start < 121 and end > 125 for start, end in pieces)


def test_tables_close_above_one_another_are_two():
    picture = paper(height=260)
    boxed(picture, 40, 40, 3, 2)
    boxed(picture, 40, 86, 3, 3, width=50)
    for pieces in rulings(picture, "vertical").values():
        assert not any(start < 81 and end > 85 for start, end in pieces)


def test_an_empty_column_is_no_gap():
    picture = paper(height=260)
    boxed(picture, 40, 40, 2, 3, width=30)
    boxed(picture, 100, 40, 1, 3, width=8)
    boxed(picture, 108, 40, 2, 3)
    found = rulings(picture, "horizontal")
    assert all(pieces[0] == pytest.approx((40, 188), abs=PLACE_TOLERANCE) for pieces in found.values())


def dashed(picture, x, y0, y1, *, lost=()) -> None:
    for number, y in enumerate(np.arange(y0, y1, 5.0)):
        if number not in lost:
            line(picture, x, y, x, min(y + 2.6, y1))


def test_a_dashed_wall_goes_on_over_low_rows_though_dashes_are_lost():
    picture = paper(height=260)
    ys = range(40, 131, 18)
    for y in ys:
        line(picture, 40, y, 240, y)
    for x in (40, 240):
        line(picture, x, 40, x, 130)
    dashed(picture, 140, 42, 130, lost=(4, 10))
    assert rulings(picture, "vertical")[140.0] == [pytest.approx((40, 130), abs=4.0)]


def test_figures_one_below_another_are_no_dashed_wall():
    picture = paper(height=260)
    for row in range(10):
        write(picture, "1", 140, 40 + 11 * row, size=0.35)
    assert not rulings(picture, "vertical")


def test_the_walls_of_a_heading_do_not_run_through_a_name_and_part_two_names():
    picture = paper(height=260)
    xs, ys = (40, 100, 160, 220, 280), (30, 50, 70, 90, 110, 130)
    for y in ys:
        line(picture, xs[0], y, xs[-1], y)
    wipe(picture, 42, 48, 99, 52)
    for x in (xs[0], xs[-1]):
        line(picture, x, ys[0], x, ys[-1])
    for x in xs[1:-1]:
        line(picture, x, 50 if x == 160 else 30, x, 130)
    wipe(picture, 158, 52, 162, 68)
    write(picture, "HEADING", 133, 45)
    for x in xs[1:-1]:
        write(picture, "NAME", x + 14, 65)
        for y in ys[2:-1]:
            write(picture, "352", x + 30, y + 14)
        for y in (58, 78, 98, 118):
            wipe(picture, x - 2, y, x + 2, y + 5)
    for y in ys[2:-1]:
        write(picture, "LABEL", 44, y + 14)
    wear(picture, ys[2:])
    (wall,) = rulings(picture, "vertical")[160.0]
    assert wall == pytest.approx((50, 130), abs=PLACE_TOLERANCE)


def test_the_comma_of_a_number_printed_wide_apart_is_no_speck():
    picture = paper(height=260)
    noise = np.random.default_rng(3)
    for x, y in zip(noise.uniform(20, 300, 60), noise.uniform(120, 240, 60), strict=True):
        cv2.circle(picture, (round(x * SCALE), round(y * SCALE)), 1, 0, -1)
    for x, figure in ((60, "5"), (75, "2"), (86, "9"), (97, "8")):
        write(picture, figure, x, 60, size=0.7)
    comma = (slice(round(58 * SCALE), round(61 * SCALE)), slice(round(67.5 * SCALE), round(69.5 * SCALE)))
    cv2.rectangle(
        picture, (round(67.6 * SCALE), round(58.6 * SCALE)), (round(68.8 * SCALE), round(60.4 * SCALE)), 0, -1
    )
    cleaned, is_dirty = remove_specks(ScanPicture(picture, 255 - picture, SCALE))
    assert is_dirty
    assert cleaned.ink[comma].any()
