"""The marks that say which report a page begins: 報告資料Ｎｏ．１, 報告第３６７号, 議案第５号, 資料１－２ ...; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from extract.characters import fold_width, is_space
from extract.document import CleanLine

_OPEN = "[【（(〔［＜\\[]?"
_CLOSE = "[】）)〕］＞\\]]?"
_BRANCH = r"(?:[-－‐−の](?P<branch>\d{1,3}))?"
_PAPERS = "(?P<prefix>報告|議案|委員会|説明|会議|審議|協議|所管|当日|提出|事前)"
_NUMBERED = "議案|報告|承認|認定|諮問|同意|発議|請願|陳情|協議|決議案|意見書案|議員提出議案|委員会提出議案|市長提出議案|区長提出議案|町長提出議案|村長提出議案"
_DOCUMENT: Final = re.compile(
    rf"{_OPEN}{_PAPERS}?資料(?:N[oO][.．]?|№|番号|第)?[:：]?(?P<number>\d{{1,3}}){_BRANCH}号?{_CLOSE}"
)
_REPORT: Final = re.compile(rf"{_OPEN}(?P<kind>{_NUMBERED})第(?P<number>\d{{1,4}})号{_BRANCH}{_CLOSE}")
_ITEM: Final = re.compile(
    rf"{_OPEN}(?P<kind>報告事項|協議事項|審議事項|付議事項)[（(]?(?P<number>\d{{1,3}})[)）]?{_CLOSE}"
)
_WORTH_READING: Final = re.compile("[資議報承認諮同発請陳協決意委市区町村審付当説会所提事]")
_COLONS: Final = frozenset(":：")
_LONGEST: Final = 60  # characters: a mark stands at the start of a short line


@dataclass(frozen=True, slots=True)
class Mark:
    """A report's mark: ``series`` tells the kinds apart, ``length`` counts its characters in the printed line.

    ``strong`` says that it always names a report; a bare 資料１ does so only where nothing stronger stands.
    """

    kind: Literal["number", "document_number"]
    series: str
    number: int
    branch: int | None
    strong: bool
    length: int


def find_marks(line: CleanLine) -> tuple[Mark, ...]:
    """Give the marks that the line consists of, or starts with (「議案第５号　令和６年度…補正予算」).

    Spaces may stand anywhere (「議 案 第 １ 号」). What follows the marks must stand apart from them, by a space or a colon
    (「報告第９号：損害賠償の…」, as an explanation beside the report itself begins; such a mark is of a series of its own).
    """
    raw = line.raw
    if len(raw) > _LONGEST or not _WORTH_READING.search(raw):
        return ()
    places = [place for place, character in enumerate(raw) if not is_space(character)]
    text = fold_width("".join(raw[place] for place in places))
    if len(text) != len(places):
        return ()
    marks: list[Mark] = []
    end = 0
    while match := _DOCUMENT.match(text, end) or _REPORT.match(text, end) or _ITEM.match(text, end):
        end = match.end()
        marks.append(_match_to_mark(match, length=places[end - 1] + 1))
    if marks and text[end : end + 1] in _COLONS:
        marks[-1] = replace(marks[-1], series=marks[-1].series + text[end], length=places[end] + 1)
    elif end < len(text) and places[end] == places[end - 1] + 1:
        return ()
    return tuple(marks)


def _match_to_mark(match: re.Match[str], *, length: int) -> Mark:
    groups = match.groupdict()
    branch = groups.get("branch")
    document = match.re is _DOCUMENT
    return Mark(
        kind="document_number" if document else "number",
        series=("資料" if document else groups["kind"] or "") + (groups.get("prefix") or ""),
        number=int(groups["number"]),
        branch=int(branch) if branch else None,
        strong=not document or groups["prefix"] is not None,
        length=length,
    )
