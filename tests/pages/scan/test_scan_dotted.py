"""What is left of a dotted ruling is told from the broken strokes of a line of characters on a worn copy."""

from __future__ import annotations

import numpy as np
import pytest

from extract.pages.scan.rulings.dotted import find_chains

SCALE = 2.0


def drawn(*parts: tuple[float, float, float, float]) -> np.ndarray:
    """Draw parts (x, y, width and height in points)."""
    ink = np.zeros((160, 400), dtype=np.uint8)
    for x, y, wide, high in parts:
        ink[round(y * SCALE) : round((y + high) * SCALE), round(x * SCALE) : round((x + wide) * SCALE)] = 255
    return ink


def rows_found(ink: np.ndarray) -> list[int]:
    return sorted({round(row / SCALE) for row in np.flatnonzero(find_chains(ink, SCALE).long.any(axis=1))})


def test_a_ruling_of_which_every_third_dash_is_lost_is_found():
    dashes = [(20 + 5 * index, 40, 2.5, 1) for index in range(24) if index % 3]
    assert 40 in rows_found(drawn(*dashes))


STROKES = [(20, 3.5, 0.5), (28, 1, 1.5), (37, 4.5, 0.5), (45, 1, 1), (53, 5, 1), (61, 1, 0.5), (70, 4, 1.5)]
"""Left, width and height of strokes of several sizes that lie on one line."""


@pytest.mark.parametrize("beside", [0, 3])
def test_strokes_of_several_sizes_are_no_ruling(beside):
    strokes = [(x, 40, wide, high) for x, wide, high in STROKES]
    others = [(x, 42, wide, 3) for x, wide, _ in STROKES[:beside]]
    assert rows_found(drawn(*strokes, *others)) == []


def test_many_parts_with_paper_on_both_sides_are_a_ruling_though_they_are_uneven():
    uneven = [(20 + 6 * index, 40, (1, 2.5, 0.5, 4)[index % 4], 0.5) for index in range(24)]
    assert 40 in rows_found(drawn(*uneven))
