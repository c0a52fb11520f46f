"""Places on the picture of a line lead back to the page, whatever white was drawn narrower."""

import itertools

import numpy as np
import pytest

from extract.pages.scan.lines.crops import line_to_crop
from extract.pages.scan.lines.growing import TextLine


def make_line(spans):
    """Draw black stretches on white paper; give the crop of the line that they are."""
    gray = np.full((60, 1400), 255, dtype=np.uint8)
    for start, stop in spans:
        gray[20:40, start:stop] = 0
    box = (spans[0][0], 20, spans[-1][1], 40)
    return line_to_crop(TextLine(0, (box,), 21.0), gray, gray == 0)


@pytest.mark.parametrize("first", range(100, 140))
def test_ink_after_a_wide_gap_begins_where_it_stands_on_the_page(first):
    spans = [(first, first + 53), (first + 430, first + 457), (first + 700 + first % 7, first + 760)]
    crop = make_line(spans)
    width = crop.picture.shape[1]
    columns = np.flatnonzero((crop.picture < 128).any(axis=0))
    begins = [int(columns[0]), *(int(b) for a, b in itertools.pairwise(columns) if b - a > 1)]
    assert [crop.to_page(x / width) for x in begins] == pytest.approx([start for start, _ in spans])
    assert [crop.to_picture(start) for start, _ in spans] == begins
