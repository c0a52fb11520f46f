from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan_tracks import Straight, share_left

SCALE = 2.0
LINE = 40  # row of the line


def straight(*rows: int, text: slice | None = None) -> Straight:
    """Give lines along rows, each three rows thick in the picture of strokes, with text in the rows ``text``."""
    ink, short = (np.zeros((80, 120), dtype=np.uint8) for _ in range(2))
    for row in rows:
        ink[row] = 255
        short[row - 1 : row + 2] = 255
    if text is not None:
        ink[text, 20:100] = 255
    return Straight(ink, short, SCALE)


@pytest.mark.parametrize("text", [None, slice(28, 36), slice(48, 56)])
def test_a_double_line_is_whole_though_text_stands_beside_it(text):
    assert share_left(straight(LINE, LINE + 3, text=text), LINE / SCALE, 0, 60) > 0.95


def test_a_line_between_two_texts_is_none():
    picture = straight(LINE, text=slice(28, 36))
    picture.ink[44:52, 20:100] = 255
    assert share_left(picture, LINE / SCALE, 0, 60) < 0.5
