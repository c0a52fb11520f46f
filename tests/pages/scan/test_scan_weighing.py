"""The first and the last row of a worn table, whose label stands over all columns of labels (区　分, 合　計)."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.opening import ink_to_rulings
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.settling import Lattice
from extract.pages.scan.rulings.worn.weighing import weigh_text

SCALE = 200 / 72
XS, YS = (40, 66, 150, 210, 270), tuple(range(40, 201, 20))
FOOT = YS[-2]
EDGES = (*YS[:2], YS[4], FOOT, YS[-1])
"""Rows of the labels of the first column, which are merged."""


def box(picture, x0, y0, x1, y1, *, thick: int) -> None:
    corners = [(round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1))]
    cv2.rectangle(picture, *corners, 0, thick)


def wipe(picture, x0, y0, x1, y1) -> None:
    picture[round(y0 * SCALE) : round(y1 * SCALE), round(x0 * SCALE) : round(x1 * SCALE)] = 255


def letter(picture, x, y) -> None:
    """Draw what is as large as a letter of 9 pt."""
    box(picture, x, y, x + 8.5, y + 8.5, thick=2)
    box(picture, x + 2, y + 4, x + 6.5, y + 4.5, thick=2)


def wear(picture) -> None:
    """Make holes in the rulings."""
    random = np.random.default_rng(3)
    for y in YS:
        for x, length in zip(random.uniform(45, 250, 3), random.uniform(6, 12, 3), strict=True):
            wipe(picture, x, y - 1.5, x + length, y + 1.5)
        for x in random.uniform(45, 250, 6):
            wipe(picture, x, y - 1.5, x + 2.2, y + 1.5)
    for x in XS:
        for y in random.uniform(45, 190, 3):
            wipe(picture, x - 1.5, y, x + 1.5, y + 3)


def table(
    *,
    specks: tuple[tuple[float, float], ...] = (),
    total: tuple[float, ...] = (48, 76),
    has_corner: bool = False,
) -> np.ndarray:
    """Give a table with labels of several rows, whose second wall ends above the last row; the rulings have holes.

    ``total`` says where the letters of the last label stand; ``has_corner`` that the first row has one label over both columns.
    """
    picture = np.full((round(260 * SCALE), round(320 * SCALE)), 255, dtype=np.uint8)
    for y in YS:
        box(picture, XS[0] if y in EDGES else XS[1], y, XS[-1], y, thick=2)
    for x in XS:
        top = YS[1] if has_corner and x == XS[1] else YS[0]
        box(picture, x, top, x, FOOT if x == XS[1] else YS[-1], thick=2)
    wear(picture)
    for row in YS[:-1]:
        labels = (*((48,) if row in EDGES else ()), 76, 88, 100)
        if row == FOOT:
            labels = total
        elif has_corner and row == YS[0]:
            labels = (74, 106)
        for x in (*labels, 170, 182, 230, 242):
            letter(picture, x, row + 6)
    for x, y in specks:
        box(picture, x, y, x + 1, y + 1, thick=-1)
    return picture


@pytest.mark.parametrize("specks", [(), ((128, FOOT + 9),), ((128, FOOT + 5), (140, FOOT + 14))])
def test_a_wall_does_not_run_between_the_letters_of_one_label(specks):
    found = ink_to_rulings(255 - table(specks=specks), SCALE).rulings
    ends = [r.end for r in found if r.axis == "vertical" and abs(r.position - XS[1]) < 3]
    assert max(ends) == pytest.approx(FOOT, abs=3.0)


def first_wall(picture) -> tuple[float, float]:
    found = ink_to_rulings(255 - picture, SCALE).rulings
    own = [r for r in found if r.axis == "vertical" and abs(r.position - XS[1]) < 3]
    return min(r.start for r in own), max(r.end for r in own)


@pytest.mark.parametrize("total", [(43, 53), (48, 62)])
def test_a_wall_does_not_run_beside_an_empty_cell_of_the_labels_of_a_total(total):
    picture = table(total=total)
    assert first_wall(picture)[1] == pytest.approx(FOOT, abs=3.0)


def test_a_wall_does_not_run_through_the_corner_over_the_labels():
    assert first_wall(table(has_corner=True))[0] == pytest.approx(YS[1], abs=3.0)


def lattice(axis, places, across, *, weight: float) -> Lattice:
    """Give tracks of which nothing speaks for or against any stretch but ``weight``."""
    tracks = [[Ruling(axis, place, across[0], across[-1], 0.5)] for place in places]
    shape = (len(places), len(across) - 1)
    nothing, no = np.zeros(shape), np.zeros(shape, dtype=bool)
    return Lattice(tracks, np.full(shape, weight), nothing.copy(), no.copy(), no.copy(), nothing.copy())


def weighed(
    ink: np.ndarray,
    *,
    edge: float = 3.0,
    left: Sequence[float] = (0.2,) * 4,
    is_told: bool = True,
    lost: tuple[int, int] | None = None,
    weight: float = -3.0,
) -> tuple[Lattice, Lattice]:
    """Give the lattice of a table of 6 rows and 4 columns, weighed by the text in it; a side label goes over rows 2 to 5.

    ``is_told`` says that the row edges beside it are missing; of one stretch (``lost``) of a row edge nothing is left, which has this
    ``weight``.
    """
    xs, ys = (40.0, 66.0, 150.0, 210.0, 270.0), tuple(float(y) for y in range(40, 161, 20))
    horizontal = lattice("horizontal", ys, xs, weight=3.0)
    vertical = lattice("vertical", xs, ys, weight=1.0)
    horizontal.weight[3:5, 0] = horizontal.weight[1, 0] = -3.0
    horizontal.share[[0, 2, 5, 6]] = horizontal.share[:, 1:] = 1.0
    if not is_told:
        horizontal.weight[3:5, 0], horizontal.share[3:5, 0] = 3.0, 1.0
    if lost is not None:
        horizontal.share[lost], horizontal.weight[lost] = 0.0, weight
    if edge < 0:
        horizontal.weight[2], horizontal.share[2] = edge, left
    straight = [Straight(part, np.zeros_like(part), SCALE) for part in (ink, np.ascontiguousarray(ink.T))]
    weigh_text(horizontal, vertical, straight[0], straight[1])
    return horizontal, vertical


def page(*letters: tuple[float, float]) -> np.ndarray:
    """Give ink with letters at these places."""
    picture = np.full((round(260 * SCALE), round(320 * SCALE)), 255, dtype=np.uint8)
    for x, y in letters:
        letter(picture, x, y)
    return 255 - picture


BODY = [(x, y) for y in (86.0, 106.0, 126.0) for x in (76.0, 88.0, 170.0, 230.0)]
CORNER = [(88.0, 56.0), (106.0, 56.0)]


@pytest.mark.parametrize(
    ("total", "is_wall"), [([(43.0, 146.0), (53.0, 146.0)], False), ([(76.0, 146.0)], True)]
)
def test_an_empty_cell_beside_a_total_tells_that_it_goes_over_both_columns(total, is_wall):
    _, vertical = weighed(page(*BODY, *CORNER, (48.0, 106.0), *total))
    assert (vertical.weight[1, -1] > 0) == is_wall


@pytest.mark.parametrize("edge", [3.0, -1.0])
def test_the_heading_ends_where_the_corner_has_its_text_in_the_middle(edge):
    horizontal, vertical = weighed(page(*BODY, *CORNER, (48.0, 106.0), (43.0, 146.0)), edge=edge)
    assert (vertical.weight[1, :2] < 0).all()
    assert (horizontal.weight[2] > 0).all()


def test_an_edge_that_is_whole_in_some_columns_and_not_there_in_others_ends_no_heading():
    ink = page(*BODY, *CORNER, (48.0, 106.0), (43.0, 146.0))
    horizontal, _ = weighed(ink, edge=-1.0, left=(1.0, 0.0, 1.0, 0.0))
    assert (horizontal.weight[2, [1, 3]] < 0).all()


def test_a_table_of_which_no_column_keeps_its_edges_is_weighed_too():
    xs, ys = (40.0, 150.0, 270.0), tuple(float(y) for y in range(40, 161, 20))
    horizontal = lattice("horizontal", ys, xs, weight=3.0)
    vertical = lattice("vertical", xs, ys, weight=1.0)
    horizontal.weight[3:5], horizontal.share[[0, 2, 6]] = -3.0, 1.0
    letters = page(*((x, y) for y in (46.0, 66.0, 86.0, 126.0, 146.0) for x in (60.0, 200.0)))
    straight = [
        Straight(part, np.zeros_like(part), SCALE) for part in (letters, np.ascontiguousarray(letters.T))
    ]
    weigh_text(horizontal, vertical, straight[0], straight[1])
    assert (vertical.weight[[0, -1]] > 0).all()


@pytest.mark.parametrize(
    ("right", "is_told", "is_wall"), [((90,), True, False), ((90,), False, False), ((76, 86), True, True)]
)
def test_a_total_of_two_letters_set_wide_goes_over_side_labels_and_labels(right, is_told, is_wall):
    total = [(float(x), 146.0) for x in (48, *right)]
    _, vertical = weighed(page(*BODY, *CORNER, (48.0, 106.0), *total), is_told=is_told)
    assert (vertical.weight[1, -1] > 0) == is_wall


def test_an_edge_of_the_heading_of_which_nothing_is_left_runs_through_no_name():
    across = (170.0, 56.0)
    horizontal, _ = weighed(page(*BODY, *CORNER, (48.0, 106.0), (43.0, 146.0), across), lost=(1, 2))
    assert horizontal.weight[1, 2] < 0 < horizontal.weight[1, 1]


def test_an_edge_between_labels_in_the_middles_of_their_rows_is_one():
    labels = [(x, y) for y in (86.0, 106.0) for x in (76.0, 88.0)]
    horizontal, _ = weighed(page(*BODY, *CORNER, *labels), lost=(3, 1), weight=-9.0)
    assert horizontal.weight[3, 1] > 0


def test_no_label_goes_on_into_a_total_over_two_columns():
    total = [(43.0, 146.0), (53.0, 146.0)]
    horizontal, _ = weighed(page(*BODY, *CORNER, (48.0, 106.0), *total), lost=(5, 1), weight=-20.0)
    assert horizontal.weight[5, 1] > 0
