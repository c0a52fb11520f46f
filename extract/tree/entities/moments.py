"""Dates, periods and times in sentences, also those that leave out what was said before: 同日, ５月４日（土）, 今年度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from extract.notation.moments import fiscal_year, name_days
from extract.notation.periods import find_dates
from extract.notation.times import TIME, read_time
from extract.tree.entities.mentions import Mention, Taken, free_of

_WEEKDAYS: Final = "月火水木金土日"
_WEEKDAY: Final = r"(?: ?[（(](?P<weekday>[月火水木金土日])(?:曜日?)?(?:[・、･ ]?[祝休]日?)?[)）])?"
_SHORT_DAY: Final = re.compile(
    rf"(?<![0-9年])(?P<same>同年|同|本年|翌年)? ?(?P<month>1[0-2]|[1-9])月 ?(?P<day>3[01]|[12][0-9]|[1-9])日(?![間])"
    rf"{_WEEKDAY}"
)
_SHORT_MONTH: Final = re.compile(
    r"(?<![0-9年.第])(?P<same>同年|本年|翌年)? ?(?P<month>1[0-2]|[1-9])月(?! ?[0-9]|分|間|額|例|次|刊|謝|曜)(?:上旬|中旬|下旬|末)?"
    r"(?: ?(?:～|〜|~|－|−|から|より) ?(?:翌年)?(?P<last>1[0-2]|[1-9])月(?! ?[0-9]|間)(?: ?まで(?:の間)?)?)?"
)
_SHORT_RANGE: Final = re.compile(
    r"(?: ?(?:～|〜|~|－|−|から|より) ?)(?:(?P<month>1[0-2]|[1-9])月)? ?(?P<day>3[01]|[12][0-9]|[1-9])日(?![間])"
    r"(?: ?[（(][月火水木金土日](?:曜日?)?[)）])?(?: ?まで(?:の間)?)?"
)
_SAME: Final = re.compile(
    r"同日(?!程|時|常|誌|数)|同月(?P<day>3[01]|[12][0-9]|[1-9])日|翌(?P<next>3[01]|[12][0-9]|[1-9])日(?![間目])|同年度|同年(?![0-9齢代 ]|1?[0-9]月)"
)
_SESSION: Final = re.compile("第[0-9]{1,3}回")  # 令和6年第3回定例会: the year is part of the session's name
_RELATIVE_YEAR: Final = re.compile("(?P<which>今年度|本年度|当年度|昨年度|来年度)")
_STEPS: Final = {"今年度": 0, "本年度": 0, "当年度": 0, "昨年度": -1, "来年度": 1}
_TIME_LINK: Final = re.compile(r" ?(?:～|〜|~|－|−|-|から) ?(?P<next>翌[日朝]の? ?)?")
_DAY_LENGTH: Final = 10  # characters of a full ISO date
_FISCAL_START: Final = 4  # month


@dataclass(slots=True)
class Calendar:
    """What was said of days so far: the last full ``day``, the last one that a passage began with, and the ``issued`` day of the report."""

    issued: date | None
    day: date | None = None
    leading: date | None = None
    period: str | None = field(default=None)

    def hear(self, iso: str, *, leads: bool) -> None:
        """Keep what later words such as 同日 point to; ``leads`` says that a passage begins with it, as in a chronology."""
        if len(iso) == _DAY_LENGTH and iso[0] != "-":
            self.day = date.fromisoformat(iso)
            self.leading = self.day if leads else self.leading
        elif "/" in iso:
            self.period = iso

    @property
    def year(self) -> int | None:
        """The year that a day without a year most likely lies in."""
        known = self.day or self.issued
        return known.year if known else None


def find_moments(text: str, calendar: Calendar) -> list[Mention]:
    """Give the dates, periods and times of a text in order; ``calendar`` is read and kept up."""
    full = [
        Mention(found.start, found.stop, found.kind, found.iso)
        for found in find_dates(text)
        if not _is_law_year(text, found.stop) and not _SESSION.match(text, found.stop)
    ]
    times = free_of(_find_times(text), full)
    steps: list[Mention | re.Match[str]] = [*full]
    for form in (_SHORT_DAY, _SHORT_MONTH, _SAME, _RELATIVE_YEAR):
        steps.extend(form.finditer(text))
    taken = Taken(full)
    found: list[Mention] = []
    for step in sorted(steps, key=lambda one: one.start if isinstance(one, Mention) else one.start()):
        mention = step if isinstance(step, Mention) else _resolve(step, calendar)
        if mention is None or not (isinstance(step, Mention) or taken.is_free(mention.start, mention.stop)):
            continue
        taken.add(mention)
        if isinstance(mention.value, str) and not _is_quoted(text, mention.start):
            calendar.hear(mention.value, leads=mention.start == 0)
        found.append(mention)
    return [*found, *free_of(times, found)]


def _is_quoted(text: str, place: int) -> bool:
    """Say whether someone else's words stand there: what they say of days does not go on after them."""
    return text.count("「", 0, place) > text.count("」", 0, place)


def _is_law_year(text: str, stop: int) -> bool:
    """Say whether a year only tells which 法律第五十七号 it was: that number is one thing."""
    return bool(
        re.match(
            r"(?:[\u4e00-\u9fffぁ-んァ-ヶー]{0,12})(?:法律|令|条例|規則|告示|要綱|規程) ?第", text[stop:]
        )
    )


