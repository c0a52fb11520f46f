"""What makes a word such as 課, 会議 or 室 the end of a name: what stands before it and behind it."""

from __future__ import annotations

import re
from typing import Final

from extract.document import EntityLabel
from extract.tree.entities.office_words import (
    COMMITTEE,
    DEPARTMENT,
    FACILITY,
    LONGEST_WORD,
    NAMED_BEHIND,
    ORGANISATION,
    PRIVATE_OFFICE,
)
from extract.tree.entities.tokens import Tokens

_LEADING: Final = re.compile(
    "(?:(?:令和|平成|昭和)(?:[0-9]{1,2}|元)年度?|各|当|同|全(?!国)|他|旧(?![^、。]{1,12}(?:住宅|邸|家|学校|分校|校舎|本館|庁舎|幼稚園|保育[園所])$)|新|前|元|両|主に|主要|庁内各?|区内|市内|町内(?!会)|村内|管内|一部|原則|なお|本(?=委員会|会議|審議会|協議会|課|部会)|関係(?=各)|[0-9]+(?:庁|階|号館|号棟|F))+"
)
"""What stands before a name without being part of it."""
_LOOSE: Final = frozenset(
    [
        "室",
        "窓口",
        "地区",
        "住宅",
        "学校",
        "工場",
        "市場",
        "港",
        "橋",
        "駅",
        "荘",
        "苑",
        "寮",
        "海岸",
        "コーナー",
        "倉庫",
        "広場",
        *[
            "講堂",
            "農場",
            "農園",
            "道場",
            "ターミナル",
            "停留所",
            "バス停",
            "コート",
            "グラウンド",
            "グランド",
            "スタジオ",
            "工房",
            "寺",
            "ふ頭",
            "埠頭",
            "岸壁",
            "桟橋",
            "水門",
            "樋門",
            "堰",
            "ため池",
        ],
        *[
            "校舎",
            "ビル",
            "タワー",
            "ホテル",
            "旅館",
            "食堂",
            "カフェ",
            "売店",
            "レストラン",
            "温泉",
            "浴場",
            "キャンパス",
            "サロン",
            "ハウス",
            "学院",
            "城",
            "邸",
            "灯台",
            "休憩所",
            "加工場",
        ],
    ]
)
"""Words that end many compounds that are no places (特別教室, 取扱窓口): they need a proper name or a known kind before them."""
_ROOMS: Final = re.compile(
    "サーバー?|機械|事務|作業|会議|相談|応接|電算|TDM|[A-Z]{2,}|保管|閲覧|研修|休養|宿直|診察|処置|調理|給食|図書|理科|音楽|保健|保育|多目的|療法|手術|治療|集中|透析|検査|リハビリ|放射線|病児|待合|集会|学習|談話|娯楽|大会|委員会?|議員|控|展示|視聴覚|トレーニング|実習|実験|試験|監視|操作|体育|柔道|自習|防災備蓄|備蓄|コンピュータ|パソコン"
)
_WINDOWS: Final = re.compile("支所|出張所|庁舎|センター|役所|役場|くみん|区民|市民|町民|村民|総合|福祉|相談")
_NOT_AFTER: Final = re.compile("分(?!室)|品|数|門|員|外|内科|隊|族|落|活|題|税|程|外|屋|室料|目")
_NAMES_ONLY: Final = re.compile("名(?!誉)|裁判官")
CITIZENS: Final = re.compile("[市区町村県都住]民部$")
"""Offices whose 部 the dictionary takes for the end of 民部, an old ministry."""
_ORDINAL: Final = re.compile("第[0-9]{1,2}$")
_PLACING: Final = re.compile(
    "(?:[市区町村県]民|[市区町村県都府]立|中央|総合|駅前|[東西南北]部|第[0-9一二三四五六七八九十]{1,2})$"
)
"""What makes a name of a common word also without a proper name: 東部テニスコート."""
_NEVER_PLACED: Final = frozenset(
    {"室", "窓口", "地区", "住宅", "学校", "工場", "市場", "駅", "港", "橋", "倉庫", "広場"}
)
_STAFFED: Final = re.compile(
    "[課部局庁]|市長|区長|町長|村長|知事|秘書|広報|政策|企画|危機管理|監査|会計"
    "|.(?:推進|連携|対策|振興|調整|支援|準備|整備|戦略|契約|経営|改革|相談支援|共生|創生|創造|活性化|デジタル|国際|人権|男女|防災|指導|管財|統計|渉外)$"
)
"""What makes an office of a 室: デジタル推進室, 地域医療連携室."""
_PARTS: Final = re.compile(
    "(?:[一大上下東西南北内外中全央端底縁壁桁柱前後左右頭胸腹腰]|都市|山間|沿岸|中心|上流|下流|中流|平野|平地|低地|高台|都心|農村|漁村|島しょ|島嶼|湾岸|海岸|臨海|内陸|沿線|丘陵|山麓|車道|歩道|"
    "開口|屋根|基礎|周辺|外周|接続|交差|曲線|直線|斜面|法面|舗装|可動|駆動|接合|橋梁|躯体|損傷|腐食|破損|空洞|住宅地|市街地|運動|吹奏楽|野球|サッカー|テニス|美術|陸上|柔道|剣道|執行)$"
)
"""What stands before 部 where it is a part of a thing or a club: 山間部, 接続部, 野球部."""
_SAME_STEP: Final = frozenset("局部課")
_ROAD: Final = re.compile("(?:[市町村区県都府]|国|林|農|主要地方)道")
_SQUAD: Final = "分団"
_OWN_OFFICE: Final = 2  # characters before 事務所

