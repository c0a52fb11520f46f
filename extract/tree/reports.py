"""A packet split into its reports.

A report begins where a mark (報告資料Ｎｏ．N, 報告第N号, 議案第N号 ...) stands at the head of a page. A bare 資料N begins one only
in a packet that has no stronger mark; 別紙 and 参考 never do, they belong to the report before them. A page with nothing but a
name in the middle (中表紙, 国民健康保険事業会計) belongs to the report that begins after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extract.tree.front_lines import is_front_line
from extract.tree.marks import Mark, find_marks
from extract.tree.printed import PrintedItem, PrintedLine

_HEAD_LINES: Final = 4  # lines above which a mark must stand on its page
_LISTED: Final = 2  # marks with a text behind them on one page: a list of reports, no report
_LEAF_LINES: Final = 3  # of a page between reports that names the next
_LEAF_TEXT: Final = 40  # characters of such a line
_CENTRED: Final = 2.0  # letter sizes off the middle of the sheet
_MIDDLE: Final = (0.15, 0.75)  # of the height: where such a name stands


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The items of one report and its pages (first, last).

    ``marked`` says that it begins with a mark. The first ``leaf`` items stand on a page before it that only names it.
    """

    items: tuple[PrintedItem, ...]
    pages: tuple[int, int]
    marked: bool
    leaf: int = 0


def items_to_reports(items: Sequence[PrintedItem], page_numbers: Sequence[int]) -> tuple[ReportPart, ...]:
    """Split what is printed into reports; at least one where there are pages.

    Pages before the first mark (a cover, an agenda) are a report without numbers. ``page_numbers`` ascending.
    """
    if not page_numbers:
        return ()
    starts = _find_starts(items)
    if not starts:
        return (ReportPart(tuple(items), (page_numbers[0], page_numbers[-1]), marked=False),)
    leaves = [_count_leaf(items, start) for start in starts]
    bounds = [*(start - leaf for start, leaf in zip(starts, leaves, strict=True)), len(items)]
    parts: list[ReportPart] = []
    if bounds[0] > 0:
        last = _page_before(items, bounds[0], page_numbers)
        parts.append(ReportPart(tuple(items[: bounds[0]]), (page_numbers[0], last), marked=False))
    for (start, stop), leaf in zip(pairwise(bounds), leaves, strict=True):
        first = items[start].page if parts else page_numbers[0]
        last = _page_before(items, stop, page_numbers)
        parts.append(ReportPart(tuple(items[start:stop]), (first, max(first, last)), marked=True, leaf=leaf))
    return tuple(parts)


def _count_leaf(items: Sequence[PrintedItem], start: int) -> int:
    """Count the lines before ``start`` that are all of their page, in its middle, and no smaller than the report's mark.

    The first page of a document names the document.
    """
    place = start
    while place and _side(items[place - 1]) == _side(items[start - 1]):
        place -= 1
    leaf = items[place:start]
    if place == 0 or not 0 < len(leaf) <= _LEAF_LINES or _side(leaf[0]) == _side(items[start]):
        return 0
    return len(leaf) if all(_names_part(item, items[start]) for item in leaf) else 0


def _side(item: PrintedItem) -> tuple[int, int]:
    return (item.page, item.column.half)


def _names_part(item: PrintedItem, mark: PrintedItem) -> bool:
    if not isinstance(item, PrintedLine) or not isinstance(mark, PrintedLine):
        return False
    line, column = item.line, item.column
    x0, y0, x1, y1 = line.box
    off = abs((x0 + x1) / 2 - (column.start + column.end) / 2)
    high, low = (share * column.height for share in _MIDDLE)
    named = len(line.text) <= _LEAF_TEXT and "。" not in line.text and line.angle == 0
    stands = off <= _CENTRED * line.size and high <= y0 and y1 <= low and line.size >= mark.line.size
    return named and stands and not is_front_line(item)


def _page_before(items: Sequence[PrintedItem], stop: int, page_numbers: Sequence[int]) -> int:
    """Give the last page of what ends before the item at ``stop``; blank pages belong to what stands before them."""
    if stop >= len(items):
        return page_numbers[-1]
    page = items[stop].page
    if items[stop - 1].page == page:
        return page
    return max((number for number in page_numbers if number < page), default=page)


def _find_starts(items: Sequence[PrintedItem]) -> list[int]:
    found = list(_find_heads(items))
    if any(mark.strong for _, _, marks in found for mark in marks):
        found = [
            (start, place, strong)
            for start, place, marks in found
            if (strong := [m for m in marks if m.strong])
        ]
    starts: list[int] = []
    current: dict[str, tuple[str, int, int | None]] = {}
    head_end = -1
    for start, place, marks in found:
        keys: dict[str, tuple[str, int, int | None]] = {
            mark.kind: (mark.series, mark.number, mark.branch) for mark in marks
        }
        beside = place <= head_end and not any(kind in current for kind in keys)
        if starts and (beside or all(current.get(kind) == key for kind, key in keys.items())):
            if beside:
                current.update(keys)
        else:
            starts.append(start)
            current = dict(keys)
        head_end = place + _HEAD_LINES
    return starts


def _find_heads(items: Sequence[PrintedItem]) -> Iterator[tuple[int, int, Sequence[Mark]]]:
    """Give the marks at the heads of pages: where their report starts, where they stand, and what they are."""
    start = 0
    while start < len(items):
        stop = start + 1
        while stop < len(items) and (items[stop].page, items[stop].column) == (
            items[start].page,
            items[start].column,
        ):
            stop += 1
        yield from _column_to_heads(items, start, stop)
        start = stop


def _column_to_heads(
    items: Sequence[PrintedItem], start: int, stop: int
) -> Iterator[tuple[int, int, Sequence[Mark]]]:
    marked: list[tuple[int, tuple[Mark, ...], bool]] = []
    for place in range(start, stop):
        item = items[place]
        if isinstance(item, PrintedLine) and (marks := find_marks(item.line)):
            marked.append((place, marks, marks[-1].length >= len(item.line.raw.rstrip())))
    listed = sum(1 for _, _, alone in marked if not alone) >= _LISTED
    above = 0
    for place, marks, alone in marked:
        others = items[start:place]
        above = sum(1 for item in others if not isinstance(item, PrintedLine) or not find_marks(item.line))
        if any(not isinstance(item, PrintedLine) for item in others) or above > _HEAD_LINES:
            return
        if (alone and _only_front(others)) or (not alone and not listed and place == start):
            yield start, place, marks


def _only_front(items: Sequence[PrintedItem]) -> bool:
    """Say whether the lines above a mark are other marks, dates and names of meetings, or one short line."""
    strangers = [
        item
        for item in items
        if isinstance(item, PrintedLine) and not find_marks(item.line) and not is_front_line(item)
    ]
    return len(strangers) <= 1
