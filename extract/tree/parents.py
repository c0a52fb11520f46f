"""Numbers of one table that share their names -> the label above that tells them apart.

Under (1) 普通建設事業 and under (2) 災害復旧事業 stand (イ) 補助 and (ロ) 単独 each: the marks say what belongs to what. A 小計 belongs to
the label above it. Only where names would be alike is the label above taken into them, for elsewhere nobody misses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from extract.document import Cell, Table
from extract.tree.labels import is_total
from extract.tree.paths import HeaderPaths

_MARKS: Final = tuple(
    re.compile(mark)
    for mark in (
        r"第\s?[0-9]+",
        r"[0-9]{1,3}(?:[.．]|\s|(?=[^\W\d]))",
        r"[（(][0-9]{1,2}[)）]",
        r"[①-⑳]",
        r"[（(][ア-ン][)）]",
        r"[ア-ン][\s.．]",
        r"[〇○◎●◆■□・]",
    )
)


def find_alike(table: Table, paths: HeaderPaths) -> Iterator[list[Cell]]:
    """Give the body numbers of a table that share both names, two or more at a time."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Cell]] = {}
    for cell in table.cells:
        if cell.kind == "number" and cell.role == "body":
            alike.setdefault((paths.row_path(cell), paths.column_path(cell)), []).append(cell)
    return (cells for cells in alike.values() if len(cells) > 1)


def find_parents(table: Table, paths: HeaderPaths) -> Mapping[str, Cell]:
    """Give by the id of a number the label above that its last row header belongs to, where that tells numbers apart."""
    above: dict[tuple[int, int], list[Cell]] = {}
    found: dict[str, Cell] = {}
    for cells in find_alike(table, paths):
        parents = []
        for cell in cells:
            headers = paths.row_headers(cell)
            label = headers[-1] if headers else None
            if label is None or label.row > cell.row or paths.parts[label.row] is not paths.parts[cell.row]:
                break
            key = (paths.parts[cell.row].body, label.column)
            if key not in above:
                above[key] = [
                    c for c in table.cells if c.role == "row_header" and c.column == label.column and c.text
                ]
            parent = _parent(label, [c for c in above[key] if key[0] <= c.row < label.row])
            if parent is None or any(parent is header for header in headers):
                break
            parents.append(parent)
        if len(parents) == len(cells) and len({parent.text for parent in parents}) == len(cells):
            found.update({cell.id: parent for cell, parent in zip(cells, parents, strict=True)})
    return found


def _parent(label: Cell, above: list[Cell]) -> Cell | None:
    """Give the nearest label above that is no sibling: one with another mark; of a total, the last that is none."""
    if is_total(label.text) or label.text.startswith("小計"):
        return next(
            (c for c in reversed(above) if not is_total(c.text) and not c.text.startswith("小計")), None
        )
    style = _style(label.text)
    if style is None:
        return None
    for other in reversed(above):
        if _style(other.text) is None:
            return None
        if _style(other.text) != style:
            return other
    return None


def _style(text: str) -> int | None:
    return next((style for style, mark in enumerate(_MARKS) if mark.match(text)), None)
