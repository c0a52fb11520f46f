"""Dates, periods and times in sentences, also those that leave out what was said before: 同日, ５月４日（土）, 今年度."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from extract.document import EntityLabel
from extract.notation.kanji_numbers import kanji_to_int
from extract.notation.moments import FISCAL_START, fiscal_year, name_days
from extract.notation.periods import find_dates
from extract.notation.times import TIME, read_time
from extract.notation.wareki import sign_to_era, year_to_int
from extract.tree.entities.day_ranges import (
    DAY_NUMBER,
    MONTH_NUMBER,
    SHORT_RANGE,
    TO,
    join_periods,
    range_from_day,
)
from extract.tree.entities.mentions import Mention, Taken, free_of
from extract.tree.entities.said_days import Calendar

_WEEKDAYS: Final = "月火水木金土日"
_WEEKDAY: Final = r"(?: ?[（(](?P<weekday>[月火水木金土日])(?:曜日?)?(?:[・、･ ]?[祝休]日?)?[)）])?"
_NAMED_YEAR: Final = "(?P<same>同年|同|本年|今年|昨年|来年|翌年)?"
_DAY: Final = f"(?P<day>{DAY_NUMBER})日(?![間目])"
_MONTH: Final = "(?P<month>1[0-2]|[1-9])月"
_ANY_MONTH: Final = f"(?P<month>{MONTH_NUMBER})月"
_PART: Final = "(?:上旬|中旬|下旬|初旬)"
_SHORT_DAY: Final = re.compile(
    rf"(?<![0-9年一二三四五六七八九十]){_NAMED_YEAR} ?{_ANY_MONTH} ?{_DAY}{_WEEKDAY}"
)
_SHORT_MONTH: Final = re.compile(
    rf"(?<![0-9年.第])(?P<same>同年|本年|今年|昨年|来年|翌年)? ?{_MONTH}(?! ?[0-9]|分|間|額|例|次|刊|謝|曜)(?:{_PART}|末)?"
    rf"(?:{TO}(?:翌年)?(?P<last>1[0-2]|[1-9])月(?! ?[0-9]|間)(?: ?まで(?:の間)?)?)?"
)
_NEXT_DAY: Final = re.compile(
    rf"(?: ?(?:、|・|及び|並びに|と|又は) ?){_DAY}(?!以[内上]|分|程|休|数|当たり|勤務){_WEEKDAY}"
)
"""A day that shares the month before it: 6月3日、4日及び10日."""
_LONE_DAY: Final = re.compile(
    r"(?<![0-9月年翌同第・、び]) ?(?P<day>3[01]|[12][0-9]|[1-9])日 ?[（(](?P<weekday>[月火水木金土日])(?:曜日?)?[)）]"
)
"""A day whose month is that of the day before it in a chronicle, and whose weekday says so: 30日（金）."""
_BARE_DAY: Final = re.compile(
    "(?<=[、。（「はがもた])(?P<day>3[01]|[12][0-9]|[1-9])日(?=、?(?:午前|午後|未明|早朝|深夜|夜|朝|夕)|から|には|まで(?!に)|に(?![0-9一つか]))"
)
"""A day of the month said last in the same passage: 8月9日から降り、12日午前に避難指示を出した."""
_SAME: Final = re.compile(
    rf"同日(?!程|時|常|誌|数)|同月(?P<day>{DAY_NUMBER})日{_WEEKDAY}|(?<!年)同月(?![0-9額分例次間期比末数]|[一二三四五六七八九十]{{1,3}}日)|翌(?P<next>{DAY_NUMBER})日(?![間目])"
    r"|同年度(?P<same_end>末日?)?|翌年度(?P<end>末日?)|同年(?![0-9齢代 ]|1?[0-9]月)"
)
_SESSION: Final = re.compile(
    "(?:[\u4e00-\u9fff]{1,15}議会)?第[0-9]{1,3}回"
)  # 令和6年第3回定例会: the year is part of the session's name
_RELATIVE_YEAR: Final = re.compile("(?P<which>今年度|本年度|当年度|昨年度|来年度)(?P<end>末日?)?")
_STEPS: Final = {"今年度": 0, "本年度": 0, "当年度": 0, "昨年度": -1, "来年度": 1}
_PAIR_OF_YEARS: Final = re.compile(
    "(?P<era>令和|平成|昭和) ?(?P<first>[1-9][0-9]?|元)(?:・|及び)(?P<last>[1-9][0-9]?) ?年度"
)
_NEXT_YEAR: Final = re.compile("(?: ?(?:、|・|及び|並びに|と|又は) ?)(?P<number>[1-9][0-9]?)年度(?!末)")
_ERA: Final = re.compile("(?P<era>令和|平成|昭和) ?(?P<number>[1-9][0-9]?|元)年度")
_PART_OF_YEAR: Final = re.compile("の?(?:(?P<half>[上下])(?:半期|期)|第(?P<quarter>[1-4一二三四])四半期)")
_MONTH_PART: Final = re.compile(f" ?{_PART}")
_LAW_AFTER: Final = re.compile(r"[\u4e00-\u9fffぁ-んァ-ヶー]{0,12}?(?:法律|令|条例|規則|告示|要綱|規程) ?第")
_TIME_LINK: Final = re.compile(r" ?(?:～|〜|~|－|−|-|から) ?(?P<next>翌[日朝]の? ?)?")
_LAST_MONTH: Final = 12
_FORMS: Final = tuple(
    (form, re.compile(sign))
    for form, sign in (
        (_SHORT_DAY, "月"),
        (_SHORT_MONTH, "月"),
        (_LONE_DAY, r"日 ?[（(][月火水木金土日]"),
        (_BARE_DAY, "月.*日"),
        (_SAME, "[同翌]"),
        (_RELATIVE_YEAR, "年度"),
    )
)
"""The forms that leave something out, each with a sign without which there is none."""
_DEADLINE: Final = re.compile(" ?(?:まで|現在|時点|付け?|以降|以後|から(?:施行|適用))")
"""What makes of a day one that the story does not go on from."""
_YEARLY: Final = re.compile("毎年|例年|各年|通年|年末年始|平年|休館|休業|休日")
_CLOCK: Final = re.compile("[時:：]|正午")
_ISO_MONTH: Final = 7  # characters


def find_moments(text: str, calendar: Calendar) -> list[Mention]:
    """Give the dates, periods and times of a text in order; ``calendar`` is read and kept up."""
    full = list(_find_full(text))
    times = free_of(_find_times(text), full)
    steps: list[Mention | re.Match[str]] = [*full]
    for form, sign in _FORMS:
        if sign.search(text):
            steps.extend(form.finditer(text))
    if not steps and not times:
        return []
    taken = Taken(full)
    found: list[Mention] = []
    for step in sorted(steps, key=lambda one: one.start if isinstance(one, Mention) else one.start()):
        mention = step if isinstance(step, Mention) else _READERS[step.re](step, calendar)
        if mention is None or not (isinstance(step, Mention) or taken.is_free(mention.start, mention.stop)):
            continue
        for one in (mention, *_with_next(text, mention)):
            taken.add(one)
            if isinstance(one.value, str) and not _is_quoted(text, one.start):
                calendar.hear(one.value, leads=one.start == 0)
                if not _DEADLINE.match(text, one.stop):
                    calendar.anchor(one.value, sentence=_sentence(text, one.start), leads=one.start == 0)
            found.append(one)
    found = list(join_periods(text, found))
    return [*found, *free_of(times, found)]


def _sentence(text: str, place: int) -> int:
    """Give which sentence of the text a place lies in."""
    return text.count("。", 0, place)


def _find_full(text: str) -> list[Mention]:
    """Give what names its year, with what makes a part of a year or month of it: 令和6年度上半期, 令和6年11月下旬."""
    pairs = [_pair_of_years(match) for match in _PAIR_OF_YEARS.finditer(text)] if "年度" in text else []
    full = [
        _parted(text, Mention(found.start, found.stop, found.kind, found.iso))
        for found in find_dates(text)
        if not _is_law_year(text, found.stop) and not _SESSION.match(text, found.stop)
    ]
    return sorted([*pairs, *free_of(full, pairs)], key=lambda one: one.start)


def _pair_of_years(match: re.Match[str]) -> Mention:
    """Read 令和6・7年度."""
    era = sign_to_era(match["era"])
    first, last = year_to_int(match["first"]) or 0, int(match["last"])
    years = fiscal_year(first + era.base, era), fiscal_year(last + era.base, era)
    value = f"{years[0].first.isoformat()}/{years[1].last.isoformat()}" if last == first + 1 else None
    return Mention(*match.span(), "period", value)


def _parted(text: str, mention: Mention) -> Mention:
    """Give a fiscal year with the half or quarter of it that follows, a month with 上旬 and the like."""
    value = mention.value if isinstance(mention.value, str) else ""
    if len(value) == _ISO_MONTH and (part := _MONTH_PART.match(text, mention.stop)):
        return replace(mention, stop=part.end())
    if not text.startswith("年度", mention.stop - 2) or mention.label != "period":
        return mention
    part = _PART_OF_YEAR.match(text, mention.stop)
    year = int(value[: value.index("-")]) if part and "/" in value else None
    if part is None or year is None or value != fiscal_year(year, None).iso:
        return mention
    quarter = kanji_to_int(part["quarter"]) if part["quarter"] else None
    first = 0 if quarter is None else 3 * (quarter - 1)
    first, length = (first, 3) if quarter else (6 * (part["half"] == "下"), 6)
    begin = _fiscal_month(year, first)
    end = _fiscal_month(year, first + length - 1)
    days = name_days(*begin, None, None), name_days(*end, None, None)
    if days[0] is None or days[1] is None:
        return mention
    return replace(mention, stop=part.end(), value=f"{days[0].first.isoformat()}/{days[1].last.isoformat()}")


def _fiscal_month(year: int, step: int) -> tuple[int, int]:
    """Give year and month of the month ``step`` months into a fiscal year."""
    month = FISCAL_START + step
    return (year, month) if month <= _LAST_MONTH else (year + 1, month - _LAST_MONTH)


def _with_next(text: str, mention: Mention) -> Iterator[Mention]:
    """Give what goes on from a day or fiscal year and shares its month or era: 6月3日、4日及び10日; 令和5年度及び6年度."""
    if not isinstance(mention.value, str):
        return
    if mention.label == "date":
        while (more := _NEXT_DAY.match(text, mention.stop)) is not None:
            value = str(mention.value)
            day = year_to_int(more["day"]) or 0
            if day <= int(value[-2:]):
                return
            year = value[: -len("-01-01")]
            named = name_days(int(year) if year.isdecimal() else 2000, int(value[-5:-3]), day, None)
            if named is None:
                return
            mention = Mention(more.start("day"), more.end(), "date", f"{value[:-2]}{day:02d}")
            yield mention
        return
    era = _ERA.fullmatch(text, mention.start, mention.stop)
    while era is not None and (more := _NEXT_YEAR.match(text, mention.stop)) is not None:
        sign = sign_to_era(era["era"])
        named_year = fiscal_year(int(more["number"]) + sign.base, sign)
        mention = Mention(more.start("number"), more.end(), "period", named_year.iso)
        yield mention


def _is_quoted(text: str, place: int) -> bool:
    """Say whether someone else's words stand there: what they say of days does not go on after them."""
    return text.count("「", 0, place) > text.count("」", 0, place)


