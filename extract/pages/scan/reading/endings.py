"""What stands behind the number of a line: how likely each unit is there, by what the recogniser thought of and by the room it takes."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from extract.characters import is_digit
from extract.engines.base import Slot
from extract.pages.scan.lines.crops import SIDE
from extract.pages.scan.lines.growing import TextLine

_USUAL = {
    1.0: "円 千円 人 件 %",
    0.3: "百万円 万円 億円 回 世帯 戸 m ㎡ ㎥ 台 日 時間 か所 箇所 校 名 枚 冊 歳 分 倍 点 本 個 ha km",
    0.1: "千人 千件 千㎡ 万人 室 食 棟 団体 社 店 園 館 部 票 頭 匹 羽 組 床 通 割 秒 班 隊 席 基 カ所 ヶ所 か月 カ月 ヶ月 kg t 人日 "
    "学級 教室 施設 路線 地区 区画 ポイント トン kWh 隻 両 着 箱 袋 杯 泊 局 課 項目 講座 事業 区 市 町 村",
}
USUAL = {unit: weight for weight, units in _USUAL.items() for unit in units.split()}
"""Units and how usual they are in tables, roughly."""

FOLDED = frozenset(unicodedata.normalize("NFKC", unit) for unit in USUAL)

SURE = 0.9
"""A character at least this probable was read."""

SEEN, UNSEEN = 1e-4, 1e-5
"""A character of at least the first probability was thought of; what was not thought of has the second."""

DEBRIS = 0.2
"""Least probability that a place behind a number holds nothing of its own: worn characters fall into pieces."""

DIRT = 1e-3
"""Greatest probability that a place that was read as a character is dirt."""

LONGEST_TAIL = 6
"""A number has at most so many places behind it, debris included."""

ROOM = 0.25
"""Usual error (ems) of the room behind a number."""

BARS = "11"
"""Figures that are what is left of a worn 日."""

WIDE = {"％": "%", "ｍ": "m"}

SIGNS, SEPARATORS = frozenset("△▲-+"), frozenset(",.:;'`")
GROUPED = re.compile(r"[△▲+-]?\d{1,3}(?:,\d{3})+(?=\d{1,2}$)")
"""A number with commas that one or two figures too many follow: they are what a unit was read as."""


class Ending(NamedTuple):
    """What stands behind the number of a line: the slots from ``start`` on.

    ``text`` is what was read there for sure, else None; ``is_figure`` says that figures were read;
    ``ends_in_bars`` that the number ends in 11; ``room`` is the width of it all in ems.
    """

    start: int
    slots: tuple[Slot, ...]
    text: str | None
    is_figure: bool
    ends_in_bars: bool
    room: float


def find_ending(slots: Sequence[Slot], line: TextLine) -> Ending | None:
    """Give what stands behind the number that a line begins with, None where it begins with none."""
    end = 0
    text = ""
    for place, slot in enumerate(slots):
        top = folded(slot)
        if top and not (is_digit(top) or top in SEPARATORS or (top in SIGNS and not text)):
            break
        text += top
        if is_digit(top or " "):
            end = place + 1
    if not end:
        return None
    is_bars = text.endswith(BARS)
    extra = GROUPED.match(text)
    shown = [place for place in range(end) if folded(slots[place])]
    if extra is not None and end == shown[-1] + 1:
        end = shown[extra.end() - 1] + 1
    tail = tuple(slots[end:])
    if len(tail) > LONGEST_TAIL:
        return None
    is_sure = extra is None and all(map(_is_sure, tail))
    text = "".join(folded(slot) for slot in tail)
    return Ending(
        end, tail, text if is_sure else None, extra is not None, is_bars, _room(slots[end - 1], line)
    )


def _is_sure(slot: Slot) -> bool:
    first = slot.choices[0]
    blank = 0.0 if first.text.strip() else sum(c.probability for c in slot.choices if not c.text.strip())
    return max(first.probability, blank) >= SURE


def _room(last: Slot, line: TextLine) -> float:
    """Give the width (ems) of what stands behind the last figure of a line."""
    ems = (line.box[2] - line.box[0]) / line.em + 2 * SIDE
    figure = 1.0 if unicodedata.east_asian_width(last.choices[0].text[:1] or " ") == "F" else 0.5
    return ems * (1 - (last.start + last.end) / 2) - SIDE - figure / 2


def fit_of(ending: Ending, unit: str) -> float:
    """Give how likely the room behind a number is that of a unit."""
    width = sum(0.5 if character.isascii() else 1.0 for character in unit)
    return math.exp(-(((ending.room - width) / ROOM) ** 2) / 2)


def folded(slot: Slot) -> str:
    """Give the likeliest character of a place, its width folded, empty for white."""
    return unicodedata.normalize("NFKC", slot.choices[0].text).strip().replace("−", "-")


def likelihood(slots: Sequence[Slot], unit: str) -> float:
    """Give how likely what was seen at some places is where a unit was printed: the best way to place its characters in order."""
    if not unit:
        return math.prod(_nothing(slot) for slot in slots)
    best = [1.0] + [0.0] * len(unit)
    for slot in slots:
        debris = max(DEBRIS, probability_of(slot, ""))
        for count in range(len(unit), 0, -1):
            best[count] = max(
                best[count] * debris, best[count - 1] * max(UNSEEN, probability_of(slot, unit[count - 1]))
            )
        best[0] *= debris
    return best[-1]


def _nothing(slot: Slot) -> float:
    """Give the probability that nothing stands at a place: dirt is read as a dot, seldom as a character."""
    top = slot.choices[0].text.strip()
    blank = max(SEEN, probability_of(slot, ""))
    return blank if not top or top in SEPARATORS else min(DIRT, blank)


def probability_of(slot: Slot, text: str) -> float:
    """Give the probability of a character at a place."""
    return sum(
        choice.probability for choice in slot.choices if WIDE.get(choice.text, choice.text).strip() == text
    )


def least_thought(slots: Sequence[Slot], unit: str) -> float:
    """Give how far the least of a unit's characters was thought of, each at a place of its own and in order."""
    best = [1.0] + [0.0] * len(unit)
    for slot in slots:
        for count in range(len(unit), 0, -1):
            best[count] = max(best[count], min(best[count - 1], probability_of(slot, unit[count - 1])))
    return best[-1]
