"""A worn table that lost its walls in one row is one table; two tables with a title between them are two."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.rejoining import join_frames, rejoin_tables
from extract.pages.scan.rulings.traces import Straight

SCALE = 2.0
WALLS = (40.0, 120.0, 200.0)


def part(*rows: float, end: float = 200.0):
    flat = [Ruling("horizontal", row, 40.0, end, 0.5) for row in rows]
    return flat, [Ruling("vertical", wall, rows[0], rows[-1], 0.5) for wall in WALLS]


def columns(*, left: tuple[float, float]) -> Straight:
    """Show the walls with this part of them."""
    ink, short = (np.zeros((round(260 * SCALE), round(300 * SCALE)), dtype=np.uint8) for _ in range(2))
    for wall in WALLS:
        row, along = round(wall * SCALE), slice(round(left[0] * SCALE), round(left[1] * SCALE))
        ink[row, along] = 255
        short[row - 1 : row + 2, along] = 255
    return Straight(ink, short, SCALE)


@pytest.mark.parametrize(
    ("below", "left", "tables"),
    [
        (part(100, 120, 140), (84.0, 92.0), 1),
        (part(100, 120, 140, end=180.0), (84.0, 92.0), 1),
        (part(100, 120, 140), (0.0, 0.0), 2),
        (part(115, 135, 155), (84.0, 100.0), 2),
    ],
)
def test_parts_are_joined_where_their_walls_go_on(below, left, tables):
    found = rejoin_tables([part(40, 60, 80), below], columns(left=left))
    assert len(found) == tables
    assert sum(len(flat) for flat, _ in found) == 6


def test_pieces_of_row_edges_go_to_the_table_that_was_joined():
    loose = ([Ruling("horizontal", 120.0, 150.0, 200.0, 0.5)], [])
    other = ([Ruling("horizontal", 230.0, 150.0, 200.0, 0.5)], [])
    found = rejoin_tables(
        [loose, part(40, 60, 80), part(100, 120, 140, end=140.0), other], columns(left=(84.0, 92.0))
    )
    assert [len(flat) for flat, _ in found] == [7, 1]


def corner(x: float, y: float, *, wide: float = 90.0, high: float = 40.0):
    """Give the piece of a frame (40 to 240, 40 to 140) at one of its corners."""
    flat = Ruling(
        "horizontal", y, min(x, 240 - wide) if x > 40 else 40.0, 240.0 if x > 40 else 40 + wide, 0.5
    )
    upright = Ruling("vertical", x, 140 - high if y > 40 else 40.0, 140.0 if y > 40 else 40 + high, 0.5)
    return [flat], [upright]


CORNERS = [(x, y) for x in (40.0, 240.0) for y in (40.0, 140.0)]


def test_the_corners_of_a_frame_are_joined_with_what_stands_in_it():
    inner = ([], [Ruling("vertical", 120.0, 60.0, 90.0, 0.5)])
    beside = ([Ruling("horizontal", 300.0, 40.0, 90.0, 0.5)], [])
    found = join_frames([*(corner(*place) for place in CORNERS), inner, beside])
    assert sorted((len(flat), len(upright)) for flat, upright in found) == [(1, 0), (4, 5)]


@pytest.mark.parametrize(
    "groups",
    [
        [corner(*place, wide=30.0) for place in CORNERS],
        [corner(*place) for place in CORNERS[:3]],
        [*(corner(*place) for place in CORNERS[:3]), part(140, 160, 180)],
    ],
)
def test_pieces_that_make_no_frame_stay_alone(groups):
    assert len(join_frames(groups)) == len(groups)
