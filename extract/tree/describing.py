"""What a line beside a table says: its unit, its as-of date, and what is left as a caption; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from extract.characters import fold_spaces
from extract.document import CleanLine
from extract.tree.units import find_stated_unit, is_unit_text

_AS_OF_BRACKET: Final = re.compile(
    r"[（(〔\[【][^（()）〔〕\[\]【】]*(?:現在|時点)[^（()）〔〕\[\]【】]{0,12}[)）〕\]】]"
)
_AS_OF: Final = re.compile(
    r"(?:^|(?<=[\s※＊*]))(?:[※＊*]\s*)?[^\s（(※＊*。]*[0-9元末初][^\s（(※＊*。]*(?:現在|時点)(?:の(?:数値|状況|人口|値))?(?=\s|$)"
)
_REMARK: Final = re.compile(r"(?:^|(?<=\s))[＊*※][^＊*※]*")
_BARE_UNIT: Final = re.compile(r"(?:^|(?<=\s))[（(〔\[]\s*([^（()）〔〕\[\]\s]{1,16})\s*[)）〕\]]$")
_TABLE_NUMBER: Final = re.compile(
    r"(?:第\s?[0-9]{1,3}(?:[-－‐.][0-9]{1,2})?\s?表|(?:図)?表\s?[0-9]{1,3}(?:[-－‐.][0-9]{1,2})?)[\s:：．.]+"
)
_SPACED_NUMBER: Final = re.compile(r"\s*[0-9０-９]{1,2}[\s　]+[^\s0-9０-９]")
_FUSED_NUMBER: Final = re.compile(
    r"[0-9]{1,2}(?=[^\s\W\da-zA-Z])(?![年月日時分秒人件円回号期度名歳か箇ヶ](?!\S*[費金税出入]$))"
)
_PROSE_END: Final = re.compile(
    r"[。、，．]$|(?:とおり|通り|です|ます|である|した|する|いる|おり|ください|について(?:報告|説明)する)[。：:]?$"
)
_CAPTION_END: Final = re.compile(
    r"(?:表|内訳|状況|実績|件数|推移|一覧|見込|予算|決算|明細|調書|概要|比較|結果|計画|体制|名簿|日程|【[^】]*】)$"
)
LONGEST_CAPTION: Final = 80
"""Characters; a caption names a table in a line or two, a longer text is a sentence."""


@dataclass(frozen=True, slots=True)
class LineParts:
    """A line beside a table taken apart. ``unit`` as printed, ``as_of`` ISO, ``remark`` an ＊ or ※ text, ``rest`` what is left."""

    unit: str | None
    as_of: str | None
    remark: str | None
    rest: str


def line_to_parts(line: CleanLine) -> LineParts:
    """Give the unit, the as-of date, the remark and the rest of a line."""
    return text_to_parts(line.text, line.dates)


def text_to_parts(text: str, dates: tuple[str, ...]) -> LineParts:
    """Give the same of a cleaned text that states the ``dates``."""
    unit = as_of = remark = None
    stated = find_stated_unit(text)
    if stated is not None:
        unit = tidy_unit(stated["unit"])
        inner = _AS_OF_BRACKET.search(text)
        if inner is None or not (inner.start() <= stated.start() < inner.end()):
            text = text[: stated.start()] + " " + text[stated.end() :]
        else:
            unit = tidy_unit(re.split(r"[、，,\s]*\S*(?:現在|時点)", stated["unit"])[0])
    match = _AS_OF_BRACKET.search(text) or _AS_OF.search(text)
    if match is not None:
        as_of = as_of_date(dates, last=not re.search(r"\d", text[match.end() :]))
        if as_of is not None:
            text = text[: match.start()] + " " + text[match.end() :]
    if found := _REMARK.search(text):
        remark = found.group().strip()
        text = text[: found.start()]
    if unit is None and (bare := _BARE_UNIT.search(text.strip())) and is_unit_text(bare[1]):
        unit = tidy_unit(bare[1])
        text = text.strip()[: bare.start()]
    return LineParts(unit, as_of, remark, fold_spaces(text))


def strip_table_number(text: str) -> str:
    """Give a caption without 「表１」, 「第３表」 or 「図表２－１」; a caption that is nothing else stays."""
    return text[match.end() :] if (match := _TABLE_NUMBER.match(text)) and match.end() < len(text) else text


def strip_fused_number(text: str, raw: str) -> str:
    """Give a caption without its number where a spread heading was closed up with it: 「２　歳　出」 read as 2歳出."""
    number = _SPACED_NUMBER.match(raw)
    fused = _FUSED_NUMBER.match(text)
    return text[fused.end() :] if number and fused else text


def tidy_unit(unit: str) -> str:
    """Give a stated unit without outer spaces and with ％ halfwidth, else as printed."""
    return unit.strip(" 　:：").replace("％", "%")


def as_of_date(dates: tuple[str, ...], *, last: bool = True) -> str | None:
    """Give the day among a line's dates that 「現在」 speaks of: of a period (年度末) its last day."""
    days = [date for date in dates if "/" not in date]
    if days:
        return days[-1] if last else days[0]
    return dates[-1].split("/")[-1] if dates else None


def is_prose(text: str) -> bool:
    """Say whether the rest of a line is a sentence, a piece of one, or a bullet, and so no caption."""
    if "。" in text or len(text) > LONGEST_CAPTION or _PROSE_END.search(text):
        return True
    return text.startswith(("・", "･", "-", "※")) and not _CAPTION_END.search(text)
