"""One frozen Config: everything a person may choose, checked where it is made. Each stage gets only its own part."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from extract.errors import UsageError
from extract.findings import Language, Severity

NAME = "hokoku"
VERSION = "0.1.0"  # pyproject.toml says the same; a test compares them

Ocr: TypeAlias = Literal["auto", "rapidocr", "tesseract", "none"]
SecondReader: TypeAlias = Literal["none", "tesseract"]
Privacy: TypeAlias = Literal["off", "flag"]
PageRange: TypeAlias = tuple[int, int]

MAX_BYTES = 4 * 1024**3
"""Largest input file. PDF offsets beyond 4 GiB are what few readers can follow; a municipal packet is a few MB."""

MAX_PAGES = 10_000
"""Most pages of one input. The largest budget book at hand has 408; a file with more is a bomb or a whole archive."""

MAX_PIXELS = 178_956_970
"""Most pixels of one picture: where Pillow refuses to open it. An A0 sheet at 300 dpi has 140 million."""

MAX_CHARACTERS = 200_000
"""Most characters of one page. A dense A3 sheet in 6 point has 20,000; the reader takes some 10 s for 200,000."""

MAX_OBJECTS = 300_000
"""Most drawing objects of one page. A city map may have 130,000; the reader takes about a minute for 300,000."""

MEMORY = 4096
"""Megabytes that a worker may use. A page of a scan takes about 1,000 with its models, a text page 100."""

MIN_MEMORY = 256
"""Megabytes below which a worker cannot even load what it needs."""

TIMEOUT = 3600.0
"""Seconds for a file: a book of 400 scanned pages needs about half of it on one core."""

SILENCE = 180.0
"""Seconds without a finished page before a worker counts as hanging; the slowest honest page seen took 15."""

FILES_PER_WORKER = 200
"""Files after which a worker is replaced, so that what a library leaks does not add up over an archive."""

_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeConfig:
    """What opening an input needs: which pages, the password, and the limits.

    They are bytes and pages of a file, pixels of a picture, and characters and drawing objects of a page.
    """

    pages: tuple[PageRange, ...] | None = None
    password: str | None = field(default=None, repr=False)
    max_bytes: int = MAX_BYTES
    max_pages: int = MAX_PAGES
    max_pixels: int = MAX_PIXELS
    max_characters: int = MAX_CHARACTERS
    max_objects: int = MAX_OBJECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesConfig:
    """What reading pages needs: the OCR engines, whether a text layer is believed, and the most pixels of a drawn page."""

    ocr: Ocr = "auto"
    second_reader: SecondReader = "none"
    force_ocr: bool = False
    max_pixels: int = MAX_PIXELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a conversion. Raises UsageError when one is out of its range.

    ``pages`` are ranges ``(first, last)`` counted from 1, None for all. ``language`` is that of messages, findings and
    sheet names. ``fail_on`` is the least severity of a finding that makes the command end with 6, None for never.
    ``privacy`` "flag" marks what may be personal data. ``second_reader`` is the engine that also reads the numbers which
    ``ocr`` doubts: what it saw joins their other readings.
    What follows concerns many files: ``timeout`` (seconds for a file, None for no limit), ``silence`` (seconds without
    a finished page), ``memory`` (megabytes of a worker), ``files_per_worker``, ``force`` (do again what the ledger says
    is done), ``cluster`` (where the work is done, None for here). The ceilings ``max_...`` are those of ``IntakeConfig``.
    """

    formats: tuple[str, ...] = ("json", "xlsx")
    ocr: Ocr = "auto"
    second_reader: SecondReader = "none"
    force_ocr: bool = False
    pages: tuple[PageRange, ...] | None = None
    jobs: int = 1
    timeout: float | None = TIMEOUT
    silence: float | None = SILENCE
    memory: int = MEMORY
    files_per_worker: int = FILES_PER_WORKER
    force: bool = False
    cluster: str | None = None
    max_bytes: int = MAX_BYTES
    max_pages: int = MAX_PAGES
    max_pixels: int = MAX_PIXELS
    max_characters: int = MAX_CHARACTERS
    max_objects: int = MAX_OBJECTS
    password: str | None = field(default=None, repr=False)
    language: Language = "ja"
    fail_on: Severity | None = None
    privacy: Privacy = "off"

    def __post_init__(self) -> None:
        """Check every setting."""
        if not self.formats:
            raise UsageError(
                detail_ja="出力形式を一つ以上指定してください。", detail_en="give at least one format."
            )
        _check_choice("ocr", self.ocr, get_args(Ocr))
        _check_choice("second_reader", self.second_reader, get_args(SecondReader))
        _check_choice("language", self.language, get_args(Language))
        _check_choice("privacy", self.privacy, get_args(Privacy))
        if self.fail_on is not None:
            _check_choice("fail_on", self.fail_on, get_args(Severity))
        for name in ("jobs", "files_per_worker", *CEILINGS):
            _check_at_least(name, getattr(self, name), 1)
        _check_at_least("memory", self.memory, MIN_MEMORY)
        for name in ("timeout", "silence"):
            _check_seconds(name, getattr(self, name))
        for first, last in self.pages or ():
            if not 1 <= first <= last:
                raise _page_error(f"{first}-{last}")
        if self.force_ocr and self.ocr == "none":
            raise UsageError(
                detail_ja="--force-ocr と --ocr none は同時に使えません。",
                detail_en="--force-ocr and --ocr none contradict each other.",
            )
        if self.second_reader != "none" and self.ocr in ("none", self.second_reader):
            raise UsageError(
                detail_ja=f"--second-reader {self.second_reader} は --ocr {self.ocr} と同時に使えません。",
                detail_en=f"--second-reader {self.second_reader} makes no sense with --ocr {self.ocr}.",
            )

    def intake(self) -> IntakeConfig:
        """Give the part that opening an input needs."""
        limits = {name: getattr(self, name) for name in CEILINGS}
        return IntakeConfig(pages=self.pages, password=self.password, **limits)

    def reading(self) -> PagesConfig:
        """Give the part that reading pages needs."""
        return PagesConfig(
            ocr=self.ocr,
            second_reader=self.second_reader,
            force_ocr=self.force_ocr,
            max_pixels=self.max_pixels,
        )

    def public(self) -> dict[str, str | bool | None]:
        """Give the settings that can change the JSON, for ``Producer.config``; never the password."""
        pages = None if self.pages is None else ranges_to_text(self.pages)
        return {
            "ocr": self.ocr,
            "second_reader": self.second_reader,
            "force_ocr": self.force_ocr,
            "pages": pages,
            "language": self.language,
            "privacy": self.privacy,
        }


