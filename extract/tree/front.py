"""The head of a report: its mark, title, date and departments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extract.characters import fold_width, without_spaces
from extract.document import Block
from extract.tree.margins import Margins
from extract.tree.markers import BRACKETS, find_marker
from extract.tree.marks import find_marks
from extract.tree.outline import lines_to_block
from extract.tree.printed import Area, BlockKind, PrintedItem, PrintedLine, join_lines, text_after
from extract.tree.unmarked import is_centred

_LONGEST_HEAD: Final = 30  # lines
_LONGEST_TITLE: Final = 5  # lines
_LONGEST_TITLE_TEXT: Final = 160  # characters
_SHORTEST_TITLE: Final = 3
_LARGE: Final = 1.12  # of the usual letter size
_SAME_SIZE: Final = 0.08  # relative
_TITLE_GAP: Final = 2.7  # letter sizes between the feet of two lines of a title
_NOT_FULL: Final = 2.05  # letter sizes: a line that ends so far before the right margin is no wrapped line
_RIGHT: Final = 3.0  # letter sizes left of the middle: a department begins further right
_COVER: Final = 10  # lines at the top of a document without a mark in which its title is looked for

_DATE: Final = re.compile(
    r"(?:日付|報告日|提出日|作成日)?[:：]?(?:(?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元)年|(?:19|20)\d\d年)"
    r"(?:\d{1,2}月)(?:\d{1,2}日)?(?:[（(][月火水木金土日][曜日・祝休]*[）)])?(?:付|提出|報告|作成|現在提出)?"
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
_COMPLETE: Final = re.compile("(?:について|の件|に関すること)$")
_SUBTITLE: Final = re.compile("[（(].*[）)]|[〜～~―─－-].*[〜～~―─－-]")
_SUBJECT: Final = re.compile(r"件[\s　]*名[\s　:：]+|(?:題[\s　]*名|標[\s　]*題)[\s　:：]+")


@dataclass(slots=True)
class Front:
    """What the head of a report says; ``length`` counts the items of the report that belong to it."""

    document_number: int | None = None
    number: int | None = None
    title: str | None = None
    date: str | None = None
    date_text: str | None = None
    departments: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    length: int = 0


def read_front(items: Sequence[PrintedItem], margins: Mapping[Area, Margins], *, marked: bool) -> Front:
    """Read the head at the start of a report's items.

    It ends at the first table, outline mark or body text. A title may take several lines; a bracketed line below it is
    its subtitle, a title block of its own and no part of ``title``. What is not printed stays None; nothing is guessed.
    In a document without a mark the title is the large or centred text at its top.
    """
    head = _head_lines(items)
    front = Front()
    title = _find_title(head, margins, marked=marked)
    place = 0
    while place < len(head):
        printed = head[place]
        if place == title.start and len(title):
            _take_title(front, head[title.start : title.stop])
            place = title.stop
            continue
        kind = _read_line(front, printed, margins, after_title=bool(len(title)) and place >= title.stop)
        if kind is None:
            if place >= title.stop:
                break
            kind = "paragraph"
        if kind == "title" and not len(title):
            break
        if (
            kind in {"number", "document_number"}
            and front.title is None
            and (beside := _title_beside(head, place, margins))
        ):
            front.title, stop = beside
            title = range(place, stop)
            front.blocks.append(lines_to_block(kind, [printed]))
            front.blocks.extend(lines_to_block("title", [later]) for later in head[place + 1 : stop])
            place = stop
            continue
        front.blocks.append(lines_to_block(kind, [printed]))
        place += 1
    front.length = place
    return front


def is_front_line(printed: PrintedLine) -> bool:
    """Say whether the line is a date or names a meeting: it may stand above a report's mark."""
    text = fold_width(without_spaces(printed.line.raw))
    return _DATE.fullmatch(text) is not None or _SESSION.fullmatch(text) is not None


def find_date_below(items: Sequence[PrintedItem]) -> PrintedLine | None:
    """Give the line that dates a bill below its text (「令和８年２月１８日提出」), where one stands on its first page."""
    for item in items:
        if not isinstance(item, PrintedLine) or item.page != items[0].page:
            return None
        text = fold_width(without_spaces(item.line.raw))
        if text.endswith("提出") and _DATE.fullmatch(text):
            return item
    return None


def _head_lines(items: Sequence[PrintedItem]) -> list[PrintedLine]:
    lines: list[PrintedLine] = []
    for item in items[:_LONGEST_HEAD]:
        if not isinstance(item, PrintedLine) or item.page != items[0].page or item.column != items[0].column:
            break
        if item.kind in {"unit", "note", "as_of"}:
            break
        marker = find_marker(item.line)
        if marker is not None and not find_marks(item.line) and marker.style not in BRACKETS:
            break
        lines.append(item)
    return lines


