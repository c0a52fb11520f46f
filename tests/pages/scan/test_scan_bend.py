"""Tables on a sheet that does not lie flat."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from benchmarks.accuracy import FIXTURES
from bending import bent_sheets

from extract.engines.rasters import Raster
from extract.pages.scan.layout import lay_out
from extract.pages.scan.paper.bend import find_bend, unbend
from extract.pages.scan.paper.picture import gray_to_ink
from extract.pages.scan.rulings.opening import ink_to_rulings

PAGE = FIXTURES / "dense-8pt" / "dense-8pt.pdf"

SCALE = 200 / 72
WIDTH, HEIGHT = 500, 320  # points
EDGES = tuple(range(60, 261, 20))


def table() -> np.ndarray:
    picture = np.full((round(HEIGHT * SCALE), round(WIDTH * SCALE)), 252, dtype=np.uint8)
    for y in EDGES:
        draw(picture, 40, y, 460, y)
    for x in range(40, 461, 70):
        draw(picture, x, EDGES[0], x, EDGES[-1])
    return picture


def draw(picture, x0, y0, x1, y1) -> None:
    places = [(round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1))]
    cv2.line(picture, *places, 40, 2)


def bent(picture: np.ndarray, sag: float) -> np.ndarray:
    """Give the picture with its middle lower by ``sag`` points."""
    height, width = picture.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lower = sag * SCALE * (1 - (2 * x / width - 1) ** 2)
    return cv2.remap(picture, x, (y - lower).astype(np.float32), cv2.INTER_LINEAR, borderValue=252)


def row_edges(picture: np.ndarray) -> list[float]:
    rulings = ink_to_rulings(gray_to_ink(picture), SCALE).rulings
    return sorted(r.position for r in rulings if r.axis == "horizontal" and r.end - r.start > 400)


@pytest.mark.parametrize("sag", [-8.0, 5.0, 9.0])
def test_a_bent_table_is_made_flat(sag):
    picture = bent(table(), sag)
    bend = find_bend(gray_to_ink(picture), SCALE)
    assert bend is not None
    flat = unbend(picture, bend, 0.0)
    assert find_bend(gray_to_ink(flat), SCALE) is None
    edges = row_edges(flat)
    assert len(edges) == len(EDGES)
    assert np.diff(edges) == pytest.approx(20, abs=0.6)


def test_a_flat_or_a_leaning_table_is_not_bent():
    assert find_bend(gray_to_ink(table()), SCALE) is None
    height, width = table().shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.8, 1.0)
    leaning = cv2.warpAffine(table(), turn, (width, height), borderValue=252)
    assert find_bend(gray_to_ink(leaning), SCALE) is None


def test_a_step_between_two_tables_is_no_bend():
    picture = table()
    half = picture.shape[1] // 2
    picture[:, half:] = np.roll(picture[:, half:], round(3 * SCALE), axis=0)
    assert find_bend(gray_to_ink(picture), SCALE) is None


def test_a_sheet_that_does_not_lie_flat_keeps_its_rows():
    rows = {}
    for sag in (0.0, 3.0):
        (sheet,) = bent_sheets(PAGE, sag, level=1, dpi=(200, 200))
        picture = cv2.cvtColor(sheet.picture, cv2.COLOR_GRAY2RGB)
        layout = lay_out(Raster(picture, sheet.dpi[0] / 72))
        long = [
            ruling
            for ruling in layout.rulings
            if ruling.axis == "horizontal" and ruling.end - ruling.start > 300
        ]
        rows[sag] = len(long)
    assert rows[3.0] == rows[0.0] > 20
