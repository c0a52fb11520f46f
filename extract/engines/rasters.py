"""Pages of a PDF -> pictures, by pypdfium2, at the resolution of the scan that they hold."""

from __future__ import annotations

import math
from pathlib import Path
from typing import NamedTuple, Self

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pypdfium2.raw import FPDF_COLORSPACE_CALGRAY, FPDF_COLORSPACE_DEVICEGRAY, FPDF_PAGEOBJ_IMAGE

from extract.config import MAX_PIXELS
from extract.document import Source

Colour = NDArray[np.uint8]
"""A picture: height x width x 3, blue, green and red; height x width where all of it is grey."""

GRAYS = (FPDF_COLORSPACE_DEVICEGRAY, FPDF_COLORSPACE_CALGRAY)
"""Colour spaces without colour."""

POINTS = 72.0
"""Points an inch."""

MIN_DPI = 150.0
"""A page without a large picture, or with a coarse one, is drawn no coarser than this (dots an inch)."""

DRAWN_DPI = 300.0
"""Resolution at which text and drawings are rasterised, where no scan says its own."""

MAX_DPI = 300.0
"""Finer scans are drawn at this: characters of 6 pt are then 25 pixels high, about what the recogniser sees of them."""

COVERING = 0.5
"""A picture over at least this share of the page is the scan."""


PLAUSIBLE_DPI = (100.0, 2400.0)
"""Resolutions stated outside this range are placeholders (72, 96) or mistakes: no office scans text so coarsely."""

SHRINK = 0.999
"""Step in which a resolution is lowered until rounded sides fit."""

A4_INCHES = 11.69
"""Long side of an A4 sheet."""

GRAY_MODES = ("1", "L")
"""Modes of image files without colour."""

USUAL_DPI = (150.0, 200.0, 240.0, 300.0, 400.0, 600.0)
"""Resolutions that scanners offer."""


class RasterFailure(RuntimeError):
    """A page that cannot be drawn."""


class Raster(NamedTuple):
    """A drawn page: its picture, and pixels a point. ``lowered`` says that this is less than the page would need."""

    picture: Colour
    scale: float
    lowered: bool = False

    @property
    def dpi(self) -> float:
        """Give the resolution in dots an inch."""
        return self.scale * POINTS


class Rasters:
    """Draws pages of one source; the file is opened at the first of them. Use it as a context manager."""

    def __init__(self, source: Source, *, max_pixels: int = MAX_PIXELS) -> None:
        self._source = source
        self._max_pixels = max_pixels
        self._pdf: pypdfium2.PdfDocument | None = None

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the file."""
        if self._pdf is not None:
            self._pdf.close()

    def draw(self, number: int) -> Raster:
        """Draw page ``number`` (from 1) as it is shown, at the resolution of its scan, or as fine as the pixels allow.

        Raises RasterFailure.
        """
        try:
            if self._source.media_type != "application/pdf":
                return _read_picture(self._source.path, number)
            if self._pdf is None:
                repaired = self._source.repaired
                content = self._source.path if repaired is None else bytes(repaired)
                self._pdf = pypdfium2.PdfDocument(content, password=self._source.password)
            return _draw(self._pdf[number - 1], self._max_pixels)
        except (pypdfium2.PdfiumError, OSError, EOFError, ValueError, SyntaxError) as error:
            raise RasterFailure(str(error)) from error


def _draw(page: pypdfium2.PdfPage, max_pixels: int) -> Raster:
    try:
        wanted = _scan_dpi(page) / POINTS
        width, height = page.get_size()
        scale = min(wanted, largest_scale(width, height, max_pixels))
        bitmap = page.render(scale=scale, draw_annots=False)
        try:
            drawn = bitmap.to_numpy()
            picture = cv2.extractChannel(drawn, 0) if _is_gray(page) else np.array(drawn[:, :, :3])
        finally:
            bitmap.close()
    finally:
        page.close()
    return Raster(np.asarray(picture, dtype=np.uint8), scale, lowered=scale < wanted)


def _is_gray(page: pypdfium2.PdfPage) -> bool:
    """Say whether a page holds nothing but grey pictures."""
    return all(
        isinstance(held, pypdfium2.PdfImage) and held.get_metadata().colorspace in GRAYS
        for held in page.get_objects(max_depth=3)
    )


def largest_scale(width: float, height: float, max_pixels: int) -> float:
    """Give the most pixels a point at which a page of ``width`` x ``height`` points has no more than ``max_pixels``.

    Sides are rounded up to whole pixels. Raises ValueError for a page without area.
    """
    if not (width > 0 and height > 0):
        raise ValueError(f"{width} x {height}")
    scale = min(math.sqrt(max_pixels / (width * height)), max_pixels / max(width, height))
    while scale and math.ceil(width * scale) * math.ceil(height * scale) > max_pixels:
        scale *= SHRINK
    return scale


def _read_picture(path: Path, number: int) -> Raster:
    """Read a frame of an image file, at most as fine as ``MAX_DPI``."""
    with Image.open(path) as image:
        image.seek(number - 1)
        dpi = picture_dpi(image)
        upright = ImageOps.exif_transpose(image).convert("L" if image.mode in GRAY_MODES else "RGB")
        if dpi > MAX_DPI:
            ratio = MAX_DPI / dpi
            size = (round(upright.width * ratio), round(upright.height * ratio))
            upright = upright.resize(size, Image.Resampling.BOX)
            dpi = MAX_DPI
        picture = np.asarray(upright)
        return Raster(
            np.ascontiguousarray(picture[..., ::-1] if picture.ndim == 3 else picture), dpi / POINTS
        )


def picture_dpi(image: Image.Image) -> float:
    """Give the resolution of a picture in dots an inch: the stated one where it is plausible, else that of an A4 sheet."""
    stated = float(image.info.get("dpi", (0.0, 0.0))[0])
    if PLAUSIBLE_DPI[0] <= stated <= PLAUSIBLE_DPI[1]:
        return stated
    long = max(image.size) / A4_INCHES
    return min(USUAL_DPI, key=lambda dpi: abs(dpi - long)) if long < 2 * USUAL_DPI[-1] else long


def _scan_dpi(page: pypdfium2.PdfPage) -> float:
    """Give the resolution of the picture that covers the page, within bounds."""
    width, height = page.get_size()
    best = 0.0
    for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < COVERING * width * height:
            continue
        pixels = image.get_px_size()
        # The page may be shown turned, so the long side is compared with the long side.
        best = max(best, max(pixels) / max(right - left, top - bottom) * POINTS)
    return min(max(best, MIN_DPI), MAX_DPI) if best else DRAWN_DPI
