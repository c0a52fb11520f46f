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
PageRange: TypeAlias = tuple[int, int]

MAX_BYTES = 4 * 1024**3
"""Largest input file. PDF offsets beyond 4 GiB are what few readers can follow; a municipal packet is a few MB."""

MAX_PAGES = 10_000
"""Most pages of one input. The largest budget book at hand has 408; a file with more is a bomb or a whole archive."""

MAX_PIXELS = 178_956_970
"""Most pixels of one picture: where Pillow refuses to open it. An A0 sheet at 300 dpi has 140 million."""

_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeConfig:
    """What opening an input needs: which pages, the password, and the limits (bytes, pages, pixels)."""

    pages: tuple[PageRange, ...] | None = None
    password: str | None = field(default=None, repr=False)
    max_bytes: int = MAX_BYTES
    max_pages: int = MAX_PAGES
    max_pixels: int = MAX_PIXELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a conversion. Raises UsageError when one is out of its range.

    ``pages`` are ranges ``(first, last)`` counted from 1, None for all. ``timeout`` is in seconds for one file, None
    for no limit. ``language`` is that of messages, findings and sheet names. ``fail_on`` is the least severity of a
    finding that makes the command end with 6, None for never.
    """

    formats: tuple[str, ...] = ("json", "xlsx")
    ocr: Ocr = "auto"
    force_ocr: bool = False
    pages: tuple[PageRange, ...] | None = None
    jobs: int = 1
    timeout: float | None = None
    password: str | None = field(default=None, repr=False)
    language: Language = "ja"
    fail_on: Severity | None = None

    def __post_init__(self) -> None:
        """Check every setting."""
        if not self.formats:
            raise UsageError(
                detail_ja="出力形式を一つ以上指定してください。", detail_en="give at least one format."
            )
        _check_choice("ocr", self.ocr, get_args(Ocr))
        _check_choice("language", self.language, get_args(Language))
        if self.fail_on is not None:
            _check_choice("fail_on", self.fail_on, get_args(Severity))
        if self.jobs < 1:
            raise UsageError(
                detail_ja=f"同時に動かす数は 1 以上です: {self.jobs}",
                detail_en=f"the number of jobs must be 1 or more, not {self.jobs}.",
            )
        if self.timeout is not None and not (0 < self.timeout < math.inf):
            raise UsageError(
                detail_ja=f"制限時間は 0 より大きい秒数です: {self.timeout}",
                detail_en=f"the time-out must be a number of seconds above 0, not {self.timeout}.",
            )
        for first, last in self.pages or ():
            if not 1 <= first <= last:
                raise _page_error(f"{first}-{last}")
        if self.force_ocr and self.ocr == "none":
            raise UsageError(
                detail_ja="--force-ocr と --ocr none は同時に使えません。",
                detail_en="--force-ocr and --ocr none contradict each other.",
            )

    def intake(self) -> IntakeConfig:
        """Give the part that opening an input needs."""
        return IntakeConfig(pages=self.pages, password=self.password)

    def public(self) -> dict[str, str | bool | None]:
        """Give the settings that can change the JSON, for ``Producer.config``; never the password."""
        pages = None if self.pages is None else ranges_to_text(self.pages)
        return {"ocr": self.ocr, "force_ocr": self.force_ocr, "pages": pages, "language": self.language}


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


def _page_error(text: str) -> UsageError:
    return UsageError(
        detail_ja=f"ページは 1-3,7 のように 1 から数えて指定してください: {text}",
        detail_en=f"pages are given like 1-3,7, counted from 1, not {text}.",
    )


DEFAULT = Config()