CEILINGS = ("max_bytes", "max_pages", "max_pixels", "max_characters", "max_objects")
"""The limits that an input must keep before it is read."""


def text_to_ranges(text: str) -> tuple[PageRange, ...]:
    """Give the page ranges that ``1-3,7`` names, in the order written; raises UsageError for anything else."""
    ranges: list[PageRange] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise _page_error(text)
        first = int(match[1])
        last = int(match[2] or match[1])
        if not 1 <= first <= last:
            raise _page_error(text)
        ranges.append((first, last))
    return tuple(ranges)


def ranges_to_text(ranges: tuple[PageRange, ...]) -> str:
    """Give page ranges as ``1-3,7``."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(
            detail_ja=f"{name} は {'・'.join(choices)} のいずれかです: {value}",
            detail_en=f"{name} must be one of {', '.join(choices)}, not {value}.",
        )


def _check_at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise UsageError(
            detail_ja=f"{name} は {least} 以上です: {value}",
            detail_en=f"{name} must be {least} or more, not {value}.",
        )


def _check_seconds(name: str, value: float | None) -> None:
    if value is not None and not (0 < value < math.inf):
        raise UsageError(
            detail_ja=f"{name} は 0 より大きい秒数です: {value}",
            detail_en=f"{name} must be a number of seconds above 0, not {value}.",
        )


def _page_error(text: str) -> UsageError:
    return UsageError(
        detail_ja=f"ページは 1-3,7 のように 1 から数えて指定してください: {text}",
        detail_en=f"pages are given like 1-3,7, counted from 1, not {text}.",
    )


DEFAULT = Config()
