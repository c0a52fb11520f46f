"""Words of a printed line -> its raw text, with the gaps between words as spaces; and the clean text of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extract.characters import close_distributed, fold_spaces, fold_width, is_japanese, is_space
from extract.document import Line, Word

MIN_GAP: Final = 0.3
"""Narrower gaps (in ems) are no space: words that touch, the quarter em that JIS X 4051 puts beside Latin letters."""

FULLWIDTH_GAP: Final = 0.75
"""From this width on (in ems) a gap is shown as fullwidth spaces, below as one halfwidth space."""

EQUAL_GAPS: Final = 1.25
"""Gaps of a line that differ by less than this factor are shown alike: even spreading (均等割付) is even in print, but
its gaps are rounded to the printer's units."""

SPREAD_GAP: Final = 0.6
"""Up to this gap (in ems) letter spacing is told from a space by the spacing inside the words beside it."""

SAME_SPACING: Final = 0.8
"""A gap is letter spacing when the characters of a word beside it stand at least this share of it apart."""

MOST_SPACES: Final = 8
"""A wider gap (in fullwidth spaces) is shown as this many: it parts two texts, and how far apart they lie is in the box."""


def line_to_raw(line: Line) -> str:
    """Give the text of a line as printed: its words with their own characters, and spaces for the gaps between them."""
    words = line.words
    if len(words) == 1:
        return words[0].text.strip()
    spaces = _gaps_to_spaces([_gap(before, after) for before, after in pairwise(words)])
    pieces = [words[0].text]
    for word, space in zip(words[1:], spaces, strict=True):
        pieces.append(space if not _has_space_between(pieces[-1], word.text) else "")
        pieces.append(word.text)
    return "".join(pieces).strip()


def raw_to_text(raw: str) -> str:
    """Give the clean text of one printed line: labels closed up, widths folded, runs of spaces made one."""
    return fold_spaces(fold_width(close_distributed(raw)))


def _has_space_between(before: str, after: str) -> bool:
    return bool((before and is_space(before[-1])) or (after and is_space(after[0])))


def _gap(before: Word, after: Word) -> float:
    """Give the gap between two words in ems, whichever way the line runs."""
    a, b = before.box, after.box
    distance = max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3])
    size = (before.size + after.size) / 2
    gap = distance / size if size > 0 else 0.0
    if MIN_GAP <= gap < SPREAD_GAP and max(_spacing(before), _spacing(after)) > gap * SAME_SPACING:
        return 0.0
    return gap


def _spacing(word: Word) -> float:
    """Give how far apart (in ems) the characters of a word of fullwidth characters stand; 0 for any other word."""
    count = len(word.text)
    if count < 2 or not all(map(is_japanese, word.text)):
        return 0.0
    box = word.box
    extent = max(box[2] - box[0], box[3] - box[1])
    return (extent / word.size - count) / (count - 1) if word.size > 0 else 0.0


def _gaps_to_spaces(gaps: Sequence[float]) -> list[str]:
    """Give the spaces for each gap; gaps of nearly one width get the same spaces."""
    spaces: dict[float, str] = {}
    group: list[float] = []
    for gap in sorted(gap for gap in gaps if gap >= MIN_GAP):
        if group and gap > group[0] * EQUAL_GAPS:
            spaces.update(dict.fromkeys(group, _width_to_space(sum(group) / len(group))))
            group = []
        group.append(gap)
    if group:
        spaces.update(dict.fromkeys(group, _width_to_space(sum(group) / len(group))))
    return [spaces.get(gap, "") for gap in gaps]


def _width_to_space(ems: float) -> str:
    return " " if ems < FULLWIDTH_GAP else "\u3000" * min(MOST_SPACES, max(1, round(ems)))
