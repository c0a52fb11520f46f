"""Headings without an outline mark: large or centred lines, the names of laws, the captions of their articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from extract.tree.front_lines import is_date
from extract.tree.margins import Margins
from extract.tree.markers import APPENDIX, ARTICLE, is_leader, strip_marker
from extract.tree.printed import Area, PrintedLine
from extract.tree.read_lines import Paragraph, Piece, is_sentence, lines_to_text

_BRACKETED: Final = re.compile("[（(][^（）()。]{2,40}[）)]")
_CENTRED: Final = 2.0  # letter sizes off the middle
_INSIDE: Final = (
    0.2  # of the sheet's width: no text begins so far from the edge (a cover has no other line to measure)
)
_LARGE: Final = 1.15  # of the usual letter size
_LONGEST_HEADING: Final = 60
_SHORTEST_HEADING: Final = 4
_WIDE_GAP: Final = re.compile("[\\s　]{6,}")  # between two texts beside one another, as in a chart
_PERIOD: Final = re.compile("[自至][\\s　]")  # 「自 令和３年４月１日」 below the title of a paper
_SET_OFF: Final = 1.5  # line pitches
_PAPER: Final = re.compile("(?:書|表|案|条例|要綱|要領|規則|規程|次第|名簿|概要|計画|一覧|について)$")
_CONTENTS: Final = "目次"
_SAME_SIZE: Final = 1.0  # points


def find_captioned_article(piece: Paragraph, following: Piece | None) -> Paragraph | None:
    """Give the article that follows, where the piece is its bracketed caption (（漏えい等の報告等） 第六十八条 …)."""
    if not isinstance(following, Paragraph) or following.marker is None or following.marker.style != ARTICLE:
        return None
    bracketed = (
        piece.marker is None
        and piece.kind in {None, "caption"}
        and _BRACKETED.fullmatch(text_of(piece)) is not None
    )
    return following if bracketed else None


def is_law_title(piece: Paragraph, following: Piece | None, after: Sequence[Piece]) -> bool:
    """Say whether the piece names the law whose articles follow."""
    if piece.marker is not None or piece.kind is not None or is_sentence(text_of(piece)):
        return False
    if not isinstance(following, Paragraph):
        return False
    if following.marker is not None:
        return following.marker.style == ARTICLE
    return find_captioned_article(following, after[0] if after else None) is not None


def is_plain_heading(piece: Paragraph, before: Piece | None, margins: Mapping[Area, Margins]) -> bool:
    """Say whether a line without a mark is a heading: large print, or centred at the head of a page."""
    text = text_of(piece)
    if (
        piece.kind is not None
        or piece.lines[0].line.angle != 0
        or is_sentence(text)
        or _BRACKETED.fullmatch(text)
    ):
        return False
    if text != _CONTENTS and not _SHORTEST_HEADING <= len(text) <= _LONGEST_HEADING:
        return False
    first = piece.lines[0]
    area = margins[first.area]
    if is_leader(first.line.raw):
        return False
    if first.line.box[0] > max((area.left + area.right) / 2, _middle_of_sheet(first)):
        return False
    if first.line.size >= _LARGE * area.size:
        return "、" not in text
    if not _is_page_head(first, before) and not _names_paper(piece, before, margins):
        return False
    return is_centred(piece.lines, margins)


def is_listed_on_cover(pieces: Sequence[Piece], place: int, margins: Mapping[Area, Margins]) -> bool:
    """Say whether a line stands below a larger one on a page where all print is large: a cover lists what is in it."""
    piece = pieces[place]
    if not isinstance(piece, Paragraph):
        return False
    area, size = piece.lines[0].area, piece.lines[0].line.size
    start = stop = place
    while start and _area_of(pieces[start - 1]) == area:
        start -= 1
    while stop < len(pieces) and _area_of(pieces[stop]) == area:
        stop += 1
    lines = [line for one in pieces[start:stop] if isinstance(one, Paragraph) for line in one.lines]
    tables = any(not isinstance(one, Paragraph) for one in pieces[start:stop])
    if tables or any(line.line.size < _LARGE * margins[area].size for line in lines):
        return False
    above = [one.lines[0].line.size for one in pieces[start:place] if isinstance(one, Paragraph)]
    return max(above, default=0.0) >= _LARGE * size


def _area_of(piece: Piece) -> Area:
    return piece.lines[0].area if isinstance(piece, Paragraph) else (piece.page, piece.column)


def _names_paper(piece: Paragraph, before: Piece | None, margins: Mapping[Area, Margins]) -> bool:
    """Say whether a line in the middle of the page, set off from the text above it, names a paper (第２７期事業報告書)."""
    first = piece.lines[0]
    if not isinstance(before, Paragraph) or len(piece.lines) > 1 or _PAPER.search(text_of(piece)) is None:
        return False
    step = first.line.box[3] - before.lines[-1].line.box[3]
    return step >= _SET_OFF * max(margins[first.area].pitch, first.line.size)


def is_annex_title(piece: Paragraph, before: Piece | None, margins: Mapping[Area, Margins]) -> bool:
    """Say whether the title of a table is that of an annex: centred at the head of the page after a signed text."""
    first = piece.lines[0]
    if piece.kind != "caption" or piece.marker is not None or not isinstance(before, Paragraph):
        return False
    text = text_of(piece)
    if is_sentence(text) or _BRACKETED.fullmatch(text) or _WIDE_GAP.search(first.line.raw.strip()):
        return False
    last = before.lines[-1]
    area = margins[last.area]
    signed = last.line.box[0] > (area.left + area.right) / 2
    return signed and _is_page_head(first, before) and is_centred(piece.lines, margins)


def is_alone(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Say whether the pieces ``first`` to ``last`` are all that stands on their page: the title of the part that follows (中表紙).

    A tab in the margin, written down the page, does not count.
    """
    before = next((piece for piece in reversed(pieces[:first]) if not _is_tab(piece)), None)
    after = next((piece for piece in pieces[last + 1 :] if not _is_tab(piece)), None)
    page = _lines_page(pieces[first], last=False)
    alone = before is None or _lines_page(before, last=True) != page
    return alone and after is not None and _lines_page(after, last=False) != page


