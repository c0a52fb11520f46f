"""Times of day and their ranges, alone in a cell; pure.

9:30, 午後３時３０分, ９時半, 正午, 9:30～16:00. The value is ISO 8601: 09:30, or 09:30/16:00 for a range.
"""

from __future__ import annotations

import re
from typing import Final

from extract.notation.kanji_numbers import kanji_to_int

_NOON: Final = 12
_HOURS: Final = 24
_MINUTES: Final = 60

_KANJI: Final = "[一二三四五六七八九十]{1,3}"
TIME: Final = re.compile(
    r"(?P<noon>正午)|(?P<half>午前|午後)? ?(?P<hour>[0-9]{1,2}) ?(?:[:：] ?(?P<minute>[0-9]{2})(?: ?[:：] ?(?P<second>[0-9]{2}))?(?![0-9])"
    r"|時(?![間点期給限代短])(?: ?(?:(?P<minutes>[0-9]{1,2}) ?分|(?P<quarter>半)))?)"
    rf"|(?P<kanji_half>午前|午後)(?P<kanji_hour>{_KANJI})時(?![間点期給限代短])(?:(?P<kanji_minutes>{_KANJI})分|(?P<kanji_quarter>半))?"
)
_BETWEEN: Final = re.compile(r" ?(?:～|〜|~|－|−|-|–|—|―|から|ー) ?")


def read_time(text: str, start: int = 0) -> str | None:
    """Give the ISO text of the time of day or range that fills ``text`` from ``start`` on, or None.

    12 o'clock under 午前 or 午後 is noon to some and midnight to others, and stays text.
    """
    first = TIME.match(text, start)
    if first is None:
        return None
    begin = _match_to_time(first)
    if begin is None or first.end() == len(text):
        return begin
    link = _BETWEEN.match(text, first.end())
    last = TIME.match(text, link.end()) if link else None
    if last is None or text[last.end() :] not in {"", "まで", " まで"}:
        return None
    end = _match_to_time(last)
    return None if end is None else f"{begin}/{end}"


def _number(text: str) -> int:
    """Give a number in digits or kanji; what is none (十十) is no time of day."""
    value = kanji_to_int(text)
    return _MINUTES if value is None else value


def _match_to_time(match: re.Match[str]) -> str | None:
    if match["noon"]:
        return f"{_NOON}:00"
    half = match["half"] or match["kanji_half"]
    hour = _number(match["hour"] or match["kanji_hour"])
    minute = _number(match["minute"] or match["minutes"] or match["kanji_minutes"] or "0")
    if match["quarter"] or match["kanji_quarter"]:
        minute = 30
    second = match["second"]
    if half:
        if hour >= _NOON:
            return None
        hour += _NOON if half == "午後" else 0
    is_midnight = hour == _HOURS and minute == 0 and not int(second or 0)
    if (hour >= _HOURS and not is_midnight) or minute >= _MINUTES or int(second or 0) >= _MINUTES:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second}" if second else "")
