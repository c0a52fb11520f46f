"""A row edge of which nothing is left stood where the text of a high row is set as evenly as that of the others."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.even_rows import find_even_edges

SCALE = 2.0
WALLS = (40.0, 100.0, 160.0, 220.0, 280.0)
TOP, PITCH, ROWS = 40.0, 16.0, 7


def write(ink: np.ndarray, column: int, row: float) -> None:
    """Write a word of 7 pt into a column, in the middle of a row or of rows."""
    x, y = WALLS[column] + 20, TOP + PITCH * (row + 0.5) - 3.5
    for x0 in (x, x + 9):
        start, end = ((round(v * SCALE) for v in place) for place in ((x0, y), (x0 + 7, y + 7)))
        cv2.rectangle(ink, tuple(start), tuple(end), 255, 2)


def sheet(high: dict[int, tuple[float, ...]]) -> np.ndarray:
    """Give the text of a table, that of the rows 3 and 4 in some columns at these places; text of other columns stands in each row."""
    ink = np.zeros((round(180 * SCALE), round(320 * SCALE)), dtype=np.uint8)
    for column in range(len(WALLS) - 1):
        for row in range(ROWS):
            if row not in (3, 4):
                write(ink, column, row)
        for row in high.get(column, (3, 4)):
            write(ink, column, row)
    return ink


def edges(ink: np.ndarray, *, lost: tuple[int, ...] = (4,), first: float = 0.0) -> list[float]:
    """Give the places found where some edges are lost; of the edge below the names this share is left."""
    places = [TOP + PITCH * row for row in range(ROWS + 1) if row not in lost]
    flat = [[Ruling("horizontal", place, WALLS[0], WALLS[-1], 0.5)] for place in places]
    upright = [[Ruling("vertical", wall, TOP, TOP + PITCH * ROWS, 0.5)] for wall in WALLS]
    short = np.zeros_like(ink)
    row, end = round((TOP + PITCH) * SCALE), round((WALLS[0] + first * (WALLS[-1] - WALLS[0])) * SCALE)
    short[row - 1 : row + 2, round(WALLS[0] * SCALE) : end] = 255
    return find_even_edges(flat, upright, Straight(ink, short, SCALE))


def test_the_edge_between_two_rows_set_evenly_is_found():
    assert edges(sheet({})) == pytest.approx([TOP + 4 * PITCH])


def test_so_are_two_of_three_rows():
    assert edges(sheet({}), lost=(4, 5)) == pytest.approx([TOP + 4 * PITCH, TOP + 5 * PITCH])


def test_a_side_label_of_both_rows_is_no_reason_against_it():
    assert len(edges(sheet({0: (3.5,)}))) == 1


@pytest.mark.parametrize("column", [2, 3])
def test_a_text_in_the_middle_of_both_rows_is(column):
    assert edges(sheet({column: (3.5,)})) == []


def test_lines_of_one_text_stand_closer_than_rows():
    close = (3.2, 3.8)
    assert edges(sheet(dict.fromkeys(range(4), close))) == []


def test_text_in_one_column_tells_nothing():
    assert edges(sheet({0: (), 1: (), 2: ()})) == []


@pytest.mark.parametrize(("first", "count"), [(0.0, 0), (0.3, 1)])
def test_names_of_two_lines_are_parted_from_no_row_unless_something_is_left(first, count):
    assert len(edges(sheet({}), lost=(1,), first=first)) == count
