"""The sections of a report -> its passages: each heading and block of prose with its text, in printed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.document import Block, Section
from extract.geometry import Box


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or a block of prose. ``path`` are the sections that it stands in, outermost first.

    ``kind`` is that of the block, "heading" for the title of a section. ``target`` is the id of the section or table that
    comes right after it, or None where other text comes first.
    """

    text: str
    raw: str
    kind: str
    page: int
    box: Box
    path: tuple[Section, ...]
    target: str | None

    @property
    def section(self) -> Section:
        """The section it stands in; a heading stands in the section that it names."""
        return self.path[-1]


def sections_to_passages(sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Give the passages of a report in printed order; tables and empty blocks are none."""
    steps = list(_walk(sections, ()))
    passages: list[Passage] = []
    for place, (step, path) in enumerate(steps):
        target = _target(steps[place + 1][0]) if place + 1 < len(steps) else None
        if isinstance(step, Section):
            if step.title and step.raw:
                passages.append(Passage(step.title, step.raw, "heading", step.page, step.box, path, target))
        elif step.text:
            passages.append(Passage(step.text, step.raw, step.kind, step.page, step.box, path, target))
    return tuple(passages)


def _walk(
    sections: Sequence[Section], above: tuple[Section, ...]
) -> Iterator[tuple[Section | Block, tuple[Section, ...]]]:
    for section in sections:
        path = (*above, section)
        if section.raw is not None:
            yield section, path
        for block in section.content:
            yield block, path
        yield from _walk(section.sections, path)


def _target(step: Section | Block) -> str | None:
    return step.id if isinstance(step, Section) else step.table
