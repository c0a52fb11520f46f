"""Where text stands in a cell of a worn table: ink off its walls and row edges, dirt left out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.rulings.traces import Straight

NEAR_EDGE, INSIDE = 2.5, 2.0
"""Ink so near the row edges (points), and so near any side of a cell, may be theirs."""

SPECKS = 0.015
"""No more than this share of the ink of a cell are specks at its sides."""

SPECK = 2.0
"""A piece of ink smaller than this both ways (points) says nothing of where a text begins and ends."""

TEXT_AREA = 4.0
"""Less ink than this (square points) in a cell is specks."""


def text_box(
    straight: Straight, across: tuple[float, float], along: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Give the box (points) of the ink between two places (``across``) and two row edges (``along``)."""
    scale = straight.scale
    top, left = round((along[0] + NEAR_EDGE) * scale), round(across[0] * scale)
    near = straight.ink[left : round(across[1] * scale), top : round((along[1] - NEAR_EDGE) * scale)]
    ink = without_specks(near > 0, SPECK * scale)
    (x0, x1), (y0, y1) = (_middle_part(np.count_nonzero(ink, axis=axis)) for axis in (1, 0))
    return ((left + x0) / scale, (top + y0) / scale, (left + x1) / scale, (top + y1) / scale)


def without_specks(ink: NDArray[np.bool_], size: float) -> NDArray[np.bool_]:
    """Give the ink without pieces smaller than ``size`` (pixels) both ways; those of characters lie among larger ones."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    is_kept = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= size
    is_kept[0] = False
    return np.asarray(is_kept[labels])


def _middle_part(counts: NDArray[np.intp]) -> tuple[int, int]:
    """Give where nearly all of the ink begins and ends: a speck beside a text is none of it."""
    share = np.cumsum(counts) / max(1, counts.sum())
    return int(np.searchsorted(share, SPECKS)), int(np.searchsorted(share, 1 - SPECKS)) + 1


def has_text(straight: Straight, across: tuple[float, float], along: tuple[float, float]) -> bool:
    """Say whether there is more ink between two places (``across``) and two others (``along``) than specks."""
    scale = straight.scale
    rows = slice(round((across[0] + INSIDE) * scale), max(round((across[1] - INSIDE) * scale), 0))
    columns = slice(round((along[0] + INSIDE) * scale), max(round((along[1] - INSIDE) * scale), 0))
    return bool(np.count_nonzero(straight.ink[rows, columns]) >= TEXT_AREA * scale * scale)
