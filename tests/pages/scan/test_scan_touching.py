"""Lines that touch are told apart by the size of their characters; large type is not cut."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.lines.growing import ink_to_lines
from extract.pages.scan.lines.touching import lines_in, part_touching, sides_of_line
from extract.pages.scan.rulings.regions import rulings_to_regions

SCALE = 200 / 72
SIZE = 20  # pixels of a character at 2.5 pixels a point


def touching(lines: int, *, characters: int = 12, size: int = SIZE) -> np.ndarray:
    """Give ink of lines of squares, of which every third reaches the next line."""
    own = np.zeros((lines * size, characters * (size + 2)), dtype=bool)
    for row in range(lines):
        for place in range(characters):
            x, y = place * (size + 2), row * size
            bottom = y + size if place % 3 == 0 and row < lines - 1 else y + size - 2
            own[y:bottom, x : x + size - 2] = True
            own[y + 4 : y + 6, x + 4 : x + 8] = False
    return own


@pytest.mark.parametrize("lines", [1, 2, 3, 5])
def test_touching_lines_are_counted_and_cut_where_they_touch(lines):
    own = touching(lines)
    assert lines_in(own, 2.5) == lines
    parts = part_touching(own, 2.5)
    assert [top for top, _ in parts] == pytest.approx([row * SIZE for row in range(lines)], abs=2)
    assert (parts[0][0], parts[-1][1]) == (0, own.shape[0])


@pytest.mark.parametrize("characters", [2, 3, 4])
def test_a_column_of_single_characters_that_touch_is_cut_by_the_em_of_the_page(characters):
    own = touching(characters, characters=1)[:, : SIZE - 2]
    own[SIZE - 1 :: SIZE, 6:] = False  # one stroke reaches the next character
    assert [top for top, _ in part_touching(own, 2.5, page_em=SIZE)] == pytest.approx(
        [row * SIZE for row in range(characters)], abs=2
    )
    assert len(part_touching(own, 2.5, page_em=2.0 * SIZE)) == 1


def test_white_beside_a_column_of_single_characters_is_not_its_width():
    own = np.zeros((2 * SIZE, 3 * SIZE), dtype=bool)
    own[:, : SIZE - 2] = touching(2, characters=1)[:, : SIZE - 2]
    own[SIZE - 1 :: SIZE, 6:] = False
    assert len(part_touching(own, 2.5, page_em=SIZE)) == 2


def test_one_line_of_large_type_is_one_line():
    assert part_touching(touching(1, size=60), 2.5) == [(0, 60)]


def test_ink_without_characters_is_not_cut():
    own = np.ones((60, 300), dtype=bool)
    assert part_touching(own, 2.5) == [(0, 60)]


def test_ink_as_dense_between_the_lines_as_in_them_is_not_cut():
    own = np.zeros((60, 300), dtype=bool)
    for place in range(14):
        for row in range(6):  # a pattern of squares that overlap in height: no row is emptier than the others
            x, y = place * 21 + (row % 2) * 10, row * 10
            own[y : y + 9, x : x + 9] = True
        own[:, place * 21 + 20] = True
    assert len(part_touching(own, 2.5)) == 1


@pytest.mark.parametrize("lines", [2, 3])
def test_the_em_of_a_page_of_touching_lines_is_that_of_its_characters(lines):
    size = round(8 * SCALE)
    ink = np.zeros((round(400 * SCALE), round(250 * SCALE)), dtype=np.uint8)
    block = touching(lines, characters=20, size=size)
    for paragraph in range(4):
        top = round((20 + paragraph * 60) * SCALE)
        ink[top : top + block.shape[0], 50 : 50 + block.shape[1]][block] = 255
    found = ink_to_lines(ink, [], rulings_to_regions([], 250, 400), SCALE).lines
    assert len(found) == 4 * lines
    assert all(line.em == pytest.approx(size, rel=0.2) for line in found)


def test_what_is_left_of_a_neighbour_beside_a_short_line_is_not_the_line():
    part = np.zeros((SIZE, 300), dtype=bool)
    part[:18, :100] = part[:2, 150:160] = part[:3, 290:] = True
    assert sides_of_line(part) == (0, 100)
