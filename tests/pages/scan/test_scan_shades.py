"""Cells that only their shades, the white between them or light lines part; and shading that makes no cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.shades.areas import PIXELS, Shading, find_shading, reduce_colour
from extract.pages.scan.rulings.shades.cells import shading_to_rulings, without_ghosts

SCALE = 300 / 72
PALE, PALER, PAPER = (246, 234, 222), (250, 244, 237), (247, 247, 248)  # blue, green and red
ROWS = (100, 120, 140, 160, 180)
COLUMNS = (60, 130, 200, 270)


def sheet() -> np.ndarray:
    noise = np.random.default_rng(3).normal(0, 1.5, (round(300 * SCALE), round(330 * SCALE), 1))
    return np.clip(np.array(PAPER) + noise, 0, 255).astype(np.uint8)


def pixels(*places: float) -> list[int]:
    return [round(place * SCALE) for place in places]


def shade(picture, box: tuple[float, ...], colour=PALE) -> None:
    x0, y0, x1, y1 = pixels(*box)
    picture[y0:y1, x0:x1] = colour


def write(picture, x: float, y: float, text: str = "4218", tone: int = 30) -> None:
    cv2.putText(
        picture, text, pixels(x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (tone, tone, tone), 2, cv2.LINE_AA
    )


def fill(picture, rows: Sequence[float] = ROWS) -> None:
    """Write a number into each cell."""
    for y in rows[:-1]:
        for x in COLUMNS[:-1]:
            write(picture, x + 12, y + 14)


def rule(picture, ruling: Ruling, tone: int = 30) -> None:
    ends = ((ruling.start, ruling.position), (ruling.end, ruling.position))
    if ruling.axis == "vertical":
        ends = ((ruling.position, ruling.start), (ruling.position, ruling.end))
    first, last = (pixels(*end) for end in ends)
    cv2.line(picture, first, last, (tone, tone, tone), 2)


def found(picture, rulings: Sequence[Ruling] = ()) -> list[Ruling]:
    tones, scale = reduce_colour(picture, SCALE)
    shading = find_shading(tones, scale, rulings)
    return [] if shading is None else shading_to_rulings(shading, rulings)


def places(rulings: Sequence[Ruling], axis: str) -> list[int]:
    return sorted({round(ruling.position) for ruling in rulings if ruling.axis == axis})


def frame(rows: Sequence[float]) -> list[Ruling]:
    """Give the rulings of a table that is ruled in full."""
    flat = [Ruling("horizontal", y, COLUMNS[0], COLUMNS[-1], 0.5) for y in rows]
    return [*flat, *(Ruling("vertical", x, rows[0], rows[-1], 0.5) for x in COLUMNS)]


def test_white_between_pale_cells_is_their_walls():
    picture = sheet()
    shade(picture, (COLUMNS[0], ROWS[0], COLUMNS[-1], ROWS[-1]))
    for y in ROWS:
        shade(picture, (COLUMNS[0], y - 0.5, COLUMNS[-1], y + 0.5), PAPER)
    for x in COLUMNS:
        shade(picture, (x - 0.5, ROWS[0], x + 0.5, ROWS[-1]), PAPER)
    fill(picture)
    walls = found(picture)
    assert places(walls, "horizontal") == pytest.approx(ROWS, abs=1)
    assert places(walls, "vertical") == pytest.approx(COLUMNS, abs=1)
    assert all(wall.end - wall.start > 75 and wall.thickness == 0 for wall in walls)


def test_shades_of_a_heading_lead_on_from_the_walls_of_a_ruled_body():
    picture = sheet()
    for index, (left, right) in enumerate(pairwise(COLUMNS)):
        shade(picture, (left, 80, right, ROWS[0]), (PALE, PALER)[index % 2])
    for ruling in frame(ROWS):
        rule(picture, ruling)
    fill(picture, (80, *ROWS))
    walls = found(picture, frame(ROWS))
    assert places(walls, "horizontal") == [80]
    assert places(walls, "vertical") == list(COLUMNS)
    assert all(round(wall.start) >= 80 and wall.end <= 101 for wall in walls if wall.axis == "vertical")


def test_cells_of_one_shade_are_parted_where_each_holds_a_text_and_a_heading_over_both_is_not():
    picture = sheet()
    shade(picture, (COLUMNS[0], 60, COLUMNS[-1], ROWS[0]))
    shade(picture, (COLUMNS[1], 60, COLUMNS[-1], 80), PALER)
    write(picture, COLUMNS[0] + 12, 84)
    write(picture, (COLUMNS[1] + COLUMNS[-1]) / 2 - 18, 74)
    for x in COLUMNS[1:-1]:
        write(picture, x + 12, 94)
    for ruling in frame(ROWS):
        rule(picture, ruling)
    fill(picture)
    walls = found(picture, frame(ROWS))
    upright = {
        round(wall.position): (round(wall.start), round(wall.end))
        for wall in walls
        if wall.axis == "vertical"
    }
    assert upright[COLUMNS[1]] == pytest.approx((60, 100), abs=1)
    assert upright[COLUMNS[2]] == pytest.approx((80, 100), abs=1)
    levels = [wall for wall in walls if wall.axis == "horizontal" and abs(wall.position - 80) < 2]
    assert [round(wall.start) for wall in levels] == pytest.approx([COLUMNS[1]], abs=1)


@pytest.mark.parametrize("tone", [225, 190])
def test_a_table_of_light_lines_alone_is_seen(tone):
    picture = sheet()
    shade(picture, (COLUMNS[0], ROWS[0], COLUMNS[-1], ROWS[1]))
    for ruling in frame(ROWS):
        rule(picture, ruling, tone)
    fill(picture)
    walls = found(picture)
    assert places(walls, "horizontal") == pytest.approx(ROWS, abs=1)
    assert places(walls, "vertical") == pytest.approx(COLUMNS, abs=1)


def test_every_second_row_shaded_gives_row_edges_and_no_walls():
    picture = sheet()
    for y in ROWS[:-1:2]:
        shade(picture, (COLUMNS[0], y, COLUMNS[-1], y + 20))
    fill(picture)
    edges = found(picture)
    assert places(edges, "horizontal") == pytest.approx(ROWS[:4], abs=1)
    assert places(edges, "vertical") == []
    assert not any(edge.thickness for edge in edges)


def test_light_lines_under_rows_are_row_edges():
    picture = sheet()
    for y in ROWS:
        rule(picture, Ruling("horizontal", y, COLUMNS[0], COLUMNS[-1], 0.5), 215)
    fill(picture)
    edges = found(picture)
    assert places(edges, "horizontal") == pytest.approx(ROWS, abs=1)
    assert all(edge.axis == "horizontal" and edge.thickness for edge in edges)


def test_a_shaded_heading_and_first_column_make_no_cells():
    picture = sheet()
    shade(picture, (COLUMNS[0], ROWS[0], COLUMNS[-1], ROWS[1]))
    shade(picture, (COLUMNS[0], ROWS[1], COLUMNS[1], ROWS[-1]), PALER)
    fill(picture)
    assert found(picture) == []


def test_a_shaded_heading_over_rows_without_walls_is_no_table_of_its_own():
    picture = sheet()
    for y in (60, 80):
        for left, right in pairwise(COLUMNS):
            shade(picture, (left + 0.5, y + 0.5, right - 0.5, y + 19.5))
    fill(picture, (60, 80, 100))
    walls = found(picture)
    assert places(walls, "vertical") == pytest.approx(COLUMNS, abs=1)
    fill(picture)
    assert places(found(picture), "vertical") == []


def test_edges_that_run_through_text_are_none():
    picture = sheet()
    for x in COLUMNS[:-1]:
        for y in ROWS[:-1]:
            shade(picture, (x, y, x + 69, y + 19))
            write(picture, x + 62, y + 14)
    assert not any(wall.axis == "vertical" for wall in found(picture))


def test_uneven_paper_and_light_text_on_a_dark_panel_have_no_edges():
    picture = sheet()
    fall = np.linspace(0, 40, picture.shape[1])[None, :, None]
    picture = np.clip(picture - fall, 0, 255).astype(np.uint8)
    shade(picture, (COLUMNS[0], 60, COLUMNS[-1], 80), (70, 60, 60))
    for x in COLUMNS[:-1]:
        write(picture, x + 12, 74, tone=250)
    fill(picture)
    assert found(picture, [Ruling("horizontal", y, 60, 270, 1.0) for y in (60, 80)]) == []


def test_a_picture_is_reduced_to_its_darkest_colour():
    picture = np.full((90, 60, 3), (255, 230, 200), np.uint8)
    tones, scale = reduce_colour(picture, 3 * PIXELS)
    assert tones.shape == (30, 20)
    assert scale == pytest.approx(PIXELS)
    assert (tones == 200).all()


def test_a_faint_line_close_beside_a_wall_of_shading_is_that_of_characters():
    wall = Ruling("vertical", 63.8, 431.0, 573.5, 0.0)
    ghost, row = Ruling("vertical", 66.6, 431.8, 572.8, 0.5), Ruling("horizontal", 451.1, 63.8, 351.1, 0.5)
    thick, far = Ruling("vertical", 66.6, 431.8, 572.8, 1.5), Ruling("vertical", 72.0, 431.8, 572.8, 0.5)
    assert without_ghosts([ghost, row, thick, far], [wall]) == (row, thick, far)


def test_the_sides_of_characters_that_lead_to_no_row_edge_make_no_walls():
    blank = np.zeros((round(300 * PIXELS), round(330 * PIXELS)), np.uint8)
    strokes = [Ruling("vertical", x, y + 5.0, y + 12.0, 0.0) for x in (66.0, 74.0, 90.0) for y in ROWS[:-1]]
    rulings = [Ruling("horizontal", float(y), 60.0, 270.0, 0.5) for y in ROWS]
    rulings += [Ruling("vertical", float(x), 100.0, 180.0, 0.5) for x in COLUMNS]
    shading = Shading(([], strokes), ([], strokes), blank, blank, PIXELS)
    assert shading_to_rulings(shading, rulings) == []
