"""Pages of an image file (TIFF, PNG, JPEG): pictures without a text layer."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from extract.document import Page, PageFrame, Picture, Source
from extract.errors import InputDamaged
from extract.findings import Notice

DEFAULT_DPI = 200.0
"""Resolution taken where the file states none (dots an inch): what office scanners of paper archives use most."""

PLAUSIBLE_DPI = (50.0, 2400.0)
"""Stated resolutions outside this range are placeholders such as 1 or 72000."""


def read_image_pages(source: Source) -> Iterator[Page]:
    """Give one page a frame of the image, without words; raises InputDamaged where a frame cannot be opened."""
    try:
        with Image.open(source.path) as image:
            for number in source.page_numbers:
                image.seek(number - 1)
                yield _picture_page(number, image)
    except (OSError, EOFError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError) as error:
        raise InputDamaged(path=source.path, reason=str(error)) from error


def _picture_page(number: int, image: Image.Image) -> Page:
    stated = image.info.get("dpi", (DEFAULT_DPI, DEFAULT_DPI))
    dpi_x, dpi_y = (float(value) for value in stated)
    if not (PLAUSIBLE_DPI[0] <= dpi_x <= PLAUSIBLE_DPI[1] and PLAUSIBLE_DPI[0] <= dpi_y <= PLAUSIBLE_DPI[1]):
        dpi_x = dpi_y = DEFAULT_DPI
    width, height = (round(image.width * 72 / dpi_x, 2), round(image.height * 72 / dpi_y, 2))
    return Page(
        frame=PageFrame(number, width, height, "text-layer", 0, None, None),
        words=(),
        rulings=(),
        strokes=(),
        pictures=(Picture((0.0, 0.0, width, height)),),
        notices=(Notice("page.no-text", page=number),),
    )
