"""Pieces of ink, found at the cost of the rows that hold ink."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from extract.pages.scan.paper.components import find_components

PICTURES = arrays(
    np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.sampled_from((0, 0, 0, 255))
)


@pytest.mark.parametrize("connectivity", [4, 8])
@settings(max_examples=150, deadline=None)
@given(picture=PICTURES)
def test_pieces_are_those_of_the_whole_picture(picture, connectivity):
    count, labels, stats, centres = cv2.connectedComponentsWithStats(picture, connectivity=connectivity)
    found = find_components(picture, connectivity=connectivity)
    assert len(found.stats) == count
    assert (found.labels > 0).tolist() == (labels > 0).tolist()
    # One name each way: the same pieces, whatever their order.
    pairs = set(zip(labels.ravel().tolist(), found.labels.ravel().tolist(), strict=True))
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})
    for one, other in pairs - {(0, 0)}:
        assert found.stats[other].tolist() == stats[one].tolist()
        assert found.centres[other] == pytest.approx(centres[one])
