"""Whether a mark at the start of a line opens a part, or a wrapped line happens to begin with it (「（１）のとおり」)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from extract.characters import fold_width
from extract.tree.margins import Margins
from extract.tree.markers import APPENDIX, ARTICLE, BRACKETS, KI, Marker, find_marker, is_leader, strip_marker
from extract.tree.printed import Area, PrintedLine
from extract.tree.read_lines import Opened, Paragraph, Piece, indentation, is_sentence

_STEADY: Final = 0.6  # lines of one paragraph begin in one place
_HEADING_LENGTH: Final = 40  # characters: a longer text after a number out of order is a sentence
_LARGEST_NUMBER: Final = 40
_COUNTER: Final = re.compile(
    "年|月|日|時|分|秒|人|件|円|回|か所|箇所|カ所|ヶ所|歳|名|台|校|世帯|条|項|号|[%％]|[万億千百]|点|割|倍|階|本|枚|冊|通|頁|種|つ|㎡|[a-zA-Z]|[～〜-]|から|級"
)
_WEAK: Final = frozenset({"arabic", "kanji", "latin", "latin-upper", "kana", "decimal"})
_INSIDE_ARTICLE: Final = frozenset({"arabic", "kanji", "kana", "latin", "paren", "paren-kanji", "paren-kana"})
_NUMBERED_NOTE: Final = re.compile(r"(?:備 ?考|[（(]?注[）)]?|※)[ :：]*[（(]?[0-9①][）)．. ]?")
_CLOSING: Final = "）」』】〕)]＞"


class Sequences:
    """The numbers that were read last, by the style of their mark and their indentation."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[tuple[int, float]]] = {}
        self._in_article = False

    def add(self, marker: Marker, x: float) -> None:
        """Remember a number that opened a part at the indentation ``x``."""
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


def counts_notes(marker: Marker, printed: PrintedLine, pieces: Sequence[Piece]) -> bool:
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


def find_opening(
    printed: PrintedLine, opened: Opened | None, sequences: Sequences, margins: Mapping[Area, Margins]
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


def _opens_below(marker: Marker, opened: Opened) -> bool:
    """Say whether a full line above is a heading, so that a first number below it is its first part."""
    heading = opened.marker is not None and opened.marker.style != marker.style and len(opened.lines) == 1
    return marker.value == 1 and heading and not is_sentence(opened.lines[0].line.text)


def _may_begin(marker: Marker, printed: PrintedLine, sequences: Sequences) -> bool:
    """Say whether a number that follows no other is a heading's, and not the start of a sentence (「２４ 時間…」)."""
    if marker.value == 1 or sequences.begins_second_paragraph(marker):
        return True
    rest = strip_marker(marker, printed.line)
    short = len(rest) <= _HEADING_LENGTH and not is_sentence(rest)
    return short and 0 < marker.value <= _LARGEST_NUMBER and not _COUNTER.match(rest)
