"""Numbers that a narrow cell broke within their decimals (100.0 ／ 0％): one number where its column says so.

By itself such a cell may as well hold two numbers; the other numbers of its column, all with as many decimals as the two
lines have together, leave one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from extract.characters import fold_width, without_spaces
from extract.document import CleanCell
from extract.text.meaning import Meaning, read_text

_CUT: Final = re.compile(r"(?P<first>[△▲-]?[0-9,]+\.[0-9]+)\n(?P<rest>[0-9]+[^0-9\n]{0,2})")
_DECIMALS: Final = re.compile(r"[0-9]\.([0-9]+)")
_WITNESSES: Final = 2  # numbers of the column at least, and none that speaks against it


def join_cut_decimals(cells: Sequence[CleanCell], several: Iterable[int]) -> dict[int, CleanCell]:
    """Give the cells of a grid that are one number broken within its decimals, as that number, by their place in ``cells``.

    ``several`` are the places of the cells whose only doubt is that they may hold several numbers.
    """
    joined: dict[int, CleanCell] = {}
    for place in several:
        cell = cells[place]
        printed = "\n".join(fold_width(without_spaces(line)) for line in cell.raw.split("\n"))
        match = _CUT.fullmatch(printed)
        if match is None:
            continue
        meaning = read_text(text := match["first"] + match["rest"], text)
        if meaning.kind == "number" and not meaning.doubts and _agree(meaning, cell, cells):
            joined[place] = replace(
                cell, text=meaning.text, kind="number", value=meaning.value, unit=meaning.unit, doubted=False
            )
    return joined


def _agree(meaning: Meaning, cell: CleanCell, cells: Sequence[CleanCell]) -> bool:
    column = [other for other in cells if other.column == cell.column and other.kind == "number"]
    others = {(_count_decimals(other.text), other.unit) for other in column}
    return len(column) >= _WITNESSES and others == {(_count_decimals(meaning.text), meaning.unit)}


def _count_decimals(text: str) -> int:
    found = _DECIMALS.search(text)
    return len(found.group(1)) if found else 0
