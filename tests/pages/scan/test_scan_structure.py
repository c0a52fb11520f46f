from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn import SCALE, line, paper, wipe, write

from extract.document import Page, PageFrame, Picture, Word
from extract.engines.rasters import Raster
from extract.engines.scripted import Scripted
from extract.pages.scan.mixed import covers, read_pictures
from extract.pages.scan.paper.dirt import remove_specks
from extract.pages.scan.paper.picture import ScanPicture
from extract.pages.scan.rulings.opening import ink_to_rulings

PLACE_TOLERANCE = 1.5  # points


XS, YS = (40, 120, 200, 280), (30, 50, 70, 90, 110, 130)


def table() -> np.ndarray:
    """Draw a table with a number in each cell."""
    picture = paper()
    for x in XS:
        line(picture, x, YS[0], x, YS[-1])
    for y in YS:
        line(picture, XS[0], y, XS[-1], y)
    for x in XS[:-1]:
        for y in YS[:-1]:
            write(picture, "352", x + 50, y + 14)
    return picture


def spans(picture, axis: str) -> dict[float, list[tuple[float, float]]]:
    found: dict[float, list[tuple[float, float]]] = {}
    for ruling in ink_to_rulings(255 - picture, SCALE).rulings:
        if ruling.axis == axis:
            found.setdefault(round(ruling.position / 5) * 5.0, []).append((ruling.start, ruling.end))
    return found


def test_a_wall_lost_in_one_row_of_a_broken_table_stands_there_too():
    picture = table()
    for x in XS:
        for y in (38, 58, 78, 98, 118):
            wipe(picture, x - 2, y, x + 2, y + 3.5)
    wipe(picture, 118, 71, 122, 89)
    wall = spans(picture, "vertical")[120.0]
    assert len(wall) == 1
    assert wall[0] == pytest.approx((30, 130), abs=PLACE_TOLERANCE)


def test_a_cell_merged_over_columns_stays_one_in_a_broken_table():
    picture = table()
    wipe(picture, 42, 32, 278, 48)
    write(picture, "HEADING OF ALL THREE", 75, 44)
    for x in XS:
        for y in (57, 77, 97, 117):
            wipe(picture, x - 2, y, x + 2, y + 6)
    for x in (120.0, 200.0):
        assert min(start for start, _ in spans(picture, "vertical")[x]) >= 48


def test_dotted_rulings_lead_from_ruling_to_ruling_and_leaders_do_not():
    picture = paper()
    for x in (40, 280):
        line(picture, x, 30, x, 130)
    for y in (30, 130):
        line(picture, 40, y, 280, y)
    for y in (60, 95):
        for x in np.arange(42, 280, 2.2):
            cv2.circle(picture, (round(x * SCALE), round(y * SCALE)), 1, 0, -1)
    for x in np.arange(100, 130, 4):
        cv2.circle(picture, (round(x * SCALE), round(112 * SCALE)), 1, 0, -1)
    assert sorted(spans(picture, "horizontal")) == [30.0, 60.0, 95.0, 130.0]


def test_the_feet_of_figures_in_a_row_are_no_ruling():
    picture = table()
    for y in YS[:-1]:
        write(picture, "2000000", 202, y + 15, size=0.5)
    assert sorted(spans(picture, "horizontal")) == [float(y) for y in YS]


def test_double_walls_stand_though_double_row_edges_cross_them_all_along():
    picture = paper()
    for offset in (-0.9, 0.9):
        for x in XS:
            line(picture, x + offset, YS[0], x + offset, YS[-1])
        for y in np.arange(YS[0], YS[-1] + 1, 16.6):
            line(picture, XS[0], y + offset, XS[-1], y + offset, thick=4)
    assert sorted({round(place / 10) * 10 for place in spans(picture, "vertical")}) == list(XS)
    assert not (ink_to_rulings(255 - picture, SCALE).mask == 0)[picture == 0].any()


