"""References to other parts of the document, and numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.notation.kanji_numbers import digits_of
from extract.tree.entities.mentions import Mention, parts_of
from extract.tree.entities.tokens import Tokens

_N: Final = "[0-9一二三四五六七八九十百]+"
_MARK: Final = (
    r"[（(][0-9一二三四五六七八九十ア-ンa-z]{1,3}[)）]|[\u2460-\u2473]|[0-9]{1,2}(?![0-9.,年月日件人])"
)
_LEADING_MARK: Final = r"[一二三四五六七八九十]{1,3}(?=[のをにはがで、。（(]|及び|から|まで)"
"""The mark of a section in kanji; 前記三者 and 上記二点 have none."""
_POINTING: Final = re.compile(
    rf"(?P<word>上記|前記|下記|後記|前述|後述|左記|右記|上述|次表|下表|上表|右表|左表|下図|上図|次図|別図)(?P<marks>(?:{_LEADING_MARK})?(?: ?(?:{_MARK}))*)"
    rf"|第 ?(?P<ordinal>{_N}) ?(?P<ordinal_kind>表|図|号様式)(?![彰示記明裏])"
    r"|(?P<follow>(?:以下|次|下)のとおり|以下の通り|次の通り)"
    rf"|(?P<annex>別紙様式|別紙|別冊|別添資料|別添|別記様式|別記|別表|参考資料|添付資料|配付資料|参照資料)(?P<annex_number>(?: ?(?:第|No\.?|№)? ?(?:{_N}(?:の{_N}|[-－][0-9]+)?(?![年月日件人条項])号?|[\u2460-\u2473]|[（(][0-9]{{1,2}}[)）]))?)"
    rf"|(?P<figure>図表|表|図|資料|様式)(?P<figure_number> ?(?:第|No\.?|№)? ?(?:[0-9]+(?:[-－.][0-9]+)*号?|[\u2460-\u2473])(?![年月日件人種級]))"
)
_NOT_FOLLOWED: Final = re.compile("者|人|入|事項")
_KINDS: Final = (
    "(?:議員提出|委員会提出|市長提出|区長提出|町長提出|村長提出|知事提出)?議案|報告|議第|報第|請願|陳情|諮問|答申|承認|認定|同意案?|発議案?|発委|意見書案?|意見案|決議案?"
    "|推薦|監査公表|公表|専決処分|専決|告示|公告|訓令[甲乙]?|議|報|承|認|委|選挙"
)
_DOCUMENT: Final = re.compile(
    r"(?P<paper>報告資料|議案資料|説明資料|委員会資料|資料) ?(?:No\.?|NO\.?|№) ?(?P<paper_number>[0-9]+(?:[-－の][0-9]+)*)"
    rf"|(?P<era>(?:平成|令和) ?(?:[0-9]{{1,2}}|元) ?年)?(?P<kind>{_KINDS})(?P<year>[0-9]{{1,2}})?(?P<ordinal>第) ?(?P<number>{_N}(?:[-－][0-9]+)?) ?号(?:の(?P<branch>{_N}))?"
    rf"|第 ?(?P<first_number>{_N}) ?号(?P<late_kind>議案|報告|意見書案|陳情|請願|諮問|認定)"
    rf"|(?P<case>(?:明治|大正|昭和|平成|令和) ?(?:[0-9]{{1,2}}|元) ?年? ?[（(][ァ-ヶ行家]{{1,3}}[)）] ?第 ?[0-9]+ ?号)"
    rf"|(?P<law>(?:(?:明治|大正|昭和|平成|令和) ?(?:[0-9]{{1,2}}|[元一二三四五六七八九十]{{1,3}}) ?年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?)?(?P<issuer>(?:[\u4e00-\u9fffァ-ヶー]|(?<=年)[ぁ-ん]+){{0,14}}?)(?:法律|政令|省令|府令|条例|規則|告示|訓令|要綱|規程) ?第 ?(?P<law_number>{_N}) ?号)"
    r"|(?P<letter>(?:[0-9]{1,2}(?!年)[\u4e00-\u9fff]|[令平][0-9]{1,2})[\u4e00-\u9fff]{1,8}第 ?[0-9]+(?:[-－の][0-9]+)* ?号"
    r"|[\u4e00-\u9fff]{1,8}発[0-9]{4}第 ?[0-9]+ ?号"
    r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}(?<!定)発第 ?[0-9]+ ?号"
    r"|(?<![\u4e00-\u9fffぁ-んァ-ヶー])[\u4e00-\u9fff]{2,8}(?<![報誌道線風式表区池井炉船橋館棟機車系型園条項種期回類級算号正])第 ?[0-9]{2,5} ?号(?![線館棟車機様被]))"
)
_MORE: Final = re.compile(
    rf" ?(?:、|，|・|及び|並びに|又は|から|～|〜|~) ?(?P<shown>第 ?(?P<number>{_N}) ?号)(?!議案|報告|意見書案|陳情|請願|様式|線|車)"
)
"""A number that shares the kind before it: 議案第12号、第13号及び第15号."""
_NUMBERED: Final = re.compile("号|N[oO]|№")
_PAPER_KINDS: Final = frozenset({"document_number", "number"})
_PAPER: Final = re.compile(
    r"(?P<paper>[\u4e00-\u9fff]{0,4}資料) ?(?:No\.?|№)? ?(?P<paper_number>[0-9]+(?:[-－の][0-9]+)*)"
)


def find_numbers(text: str, kind: str) -> Iterator[Mention]:
    """Give the numbers of documents, bills and laws; ``kind`` is that of the block: its number stands alone."""
    if kind in _PAPER_KINDS and (alone := _PAPER.search(text)) and not _DOCUMENT.search(text):
        yield _paper(alone)
        return
    if _NUMBERED.search(text) is None:
        return
    for match in _DOCUMENT.finditer(text):
        if match["paper"]:
            yield _paper(match)
        elif match["kind"]:
            before = text[match.start() - 1 : match.start()]
            if len(match["kind"]) == 1 and re.match("[\u4e00-\u9fff]", before):
                continue
            yield from _find_of_kind(text, match)
        elif match["late_kind"]:
            number = digits_of(match["first_number"])
            value = f"第{number}号{match['late_kind']}"
            yield Mention(
                *match.span(), "number", value, parts=parts_of(kind=match["late_kind"], number=number)
            )
        else:
            value = re.sub(rf"第 ?({_N}) ?号", lambda m: f"第{digits_of(m[1])}号", match.group()).replace(
                " ", ""
            )
            yield Mention(
                *match.span(),
                "number",
                value,
                parts=parts_of(number=match["law_number"] and digits_of(match["law_number"])),
            )


def _find_of_kind(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """Give the number of a bill, petition and the like, and those that go on from it: 議案第12号から第15号まで."""
    branch = f"の{digits_of(match['branch'])}" if match["branch"] else ""
    word = (match["era"] or "").replace(" ", "") + match["kind"].removesuffix("第") + (match["year"] or "")
    number = digits_of(match["number"]) + branch
    value = f"{word}第{digits_of(match['number'])}号{branch}"
    yield Mention(*match.span(), "number", value, parts=parts_of(kind=word, number=number))
    stop = match.end()
    while (more := _MORE.match(text, stop)) is not None:
        number = digits_of(more["number"])
        yield Mention(
            *more.span("shown"), "number", f"{word}第{number}号", parts=parts_of(kind=word, number=number)
        )
        stop = more.end()


def _paper(match: re.Match[str]) -> Mention:
    value = f"{match['paper']}No.{match['paper_number']}"
    return Mention(
        *match.span(), "number", value, parts=parts_of(kind=match["paper"], number=match["paper_number"])
    )


def find_references(tokens: Tokens) -> Iterator[Mention]:
    """Give the references of a text; the value is what is pointed to as printed, until ``resolve`` finds its section."""
    text = tokens.text
    for match in _POINTING.finditer(text):
        start, stop = match.span()
        if not tokens.begins(start) or _NOT_FOLLOWED.match(text, stop):
            continue
        if match["figure"] and tokens.before(start).is_nominal and text[start - 1 : start] != " ":
            continue
        if match["ordinal"]:
            mark = f"第{digits_of(match['ordinal'])}{match['ordinal_kind']}"
            yield Mention(start, stop, "reference", None, parts=parts_of(word=mark))
            continue
        word = match["word"] or match["follow"] or match["annex"] or match["figure"]
        marks = match["marks"] or match["annex_number"] or match["figure_number"] or ""
        yield Mention(start, stop, "reference", None, parts=parts_of(word=word, mark=_closed(marks)))


def _closed(marks: str) -> str:
    """Give the marks without spaces, their numbers in digits."""
    return re.sub("[一二三四五六七八九十百]+", lambda m: digits_of(m.group()), marks.replace(" ", ""))
