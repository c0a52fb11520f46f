"""What alignment tells: numbers at the end of a line, and the right edges they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.document import Line, Word
from extract.geometry import cluster_positions

_LETTER = r"(?:[^\W\d_]|[\u2e80-\u2fd5])"  # fonts with broken tables say ⼈ (a radical, no letter) for 人

NUMBER = re.compile(
    r"[（(]?\s*[△▲▵＋+\-－−]?\s*[0-9０-９](?:[,，.．、\s\u3000]{0,3}[0-9０-９])*"
    rf"(?:[億万千百][0-9０-９,，.．]*)*{_LETTER}{{0,3}}[%％‰㎡㎥]?\s*[)）]?"
)
"""A printed number with its sign and a short unit: enough to see a column of numbers, not to read one."""

UNIT = re.compile(
    r"[千百万億十]{0,2}円|千?[人⼈件]|[名戸⼾台回校冊枚通部日⽇]|世帯|か所|箇所|団体|[%％‰㎡㎥]|km|ha|kg|t"
)
"""A unit that may stand apart from its number."""

SIGN = re.compile(r"[△▲▵＋+\-－−]")

SPACED_DIGIT = re.compile(r"[0-9０-９][,，.．]?|[,，.．]")
SPACED_END = re.compile(rf"[0-9０-９]{_LETTER}{{0,3}}[%％]?")
GROUPED = re.compile(r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+")
"""Digits grouped in thousands: proof that spaced-out digits are one number."""

MARK = re.compile(r"[－―—‐\-ー…‥*＊×X]{1,3}|皆増|皆減")
"""What stands in a column of numbers in place of a number."""

LABEL = re.compile(_LETTER)
"""A label holds at least one letter."""

ENUMERATION = re.compile(r"[0-9０-９]、")

LEADERS = re.compile(r"[…‥・･.．·]{3,}|(?:… ?){2,}")
"""Leader dots, as in a table of contents."""

LETTER_SPACING = 1.2
"""Digits of one number are at most this far apart (ems)."""

SAME_EDGE = 1.6
"""Right edges that differ by at most this (points) are aligned."""


class NumberTail(NamedTuple):
    """The words of a line: those before its last number, and those of the number."""

    label: tuple[Word, ...]
    number: tuple[Word, ...]

    @property
    def gap(self) -> float:
        """The white between label and number (points); infinite where there is no label."""
        return self.number[0].box[0] - self.label[-1].box[2] if self.label else float("inf")

    @property
    def right(self) -> float:
        """The right edge of the number."""
        return self.number[-1].box[2]


def is_number_like(text: str) -> bool:
    """Say whether the text looks like a number with a short unit, or like the mark in place of one."""
    return NUMBER.fullmatch(text) is not None or MARK.fullmatch(text) is not None


def is_strong_number(text: str) -> bool:
    """Say whether the text looks like a number of at least two digits, or one that shows its kind by a mark or unit."""
    return NUMBER.fullmatch(text) is not None and (sum(map(str.isdigit, text)) > 1 or is_telling_number(text))


def is_telling_number(text: str) -> bool:
    """Say whether the text looks like a number and shows it: a separator, a sign, a per cent, a unit, or three digits."""
    if NUMBER.fullmatch(text) is None:
        return False
    shown = LABEL.search(text) is not None or any(c in ",，.．△▲%％" for c in text)
    return shown or sum(map(str.isdigit, text)) > 2


def number_tail(line: Line) -> NumberTail | None:
    """Give the line divided before its last number; None where it does not end with one.

    A number whose digits are spaced out, whose sign stands apart or whose unit does, is several words.
    """
    words = line.words
    last = len(words) - 1
    first = last
    if not is_number_like(words[last].text):
        if last == 0 or not UNIT.fullmatch(words[last].text) or not words[last - 1].text[-1].isdigit():
            return None
        if not is_number_like(words[last - 1].text):
            return None
        if _gap(words, last) >= LETTER_SPACING * words[last].size:
            return None
        first = last - 1
    first = _spaced_digits_start(words, first)
    if (
        first > 0
        and SIGN.fullmatch(words[first - 1].text)
        and _gap(words, first) < LETTER_SPACING * words[first].size
    ):
        first -= 1
    return NumberTail(words[:first], words[first:])


def _gap(words: Sequence[Word], index: int) -> float:
    return words[index].box[0] - words[index - 1].box[2]


def _spaced_digits_start(words: Sequence[Word], last: int) -> int:
    """Give where a number with spaced-out digits begins; its commas must prove it, else 「5　3　0」 are three numbers."""
    first = last
    while (
        first > 0
        and _gap(words, first) < LETTER_SPACING * words[first].size
        and SPACED_DIGIT.fullmatch(words[first - 1].text)
        and (SPACED_DIGIT if first < last else SPACED_END).fullmatch(words[first].text)
    ):
        first -= 1
    joined = "".join(word.text for word in words[first : last + 1])
    return first if GROUPED.search(joined) else last


def has_letters(words: Iterable[Word]) -> bool:
    """Say whether the words hold a letter, so that they can be a label."""
    return any(LABEL.search(word.text) for word in words)


def is_enumeration(words: Iterable[Word]) -> bool:
    """Say whether the words hold a number followed by a comma of a list (4,538、)."""
    return ENUMERATION.search("".join(word.text for word in words)) is not None


def shared_edges(edges: Iterable[float], least: int) -> list[float]:
    """Give the positions, ascending, where at least ``least`` edges lie together (their mean)."""
    return [sum(group) / len(group) for group in cluster_positions(edges, SAME_EDGE) if len(group) >= least]


def near(value: float, positions: Sequence[float], tolerance: float = SAME_EDGE) -> bool:
    """Say whether ``value`` lies within ``tolerance`` points of one of the positions."""
    return any(abs(value - position) <= tolerance for position in positions)
