"""What a line of a report's head is: a date, the name of a meeting, departments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from extract.characters import fold_width, without_spaces
from extract.document import CleanLine
from extract.tree.margins import Margins
from extract.tree.marks import find_marks
from extract.tree.printed import Area, PrintedLine

_RIGHT: Final = 3.0  # letter sizes left of the middle: a department begins further right
_DATE: Final = re.compile(
    r"(?:日付|報告日|提出日|作成日)?[:：]?(?:(?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元|[一二三四五六七八九十]{1,3})年|(?:19|20)\d\d年)"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?(?:[（(][月火水木金土日][曜日・祝休]*[）)])?(?:付|提出|報告|作成)?"
    r"|(?:[RHS]|(?:19|20)\d\d[./])\d{1,2}[./]\d{1,2}(?:[./]\d{1,2})?"
)
_LABEL: Final = re.compile(
    r"(?:担当|所管|主管|提出|報告|作成)?(?:部課|部署|課|部|所属|者|課名|部署名)?(?:名)?[:：]|(?:担当|所管|主管)(?:部課|課|部署)[\s　]+"
)
_DEPARTMENT: Final = re.compile(
    r"[^\d。、，：:「」！？]{2,40}(?:部|課|室|局|係|所|センター|委員会|署|院|館|園|校|班|チーム|機構|事務組合|公社|財団|担当|会計管理者)"
)
_NO_DEPARTMENT: Final = re.compile("(?:一部|全部|委員会資料|資料|内部|外部|箇所|か所|場所|住所)$")
_HIGHER: Final = re.compile("(?:部|局|本部|委員会|支所|総合支所|事務局)$")
_SESSION: Final = re.compile(
    r"(?:第\d+回)?(?:(?:令和|平成)(?:\d+|元)年)?(?:第\d+回)?(?:\d+月)?[^\d。]{0,20}(?:定例会|臨時会|定例議会|議会|委員会|協議会|審議会|会議)(?:\d*月?(?:会議|議会))?"
    r"(?:資料|報告資料|提出資料|説明資料|配布資料|提出議案|報告事項)?(?:[（(].{1,20}[）)])?"
)


def is_date_line(printed: PrintedLine) -> bool:
    """Say whether the line is a date and nothing else (令 和 ６ 年 ７ 月 １ ９ 日, 令和８年２月１８日提出)."""
    return is_date(printed.line)


def is_date(line: CleanLine) -> bool:
    """Say the same of a line wherever it stands."""
    return _DATE.fullmatch(_squeeze(line)) is not None


def is_signed_date(line: CleanLine) -> bool:
    """Say whether the line is the date below the text of a bill (令和８年２月１８日提出)."""
    return is_date(line) and line.text.rstrip().endswith("提出")


def is_session_line(printed: PrintedLine) -> bool:
    """Say whether the line names a meeting or its papers (令和６年６月定例会, 総務委員会資料)."""
    return _SESSION.fullmatch(_squeeze(printed.line)) is not None


def is_front_line(printed: PrintedLine) -> bool:
    """Say whether the line may stand above a report's mark: a date or the name of a meeting."""
    return is_date_line(printed) or is_session_line(printed)


def is_named_department(line: CleanLine) -> bool:
    """Say whether the line reads like the name of a department, wherever it stands."""
    return _DEPARTMENT.fullmatch(_squeeze(line)) is not None


def is_set_apart(printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether the line is a mark, a date or a department, and so no title."""
    if find_marks(printed.line) or is_date_line(printed):
        return True
    return any(find_departments(printed, margins, dated=False))


def find_departments(printed: PrintedLine, margins: Mapping[Area, Margins], *, dated: bool) -> Iterator[str]:
    """Give the departments of a line that stands at the right or below a date and consists of nothing else."""
    raw = printed.line.text
    label = _LABEL.match(raw)
    area = margins[printed.area]
    at_right = printed.line.box[0] > (area.left + area.right) / 2 - _RIGHT * printed.line.size
    if not (label or at_right or dated):
        return
    body = raw[label.end() :] if label else raw
    names: list[str] = []
    for part in body.replace("、", " ").replace("，", " ").split():
        if names and (_HIGHER.search(names[-1]) or not _DEPARTMENT.fullmatch(names[-1])):
            names[-1] += f" {part}"
        else:
            names.append(part)
    names = [part for name in names for part in _listed(re.sub("[（(][^）)]*[）)]$", "", name))]
    if names and all(_DEPARTMENT.fullmatch(name) and not _NO_DEPARTMENT.search(name) for name in names):
        yield from names


def _listed(name: str) -> list[str]:
    """Give the departments between middle dots where each part is one: 建設課・農林課, but not 住民記録・戸籍課."""
    parts = name.split("・")
    return parts if all(_DEPARTMENT.fullmatch(part) for part in parts) else [name]


def _squeeze(line: CleanLine) -> str:
    return fold_width(without_spaces(line.raw))
