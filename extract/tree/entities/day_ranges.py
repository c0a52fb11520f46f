"""Periods in sentences whose two ends are not alike or leave out their years: 9月24日から同年10月末まで, 同年7月から令和6年8月まで."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from extract.notation.moments import name_days
from extract.notation.wareki import year_to_int
from extract.tree.entities.mentions import Mention

IN_KANJI: Final = "三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
DAY_NUMBER: Final = f"3[01]|[12][0-9]|[1-9]|{IN_KANJI}"
MONTH_NUMBER: Final = "1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
TO: Final = "(?: ?(?:～|〜|~|－|−|から|より) ?)"
SHORT_RANGE: Final = re.compile(
    rf"{TO}(?P<next>翌年|同年|同月|翌月)?(?:(?:(?P<month>{MONTH_NUMBER})月)? ?(?P<day>{DAY_NUMBER})日(?![間目])"
    rf"(?: ?[（(][月火水木金土日](?:曜日?)?[)）])?|(?P<whole>{MONTH_NUMBER})月末日?)(?: ?まで(?:の間)?)?"
)
_JOINED: Final = re.compile(f"{TO}$")
_UNTIL: Final = re.compile(" ?まで(?:の間)?")
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH: Final = re.compile("[0-9]{4}-[0-9]{2}")
_LEAP_YEAR: Final = 2000
_LAST_MONTH: Final = 12
_LONGEST_LINK: Final = 4  # characters of から with a space on both sides


def range_from_day(match: re.Match[str], start: int, iso: str) -> Mention:
    """Give the period that begins with a day, --05-04 where its year is not known, and goes on with ``SHORT_RANGE``."""
    year, month, day = iso[: -len("-05-04")], int(iso[-5:-3]), int(iso[-2:])
    named = match["month"] or match["whole"]
    last_month = (year_to_int(named) if named else None) or month
    if match["next"] == "翌月":
        last_month = month % _LAST_MONTH + 1
    known = int(year) if year.isdecimal() else None
    last_day = None if match["whole"] else year_to_int(match["day"]) or 0
    if match["next"] != "翌年" and last_month == month and last_day is not None and last_day < day:
        return Mention(start, match.end(), "period", None)
    goes_over = match["next"] == "翌年" or last_month < month
    if known is not None:
        known += goes_over
    last = name_days(known or _LEAP_YEAR, last_month, last_day, None)
    if last is None or (known is None and match["whole"] and last_month == 2):
        return Mention(start, match.end(), "period", None)
    end = last.last.isoformat() if known is not None else f"--{last.last.isoformat()[5:]}"
    return Mention(start, match.end(), "period", f"{iso}/{end}")


def join_periods(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Give the mentions, two days or months with から between them as one period where the first lies before the second."""
    held: Mention | None = None
    for mention in mentions:
        joined = _join(text, held, mention) if held is not None else None
        if held is not None and joined is None:
            yield held
        held = joined or mention
    if held is not None:
        yield held


def _join(text: str, first: Mention, last: Mention) -> Mention | None:
    if not 0 < last.start - first.stop <= _LONGEST_LINK or not _JOINED.fullmatch(
        text, first.stop, last.start
    ):
        return None
    until = _UNTIL.match(text, last.stop)
    if until is None and "か" in text[first.stop : last.start]:
        return None  # 6月3日から令和6年7月1日に: a change, not a period
    for form in (_DAY, _MONTH):
        ends = str(first.value), str(last.value)
        if all(form.fullmatch(end) for end in ends) and ends[0] < ends[1]:
            year, month, *day = (int(part) for part in ends[1].split("-"))
            end = name_days(year, month, day[0] if day else None, None)
            if end is None:
                return None
            begin = ends[0] if day else f"{ends[0]}-01"
            stop = until.end() if until else last.stop
            return replace(first, stop=stop, label="period", value=f"{begin}/{end.last.isoformat()}")
    return None