def _is_law_year(text: str, stop: int) -> bool:
    """Say whether a year only tells which 法律第五十七号 it was: that number is one thing."""
    return bool(_LAW_AFTER.match(text, stop))


def _day_mention(match: re.Match[str], calendar: Calendar) -> Mention | None:
    """Read 5月4日（土）, with the day up to which it goes on."""
    month, day = year_to_int(match["month"]) or 0, year_to_int(match["day"]) or 0
    if name_days(2000, month, day, None) is None:
        return None
    iso = _with_year(month, day, match, calendar)
    rest = SHORT_RANGE.match(match.string, match.end())
    if rest is None:
        return Mention(match.start(), match.end(), "date", iso)
    return range_from_day(rest, match.start(), iso)


def _lone_day(match: re.Match[str], calendar: Calendar) -> Mention | None:
    """Read 30日（金） in the month said last; where its weekday does not fit, it is no date for sure."""
    iso = calendar.day_of_month(year_to_int(match["day"]) or 0)
    if iso is None or not iso[0].isdigit():
        return None
    if date.fromisoformat(iso).weekday() != _WEEKDAYS.index(match["weekday"]):
        return None
    return Mention(match.start("day"), match.end(), "date", iso)


def _bare_day(match: re.Match[str], calendar: Calendar) -> Mention | None:
    """Read 12日 as a day where the passage said an earlier or the same day of a month before it."""
    iso = calendar.day_of_month(year_to_int(match["day"]) or 0)
    said = calendar.said
    is_here = said is not None and f"{int(said[-2:])}日" in match.string[: match.start()]
    if iso is None or said is None or not is_here or iso[:-3] != said[:-3] or iso < said:
        return None
    return Mention(*match.span(), "date", iso)


