"""Dates and periods in running text or alone in a cell; pure.

A range has two moments, and the second may leave out what it shares with the first: 令和５年４月１日から９月３０日まで,
令和６～１０年度, R5.4.1～9.30. Its value is the ISO 8601 interval of its first and last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from extract.notation.moments import (
    IMPOSSIBLE,
    POINT_FORM,
    REVERSED,
    YEAR_FORM,
    Moment,
    fiscal_year,
    match_to_moment,
    name_days,
)
from extract.notation.wareki import ERA_LETTERS, ERA_NAMES, Era, sign_to_era, year_to_int

_SMALL: Final = "(?:[0-9]{1,2}|[元一二三四五六七八九十]{1,3})"
_TO: Final = r" ?(?:～|〜|~|－|−|-|–|—|―|から|ー|より) ?"
_HINT: Final = re.compile(rf"年|[{ERA_LETTERS}]\.? ?[0-9元]|[0-9]{{4}}[./\-]|(?:{ERA_NAMES}) ?[0-9]")
_LINK: Final = re.compile(_TO)
_MINUS: Final = frozenset("－−-–")  # 令和５年度－令和４年度 is a difference
_UNTIL: Final = re.compile(" ?まで(?:の間)?")

_YEARS: Final = re.compile(
    rf"(?:(?P<era>{ERA_NAMES}|(?<![A-Za-z0-9])[{ERA_LETTERS}]) ?(?P<start>{_SMALL})|(?P<western>(?<![0-9.,])(?:1[6-9]|20|21)[0-9]{{2}}))"
    rf"{_TO}(?P<stop>[0-9]{{4}}|{_SMALL}) ?年(?![代間])(?P<fiscal>度)?(?! ?{_SMALL} ?月)"
)
"""令和６～１０年度, 2020～2024年: the word 年 once, after both."""

_ELIDED: Final = re.compile(
    rf"(?P<next>翌年|同年|同月|翌)?(?:(?P<year>{_SMALL}) ?年 ?)?(?:(?P<fiscal>度)|(?:(?P<month>{_SMALL}) ?月)?(?: ?(?P<day>{_SMALL}) ?日)?)(?P<end>末日?)?(?![間以後前目経])"
    r"(?: ?[（(][月火水木金土日](?:曜日?)?[)）])?"
)
_ELIDED_POINTS: Final = re.compile(r"(?P<month>[0-9]{1,2}) ?[./] ?(?P<day>[0-9]{1,2})(?![0-9]|[./][0-9])")


@dataclass(frozen=True, slots=True)
class Found:
    """A date or period at ``start`` to ``stop`` of a text: ``iso`` is None where it does not exist; ``doubts`` are codes."""

    start: int
    stop: int
    kind: Literal["date", "period"]
    iso: str | None
    doubts: tuple[str, ...]


@lru_cache(maxsize=4096)
def find_dates(text: str) -> tuple[Found, ...]:
    """Give every date, month, year, fiscal year and period that a text states, in order.

    ``text`` has halfwidth digits and single spaces.
    """
    return tuple(_scan(text)) if _HINT.search(text) else ()


def _scan(text: str) -> Iterator[Found]:
    position = 0
    ahead: dict[re.Pattern[str], re.Match[str] | None] = {
        pattern: pattern.search(text) for pattern in (_YEARS, YEAR_FORM, POINT_FORM)
    }
    while True:
        for pattern, match in ahead.items():
            if match is not None and match.start() < position:
                ahead[pattern] = pattern.search(text, position)
        matches = [match for match in ahead.values() if match is not None]
        if not matches:
            return
        match = min(matches, key=lambda found: found.start())
        found = _read_years(match) if match.re is _YEARS else _read_from(text, match)
        position = max(match.end(), found.stop if found else 0)
        if found is not None:
            yield found


def _read_years(match: re.Match[str]) -> Found | None:
    era = sign_to_era(match["era"]) if match["era"] else None
    start = year_to_int(match["start"] or match["western"])
    stop = year_to_int(match["stop"])
    if not start or not stop:
        return None
    base = era.base if era else 0
    if era is None and len(match["stop"]) < len(match["western"]):
        base, start = start // 100 * 100, start % 100  # 2020～24年度
    first, last = (_year(base + number, era, is_fiscal=bool(match["fiscal"])) for number in (start, stop))
    if first is None or last is None:
        return Found(match.start(), match.end(), "period", None, (IMPOSSIBLE,))
    return _interval(match.start(), match.end(), first, last)


def _year(year: int, era: Era | None, *, is_fiscal: bool) -> Moment | None:
    return fiscal_year(year, era) if is_fiscal else name_days(year, None, None, era)


def _read_from(text: str, match: re.Match[str]) -> Found | None:
    """Give the date that a match begins, with the rest of its range where one follows."""
    first = match_to_moment(match)
    if first is None:
        return None
    if isinstance(first, str):
        return Found(match.start(), match.end(), "date", None, (first,))
    link = _LINK.match(text, match.end())
    if link is not None:
        found = _read_range(text, match.start(), link.end(), first)
        is_difference = found is not None and found.doubts == (REVERSED,) and link.group().strip() in _MINUS
        if found is not None and not is_difference:
            return found
    kind: Literal["date", "period"] = "date" if first.precision == "day" else "period"
    return Found(match.start(), match.end(), kind, first.iso, first.doubts)


def _read_range(text: str, start: int, position: int, first: Moment) -> Found | None:
    for pattern in (YEAR_FORM, POINT_FORM):
        match = pattern.match(text, position)
        if match is not None:
            last = match_to_moment(match)
            break
    else:
        match = (_ELIDED_POINTS if first.precision == "day" else _ELIDED).match(text, position)
        if match is None or not match.group():
            match = _ELIDED.match(text, position)
        if match is None or not any(match.groups()):
            return None
        last = _fill(match, first)
    if last is None:
        return None
    until = _UNTIL.match(text, match.end())
    stop = until.end() if until else match.end()
    if isinstance(last, str):
        return Found(start, stop, "period", None, (last,))
    return _interval(start, stop, first, last)


def _fill(match: re.Match[str], first: Moment) -> Moment | str | None:
    """Give the second moment of a range with what it leaves out taken from the first."""
    groups = match.groupdict()
    month, day = (year_to_int(groups[name]) if groups[name] else None for name in ("month", "day"))
    year = first.first.year
    if groups.get("year"):
        number = year_to_int(groups["year"])
        if not number or first.era is None:
            return None
        year = number + first.era.base
    elif groups.get("fiscal") or (month is None and day is None):
        return None
    if groups.get("fiscal"):
        return fiscal_year(year, first.era) if first.precision == "fiscal" else None
    if (groups.get("next") or "").startswith("翌"):
        if month is None:
            return None
        year += 1
    if month is None and day is not None:
        if first.precision != "day" or groups.get("year"):
            return None
        month = first.first.month
    if (day is not None) != (first.precision == "day") and not groups.get("end"):
        return None  # 令和５年４月～３０日: not a range of like moments
    last = name_days(year, month, day, first.era)
    return IMPOSSIBLE if last is None else last


def _interval(start: int, stop: int, first: Moment, last: Moment) -> Found:
    if last.last < first.first:
        return Found(start, stop, "period", None, (REVERSED,))
    doubts = tuple(dict.fromkeys((*first.doubts, *last.doubts)))
    return Found(start, stop, "period", f"{first.first.isoformat()}/{last.last.isoformat()}", doubts)