KINDS: Final[tuple[tuple[EntityLabel, re.Pattern[str]], ...]] = (
    ("organisation", ORGANISATION),
    ("committee", COMMITTEE),
    ("department", DEPARTMENT),
    ("facility", FACILITY),
)


def _last_characters(pattern: str) -> frozenset[str]:
    """Give the characters that a word of a pattern may end with; a part before ? may be left out."""
    before = re.compile(r"\(\?<!.*?\)|\(\?:[^()]*\)(?=[^|)$])")  # what stands before a word is no end of one
    ends = before.sub("", pattern)
    return frozenset(re.findall(r"(.)(?=[|)])", ends)).union(*re.findall(r"(.)(.)\?(?=[|)])", ends))


_LAST: Final = {
    words: _last_characters(words.pattern) for words in (*(kind for _, kind in KINDS), NAMED_BEHIND)
}
"""Of each kind, what a name of it ends with: looking at one character spares most of the searches."""
LAST: Final = frozenset[str]().union(*_LAST.values())


def suffix(words: re.Pattern[str], head: str) -> str | None:
    """Give the longest of the words that ``head`` ends with."""
    last = _LAST.get(words)
    if last is not None and head[-1:] not in last:
        return None
    match = words.search(head, max(0, len(head) - LONGEST_WORD))
    return match.group() if match else None


def is_whole(tokens: Tokens, begin: int, after: str, word: str) -> bool:
    """Say whether the word begins with a token, and what follows does not make another word of it (部分, 室料)."""
    if _NAMES_ONLY.match(after) or (word == "庁" and after[:1] in {"内", "舎"}):
        return False
    is_word = (
        len(word) > 1 or tokens.begins(begin) or CITIZENS.search(tokens.text, max(0, begin - 2), begin + 1)
    )
    return bool(is_word) and not (len(word) == 1 and _NOT_AFTER.match(after))


def leading_end(tokens: Tokens, start: int, stop: int) -> int:
    """Give where 各, 前 and the like end that stand before a name; 前田橋 has none, and 同局 is a word of its own."""
    leading = _LEADING.match(tokens.text, start, stop)
    if leading is None:
        return start
    is_apart = tokens.begins(leading.end()) or tokens.text[leading.end()] in _SAME_STEP
    return leading.end() if is_apart else start


def is_kind(label: EntityLabel, word: str, head: str, tokens: Tokens, start: int) -> bool:
    """Say whether what stands before the word makes it that kind of name."""
    stem = head[leading_end(tokens, start, start + len(head)) - start : len(head) - len(word)]
    if not stem:
        return False
    is_numbered = stem.rstrip()[-1:].isdigit() and not (
        (label == "facility" or word == _SQUAD) and _ORDINAL.search(stem)
    )
    if is_numbered:
        return False
    if label == "department":
        return _is_department(word, stem)
    if label == "facility":
        return _is_facility(word, stem, head, tokens, start)
    return True


def _is_department(word: str, stem: str) -> bool:
    if word == "室":
        return _STAFFED.search(stem) is not None and "サーバ" not in stem
    if word == "部":
        return _PARTS.search(stem) is None
    if word == "事務所":
        return len(stem) >= _OWN_OFFICE and PRIVATE_OFFICE.search(stem) is None
    return True


def _is_facility(word: str, stem: str, head: str, tokens: Tokens, start: int) -> bool:
    if _ROAD.match(stem):
        return False
    if word == "窓口":
        return _WINDOWS.search(stem) is not None
    if word == "室":
        return _ROOMS.search(stem) is not None
    if word not in _LOOSE - {"コーナー"}:
        return True
    if word not in _NEVER_PLACED and _PLACING.search(stem):
        return True
    return any("固有名詞" in token.tag for token in tokens.between(start, start + len(head) - len(word)))
