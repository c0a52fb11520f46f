"""The last row of a worn table whose label stands over all columns of labels, its letters far apart (合　計)."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.scan.rulings.opening import ink_to_rulings

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


def table(*, specks: tuple[tuple[float, float], ...]) -> np.ndarray:
    """Give a table with labels of several rows, whose second wall ends above the last row; the rulings have holes."""
    picture = np.full((round(260 * SCALE), round(320 * SCALE)), 255, dtype=np.uint8)
    for y in YS:
        box(picture, XS[0] if y in EDGES else XS[1], y, XS[-1], y, thick=2)
    for x in XS:
        box(picture, x, YS[0], x, FOOT if x == XS[1] else YS[-1], thick=2)
    wear(picture)
    for row in YS[:-1]:
        for x in (
            *((48,) if row in EDGES else ()),
            76,
            *((88, 100) if row != FOOT else ()),
            170,
            182,
            230,
            242,
        ):
            letter(picture, x, row + 6)
    for x, y in specks:
        box(picture, x, y, x + 1, y + 1, thick=-1)
    return picture


@pytest.mark.parametrize("specks", [(), ((128, FOOT + 9),), ((128, FOOT + 5), (140, FOOT + 14))])
def test_a_wall_does_not_run_between_the_letters_of_one_label(specks):
    found = ink_to_rulings(255 - table(specks=specks), SCALE).rulings
    ends = [r.end for r in found if r.axis == "vertical" and abs(r.position - XS[1]) < 3]
    assert max(ends) == pytest.approx(FOOT, abs=3.0)
