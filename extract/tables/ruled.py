"""Rulings and words of a page -> ruled grids with the words in their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extract.document import Grid, GridCell, Page, Ruling, Stroke, Word
from extract.geometry import Box, box_rounded, overlap
from extract.tables.cells import Span, lattice_to_spans
from extract.tables.components import rulings_to_components
from extract.tables.diagrams import has_inner_walls, is_diagram, is_seal
from extract.tables.lattice import Lattice, component_to_lattice
from extract.tables.lent_walls import lend_columns, lend_walls
from extract.tables.lines import words_to_lines
from extract.tables.shaded import only_helps_the_eye

MIN_EXTENT = 8.0
"""A lattice lower or narrower than this (points) holds no line of text."""

REST_EDGES = 4
"""Column edges of the rest of a row that holds one text: a frame around a text has fewer."""

STRIKE_SHARE = 0.6
"""A diagonal stroke strikes a cell when it covers this share of the cell's width and height."""


class RuledGrids(NamedTuple):
    """The grids of a page, the words outside them, and how many regions without closed walls were cut into several cells with text.

    ``rulings`` are those of the page without the walls of shaded areas that are no cells.
    """

    grids: list[Grid]
    words: list[Word]
    broken: int
    rulings: list[Ruling]


def page_to_ruled_grids(page: Page) -> RuledGrids:
    """Give the ruled tables of a page; a frame around text (a single cell) is no table and keeps its words outside."""
    remaining: list[Word] = list(page.words)
    lattices: list[tuple[Lattice, list[Ruling]]] = []
    rulings = list(page.rulings)
    for component in rulings_to_components(page.rulings):
        if len(component) < 3 or not has_inner_walls(component):
            continue
        lattice = component_to_lattice(component, page.words)
        if lattice and only_helps_the_eye(lattice, component, page.words, page.rulings):
            sides = {id(ruling) for ruling in component if ruling.axis == "vertical"}
            rulings = [ruling for ruling in rulings if id(ruling) not in sides]
            continue
        if (
            lattice
            and lattice.box[2] - lattice.box[0] >= MIN_EXTENT
            and lattice.box[3] - lattice.box[1] >= MIN_EXTENT
        ):
            lattices.append((lattice, component))
    # A small table inside a cell or a frame takes its words before the larger one around it does.
    lattices.sort(key=lambda found: _area(found[0].box))
    grids: list[Grid] = []
    broken = 0
    for lattice, component in lattices:
        inside, outside = _split_words(remaining, lattice.box)
        is_rest = not any(word.box[3] < lattice.box[1] for word in page.words)
        grid, cut = lattice_to_grid(
            lend_walls(lend_columns(lattice, inside), inside),
            inside,
            page.strokes,
            component,
            is_rest=is_rest,
        )
        if grid is None:
            continue
        broken += cut
        grids.append(grid)
        remaining = outside
    grids.sort(key=lambda grid: (grid.box[1], grid.box[0]))
    return RuledGrids(grids, remaining, broken, rulings)


def lattice_to_grid(
    lattice: Lattice,
    words: Sequence[Word],
    strokes: Sequence[Stroke] = (),
    walls: Sequence[Ruling] = (),
    *,
    is_rest: bool = False,
) -> tuple[Grid | None, int]:
    """Give the grid of a lattice with the words inside it, None where it is no table; and how many regions were cut.

    ``walls`` are the printed rulings that it comes from, by which a diagram shows. ``is_rest`` says that the page begins with
    it: then one text may be all of it, the end of a row that did not fit on the page before.
    """
    spans = lattice_to_spans(lattice)
    filled = _words_by_span(lattice, spans, words)
    if not _is_table(lattice, spans, filled, is_rest=is_rest):
        return None, 0
    if is_diagram(lattice, spans, filled, walls) or is_seal(lattice, words):
        return None, 0
    held = Counter(span.region for span, words in zip(spans, filled, strict=True) if words)
    return _grid(lattice, spans, filled, strokes), sum(1 for pieces in held.values() if pieces > 1)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _split_words(words: Sequence[Word], box: Box) -> tuple[list[Word], list[Word]]:
    inside: list[Word] = []
    outside: list[Word] = []
    x0, y0, x1, y1 = box
    for word in words:
        b = word.box
        within = x0 <= (b[0] + b[2]) / 2 <= x1 and y0 <= (b[1] + b[3]) / 2 <= y1
        (inside if within else outside).append(word)
    return inside, outside


def _words_by_span(lattice: Lattice, spans: Sequence[Span], words: Sequence[Word]) -> list[list[Word]]:
    owner: dict[tuple[int, int], int] = {}
    for index, span in enumerate(spans):
        for row in range(span.row, span.row + span.row_span):
            for column in range(span.column, span.column + span.column_span):
                owner[row, column] = index
    last_row, last_column = len(lattice.row_edges) - 2, len(lattice.column_edges) - 2
    filled: list[list[Word]] = [[] for _ in spans]
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        row = min(max(bisect_right(lattice.row_edges, y) - 1, 0), last_row)
        column = min(max(bisect_right(lattice.column_edges, x) - 1, 0), last_column)
        filled[owner[row, column]].append(word)
    return filled


def _is_table(
    lattice: Lattice, spans: Sequence[Span], filled: Sequence[Sequence[Word]], *, is_rest: bool
) -> bool:
    """Say whether a lattice is a table: two cells side by side somewhere, and text in at least two of its cells.

    The rest of a row has three columns or more and may hold one text.
    """
    if len(lattice.column_edges) < 3 or all(
        span.column_span == len(lattice.column_edges) - 1 for span in spans
    ):
        return False
    texts = sum(1 for words in filled if words)
    return texts > 1 or (texts == 1 and is_rest and len(lattice.column_edges) >= REST_EDGES)


def _grid(
    lattice: Lattice, spans: Sequence[Span], filled: Sequence[Sequence[Word]], strokes: Sequence[Stroke]
) -> Grid:
    ys, xs = lattice.row_edges, lattice.column_edges
    cells = []
    for span, words in zip(spans, filled, strict=True):
        box = (
            xs[span.column],
            ys[span.row],
            xs[span.column + span.column_span],
            ys[span.row + span.row_span],
        )
        struck = bool(strokes) and any(_strikes(stroke, box) for stroke in strokes)
        lines = words_to_lines(words)
        cells.append(
            GridCell(
                span.row, span.column, span.row_span, span.column_span, box_rounded(box), lines, struck=struck
            )
        )
    return Grid(box_rounded(lattice.box), len(ys) - 1, len(xs) - 1, tuple(cells), ys, xs, ruled=True)


def _strikes(stroke: Stroke, cell: Box) -> bool:
    """Say whether the part of the stroke inside the cell crosses most of its width and height."""
    x0, y0, x1, y1 = stroke.box
    left, right = max(x0, cell[0]), min(x1, cell[2])
    if right <= left or x1 <= x0:
        return False
    slope = (y0 - y1 if stroke.rising else y1 - y0) / (x1 - x0)
    start = y1 if stroke.rising else y0
    ends = (start + slope * (left - x0), start + slope * (right - x0))
    down = overlap(min(ends), max(ends), cell[1], cell[3])
    across = down / abs(slope) if slope else right - left
    return across >= STRIKE_SHARE * (cell[2] - cell[0]) and down >= STRIKE_SHARE * (cell[3] - cell[1])
