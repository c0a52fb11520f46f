"""The order in which a page is read; spreads hold two pages side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.document import Grid, Page, Word
from extract.tables.lines import words_to_lines

SPREAD_RATIO = 1.2
"""A sheet at least this much wider than high may hold two pages side by side (two A4 portrait: 1.41)."""

GUTTER_ZONE = (0.44, 0.56)
"""The inner margins of a spread meet in this part of its width."""

GUTTER_WIDTH = 0.025
"""The empty strip between two pages is at least this share of the sheet's width (two margins of 15 mm on A3: 0.07)."""

BRACKETED = re.compile(r"[（(〔［\[][^（(〔［\[]*[)）〕］\]]")


def find_gutter(page: Page) -> float | None:
    """Give the x between the two pages of a spread, or None: a strip near the middle that nothing crosses."""
    width = page.frame.width
    if width < SPREAD_RATIO * page.frame.height or not page.words:
        return None
    low, high = GUTTER_ZONE[0] * width, GUTTER_ZONE[1] * width
    covered = [(w.box[0], w.box[2]) for w in page.words if w.box[2] > low and w.box[0] < high]
    for ruling in page.rulings:
        if ruling.axis == "vertical":
            covered.append((ruling.position, ruling.position))
        elif ruling.end > low and ruling.start < high:
            covered.append((ruling.start, ruling.end))
    best: tuple[float, float] | None = None
    reach = low
    for start, end in [*sorted((s, e) for s, e in covered if e >= low and s <= high), (high, high)]:
        if start - reach >= GUTTER_WIDTH * width and (best is None or start - reach > best[1] - best[0]):
            best = (reach, start)
        reach = max(reach, end)
    if best is None:
        return None
    gutter = (best[0] + best[1]) / 2
    halves = ([w for w in page.words if w.box[2] < gutter], [w for w in page.words if w.box[0] > gutter])
    return None if any(map(_is_remark, halves)) else gutter


def _is_remark(words: Sequence[Word]) -> bool:
    """Say whether a half holds but one line, in brackets: the unit at the far right of a narrow table, and no page."""
    lines = words_to_lines(words)
    return len(lines) == 1 and BRACKETED.fullmatch("".join(word.text for word in lines[0].words)) is not None


def in_reading_order(grids: Iterable[Grid], gutter: float | None) -> tuple[Grid, ...]:
    """Give the grids from top to bottom, side by side ones from left to right, the left page of a spread first."""
    middle = float("inf") if gutter is None else 2 * gutter
    return tuple(
        sorted(grids, key=lambda grid: (grid.box[0] + grid.box[2] > middle, grid.box[1], grid.box[0]))
    )
