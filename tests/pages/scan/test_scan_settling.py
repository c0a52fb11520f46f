"""Which stretches of a worn lattice stay."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.worn.settling import Lattice, Settling, cut_back

WALLS = np.ones((3, 4), dtype=bool)  # three walls through four rows


@pytest.mark.parametrize(
    ("closed", "kept"),
    [
        ([False, True, True, True, True], [False, True, True, True]),
        ([False, False, True, True, True], [False, False, True, True]),
        ([True, True, True, True, False], [True, True, True, False]),
        ([True, False, True, False, True], [True, True, True, True]),
    ],
)
def test_walls_end_where_the_last_row_edge_is(closed, kept):
    states = WALLS.copy()
    cut_back(states, np.full(states.shape, 0.4), np.array(closed))
    assert states.tolist() == [kept] * 3


def test_walls_that_stand_beyond_it_are_those_of_a_row_whose_edge_is_lost():
    states = WALLS.copy()
    cut_back(states, np.full(states.shape, 0.9), np.array([False, True, True, True, True]))
    assert states.all()


def settled_wall(*, walled: float) -> list[bool]:
    """Give the second of three walls, of which only the upper three of eight stretches are left."""
    tracks = [[Ruling("vertical", float(place), 0.0, 80.0, 0.5)] for place in (0, 40, 80)]
    edges = [[Ruling("horizontal", float(place), 0.0, 80.0, 0.5)] for place in range(0, 90, 10)]
    weight = np.full((3, 8), 4.0)
    weight[1, 3:] = -3.7
    no, nothing = np.zeros((3, 8), dtype=bool), np.zeros((3, 8))
    beside = np.zeros((3, 8))
    beside[1] = walled
    vertical = Lattice(tracks, weight, beside, no, no, nothing)
    flat = np.zeros((9, 2), dtype=bool)
    horizontal = Lattice(edges, np.full((9, 2), 4.0), np.zeros((9, 2)), flat, flat, np.zeros((9, 2)))
    return Settling(horizontal, vertical).settle()[1][1].tolist()


@pytest.mark.parametrize(("walled", "goes_on"), [(3.0, True), (1.0, False)])
def test_a_wall_with_texts_on_both_sides_in_every_row_goes_on_to_the_foot(walled, goes_on):
    assert settled_wall(walled=walled) == [True] * 3 + [goes_on] * 5
