"""The names of laws: those in ``law_names.txt`` with their short forms, and any name that reads like one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from extract.tree.entities.tokens import Token, Tokens

_FILE: Final = "law_names.txt"
_KINDS: Final = "(?:法律|法|条例|令)?施行(?:条例|規則|細則|令|規程)|法律|条例|規則|規程|要綱|要領|政令|省令|憲法|基準令|組織令|法|令"
NAME_END: Final = re.compile(f"(?:{_KINDS})")
CITED_END: Final = re.compile(
    r"(?:規約|基準|指針|細則|定款)(?= ?(?:[（(][^（()）]{0,80}[)）])? ?第 ?[0-9一二三四五六七八九十百]+ ?条)"
)
"""Ends that name a law only where an article follows: 監査基準第12条."""
_CHANGED: Final = r"(?:等)?(?:の[一全]部)?を(?:改正|廃止|変更)する(?:等の)?"
_CHANGES: Final = re.compile(rf"{_CHANGED}(?:{_KINDS})$")
_CHANGED_BY: Final = re.compile(
    rf"(?:(?:、|及び|並びに)[^。、「」（()）]{{1,40}}?(?:{_KINDS}))*{_CHANGED}(?:{_KINDS})"
)
_JOINED: Final = ("及び", "並びに", "、")
_OTHER_WORD: Final = re.compile("[第0-9]|案|施行|改正|等|上|附則|別表|内|中|公布|制定|全|各")
_BODY_END: Final = re.compile(
    "(?:[課係局]|委員会|審議会|協議会|審査会|会社|組合|協会|機構|連合会|[支公]所|出張所|事務所|センター)$"
)
_LONGEST_BODY: Final = 4  # characters of 委員会 and センター and one more
_SURE: Final = (
    "法律",
    "条例",
    "施行規則",
    "施行令",
    "施行細則",
    "規則",
    "規程",
    "要綱",
    "憲法",
    "施行規程",
    "施行条例",
)
"""Ends that make a name of what stands before them also where no article is cited; 法 and 令 end other words too (工法, 号令)."""
_UNDER: Final = ("施行令", "施行規則", "施行細則")
_BARE: Final = re.compile(
    "(?:本|当該|同|各|新|旧|関係|改正|現行|本市|本区|本町|本村|この|その|関係諸|上位|個別|一般|地方|都|市|区|町|村|県|府|国|庁内|内部|会計|給与)*(?:法令|条例|規則|規程|要綱|要領|政令|省令|法律|法|令)"
    "|.*(?:命|指|号|辞|発|伝|司|条)令|.*(?:方|手|工|療|用|寸|話|文|作|製|技|憲|合|違|不|適|司|立|刑事司|製造方|技)法"
)
_STOPS: Final = (
    "助詞-係助詞",
    "助詞-接続助詞",
    "接続詞",
    "補助記号",
    "感動詞",
    "代名詞",
    "連体詞",
    "記号-一般",
    "空白",
)
_STOP_VERBS: Final = frozenset(
    [
        "基づき",
        "基づく",
        "もとづく",
        "より",
        "よる",
        "従い",
        "応じ",
        "対し",
        "おい",
        "伴い",
        "つい",
        "関し",
        "係り",
        "規定",
        "定め",
        "定める",
        "準じ",
        "準ずる",
        "即し",
        "いう",
        "図る",
    ]
)
_INSIDE: Final = frozenset("、・")
_COORDINATORS: Final = frozenset(
    ["又", "若しく", "及び", "および", "並びに", "ならびに", "又は", "または", "若しくは", "もしくは", "と"]
)
_MUNICIPALITY: Final = frozenset("都道府県市区町村")
_TWO_WORDS: Final = ("又", "しく")
_ENDS_CLAUSE: Final = tuple("件をがはもへいきりしてでくれずなるうけえめせべ")
"""Ends of words that no comma in a title stands behind."""
_CITED: Final = re.compile("(?:[条項号]|[)）」]|法|条例|規則|令|要綱|規程|法律|等|[0-9])$")
_MADE_BY: Final = re.compile(
    "(?:[条項号法令]|条例|規則|規程|要綱|規定|定め|議決|答申|協定|契約|決定|通知|等|[0-9])$"
)
_LONGEST_END: Final = 2  # characters of what _CITED asks for
_LONGEST: Final = 90  # characters; the longest title of a law in force with 「に関する」 has about as many


@cache
def known_laws() -> dict[str, str]:
    """Give the known names and short forms of laws, each with the full name."""
    names: dict[str, str] = {}
    for line in (files("extract.tree.entities") / _FILE).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            full, *short = line.split()
            names.update(dict.fromkeys((full, *short), full))
    return names


def find_name(tokens: Tokens, stop: int, *, is_cited: bool, least: int = 0) -> tuple[int, str] | None:
    """Give where the law's name that ends at ``stop`` begins, and the full name; None where there is none.

    ``is_cited`` says that an article follows, so that even a short word is a name. No name begins before ``least``.
    """
    text = tokens.text
    if not tokens.ends(stop) and not text[stop : stop + 1].isspace():
        return None
    if _CHANGED_BY.match(text, stop):
        return None  # 印鑑条例の一部を改正する条例 is one name
    if text.endswith("法律", 0, stop) and tokens.after(stop).is_nominal and not _OTHER_WORD.match(text, stop):
        return None  # 山田法律事務所
    if (changes := _CHANGES.search(text, max(0, stop - _LONGEST), stop)) is not None:
        return _changing_name(tokens, changes.start(), stop, least)
    known = _known_end(tokens, stop, least)
    start = _name_start(tokens, stop, least)
    name = text[start:stop].replace(" ", "")
    if known is not None and (start >= known[0] or not _is_municipal(tokens, start, stop)):
        return known
    if _BARE.fullmatch(name) or len(name) < 3:
        return None
    end = re.search(f"(?:{_KINDS})$", name)
    before = tokens.before(stop - len(end.group())) if end else None
    if before is not None and before.text != "の" and before.tag.startswith(("助動詞", "助詞")):
        return None  # 適用される条例, 定例会に条例: no name goes on over such a word
    if name.endswith(_SURE) or is_cited:
        return start, name
    return None


def _changing_name(tokens: Tokens, changed: int, stop: int, least: int) -> tuple[int, str] | None:
    """Give the name of a law that changes others, whose names end at ``changed``: A条例及びB条例の一部を改正する条例."""
    inner = _plain_name(tokens, changed, least)
    start = inner[0] if inner else None
    while inner is not None:
        start = inner[0]
        joint = next((word for word in _JOINED if tokens.text.endswith(word, 0, start)), None)
        inner = _plain_name(tokens, start - len(joint), least) if joint else None
    return None if start is None else (start, tokens.text[start:stop].replace(" ", ""))


def _plain_name(tokens: Tokens, stop: int, least: int) -> tuple[int, str] | None:
    """Give the known name or the one that reads like a law's and ends at ``stop``."""
    known = _known_end(tokens, stop, least)
    start = _name_start(tokens, stop, least)
    name = tokens.text[start:stop]
    if known is not None and (start >= known[0] or not _is_municipal(tokens, start, stop)):
        return known[0], tokens.text[known[0] : stop]
    return (start, name) if not _BARE.fullmatch(name) and name.endswith(_SURE) else None


