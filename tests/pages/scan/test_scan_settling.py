"""Which stretches of a worn lattice stay."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.rulings.settling import cut_back

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