def test_specks_go_and_points_and_broken_strokes_stay():
    picture = paper()
    write(picture, "12", 50, 60, size=0.9)
    write(picture, "34", 71, 60, size=0.9)
    point = (round(65 * SCALE), round(59 * SCALE))
    cv2.circle(picture, point, 1, 0, -1)
    rng = np.random.default_rng(3)
    specks = [(int(x), int(y)) for x, y in rng.integers((20, 260), (860, 590), (90, 2))]
    for place in specks:
        cv2.circle(picture, place, 1, 0, -1)
    before = (round(44 * SCALE), round(50 * SCALE))
    cv2.circle(picture, before, 1, 0, -1)
    cleaned = remove_specks(ScanPicture(picture, 255 - picture, SCALE))
    assert cleaned.is_dirty
    gray = cleaned.picture.gray
    assert gray[point[1], point[0]] == 0
    assert gray[before[1], before[0]] == 255
    # A few lie in a row by chance, as leader dots do.
    assert sum(gray[y, x] == 255 for x, y in specks) >= 0.9 * len(specks)


def test_a_speck_that_grey_strokes_join_to_a_character_stays():
    picture = paper()
    line(picture, 60, 70, 64, 60)
    picture[picture == 0] = 200  # the slash of a worn %
    dots = [(round(x * SCALE), round(62 * SCALE)) for x in (63.2, 120)]
    rng = np.random.default_rng(3)
    specks = [(int(x), int(y)) for x, y in rng.integers((260, 20), (860, 590), (90, 2))]
    for place in (*dots, *specks):
        cv2.circle(picture, place, 1, 0, -1)
    ink = np.where(picture < 128, 255, 0).astype(np.uint8)
    cleaned = remove_specks(ScanPicture(picture, ink, SCALE))
    assert cleaned.is_dirty
    assert [cleaned.picture.ink[y, x] for x, y in dots] == [255, 0]


def test_worn_figures_of_which_no_piece_is_as_large_as_one_stay():
    picture = paper()
    strokes = []
    for x in range(40, 260, 30):
        line(picture, x, 60, x + 2.6, 60)
        strokes.append((x + 1, 60))
        for top in (62.5, 65.5):
            line(picture, x + 2, top, x + 1.6, top + 1.8)
            strokes.append((x + 1.8, top + 1))
    grey = cv2.GaussianBlur(picture, (0, 0), 1.5)
    ink = np.where(picture < 128, 255, 0).astype(np.uint8)
    picture = np.minimum(picture, grey)
    rng = np.random.default_rng(3)
    specks = [(int(x), int(y)) for x, y in rng.integers((20, 260), (860, 590), (40, 2))]
    for place in specks:
        cv2.circle(picture, place, 1, 0, -1)
        cv2.circle(ink, place, 1, 255, -1)
    cleaned = remove_specks(ScanPicture(picture, ink, SCALE))
    assert cleaned.is_dirty
    kept = cleaned.picture.ink
    assert all(kept[round(y * SCALE) - 1 : round(y * SCALE) + 2, round(x * SCALE)].any() for x, y in strokes)
    assert sum(kept[y, x] == 0 for x, y in specks) >= 0.9 * len(specks)


def test_the_middle_dot_of_characters_in_pieces_stays_and_that_of_figures_goes():
    picture = paper()
    for x in (153, 157, 167, 171):
        cv2.rectangle(
            picture, (round(x * SCALE), round(60 * SCALE)), (round((x + 2) * SCALE), round(69 * SCALE)), 0, -1
        )
    for x in (60, 73):
        cv2.rectangle(
            picture, (round(x * SCALE), round(60 * SCALE)), (round((x + 2) * SCALE), round(69 * SCALE)), 0, -1
        )
    dots = [(round(x * SCALE), round(64.5 * SCALE)) for x in (163, 67.5)]
    rng = np.random.default_rng(4)
    for place in (*dots, *((int(x), int(y)) for x, y in rng.integers((20, 400), (860, 590), (60, 2)))):
        cv2.circle(picture, place, 1, 0, -1)
    cleaned = remove_specks(ScanPicture(picture, 255 - picture, SCALE))
    assert [cleaned.picture.gray[y, x] for x, y in dots] == [0, 255]


