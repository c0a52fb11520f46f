"""Page by page: is there a text layer, is it to be believed, and if not, what OCR makes of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from extract.config import PagesConfig
from extract.document import Engine, Page, Source
from extract.engines import EngineFailure, Recogniser, available, find_engine, find_second_reader
from extract.errors import DependencyMissing
from extract.findings import Notice
from extract.pages.belief import reason_for_ocr

if TYPE_CHECKING:
    from extract.engines.rasters import Raster, Rasters


def check_engine(config: PagesConfig) -> None:
    """Raise DependencyMissing where the settings name an engine, or force OCR, and it cannot be used here."""
    find_second_reader(config.second_reader)
    if config.ocr not in ("auto", "none") or config.force_ocr:
        find_engine(config.ocr)


def engines_used(names: Iterable[str]) -> tuple[Engine, ...]:
    """Give the record of the engines of these names."""
    wanted = frozenset(names)
    states = available() if wanted else ()
    return tuple(Engine(s.name, s.version or "", s.model_sha256) for s in states if s.name in wanted)


class Reader:
    """Decides for each page of a source whether its text layer stands, and reads it by OCR where it does not."""

    def __init__(self, source: Source, config: PagesConfig) -> None:
        self._source = source
        self._config = config
        self._rasters: Rasters | None = None

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the file of which pages were drawn."""
        if self._rasters is not None:
            self._rasters.__exit__(*exception)

    def settle(self, page: Page) -> Page:
        """Give the page itself where its text layer is good, else the same page read by OCR, or why it was not."""
        reason = reason_for_ocr(page, is_forced=self._config.force_ocr)
        if self._config.ocr == "none":
            return page
        if reason is None:
            return self._with_pictures(page) if page.words and page.pictures else page
        try:
            engine = find_engine(self._config.ocr)
        except DependencyMissing:
            if self._config.ocr != "auto" or self._config.force_ocr:
                raise
            return _with_notice(page, Notice("page.no-engine", page=page.frame.number))
        import cv2  # noqa: PLC0415 - pages with text need none of it

        from extract.engines.rasters import RasterFailure  # noqa: PLC0415 - likewise

        try:
            return self._read(page, engine, reason)
        except cv2.error as error:
            if error.code == cv2.Error.StsNoMem:
                raise MemoryError(str(error)) from error
            return _ocr_failed(page, error)
        except (EngineFailure, RasterFailure) as error:
            return _ocr_failed(page, error)

    def _with_pictures(self, page: Page) -> Page:
        """Give a page whose text layer stands with what its pictures hold, where an engine is there to read them."""
        from extract.pages.picture_places import find_pictures  # noqa: PLC0415 - likewise

        if not find_pictures(page):
            return page
        from extract.engines.rasters import RasterFailure  # noqa: PLC0415 - likewise
        from extract.pages.scan.mixed import read_pictures  # noqa: PLC0415 - likewise

        try:
            engine = find_engine(self._config.ocr)
            second = find_second_reader(self._config.second_reader)
            return read_pictures(page, self._draw(page.frame.number), engine=engine, second=second)
        except (DependencyMissing, EngineFailure, RasterFailure):
            unread = Notice("page.picture-unread", page=page.frame.number)
            return replace(page, notices=(*page.notices, unread))

    def _read(self, page: Page, engine: Recogniser, reason: str) -> Page:
        from extract.pages.scan.mixed import covers  # noqa: PLC0415 - likewise
        from extract.pages.scan.page import agrees, read_scanned_page  # noqa: PLC0415 - likewise

        raster = self._draw(page.frame.number)
        if reason == "unseen-text" and covers(page, raster) and agrees(page, raster, engine=engine):
            return page
        second = find_second_reader(self._config.second_reader)
        read = read_scanned_page(page.frame.number, raster, engine=engine, second=second)
        told: list[Notice] = []
        if page.words:
            why = (("reason", reason),)
            told.append(Notice("page.text-not-believed", page=page.frame.number, details=why))
        if raster.lowered:
            drawn = (("dpi", f"{raster.dpi:.3g}"), ("limit", str(self._config.max_pixels)))
            told.append(Notice("page.resolution-lowered", page=page.frame.number, details=drawn))
        return replace(read, notices=(*told, *read.notices)) if told else read

    def _draw(self, number: int) -> Raster:
        from extract.engines.rasters import Rasters  # noqa: PLC0415 - likewise

        if self._rasters is None:
            self._rasters = Rasters(self._source, max_pixels=self._config.max_pixels)
        return self._rasters.draw(number)


def _ocr_failed(page: Page, error: Exception) -> Page:
    details = (("reason", " ".join(str(error).split())[:200]),)
    return _with_notice(page, Notice("page.ocr-failed", page=page.frame.number, details=details))


def _with_notice(page: Page, notice: Notice) -> Page:
    kept = tuple(n for n in page.notices if n.code != "page.no-text")
    return replace(page, notices=(notice, *kept))