def _known_end(tokens: Tokens, stop: int, least: int) -> tuple[int, str] | None:
    """Give the longest known name that ends at ``stop``, also one of the orders and rules made under it."""
    text = tokens.text
    ending = next((word for word in _UNDER if text.endswith(word, 0, stop)), "")
    base = stop - len(ending)
    laws = known_laws()
    for begin in range(max(least, base - _LONGEST), base - 1):
        full = laws.get(text[begin:base])
        if full is not None and (tokens.begins(begin) or begin == 0):
            return begin, full + ending
    return None


def _name_start(tokens: Tokens, stop: int, least: int) -> int:
    """Walk back over what a law's name is made of."""
    inside = tokens.between(max(least, stop - _LONGEST), stop)
    start = stop
    for index in range(len(inside) - 1, -1, -1):
        token = inside[index]
        if (token.text == "よる" and _is_inside(tokens, token, stop)) or _is_of_title(tokens, token, stop):
            start = token.start
            continue
        if (
            _is_object(tokens, token, stop)
            or _ends_list(tokens, token, stop)
            or _ends_walk(token, tokens.text[max(0, token.start - _LONGEST_END) : token.start])
        ):
            break
        start = token.start
    start = _from_municipality(tokens, start, stop)
    kept = [token for token in tokens.between(start, stop) if token.start >= start]
    while kept and not kept[0].is_nominal:
        kept.pop(0)
    return kept[0].start if kept else stop


