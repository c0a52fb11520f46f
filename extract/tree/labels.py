"""What a label says about itself: total, index, period, header word; pure predicates on cleaned texts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from extract.characters import is_digit, without_spaces

_TOTAL: Final = re.compile(r"(?:合計|総計|総合計|総額|^計|累計)(?:[（(].*[)）]|[A-Z①-⑳])?$")
_INDEX_NAME: Final = re.compile(
    r"^(?:番号|No\.?|NO\.?|№|順位|順番|コード|款|項|目|節|年|月|年度|年月|暦年|回|号|級|学年|年齢|通し番号|整理番号|議案番号|事業番号|項番|番|区分|期|等級)$"
)
_HEADER_WORD: Final = re.compile(
    r"(?:区分|項目|種類|種別|名称|内容|備考|摘要|説明|時間|方式|方法|件名|番号|年月日|日時|日程|期間|期日|場所|会場|担当|所管|所管課|主管課|課名|"
    r"氏名|役職|職名|住所|所在地|対象|対象者|理由|結果|金額|件数|人数|数量|単位|単価|窓口|事業名|施設名|概要|目的|根拠|現行|改正前|改正後|変更前|変更後|"
    r"改正案|時期|予定|スケジュール|月日|議決日|回数|年度|曜日|名|率|額|数|日|費目|科目|議員名|会派|賛否|議題|案件|取組|取組内容|実績|評価|課題|対応|見解|意見)$"
)
_SYMBOL: Final = r"(?:[A-Za-zＡ-Ｚａ-ｚ]|[①-⑳㋐-㋾]|[（(][A-Za-z0-9]{1,2}[)）])"
_FORMULA: Final = re.compile(
    rf"^[（(]?{_SYMBOL}(?:\s*[=＝+＋\-－−—―×÷/／*＊]\s*(?:{_SYMBOL}|[0-9]+))*[)）]?(?:\s*[×*]\s*100)?$"
)
_NOTE: Final = re.compile(r"^[（(〔【]?(?:※|＊|\*|注(?:[0-9）)：:\s]|$)|備\s*考|特記事項)")
_BESIDES: Final = re.compile(r"[（(].*[)）]|等$|[※＊*]")
_AMOUNT: Final = r"[△▲－−+＋-]?\s*\d[\d,]*(?:\.\d+)?"
_NUMBERLIKE: Final = re.compile(
    rf"^(?:{_AMOUNT}(?:[ +]\d+/\d+|/\d+)[^\d\s]{{0,4}}|{_AMOUNT}%?[増減]|{_AMOUNT}%?\s*[（(]\s*{_AMOUNT}%?\s*[)）])$"
)
_INDEX_MARK: Final = re.compile(r"^[①-⑳]$|^[（(][0-9]{1,2}[)）]$")
_BRACKETED: Final = re.compile(r"^(?:[〈＜<【《（(〔\[「『].*[〉＞>】》）)〕\]」』]|[■●○◎◆◇□▼・].+)$")
_NUMBERED: Final = re.compile(
    r"^(?:[（(][0-9]{1,2}[)）]|[0-9]{1,2}[.．)）](?![0-9])|[0-9]{1,2}[-－‐][0-9]{1,2}(?=\s)|[①-⑳]|[ア-ン](?=[\s.．)）]))\s*\S"
)
_OPENERS: Final = frozenset("（(【〔［＜<《〈・※＊■□●○◎◆◇")
_TABLE_NUMBER: Final = re.compile(r"第\s?[0-9]{1,3}\s?[表号章節]")
_BEGINS_HEADER: Final = frozenset({"区分", "款", "科目", "費目"})
_STUB_WORDS: Final = _BEGINS_HEADER | {
    "項目",
    "種別",
    "種類",
    "名称",
    "会計",
    "会計名",
    "年度",
    "事業名",
    "施設名",
}
_STATED_AMOUNT: Final = re.compile(r"[0-9],[0-9]{3}|[0-9]{5}|[0-9]\s*(?:千|万|百万|億)?円|。")
_HELD_AMOUNT: Final = re.compile(
    r"[△▲－−-]?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]{3,})(?:千円|円|人|件)?"
)
_ENUMERATES: Final = re.compile("[：:、。]")
_ORDINALS: Final = "年 年度 月 日 歳 才 回 号 級 位 期 時 学年 次 階 丁目 番 款 項 目 節"
ORDINAL_UNITS: Final = frozenset(_ORDINALS.split())
YEARS: Final = range(1868, 2101)


def is_total(text: str) -> bool:
    """Say whether a row label is a total (計, 合計, 歳入合計, 総計); a 小計 belongs to its group and is none."""
    bare = without_spaces(text)
    return not bare.startswith("小計") and bool(_TOTAL.search(bare))


def is_index_name(text: str) -> bool:
    """Say whether a header names a column of numbers that label (番号, 款, 年度, 月)."""
    return bool(_INDEX_NAME.match(without_spaces(text)))


def is_header_word(text: str) -> bool:
    """Say whether the text ends as the name of a column does (区分, 受付時間, 議決日 ...)."""
    bare = _BESIDES.sub("", without_spaces(text))
    return not any(map(is_digit, bare)) and bool(_HEADER_WORD.search(bare))


def is_formula(text: str) -> bool:
    """Say whether the text names a column by a letter or computes it: A, ①, (1), C=A-B, Ａ／Ｂ."""
    bare = without_spaces(text)
    return bool(bare) and bool(_FORMULA.match(bare))


def is_index_mark(text: str) -> bool:
    """Say whether the text is a mark that counts columns: ① or (1)."""
    return bool(_INDEX_MARK.match(without_spaces(text)))


def is_bracketed(text: str) -> bool:
    """Say whether the text is set apart as the title of a group: 【一般会計】, ＜歳入＞, ○市民部."""
    return bool(_BRACKETED.match(text.strip()))


def is_numbered(text: str) -> bool:
    """Say whether the text begins with the mark of a heading: (1) 総括, ウ 初任給の状況, 2-1 一般職."""
    return bool(_NUMBERED.match(text))


def begins_line(text: str) -> bool:
    """Say whether the text begins as a line of its own does, and not as the rest of one: a mark, a bracket, 第1表."""
    return is_numbered(text) or text[:1] in _OPENERS or bool(_TABLE_NUMBER.match(text))


def begins_header(text: str) -> bool:
    """Say whether the text names a column of labels and no row: 区分, 款."""
    return without_spaces(text) in _BEGINS_HEADER


def is_stub_word(text: str) -> bool:
    """Say whether the text names a column of labels; some of these (名称, 年度) can name a row too."""
    return without_spaces(text) in _STUB_WORDS


def states_amount(text: str) -> bool:
    """Say whether a text states what no name of a column does: an amount, or a sentence."""
    return bool(_STATED_AMOUNT.search(text))


def holds_amount(raw: str) -> bool:
    """Say whether a printed line of a text is a label with an amount set apart from it, which nobody split off.

    An enumeration (特財：国庫支出金　623、都支出金　14,054) is a text with figures, and meant so.
    """
    return any(map(_ends_in_amount, raw.splitlines()))


def _ends_in_amount(line: str) -> bool:
    parts = line.rsplit(maxsplit=1)
    if len(parts) < 2 or not _HELD_AMOUNT.fullmatch(parts[1]):
        return False
    before = line[: line.rindex(parts[1])].rstrip("△▲－−-")
    label = before.rstrip()
    wide = "\u3000" in before[len(label) :] or len(before) - len(label) > 1
    return wide and not label.isdecimal() and not _ENUMERATES.search(label)


def is_note_text(text: str) -> bool:
    """Say whether a text in the grid is a note on the table (備考, 注, ※)."""
    return bool(_NOTE.match(text))


@lru_cache(maxsize=8192)
def is_numberlike(text: str) -> bool:
    """Say whether a text that is no number is one to the eye, or two: 13 1/3人, 1.5%増, 5,483（123）."""
    return bool(_NUMBERLIKE.match(text))
