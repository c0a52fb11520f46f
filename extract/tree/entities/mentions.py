"""The type of what is found in a passage, and which of two that overlap stays; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def is_free(start: int, stop: int, taken: Iterable[Mention]) -> bool:
    """Say whether nothing that was found touches the characters from ``start`` to ``stop``."""
    return all(stop <= mention.start or mention.stop <= start for mention in taken)


def free_of(found: Iterable[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Give what is found where nothing else was found before; of two that overlap, the first."""
    kept: list[Mention] = []
    for mention in found:
        if is_free(mention.start, mention.stop, taken) and is_free(mention.start, mention.stop, kept):
            kept.append(mention)
    return kept