def _is_tab(piece: Piece) -> bool:
    if not isinstance(piece, Paragraph):
        return False
    line = piece.lines[0].line
    return line.angle != 0 or (len(line.text) > 1 and line.box[3] - line.box[1] > line.box[2] - line.box[0])


def _lines_page(piece: Piece, *, last: bool) -> int:
    return piece.lines[-1 if last else 0].page if isinstance(piece, Paragraph) else piece.page


def _is_page_head(first: PrintedLine, before: Piece | None) -> bool:
    last = before.lines[-1] if isinstance(before, Paragraph) else before
    return last is None or last.page != first.page or last.column != first.column


def _middle_of_sheet(printed: PrintedLine) -> float:
    return (printed.column.start + printed.column.end) / 2


def is_centred(lines: Iterable[PrintedLine], margins: Mapping[Area, Margins]) -> bool:
    """Say whether the lines stand in the middle of their column or of its text, away from both margins."""
    for printed in lines:
        column, size, box = margins[printed.area], printed.line.size, printed.line.box
        middle = (box[0] + box[2]) / 2
        text_middle = (column.left + column.right) / 2
        off = abs(middle - _middle_of_sheet(printed))
        if min(abs(middle - text_middle), off) > _CENTRED * size:
            return False
        inside = box[0] - printed.column.start > _INSIDE * (printed.column.end - printed.column.start)
        if box[0] < column.left + size and not (inside and off <= _CENTRED * size):
            return False
    return True


def find_appendix_title(
    piece: Paragraph, following: Piece | None, margins: Mapping[Area, Margins]
) -> Paragraph | None:
    """Give the centred or large title below 参考 or 別紙１, where one stands."""
    if (
        piece.marker is None
        or piece.marker.style != APPENDIX
        or strip_marker(piece.marker, piece.lines[0].line)
    ):
        return None
    if not isinstance(following, Paragraph) or following.marker is not None or following.kind is not None:
        return None
    if following.lines[0].page != piece.lines[0].page or is_sentence(text_of(following)):
        return None
    large = following.lines[0].line.size >= _LARGE * margins[following.lines[0].area].size
    return following if large or is_centred(following.lines, margins) else None


def find_second_line(
    piece: Paragraph, following: Piece | None, margins: Mapping[Area, Margins]
) -> Paragraph | None:
    """Give the line below a plain heading that is printed like it and belongs to it (令和７年度 ／ …に関する説明書)."""
    if not isinstance(following, Paragraph) or following.marker is not None or following.kind is not None:
        return None
    above, first = piece.lines[-1], following.lines[0]
    if first.area != above.area or is_sentence(text_of(following)):
        return None
    if is_date(first.line) or _PERIOD.match(first.line.text):
        return None
    if abs(first.line.size - above.line.size) > _SAME_SIZE:
        return None
    large = first.line.size >= _LARGE * margins[first.area].size
    return following if large or is_centred(following.lines, margins) else None


def text_of(piece: Paragraph) -> str:
    """Give the cleaned text of a paragraph, its mark included."""
    return lines_to_text(piece.lines)
