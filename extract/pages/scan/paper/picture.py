"""The picture of a scanned page: upright, straight, even in tone, and its ink."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Gray: TypeAlias = NDArray[np.uint8]
"""Height x width; 0 is black, 255 white paper."""

Ink: TypeAlias = NDArray[np.uint8]
"""Height x width; 255 where there is ink, else 0."""

PAPER_REACH = 24.0
"""Paper tone is taken from the lightest points within this distance (points): wider than any stroke or ruling."""

SMALL = 1.0
"""Pixels a point of the reduced picture on which paper tone is estimated."""

INK_TONE = 0.62
"""Ink is darker than this share of the paper's tone; thin strokes of a 200 dpi scan are grey, not black."""

RED = 45
"""A pixel whose red exceeds green and blue by this much (of 255) is seal ink."""

TWO_TONES = 0.985
"""A picture of which this share is black or white is a fax: its tones need no evening."""

SAMPLED = 4
"""Of every so many rows one tells which tones there are on a page."""

SOLID = 6.5
"""Ink this thick both ways (points) is no character and no ruling: dark edges, punch holes, halftones, seals."""


LARGE = 13.0
"""A solid area this large (points) is no ● or ■ of a text; a punch hole is 17 pt wide."""

BORDER = 6.0
"""A solid area this near (points) the edge of the picture belongs to a dark edge."""


class ScanPicture(NamedTuple):
    """``gray`` evened to white paper, ``ink`` its dark points without solid areas, ``scale`` pixels a point."""

    gray: Gray
    ink: Ink
    scale: float


def colour_to_gray(picture: NDArray[np.uint8]) -> Gray:
    """Give the grey picture of a coloured one (blue, green, red); red seal ink fades, black print under it stays.

    In the red channel red ink is as light as paper, black print is dark in every channel.
    """
    if picture.ndim == 2:
        return picture
    blue, green, red = cv2.split(picture)
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    is_red = cv2.subtract(red, cv2.max(blue, green)) > RED
    if not is_red.any():
        return np.asarray(gray, dtype=np.uint8)
    near = cv2.dilate(is_red.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    gray[near] = red[near]
    return np.asarray(gray, dtype=np.uint8)


def shrink(picture: NDArray[np.uint8], ratio: float) -> NDArray[np.uint8]:
    """Give the picture at ``ratio`` (0 to 1) of its size, each point the mean of those that it stands for.

    Halving by two is fast, any other step takes as long as twenty of it: so it is halved as often as may be.
    """
    size = (round(picture.shape[1] * ratio), round(picture.shape[0] * ratio))
    while ratio <= 0.5:
        if picture.shape[0] % 2 or picture.shape[1] % 2:
            odd = (0, picture.shape[0] % 2, 0, picture.shape[1] % 2)
            picture = np.asarray(cv2.copyMakeBorder(picture, *odd, cv2.BORDER_REPLICATE), dtype=np.uint8)
        halved = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        picture, ratio = np.asarray(halved, dtype=np.uint8), 2 * ratio
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def pooled(ink: Ink, factor: int) -> Ink:
    """Give the ink at a coarser grid: a point is ink where any of its points was, so that no thin line is lost."""
    rows, columns = ink.shape[0] // factor * factor, ink.shape[1] // factor * factor
    coarse: Ink = ink[0:rows:factor, 0:columns:factor]
    for row in range(factor):
        for column in range(factor):
            if row or column:
                coarse = cv2.max(coarse, ink[row:rows:factor, column:columns:factor])
    return np.asarray(coarse, dtype=np.uint8)


def transposed(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Give the picture with rows for columns, at a tenth of the cost of a copy by numpy."""
    return np.asarray(cv2.transpose(picture), dtype=np.uint8)


def reduced(picture: NDArray[np.uint8], scale: float, pixels: float) -> tuple[NDArray[np.uint8], float]:
    """Give a picture of ``scale`` pixels a point at about so many ``pixels`` a point, by a whole factor, and its scale."""
    factor = max(1, round(scale / pixels))
    return (shrink(picture, 1 / factor) if factor > 1 else picture), scale / factor


def is_two_tone(gray: Gray, least: float = TWO_TONES) -> bool:
    """Say whether at least so much of a picture is black or white, as that of a fax is."""
    some = gray[::SAMPLED]
    histogram = cv2.calcHist([some], [0], None, [256], [0, 256]).ravel()
    return bool(histogram[:8].sum() + histogram[248:].sum() >= least * some.size)


def even_tone(gray: Gray, scale: float) -> Gray:
    """Give the picture with its paper evened to white, so that shadows, yellowing and shaded cells vanish."""
    if is_two_tone(gray):
        return gray
    ratio = SMALL / scale
    small = shrink(gray, ratio)
    reach = int(PAPER_REACH * SMALL) | 1
    paper = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach // 2 | 1, reach // 2 | 1)))
    paper = cv2.medianBlur(paper, reach)
    # A dark edge is no paper: dividing by it would turn its noise into strokes.
    paper = np.maximum(paper, np.uint8(96))
    paper = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, paper, scale=255), dtype=np.uint8)


def gray_to_ink(gray: Gray) -> Ink:
    """Give the ink of an evened picture."""
    return np.asarray(cv2.threshold(gray, 255 * INK_TONE, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def remove_solids(picture: ScanPicture) -> ScanPicture:
    """Give the picture with dark edges, punch holes and other solid areas painted white."""
    ratio = SMALL / picture.scale
    small = shrink(picture.ink, ratio)
    core = np.asarray(cv2.threshold(small, 200, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    side = round(SOLID * SMALL)
    core = np.asarray(cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)), dtype=np.uint8)
    if not core.any():
        return picture
    core = _large_parts(core)
    if not core.any():
        return picture
    grown = cv2.dilate(core, np.ones((5, 5), np.uint8))
    solid = cv2.resize(grown, (picture.ink.shape[1], picture.ink.shape[0]), interpolation=cv2.INTER_NEAREST)
    gray, ink = picture.gray.copy(), picture.ink.copy()
    gray[solid > 0] = 255
    ink[solid > 0] = 0
    return ScanPicture(gray, ink, picture.scale)


def _large_parts(core: Ink) -> Ink:
    """Leave out solid areas of the size of a character inside the page: ● ■ ◆ are text."""
    rows, columns = core.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=8)
    edge = round(BORDER * SMALL)
    keep = np.zeros(len(stats), dtype=np.uint8)
    for index in range(1, len(stats)):
        x, y, width, height, _ = (int(value) for value in stats[index])
        at_border = x <= edge or y <= edge or x + width >= columns - edge or y + height >= rows - edge
        if at_border or min(width, height) >= LARGE * SMALL or max(width, height) >= 3 * LARGE * SMALL:
            keep[index] = 255
    return np.asarray(keep[labels], dtype=np.uint8)
