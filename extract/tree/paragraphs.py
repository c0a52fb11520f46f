"""Wrapped lines to paragraphs, the Japanese way: by indentation, line fill, punctuation, marks and gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from extract.characters import fold_width
from extract.tree.margins import Margins
from extract.tree.markers import (
    APPENDIX,
    ARTICLE,
    BRACKETS,
    KI,
    Marker,
    find_marker,
    is_leader,
    starts_note,
    strip_marker,
)
from extract.tree.printed import Area, LineKind, PrintedItem, PrintedLine, PrintedTable

# in letter sizes
_FULL: Final = 2.05  # a line that ends nearer to the right margin is full: one letter and a forbidden line start may not fit
_STEADY: Final = 0.6  # lines of one paragraph begin in one place
_HANGING: Final = 4.5  # a wrapped line may begin so far right of its mark
_OUTDENT: Final = 2.2  # or so far left of an indented first line
_INDENT: Final = 0.5
_SAME_SIZE: Final = 0.15  # relative: letters of one paragraph
_GAP: Final = 1.45  # in line pitches: a larger step ends a paragraph
_BROKEN_EARLY: Final = 0.25  # of the column: how much a line broken by hand may leave
_LOW: Final = 0.7  # of the page's height: a paragraph that goes on over the page reaches at least here
_HIGH: Final = 0.35  # and goes on above here
_HEADING_LENGTH: Final = 40  # characters: a longer text after a number out of order is a sentence
_LARGEST_NUMBER: Final = 40

_SENTENCE_END: Final = re.compile("[。．！？][」』）)】〕]*$|[：:]$")
_LABEL: Final = re.compile(
    r"[^、。：:（(]{1,10}[^\d、。：:（(][:：]"
)  # 「実施日：」; 「１３：２０」 is a time
_GOES_ON: Final = re.compile(
    "[、，・をのにはがとでもやへ]$|(?:及び|又は|並びに|若しくは|する|した|により|から)$"
)
_COUNTER: Final = re.compile(
    "年|月|日|時|分|秒|人|件|円|回|か所|箇所|カ所|ヶ所|歳|名|台|校|世帯|条|項|号|[%％]|[万億千百]|点|割|倍|階|本|枚|冊|通|頁|種|つ|㎡|[a-zA-Z]|[～〜-]|から|級"
)
_WEAK: Final = frozenset({"arabic", "kanji", "latin", "latin-upper", "kana", "decimal"})
_INSIDE_ARTICLE: Final = frozenset({"arabic", "kanji", "kana", "latin", "paren", "paren-kanji", "paren-kana"})
_NUMBERED_NOTE: Final = re.compile(r"(?:備 ?考|[（(]?注[）)]?|※)[ :：]*[（(]?[0-9①][）)．. ]?")
_OPENING: Final = "（「『【〔([＜"
_CLOSING: Final = "）」』】〕)]＞"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one text, with the outline mark that opens it (or None) and what it is to a table (or None)."""

    lines: tuple[PrintedLine, ...]
    marker: Marker | None
    kind: LineKind | None


Piece: TypeAlias = Paragraph | PrintedTable


class _Opened:
    """The paragraph that is being read."""

    __slots__ = ("kind", "lines", "marker")

    def __init__(self, printed: PrintedLine, marker: Marker | None, kind: LineKind | None) -> None:
        self.lines = [printed]
        self.marker = marker
        self.kind = kind

    def close(self) -> Paragraph:
        return Paragraph(lines=tuple(self.lines), marker=self.marker, kind=self.kind)


class _Sequences:
    """The numbers that were read last, by the style of their mark and their indentation."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[tuple[int, float]]] = {}
        self._in_article = False

    def add(self, marker: Marker, x: float) -> None:
        numbers = self._numbers.setdefault(marker.style, [])
        others = [number for number in numbers if abs(number[1] - x) > 1]
        numbers[:] = [*others[-5:], (marker.value, x)]
        if marker.rank is not None:
            self._in_article = marker.style == ARTICLE or (
                self._in_article and marker.style in _INSIDE_ARTICLE
            )

    def begins_second_paragraph(self, marker: Marker) -> bool:
        """Say whether the mark is 2 in an article: its first paragraph (項) has no number."""
        return self._in_article and marker.style == "arabic" and marker.value == 1 + 1

    def expect(self, marker: Marker, x: float, tolerance: float) -> bool:
        """Say whether the marker's number follows one that was read at about the same indentation."""
        return any(
            marker.value == value + 1 and abs(x - place) <= tolerance
            for value, place in self._numbers.get(marker.style, ())
        )


