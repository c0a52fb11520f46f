"""The scanned twins: the same every time, worse level by level, and true to the page they were made from."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pdfplumber
import pytest
from benchmarks.accuracy import FIXTURES
from paper import LEVELS
from twins import Scan, Twin, scan_pages, text_to_dpi, text_to_pages, write_twin

PAGE = FIXTURES / "dense-8pt" / "dense-8pt.pdf"
COMPARED_DPI = 150  # both pages are compared at this resolution
LETTERS_HIT = 0.98  # share of printed letters that have ink at their place; the worst level loses thin ones


def scan(twin: Twin, source: Path = PAGE) -> Scan:
    (made,) = scan_pages(source, twin, pages=[1])
    return made


def laid_over(made: Scan) -> np.ndarray:
    """Give the scan turned back to lie over the printed page."""
    scale = np.diag((COMPARED_DPI / 72, COMPARED_DPI / 72, 1.0))
    matrix = scale @ np.linalg.inv(made.places[1])
    size = (620, 877)  # the upper half of the page, all of its width up to the margin
    return cv2.warpPerspective(made.sheet.picture, matrix, size, flags=cv2.INTER_AREA, borderValue=255)


def ink_damage(made: np.ndarray, clean: np.ndarray) -> float:
    """Give the share of the ink that differs, black against white."""
    ink, wanted = (
        cv2.threshold(page, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1] > 0 for page in (made, clean)
    )
    return float(np.count_nonzero(ink != wanted) / np.count_nonzero(wanted))


def tone_damage(made: np.ndarray, clean: np.ndarray) -> float:
    """Give the mean difference of the greys."""
    return float(np.abs(made.astype(float) - clean).mean())


def test_the_same_seed_gives_the_same_file_and_another_one_another(tmp_path: Path) -> None:
    first, again, other = (tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf"))
    write_twin(PAGE, first, Twin(level=4))
    write_twin(PAGE, again, Twin(level=4))
    write_twin(PAGE, other, Twin(level=4, seed=1))
    assert first.read_bytes() == again.read_bytes()
    assert first.read_bytes() != other.read_bytes()


def test_a_page_looks_the_same_whichever_others_are_scanned_with_it() -> None:
    packet = FIXTURES / "setagaya-2024-07" / "packet.pdf"
    *_, among = scan_pages(packet, Twin(level=3), pages=[1, 13])
    (alone,) = scan_pages(packet, Twin(level=3), pages=[13])
    assert np.array_equal(among.sheet.picture, alone.sheet.picture)


def test_each_level_does_more_damage_than_the_one_before() -> None:
    pages = {level: laid_over(scan(Twin(level=level))) for level in LEVELS}
    # Paper and toner are lost in a fax, so grey levels are compared by their greys and the others by their strokes.
    tones = [tone_damage(pages[level], pages[0]) for level in (0, 1, 2)]
    inks = [ink_damage(pages[level], pages[0]) for level in (0, 3, 4)]
    for damages in (tones, inks):
        assert damages[0] == 0
        assert all(worse > 1.15 * better for better, worse in pairwise(damages)), damages


@pytest.mark.parametrize(("level", "rotate"), [(0, 0), (1, 90), (2, 180), (3, 270), (4, 90)])
def test_letters_lie_where_the_matrix_says(level: int, rotate: int) -> None:
    made = scan(Twin(level=level, rotate=rotate, skew=0.5))
    grey = made.sheet.picture
    with pdfplumber.open(PAGE) as pdf:
        letters = [c for c in pdf.pages[0].chars if c["text"].strip()]
    hit = 0
    for letter in letters:
        corners = np.array([[letter["x0"], letter["top"], 1], [letter["x1"], letter["bottom"], 1]])
        (xa, ya), (xb, yb) = (made.places[1] @ corners.T)[:2].T
        x0, x1 = sorted((int(xa), int(xb)))
        y0, y1 = sorted((int(ya), int(yb)))
        hit += bool((grey[y0 : y1 + 1, x0 : x1 + 1] < 150).any())
    assert hit >= LETTERS_HIT * len(letters)


def test_skew_is_told() -> None:
    made = scan(Twin(level=0, skew=1.5))
    across = made.places[1] @ np.array([1.0, 0.0, 0.0])
    assert np.degrees(np.arctan2(across[1], across[0])) == pytest.approx(1.5)
    assert made.sheet.skew == pytest.approx(1.5)


def test_one_bit_levels_are_black_and_white_and_say_their_resolution(tmp_path: Path) -> None:
    path = tmp_path / "fax.pdf"
    write_twin(PAGE, path, Twin(level=3, dpi=(204, 196)))
    with pdfplumber.open(path) as pdf:
        (image,) = pdf.pages[0].images
        assert (image["bits"], str(pdf.pages[0].width)[:3]) == (1, "595")
        assert image["srcsize"][0] == pytest.approx(pdf.pages[0].width / 72 * 204, abs=1)
        assert image["srcsize"][1] == pytest.approx(pdf.pages[0].height / 72 * 196, abs=1)
    assert set(np.unique(scan(Twin(level=4)).sheet.picture)) == {0, 255}


def test_seals_are_red_until_the_fax_makes_them_black() -> None:
    red = scan(Twin(level=1, seals=True)).sheet.picture
    assert red.ndim == 3
    assert (red[..., 0].astype(int) - red[..., 1] > 60).any()
    assert scan(Twin(level=3, seals=True)).sheet.picture.ndim == 2


def test_two_pages_share_a_sheet() -> None:
    packet = FIXTURES / "setagaya-2024-07" / "packet.pdf"
    (made,) = scan_pages(packet, Twin(level=0, two_up=True), pages=[13, 14])
    height, width = made.sheet.picture.shape
    assert width > height
    assert made.places[14][0, 2] == pytest.approx(width / 2, abs=1)


def test_holes_are_dark() -> None:
    plain, punched = (scan(Twin(level=0, holes=holes)).sheet.picture for holes in (False, True))
    assert np.count_nonzero(punched < 100) > np.count_nonzero(plain < 100) + 5000


def test_options_are_read_as_written() -> None:
    assert text_to_pages("1-3,7") == [1, 2, 3, 7]
    assert text_to_dpi("204x196") == (204, 196)
    assert text_to_dpi("150") == (150, 150)
