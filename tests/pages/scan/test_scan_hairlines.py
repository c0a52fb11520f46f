"""Hairlines that fall between two rows of points are ink; blur beside ink and gray paper are not."""

from __future__ import annotations

import numpy as np

from extract.pages.scan.paper.hairlines import add_hairlines
from extract.pages.scan.paper.picture import gray_to_ink

SCALE = 200 / 72
FINE = 300 / 72


def added(gray: np.ndarray, scale: float = SCALE) -> int:
    ink = gray_to_ink(gray)
    return int(np.count_nonzero(add_hairlines(gray, ink, scale) > ink))


def paper() -> np.ndarray:
    return np.full((120, 200), 255, dtype=np.uint8)


def test_a_line_between_two_rows_or_columns_is_found():
    level, upright = paper(), paper()
    level[50:52, 20:180] = 185
    upright[10:110, 70:72] = 185
    assert added(level) >= 160
    assert added(upright) >= 100


def test_a_light_line_on_one_row_is_none():
    gray = paper()
    gray[50, 20:180] = 185
    assert added(gray) == 0


def test_the_blur_beside_a_line_and_short_strokes_are_none():
    gray = paper()
    gray[50:52, 20:180] = 0
    gray[49, 20:180] = gray[52, 20:180] = 185
    gray[53, 20:180] = 200
    gray[80:82, 20:40] = 185
    assert added(gray) == 0


def test_a_fine_picture_has_rows_enough():
    gray = paper()
    gray[50:52, 20:180] = 185
    assert added(gray, FINE) == 0
