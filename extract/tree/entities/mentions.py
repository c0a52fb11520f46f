"""The type of what is found in a passage, and which of two that overlap stays; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.document import EntityLabel, EntityPart, Value


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing at ``start`` to ``stop`` of a passage; the other fields are those of ``Entity``."""

    start: int
    stop: int
    label: EntityLabel
    value: Value = None
    unit: str | None = None
    parts: tuple[EntityPart, ...] = ()
    is_personal: bool = False


def parts_of(**parts: str | None) -> tuple[EntityPart, ...]:
    """Give the named parts that there are, in the order given."""
    return tuple(EntityPart(name, text) for name, text in parts.items() if text)


class Taken:
    """The characters of a text that mentions stand on: a paragraph may have thousands of them."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._marks = bytearray()
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        """Take the characters of a mention."""
        marks = self._marks
        if mention.stop > len(marks):
            marks.extend(bytes(mention.stop - len(marks)))
        marks[mention.start : mention.stop] = b"\1" * (mention.stop - mention.start)

    def is_free(self, start: int, stop: int) -> bool:
        """Say whether no mention touches the characters from ``start`` to ``stop``."""
        return 1 not in self._marks[start:stop]


def free_of(found: Iterable[Mention], taken: Iterable[Mention]) -> list[Mention]:
    """Give what is found where nothing else was found before; of two that overlap, the first."""
    found = list(found)
    if not found:
        return found
    marks = Taken(taken)
    kept: list[Mention] = []
    for mention in found:
        if marks.is_free(mention.start, mention.stop):
            marks.add(mention)
            kept.append(mention)
    return kept
