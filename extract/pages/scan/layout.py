"""What stands where on a scanned page, before anything is read: its rulings, regions, lines and the pictures of the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling, Stroke
from extract.engines.rasters import Raster
from extract.pages.scan.lines.crops import Crop, line_to_crop
from extract.pages.scan.lines.growing import TextLine, ink_to_lines
from extract.pages.scan.paper.bend import find_bend, unbend
from extract.pages.scan.paper.dirt import remove_specks
from extract.pages.scan.paper.faint import add_faint
from extract.pages.scan.paper.grain import remove_grain
from extract.pages.scan.paper.hairlines import add_hairlines
from extract.pages.scan.paper.panels import has_dark_areas, invert_panels
from extract.pages.scan.paper.picture import (
    Gray,
    Ink,
    ScanPicture,
    colour_to_gray,
    even_tone,
    gray_to_ink,
    remove_solids,
    shrink,
)
from extract.pages.scan.paper.skew import find_skew, straighten
from extract.pages.scan.paper.warp import Warp, bend_back, find_warp
from extract.pages.scan.rulings.diagonals import find_strikes
from extract.pages.scan.rulings.opening import ink_to_rulings
from extract.pages.scan.rulings.regions import Regions, draw_rulings, rulings_to_regions
from extract.pages.scan.rulings.shades.areas import darkest_colour, find_shading, reduce_colour
from extract.pages.scan.rulings.shades.cells import shading_to_rulings, without_ghosts

EDGE = 2.0
"""So wide (points) a light line or a gap between shaded cells is taken from the picture."""


class ScanLayout(NamedTuple):
    """A straightened page: its size, rulings and diagonal strokes in points, its lines in pixels (``scale`` pixels a point).

    ``is_dirty`` says that it is strewn with specks; ``skew`` is what was taken out, in degrees. ``sidewise`` says by how
    much better its columns than its rows are told from paper: above 1 the lines may run down the page.
    """

    width: float
    height: float
    scale: float
    skew: float
    rulings: tuple[Ruling, ...]
    strokes: tuple[Stroke, ...]
    regions: Regions
    lines: tuple[TextLine, ...]
    crops: tuple[Crop, ...]
    is_dirty: bool
    sidewise: float


class Bent(NamedTuple):
    """The skew (degrees), bend and warp of a page as it lay on the glass."""

    skew: float
    bend: NDArray[np.float64] | None
    warp: Warp | None


def lay_out(raster: Raster) -> ScanLayout:
    """Clean and straighten a page and find its rulings, regions and lines."""
    picture, bent = straight_picture(raster)
    scale = picture.scale
    height, width = picture.ink.shape
    ruled = ink_to_rulings(add_hairlines(picture.gray, picture.ink, scale), scale, gray=picture.gray)
    shaded = _shaded(raster, bent, ruled.rulings)
    rulings = (*without_ghosts(ruled.rulings, shaded), *shaded)
    draw_rulings(ruled.mask, shaded, scale, 255, width=round(EDGE * scale))
    (gray, ink, _), had_specks = remove_specks(_without_rulings(picture, ruled.mask))
    ink = add_faint(gray, ink, ruled.mask, scale)
    regions = rulings_to_regions(rulings, width / scale, height / scale)
    strikes = find_strikes(ink, regions, scale)
    if strikes is not None:
        gray, ink = _painted_out(gray, ink, strikes.mask)
    lines, is_dirty = ink_to_lines(ink, rulings, regions, scale)
    is_dirty = is_dirty or had_specks
    crops = tuple(line_to_crop(line, gray, ink) for line in lines)
    size = (round(width / scale, 2), round(height / scale, 2))
    return ScanLayout(
        *size,
        scale,
        bent.skew,
        rulings,
        strikes.strokes if strikes is not None else (),
        regions,
        lines,
        crops,
        is_dirty,
        _sidewise(ink, scale),
    )


def _sidewise(ink: Ink, scale: float) -> float:
    whole = shrink(ink, 1 / scale)
    margin = round(min(whole.shape) * 0.04)
    small = whole[margin:-margin, margin:-margin].astype(np.float64)
    rows = float(np.square(np.diff(small.sum(axis=1))).sum())
    columns = float(np.square(np.diff(small.sum(axis=0))).sum())
    return columns / max(rows, 1.0)


def turned(raster: Raster, rotation: int) -> Raster:
    """Give a drawn page turned clockwise by ``rotation`` (0, 90, 180 or 270 degrees)."""
    return Raster(np.ascontiguousarray(np.rot90(raster.picture, k=-rotation // 90)), raster.scale)


def straight_picture(raster: Raster) -> tuple[ScanPicture, Bent]:
    """Give the cleaned and straightened picture of a drawn page, and what was taken out."""
    plain = remove_grain(colour_to_gray(raster.picture), raster.scale)
    gray = even_tone(plain, raster.scale)
    picture = remove_solids(ScanPicture(gray, gray_to_ink(gray), raster.scale))
    skew = find_skew(picture.ink, raster.scale)
    straight = straighten(picture.gray, skew)
    ink = picture.ink if straight is picture.gray else gray_to_ink(straight)
    bend = find_bend(ink, raster.scale)
    if bend is not None:
        straight = _flatten(picture.gray, Bent(skew, bend, None))
        ink = gray_to_ink(straight)
    bent = Bent(skew, bend, find_warp(ink, raster.scale))
    if bent.warp is not None:
        straight = _flatten(picture.gray, bent)
        ink = gray_to_ink(straight)
    if has_dark_areas(plain, raster.scale):
        inverted = invert_panels(straight, _flatten(plain, bent), raster.scale)
        if inverted is not straight:
            straight, ink = inverted, gray_to_ink(inverted)
    return ScanPicture(straight, ink, raster.scale), bent


def _shaded(raster: Raster, bent: Bent, rulings: Sequence[Ruling]) -> list[Ruling]:
    """Give the walls of cells that only shading shows."""
    if bent.bend is None and bent.warp is None:
        tones, scale = reduce_colour(raster.picture, raster.scale)
        tones = straighten(tones, bent.skew)
    else:
        tones, scale = reduce_colour(_flatten(darkest_colour(raster.picture), bent), raster.scale)
    shading = find_shading(tones, scale, rulings)
    return [] if shading is None else shading_to_rulings(shading, rulings)


def _flatten(gray: Gray, bent: Bent) -> Gray:
    """Give the picture with its skew, bend and warp taken out, in as few steps as there are."""
    skew, bend, warp = bent
    if bend is None:
        return straighten(gray, skew) if warp is None else bend_back(gray, warp, skew)
    straight = unbend(gray, bend, skew)
    return straight if warp is None else bend_back(straight, warp, 0.0)


def _without_rulings(picture: ScanPicture, mask: Gray) -> ScanPicture:
    """Give the picture with the rulings painted white."""
    return ScanPicture(*_painted_out(picture.gray, picture.ink, mask), picture.scale)


def _painted_out(gray: Gray, ink: Ink, mask: Ink) -> tuple[Gray, Ink]:
    """Give both pictures with the ink of a mask, and its soft edge, painted white."""
    wider = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    white, left = cv2.max(gray, wider), cv2.bitwise_and(ink, cv2.bitwise_not(wider))
    return np.asarray(white, dtype=np.uint8), np.asarray(left, dtype=np.uint8)
