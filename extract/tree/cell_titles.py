"""A title inside a grid -> its text: lines of their own stay apart, a wrapped line is closed up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.characters import close_distributed, fold_spaces, fold_width, join_wrapped
from extract.document import CleanCell
from extract.tree.labels import begins_line

LARGEST: Final = 24.0
"""Points: hardly a title in a grid is set larger, so a line of so few letters cannot have been wrapped."""

FULL: Final = 0.8
"""Of the cell's width: a line that was wrapped is at least so long."""

_NARROW: Final = 0x2000  # Latin letters, digits and spaces below are set half as wide as a kanji


def cell_to_title(cell: CleanCell) -> str:
    """Give the cleaned text of a title: a line goes on with the one above only where that fills the cell.

    The letter size is not known here: it is at most the pitch of the lines.
    """
    lines = [line for line in cell.raw.splitlines() if line.strip()]
    if len(lines) < 2:
        return fold_spaces(cell.text.replace("\n", " "))
    size = min(LARGEST, (cell.box[3] - cell.box[1]) / len(lines))
    room = FULL * (cell.box[2] - cell.box[0])
    parts: list[list[str]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _letters(before) * size >= room and not begins_line(_clean(line)):
            parts[-1].append(line)
        else:
            parts.append([line])
    return " ".join(map(_join, parts))


def _join(lines: Sequence[str]) -> str:
    return _clean(join_wrapped(lines)) if len(lines) > 1 else _clean(lines[0])


def _clean(raw: str) -> str:
    return fold_spaces(fold_width(close_distributed(raw.strip())))


def _letters(raw: str) -> float:
    return sum(0.5 if ord(character) < _NARROW else 1.0 for character in raw.strip())