def items_to_pieces(items: Sequence[PrintedItem], margins: Mapping[Area, Margins]) -> tuple[Piece, ...]:
    """Give the paragraphs and tables of a report in printed order. Each line stands in exactly one paragraph.

    A paragraph may go on over a page or from the left to the right half of a spread.
    """
    pieces: list[Piece] = []
    opened: _Opened | None = None
    sequences = _Sequences()
    for item, after in zip(items, [*items[1:], None], strict=False):
        if isinstance(item, PrintedTable):
            if opened is not None:
                pieces.append(opened.close())
                opened = None
            pieces.append(item)
            continue
        goes_on = opened is not None and _continues(opened, item, after, margins)
        within = opened if goes_on and opened is not None and not _is_ended(opened) else None
        marker = _find_opening(item, within, sequences, margins)
        if goes_on and marker is None and opened is not None:
            opened.lines.append(item)
            continue
        if opened is not None:
            pieces.append(opened.close())
        kind = _kind_of(item)
        if marker is not None and kind is None and _counts_notes(marker, item, pieces):
            marker, kind = None, "note"
        if marker is not None:
            sequences.add(marker, indentation(item, margins))
        opened = _Opened(item, marker, None if marker is not None else kind)
    if opened is not None:
        pieces.append(opened.close())
    return tuple(pieces)


def indentation(printed: PrintedLine, margins: Mapping[Area, Margins]) -> float:
    """Give how far right of the left margin the line begins, in points."""
    return printed.line.box[0] - margins[printed.area].left


def is_sentence(text: str) -> bool:
    """Say whether the text is one sentence or more, and not a heading."""
    return "。" in text


def _kind_of(printed: PrintedLine) -> LineKind | None:
    return printed.kind or ("note" if starts_note(printed.line.raw) else None)


# ---------------------------------------------------------------------------------------- is it a mark?


def _counts_notes(marker: Marker, printed: PrintedLine, pieces: Sequence[Piece]) -> bool:
    """Say whether a number goes on with numbered notes (備考　１ … ／ ２ …), and opens no part of the report."""
    last = pieces[-1] if pieces else None
    if not isinstance(last, Paragraph) or last.kind != "note" or marker.rank is None or marker.value < 1 + 1:
        return False
    first = last.lines[0]
    numbered = _NUMBERED_NOTE.match(fold_width(first.line.text))
    same = (
        first.page == printed.page and printed.line.box[0] > first.line.box[0] - _STEADY * printed.line.size
    )
    return same and (numbered is not None or find_marker(first.line) is not None)


def _find_opening(
    printed: PrintedLine, opened: _Opened | None, sequences: _Sequences, margins: Mapping[Area, Margins]
) -> Marker | None:
    """Give the mark of a line that opens a part; ``opened`` is the unfinished paragraph that it would go on, if any."""
    if printed.kind not in {None, "caption"} or printed.line.angle != 0 or is_leader(printed.line.raw):
        return None
    marker = find_marker(printed.line)
    if marker is None:
        return None
    if marker.rank is None:
        whole = printed.line.raw.rstrip()[-1] in _CLOSING
        return marker if opened is None or whole or marker.style not in BRACKETS else None
    if marker.style in {APPENDIX, KI}:
        return marker if opened is None else None
    expected = sequences.expect(marker, indentation(printed, margins), printed.line.size * _STEADY)
    if opened is not None:
        return marker if expected or _opens_below(marker, opened) else None
    if marker.style in _WEAK and not expected and not _may_begin(marker, printed, sequences):
        return None
    return marker


def _opens_below(marker: Marker, opened: _Opened) -> bool:
    """Say whether a full line above is a heading, so that a first number below it is its first part."""
    heading = opened.marker is not None and opened.marker.style != marker.style and len(opened.lines) == 1
    return marker.value == 1 and heading and not is_sentence(opened.lines[0].line.text)


def _may_begin(marker: Marker, printed: PrintedLine, sequences: _Sequences) -> bool:
    """Say whether a number that follows no other is a heading's, and not the start of a sentence (「２４ 時間…」)."""
    if marker.value == 1 or sequences.begins_second_paragraph(marker):
        return True
    rest = strip_marker(marker, printed.line)
    short = len(rest) <= _HEADING_LENGTH and not is_sentence(rest)
    return short and 0 < marker.value <= _LARGEST_NUMBER and not _COUNTER.match(rest)


# --------------------------------------------------------------------------------- does the text go on?


