"""The types of joined lines: a paragraph, and the paragraph that is being read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from extract.tree.margins import Margins
from extract.tree.markers import Marker
from extract.tree.printed import Area, LineKind, PrintedLine, PrintedTable, join_lines

_SENTENCE_END: Final = re.compile("[。．！？][」』）)】〕]*$|[：:]$")
_NO_SPECK: Final = frozenset("。、！？」』）)】〕］]〓")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one text, with the outline mark that opens it (or None) and what it is to a table (or None)."""

    lines: tuple[PrintedLine, ...]
    marker: Marker | None
    kind: LineKind | None


Piece: TypeAlias = Paragraph | PrintedTable


class Opened:
    """The paragraph that is being read."""

    __slots__ = ("_specks", "kind", "lines", "marker")

    def __init__(self, printed: PrintedLine, marker: Marker | None, kind: LineKind | None) -> None:
        self.lines = [printed]
        self.marker = marker
        self.kind = kind
        self._specks: list[tuple[int, PrintedLine]] = []

    def pass_over(self, speck: PrintedLine) -> None:
        """Keep a mark between its lines for the finished paragraph; what follows is compared with the line above it."""
        self._specks.append((len(self.lines), speck))

    def close(self) -> Paragraph:
        """Give the finished paragraph."""
        lines = list(self.lines)
        for place, speck in reversed(self._specks):
            lines.insert(place, speck)
        return Paragraph(lines=tuple(lines), marker=self.marker, kind=self.kind)


def indentation(printed: PrintedLine, margins: Mapping[Area, Margins]) -> float:
    """Give how far right of the left margin the line begins, in points."""
    return printed.line.box[0] - margins[printed.area].left


def is_speck(printed: PrintedLine) -> bool:
    """Say whether a line is one mark that is no letter and closes nothing: dirt on a scan."""
    text = printed.line.text.strip()
    return len(text) == 1 and not text.isalnum() and text not in _NO_SPECK


def lines_to_text(lines: Sequence[PrintedLine]) -> str:
    """Give the cleaned text of a paragraph, its mark included, without the specks between its lines."""
    inner = range(1, len(lines) - 1)
    return join_lines(
        [printed.line for place, printed in enumerate(lines) if place not in inner or not is_speck(printed)]
    )


def is_sentence(text: str) -> bool:
    """Say whether the text is one sentence or more, and not a heading."""
    return "。" in text


def is_ended(opened: Opened) -> bool:
    """Say whether the paragraph's last line ends a sentence."""
    return is_ended_text(opened.lines[-1].line.text)


def is_ended_text(text: str) -> bool:
    """Say whether the text ends a sentence or leads over to a list (：)."""
    return _SENTENCE_END.search(text) is not None