def _read_line(
    front: Front, printed: PrintedLine, margins: Mapping[Area, Margins], *, after_title: bool
) -> BlockKind | None:
    """Take what the line says of the report and give its kind; None for body text and for a title."""
    marks = find_marks(printed.line)
    text = fold_width(without_spaces(printed.line.raw))
    if marks:
        kind: BlockKind = marks[0].kind
        for mark in marks:
            if mark.kind == "number" and front.number is None:
                front.number = mark.number
            if mark.kind == "document_number" and front.document_number is None:
                front.document_number = mark.number
        return kind
    if _DATE.fullmatch(text):
        if front.date_text is None:
            front.date_text = printed.line.raw.strip()
            front.date = next(iter(printed.line.dates), None)
        return "date"
    if departments := tuple(
        _find_departments(printed, margins, dated=front.date_text is not None or bool(front.departments))
    ):
        front.departments += departments
        return "department"
    if after_title and _SUBTITLE.fullmatch(text) and not front.departments and front.date_text is None:
        return "title"
    return None


# ----------------------------------------------------------------------------------------------- departments


def _find_departments(printed: PrintedLine, margins: Mapping[Area, Margins], *, dated: bool) -> Iterator[str]:
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
    names = [re.sub("[（(][^）)]*[）)]$", "", name) for name in names]
    if names and all(_DEPARTMENT.fullmatch(name) and not _NO_DEPARTMENT.search(name) for name in names):
        yield from names


# ----------------------------------------------------------------------------------------------------- title


def _find_title(head: Sequence[PrintedLine], margins: Mapping[Area, Margins], *, marked: bool) -> range:
    """Give the places of the title's lines in the head; an empty range where there is none."""
    nothing = range(0)
    size = max((margins[printed.area].size for printed in head), default=0.0)
    largest = _find_largest(head, size) if not marked else nothing
    if len(largest):
        return largest
    for place, printed in enumerate(head if marked else head[:_COVER]):
        if _is_set_apart(printed, margins):
            continue
        found = _title_from(head, place)
        text = join_lines([line.line for line in head[found.start : found.stop]])
        if "。" in text or not _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE_TEXT:
            return nothing
        session = _SESSION.fullmatch(fold_width(without_spaces(printed.line.raw))) is not None
        if session and any(not _is_set_apart(later, margins) for later in head[found.stop :]):
            continue
        lines = head[found.start : found.stop]
        shown = (
            is_centred(lines, margins)
            or is_centred(lines[-1:], margins)
            or printed.line.size >= _LARGE * size
        )
        area = margins[lines[-1].area]
        ends = (
            lines[-1].line.box[2] < area.right - _NOT_FULL * size
            or found.stop == len(head)
            or _is_set_apart(head[found.stop], margins)
            or _COMPLETE.search(text) is not None
        )
        if shown or (marked and ends and not session):
            return found
    return nothing


def _title_beside(
    head: Sequence[PrintedLine], place: int, margins: Mapping[Area, Margins]
) -> tuple[str, int] | None:
    """Give the title that stands beside a mark (「報告第５号　繰越計算書の報告について」) and the place past its last line."""
    marked = head[place]
    rest = text_after(marked.line, find_marks(marked.line)[-1].length)
    if len(rest) < _SHORTEST_TITLE or "。" in rest:
        return None
    stop = place + 1
    while stop < len(head) and stop - place < _LONGEST_TITLE:
        full = margins[head[stop - 1].area].right - head[stop - 1].line.box[2] <= _NOT_FULL * marked.line.size
        if not full or _is_set_apart(head[stop], margins) or "。" in head[stop].line.text:
            break
        stop += 1
    lines = [replace(marked.line, text=rest), *(later.line for later in head[place + 1 : stop])]
    return join_lines(lines), stop


def _find_largest(head: Sequence[PrintedLine], usual: float) -> range:
    """Give the first lines in the largest print, where it is clearly larger than the text."""
    largest = max((printed.line.size for printed in head), default=0.0)
    if not head or largest < _LARGE * usual:
        return range(0)
    start = next(
        place for place, printed in enumerate(head) if printed.line.size >= (1 - _SAME_SIZE) * largest
    )
    text = fold_width(without_spaces(head[start].line.raw))
    if "。" in text or len(text) < _SHORTEST_TITLE or _DATE.fullmatch(text):
        return range(0)
    return _title_from(head, start)


def _is_set_apart(printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether the line is a mark, a date or a department, and so no title."""
    text = fold_width(without_spaces(printed.line.raw))
    if find_marks(printed.line) or _DATE.fullmatch(text):
        return True
    return any(_find_departments(printed, margins, dated=False))


def _title_from(head: Sequence[PrintedLine], start: int) -> range:
    """Give the lines that go on with the title that begins at ``start``."""
    stop = start + 1
    while stop < len(head) and stop - start < _LONGEST_TITLE:
        before, after = head[stop - 1], head[stop]
        text = fold_width(without_spaces(after.line.raw))
        if _COMPLETE.search(before.line.text.rstrip()) or _SUBTITLE.fullmatch(text):
            break
        if find_marks(after.line) or _DATE.fullmatch(text) or "。" in text or _DEPARTMENT.fullmatch(text):
            break
        size = before.line.size
        step = after.line.box[3] - before.line.box[3]
        if abs(after.line.size - size) > _SAME_SIZE * size or not 0 < step <= _TITLE_GAP * size:
            break
        stop += 1
    return range(start, stop)


def _take_title(front: Front, lines: Sequence[PrintedLine]) -> None:
    text = join_lines([printed.line for printed in lines])
    front.title = _SUBJECT.sub("", text, count=1) if _SUBJECT.match(text) else text
    front.blocks.append(lines_to_block("title", lines))
