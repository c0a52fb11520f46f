"""Stage 4: PageLayout -> CleanPage. Widths, distributed labels, wrapped lines, numbers, eras, units; raw is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from extract.document import CleanGrid, CleanLine, CleanPage, Grid, Line, Origin, PageLayout
from extract.findings import Notice
from extract.notation.numerals import SEVERAL
from extract.notation.periods import find_dates
from extract.text.cells import cell_to_clean, has_spread_numbers, holds_numbers_apart
from extract.text.cut_decimals import join_cut_decimals
from extract.text.doubtful import find_doubtful
from extract.text.lines import line_to_raw, raw_to_text

WALLS_LOST: Final = "table.walls-lost"
COLUMNS_JOINED: Final = "table.numbers-in-one-cell"

__all__ = ["layout_to_clean"]


def layout_to_clean(layout: PageLayout) -> CleanPage:
    """Give the page with its lines and cells cleaned; order and places are kept. Raises nothing.

    A notice on a cell names the grid by its index on the page and the cell by its place ("0", "r2c1") until ``tree/`` gives
    both their ids.
    """
    notices = list(layout.notices)
    page = layout.frame.number
    origin: Origin = "ocr" if layout.frame.origin == "ocr" else "text-layer"
    grids = tuple(
        _grid_to_clean(grid, str(index), origin, page, notices) for index, grid in enumerate(layout.grids)
    )
    lines = tuple(_line_to_clean(line, page, notices) for line in layout.lines)
    notices.extend(find_doubtful(layout.lines, page))
    outside = tuple(_line_to_clean(line, page, []) for line in layout.outside)
    return CleanPage(layout.frame, grids, lines, layout.gutter, tuple(notices), outside)


def _grid_to_clean(grid: Grid, table: str, origin: Origin, page: int, notices: list[Notice]) -> CleanGrid:
    is_spread = has_spread_numbers(grid)
    read = [
        cell_to_clean(cell, origin=origin, is_spread=is_spread)
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    ]
    cells = [clean for clean, _ in read]
    several = [index for index, (_, doubts) in enumerate(read) if doubts == (SEVERAL,)]
    joined = join_cut_decimals(cells, several)
    for index, (clean, doubts) in enumerate(read):
        if index in joined:
            cells[index] = joined[index]
            continue
        place = f"r{clean.row}c{clean.column}"
        notices.extend(Notice(code, page, table, place, (("text", clean.text),)) for code in doubts)
    lost = (
        WALLS_LOST
        if grid.framed and origin == "ocr"
        else COLUMNS_JOINED
        if _has_joined_columns(grid)
        else None
    )
    if lost is not None:
        notices.append(Notice(lost, page, table))
        cells = [replace(cell, doubted=cell.doubted or cell.kind == "number") for cell in cells]
    return CleanGrid(
        grid.box, grid.rows, grid.columns, tuple(cells), grid.row_edges, grid.column_edges, grid.ruled
    )


def _has_joined_columns(grid: Grid) -> bool:
    """Say whether in several rows numbers stand side by side in one cell, as a scan shows them whose walls are lost."""
    return len({cell.row for cell in grid.cells if holds_numbers_apart(cell)}) > 1


def _line_to_clean(line: Line, page: int, notices: list[Notice]) -> CleanLine:
    raw = line_to_raw(line)
    text = raw_to_text(raw)
    founds = find_dates(text)
    for found in founds:
        details = (("text", text[found.start : found.stop]),)
        notices.extend(Notice(code, page, details=details) for code in found.doubts)
    return CleanLine(
        raw=raw,
        text=text,
        box=line.box,
        size=max(word.size for word in line.words),
        angle=line.words[0].angle,
        dates=tuple(found.iso for found in founds if found.iso is not None),
    )
