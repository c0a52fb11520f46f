"""Tables of a scan whose walls were lost in part: cells that hold the numbers of several, and what they say of the table.

Where a wall between two numbers is lost, others may be, and whole rows or columns may have moved: no number of such a table
is sure of its place, however well it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from extract.document import Cell, Table
from extract.tree.matrix import column_end

_NUMBER: Final = re.compile(r"[△▲－−-]?\d[\d,]*(?:\.\d+)?[^\d\s,.()（）:：/／～〜]{0,3}")
_MARK: Final = re.compile(r"[－−―—ー一X*-]+")
_DIRT: Final = "・.,:;'`。、"
_TAIL: Final = re.compile(r"\s*(?:[,，]\d{3}\D{0,3}|0\d{2})\s*")
"""What is left of 4,019 behind a wall that runs through it."""

_TORN: Final = re.compile(r"[△▲－−-]?\d{1,3}[,，](?:[\s.・:'`]*\d){3}\D{0,3}")
"""One number whose last three figures specks have torn apart (81, 1.1 0): nothing ends with a comma."""

_WIDE: Final = re.compile(r" {2,}")
_GROUPED: Final = re.compile(r"\d[,，]\d{3}")

IN_ROW: Final = 3
"""So many numbers side by side are those of several cells; two may be a pair that was printed so."""

PAIRS: Final = 3
"""Two wide apart are those of two cells where so many cells of a column hold two."""

SWALLOWED: Final = 2
"""One head may end in a number of its own (延長\\n1,000m)."""

NUMBER_SHARE: Final = 0.5
"""A column holds one number a cell where at least this share of its other filled cells does."""


def mark_fused(table: Table) -> Table:
    """Give the table with all its numbers marked for a person where a cell of a scan holds the numbers of several."""
    body = [cell for cell in table.cells if cell.role == "body"]
    # The first row of numbers may have been taken for a heading; what groups its thousands is none.
    heads = [cell for cell in table.cells if cell.role == "column_header" and _GROUPED.search(cell.raw)]
    fused = frozenset(
        [
            *(cell.id for cell in (*body, *heads) if _is_fused(cell, body)),
            *_swallowing(table.cells),
            *_paired(table.cells),
        ]
    )
    unnamed = _under_several_names(table.cells)
    if not fused:
        return _with_review(table, unnamed) if unnamed else table
    return replace(
        table,
        cells=tuple(
            replace(cell, needs_review=True)
            if cell.id in fused or (cell.role == "body" and cell.kind == "number")
            else cell
            for cell in table.cells
        ),
    )


def _with_review(table: Table, ids: frozenset[str]) -> Table:
    cells = (replace(cell, needs_review=True) if cell.id in ids else cell for cell in table.cells)
    return replace(table, cells=tuple(cells))


def _under_several_names(cells: Iterable[Cell]) -> frozenset[str]:
    """Give the ids of the numbers of a scan that stand under one head which holds several names, each in a column of its own.

    The wall between the names is lost, and which of them a number belongs to is a guess.
    """
    body = [cell for cell in cells if cell.role == "body" and cell.kind == "number"]
    heads = [cell for cell in cells if cell.role == "column_header"]
    found: list[str] = []
    for head in heads:
        is_lowest = not any(
            other.row > head.row and other.column < column_end(head) and head.column < column_end(other)
            for other in heads
        )
        if (
            head.evidence.origin != "ocr"
            or head.column_span < 2
            or len(head.text.split()) < 2
            or not is_lowest
        ):
            continue
        under = [cell for cell in body if head.column <= cell.column < column_end(head)]
        if len({cell.column for cell in under}) > 1:
            found += [cell.id for cell in under]
    return frozenset(found)


def _is_fused(cell: Cell, body: Iterable[Cell]) -> bool:
    if cell.kind not in {"text", "number"} or cell.evidence.origin != "ocr":
        return False
    folded = unicodedata.normalize("NFKC", cell.raw)
    if _TAIL.fullmatch(folded):
        return _stands_among_numbers(cell, [other for other in body if not other.text.startswith("0")])
    if cell.kind == "number" or _TORN.fullmatch(folded.strip()):
        return False
    stripped = ([word.strip(_DIRT) for word in line.split()] for line in folded.splitlines())
    lines = [words for line in stripped if (words := [word for word in line if word])]
    words = [word for line in lines for word in line]
    if not all(_NUMBER.fullmatch(word) or _MARK.fullmatch(word) for word in words):
        return False
    if sum(map(bool, map(_NUMBER.fullmatch, words))) < 2:
        return False
    widest = max(map(len, lines))
    if widest >= IN_ROW or (widest > 1 and cell.column_span > 1):
        return True
    return len(lines) > 1 and _stands_among_numbers(cell, body)


def _paired(cells: Iterable[Cell]) -> list[str]:
    """Give the ids of the cells that hold two numbers wide apart, where several of their column do."""
    pairs: dict[int, list[str]] = {}
    for cell in cells:
        if cell.role == "column_header" or cell.evidence.origin != "ocr":
            continue
        words = _WIDE.split(
            unicodedata.normalize("NFKC", cell.raw.replace("\u3000", "  ")).strip(_DIRT + " ")
        )
        if len(words) == 2 and all(_NUMBER.fullmatch(word.strip(_DIRT)) for word in words):
            pairs.setdefault(cell.column, []).append(cell.id)
    return [name for names in pairs.values() if len(names) >= PAIRS for name in names]


def _swallowing(cells: Iterable[Cell]) -> list[str]:
    """Give the ids of the heads that end in a number, where several do: the rows below the heading have run into it."""
    found = []
    for cell in cells:
        if cell.role != "column_header" or cell.evidence.origin != "ocr":
            continue
        lines = unicodedata.normalize("NFKC", cell.raw).split("\n")
        if (
            len(lines) > 1
            and _NUMBER.fullmatch(lines[-1].strip())
            and not _NUMBER.fullmatch(lines[0].strip())
        ):
            found.append(cell)
    has_amount = any(_GROUPED.search(cell.raw) for cell in found)
    return [cell.id for cell in found] if has_amount and len(found) >= SWALLOWED else []


def _stands_among_numbers(cell: Cell, body: Iterable[Cell]) -> bool:
    """Say whether the other cells of the columns of a cell hold one number each."""
    beside = [
        other
        for other in body
        if other.id != cell.id
        and other.kind != "empty"
        and other.column < column_end(cell)
        and cell.column < column_end(other)
    ]
    numbers = sum(other.kind in {"number", "missing"} for other in beside)
    return numbers > 0 and numbers >= NUMBER_SHARE * len(beside)
