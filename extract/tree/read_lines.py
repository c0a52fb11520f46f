"""The types of joined lines: a paragraph, and the paragraph that is being read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from extract.tree.margins import Margins
from extract.tree.markers import Marker
from extract.tree.printed import Area, LineKind, PrintedLine, PrintedTable

_SENTENCE_END: Final = re.compile("[。．！？][」』）)】〕]*$|[：:]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are one text, with the outline mark that opens it (or None) and what it is to a table (or None)."""

    lines: tuple[PrintedLine, ...]
    marker: Marker | None
    kind: LineKind | None


Piece: TypeAlias = Paragraph | PrintedTable


class Opened:
    """The paragraph that is being read."""

    __slots__ = ("kind", "lines", "marker")

    def __init__(self, printed: PrintedLine, marker: Marker | None, kind: LineKind | None) -> None:
        self.lines = [printed]
        self.marker = marker
        self.kind = kind

    def close(self) -> Paragraph:
        """Give the finished paragraph."""
        return Paragraph(lines=tuple(self.lines), marker=self.marker, kind=self.kind)


def indentation(printed: PrintedLine, margins: Mapping[Area, Margins]) -> float:
    """Give how far right of the left margin the line begins, in points."""
    return printed.line.box[0] - margins[printed.area].left


def is_sentence(text: str) -> bool:
    """Say whether the text is one sentence or more, and not a heading."""
    return "。" in text


def is_ended(opened: Opened) -> bool:
    """Say whether the paragraph's last line ends a sentence."""
    return is_ended_text(opened.lines[-1].line.text)


def is_ended_text(text: str) -> bool:
    """Say whether the text ends a sentence or leads over to a list (：)."""
    return _SENTENCE_END.search(text) is not None
