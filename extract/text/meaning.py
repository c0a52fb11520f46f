"""The clean text of a cell -> what it is: a number, a date, a period, a time, a missing mark, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extract.characters import UNMAPPED, fold_width, without_spaces
from extract.document import CellKind, Value
from extract.notation.numerals import SEVERAL, UNCLEAR, Number, read_number
from extract.notation.periods import Found, find_dates
from extract.notation.times import read_time
from extract.notation.units import is_unit
from extract.text.lost_commas import restore_comma
from extract.text.missing import read_missing
from extract.text.wrapping import lines_to_text

LOST_COMMA: Final = "text.lost-comma"

_AFTER_DATE: Final = re.compile(" ?(?:現在|時点|分|付け?|[（(]?(?:予定|見込み?)[）)]?)?")
_OUTER: Final = re.compile(
    r"[（(〔［\[【] ?(?P<inner>[^（(〔［\[【】\]］〕)）]*(?:[（(][^（()）]*[)）][^（(〔［\[【】\]］〕)）]*)*) ?[】\]］〕)）]"
)
_DIGIT: Final = re.compile("[0-9]")
_PLAIN_INTEGER: Final = re.compile("(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){0,4})")
_LONGEST_VALUE: Final = 80  # no number, date or period of a cell is longer


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell says: its clean text, and its value where it has one; ``doubts`` are codes of findings."""

    text: str
    kind: CellKind
    value: Value = None
    unit: str | None = None
    missing: str | None = None
    doubts: tuple[str, ...] = ()


EMPTY: Final = Meaning("", "empty")


@lru_cache(maxsize=16384)
def read_lines(raws: tuple[str, ...], *, is_spread: bool = False) -> Meaning:
    """Give the meaning of a cell from its raw lines.

    ``is_spread`` says that the table around it sets its numbers letter-spaced.
    """
    text = lines_to_text(raws, _stands_alone)
    if not text:
        return EMPTY
    if UNMAPPED in text:
        return Meaning(text, "text")
    if "\n" in text:
        return _read_entries(text)
    if len(raws) > 1 and (wrapped := _read_wrapped_number(raws)) is not None:
        return wrapped
    return read_text(text, without_spaces("".join(raws)), is_spread=is_spread)


def _read_wrapped_number(raws: tuple[str, ...]) -> Meaning | None:
    """Give the number that a narrow cell broke over its lines (▲11,77 / 6): its first line alone is none."""
    first = fold_width(without_spaces(raws[0]))
    if not _DIGIT.search(first) or _stands_alone(first):
        return None
    number = read_number(fold_width(without_spaces("".join(raws))))
    if not isinstance(number, Number):
        return None
    return Meaning(number.text, "number", number.value, number.unit, doubts=number.doubts)


def read_text(text: str, printed: str, *, is_spread: bool = False) -> Meaning:
    """Give the meaning of one clean line; ``printed`` is it as printed, without spaces (for a missing mark)."""
    if _PLAIN_INTEGER.fullmatch(text):
        return Meaning(text, "number", int(text.replace(",", "")))
    mark = read_missing(printed)
    if mark is not None:
        return Meaning(text, "missing", unit=mark[1], missing=mark[0])
    if len(text) > _LONGEST_VALUE:
        return Meaning(text, "text")
    dated = _read_date(text)
    if dated is not None:
        return dated
    if not _DIGIT.search(text):
        return Meaning(text, "text")
    time = read_time(text)
    if time is not None:
        return Meaning(text, "time", time)
    number = read_number(text, is_spread=is_spread)
    if isinstance(number, Number):
        return Meaning(number.text, "number", number.value, number.unit, doubts=number.doubts)
    if number == UNCLEAR and (restored := restore_comma(text)) is not None:
        whole = read_number(restored)
        if isinstance(whole, Number):
            return Meaning(text, "number", whole.value, whole.unit, doubts=(*whole.doubts, LOST_COMMA))
    return Meaning(text, "text", doubts=() if number is None else (number,))


def _stands_alone(text: str) -> bool:
    return read_text(text, without_spaces(text)).kind != "text"


def _read_entries(text: str) -> Meaning:
    """Give the meaning of a cell with several entries: text, with a finding where all of them are numbers.

    A unit over a number is one number: budgets print ％ or 円 once, in the first cell of a column.
    """
    parts = text.split("\n")
    entries = [read_text(part, without_spaces(part)) for part in parts]
    if len(parts) == 2 and is_unit(parts[0]) and entries[1].kind == "number" and not entries[1].unit:
        unit = parts[0].replace("％", "%")
        return Meaning(text, "number", entries[1].value, unit, doubts=entries[1].doubts)
    doubts = tuple(dict.fromkeys(doubt for entry in entries for doubt in entry.doubts))
    if all(entry.kind == "number" for entry in entries):
        return Meaning(text, "text", doubts=(SEVERAL, *doubts))
    return Meaning(text, "text", doubts=doubts)


def _read_date(text: str) -> Meaning | None:
    """Give the date or period that is all of ``text``, or the text with the doubts of the dates within it."""
    founds = find_dates(text)
    if not founds:
        return None
    start, stop = 0, len(text)
    outer = _OUTER.fullmatch(text)
    if outer is not None:
        start, stop = outer.span("inner")
    found = founds[0]
    if found.start == start and found.iso is not None:
        rest = text[found.stop : stop]
        if _AFTER_DATE.fullmatch(rest):
            return Meaning(text, found.kind, found.iso, doubts=found.doubts)
        timed = _with_time(found, rest.strip())
        if timed is not None:
            return Meaning(text, "period" if "/" in timed else "date", timed, doubts=found.doubts)
    doubts = tuple(dict.fromkeys(doubt for date in founds for doubt in date.doubts))
    return Meaning(text, "text", doubts=doubts)


def _with_time(found: Found, rest: str) -> str | None:
    """Give the ISO text of a day with the time or times after it, or None."""
    time = read_time(rest) if found.kind == "date" else None
    if time is None:
        return None
    return "/".join(f"{found.iso}T{part}" for part in time.split("/"))