def _with_year(month: int, day: int, match: re.Match[str], calendar: Calendar) -> str:
    """Give the ISO day; without a year where neither a word nor the weekday confirms which."""
    bare = f"--{month:02d}-{day:02d}"
    if (named_year := calendar.year_of(match["same"])) is not None:
        return f"{named_year:04d}{bare[1:]}"
    year = calendar.year
    if match["weekday"] and year is not None:
        fitting = [
            y
            for y in (year - 1, year, year + 1)
            if (named := name_days(y, month, day, None))
            and named.first.weekday() == _WEEKDAYS.index(match["weekday"])
        ]
        return f"{fitting[0]}{bare[1:]}" if len(fitting) == 1 else bare
    text, start = match.string, match.start()
    if _YEARLY.search(text, text.rfind("。", 0, start) + 1, start):
        return bare
    told = calendar.year_of_day(bare, sentence=_sentence(text, start), leads=start == 0)
    return bare if told is None else f"{told:04d}{bare[1:]}"


def _month_mention(match: re.Match[str], calendar: Calendar) -> Mention:
    """Read 同年12月, 4月から6月まで; without a year where no word names one."""
    year = calendar.year_of(match["same"])
    first, last = int(match["month"]), int(match["last"] or match["month"])
    if match["last"] is None:
        return Mention(*match.span(), "period", f"{year:04d}-{first:02d}" if year else f"--{first:02d}")
    if year is None:
        return Mention(*match.span(), "period", f"--{first:02d}/--{last:02d}")
    begin, end = name_days(year, first, 1, None), name_days(year + (last < first), last, None, None)
    value = f"{begin.first.isoformat()}/{end.last.isoformat()}" if begin and end else None
    return Mention(*match.span(), "period", value)


