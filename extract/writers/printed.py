"""How the prose of a document is set out again: what is a heading, and what stands elsewhere already; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.characters import close_distributed, fold_spaces, fold_width
from extract.document import Block, Report, Section, Table

# Marks that tell items apart and do not number or name them; the larger ones stand before headings too.
_POINTS = frozenset("・･*＊-－–—‐▪•→⇒")
_SIGNS = frozenset("●○■□◇◆◎▸▶")
_SENTENCE = 48  # characters: a longer heading is a sentence with a mark before it
_HEAD = frozenset({"number", "document_number", "title", "date", "department"})
_LONGEST_NUMBER = 16  # characters: a longer line says more than the number of a report
_NUMBER = re.compile(r"[^\W\d_]{0,8}第(\d+)号")
_TABLE_NUMBER = re.compile(r"別表|(?:別表|図表|表)第?\d+(?:[-－の]\d+)?|第\d+(?:[-－の]\d+)?表")


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
        return _only_of(without_spaces(block.text), head)
    if block.kind == "caption":
        return any(_beside_caption(block.text, table) == "" for table in tables)
    return block.kind == "unit" and any(table.unit and _says_unit(block.text, table.unit) for table in tables)


def _only_of(printed: str, head: frozenset[str]) -> bool:
    """Say whether a line is made of what the head of a report shows: 報告第9号：損害賠償の専決処分の報告について."""
    if printed in head:
        return True
    for one in sorted(head, key=len, reverse=True):
        printed = printed.replace(one, "", 1)
    return printed in {"：", ":", ""}


def table_number(block: Block, table: Table) -> str | None:
    """Give the number that is printed before the caption of a table, 第2表, where the line says nothing else."""
    if block.kind != "caption":
        return None
    beside = _beside_caption(block.text, table)
    return beside if beside and _TABLE_NUMBER.fullmatch(beside) else None


def _beside_caption(printed: str, table: Table) -> str | None:
    """Give what a line says beside the caption and the unit of a table; None where it does not name the table."""
    rest, caption = without_spaces(printed), without_spaces(table.caption or "")
    if not caption or caption not in rest:
        return None
    rest = rest.replace(caption, "", 1)
    return "" if _says_unit(rest, table.unit or "") else rest


def _says_unit(printed: str, unit: str) -> bool:
    """Say whether a line states a unit and nothing else: （単位：千円）."""
    rest = without_spaces(printed).replace(without_spaces(unit), "", 1)
    return rest.strip("（）()：:") in {"単位", ""}


def first_date(sections: Sequence[Section]) -> str | None:
    """Give the date of a report as its clean line says it."""
    blocks = (block for section in sections[:1] for block in section.content)
    return next((block.text for block in blocks if block.kind == "date"), None)


def date_line(report: Report) -> str | None:
    """Give the date of a report in clean text: its own line, the line that states it, or what was read of it."""
    if report.date_text is None:
        return first_date(report.sections) or report.date
    printed = without_spaces(report.date_text)
    blocks = (block for section in report.sections[:1] for block in section.content)
    stated = (block.text for block in blocks if without_spaces(block.raw) == printed)
    return (
        first_date(report.sections)
        or next(stated, None)
        or close_distributed(fold_spaces(fold_width(report.date_text)))
    )


def report_number(report: Report) -> str | None:
    """Give the number of a report with its kind as it is printed: 議案第1号, 報告第367号; None where no line says it."""
    printed = [
        without_spaces(block.text)
        for section in report.sections[:1]
        for block in section.content
        if block.kind == "number"
    ]
    for line in printed:
        stated = _NUMBER.search(line)
        if stated is not None and int(stated[1]) == report.number:
            return line if len(line) <= _LONGEST_NUMBER else stated.group()
    return None
