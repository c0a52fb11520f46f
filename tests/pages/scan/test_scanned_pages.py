from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.engines.base import EngineFailure
from extract.engines.rasters import Raster
from extract.engines.scripted import Scripted
from extract.pages.scan.page import read_scanned_page
from extract.pages.scan.paper.picture import colour_to_gray
from extract.pages.scan.paper.skew import find_skew, straighten
from extract.pages.scan.rulings.opening import ink_to_rulings

SCALE = 200 / 72
SKEW_TOLERANCE = 0.1  # degrees: what the tables of a page can bear
PLACE_TOLERANCE = 1.0  # points


def paper(width: int = 300, height: int = 200) -> np.ndarray:
    return np.full((round(height * SCALE), round(width * SCALE)), 255, dtype=np.uint8)


def draw_grid(picture: np.ndarray, xs, ys, tone: int = 0) -> None:
    for x in xs:
        cv2.line(
            picture,
            (round(x * SCALE), round(ys[0] * SCALE)),
            (round(x * SCALE), round(ys[-1] * SCALE)),
            tone,
            2,
        )
    for y in ys:
        cv2.line(
            picture,
            (round(xs[0] * SCALE), round(y * SCALE)),
            (round(xs[-1] * SCALE), round(y * SCALE)),
            tone,
            2,
        )


def positions(rulings, axis) -> list[float]:
    return sorted(r.position for r in rulings if r.axis == axis)


def test_the_rulings_of_a_grid_are_found_at_their_places():
    picture = paper()
    draw_grid(picture, (40, 120, 200, 260), (30, 60, 90, 150))
    rulings = ink_to_rulings(255 - picture, SCALE).rulings
    assert positions(rulings, "vertical") == pytest.approx([40, 120, 200, 260], abs=PLACE_TOLERANCE)
    assert positions(rulings, "horizontal") == pytest.approx([30, 60, 90, 150], abs=PLACE_TOLERANCE)


def test_a_broken_ruling_is_completed_between_its_neighbours():
    picture = paper()
    draw_grid(picture, (40, 120, 200, 260), (30, 50, 70, 90, 110, 130))
    for y in (36, 97):
        for x in (40, 120, 200, 260):
            cv2.rectangle(
                picture,
                (round((x - 2) * SCALE), round(y * SCALE)),
                (round((x + 2) * SCALE), round((y + 8) * SCALE)),
                255,
                -1,
            )
    vertical = [r for r in ink_to_rulings(255 - picture, SCALE).rulings if r.axis == "vertical"]
    assert len(vertical) == 4
    assert all(r.end - r.start == pytest.approx(100, abs=3) for r in vertical)


def test_the_bar_of_a_character_is_no_ruling():
    picture = paper()
    draw_grid(picture, (40, 120, 200), (30, 60, 90))
    for x in (70, 150):
        cv2.line(
            picture, (round(x * SCALE), round(45 * SCALE)), (round((x + 18) * SCALE), round(45 * SCALE)), 0, 3
        )
    assert len(positions(ink_to_rulings(255 - picture, SCALE).rulings, "horizontal")) == 3


@pytest.mark.parametrize("angle", [-2.0, -0.4, 0.0, 0.3, 1.5])
def test_skew_is_found_to_a_tenth_of_a_degree(angle):
    picture = paper(500, 700)
    for y in range(60, 640, 18):
        for x in range(50, 430, 11):
            cv2.rectangle(
                picture,
                (round(x * SCALE), round(y * SCALE)),
                (round((x + 8) * SCALE), round((y + 9) * SCALE)),
                0,
                -1,
            )
    askew = straighten(picture, -angle)
    assert find_skew(255 - askew, SCALE) == pytest.approx(angle, abs=SKEW_TOLERANCE)


def test_red_seal_ink_fades_and_black_print_under_it_stays():
    picture = np.full((60, 60, 3), 255, dtype=np.uint8)
    picture[10:50, 10:50] = (40, 40, 220)
    picture[20:40, 28:32] = (20, 20, 30)
    gray = colour_to_gray(picture)
    assert gray[15, 15] > 180
    assert gray[30, 30] < 80


def page_of_cells(*, engine) -> object:
    picture = paper()
    draw_grid(picture, (40, 120, 200), (30, 60, 90))
    for x in (60, 140):
        for y in (40, 70):
            cv2.rectangle(
                picture,
                (round(x * SCALE), round(y * SCALE)),
                (round((x + 30) * SCALE), round((y + 9) * SCALE)),
                0,
                2,
            )
    return read_scanned_page(1, Raster(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), SCALE), engine=engine)


def test_each_cell_is_a_line_and_no_word_crosses_a_ruling():
    engine = Scripted(answer=lambda _: "区長区")
    page = page_of_cells(engine=engine)
    assert page.frame.origin == "ocr"
    assert page.frame.engine == "scripted"
    assert len(page.words) == 4
    assert {round(word.box[0] / 20) * 20 for word in page.words} == {60, 140}
    assert all(word.confidence is not None and word.origin == "ocr" for word in page.words)


def test_an_empty_page_is_blank():
    raster = Raster(cv2.cvtColor(paper(), cv2.COLOR_GRAY2BGR), SCALE)
    page = read_scanned_page(3, raster, engine=Scripted())
    assert page.words == ()
    assert [notice.code for notice in page.notices] == ["page.blank"]


def test_an_engine_that_leaves_lines_out_is_a_failure():
    class Short(Scripted):
        def read_lines(self, pictures):
            return super().read_lines(pictures)[:1]

    with pytest.raises(EngineFailure):
        page_of_cells(engine=Short(answer=lambda _: "区長"))
