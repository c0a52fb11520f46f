"""和暦 (wareki): the Japanese eras and what a year in one of them is in the western calendar; pure.

Romanised: 明治 Meiji, 大正 Taishō, 昭和 Shōwa, 平成 Heisei, 令和 Reiwa; 元年 gannen is the first year of an era. The days
of change are those of the decrees (元号を改める政令; 大正 from 30 July 1912, 昭和 from 25 December 1926).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

SOLAR_CALENDAR: Final = date(1873, 1, 1)
"""明治六年一月一日: before it, months and days were those of the lunisolar calendar and are not converted here."""


class Era(NamedTuple):
    """An era: ``first`` and ``last`` day, and the western year before its first one."""

    name: str
    letter: str
    square: str
    first: date
    last: date

    @property
    def base(self) -> int:
        """Give the western year that would be year 0 of the era."""
        return self.first.year - 1


ERAS: Final = (
    Era("明治", "M", "㍾", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", "T", "㍽", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", "㍼", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", "㍻", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", "㋿", date(2019, 5, 1), date.max),
)
_BY_SIGN: Final = {sign: era for era in ERAS for sign in (era.name, era.letter, era.square)}
ERA_NAMES: Final = "|".join(f"{era.name}|{era.square}" for era in ERAS)
ERA_LETTERS: Final = "".join(era.letter for era in ERAS)

_KANJI_DIGITS: Final = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


def sign_to_era(sign: str) -> Era:
    """Give the era of 「令和」, 「R」 or 「㋿」; KeyError for anything else."""
    return _BY_SIGN[sign]


@lru_cache(maxsize=512)
def year_to_int(digits: str) -> int | None:
    """Give the number written as 5, 元, 六, 十九, 三十一 or 二〇二四, or None where it is none (十十, 二百十)."""
    if digits.isdecimal():
        return int(digits)
    if digits == "元":
        return 1
    if "十" not in digits:
        if len(digits) > 1 and len(digits) != len("二〇二四"):
            return None
        values = [_KANJI_DIGITS.get(digit) for digit in digits]
        return None if None in values else int("".join(str(value) for value in values))
    tens, _, ones = digits.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "〇" in (tens, ones) or not set(tens + ones) <= _KANJI_DIGITS.keys():
        return None
    return (_KANJI_DIGITS[tens] if tens else 1) * 10 + (_KANJI_DIGITS[ones] if ones else 0)


def is_outside_era(era: Era, first: date, last: date) -> bool:
    """Say whether no day from ``first`` to ``last`` lies in the era (平成３５年, 昭和６４年１月８日)."""
    return last < era.first or first > era.last
