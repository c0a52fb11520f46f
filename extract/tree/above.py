"""The lines above a grid -> caption, unit and as-of date of its table.

From the bottom up stand the unit (often at the right), the as-of date, and the caption, a short line that is no sentence, often an
outline heading too (（１）特例転出入の実績).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from extract.document import CleanGrid, CleanLine
from extract.tree.describing import (
    LineParts,
    is_prose,
    line_to_parts,
    strip_fused_number,
    strip_table_number,
    text_to_parts,
)
from extract.tree.front_lines import is_signed_date
from extract.tree.markers import Marker, find_marker, starts_note, strip_marker
from extract.tree.printed import join_lines
from extract.tree.surroundings import Surroundings, find_bands_above, find_wrapped_above, is_right_aligned

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


@dataclass(slots=True)
class Found:
    """What was found above one grid."""

    caption: str | None = None
    unit: str | None = None
    as_of: str | None = None
    kinds: dict[int, str] = field(default_factory=dict)


def read_above(grid: CleanGrid, around: Surroundings) -> Found:
    """Give what the lines above the grid, in its half of the sheet, say of it."""
    found = Found()
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


def _take_far_unit(found: Found, grid: CleanGrid, bands: Sequence[Sequence[tuple[int, CleanLine]]]) -> None:
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


def _take_facts(found: Found, index: int, part: LineParts) -> None:
    found.unit = found.unit or part.unit
    found.as_of = found.as_of or part.as_of
    if index not in found.kinds and (part.unit or part.as_of):
        found.kinds[index] = "unit" if part.unit else "as_of"


def _is_budget(caption: str, rests: Sequence[tuple[int, CleanLine, str]]) -> bool:
    """Say whether a line above goes on with a caption of 款, 項 and 目 in lines of their own."""
    return caption.startswith(_BUDGET) and bool(rests) and all(rest.startswith(_BUDGET) for *_, rest in rests)


def _take_caption(
    found: Found,
    grid: CleanGrid,
    rests: Sequence[tuple[int, CleanLine, str]],
    above: Sequence[Sequence[tuple[int, CleanLine]]],
    around: Surroundings,
) -> bool:
    """Take the caption from the lines of one height; say whether they are one."""
    _, line, _ = rests[0]
    text = " ".join(rest for *_, rest in rests)
    if is_prose(text) or starts_note(text) or is_signed_date(line):
        return False
    if is_right_aligned(line, grid) or not text.strip("記 "):
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


def read_foot(grid: CleanGrid, before: Surroundings) -> Found:
    """Give what the last lines of the page ``before`` say of a grid that begins the next page and did not fit below them."""
    bottom = max((line.box[3] for _, line in before.lines), default=0.0)
    if any(other.box[3] > bottom for other in before.grids):
        return Found()
    height = grid.box[3] - grid.box[1]
    moved = replace(grid, box=(grid.box[0], bottom + 1, grid.box[2], bottom + 1 + height))
    return read_above(moved, before)