def _continues(
    opened: _Opened, printed: PrintedLine, after: PrintedItem | None, margins: Mapping[Area, Margins]
) -> bool:
    last = opened.lines[-1]
    if last.line.angle != 0 or printed.line.angle != 0 or is_leader(last.line.raw):
        return False
    if (
        opened.kind in {"unit", "as_of"}
        or printed.kind not in {None, opened.kind}
        or starts_note(printed.line.raw)
    ):
        return False
    size = last.line.size
    if abs(printed.line.size - size) > _SAME_SIZE * size or _is_at_right(last, printed, margins):
        return False
    return (
        _stands_below(opened, printed, margins)
        and _begins_in_line(opened, printed, margins)
        and _is_unfinished(opened, printed, margins)
        and not _begins_paragraph(opened, printed, after, margins)
    )


def _is_at_right(last: PrintedLine, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether both lines stand in the right half: dates, names and departments, each a line of its own."""
    return all(
        line.line.box[0] > (margins[line.area].left + margins[line.area].right) / 2
        for line in (last, printed)
    )


def _begins_paragraph(
    opened: _Opened, printed: PrintedLine, after: PrintedItem | None, margins: Mapping[Area, Margins]
) -> bool:
    """Say whether the line is the first of a paragraph: a label of a list, or indented more than the line below it."""
    label = _LABEL.match(printed.line.text) is not None
    if label and (_is_ended(opened) or _LABEL.match(opened.lines[-1].line.text)):
        return True
    if not isinstance(after, PrintedLine) or (after.page, after.column) != (printed.page, printed.column):
        return False
    if _is_ended_text(printed.line.text) or find_marker(after.line) or starts_note(after.line.raw):
        return False
    size = printed.line.size
    full = margins[printed.area].right - printed.line.box[2] <= _FULL * size
    below = (
        size / 2 < after.line.box[3] - printed.line.box[3] <= _GAP * max(margins[printed.area].pitch, size)
    )
    indented = printed.line.box[0] - opened.lines[-1].line.box[0] > _STEADY * size
    return full and below and indented and printed.line.box[0] - after.line.box[0] > _STEADY * size


def _stands_below(opened: _Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    last = opened.lines[-1]
    if printed.page == last.page and printed.column == last.column:
        step = printed.line.box[3] - last.line.box[3]
        pitch = max(margins[last.area].pitch, last.line.size)
        if len(opened.lines) > 1 and opened.lines[-2].page == last.page:
            pitch = max(pitch, last.line.box[3] - opened.lines[-2].line.box[3])
        return last.line.size / 2 < step <= _GAP * pitch
    next_half = printed.page == last.page and printed.column.half > last.column.half
    if not next_half and printed.page != last.page + 1:
        return False
    low = last.line.box[3] >= _LOW * last.column.height
    return low and printed.line.box[1] <= _HIGH * printed.column.height


def _begins_in_line(opened: _Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    size = printed.line.size
    before = indentation(opened.lines[-1], margins)
    step = indentation(printed, margins) - before
    if len(opened.lines) > 1:
        return abs(step) <= _STEADY * size
    hanging = _HANGING if opened.marker is not None or opened.kind == "note" else _STEADY
    if label := _LABEL.match(opened.lines[0].line.text):
        hanging = len(label.group()) + _STEADY
    return -_OUTDENT * size <= step <= hanging * size


def _is_unfinished(opened: _Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether the paragraph's last line is full, or was broken by hand in the middle of a sentence."""
    last = opened.lines[-1]
    column = margins[last.area]
    missing = column.right - last.line.box[2]
    text = last.line.text
    ended = _is_ended_text(text)
    if missing <= _FULL * last.line.size:
        return not ended or _hangs(opened, printed, margins)
    if ended or missing > _BROKEN_EARLY * (column.right - column.left):
        return False
    return (
        _GOES_ON.search(text) is not None
        or _is_bracket_open(opened)
        or len(opened.lines) > 1  # it was wrapped before
        or (opened.marker is None and opened.kind is None and _hangs(opened, printed, margins))
    )


def _is_ended(opened: _Opened) -> bool:
    return _is_ended_text(opened.lines[-1].line.text)


def _is_ended_text(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None


def _hangs(opened: _Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether indentation shows that a line after a full stop at the right margin belongs to the paragraph."""
    first = indentation(opened.lines[0], margins)
    step = indentation(printed, margins) - first
    indent = _INDENT * printed.line.size
    return step > indent if opened.marker is not None or opened.kind == "note" else step < -indent


def _is_bracket_open(opened: _Opened) -> bool:
    text = fold_width("".join(printed.line.text for printed in opened.lines[-3:]))
    return sum(text.count(mark) for mark in _OPENING) > sum(text.count(mark) for mark in _CLOSING)