def test_a_clean_page_keeps_its_dots():
    picture = paper()
    write(picture, "12", 50, 60)
    for x in (150, 200, 250):
        cv2.circle(picture, (round(x * SCALE), round(150 * SCALE)), 1, 0, -1)
    cleaned = remove_specks(ScanPicture(picture, 255 - picture, SCALE))
    assert not cleaned.is_dirty
    assert (cleaned.picture.gray == picture).all()


def page_with_picture(picture) -> tuple[Page, Raster]:
    """Give a page with a word of its text layer over a picture of a table."""
    height, width = picture.shape
    frame = PageFrame(1, width / SCALE, height / SCALE + 80, "text-layer", 0, None, None)
    words = (Word("報告", (40, 20, 60, 30), 10.0),)
    page = Page(frame, words, (), (), (Picture((0, 80, width / SCALE, frame.height)),))
    sheet = np.full((round(frame.height * SCALE), width), 255, dtype=np.uint8)
    sheet[-height:] = picture
    return page, Raster(cv2.cvtColor(sheet, cv2.COLOR_GRAY2BGR), SCALE)


def test_a_table_in_a_picture_of_a_page_with_text_is_read_at_its_place():
    page, raster = page_with_picture(table())
    read = read_pictures(page, raster, engine=Scripted(answer=lambda _: "352"))
    assert read.frame.origin == "mixed"
    assert read.words[0] == page.words[0]
    added = [word for word in read.words if word.origin == "ocr"]
    assert len(added) == 15
    assert min(word.box[1] for word in added) > 80 + YS[0] - PLACE_TOLERANCE
    tops = [ruling.position for ruling in read.rulings if ruling.axis == "horizontal"]
    assert min(tops) == pytest.approx(80 + YS[0], abs=PLACE_TOLERANCE)


def test_a_picture_without_print_adds_nothing():
    noise = np.random.default_rng(1).integers(0, 255, paper().shape, dtype=np.uint8)
    page, raster = page_with_picture(noise)
    assert read_pictures(page, raster, engine=Scripted(answer=lambda _: "352")) == page


def test_a_stamp_does_not_cover_the_scan_under_it():
    page, raster = page_with_picture(table())
    assert not covers(page, raster)


def test_thin_strokes_above_one_another_in_low_rows_are_no_wall():
    picture = paper()
    ys = np.arange(30, 131, 14.4)
    for x in (40, 280):
        line(picture, x, ys[0], x, ys[-1])
    for y in ys:
        line(picture, 40, y, 280, y)
    for y in ys[:-1]:
        for x in (150, 155):
            line(picture, x, y + 3.7, x, y + 10.5, thick=1)
    assert sorted(spans(picture, "vertical")) == [40.0, 280.0]


def test_two_tables_close_above_one_another_are_two():
    picture = table()
    below = picture[round(30 * SCALE) - 2 : round(90 * SCALE) + 3].copy()
    picture[round(130 * SCALE) + 4 :] = 255
    top = round(143 * SCALE)
    picture[top - 2 : top - 2 + len(below)] = np.minimum(picture[top - 2 : top - 2 + len(below)], below)
    for walls in spans(picture, "vertical").values():
        assert len(walls) == 2
        assert walls[0][1] == pytest.approx(130, abs=PLACE_TOLERANCE)
        assert walls[1][0] == pytest.approx(143, abs=PLACE_TOLERANCE)


def test_a_table_that_lost_half_of_a_row_of_its_walls_stays_one():
    picture = table()
    for x in XS:
        wipe(picture, x - 2, 75, x + 2, 85)
    walls = spans(picture, "vertical")
    for border in (walls[40.0], walls[280.0]):
        assert border[-1][0] <= border[0][1]
