from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.scan.paper.panels import has_dark_areas, invert_panels

SCALE = 4.0
PANEL = (200, 160, 1000, 250)
"""Left, top, right and bottom in pixels."""


def page(*, panel: int, text: int) -> np.ndarray:
    """Give a page with a panel of one tone and words of another on it."""
    picture = np.full((800, 1200), 250, np.uint8)
    left, top, right, bottom = PANEL
    picture[top:bottom, left:right] = panel
    for x in (260, 520, 780):
        cv2.putText(picture, "ABC", (x, 222), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (text,), 4, cv2.LINE_AA)
    return picture


def inside(picture: np.ndarray) -> np.ndarray:
    left, top, right, bottom = PANEL
    return picture[top + 12 : bottom - 12, left + 12 : right - 12]


@pytest.mark.parametrize("tone", [0, 85, 120])
def test_light_text_on_a_dark_panel_becomes_dark_on_paper_in_a_box(tone):
    picture = page(panel=tone, text=250)
    assert has_dark_areas(picture, SCALE)
    turned = invert_panels(picture, picture, SCALE)
    assert np.median(inside(turned)) == 255
    was_light, is_dark = inside(picture) > 230, inside(turned) < 60
    assert np.count_nonzero(was_light & is_dark) > 0.9 * np.count_nonzero(was_light)
    left, top, right, _ = PANEL
    assert (turned[top + 1, left:right] < 60).mean() > 0.98


def test_dark_text_on_a_shaded_cell_stays():
    picture = page(panel=150, text=0)
    assert invert_panels(picture, picture, SCALE) is picture


def test_a_picture_without_text_on_it_is_no_panel():
    picture = page(panel=0, text=0)
    assert invert_panels(picture, picture, SCALE) is picture


def test_lines_of_bold_text_and_ruled_rows_are_no_panels():
    picture = np.full((800, 1200), 250, np.uint8)
    for y in range(160, 700, 56):
        cv2.line(picture, (200, y), (1000, y), (0,), 6)
        cv2.putText(picture, "ABCDEFGH", (220, y + 42), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0,), 7)
    assert invert_panels(picture, picture, SCALE) is picture


def test_what_a_bad_copy_bit_out_of_a_panel_is_no_text():
    picture = page(panel=0, text=255)
    cv2.circle(picture, (720, 165), 22, (255,), -1)
    cv2.circle(picture, (470, 200), 11, (255,), -1)
    turned = invert_panels(picture, picture, SCALE)
    assert turned[176, 720] > 200
    assert turned[200, 470] > 200
    assert np.count_nonzero(inside(turned) < 60) > 1000


def test_what_is_more_damage_than_panel_belongs_to_it_and_scraps_go():
    picture = page(panel=0, text=255)
    left, top, right, bottom = PANEL
    chance = np.random.default_rng(1)
    for x in range(720, right - 20, 34):
        for y in (top + 4, bottom - 22):
            cv2.circle(picture, (x, y + int(chance.integers(0, 18))), 13, (255,), -1)
    cv2.circle(picture, (430, 205), 5, (255,), -1)
    turned = invert_panels(picture, picture, SCALE)
    assert (turned[top + 1, left:right] < 60).mean() > 0.98
    assert (turned[top:bottom, right - 3 : right] < 60).any(axis=1).mean() > 0.9
    assert turned[205, 430] > 200
