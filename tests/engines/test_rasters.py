from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extract.config import IntakeConfig, PagesConfig
from extract.engines.rasters import Rasters, largest_scale
from extract.engines.scripted import Scripted
from extract.intake import open_source
from extract.pages import read_pages, triage

side = st.floats(min_value=0.01, max_value=1e7)


@given(side, side, st.integers(min_value=1, max_value=10**9))
def test_a_page_at_its_largest_scale_has_no_more_pixels_than_allowed(width, height, most):
    scale = largest_scale(width, height, most)
    assert 1 <= math.ceil(width * scale) * math.ceil(height * scale) <= most


@pytest.mark.parametrize(("width", "height"), [(0, 10), (10, -1), (math.nan, 1)])
def test_a_page_without_area_has_no_scale(width, height):
    with pytest.raises(ValueError, match=" x "):
        largest_scale(width, height, 100)


@pytest.fixture
def poster(tmp_path):
    """Give a source with a page of A4 and one of 2 x 3 m, both without text."""
    path = tmp_path / "poster.pdf"
    canvas = Canvas(str(path), invariant=1)
    for size in ((595, 842), (5669, 8504)):
        canvas.setPageSize(size)
        canvas.rect(10, 10, size[0] - 20, size[1] - 20)
        canvas.showPage()
    canvas.save()
    return open_source(path, config=IntakeConfig())


def test_only_a_page_over_the_limit_is_drawn_coarser(poster):
    with Rasters(poster, max_pixels=9_000_000) as rasters:
        small, large = rasters.draw(1), rasters.draw(2)
    assert (small.lowered, round(small.dpi)) == (False, 300)
    assert large.lowered
    assert large.picture.shape[0] * large.picture.shape[1] <= 9_000_000
    assert large.dpi == pytest.approx(72 * math.sqrt(9_000_000 / (5669 * 8504)), rel=0.01)


@pytest.mark.parametrize("no_memory", [True, False])
def test_a_picture_that_opencv_cannot_handle_is_no_bug(poster, monkeypatch, no_memory):
    def fail(*_arguments, **_options):
        if no_memory:
            return cv2.resize(np.zeros((9, 9), np.uint8), (2**30, 2**30))
        return cv2.resize(np.zeros((0, 0), np.uint8), (9, 9))

    monkeypatch.setattr(triage, "find_engine", lambda _: Scripted())
    monkeypatch.setattr("extract.pages.scan.page.read_scanned_page", fail)
    pages = read_pages(poster, config=PagesConfig(force_ocr=True, max_pixels=1_000_000))
    if no_memory:
        with pytest.raises(MemoryError):
            next(pages)
    else:
        assert "page.ocr-failed" in [notice.code for notice in next(pages).notices]


def test_a_lowered_resolution_is_recorded(poster, monkeypatch):
    monkeypatch.setattr(triage, "find_engine", lambda _: Scripted())
    config = PagesConfig(force_ocr=True, max_pixels=9_000_000)
    small, large = read_pages(poster, config=config)
    assert "page.resolution-lowered" not in [notice.code for notice in small.notices]
    (told,) = [notice for notice in large.notices if notice.code == "page.resolution-lowered"]
    assert (told.page, dict(told.details)["limit"]) == (2, "9000000")
