"""How far a page is turned off the straight."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from twins import Twin, scan_pages

from extract.pages.scan.paper.picture import (
    ScanPicture,
    colour_to_gray,
    even_tone,
    gray_to_ink,
    remove_solids,
)
from extract.pages.scan.paper.skew import find_skew

PACKET = Path(__file__).parents[3] / "fixtures" / "setagaya-2024-07" / "packet.pdf"
TOLERANCE = 0.1  # degrees


@pytest.mark.parametrize(("page", "level"), [(3, 2), (13, 4)])  # of prose and of tables
def test_the_skew_of_a_page_is_found(page, level):
    (scan,) = scan_pages(PACKET, Twin(level=level), pages=[page])
    (matrix,) = scan.places.values()
    scale = float(np.hypot(matrix[0][0], matrix[1][0]))
    gray = even_tone(colour_to_gray(scan.sheet.picture), scale)
    ink = remove_solids(ScanPicture(gray, gray_to_ink(gray), scale)).ink
    true = float(np.degrees(np.arctan2(matrix[1][0], matrix[0][0])))
    assert find_skew(ink, scale) == pytest.approx(true, abs=TOLERANCE)
