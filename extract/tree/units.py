"""Units: in a unit line, in a header, for a number; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

PERCENT: Final = "%"
_UNIT_WORDS: Final = (
    "円 千円 万円 百万円 億円 十億円 兆円 ドル 人 千人 万人 名 世帯 戸 件 千件 通 枚 部 冊 巻 点 回 日 月 年 年度 歳 才 時間 分 秒 "
    "% ％ ‰ ポイント 倍 箇所 か所 カ所 ヶ所 ヵ所 ケ所 個所 台 両 隻 機 基 本 個 口 袋 箱 棟 室 床 席 区画 筆 票 組 社 団体 店 店舗 "
    "校 園 館 施設 学級 クラス 事業 路線 便 食 匹 頭 羽 株 種 種類 問 品目 地区 議案 項目 人日 人月 延人 人回 "
    "m km cm mm ㎞ ㎝ ㎜ ㎡ ㎥ m2 m3 m² m³ km2 km² ㎢ ha a t kg g ㎏ トン L l ℓ kL kl ㍑ リットル "
    "kWh kW MW MWh GWh GJ MJ TJ t-CO2 tCO2 千t 千トン 万トン ℃ ppm dB"
)
KNOWN_UNITS: Final = frozenset(_UNIT_WORDS.split())
_NOUN_WORDS: Final = (
    "施設 団体 事業 地区 議案 項目 店 店舗 年度 年 月 日 組 社 館 園 校 学級 クラス 路線 便 株 基 種 種類 問 品目 席 区画 筆 票 本 個 "
    "口 袋 箱 棟 室 床 点 部 巻 枚 通 機 両 隻 食 匹 頭 羽 名 分 秒"
)
_NOUNS: Final = frozenset(_NOUN_WORDS.split())
_NAME_OF_LETTER: Final = {
    "m": re.compile(r"長|距離|幅|高さ|深|径|延"),
    "a": re.compile(r"面積"),
    "t": re.compile(r"量|重|トン|[収回]集|排出"),
    "g": re.compile(r"量|重"),
    "L": re.compile(r"量|容積|燃料"),
    "l": re.compile(r"量|容積|燃料"),
}
_NAME_OF_UNIT: Final = (
    (re.compile(r"件数|件$"), frozenset({"件", "千件"})),
    (re.compile(r"世帯"), frozenset({"世帯"})),
    (re.compile(r"人口|人数|人員|員数|者数|職員|定員|人$|[男女]$"), frozenset({"人", "千人", "万人", "名"})),
    (re.compile(r"面積"), frozenset({"㎡", "m2", "m²", "ha", "km2", "km²", "㎢"})),
    (
        re.compile(r"額|費|金$|料$|税$|債$|残高|現在高|予算|決算|歳入|歳出|収入|支出|財源"),
        frozenset({"円", "千円", "万円", "百万円", "億円"}),
    ),
)
_RATIO: Final = re.compile(r"(?:率|割合|比|シェア|パーセント|構成)$|[%％]")
_AMOUNT_UNITS: Final = _NAME_OF_UNIT[-1][1]
_BRACKETED: Final = re.compile(r"[（(〔\[]\s*(?:単位\s*[:：]?\s*)?([^（()）〔〕\[\]]{1,12}?)\s*[)）〕\]]")
_WEEKDAY_BEFORE: Final = re.compile(r"日\s*$")
_TRAILING_BRACKET: Final = re.compile(r"[（(〔\[][^（()）〔〕\[\]]*[)）〕\]]\s*$")
_SEPARATORS: Final = re.compile(r"[、，,・／;；\s]+|及び|または|又は")
_UNIT_STATED: Final = re.compile(
    r"(?P<open>[（(〔\[［【＜<]\s*)?(?<![^\s（(〔\[［【＜<、，,])単\s?位(?:\s*[:：]\s*|\s+|(?=[千百万億円人件]))(?P<unit>[^）)〕\]］】＞>\s:：。][^）)〕\]］】＞>。]*)(?P<close>[）)〕\]］】＞>])?"
)


def split_units(unit: str | None) -> tuple[str, ...]:
    """Give the units that a printed unit lists: 「千円、％」 are 千円 and %."""
    if not unit:
        return ()
    return tuple(PERCENT if part == "％" else part for part in _SEPARATORS.split(unit) if part)


def find_stated_unit(text: str) -> re.Match[str] | None:
    """Give the match of 「（単位：千円）」 or 「単位　千円」 in a cleaned line, with the group ``unit``; None for prose.

    Without a bracket the unit must be known, because 「単位」 is also an ordinary word.
    """
    match = _UNIT_STATED.search(text)
    if match is None:
        return None
    if match["open"] and match["close"]:
        return match
    return match if all(part in KNOWN_UNITS for part in split_units(match["unit"].strip())) else None


@lru_cache(maxsize=8192)
def is_unit_text(text: str) -> bool:
    """Say whether the text is nothing but a known unit, or a list of them, bracketed or not."""
    stated = find_stated_unit(text)
    if stated is not None and stated.group().strip() == text.strip():
        return True
    bare = text.strip(" （）()〔〕[]［］")
    units = split_units(bare)
    return bool(units) and all(unit in KNOWN_UNITS for unit in units)


def header_unit(text: str) -> str | None:
    """Give the unit that a header states about itself: 「決算額（千円）」, 「（％）」, 「千円」; None without one."""
    bare = text.strip(" ※＊*")
    if is_unit_text(bare):
        stated = find_stated_unit(bare)
        units = split_units(stated["unit"].strip() if stated else bare.strip(" （）()〔〕[]［］"))
        return units[0] if len(units) == 1 else None
    stated = find_stated_unit(bare)
    if stated is not None:
        units = split_units(stated["unit"].strip())
        return units[0] if len(units) == 1 else None
    last = None
    for match in _BRACKETED.finditer(bare):
        if match[1] in KNOWN_UNITS and not _WEEKDAY_BEFORE.search(bare[: match.start()]):
            last = PERCENT if match[1] == "％" else match[1]
    return last


def is_ratio_name(text: str) -> bool:
    """Say whether a header names a ratio (構成比, 伸率, 対前年度比 ...), which is counted in per cent."""
    return bool(_RATIO.search(_TRAILING_BRACKET.sub("", text.strip(" ※＊*")).strip(" ※＊*")))


def unit_of_number(
    *, cell_unit: str | None, column_names: Sequence[str], row_names: Sequence[str], table_unit: str | None
) -> str | None:
    """Give the unit of a body number: its own, else its column's, else its row's, else the table's.

    ``column_names`` and ``row_names`` outermost first. Where the table lists several units, the ratio columns take the
    per cent and the others the one unit left, or the one that suits the column's name. A ratio under an amount of money
    gets no unit: the page does not say, and 千円 would be wrong.
    """
    if cell_unit is not None:
        return PERCENT if cell_unit == "％" else cell_unit
    own = _unit_of_columns(column_names) or _unit_of_rows(row_names, under_table_unit=bool(table_unit))
    if own is not None:
        return own
    if any(map(_measures_by_letter, row_names)):
        return None
    units = split_units(table_unit)
    names = (*column_names[-1:], *row_names[-1:])
    ratio = any(is_ratio_name(name) for name in names)
    if ratio and PERCENT in units:
        return PERCENT
    if ratio and units and all(unit in _AMOUNT_UNITS for unit in units):
        return None
    others = [unit for unit in units if unit != PERCENT]
    if not others:
        return PERCENT if len(units) == 1 else None
    if len(others) == 1:
        return others[0]
    return _unit_by_name(others, (*reversed(column_names), *reversed(row_names)))


def _unit_of_columns(names: Sequence[str]) -> str | None:
    """Give the unit that the lowest column header with one states; a lone letter is a mark (A, B, a) unless a name suits it."""
    for name in reversed(names):
        own = header_unit(name)
        suiting = _NAME_OF_LETTER.get(own or "")
        if own is not None and (suiting is None or any(map(suiting.search, names))):
            return own
    return None


def _measures_by_letter(name: str) -> bool:
    """Say whether a row label may state a unit by a letter after all (延長 (m)): then the table's unit is not its own."""
    suiting = _NAME_OF_LETTER.get(header_unit(name) or "")
    return suiting is not None and bool(suiting.search(name))


def _unit_of_rows(names: Sequence[str], *, under_table_unit: bool) -> str | None:
    """Give the unit that a row label states.

    A label is first of all a name: a letter in it is a mark (小計 (a)), and 施設 or 団体 alone is what is counted, unless it
    stands beside another label, in a column of units. Where the table states a unit, only a bracketed one overrules it that
    can be nothing else.
    """
    for name in reversed(names):
        own = header_unit(name)
        if own is None or own in _NAME_OF_LETTER:
            continue
        bare = is_unit_text(name) and not name.strip().startswith(("（", "(", "〔", "["))
        if under_table_unit and (bare or own in _NOUNS):
            continue
        if bare and own in _NOUNS and len(names) == 1:
            continue
        return own
    return None


def _unit_by_name(units: Sequence[str], names: Sequence[str]) -> str | None:
    for name in names:
        for pattern, family in _NAME_OF_UNIT:
            if pattern.search(name):
                suiting = [unit for unit in units if unit in family]
                if len(suiting) == 1:
                    return suiting[0]
    return None
