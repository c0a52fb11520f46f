"""The lines around a table -> its caption, unit, as-of date and notes.

Above a table stand, from the bottom up: its unit (often at the right), its as-of date, and its caption, a short line that is no
sentence, often an outline heading too (（１）特例転出入の実績). Notes (※, 注, a legend of the marks in the cells) stand right below a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeAlias

from extract.characters import fold_spaces, without_spaces
from extract.document import CleanGrid, CleanPage
from extract.tree.above import Found, read_above, read_foot
from extract.tree.cell_titles import cell_to_title
from extract.tree.describing import (
    is_prose,
    tidy_unit,
)
from extract.tree.notes import find_notes
from extract.tree.placed import JoinedTable
from extract.tree.spreads import begin_together, is_as_high, is_beside, is_perhaps_beside
from extract.tree.surroundings import (
    Surroundings,
    find_floor,
    half_of,
    page_to_surroundings,
)
from extract.tree.units import find_stated_unit


@dataclass(frozen=True, slots=True)
class TableDescription:
    """What the lines around a table say of it.

    ``line_kinds``: (page number, index in ``CleanPage.lines``, "caption" | "unit" | "as_of" | "note") of the lines used.
    """

    caption: str | None
    unit: str | None
    as_of: str | None
    notes: tuple[str, ...]
    line_kinds: tuple[tuple[int, int, str], ...]


_Half: TypeAlias = tuple[CleanGrid, Found]


def describe_tables(
    pages: Sequence[CleanPage], joined: Sequence[JoinedTable], running: Mapping[int, frozenset[int]]
) -> tuple[TableDescription, ...]:
    """Give the description of each table; ``running``: by page number the indexes of lines that are running text.

    A unit is printed once over tables with the same columns one under another, so it holds for those below too.
    """
    by_number = {page.frame.number: page for page in pages}
    around = {
        (page.frame.number, half): surroundings
        for page in pages
        for half, surroundings in page_to_surroundings(page, running).items()
    }
    found = {
        (part.page, part.grid): read_above(grid, around[part.page, half_of(by_number[part.page], grid)])
        for table in joined
        for part in table.parts
        for grid in (by_number[part.page].grids[part.grid],)
    }
    _share_over_spreads(joined, by_number, found)
    used: dict[int, set[int]] = {}
    for (page, _), above in found.items():
        used.setdefault(page, set()).update(above.kinds)
    feet = [
        _read_foot(table, by_number, around, found[table.parts[0].page, table.parts[0].grid])
        for table in joined
    ]
    for page, one in feet:
        used.setdefault(page, set()).update(one.kinds)
    descriptions: list[TableDescription] = []
    for table, foot in zip(joined, feet, strict=True):
        over = [(part.page, found[part.page, part.grid]) for part in table.parts]
        over.insert(1, foot)
        own = _describe(table, by_number, around, over, used)
        if descriptions and own.unit is None and (table.header or table.follows):
            own = replace(own, unit=descriptions[-1].unit)
        descriptions.append(own)
    return tuple(descriptions)


def _describe(
    table: JoinedTable,
    pages: Mapping[int, CleanPage],
    around: Mapping[tuple[int, int], Surroundings],
    above: Sequence[tuple[int, Found]],
    used: Mapping[int, set[int]],
) -> TableDescription:
    """Give the description; ``above``: what was found over each part, with its page, and after the first at the foot of the page before."""
    kinds = [(number, index, kind) for number, one in above for index, kind in sorted(one.kinds.items())]
    notes: list[str] = []
    unit = next((one.unit for _, one in above if one.unit), None)
    as_of = above[0][1].as_of or above[1][1].as_of
    texts = frozenset(without_spaces(placed.cell.text) for placed in table.cells if placed.cell.text)
    for part in table.parts:
        page = pages[part.page]
        grid = page.grids[part.grid]
        surroundings = around[part.page, half_of(page, grid)]
        below = find_notes(
            surroundings.lines, grid.box, texts, used[part.page], floor=find_floor(grid, surroundings)
        )
        notes += [note for note in below.notes if note not in notes]
        unit, as_of = unit or below.unit, as_of or below.as_of
        kinds += [(part.page, index, kind) for index, kind in below.kinds]
        used[part.page].update(index for index, _ in below.kinds)
    return TableDescription(
        caption=above[0][1].caption or above[1][1].caption or _title_in_grid(table),
        unit=unit or _unit_in_grid(table),
        as_of=as_of,
        notes=tuple(notes),
        line_kinds=tuple(kinds),
    )


def _read_foot(
    table: JoinedTable,
    pages: Mapping[int, CleanPage],
    around: Mapping[tuple[int, int], Surroundings],
    above: Found,
) -> tuple[int, Found]:
    """Give what stands at the foot of the page before of a table that begins its page, with the number of that page.

    ``above`` is what stands over it on its own page: no more than its unit or date.
    """
    first = table.parts[0]
    grid = pages[first.page].grids[first.grid]
    own = around[first.page, 0]
    lines = [line.box[1] for index, line in own.lines if index not in above.kinds]
    tops = (*lines, *(other.box[1] for other in own.grids))
    single = all(_is_single(around, number) for number in (first.page - 1, first.page))
    if above.caption is not None or not single or min(tops) < grid.box[1]:
        return first.page, Found()
    return first.page - 1, read_foot(grid, around[first.page - 1, 0])


def _is_single(around: Mapping[tuple[int, int], Surroundings], number: int) -> bool:
    """Say whether the page is there and nothing is printed on a right half of it."""
    right = around.get((number, 1))
    return right is not None and not right.lines and not right.grids


def _share_over_spreads(
    joined: Sequence[JoinedTable],
    pages: Mapping[int, CleanPage],
    found: Mapping[tuple[int, int], Found],
) -> None:
    """Give each half of a table over a spread what only the other half states (its unit stands at the right)."""
    parts: dict[int, tuple[list[_Half], list[_Half]]] = {}
    for table in joined:
        for part in table.parts:
            page = pages[part.page]
            if page.gutter is not None:
                grid = page.grids[part.grid]
                halves = parts.setdefault(part.page, ([], []))
                halves[half_of(page, grid)].append((grid, found[part.page, part.grid]))
    for lefts, rights in parts.values():
        for left in lefts:
            _share_with_right(left, rights)


def _share_with_right(half: _Half, rights: Sequence[_Half]) -> None:
    left, one = half
    beside = [(right, other) for right, other in rights if is_beside(left, right)]
    units = {other.unit for _, other in beside if other.unit}
    units |= {other.unit for right, other in rights if other.unit and is_perhaps_beside(left, right)}
    dates = {other.as_of for _, other in beside if other.as_of}
    for right, other in beside:
        whole = is_as_high(left, right)
        other.unit = other.unit or _only(units) or (one.unit if whole else None)
        other.as_of = other.as_of or _only(dates) or (one.as_of if whole else None)
        if begin_together(left, right):
            one.caption, other.caption = one.caption or other.caption, other.caption or one.caption
    one.unit = one.unit or _only(units)
    one.as_of = one.as_of or _only(dates)


def _only(stated: AbstractSet[str]) -> str | None:
    return next(iter(stated)) if len(stated) == 1 else None


def _title_in_grid(table: JoinedTable) -> str | None:
    """Give the text of a first row that is one cell across the table, over several columns below."""
    cell = table.cells[0].cell if table.cells else None
    if cell is None or table.columns < 2 or cell.column_span < table.columns or cell.kind == "empty":
        return None
    text = cell_to_title(cell)
    if (stated := find_stated_unit(text)) is not None:
        text = fold_spaces(text[: stated.start()] + text[stated.end() :])
    return text if text and not is_prose(text) else None


def _unit_in_grid(table: JoinedTable) -> str | None:
    """Give the unit that the top left cell, or a first row across the table, states."""
    if not table.cells:
        return None
    stated = find_stated_unit(table.cells[0].cell.text)
    return tidy_unit(stated["unit"]) if stated else None
