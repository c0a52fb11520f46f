"""Names that stand in the middle of their columns tell the walls of a heading."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.rulings.heading_names import Name, find_heading_names
from extract.pages.scan.rulings.traces import Straight

SCALE = 3.0
WALLS = [20.0 + 40.0 * index for index in range(7)]  # points
ROW = (30.0, 46.0)
LOST = np.full(5, -1.0)


@pytest.fixture
def ink() -> np.ndarray:
    """Ink with the columns of the page along its rows."""
    return np.zeros((round(300 * SCALE), round(80 * SCALE)), dtype=np.uint8)


def write(
    ink: np.ndarray, first: int, last: int, *, letters: int = 3, off: float = 0.0, down: float = 0.0
) -> None:
    """Set a name over the columns from ``first`` to ``last`` (exclusive)."""
    left = (WALLS[first] + WALLS[last]) / 2 - (letters * 10 - 1) / 2 + off
    top = (ROW[0] + ROW[1]) / 2 - 4.5 + down
    for index in range(letters):
        start = left + 10 * index
        ink[
            round(start * SCALE) : round((start + 9) * SCALE), round(top * SCALE) : round((top + 9) * SCALE)
        ] = 255


def found(ink: np.ndarray, odds: np.ndarray = LOST, *, span: float = 0.0) -> list[Name] | None:
    return find_heading_names(WALLS, ROW, odds, Straight(ink, ink, SCALE), span=span)


def test_names_over_several_columns_tell_these(ink):
    write(ink, 0, 3)
    write(ink, 3, 5, letters=2)
    write(ink, 5, 6, letters=2)
    assert found(ink) == [Name(0, 3, True), Name(3, 5, True), Name(5, 6, True)]


def test_ink_of_the_walls_is_no_name(ink):
    write(ink, 0, 2)
    write(ink, 2, 6)
    row = round(WALLS[2] * SCALE)
    ink[row - 3 : row - 1, round(33 * SCALE) : round(43 * SCALE)] = 255
    ink[row + 2 : row + 4, round(33 * SCALE) : round(43 * SCALE)] = 255
    assert found(ink) == [Name(0, 2, True), Name(2, 6, True)]


def test_a_name_beside_the_middle_of_the_row_is_of_several_rows(ink):
    write(ink, 0, 3)
    write(ink, 3, 6, down=6.0)
    assert found(ink) == [Name(0, 3, True), Name(3, 6, False)]


def test_names_at_the_left_of_their_cells_tell_nothing(ink):
    write(ink, 0, 3, off=-35.0)
    write(ink, 3, 6, off=-35.0)
    assert found(ink) is None


def test_a_wall_that_was_clearly_printed_is_kept(ink):
    write(ink, 0, 6)
    assert found(ink, np.array([-1.0, 4.0, -1.0, -1.0, 4.0])) is None


def test_names_close_beside_one_another_in_the_last_row_are_of_a_column_each(ink):
    for column in range(6):
        write(ink, column, column + 1)
    names = found(ink, span=3.0)
    assert names is not None
    assert [(name.first, name.last) for name in names] == [(column, column + 1) for column in range(6)]
