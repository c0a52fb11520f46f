"""One date, month, year or fiscal year as it is written, read into the days it spans; pure.

Texts come with halfwidth digits (``characters.fold_width``) and at most one space between any two characters.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from extract.notation.wareki import (
    ERA_LETTERS,
    ERA_NAMES,
    SOLAR_CALENDAR,
    Era,
    is_outside_era,
    sign_to_era,
    year_to_int,
)

Precision: TypeAlias = Literal["day", "month", "year", "fiscal"]

IMPOSSIBLE: Final = "cell.impossible-date"
OUTSIDE_ERA: Final = "text.date-outside-era"
DISAGREES: Final = "text.date-disagrees"
REVERSED: Final = "text.period-reversed"

FISCAL_START: Final = 4
"""Month: the fiscal year of a municipality runs from 1 April to 31 March (地方自治法第２０８条)."""

_WEEKDAYS: Final = "月火水木金土日"

_SMALL: Final = "(?:[0-9]{1,2}|[元一二三四五六七八九十]{1,3})"
_WESTERN: Final = "(?:(?<![0-9.,])(?:1[6-9]|20|21)[0-9]{2}|[一二][〇一二三四五六七八九]{3})"
_LETTER: Final = rf"(?<![A-Za-z0-9])[{ERA_LETTERS}]\.?(?= ?[0-9元])"
_ERA: Final = rf"(?:{ERA_NAMES}|{_LETTER})"
_GLOSS: Final = rf"[（(](?:(?:{ERA_NAMES}) ?{_SMALL}|[0-9]{{4}}) ?年?度?[)）]"
_WEEKDAY: Final = r"[（(](?P<weekday>[月火水木金土日])(?:曜日?)?(?:[・、･ ]?[祝休]日?)?[)）]"

YEAR_FORM: Final = re.compile(
    rf"(?:(?P<era>{_ERA}) ?(?P<era_year>{_SMALL})|(?:西暦 ?)?(?P<western>{_WESTERN})) ?(?P<gloss>{_GLOSS})?"
    rf" ?年(?![代間])(?: ?(?P<fiscal>度)(?P<fiscal_end>末日?)?"
    rf"|(?P<late_gloss>{_GLOSS})?(?: ?(?P<month>{_SMALL}) ?月(?: ?(?P<day>{_SMALL}) ?日(?: ?{_WEEKDAY})?|(?P<month_end>末日?))?)?)"
)
"""令和６年, 令和５年度, 令和６年７月１９日（金）, 二〇二四年七月, R5年度, 平成31（2019）年度; from the year down."""

POINT_FORM: Final = re.compile(
    rf"(?:(?P<era>{_ERA}) ?(?P<era_year>[0-9]{{1,2}}|元)|(?P<western>(?<![0-9.,])(?:1[6-9]|20|21)[0-9]{{2}}(?=/|[.\-][0-9]{{1,2}}[.\-])))"
    rf" ?(?P<separator>[./\-]) ?(?P<month>[0-9]{{1,2}})(?: ?(?P=separator) ?(?P<day>[0-9]{{1,2}})(?: ?{_WEEKDAY})?)?(?![0-9]|[.,/\-][0-9])"
)
"""H28.1, R6.3.31, S63/4/1, 2024/7/19, 2024.7.19, 2024-07-19, 2024/7; 「2024.7」 is a decimal number and no month."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The days from ``first`` to ``last`` that a date, month, year or fiscal year names.

    ``era`` and ``western_year`` are kept for what follows and leaves them out (～９月３０日); ``doubts`` are codes of
    findings.
    """

    first: date
    last: date
    precision: Precision
    era: Era | None
    doubts: tuple[str, ...] = ()

    @property
    def iso(self) -> str:
        """Give the ISO 8601 text: a date, a month (2016-01), a year (2023) or the interval of a fiscal year."""
        if self.precision == "day":
            return self.first.isoformat()
        if self.precision == "month":
            return self.first.isoformat()[:7]
        if self.precision == "year":
            return f"{self.first.year:04d}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def match_to_moment(match: re.Match[str]) -> Moment | str | None:
    """Give what a match of ``YEAR_FORM`` or ``POINT_FORM`` names.

    A date that does not exist gives the code of its finding; None is what is no date after all: H28.45 (a size, a
    version), or a day of the lunisolar calendar.
    """
    groups = match.groupdict()
    era = sign_to_era(groups["era"].rstrip(".")) if groups["era"] else None
    number = year_to_int(groups["era_year"] or groups["western"])
    if not number:
        return IMPOSSIBLE if number == 0 else None
    year = number + era.base if era else number
    month, day = _small(groups["month"]), _small(groups["day"])
    is_sure = "separator" not in groups or groups["day"] is not None
    if not is_sure and groups["era"] and groups["era"].startswith("M"):
        return None  # M7.3 is the magnitude of an earthquake
    if groups.get("fiscal"):
        moment = fiscal_year(year, era)
        if groups["fiscal_end"]:
            moment = Moment(moment.last, moment.last, "day", era, moment.doubts)
    else:
        named = name_days(year, month, day, era)
        if named is None:
            return IMPOSSIBLE if is_sure else None
        moment = named
    if moment.precision in {"day", "month"} and moment.first < SOLAR_CALENDAR:
        return None
    if groups.get("month_end"):
        moment = Moment(moment.last, moment.last, "day", era, moment.doubts)
    return _with_doubts(moment, groups, year)


def name_days(year: int, month: int | None, day: int | None, era: Era | None) -> Moment | None:
    """Give the day, month or calendar year, or None where the calendar has none such."""
    if not date.min.year <= year < date.max.year:
        return None
    if month is None:
        return _in_era(Moment(date(year, 1, 1), date(year, 12, 31), "year", era))
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    if day is None:
        return _in_era(Moment(date(year, month, 1), date(year, month, length), "month", era))
    if not 1 <= day <= length:
        return None
    return _in_era(Moment(date(year, month, day), date(year, month, day), "day", era))


def fiscal_year(year: int, era: Era | None) -> Moment:
    """Give the fiscal year (年度 nendo) that begins in April of ``year``.

    令和元年度 began under 平成 and 平成３１年度 is the same year: both are in order.
    """
    moment = Moment(date(year, FISCAL_START, 1), date(year + 1, FISCAL_START - 1, 31), "fiscal", era)
    return _in_era(moment)


def _in_era(moment: Moment) -> Moment:
    if moment.era is None or not is_outside_era(moment.era, moment.first, moment.last):
        return moment
    return Moment(moment.first, moment.last, moment.precision, moment.era, (OUTSIDE_ERA,))


def _small(digits: str | None) -> int | None:
    """Give a month or day; 0, which no calendar has, where the numeral is none."""
    return None if digits is None else year_to_int(digits) or 0


def _with_doubts(moment: Moment, groups: dict[str, str | None], year: int) -> Moment:
    doubts = moment.doubts
    weekday = groups["weekday"]
    if weekday and moment.first.weekday() != _WEEKDAYS.index(weekday):
        doubts += (DISAGREES,)
    gloss = groups.get("gloss") or groups.get("late_gloss")
    if gloss and _gloss_year(gloss) != year:
        doubts += (DISAGREES,)
    return Moment(moment.first, moment.last, moment.precision, moment.era, doubts)


def _gloss_year(gloss: str) -> int | None:
    """Give the western year of a gloss such as （2019年） or （令和元）."""
    inner = gloss.strip("（()）").replace(" ", "").rstrip("度").rstrip("年")
    if inner.isdecimal():
        return int(inner)
    sign = inner[:1] if inner[:1] in ERA_NAMES.split("|") else inner[:2]
    number = year_to_int(inner[len(sign) :])
    return None if number is None else number + sign_to_era(sign).base
