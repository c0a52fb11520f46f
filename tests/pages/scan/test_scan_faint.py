"""Hairlines that a worn copy leaves so faint that only their mean over a column's width shows them, and what is no such line."""

from __future__ import annotations

import cv2
import numpy as np

from extract.document import Ruling
from extract.pages.scan.paper.picture import gray_to_ink
from extract.pages.scan.rulings.light.faint_grid import FaintGrid, find_faint_grid

SCALE = 300 / 72
WIDTH, HEIGHT = 400, 320
LEFT, RIGHT, TOP, BOTTOM = 40, 340, 60, 260
ROWS, WALLS = (85, 110, 135, 160, 185, 210, 235), (120, 190, 260)
NEAR = 2.0  # points: half a step along a line that ends without a wall
FAINT, GRAIN = 7, 4  # of 255: a piece as long as a character is lost among the grain


def sheet(*, grain: float = GRAIN) -> np.ndarray:
    size = (round(HEIGHT * SCALE), round(WIDTH * SCALE))
    return np.random.default_rng(7).normal(244, grain, size) if grain else np.full(size, 255.0)


def darken(picture, x0, y0, x1, y1, *, by: float = FAINT) -> None:
    mask = np.zeros(picture.shape, dtype=np.uint8)
    ends = [(round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1))]
    cv2.line(mask, *ends, 255, 2)
    picture[mask > 0] -= by


def find(picture, known: tuple[list[Ruling], list[Ruling]]) -> FaintGrid:
    gray = np.clip(picture, 0, 255).astype(np.uint8)
    return find_faint_grid(gray, gray_to_ink(gray), known, ([], []), SCALE)


def frame(picture, *, right: bool = True) -> tuple[list[Ruling], list[Ruling]]:
    """Draw the outer rulings of a table, the right one where it is said to have one."""
    flat = [Ruling("horizontal", y, LEFT, RIGHT, 1) for y in (TOP, BOTTOM)]
    upright = [Ruling("vertical", x, TOP, BOTTOM, 1) for x in ((LEFT, RIGHT) if right else (LEFT,))]
    for ruling in flat:
        darken(picture, ruling.start, ruling.position, ruling.end, ruling.position, by=220)
    for ruling in upright:
        darken(picture, ruling.position, ruling.start, ruling.position, ruling.end, by=220)
    return flat, upright


def inner(picture) -> None:
    for y in ROWS:
        darken(picture, LEFT, y, RIGHT, y)
    for x in WALLS:
        darken(picture, x, TOP, x, BOTTOM)


def assert_lines(found: list[Ruling], wanted: tuple[int, ...], start: int, end: int) -> None:
    found = sorted(found, key=lambda ruling: ruling.position)
    assert len(found) == len(wanted)
    for ruling, place in zip(found, wanted, strict=True):
        off = (ruling.position - place, ruling.start - start, ruling.end - end)
        assert max(map(abs, off)) <= NEAR, ruling


def test_faint_lines_between_rulings_and_one_another_are_the_grid_of_a_table():
    picture = sheet()
    known = frame(picture)
    inner(picture)
    found = find(picture, known).rulings
    assert_lines(found[0], ROWS, LEFT, RIGHT)
    assert_lines(found[1], WALLS, TOP, BOTTOM)


def test_row_edges_that_all_end_at_one_place_end_there_without_a_wall():
    picture = sheet()
    known = frame(picture, right=False)
    inner(picture)
    found = find(picture, known).rulings
    assert_lines(found[0], ROWS, LEFT, RIGHT)


def test_a_streak_through_a_table_is_no_wall():
    picture = sheet()
    known = frame(picture)
    inner(picture)
    darken(picture, 150, 0, 150, HEIGHT, by=2 * FAINT)
    found = find(picture, known).rulings
    assert_lines(found[1], WALLS, TOP, BOTTOM)


def test_a_line_that_runs_on_beyond_a_table_is_no_row_edge():
    picture = sheet()
    known = frame(picture)
    darken(picture, LEFT, 150, RIGHT + 40, 150)
    assert find(picture, known).rulings == ([], [])


def test_grey_strokes_of_characters_above_one_another_are_no_wall():
    picture = sheet()
    known = frame(picture)
    for y in range(TOP + 4, BOTTOM - 8, 16):
        darken(picture, 200, y, 200, y + 8, by=60)
    assert find(picture, known).rulings == ([], [])


def test_a_ruling_that_was_only_thought_of_goes_where_paper_is_seen():
    picture = sheet()
    flat, upright = frame(picture)
    inner(picture)
    false = [Ruling("vertical", 150, TOP, BOTTOM, 1), Ruling("vertical", 190, TOP, BOTTOM, 1)]
    grid = find(picture, (flat, upright))
    assert grid.without_unseen((flat, [*upright, *false]), (flat, upright)) == (flat, [*upright, false[1]])


def test_nothing_is_said_of_a_page_without_grain():
    picture = sheet(grain=0)
    known = frame(picture)
    inner(picture)
    grid = find(picture, known)
    false = [Ruling("vertical", 150, TOP, BOTTOM, 1)]
    assert grid.rulings == ([], [])
    assert grid.without_unseen((known[0], false), known) == (known[0], false)
