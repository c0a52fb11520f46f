"""Walls and row edges that are too light or too finely dotted to be ink, and what looks like them and is none."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.paper.picture import gray_to_ink
from extract.pages.scan.rulings.light import filling
from extract.pages.scan.rulings.light.feet import is_feet
from extract.pages.scan.rulings.light.light_lines import Line, Piece, find_lines
from extract.pages.scan.rulings.opening import ink_to_rulings
from extract.pages.scan.rulings.traces import Straight

SCALE = 200 / 72
LIGHT = 205
FIRST, LAST, TOP, BOTTOM = 40, 280, 60, 240  # of a table, in points
ROWS = (80, 112, 144, 176, 208)


def sheet() -> np.ndarray:
    noise = np.random.default_rng(5).normal(251, 2, (round(320 * SCALE), round(320 * SCALE)))
    return np.clip(noise, 0, 255).astype(np.uint8)


def draw(picture, x0, y0, x1, y1, *, tone: int = 40, thick: int = 2) -> None:
    places = [(round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1))]
    cv2.line(picture, *places, tone, thick)


def table(rows: Sequence[int] = ROWS, *, tone: int = 40) -> np.ndarray:
    """Give a sheet with a framed table that has row edges, and a number in each row."""
    picture = sheet()
    for x in (FIRST, LAST):
        draw(picture, x, TOP, x, BOTTOM)
    for y in (TOP, BOTTOM):
        draw(picture, FIRST, y, LAST, y)
    for y in rows:
        draw(picture, FIRST, y, LAST, y, tone=tone, thick=1 if tone == LIGHT else 2)
    for y in rows:
        cv2.putText(
            picture,
            "4,218",
            (round(116 * SCALE), round((y + 17) * SCALE)),
            cv2.FONT_HERSHEY_SIMPLEX,
            0.8,
            60,
            2,
        )
    return picture


def found(picture, axis: str) -> list[Ruling]:
    rulings = ink_to_rulings(gray_to_ink(picture), SCALE, gray=picture).rulings
    return sorted((r for r in rulings if r.axis == axis), key=lambda r: r.position)


def walls(picture) -> list[float]:
    return [round(r.position / 4) * 4.0 for r in found(picture, "vertical")]


def test_a_light_wall_between_rulings_is_seen_though_numbers_stand_close_to_it():
    picture = table()
    draw(picture, 160, 80, 160, BOTTOM, tone=LIGHT, thick=1)
    assert not (gray_to_ink(picture)[:, round(160 * SCALE)] > 0).all()
    assert walls(picture) == [FIRST, 160, LAST]
    wall = found(picture, "vertical")[1]
    assert (wall.start, wall.end) == pytest.approx((80, BOTTOM), abs=2)


def test_a_dotted_wall_is_seen_in_low_rows():
    picture = table(range(80, 240, 16))
    for y in np.arange(80, BOTTOM, 2.4):
        draw(picture, 160, y, 160, y + 0.7, tone=120, thick=1)
    assert walls(picture) == [FIRST, 160, LAST]


def test_a_table_that_is_light_both_ways_is_seen():
    picture = table(tone=LIGHT)
    for x in (100, 160, 220):
        draw(picture, x, 80, x, BOTTOM, tone=LIGHT, thick=1)
    assert walls(picture) == [FIRST, 100, 160, 220, LAST]
    assert len(found(picture, "horizontal")) == len(ROWS) + 2


def test_dirt_that_runs_on_past_a_table_is_no_wall():
    picture = table()
    draw(picture, 200, 0, 200, 319, tone=LIGHT, thick=1)
    assert walls(picture) == [FIRST, LAST]


def test_dirt_on_the_track_of_another_table_s_wall_is_no_wall():
    picture = sheet()
    for top in (30, 190):
        for y in range(top, top + 101, 20):
            draw(picture, FIRST, y, LAST, y)
        for x in (FIRST, LAST):
            draw(picture, x, top, x, top + 100)
    draw(picture, 160, 190, 160, 290)
    draw(picture, 160, 0, 160, 319, tone=LIGHT, thick=1)
    assert all(r.start > 180 for r in found(picture, "vertical") if abs(r.position - 160) < 4)


def test_figures_above_one_another_in_low_rows_are_no_wall():
    picture = table(range(70, 240, 10))
    for y in range(70, 240, 10):
        draw(picture, 160, y + 2.4, 160, y + 7.6, tone=90, thick=1)
    assert walls(picture) == [FIRST, LAST]


def test_the_feet_of_characters_in_a_narrow_cell_are_no_row_edge():
    picture = table()
    draw(picture, 90, TOP, 90, BOTTOM)
    for x in range(43, 88, 6):
        draw(picture, x, 104, x + 5, 104, tone=70)
        for stroke in (x + 1, x + 4):
            draw(picture, stroke, 92, stroke, 104, tone=70)
    assert len(found(picture, "horizontal")) == len(ROWS) + 2


def test_the_edge_of_a_shaded_area_is_no_wall():
    picture = table()
    shaded = picture[round(82 * SCALE) : round(238 * SCALE), round(200 * SCALE) : round(278 * SCALE)]
    shaded[:] = np.minimum(shaded, 215)
    assert walls(picture) == [FIRST, LAST]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_row_of_figures_that_fill_their_cells_has_feet_and_a_light_ruling_under_it_has_none(is_ruled):
    picture = sheet()
    for x in np.arange(43, 126, 5):
        box = [(round(a * SCALE), round(b * SCALE)) for a, b in ((x, 92), (x + 3.6, 100))]
        cv2.rectangle(picture, *box, 40, 1)
    if is_ruled:
        draw(picture, 20, 101, 150, 101, tone=LIGHT, thick=1)
    ink = gray_to_ink(picture)
    found = find_lines(picture, SCALE, "horizontal", is_known=lambda piece: abs(piece.at(80) - 100.5) >= 1.5)
    assert [is_feet(line, Straight(ink, ink, SCALE)) for line in found] == [not is_ruled]


def test_commas_and_walls_among_the_feet_of_figures_are_no_row_edge():
    """In narrow cells full of figures of 6 pt they are most of what is seen between the feet, as on a real list of works."""
    picture = sheet()
    seen = np.zeros(picture.shape[1], dtype=np.uint8)
    for x in range(41, 78, 3):
        is_comma = x % 4 == 0
        draw(picture, x, 98.8 if is_comma else 94, x, 100.4 if is_comma else 100)
        seen[round((x - 1) * SCALE) : round((x + 1.6) * SCALE)] = 100
    walls = [Ruling("vertical", x, 80, 110, 1) for x in (38, 46, 54, 62, 70, 78)]
    for wall in walls:
        seen[round((wall.position - 1) * SCALE) : round((wall.position + 1) * SCALE)] = 100
    ink = gray_to_ink(picture)
    line = Line(Piece(100.0, 37.5, 78.5, 0.0), seen, seen, seen, SCALE)
    assert is_feet(line, Straight(ink, ink, SCALE), walls)
    assert not is_feet(line, Straight(ink, ink, SCALE))


def test_a_wall_that_ends_at_row_edges_is_no_streak_though_strokes_lie_in_line_with_it():
    picture = table()
    draw(picture, 160, 80, 160, BOTTOM, tone=LIGHT, thick=1)
    for low, high in ((8, 34), (288, 314)):
        draw(picture, 160, low, 160, high, tone=LIGHT, thick=1)
    assert walls(picture) == [FIRST, 160, LAST]


def test_a_light_wall_does_not_go_on_through_a_character_that_stands_on_its_track():
    picture = table(range(80, 240, 16))
    for y in np.arange(80, 224, 2.4):
        draw(picture, 160, y, 160, y + 0.7, tone=120, thick=1)
    draw(picture, 160, 227.5, 160, 236.5, tone=60, thick=1)
    wall = found(picture, "vertical")[1]
    assert (wall.start, wall.end) == pytest.approx((80, 224), abs=2)


def test_light_row_edges_of_a_table_that_is_open_at_its_sides_end_where_its_rulings_do():
    picture = sheet()
    for y in (TOP, BOTTOM):
        draw(picture, FIRST, y, LAST, y)
    for x in (120, 200):
        draw(picture, x, TOP, x, BOTTOM)
    for y in ROWS:
        draw(picture, FIRST, y, LAST, y, tone=LIGHT, thick=1)
    edges = found(picture, "horizontal")
    assert [round(edge.position) for edge in edges] == [TOP, *ROWS, BOTTOM]
    assert all((edge.start, edge.end) == pytest.approx((FIRST, LAST), abs=3) for edge in edges)


def test_a_line_that_is_mostly_a_known_ruling_adds_no_end_to_it():
    known = [Ruling("vertical", 312.7, 126.7, 279.8, 0.5)]
    longer, other = Ruling("vertical", 312.6, 108.0, 283.7, 0.5), Ruling("vertical", 350.0, 108.0, 283.7, 0.5)
    assert filling._unknown([longer, other], known, filling.MOSTLY) == [other]
