"""Pages of a source -> small pictures for people, by pypdfium2 and Pillow, which are loaded when the first is drawn."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from extract.document import Source, SourcePage
from extract.errors import HokokuError

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

POINTS = 72.0
"""Points an inch."""

DPI = 110.0
"""Print of 8 points can be read at this, and an A4 page takes some 30 KB; half of what reading needs."""

MOST_PIXELS = 1_600
"""Longest side of a picture: more than an A4 sheet has at ``DPI``; two pages on a sheet of A3 have 97 dots an inch."""

QUALITY = 40
"""Of the WebP picture (0 to 100): strokes of small print stay clean, at a third of the bytes of a lossless one."""

METHOD = 2
"""Effort of the WebP encoder (0 to 6): more saves a tenth of the bytes and takes three times as long."""


class PagePictures:
    """Draws pages of one source, which ``open_source`` gives when the first is asked for. Use it as a context manager."""

    def __init__(self, open_source: Callable[[], Source]) -> None:
        self._open_source = open_source
        self._source: Source | None = None
        self._failed = False
        self._pdf: pypdfium2.PdfDocument | None = None

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the file."""
        if self._pdf is not None:
            self._pdf.close()

    def draw(self, page: SourcePage) -> bytes | None:
        """Give the page as a WebP picture, upright and straight as its boxes are, or None where it cannot be drawn."""
        if self._failed or page.width <= 0 or page.height <= 0:
            return None  # a source that cannot be opened again, a page of which nothing was read
        import pypdfium2  # noqa: PLC0415 - most documents are written without pictures
        from PIL import Image  # noqa: PLC0415 - likewise

        try:
            source = self._opened()
            if source.media_type == "application/pdf":
                image, turn = self._draw(page)
            else:
                image, turn = _read(source, page), page.rotation
        except (HokokuError, pypdfium2.PdfiumError, OSError, EOFError, ValueError, SyntaxError):
            return None
        if turn:
            image = image.rotate(-turn, expand=True)
        if page.skew:
            image = image.rotate(page.skew, Image.Resampling.BILINEAR, fillcolor=(255, 255, 255))
        stream = io.BytesIO()
        image.save(stream, "WEBP", quality=QUALITY, method=METHOD)
        return stream.getvalue()

    def _opened(self) -> Source:
        if self._source is None:
            self._failed = True
            self._source = self._open_source()
            self._failed = False
        return self._source

    def _draw(self, page: SourcePage) -> tuple[Image.Image, int]:
        """Give the page as the file shows it, and the clockwise turn that its boxes have against that."""
        import pypdfium2  # noqa: PLC0415 - as above

        source = self._opened()
        if self._pdf is None:
            content = source.path if source.repaired is None else bytes(source.repaired)
            self._pdf = pypdfium2.PdfDocument(content, password=source.password)
        shown = self._pdf[page.number - 1]
        try:
            bitmap = shown.render(scale=_scale(page), draw_annots=False)
            try:
                image = bitmap.to_pil().convert("RGB")
            finally:
                bitmap.close()
            # The rotation of a text layer is that of the file and more; that of a scan is against what the file shows.
            own = 0 if page.origin == "ocr" else shown.get_rotation()
        finally:
            shown.close()
        return image, (page.rotation - own) % 360


def _read(source: Source, page: SourcePage) -> Image.Image:
    from PIL import Image, ImageOps  # noqa: PLC0415 - as above

    with Image.open(source.path) as image:
        image.seek(page.number - 1)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    longest = round(max(page.width, page.height) * _scale(page))
    upright.thumbnail((longest, longest), Image.Resampling.BOX)
    return upright


def _scale(page: SourcePage) -> float:
    """Give pixels a point."""
    return min(DPI / POINTS, MOST_PIXELS / max(page.width, page.height))