def _same_mention(match: re.Match[str], calendar: Calendar) -> Mention | None:
    word = match.group()
    if "年度" in word:
        return _same_fiscal(match, calendar)
    if word == "同年":
        return Mention(*match.span(), "period", f"{calendar.named_year:04d}" if calendar.named_year else None)
    if word == "同月":
        return Mention(*match.span(), "period", calendar.month)
    if match["day"]:
        iso = calendar.day_of_month(year_to_int(match["day"]) or 0)
        return Mention(*match.span(), "date", iso if _fits(iso, match["weekday"]) else None)
    if match["next"]:
        return Mention(*match.span(), "date", calendar.next_day(year_to_int(match["next"]) or 0))
    return Mention(*match.span(), "date", calendar.same_day(leads=match.start() == 0))


def _fits(iso: str | None, weekday: str | None) -> bool:
    """Say whether a day can be on a weekday."""
    if iso is None or weekday is None or not iso[0].isdigit():
        return True
    return date.fromisoformat(iso).weekday() == _WEEKDAYS.index(weekday)


def _same_fiscal(match: re.Match[str], calendar: Calendar) -> Mention | None:
    """Read 同年度, 同年度末 and 翌年度末; 翌年度 alone names no time of its own."""
    year = calendar.fiscal
    if match["same_end"] or match["end"]:
        moment = fiscal_year(year + bool(match["end"]), None) if year is not None else None
        return Mention(*match.span(), "date", moment.last.isoformat() if moment else None)
    if match.group().startswith("翌"):
        return None
    return Mention(*match.span(), "period", calendar.period)


def _same_range(match: re.Match[str], first: Mention | None) -> Mention | None:
    """Give the period that begins with a day such as 同日 or 翌31日, where one goes on from it: 翌31日から6月5日まで."""
    if (
        first is None
        or first.label != "date"
        or (rest := SHORT_RANGE.match(match.string, match.end())) is None
    ):
        return first
    day = first.value if isinstance(first.value, str) else None
    if day is None or not day[:4].isdecimal():
        return Mention(first.start, rest.end(), "period", None)
    return range_from_day(rest, first.start, day)


def _fiscal_mention(match: re.Match[str], calendar: Calendar) -> Mention:
    issued = calendar.issued
    label: EntityLabel = "date" if match["end"] else "period"
    if issued is None:
        return Mention(*match.span(), label, None)
    year = fiscal_year(issued.year - (issued.month < FISCAL_START) + _STEPS[match["which"]], None)
    if match["end"]:
        return Mention(*match.span(), label, year.last.isoformat())
    return _parted(match.string, Mention(*match.span(), label, year.iso))


_READERS: Final[dict[re.Pattern[str], Callable[[re.Match[str], Calendar], Mention | None]]] = {
    _SHORT_DAY: _day_mention,
    _SHORT_MONTH: _month_mention,
    _BARE_DAY: _bare_day,
    _LONE_DAY: _lone_day,
    _SAME: lambda match, calendar: _same_range(match, _same_mention(match, calendar)),
    _RELATIVE_YEAR: _fiscal_mention,
}


def _find_times(text: str) -> Iterator[Mention]:
    position = 0 if _CLOCK.search(text) else len(text)
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
        if value is not None or (begins and (match["half"] or match["kanji_half"])):
            blank = match.group().startswith(" ")
            yield Mention(match.start() + blank, stop, "time", value)
        position = max(stop if value is not None else match.end(), match.start() + 1)


def _next_day(link: re.Match[str] | None) -> str:
    """Give the words for the day after between two times: 21時から翌日5時まで ends earlier in the day than it begins."""
    return (link["next"] if link else None) or "翌日"
