"""What a reference points to: the section or table with that mark, where exactly one can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from extract.characters import fold_width, without_spaces
from extract.document import Section, Table
from extract.notation.kanji_numbers import digits_of
from extract.tree.entities.mentions import Mention
from extract.tree.entities.passages import Passage

_BELOW: Final = frozenset(
    [
        "下記",
        "後記",
        "後述",
        "次表",
        "下表",
        "次図",
        "下図",
        "以下のとおり",
        "次のとおり",
        "下のとおり",
        "以下の通り",
        "次の通り",
    ]
)
_ABOVE: Final = frozenset(["上記", "前記", "前述", "上述"])
_MARKS: Final = re.compile(r"[（(][^（()）]+[)）]|[\u2460-\u2473]|[0-9]+")
_IN_KANJI: Final = re.compile("[一二三四五六七八九十]+")
_RECORD: Final = "記"


def find_target(
    mention: Mention, passage: Passage, sections: Sequence[Section], tables: Sequence[Table]
) -> str | None:
    """Give the id of the section or table that a reference of the passage points to, or None."""
    parts = {part.name: part.text for part in mention.parts}
    word, mark = parts.get("word", ""), parts.get("mark", "")
    if word in _ABOVE:
        marks = _MARKS.findall(mark)
        return _above(marks, passage, sections) or _only_above(marks, passage, sections)
    if word in _BELOW:
        if word == "下記" and (record := _next_record(passage, sections)) is not None:
            return record
        return passage.target if not mark else None
    name = without_spaces(word + mark)
    named = [
        section.id
        for section in walk(sections)
        if _starts_with(f"{section.marker or ''}{section.title or ''}", name)
    ]
    captioned = [table.id for table in tables if table.caption and _starts_with(table.caption, name)]
    every = [*named, *captioned]
    return every[0] if len(every) == 1 else None


def walk(sections: Sequence[Section]) -> Iterator[Section]:
    """Give the sections and all inside them in printed order."""
    for section in sections:
        yield section
        yield from walk(section.sections)


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    """Give a heading without spaces and opening brackets: it is asked for each reference again."""
    return without_spaces(fold_width(text)).lstrip("【（(〔＜<")


def _starts_with(text: str, name: str) -> bool:
    """Say whether a heading begins with a name, and not with a longer number (別紙1 is not 別紙10)."""
    folded = _folded(text)
    rest = folded[len(name) :] if folded.startswith(name) else None
    return rest is not None and not rest[:1].isdigit()


def _above(marks: Sequence[str], passage: Passage, sections: Sequence[Section]) -> str | None:
    """Follow the marks from the nearest section that holds or precedes the passage: 上記（１）, 上記２（１）."""
    if not marks:
        return None
    outer = [tuple(sections), *(section.sections for section in passage.path)]
    for level in reversed(outer):
        before = _until(level, passage)
        found = _descend(before, marks)
        if found is not None:
            return found
    return None


def _only_above(marks: Sequence[str], passage: Passage, sections: Sequence[Section]) -> str | None:
    """Give the one section before the passage that has a mark, wherever it stands."""
    if len(marks) != 1:
        return None
    found: list[str] = []
    for section in walk(sections):
        if section.id == passage.section.id:
            break
        if section.marker and _bare(section.marker) == _bare(marks[0]):
            found.append(section.id)
    return found[0] if len(found) == 1 else None


def _until(level: Sequence[Section], passage: Passage) -> list[Section]:
    """Give the sections of a level up to the one that holds the passage."""
    inside = {section.id for section in passage.path}
    before: list[Section] = []
    for section in level:
        before.append(section)
        if section.id in inside:
            break
    return before


def _descend(level: Sequence[Section], marks: Sequence[str]) -> str | None:
    found: Section | None = None
    for mark in marks:
        marked = [(section, _bare(section.marker)) for section in level if section.marker]
        fitting = [section for section, own in marked if own == _bare(mark)]
        fitting = fitting or [section for section, own in marked if _in_digits(own) == _bare(mark)]
        if not fitting:
            return None
        found = fitting[-1]
        level = found.sections
    return found.id if found else None


def _bare(mark: str) -> str:
    """Give a mark so that printed and cleaned forms are alike: （１） and (1), but never 1."""
    return without_spaces(fold_width(mark)).translate(str.maketrans("（）", "()")).rstrip(".．")


def _in_digits(mark: str) -> str:
    """Give a mark with its number in digits, as references have it: 三, （三）."""
    return _IN_KANJI.sub(lambda match: digits_of(match.group()), mark)


def _next_record(passage: Passage, sections: Sequence[Section]) -> str | None:
    """Give the 記 after the passage, under which a letter lists what it reports."""
    is_behind = False
    for section in walk(sections):
        if is_behind and section.marker == _RECORD:
            return section.id
        is_behind = is_behind or section.id == passage.section.id
    return None
