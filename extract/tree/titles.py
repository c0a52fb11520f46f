"""The title of a report: where it stands in the head, over how many lines it goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from extract.tree.front_lines import is_date_line, is_named_department, is_session_line, is_set_apart
from extract.tree.margins import Margins
from extract.tree.marks import find_marks
from extract.tree.printed import Area, PrintedLine, join_lines, text_after
from extract.tree.unmarked import is_centred

_LONGEST_TITLE: Final = 5  # lines
_LONGEST_TITLE_TEXT: Final = 160  # characters
_SHORTEST_TITLE: Final = 3
_LARGE: Final = 1.12  # of the usual letter size
_SAME_SIZE: Final = 0.08  # relative
_TITLE_GAP: Final = 2.7  # letter sizes between the feet of two lines of a title
_NOT_FULL: Final = 2.05  # letter sizes: a line that ends so far before the right margin is no wrapped line
_INDENTED: Final = 3.5  # letter sizes: a sentence begins no further right of the left margin
_COVER: Final = 10  # lines at the top of a document without a mark in which its title is looked for
_COMPLETE: Final = re.compile("(?:について|の件|に関すること)$")
_SUBTITLE: Final = re.compile("[（(].*[）)]|[〜～~―─－-].*[〜～~―─－-]")
_SUBJECT: Final = re.compile(r"件[\s　]*名[\s　:：]+|(?:題[\s　]*名|標[\s　]*題)[\s　:：]+")


def find_title(head: Sequence[PrintedLine], margins: Mapping[Area, Margins], *, marked: bool) -> range:
    """Give the places of the title's lines in the head; an empty range where there is none."""
    nothing = range(0)
    size = max((margins[printed.area].size for printed in head), default=0.0)
    largest = _find_largest(head, size, margins) if not marked else nothing
    if len(largest):
        return largest
    for place, printed in enumerate(head if marked else head[:_COVER]):
        if is_set_apart(printed, margins):
            continue
        found = _title_from(head, place, margins)
        if not len(found):
            return nothing
        text = join_lines([line.line for line in head[found.start : found.stop]])
        if "。" in text or not _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE_TEXT:
            return nothing
        session = is_session_line(printed)
        if session and any(not is_set_apart(later, margins) for later in head[found.stop :]):
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
            or is_set_apart(head[found.stop], margins)
            or _COMPLETE.search(text) is not None
        )
        if shown or (marked and ends and not session):
            return found
    return nothing


def find_title_beside(
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
        if not full or is_set_apart(head[stop], margins) or "。" in head[stop].line.text:
            break
        stop += 1
    lines = [replace(marked.line, text=rest), *(later.line for later in head[place + 1 : stop])]
    return join_lines(lines), stop


def _find_largest(head: Sequence[PrintedLine], usual: float, margins: Mapping[Area, Margins]) -> range:
    """Give the first lines in the largest print, where it is clearly larger than the text."""
    largest = max((printed.line.size for printed in head), default=0.0)
    if not head or largest < _LARGE * usual:
        return range(0)
    start = next(
        place for place, printed in enumerate(head) if printed.line.size >= (1 - _SAME_SIZE) * largest
    )
    text = head[start].line.text
    if "。" in text or len(text) < _SHORTEST_TITLE or is_date_line(head[start]):
        return range(0)
    return _title_from(head, start, margins)


def _title_from(head: Sequence[PrintedLine], start: int, margins: Mapping[Area, Margins]) -> range:
    """Give the lines that go on with the title that begins at ``start``; none where that line is a sentence's."""
    stop = start + 1
    while stop < len(head) and stop - start < _LONGEST_TITLE:
        before, after = head[stop - 1], head[stop]
        if _COMPLETE.search(before.line.text.rstrip()) or is_subtitle(after):
            break
        if (
            find_marks(after.line)
            or is_date_line(after)
            or is_named_department(after.line)
            or "。" in after.line.text
        ):
            break
        size = before.line.size
        step = after.line.box[3] - before.line.box[3]
        if abs(after.line.size - size) > _SAME_SIZE * size or not 0 < step <= _TITLE_GAP * size:
            break
        stop += 1
    while start < stop < len(head) and _wraps_into_sentence(head[stop - 1], head[stop], margins):
        stop -= 1
    return range(start, stop)


def _wraps_into_sentence(printed: PrintedLine, after: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether a full line goes on below in a sentence that ends there."""
    size = printed.line.size
    area = margins[printed.area]
    full = (
        area.right - printed.line.box[2] <= _NOT_FULL * size
        and printed.line.box[0] - area.left <= _INDENTED * size
    )
    near = 0 < after.line.box[3] - printed.line.box[3] <= _TITLE_GAP * size
    return full and near and "。" in after.line.text and abs(after.line.size - size) <= _SAME_SIZE * size


def is_subtitle(printed: PrintedLine) -> bool:
    """Say whether the line stands in brackets or between dashes, as a subtitle does."""
    return _SUBTITLE.fullmatch(printed.line.text.strip()) is not None


def lines_to_title(lines: Sequence[PrintedLine]) -> str:
    """Give the title that the lines print, without a label (件名)."""
    text = join_lines([printed.line for printed in lines])
    match = _SUBJECT.match(text)
    return text[match.end() :] if match else text
