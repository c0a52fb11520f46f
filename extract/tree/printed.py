"""What stands on the pages, as one sequence in reading order: lines, and tables in their place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple, TypeAlias

from extract.characters import fold_width, join_wrapped, without_spaces
from extract.document import CleanLine, CleanPage
from extract.geometry import Box, box_centre

LineKind: TypeAlias = Literal["caption", "unit", "as_of", "note"]
_GAP: Final = re.compile("[\\s　]{3,}")  # in which other lines may stand
_REACH: Final = 3.0  # letter sizes above and below a line, for what is bracketed in it
_GUTTER_STEP: Final = 10  # points: gutters of two spreads that differ by less are the same


class Column(NamedTuple):
    """The part of the sheet that lines share: a page, or half of a spread (``half`` 0 or 1), from ``start`` to ``end``."""

    half: int
    start: int
    end: int
    height: int


Area: TypeAlias = tuple[int, Column]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line outside tables: ``index`` is its place in ``CleanPage.lines``, ``kind`` what it is to a table, if anything.

    Lines of equal ``column`` share their margins.
    """

    page: int
    index: int
    column: Column
    line: CleanLine
    kind: LineKind | None

    @property
    def area(self) -> Area:
        """The page and the part of the sheet that the line stands in."""
        return (self.page, self.column)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The first part of a table in its place; ``number`` counts the tables of the document from 0."""

    page: int
    column: Column
    box: Box
    number: int


PrintedItem: TypeAlias = PrintedLine | PrintedTable


def pages_to_items(
    pages: Iterable[CleanPage],
    *,
    running: Mapping[int, Container[int]],
    tables: Sequence[tuple[int, Box]],
    kinds: Mapping[tuple[int, int], LineKind],
) -> tuple[PrintedItem, ...]:
    """Give lines and tables in reading order.

    ``running``: by page number the indexes of running lines, which are left out. ``tables``: page number and box of each
    table's first part. ``kinds``: what a line (page number, index) is to a table.
    """
    tables_of_page: dict[int, list[int]] = {}
    for number, (page_number, _) in enumerate(tables):
        tables_of_page.setdefault(page_number, []).append(number)
    items: list[PrintedItem] = []
    for page in pages:
        left_out = running.get(page.frame.number, ())
        lines = [
            PrintedLine(
                page=page.frame.number,
                index=index,
                column=column_of(page, line.box),
                line=line,
                kind=kinds.get((page.frame.number, index)),
            )
            for index, line in enumerate(page.lines)
            if index not in left_out
        ]
        grids = [
            PrintedTable(page.frame.number, column_of(page, tables[number][1]), tables[number][1], number)
            for number in tables_of_page.get(page.frame.number, ())
        ]
        items.extend(_merge(_after_their_brackets(lines), grids))
    return tuple(items)


def column_of(page: CleanPage, box: Box) -> Column:
    """Give the column that a box of the page belongs to."""
    width, height = round(page.frame.width), round(page.frame.height)
    if page.gutter is None:
        return Column(0, 0, width, height)
    gutter = round(page.gutter / _GUTTER_STEP) * _GUTTER_STEP
    return (
        Column(0, 0, gutter, height)
        if box_centre(box)[0] <= page.gutter
        else Column(1, gutter, width, height)
    )


def text_after(line: CleanLine, length: int) -> str:
    """Give the cleaned text of a line without its first ``length`` printed characters."""
    left_out = len(fold_width(without_spaces(line.raw[:length])))
    taken = 0
    for index, character in enumerate(line.text):
        if taken == left_out:
            return line.text[index:].lstrip()
        if not character.isspace():
            taken += 1
    return ""


def join_lines(lines: Sequence[CleanLine]) -> str:
    """Give the cleaned text of wrapped lines. Where a space belongs is told by the printed, not by the folded text."""
    joined = lines[0].text
    for before, after in pairwise(lines):
        together = len(before.raw.strip()) + len(after.raw.strip())
        apart = len(join_wrapped((before.raw, after.raw))) > together
        joined = f"{joined} {after.text}" if apart else joined + after.text
    return fold_width(joined) if len(lines) > 1 else joined


def _after_their_brackets(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Put small lines that stand one above another in the gap of a line (令和８年度［一般会計／介護保険］予算書) after that line.

    Read by height alone, the upper ones of them come before it.
    """
    ordered = list(lines)
    for around in lines:
        if not _GAP.search(around.line.raw.strip()):
            continue
        inner = [printed for printed in lines if _stands_in_gap(printed, around)]
        tops = min((printed.line.box[1] for printed in inner), default=around.line.box[1])
        feet = max((printed.line.box[3] for printed in inner), default=around.line.box[3])
        if len(inner) > 1 and tops < around.line.box[1] and around.line.box[3] < feet and _are_stacked(inner):
            ordered = [printed for printed in ordered if printed not in inner]
            place = ordered.index(around) + 1
            ordered[place:place] = inner
    return ordered


def _are_stacked(lines: Sequence[PrintedLine]) -> bool:
    """Say whether no other line could stand between two of these."""
    boxes = sorted((printed.line.box for printed in lines), key=lambda box: box[1])
    return all(below[1] - above[3] < above[3] - above[1] for above, below in pairwise(boxes))


def _stands_in_gap(printed: PrintedLine, around: PrintedLine) -> bool:
    box, outer, size = printed.line.box, around.line.box, around.line.size
    if printed is around or printed.column != around.column or printed.line.size >= size:
        return False
    beside = outer[0] + size < box[0] and box[2] < outer[2] - size
    return beside and outer[1] - _REACH * size <= box[1] and box[3] <= outer[3] + _REACH * size


def _merge(lines: Sequence[PrintedLine], tables: Sequence[PrintedTable]) -> Iterable[PrintedItem]:
    """Put each table before the first line of its half that stands lower than the table's top."""
    waiting = sorted(tables, key=lambda table: (table.column.half, table.box[1], table.box[0]))
    position = 0
    for printed in lines:
        half, middle = printed.column.half, box_centre(printed.line.box)[1]
        while position < len(waiting) and (waiting[position].column.half, waiting[position].box[1]) < (
            half,
            middle,
        ):
            yield waiting[position]
            position += 1
        yield printed
    yield from waiting[position:]
