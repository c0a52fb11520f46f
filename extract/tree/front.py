"""The head of a report: its mark, title, date and departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from extract.document import Block, BlockKind
from extract.tree.front_lines import find_departments, is_date_line, is_signed_date
from extract.tree.margins import Margins
from extract.tree.markers import BRACKETS, find_marker
from extract.tree.marks import find_marks
from extract.tree.outline import lines_to_block
from extract.tree.printed import Area, PrintedItem, PrintedLine
from extract.tree.titles import find_title, find_title_beside, is_subtitle, lines_to_title

_LONGEST_HEAD: Final = 30  # lines


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

    It ends at the first table, outline mark or body text. A title may take several lines; a bracketed line below it, its
    subtitle, is a title block of its own and closes ``title``. What is not printed stays None; nothing is guessed.
    In a document without a mark the title is the large or centred text at its top.
    """
    head = _head_lines(items)
    front = Front()
    title = find_title(head, margins, marked=marked)
    place = 0
    while place < len(head):
        printed = head[place]
        if place == title.start and len(title):
            front.title = lines_to_title(head[title.start : title.stop])
            front.blocks.append(lines_to_block("title", head[title.start : title.stop]))
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
            and (beside := find_title_beside(head, place, margins))
        ):
            front.title, stop = beside
            title = range(place, stop)
            front.blocks.append(lines_to_block(kind, [printed]))
            front.blocks.extend(lines_to_block("title", [later]) for later in head[place + 1 : stop])
            place = stop
            continue
        if kind == "title" and front.title is not None:
            front.title += printed.line.text.strip()
        front.blocks.append(lines_to_block(kind, [printed]))
        place += 1
    front.length = place
    return front


def find_date_below(items: Sequence[PrintedItem]) -> PrintedLine | None:
    """Give the line that dates a bill below its text (「令和８年２月１８日提出」), where one stands on its first page."""
    for item in items:
        if not isinstance(item, PrintedLine) or item.page != items[0].page:
            return None
        if is_signed_date(item.line):
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
    if marks:
        kind: BlockKind = marks[0].kind
        for mark in marks:
            if mark.kind == "number" and front.number is None:
                front.number = mark.number
            if mark.kind == "document_number" and front.document_number is None:
                front.document_number = mark.number
        return kind
    if is_date_line(printed):
        if front.date_text is None:
            front.date_text = printed.line.raw.strip()
            front.date = next(iter(printed.line.dates), None)
        return "date"
    if departments := tuple(
        find_departments(printed, margins, dated=front.date_text is not None or bool(front.departments))
    ):
        front.departments += departments
        return "department"
    if after_title and is_subtitle(printed) and not front.departments and front.date_text is None:
        return "title"
    return None
