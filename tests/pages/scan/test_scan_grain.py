"""Shades that a fax strews with dots, and what looks like them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.pages.scan.paper.faint import add_faint
from extract.pages.scan.paper.grain import remove_grain
from extract.pages.scan.paper.picture import gray_to_ink

SCALE = 300 / 72
SHADE = (200, 300, 1000, 400)
"""Left, top, right and bottom in pixels."""


def write(picture, y, tone=0) -> None:
    cv2.putText(picture, "1,203 4.5", (300, y), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (tone,), 4)


def page(share: float, *, is_dark: bool = False) -> np.ndarray:
    """Give a page with text on a shade of which so much is dots."""
    picture = np.full((800, 1200), 255, np.uint8)
    left, top, right, bottom = SHADE
    dots = np.random.default_rng(3).random((bottom - top, right - left)) < share
    picture[top:bottom, left:right] = np.where(dots ^ is_dark, 0, 255)
    write(picture, 365, 255 if is_dark else 0)
    write(picture, 600)
    return picture


def clean(*, is_dark: bool = False) -> np.ndarray:
    return page(0.0, is_dark=is_dark)


@pytest.mark.parametrize("share", [0.02, 0.06, 0.15])
@pytest.mark.parametrize("is_dark", [False, True])
def test_the_dots_of_a_shade_go_and_its_text_stays(share, is_dark):
    before, after = page(share, is_dark=is_dark), remove_grain(page(share, is_dark=is_dark), SCALE)
    wanted = clean(is_dark=is_dark)
    wrong_before, wrong_after = (np.count_nonzero(p != wanted) for p in (before, after))
    assert wrong_after < 0.15 * wrong_before
    text = wanted if is_dark else 255 - wanted
    assert np.count_nonzero(after[text > 0] != wanted[text > 0]) < 0.04 * np.count_nonzero(text)


def test_a_page_without_shades_and_one_in_grey_stay():
    plain = clean()
    assert remove_grain(plain, SCALE) is plain
    grey = np.asarray(page(0.1) * 0.9, dtype=np.uint8)
    assert remove_grain(grey, SCALE) is grey


def test_dotted_rulings_stay():
    picture = clean()
    for y in range(300, 700, 66):
        picture[y : y + 2, 200:1000:8] = 0
        picture[y : y + 2, 201:1000:8] = 0
    for x in (300, 500, 700):
        picture[300:700:8, x : x + 2] = 0
    assert remove_grain(picture, SCALE) is picture


def test_the_grain_of_a_shade_in_grey_is_no_faint_stroke():
    noise = np.random.default_rng(5)
    picture = np.full((800, 1200), 250, np.float64)
    left, top, right, bottom = SHADE
    picture[top:bottom, left:right] = 225
    picture = np.clip(picture + noise.normal(0, 9, picture.shape), 0, 255).astype(np.uint8)
    write(picture, 365)
    cv2.line(picture, (486, 350), (514, 350), (170,), 3)
    ink = gray_to_ink(picture)
    found = add_faint(picture, ink, np.zeros_like(ink), SCALE)
    added = (found > 0) & (ink == 0)
    assert added[349:352, 489:511].mean() > 0.9
    grain = added[SHADE[1] : SHADE[3], 200:290]
    assert grain.mean() < 0.01
