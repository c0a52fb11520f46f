"""How the prose of a document is set out again: what is a heading, and what stands elsewhere already; pure."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Block, Section, Table

# Marks that tell items apart and do not number or name them; the larger ones stand before headings too.
_POINTS = frozenset("・･*＊-－–—‐▪•→⇒")
_SIGNS = frozenset("●○■□◇◆◎▸▶")
_SENTENCE = 48  # characters: a longer heading is a sentence with a mark before it
_HEAD = frozenset({"number", "document_number", "title", "date", "department"})


def is_heading(section: Section) -> bool:
    """Say whether a section has a heading: an item of a list, or a sentence with a mark before it, is none."""
    title = section.title or ""
    if not (title or section.marker) or section.marker in _POINTS:
        return False
    holds_more = bool(section.sections) or any(block.table for block in section.content)
    if section.marker in _SIGNS and not holds_more:
        return False
    return not title.endswith("。") and (holds_more or len(title) <= _SENTENCE)


def is_item(section: Section) -> bool:
    """Say whether a section is an item of a list."""
    return bool(section.marker) and not is_heading(section)


def heading_text(section: Section) -> str:
    """Give a heading with its mark: ``（１）報告事項``, ``＜指摘事項＞``, ``１　概要``."""
    marker, title = section.marker or "", section.title or ""
    if len(marker) == 2 and marker[0] in "＜<〈《【［[「『〔(（":  # a pair of brackets is around the title
        return f"{marker[0]}{title}{marker[1]}"
    return f"{marker}　{title}".strip("　")


def without_spaces(value: str) -> str:
    """Give a text as it is compared."""
    return "".join(value.split())


def stands_elsewhere(block: Block, tables: Sequence[Table], head: frozenset[str]) -> bool:
    """Say whether a line is shown with the table of its section, or in the ``head`` of its report."""
    if block.kind in _HEAD:
        return without_spaces(block.text) in head
    if block.kind == "caption":
        return any(without_spaces(block.text) == without_spaces(table.caption or "") for table in tables)
    return block.kind == "unit" and any(table.unit and _says_unit(block.text, table.unit) for table in tables)


def _says_unit(printed: str, unit: str) -> bool:
    """Say whether a line states a unit and nothing else: （単位：千円）."""
    rest = without_spaces(printed).replace(without_spaces(unit), "", 1)
    return rest.strip("（）()：:") in {"単位", ""}


def first_date(sections: Sequence[Section]) -> str | None:
    """Give the date of a report as its clean line says it."""
    blocks = (block for section in sections[:1] for block in section.content)
    return next((block.text for block in blocks if block.kind == "date"), None)
