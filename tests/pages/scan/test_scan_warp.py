"""Streaks and figures that are no walls, tables that a feeder pulled out of square, and small triangles."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.paper.picture import gray_to_ink
from extract.pages.scan.paper.warp import bend_back, find_warp
from extract.pages.scan.reading.strokes import settle_strokes
from extract.pages.scan.rulings.opening import ink_to_rulings

SCALE = 200 / 72
PLACE_TOLERANCE = 1.5  # points
LIGHT = 205


def sheet() -> np.ndarray:
    noise = np.random.default_rng(5).normal(251, 2, (round(300 * SCALE), round(320 * SCALE)))
    return np.clip(noise, 0, 255).astype(np.uint8)


def draw(picture, x0, y0, x1, y1, *, tone: int = 40, thick: int = 2) -> None:
    places = [(round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1))]
    cv2.line(picture, *places, tone, thick)


def frame(picture) -> None:
    for x in (40, 280):
        draw(picture, x, 60, x, 240)
    for y in (60, 80, 240):
        draw(picture, 40, y, 280, y)


def walls(picture) -> list[float]:
    found = ink_to_rulings(gray_to_ink(picture), SCALE).rulings
    return sorted(round(r.position / 5) * 5.0 for r in found if r.axis == "vertical")


def test_dirt_on_the_glass_that_runs_on_past_a_table_is_no_wall():
    picture = sheet()
    frame(picture)
    draw(picture, 160, 0, 160, 300, tone=LIGHT, thick=1)
    assert walls(picture) == [40.0, 280.0]


def test_figures_above_one_another_are_no_light_wall():
    picture = sheet()
    frame(picture)
    for y in range(95, 235, 14):
        cv2.putText(
            picture, "111", (round(150 * SCALE), round(y * SCALE)), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 90, 1
        )
    assert walls(picture) == [40.0, 280.0]


def test_a_table_out_of_square_is_bent_back():
    picture = sheet()
    frame(picture)
    height, width = picture.shape
    lean = 0.02
    matrix = np.array([[1, lean, -lean * height / 2], [0, 1, 0]], dtype=np.float32)
    leaning = cv2.warpAffine(picture, matrix, (width, height), borderValue=255)
    warp = find_warp(gray_to_ink(leaning), SCALE)
    assert warp is not None
    assert warp.columns.slope == pytest.approx(lean, abs=0.002)
    straight = gray_to_ink(bend_back(leaning, warp, 0.0))
    assert find_warp(straight, SCALE) is None
    assert find_warp(gray_to_ink(picture), SCALE) is None


def number(heights: dict[str, float]) -> list[Character]:
    """Give the characters of a number, each with the height of its ink (pixels), side by side."""
    return [
        Character((Choice(text[0], 0.97), Choice("△", 0.01)), 20.0 * i, 20.0 * i + 16, height, 0.5, 1)
        for i, (text, height) in enumerate(heights.items())
    ]


def test_a_small_triangle_is_no_figure():
    low = settle_strokes(number({"4": 19, "9a": 30, "0b": 30, "8c": 31, "4d": 30}), 30.0)
    assert low[0].text == "△"
    assert low[0].choices[0].probability < 0.99
    high = settle_strokes(number({"4": 30, "9a": 30, "0b": 30, "8c": 31, "4d": 30}), 30.0)
    assert high[0].text == "4"


def test_a_leaning_streak_across_two_tables_is_no_wall():
    picture = sheet()
    for top in (40, 180):
        for x in (40, 160, 280):
            draw(picture, x, top, x, top + 80)
        for y in range(top, top + 81, 20):
            draw(picture, 40, y, 280, y)
    draw(picture, 98, 0, 92, 300, tone=LIGHT, thick=1)
    assert set(walls(picture)) == {40.0, 160.0, 280.0}
