"""Stage 3: Page -> PageLayout. Rulings and alignment give grids of cells; what stands outside them are lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Grid, Line, Page, PageLayout, Ruling, Word
from extract.findings import Notice
from extract.tables.borderless import find_borderless_tables
from extract.tables.chart_labels import order_chart_labels
from extract.tables.frames import is_framed, strip_frame_rows
from extract.tables.inner import divide_inner_tables
from extract.tables.lines import is_tall, words_to_lines
from extract.tables.open_heads import add_open_heads
from extract.tables.open_ruled import find_open_ruled_tables
from extract.tables.reading_order import find_gutter, in_reading_order
from extract.tables.ruled import page_to_ruled_grids


def page_to_layout(page: Page) -> PageLayout:
    """Give the tables of a page and the lines outside them, in reading order; no word is lost. Raises nothing."""
    gutter = find_gutter(page)
    ruled = page_to_ruled_grids(page)
    grids: list[Grid] = []
    words = ruled.words
    for grid in ruled.grids:
        stripped, freed = strip_frame_rows(grid)
        words += freed
        grids.append(stripped)
    grids, words = add_open_heads(divide_inner_tables(grids), words)
    lines: list[Line] = []
    for half in _halves(words, gutter):
        found, left = _tables_without_columns(ruled.rulings, words_to_lines(half))
        grids += [replace(grid, framed=is_framed(grid, page.rulings)) for grid in found]
        lines += left
    notices = page.notices
    if ruled.broken:
        notices += (Notice("table.untileable", page=page.frame.number),)
    return PageLayout(
        page.frame,
        in_reading_order(grids, gutter),
        tuple(lines),
        gutter,
        notices,
        words_to_lines(page.outside),
    )


def _halves(words: list[Word], gutter: float | None) -> list[list[Word]]:
    """Give the words of the left and of the right page of a spread; of a single page, all."""
    if gutter is None:
        return [words]
    left = [word for word in words if word.box[0] + word.box[2] <= 2 * gutter]
    right = [word for word in words if word.box[0] + word.box[2] > 2 * gutter]
    return [left, right]


def _tables_without_columns(
    rulings: Sequence[Ruling], lines: tuple[Line, ...]
) -> tuple[list[Grid], list[Line]]:
    """Give the tables whose columns no ruling shows, and the lines that are left, in their order."""
    tall = {id(line) for line in lines if is_tall(line.words[0])}
    flat = [line for line in lines if id(line) not in tall]
    open_ruled, rest = find_open_ruled_tables(rulings, flat)
    borderless, rest = find_borderless_tables(rest)
    kept = tall | {id(line) for line in rest}
    left = [line for line in lines if id(line) in kept]
    return [*open_ruled, *borderless], left if tall else order_chart_labels(left)
