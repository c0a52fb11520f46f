"""What a report said of days so far, which later words such as 同日, 同月17日, 同年9月 and 翌年3月 point to; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from extract.notation.moments import FISCAL_START, name_days

_DAY: Final = re.compile("(?:[0-9]{4}|-)-([0-9]{2})-([0-9]{2})")
_MONTH: Final = re.compile("(?:[0-9]{4}|-)-[0-9]{2}")
_YEAR: Final = re.compile("[0-9]{4}")
_FISCAL: Final = re.compile("([0-9]{4})-04-01/[0-9]{4}-03-31")
_YEAR_LENGTH: Final = 4
_FULL_DAY: Final = 10  # characters of a full ISO date
_ANY_YEAR: Final = 2001  # no leap year: 翌1日 after 2月28日


_NEAR: Final = 1  # years between a day and the report that goes on telling of it


@dataclass(frozen=True, slots=True)
class Anchor:
    """A full day or month that days without a year after it may take their year from, and the sentence it is said in."""

    iso: str
    sentence: int


@dataclass(slots=True)
class Calendar:
    """The last ``day`` with its year, the last day, month, year and period at all, and the ``issued`` day of the report.

    ``said`` and ``leading`` are ISO days, of which the latter is the last one that a passage began with; a day without a
    year is --08-16, a month --08. ``anchored`` is what the passage says a day without a year goes on from, ``chronicle`` the
    day that an earlier passage of the same ``chapter`` begins with.
    """

    issued: date | None
    day: date | None = None
    said: str | None = None
    leading: str | None = None
    month: str | None = None
    named_year: int | None = None
    period: str | None = None
    anchored: Anchor | None = None
    chronicle: str | None = None
    chapter: str | None = None

    def enter(self, chapter: str) -> None:
        """Begin a passage of a chapter."""
        self.anchored = None
        if chapter != self.chapter:
            self.chapter, self.chronicle = chapter, None

    def anchor(self, iso: str, *, sentence: int, leads: bool) -> None:
        """Keep a full day or month, or the first day of a period within a year, for days that come without a year."""
        first, _, last = iso.partition("/")
        if _FISCAL.fullmatch(iso) or (last and first[:_YEAR_LENGTH] != last[:_YEAR_LENGTH]):
            self.anchored = None
        elif _YEAR.match(first) and len(first) > _YEAR_LENGTH:
            self.anchored = Anchor(first, sentence)
            if leads and len(first) == _FULL_DAY:
                self.chronicle = first

    def year_of_day(self, bare: str, *, sentence: int, leads: bool) -> int | None:
        """Give the year of a day --08-16: that of the nearest day before it in the passage, which it must not lie before.

        In another sentence only a day near the report's own, and not after it, is one that the story goes on from. A day
        that begins a passage goes on from the day that an earlier one of the chapter begins with.
        """
        anchor = self.anchored
        if anchor is None and leads and self.chronicle is not None:
            anchor = Anchor(self.chronicle, sentence)
        if (
            anchor is None
            or bare[len("--") :] < anchor.iso[_YEAR_LENGTH + 1 :]
            or not self._goes_on(anchor, sentence)
        ):
            return None
        return int(anchor.iso[:_YEAR_LENGTH])

    def _goes_on(self, anchor: Anchor, sentence: int) -> bool:
        if anchor.sentence == sentence:
            return True
        issued = self.issued
        if issued is None or len(anchor.iso) != _FULL_DAY or anchor.iso > issued.isoformat():
            return False
        return issued.year - int(anchor.iso[:_YEAR_LENGTH]) <= _NEAR

    def hear(self, iso: str, *, leads: bool) -> None:
        """Keep what later words point to; ``leads`` says that a passage begins with it, as in a chronology.

        A day whose year is not known leaves open what 同年 means.
        """
        if iso.startswith("--") and (self.anchored is None or len(iso.partition("/")[0]) > len("--08")):
            self.named_year = None
        if "/" in iso:
            self.period = iso
            self._hear_last(iso)
            return
        if _DAY.fullmatch(iso):
            self.said = iso
            self.leading = iso if leads else self.leading
            self.day = date.fromisoformat(iso) if len(iso) == _FULL_DAY else self.day
        self._hear_month(iso)

    def _hear_last(self, iso: str) -> None:
        last = iso.partition("/")[2]
        if not _FISCAL.fullmatch(iso) and (_DAY.fullmatch(last) or _MONTH.fullmatch(last)):
            self._hear_month(last)

    def _hear_month(self, iso: str) -> None:
        if _DAY.fullmatch(iso):
            self.month = iso[: -len("-01")]
        elif _MONTH.fullmatch(iso):
            self.month = iso
        if _YEAR.match(iso):
            self.named_year = int(iso[:_YEAR_LENGTH])

    @property
    def year(self) -> int | None:
        """The year that a day without a year most likely lies in."""
        known = self.day or self.issued
        return known.year if known else None

    @property
    def fiscal(self) -> int | None:
        """The fiscal year that 翌年度 follows: the last one that was named, else that of the last day."""
        match = _FISCAL.fullmatch(self.period or "")
        if match:
            return int(match[1])
        known = self.day or self.issued
        return None if known is None else known.year - (known.month < FISCAL_START)

    def year_of(self, word: str | None) -> int | None:
        """Give the year that 同年, 翌年, 本年, 昨年 or 来年 means."""
        if word in {"同年", "同"}:
            return self.named_year
        if word == "翌年":
            return None if self.named_year is None else self.named_year + 1
        steps = {"本年": 0, "今年": 0, "昨年": -1, "来年": 1}
        return self.issued.year + steps[word] if word in steps and self.issued is not None else None

    def same_day(self, *, leads: bool) -> str | None:
        """Give what 同日 means; at the beginning of a passage the day that a passage began with."""
        return self.leading if leads and self.leading else self.said

    def day_of_month(self, day: int) -> str | None:
        """Give what 同月17日 means."""
        if self.month is None:
            return None
        year, month = self.month[: -len("-01")], int(self.month[-2:])
        named = name_days(int(year) if year.isdecimal() else _ANY_YEAR, month, day, None)
        return f"{self.month}-{day:02d}" if named else None

    def next_day(self, day: int) -> str | None:
        """Give what 翌21日 means, where the day after the last one is the 21st."""
        match = _DAY.fullmatch(self.said or "")
        if match is None or self.said is None:
            return None
        year = self.said[: -len("-01-01")]
        known = name_days(int(year) if year.isdecimal() else _ANY_YEAR, int(match[1]), int(match[2]), None)
        after = known.first + timedelta(days=1) if known else None
        if after is None or after.day != day:
            return None
        return after.isoformat() if year.isdecimal() else f"--{after.month:02d}-{after.day:02d}"
