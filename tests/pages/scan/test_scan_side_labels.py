"""Labels of several rows stand in the middle of these: the row edges between them follow from where they stand."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.side_labels import settle_side_labels

SCALE = 3.0
EDGES = [20.0 + 16.0 * index for index in range(9)]  # points
COLUMN = (40.0, 60.0)
EM = 9.0


@pytest.fixture
def ink() -> np.ndarray:
    return np.zeros((round(200 * SCALE), round(100 * SCALE)), dtype=np.uint8)


def draw(ink: np.ndarray, x0: float, y0: float, x1: float, y1: float) -> None:
    ink[round(y0 * SCALE) : round(y1 * SCALE), round(x0 * SCALE) : round(x1 * SCALE)] = 255


def write(
    ink: np.ndarray, first: int, last: int, letters: int, *, width: float = EM, shift: float = 0.0
) -> None:
    """Set letters below one another in the middle of the rows from ``first`` to ``last``, or so far (points) below it."""
    pitch = EM + 1
    top = (EDGES[first] + EDGES[last + 1]) / 2 - (letters * pitch - 1) / 2 + shift
    for index in range(letters):
        draw(ink, 50 - width / 2, top + index * pitch, 50 + width / 2, top + index * pitch + EM)


def settled(ink: np.ndarray, left: dict[int, float] | None = None) -> list[int] | None:
    odds = np.array([(left or {}).get(index, -2.0) for index in range(1, len(EDGES) - 1)])
    found = settle_side_labels(EDGES, COLUMN, odds, Straight(ink, ink, SCALE))
    return None if found is None else [index + 1 for index in np.flatnonzero(found)]


def test_the_edge_between_two_labels_is_found_though_nothing_is_left_of_it(ink):
    write(ink, 0, 4, 2)
    write(ink, 5, 7, 2)
    assert settled(ink) == [5]


@pytest.mark.parametrize(("shifts", "expected"), [((-2.5, -2.5), [4]), ((-2.5, 2.5), None)])
def test_labels_may_all_be_set_a_little_high_but_not_one_high_and_one_low(ink, shifts, expected):
    for first, shift in zip((0, 4), shifts, strict=True):
        write(ink, first, first + 3, 5, shift=shift)
    assert settled(ink, {4: 3.0}) == expected


@pytest.mark.parametrize("end", [59.0, 44.0])
def test_a_ragged_row_edge_at_a_wall_is_no_letter(ink, end):
    write(ink, 0, 3, 2)
    write(ink, 4, 7, 2)
    draw(ink, 41.0, EDGES[4] - 1.6, end, EDGES[4] + 1.8)
    assert settled(ink, {4: 4.0}) == [4]


def test_a_stroke_through_the_letters_of_a_label_parts_nothing(ink):
    write(ink, 0, 3, 2)
    write(ink, 4, 7, 2)
    assert settled(ink, {2: 1.5, 4: 3.0}) == [4]


def test_the_bar_of_a_letter_on_an_edge_is_none(ink):
    top = EDGES[2] - 0.5
    draw(ink, 45.5, top, 54.5, top + 1.2)
    for index in (1, 2, 3):
        draw(ink, 45.5, top - 4 + index * (EM + 1), 54.5, top - 4 + index * (EM + 1) + EM)
    middle = top - 4 + (4 * (EM + 1) - 1) / 2
    assert abs(middle - (EDGES[0] + EDGES[8]) / 2) > 4
    rows = [edge + middle - (EDGES[0] + EDGES[6]) / 2 for edge in EDGES[:7]]
    rows[2] = EDGES[2]
    odds = np.array([-2.0, 2.0, -2.0, -2.0, -2.0])
    found = settle_side_labels(rows, COLUMN, odds, Straight(ink, ink, SCALE))
    assert found is not None
    assert not found.any()


def test_labels_of_one_row_each_are_left_alone(ink):
    for row in range(8):
        write(ink, row, row, 1, width=17.0)
    assert settled(ink) is None


def test_labels_at_the_top_of_their_rows_tell_nothing(ink):
    draw(ink, 45.5, EDGES[0] + 2, 54.5, EDGES[0] + 2 + EM)
    draw(ink, 45.5, EDGES[0] + 13, 54.5, EDGES[0] + 13 + EM)
    draw(ink, 45.5, EDGES[7] - 14, 54.5, EDGES[7] - 14 + EM)
    assert settled(ink, {3: 4.0}) is None
