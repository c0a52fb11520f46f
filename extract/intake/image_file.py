"""A look into a TIFF, PNG or JPEG: its pages and their sizes, without decoding a pixel."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from extract.errors import InputDamaged, TooManyPixels
from extract.intake.contents import Contents


def read_image_contents(path: Path, *, max_pages: int, max_pixels: int) -> Contents:
    """Give the pages of an image file: every frame of a TIFF, one for the others.

    Frames are counted up to ``max_pages`` and one more. Raises InputDamaged, and TooManyPixels when a frame has more
    than ``max_pixels``.
    """
    try:
        with warnings.catch_warnings():
            # Pillow only warns of damaged tags, and of half the size that is our limit: the pixels decide later.
            warnings.simplefilter("ignore")
            with Image.open(path, formats=("TIFF", "PNG", "JPEG")) as image:
                return Contents(_count_frames(path, image, max_pages=max_pages, max_pixels=max_pixels))
    except Image.DecompressionBombError as error:
        raise TooManyPixels(
            path=path, count=f"> {2 * (Image.MAX_IMAGE_PIXELS or 0)}", limit=max_pixels
        ) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
    ) as error:
        raise InputDamaged(path=path, reason=" ".join(str(error).split())) from error


def _count_frames(path: Path, image: Image.Image, *, max_pages: int, max_pixels: int) -> int:
    """Walk the frames; a chain that returns to a frame already seen ends there (Pillow sees that)."""
    count = 0
    while count <= max_pages:
        if image.width * image.height > max_pixels:
            raise TooManyPixels(path=path, count=image.width * image.height, limit=max_pixels)
        count += 1
        if image.format != "TIFF":
            break
        try:
            image.seek(count)
        except EOFError:
            break
    return count
