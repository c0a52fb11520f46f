"""The outline of a report: nested sections with their paragraphs, and tables in their place.

A line that opens with a mark opens a section: its whole text, with its wrapped lines, is the section's title, be it a
heading (１ 事案の概要), a point of a list (・) or a sentence (第六十八条 行政機関の長等は、…。). The bracketed caption above an article
(見出し) begins the article's title. A ※ line is a block of kind "note".
What goes back to an outer section after inner ones stands in a section without mark and title, so that walking the sections
(content first, then the inner ones) gives the printed order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, cast

from extract.document import Block, BlockKind, Section
from extract.geometry import Box, box_rounded, box_union
from extract.tree.front_lines import is_signed_date
from extract.tree.margins import Margins
from extract.tree.markers import APPENDIX, BRACKETS, Marker, strip_marker
from extract.tree.nesting import Nesting, Node
from extract.tree.printed import Area, PrintedLine, PrintedTable
from extract.tree.read_lines import Paragraph, Piece, indentation, is_sentence, lines_to_text
from extract.tree.unmarked import (
    find_appendix_title,
    find_captioned_article,
    find_second_line,
    is_alone,
    is_annex_title,
    is_law_title,
    is_listed_on_cover,
    is_plain_heading,
    text_of,
)

_STATES_DAY: Final = re.compile("現在")
_ISO_DAY: Final = 10  # characters of a full ISO date
_UNIT: Final = re.compile(
    " *[（(〔［\\[]? *単位 *[:：][^（）()]*[)）〕］\\]]?$"
)  # 「１．追加　　（単位：千円）」
_INDENT: Final = 0.5  # letter sizes
_SLACK: Final = 0.3
_BELOW: Final = 2.5


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table stands: the id of the section whose heading is above it, and the day that a heading states."""

    section: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a report and, by table number, the places of its tables."""

    sections: tuple[Section, ...]
    tables: Mapping[int, TablePlace]


def pieces_to_outline(
    front: Sequence[Block],
    pieces: Sequence[Piece],
    margins: Mapping[Area, Margins],
    *,
    report_id: str,
    table_ids: Sequence[str],
    heads: Sequence[tuple[str, ...]] = (),
) -> Outline:
    """Give the nested sections of a report.

    ``front`` are the blocks of the report's head; they begin the first, unnamed section. ``table_ids`` and ``heads``, the
    texts in a table's first row, are by table number.
    """
    builder = _Builder(margins, table_ids, heads)
    for block in front:
        builder.receive(builder.ensure_unnamed(block.page, block.box), block)
    taken = -1  # the place of a piece that became part of the heading before it
    for place, piece in enumerate(pieces):
        if place == taken:
            continue
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if isinstance(piece, PrintedTable):
            builder.add_table(piece)
        elif (article := find_captioned_article(piece, following)) is not None:
            builder.add_section(article, cast("Marker", article.marker), caption=piece)
            taken = place + 1
        elif piece.marker is None:
            taken = _add_unmarked(builder, piece, pieces, place, margins)
        elif builder.repeats_heading(piece):
            builder.add_paragraph(replace(piece, marker=None, kind="caption"))
        else:
            title = find_appendix_title(piece, following, margins)
            builder.add_section(piece, piece.marker, title=title)
            taken = place + 1 if title is not None else -1
    return builder.finish(report_id)


def _add_unmarked(
    builder: _Builder, piece: Paragraph, pieces: Sequence[Piece], place: int, margins: Mapping[Area, Margins]
) -> int:
    """Add a paragraph without a mark, and give the place of the piece after it where that became part of it, else -1."""
    before = pieces[place - 1] if place else None
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if is_law_title(piece, following, pieces[place + 2 : place + 3]):
        builder.add_plain_heading(piece, inside=APPENDIX, second=None)
    elif is_plain_heading(piece, before, margins) and not is_listed_on_cover(pieces, place, margins):
        second = find_second_line(piece, following, margins)
        last = place if second is None else place + 1
        alone = is_alone(pieces, place, last)
        builder.add_plain_heading(piece, inside=None, second=second, alone=alone)
        return -1 if second is None else last
    elif is_annex_title(piece, before, margins):
        builder.add_plain_heading(piece, inside=None, second=None)
    else:
        builder.add_paragraph(piece)
    return -1


def lines_to_block(kind: BlockKind, lines: Sequence[PrintedLine]) -> Block:
    """Give lines as one block, on the page of its start."""
    first_page = [printed.line.box for printed in lines if printed.page == lines[0].page]
    return Block(
        kind=kind,
        raw="\n".join(printed.line.raw for printed in lines),
        text=lines_to_text(lines),
        page=lines[0].page,
        box=box_rounded(box_union(first_page)),
        table=None,
    )


# ------------------------------------------------------------------------------------------------ building


class _Builder:
    """Takes the pieces of a report in printed order and hangs them into its outline."""

    def __init__(
        self, margins: Mapping[Area, Margins], table_ids: Sequence[str], heads: Sequence[tuple[str, ...]]
    ) -> None:
        self._margins = margins
        self._table_ids = table_ids
        self._heads = dict(zip(table_ids, heads, strict=False))
        self._root = Node(None, page=0, box=(0.0, 0.0, 0.0, 0.0), x=0.0, parent=None)
        self._nesting = Nesting(self._root)
        self._tables: dict[int, Node] = {}

    def ensure_unnamed(self, page: int, box: Box) -> Node:
        """Give the end of the path; where that is the root, or has inner sections already, an unnamed section in it."""
        end = self._nesting.path[-1]
        if end is not self._root and not end.children:
            return end
        node = Node(None, page=page, box=box, x=end.x, parent=end)
        self._nesting.open(node)
        return node

    @staticmethod
    def receive(node: Node, block: Block) -> None:
        """Add a block; an unnamed section's box holds what it holds on its first page."""
        if not node.is_named and node.page == block.page:
            node.box = box_rounded(box_union((node.box, block.box)))
        node.content.append(block)

    def repeats_heading(self, piece: Paragraph) -> bool:
        """Say whether a budget's heading is printed again for the next table of its 款."""
        heading = _UNIT.sub("", text_of(piece))
        return any(node.style == "kan" and node.heading == heading for node in self._nesting.path)

    def add_section(
        self,
        piece: Paragraph,
        marker: Marker,
        *,
        title: Paragraph | None = None,
        caption: Paragraph | None = None,
    ) -> None:
        """Open a section for a marked paragraph.

        ``title`` is a title below a mark that stands alone, ``caption`` the bracketed caption above an article.
        """
        first = piece.lines[0]
        x = indentation(first, self._margins)
        counted = self._nesting.make_room(marker, x, first.line.size)
        node = Node(marker, page=first.page, box=first.line.box, x=counted, parent=None)
        stripped = replace(first, line=replace(first.line, text=strip_marker(marker, first.line)))
        text = _UNIT.sub("", lines_to_text([stripped, *piece.lines[1:]]))
        if title is not None:
            text = f"{text} {text_of(title)}".strip()
        if caption is not None:
            text = f"{text_of(caption)} {text}".strip()
            node.page = caption.lines[0].page
        node.is_item = is_sentence(text)
        node.heading = _UNIT.sub("", text_of(piece))
        if len(piece.lines) > 1:
            node.text_x = min(indentation(printed, self._margins) for printed in piece.lines[1:])
        self._nesting.open(node)
        above, below = caption.lines if caption else (), title.lines if title else ()
        self._name(node, [*above, *piece.lines, *below], text or None)

    def _name(self, node: Node, heading: Sequence[PrintedLine], title: str | None) -> None:
        block = lines_to_block("title", heading)
        node.title = title
        node.raw = block.raw
        node.box = block.box
        if _STATES_DAY.search(block.raw):
            dates = [date for printed in heading for date in printed.line.dates]
            days = [date for date in dates if len(date) == _ISO_DAY]
            node.as_of = next(reversed(days or dates), None)

    def add_plain_heading(
        self, piece: Paragraph, *, inside: str | None, second: Paragraph | None, alone: bool = False
    ) -> None:
        """Open a section that has a title and no mark.

        It stands at the top, or in the last section of the style ``inside``; a heading ``alone`` on its page holds those on
        the pages that follow. Right below a numbered heading (１．総括) it names what stands there.
        """
        path = self._nesting.path
        first = piece.lines[0]
        outer = [place for place, node in enumerate(path) if inside is not None and node.style == inside]
        dividers = [place for place, node in enumerate(path) if node.is_divider and not alone]
        if inside is not None or not self._is_bare_heading(path[-1], first):
            self._nesting.cut((outer or dividers or [0])[-1] + 1)
        node = Node(
            None, page=first.page, box=first.line.box, x=indentation(first, self._margins), parent=None
        )
        parts = [piece] if second is None else [piece, second]
        title = " ".join(_UNIT.sub("", text_of(part)) for part in parts)
        self._name(node, [printed for part in parts for printed in part.lines], title)
        node.is_divider = alone
        self._nesting.open(node)

    @staticmethod
    def _is_bare_heading(node: Node, below: PrintedLine) -> bool:
        """Say whether a numbered heading stands right above a line, with nothing in between."""
        if node.rank is None or node.is_item or node.page != below.page or node.content or node.children:
            return False
        return 0 < below.line.box[3] - node.box[3] <= _BELOW * below.line.size

    def add_table(self, table: PrintedTable) -> None:
        """Put a table under the last heading."""
        self._close_items()
        box = box_rounded(table.box)
        table_id = self._table_ids[table.number]
        self._close_remark(table_id)
        node = self.ensure_unnamed(table.page, box)
        self._tables[table.number] = node
        self.receive(node, Block(kind="table", raw="", text="", page=table.page, box=box, table=table_id))

    def _close_remark(self, table_id: str) -> None:
        """Close a bracketed heading (【内訳】) below a table where, after its own table, one like the table above it begins."""
        path = self._nesting.path
        if len(path) < 2 or path[-1].style not in BRACKETS or not path[-1].content or not path[-2].content:
            return
        inner, outer = path[-1].content[-1].table, path[-2].content[-1].table
        head = self._heads.get(table_id, ())
        if inner is not None and outer is not None and len(head) > 1 and head == self._heads.get(outer):
            self._nesting.cut(len(path) - 1)

    def add_paragraph(self, piece: Paragraph) -> None:
        """Put a paragraph, or a line that belongs to a table, where it stands."""
        if is_signed_date(piece.lines[0].line) and any(node.is_named for node in self._nesting.path):
            self._nesting.cut(1)
        elif piece.lines[0].kind is not None:
            self._close_items()
        else:
            self._close_outdented(piece)
        block = lines_to_block(piece.kind or "paragraph", piece.lines)
        self.receive(self.ensure_unnamed(block.page, block.box), block)

    def _close_items(self) -> None:
        """Close points and numbered sentences: a table belongs to a heading."""
        path = self._nesting.path
        while len(path) > 1 and (path[-1].is_bullet or path[-1].is_item):
            path.pop()

    def _close_outdented(self, piece: Paragraph) -> None:
        """Close the points that the paragraph, by its indentation, does not belong to."""
        x = min(indentation(printed, self._margins) for printed in piece.lines)
        size = piece.lines[0].line.size
        path = self._nesting.path
        while len(path) > 1:
            node = path[-1]
            if node.is_bullet:
                stays = x >= node.x + (-_SLACK if piece.kind == "note" else _INDENT) * size
            elif node.is_item:
                hanging = node.text_x > node.x + _INDENT * size
                stays = x >= node.x + (_INDENT if hanging else -_SLACK) * size
            elif node.marker is not None and node.rank is None:
                stays = x >= node.x - _SLACK * size
            else:
                return
            if stays:
                return
            path.pop()

    def finish(self, report_id: str) -> Outline:
        """Give the frozen sections, numbered in printed order, and the places of the tables."""
        numbers = count(1)
        ids: dict[int, str] = {}
        sections = tuple(_freeze(node, 1, report_id, numbers, ids) for node in self._root.children)
        places = {
            number: TablePlace(section=_heading_id(node, ids), as_of=_stated_day(node))
            for number, node in self._tables.items()
        }
        return Outline(sections=sections, tables=places)


def _freeze(node: Node, level: int, report_id: str, numbers: count[int], ids: dict[int, str]) -> Section:
    ids[id(node)] = section_id = f"{report_id}s{next(numbers)}"
    return Section(
        id=section_id,
        level=level,
        marker=node.marker.raw if node.marker else None,
        title=node.title,
        raw=node.raw,
        page=node.page,
        box=node.box,
        content=tuple(node.content),
        sections=tuple(_freeze(child, level + 1, report_id, numbers, ids) for child in node.children),
    )


def _heading_id(node: Node, ids: Mapping[int, str]) -> str | None:
    """Give the id of the nearest section with a mark or title; that of the report's unnamed part where none is above."""
    above: Node | None = node
    while above is not None and not above.is_named:
        above = above.parent
    return ids.get(id(above)) or ids[id(node)]


def _stated_day(node: Node | None) -> str | None:
    while node is not None:
        if node.as_of is not None:
            return node.as_of
        node = node.parent
    return None
