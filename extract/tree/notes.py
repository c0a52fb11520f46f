"""The lines below a table -> its notes.

A note opens with ※, ＊, 注, 備考, 資料 or 出典, or is a legend of marks that stand in the table (交：交付時来庁方式). It goes on over
indented or wrapped lines. The first line that is neither ends the notes; a paragraph is never one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from extract.characters import without_spaces
from extract.document import CleanLine
from extract.geometry import Box, box_centre, overlap
from extract.tree.describing import line_to_parts
from extract.tree.markers import find_marker, starts_note
from extract.tree.printed import join_lines

NEAR: Final = 3.0
"""Letter sizes between a table and its first note."""

NEXT: Final = 1.6
"""Letter sizes between two lines of the notes."""

FULL_LINE: Final = 2.05
"""Letter sizes: a line that ends so near to the right end of the lines was wrapped."""

LONGEST_KEY: Final = 8

_SOURCE: Final = re.compile(
    r"^[（(〔【]?(?:注|資料|出典|出所|備考|凡例)\s*[0-9]{0,2}\s*(?:[)）〕】:：.．、]|\s+|$)"
)
_ITEM: Final = re.compile(r"[0-9]{1,2}\s*[.．、)）]|[（(][0-9]{1,2}[)）]|[①-⑳]")
_LEGEND: Final = re.compile(r"(?:^|(?<=\s))([^\s：:。、（）()]{1,8})\s*[：:＝=…]+\s*\S")


@dataclass(frozen=True, slots=True)
class NotesBelow:
    """The notes below a grid, the unit or date stated there, and the lines used: (index, kind)."""

    notes: tuple[str, ...]
    unit: str | None
    as_of: str | None
    kinds: tuple[tuple[int, str], ...]


def find_notes(
    lines: Sequence[tuple[int, CleanLine]],
    box: Box,
    texts: AbstractSet[str],
    used: AbstractSet[int],
    *,
    floor: float,
) -> NotesBelow:
    """Give the notes of the table in ``box``.

    ``lines``: (index, line) of its half of the page from top to bottom; ``texts``: its cells' texts without spaces;
    ``used``: lines that describe a table already; ``floor``: where the next table begins.
    """
    notes: list[list[CleanLine]] = []
    kinds: list[tuple[int, str]] = []
    unit = as_of = None
    bottom, reach = box[3], NEAR
    right = max((line.box[2] for _, line in lines), default=0.0)
    for index, line in lines:
        middle = box_centre(line.box)[1]
        if middle <= box[3] or overlap(line.box[0], line.box[2], box[0], box[2]) <= 0:
            continue
        if middle >= floor or index in used or line.box[1] - bottom > reach * line.size:
            break
        if is_note(line.text, texts) or (notes and _is_next_item(notes[-1][0], line)):
            notes.append([line])
        elif notes and _goes_on(notes[-1], line, right):
            if _ITEM.match(line.text.lstrip()):
                notes.append([line])
            else:
                notes[-1].append(line)
        else:
            parts = line_to_parts(line)
            if notes or parts.rest or not (parts.unit or parts.as_of):
                break
            unit, as_of = parts.unit, parts.as_of
            kinds.append((index, "unit" if unit else "as_of"))
            continue
        kinds.append((index, "note"))
        bottom, reach = max(bottom, line.box[3]), NEXT
    return NotesBelow(tuple(join_lines(note) for note in notes), unit, as_of, tuple(kinds))


def is_note(text: str, texts: AbstractSet[str]) -> bool:
    """Say whether a line below a table opens a note; ``texts`` are the table's, which a legend explains."""
    text = text.strip()
    if starts_note(text) or _SOURCE.match(text):
        return True
    keys = [without_spaces(match[1]) for match in _LEGEND.finditer(text)]
    return bool(keys) and all(_is_used(key, texts) for key in keys)


def _is_used(key: str, texts: AbstractSet[str]) -> bool:
    if key in texts:
        return True
    marks = {part for text in texts if len(text) <= LONGEST_KEY for part in re.split(r"[・、,/／]", text)}
    return key in marks


def _is_next_item(before: CleanLine, line: CleanLine) -> bool:
    """Say whether the line is the item that follows another under one opening word: 備考1. ..., 2. ..., 3. ...."""
    first, second = find_marker(before), find_marker(line)
    return (
        first is not None
        and second is not None
        and (first.style, first.value + 1) == (second.style, second.value)
        and bool(_ITEM.match(before.text.lstrip()))
        and abs(line.box[0] - before.box[0]) <= line.size / 2
        and abs(line.size - before.size) <= line.size * 0.15
    )


def _goes_on(note: Sequence[CleanLine], line: CleanLine, right: float) -> bool:
    """Say whether the line is the next line of the note: indented deeper than it began, or after a full line."""
    if find_marker(line) is not None and line.box[0] <= note[0].box[0] + line.size / 2:
        return False
    if line.box[0] > note[0].box[0] + line.size / 2:
        return abs(line.size - note[0].size) <= line.size * 0.15
    full = note[-1].box[2] >= right - FULL_LINE * line.size
    return full and not note[-1].text.endswith("。") and line.box[0] >= note[0].box[0] - line.size / 2
