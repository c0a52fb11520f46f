"""Text lines from ink: lines set close in a cell are told apart, however many cells of a page hold several."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.lines.growing import ink_to_lines
from extract.pages.scan.rulings.regions import rulings_to_regions

SCALE = 200 / 72
EM, PITCH = 9.0, 10.0  # points


def page_of_cells(lines: int) -> np.ndarray:
    """Give ink of six cells with so many lines of twelve blocks each, set close."""
    ink = np.zeros((round(400 * SCALE), round(200 * SCALE)), dtype=np.uint8)
    for cell in range(6):
        for row in range(lines):
            for place in range(12):
                x, y = 20 + place * EM, 20 + cell * 60 + row * PITCH
                x0, x1 = round((x + 0.5) * SCALE), round((x + EM - 0.5) * SCALE)
                ink[round((y + 0.4) * SCALE) : round((y + EM - 0.4) * SCALE), x0:x1] = 255
    return ink


@pytest.mark.parametrize("lines", [1, 2, 3, 4])
def test_lines_set_close_are_told_apart_where_most_of_a_page_is_such_text(lines):
    found = ink_to_lines(page_of_cells(lines), [], rulings_to_regions([], 200, 400), SCALE).lines
    assert len(found) == 6 * lines
    assert all(line.em == pytest.approx(EM * SCALE, rel=0.2) for line in found)


def test_a_last_line_of_one_thin_character_is_not_lost():
    ink = page_of_cells(2)
    last = 20 + 2 * PITCH
    x, top, bottom = round(22 * SCALE), round((last + 1) * SCALE), round((last + EM - 1) * SCALE)
    ink[top:bottom, x : x + 3] = 255
    found = ink_to_lines(ink, [], rulings_to_regions([], 200, 400), SCALE).lines
    assert (x, top, x + 3, bottom) in [line.box for line in found]