def _resolve(match: re.Match[str], calendar: Calendar) -> Mention | None:
    if match.re is _RELATIVE_YEAR:
        return _fiscal_mention(match, calendar)
    if match.re is _SAME:
        return _same_range(match, _same_mention(match, calendar))
    if match.re is _SHORT_MONTH:
        return _month_mention(match, calendar)
    month, day = int(match["month"]), int(match["day"])
    if name_days(2000, month, day, None) is None:
        return None
    iso = _with_year(month, day, match, calendar)
    rest = _SHORT_RANGE.match(match.string, match.end())
    if rest is None:
        return Mention(match.start(), match.end(), "date", iso)
    last_month, last_day = int(rest["month"] or month), int(rest["day"])
    if name_days(2000, last_month, last_day, None) is None:
        return Mention(match.start(), rest.end(), "period", None)
    year = iso[: -len("-05-04")]
    if (last_month, last_day) < (month, day) and year.isdecimal():
        year = f"{int(year) + 1:04d}"
    last = f"{year}-{last_month:02d}-{last_day:02d}"
    return Mention(match.start(), rest.end(), "period", f"{iso}/{last}")


def _with_year(month: int, day: int, match: re.Match[str], calendar: Calendar) -> str:
    """Give the ISO day; without a year where neither a word nor the weekday confirms which."""
    year = calendar.year
    bare = f"--{month:02d}-{day:02d}"
    if year is None:
        return bare
    if (year_named := _named_year(match["same"], calendar)) is not None:
        return f"{year_named:04d}{bare[1:]}"
    if match["weekday"]:
        fitting = [
            y
            for y in (year - 1, year, year + 1)
            if (named := name_days(y, month, day, None))
            and named.first.weekday() == _WEEKDAYS.index(match["weekday"])
        ]
        if len(fitting) == 1:
            return f"{fitting[0]}{bare[1:]}"
    return bare


def _month_mention(match: re.Match[str], calendar: Calendar) -> Mention:
    """Read 同年12月, 4月から6月まで; without a year where no word names one."""
    year = _named_year(match["same"], calendar)
    first, last = int(match["month"]), int(match["last"] or match["month"])
    if match["last"] is None:
        return Mention(*match.span(), "period", f"{year:04d}-{first:02d}" if year else f"--{first:02d}")
    if year is None:
        return Mention(*match.span(), "period", f"--{first:02d}/--{last:02d}")
    begin, end = name_days(year, first, 1, None), name_days(year + (last < first), last, None, None)
    value = f"{begin.first.isoformat()}/{end.last.isoformat()}" if begin and end else None
    return Mention(*match.span(), "period", value)


def _named_year(word: str | None, calendar: Calendar) -> int | None:
    if word in {"同年", "同"} and calendar.day is not None:
        return calendar.day.year
    if word == "翌年" and calendar.day is not None:
        return calendar.day.year + 1
    return calendar.issued.year if word == "本年" and calendar.issued is not None else None


def _same_mention(match: re.Match[str], calendar: Calendar) -> Mention:
    day = calendar.leading if match.start() == 0 and calendar.leading else calendar.day
    word = match.group()
    if word == "同年度":
        return Mention(match.start(), match.end(), "period", calendar.period)
    if word == "同年":
        return Mention(match.start(), match.end(), "period", f"{day.year:04d}" if day else None)
    if match["day"]:
        named = name_days(day.year, day.month, int(match["day"]), None) if day else None
        return Mention(match.start(), match.end(), "date", named.iso if named else None)
    if match["next"]:
        after = day + timedelta(days=1) if day else None
        is_next = after is not None and after.day == int(match["next"])
        return Mention(match.start(), match.end(), "date", after.isoformat() if after and is_next else None)
    return Mention(match.start(), match.end(), "date", day.isoformat() if day else None)


def _same_range(match: re.Match[str], first: Mention) -> Mention:
    """Give the period that begins with a day such as 同日 or 翌31日, where one goes on from it: 翌31日から6月5日まで."""
    rest = _SHORT_RANGE.match(match.string, match.end()) if first.label == "date" else None
    if rest is None:
        return first
    day = date.fromisoformat(first.value) if isinstance(first.value, str) else None
    if day is None:
        return Mention(first.start, rest.end(), "period", None)
    month = int(rest["month"] or day.month)
    last = name_days(day.year + (month < day.month), month, int(rest["day"]), None)
    value = f"{first.value}/{last.iso}" if last and last.first >= day else None
    return Mention(first.start, rest.end(), "period", value)


def _fiscal_mention(match: re.Match[str], calendar: Calendar) -> Mention:
    issued = calendar.issued
    if issued is None:
        return Mention(match.start(), match.end(), "period", None)
    year = issued.year - (issued.month < _FISCAL_START) + _STEPS[match["which"]]
    return Mention(match.start(), match.end(), "period", fiscal_year(year, None).iso)


def _find_times(text: str) -> Iterator[Mention]:
    position = 0
    while match := TIME.search(text, position):
        stop = match.end()
        link = _TIME_LINK.match(text, stop)
        last = TIME.match(text, link.end()) if link else None
        if last is not None:
            stop = last.end() + (2 if text.startswith("まで", last.end()) else 0)
        begins = match.start() == 0 or not (
            text[match.start() - 1].isdigit() or text[match.start() - 1] in ":：第."
        )
        value = read_time(text[match.start() : stop].replace(_next_day(link), "")) if begins else None
        if value is not None or (begins and match["half"]):
            blank = match.group().startswith(" ")
            yield Mention(match.start() + blank, stop, "time", value)
        position = max(stop if value is not None else match.end(), match.start() + 1)


def _next_day(link: re.Match[str] | None) -> str:
    """Give the words for the day after between two times: 21時から翌日5時まで ends earlier in the day than it begins."""
    return (link["next"] if link else None) or "翌日"
