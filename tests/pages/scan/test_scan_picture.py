"""Smaller pictures of a page."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.paper.picture import reduced, shrink


@pytest.mark.parametrize("ratio", [0.1, 0.24, 0.36, 0.5, 0.6])
@pytest.mark.parametrize("size", [(301, 200), (128, 255)])
def test_every_point_keeps_its_place(size, ratio):
    picture = np.zeros(size, dtype=np.uint8)
    picture[: size[0] // 2, : size[1] // 3] = 255
    small = shrink(picture, ratio)
    assert small.shape == tuple(round(side * ratio) for side in size)
    assert small[0, 0] == 255
    assert small[-1, -1] == 0
    assert small.mean() == pytest.approx(picture.mean(), rel=0.05)
    assert abs(int((small[0] > 127).sum()) - size[1] // 3 * ratio) <= 1
    assert abs(int((small[:, 0] > 127).sum()) - size[0] // 2 * ratio) <= 1


@pytest.mark.parametrize(("scale", "factor"), [(300 / 72, 2), (200 / 72, 1), (400 / 72, 3), (1.5, 1)])
def test_a_reduced_picture_has_a_whole_number_of_points_in_one(scale, factor):
    picture = np.arange(36, dtype=np.uint8).reshape(6, 6)
    small, small_scale = reduced(picture, scale, 2.1)
    assert small.shape == (6 // factor, 6 // factor)
    assert small_scale == pytest.approx(scale / factor)
