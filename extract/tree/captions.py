"""The lines around a table -> its caption, unit, as-of date and notes.

Above a table stand, from the bottom up: its unit (often at the right), its as-of date, and its caption, a short line that is no
sentence, often an outline heading too (（１）特例転出入の実績). Notes (※, 注, a legend of the marks in the cells) stand right below a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from extract.characters import fold_spaces, without_spaces
from extract.document import CleanGrid, CleanLine, CleanPage
from extract.tree.cell_titles import cell_to_title
from extract.tree.describing import (
    LineParts,
    is_prose,
    line_to_parts,
    strip_fused_number,
    strip_table_number,
    text_to_parts,
    tidy_unit,
)
from extract.tree.markers import Marker, find_marker, starts_note, strip_marker
from extract.tree.notes import find_notes
from extract.tree.placed import JoinedTable
from extract.tree.printed import join_lines
from extract.tree.spreads import begin_together, is_as_high, is_beside, is_perhaps_beside
from extract.tree.surroundings import (
    Surroundings,
    find_bands_above,
    find_floor,
    find_wrapped_above,
    half_of,
    is_right_aligned,
    page_to_surroundings,
)
from extract.tree.units import find_stated_unit

NEAR: Final = 3.5
"""Letter sizes between a table and the first line above that can describe it."""

FAR: Final = 15.0
"""Letter sizes between a table and a line with nothing but its unit, over the frame that holds table and title."""

TITLES: Final = 2
"""Lines of a title in a frame that may stand between the table and the unit over the frame."""

NEXT: Final = 2.2
"""Letter sizes between two lines that describe one table."""

INTRODUCTION: Final = 2
"""Lines of a sentence that may stand between the heading of a part and its table."""

LEADING: Final = re.compile(r"(?:次|以下|下記|下表|次表)の?(?:表の?)?(?:とおり|通り|ように|状況).*。$")

_BUDGET: Final = ("款", "(款", "（款", "項", "(項", "（項", "目", "(目", "（目")
_UNSTRIPPED_STYLES: Final = frozenset({"kan", "article"})


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


@dataclass(slots=True)
class _Found:
    """What was found above one grid."""

    caption: str | None = None
    unit: str | None = None
    as_of: str | None = None
    kinds: dict[int, str] = field(default_factory=dict)


_Half: TypeAlias = tuple[CleanGrid, _Found]


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
        (part.page, part.grid): _read_above(grid, around[part.page, half_of(by_number[part.page], grid)])
        for table in joined
        for part in table.parts
        for grid in (by_number[part.page].grids[part.grid],)
    }
    _share_over_spreads(joined, by_number, found)
    used: dict[int, set[int]] = {}
    for (page, _), above in found.items():
        used.setdefault(page, set()).update(above.kinds)
    descriptions: list[TableDescription] = []
    for table in joined:
        own = _describe(table, by_number, around, found, used)
        if descriptions and own.unit is None and (table.header or table.follows):
            own = replace(own, unit=descriptions[-1].unit)
        descriptions.append(own)
    return tuple(descriptions)


def _describe(
    table: JoinedTable,
    pages: Mapping[int, CleanPage],
    around: Mapping[tuple[int, int], Surroundings],
    found: Mapping[tuple[int, int], _Found],
    used: Mapping[int, set[int]],
) -> TableDescription:
    above = [found[part.page, part.grid] for part in table.parts]
    kinds = [
        (part.page, index, kind)
        for part, one in zip(table.parts, above, strict=True)
        for index, kind in sorted(one.kinds.items())
    ]
    notes: list[str] = []
    unit = next((one.unit for one in above if one.unit), None)
    as_of = above[0].as_of
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
        caption=above[0].caption or _title_in_grid(table),
        unit=unit or _unit_in_grid(table),
        as_of=as_of,
        notes=tuple(notes),
        line_kinds=tuple(kinds),
    )


def _read_above(grid: CleanGrid, around: Surroundings) -> _Found:
    found = _Found()
    bands = find_bands_above(grid, around)
    top, reach = grid.box[1], NEAR
    introduced = 0
    for place, band in enumerate(bands):
        size = max(line.size for _, line in band)
        if top - max(line.box[3] for _, line in band) > reach * size:
            break
        if found.caption is None and introduced < INTRODUCTION and _introduces(band, started=introduced > 0):
            introduced += 1
            top, reach = min(line.box[1] for _, line in band), NEXT
            continue
        if introduced and find_marker(band[0][1]) is None:
            break
        parts = [(index, line, line_to_parts(line)) for index, line in band]
        rests = [(index, line, part.rest) for index, line, part in parts if part.rest]
        if found.caption is not None and not _is_budget(found.caption, rests):
            break
        if rests and not _take_caption(found, grid, rests, bands[place + 1 :], around):
            break
        if not rests and any(part.remark for *_, part in parts) and not _tells(parts):
            break
        for index, _, part in parts:
            _take_facts(found, index, part)
        top, reach = min(line.box[1] for _, line in band), NEXT
    if found.unit is None:
        _take_far_unit(found, grid, bands)
    return found


def _take_far_unit(found: _Found, grid: CleanGrid, bands: Sequence[Sequence[tuple[int, CleanLine]]]) -> None:
    """Take the unit from a line that states nothing else: it must hold for a table below, and no other stands between."""
    titles = 0
    for band in bands:
        size = max(line.size for _, line in band)
        if grid.box[1] - max(line.box[3] for _, line in band) > FAR * size:
            return
        parts = [(index, line_to_parts(line)) for index, line in band]
        if any(part.unit for _, part in parts) and not any(part.rest for _, part in parts):
            for index, part in parts:
                _take_facts(found, index, part)
            return
        if all(index in found.kinds for index, _ in band):
            continue
        titles += 1
        if titles > TITLES or any(is_prose(line.text) or starts_note(line.text) for _, line in band):
            return


def _introduces(band: Sequence[tuple[int, CleanLine]], *, started: bool) -> bool:
    """Say whether a line leads from the heading to the table: 「…は次のとおりである。」, alone or with the line before it."""
    if len(band) > 1 or find_marker(band[0][1]) is not None:
        return False
    return bool(LEADING.search(band[0][1].text)) or (
        started and not band[0][1].text.endswith(("。", "）", ")"))
    )


def _tells(parts: Sequence[tuple[int, CleanLine, LineParts]]) -> bool:
    return any(part.unit or part.as_of for *_, part in parts)


def _take_facts(found: _Found, index: int, part: LineParts) -> None:
    found.unit = found.unit or part.unit
    found.as_of = found.as_of or part.as_of
    if index not in found.kinds and (part.unit or part.as_of):
        found.kinds[index] = "unit" if part.unit else "as_of"


def _is_budget(caption: str, rests: Sequence[tuple[int, CleanLine, str]]) -> bool:
    """Say whether a line above goes on with a caption of 款, 項 and 目 in lines of their own."""
    return caption.startswith(_BUDGET) and bool(rests) and all(rest.startswith(_BUDGET) for *_, rest in rests)


def _take_caption(
    found: _Found,
    grid: CleanGrid,
    rests: Sequence[tuple[int, CleanLine, str]],
    above: Sequence[Sequence[tuple[int, CleanLine]]],
    around: Surroundings,
) -> bool:
    """Take the caption from the lines of one height; say whether they are one."""
    _, line, _ = rests[0]
    text = " ".join(rest for *_, rest in rests)
    if is_prose(text) or starts_note(text) or is_right_aligned(line, grid) or not text.strip("記 "):
        return False
    used = [index for index, *_ in rests]
    marker = find_marker(line)
    wrapped = None
    if marker is None and found.caption is None and not text.startswith(_BUDGET):
        wrapped = find_wrapped_above(line, above, around)
    if wrapped is not None:
        used.append(wrapped[0])
        marker = find_marker(wrapped[1])
        whole = join_lines((wrapped[1], line))
        if marker is None or is_prose(whole):
            return False
        text = without_number(text_to_parts(whole, line.dates).rest, marker, wrapped[1])
    elif marker is not None:
        text = without_number(text, marker, line)
    else:
        text = strip_fused_number(text, line.raw)
    if not text:
        return False
    text = strip_table_number(text)
    found.caption = f"{text} {found.caption}" if found.caption else text
    found.kinds.update(dict.fromkeys(used, "caption"))
    return True


def without_number(text: str, marker: Marker, line: CleanLine) -> str:
    """Give a caption that starts as the line does without the outline mark; 款 and 項 are names and stay."""
    if marker.style in _UNSTRIPPED_STYLES:
        return text
    stripped = strip_marker(marker, line)
    if not stripped:
        return text
    if line.text.endswith(stripped):
        mark = line.text[: len(line.text) - len(stripped)].strip()
        return text.removeprefix(mark).strip()
    return text_to_parts(stripped, line.dates).rest


def _share_over_spreads(
    joined: Sequence[JoinedTable],
    pages: Mapping[int, CleanPage],
    found: Mapping[tuple[int, int], _Found],
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
