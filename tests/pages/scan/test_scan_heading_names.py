"""Names that stand in the middle of their columns tell the walls of a heading."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.heading_names import Name, find_heading_names, weigh_heading
from extract.pages.scan.rulings.worn.settling import Lattice

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


def test_a_stroke_of_a_letter_close_to_a_wall_is_no_wall(ink):
    write(ink, 0, 3, letters=4)
    write(ink, 3, 6, letters=2)
    assert found(ink, np.array([4.0, 4.0, -1.0, -1.0, -1.0])) == [Name(0, 3, True), Name(3, 6, True)]


def test_names_close_beside_one_another_in_the_last_row_are_of_a_column_each(ink):
    for column in range(6):
        write(ink, column, column + 1)
    names = found(ink, span=3.0)
    assert names is not None
    assert [(name.first, name.last) for name in names] == [(column, column + 1) for column in range(6)]


def lattice(axis, places, across) -> Lattice:
    """Give tracks of whose stretches nothing is left."""
    tracks = [[Ruling(axis, place, across[0], across[-1], 0.5)] for place in places]
    shape = (len(places), len(across) - 1)
    nothing, no = np.zeros(shape), np.zeros(shape, dtype=bool)
    return Lattice(tracks, np.full(shape, -1.0), nothing.copy(), no.copy(), no.copy(), nothing.copy())


def heading(ink: np.ndarray, *, below: float = 1.0, walled: float = 0.0, left: float = 0.0):
    """Weigh a heading of two rows over a row of numbers: of its walls the weight ``below`` is given there, and texts beside them."""
    edges = (22.0, 38.0, 54.0, 70.0)
    horizontal, vertical = lattice("horizontal", edges, WALLS), lattice("vertical", WALLS, edges)
    vertical.weight[:, 2], vertical.walled[:, 2] = below, walled
    horizontal.share[1, 3:] = left
    weigh_heading(horizontal, vertical, Straight(ink, ink, SCALE), body=2, first=0)
    return horizontal, vertical


@pytest.fixture
def names(ink) -> np.ndarray:
    """A name over the first three columns and one over each of them; one of both rows over each of the others."""
    write(ink, 0, 3, down=-8.0)
    for column in range(6):
        write(ink, column, column + 1, letters=2, down=8.0 if column < 3 else 0.0)
    return ink


def test_a_name_of_all_rows_of_the_heading_stands_in_one_cell(names):
    horizontal, vertical = heading(names)
    assert (horizontal.weight[1] > 0).tolist() == [True] * 3 + [False] * 3
    assert (vertical.weight[3:6, :2] > 0).all()
    assert (vertical.weight[1:3, 0] < 0).all()
    assert (vertical.weight[1:3, 1] > 0).all()


def test_an_edge_that_is_seen_parts_the_cells_of_a_column(names):
    assert (heading(names, left=0.8)[0].weight[1, 3:] == -1.0).all()


@pytest.mark.parametrize(("walled", "is_wall"), [(0.0, False), (3.0, True)])
def test_a_wall_goes_on_below_the_heading_where_it_parts_texts(names, walled, is_wall):
    _, vertical = heading(names, below=-0.9, walled=walled)
    assert (vertical.weight[4, :2] > 0).all() == is_wall