def _is_inside(tokens: Tokens, by: Token, stop: int) -> bool:
    """Say whether による belongs to the title (鳥獣による被害の防止に関する条例) and not to what a law is made by (規定による)."""
    noun = tokens.before(tokens.before(by.start).start)
    cause = noun.is_nominal and not _MADE_BY.search(tokens.text[max(0, noun.stop - 4) : noun.stop])
    return cause and "に関する" in tokens.text[by.stop : stop]


def _is_of_title(tokens: Tokens, token: Token, stop: int) -> bool:
    """Say whether 定める or a が before it belongs to a title: 締結することができる契約を定める条例."""
    after = tokens.text[token.stop : stop]
    if token.text == "定める":
        return tokens.before(token.start).text == "を" and NAME_END.fullmatch(after) is not None
    return token.text == "が" and after.startswith("できる") and "を定める" in after


def _is_object(tokens: Tokens, token: Token, stop: int) -> bool:
    """Say whether を belongs to a verb behind the title, since none stands in it: 結果を|村選挙管理委員会規程第12条の規定に基づき報告する."""
    if token.text != "を" or not token.tag.startswith("助詞"):
        return False
    return not any(one.tag.startswith("動詞") for one in tokens.between(token.stop, stop))


def _ends_list(tokens: Tokens, token: Token, stop: int) -> bool:
    """Say whether a list goes over from bodies to a law: 建設課及び下水道条例."""
    if token.text not in _COORDINATORS | _INSIDE or "に関する" in tokens.text[token.stop : stop]:
        return False
    return _BODY_END.search(tokens.text, max(0, token.start - _LONGEST_BODY), token.start) is not None


def _ends_walk(token: Token, before: str) -> bool:
    if token.text == "は" and before.endswith(_TWO_WORDS):
        return False  # 又|は: the dictionary takes it for two words in some titles
    if token.text in _INSIDE:
        return before.endswith(_ENDS_CLAUSE) or bool(_CITED.search(before))
    if token.text in _COORDINATORS:
        return bool(_CITED.search(before))
    if token.text in _STOP_VERBS or (token.text == "が" and token.tag.startswith("助詞")):
        return True
    return token.tag.startswith(_STOPS) or token.text.isspace()


def _from_municipality(tokens: Tokens, start: int, stop: int) -> int:
    """Begin the name at the last municipality in it: 世田谷区個人情報保護条例."""
    inside = tokens.between(start, stop)
    for index in range(len(inside) - 2, 0, -1):
        if inside[index].text in _MUNICIPALITY and "地名" in inside[index - 1].tag:
            return inside[index - 1].start
    return start


def _is_municipal(tokens: Tokens, start: int, stop: int) -> bool:
    inside = tokens.between(start, stop)
    return len(inside) > 1 and inside[1].text in _MUNICIPALITY and "地名" in inside[0].tag
