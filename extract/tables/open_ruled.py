"""Horizontal rulings without vertical ones -> grids: rows by the rulings, columns by alignment (book tables).

Alignment lends what the print leaves out: vertical rulings between the columns, broken where a heading runs over them, and
horizontal ones between lines of numbers. The grid then comes from the same lattice as that of a fully ruled table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extract.document import Grid, Line, Ruling
from extract.tables.alignment import is_number_like, is_strong_number
from extract.tables.columns import (
    Column,
    chunks_to_columns,
    column_range,
    line_to_chunks,
    widen_columns,
)
from extract.tables.lattice import component_to_lattice
from extract.tables.lent_rulings import (
    LEAST_RULINGS,
    LENT_THICKNESS,
    SAME_END,
    between_levels,
    between_numbers,
    header_end,
    heads_others,
    with_header_end,
)
from extract.tables.rows import lines_to_rows, middle
from extract.tables.ruled import lattice_to_grid
from extract.tables.unshaded_rows import lies_between, with_unshaded_rows

ONE_END = 1.0
"""Rulings of one table end at the same place, but for this (points)."""

MAX_BAND = 400.0
"""Rulings further apart than this (points) do not belong together: rules at the head and foot of a page."""

CAPTION_WHITE = 0.7
"""Over a caption between two tables stands at least this much more white (ems) than below it; in a row they are alike."""

LEAST_ROWS = 2
"""So many rows show how far apart rows stand."""

CAPTION_INDENT = 3.0
"""A caption begins at most this far (ems) right of the rulings."""


def find_open_ruled_tables(rulings: Sequence[Ruling], lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
    """Give the tables between horizontal rulings that no vertical one crosses, and the lines that are left."""
    grids: list[Grid] = []
    left = list(lines)
    parts = [part for group in _groups(rulings) for part in _split_at_captions(group, lines)]
    tables = [part for part in parts if len(part) > 1]
    for part in tables:
        group = with_unshaded_rows(part, left)
        top, bottom = group[0].position, group[-1].position
        inside = [line for line in left if lies_between(line, group[0], top, bottom)]
        inner = [
            r
            for r in (*rulings, *(lent for lent in group if lent not in part))
            if r.axis == "horizontal" and top <= r.position <= bottom and _within(r, group[0])
        ]
        grid = _grid(group, inner, inside)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            left = [line for line in left if id(line) not in taken]
    return grids, left


def _groups(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Give sets of horizontal rulings with the same ends, from top to bottom, that no vertical ruling inside touches."""
    vertical = [r for r in rulings if r.axis == "vertical"]
    groups: list[list[Ruling]] = []
    for ruling in sorted((r for r in rulings if r.axis == "horizontal"), key=lambda r: r.position):
        if any(
            v.start - SAME_END <= ruling.position <= v.end + SAME_END
            and ruling.start + SAME_END < v.position < ruling.end - SAME_END
            for v in vertical
        ):
            continue
        for group in groups:
            last = group[-1]
            same = abs(last.start - ruling.start) <= SAME_END and abs(last.end - ruling.end) <= SAME_END
            if same and ruling.position - last.position <= MAX_BAND:
                group.append(ruling)
                break
        else:
            groups.append([ruling])
    yield from (group for group in groups if len(group) > 1)


def _split_at_captions(group: Sequence[Ruling], lines: Sequence[Line]) -> Iterator[list[Ruling]]:
    """Give the tables of a group, divided where the caption of the lower one stands between two rulings."""
    part = [group[0]]
    for above, below in pairwise(group):
        band = [line for line in lines if lies_between(line, above, above.position, below.position)]
        end = above
        if not above.thickness and band and len(line_to_chunks(band[0])) > 1:
            # The last row of a table whose rows are shaded in turn may have no edge below it.
            end, band = replace(above, position=band[0].box[3]), band[1:]
        if (band and _is_caption(band, end, below, min(r.thickness for r in group))) or _stands_apart(band):
            yield part
            part = []
        part.append(below)
    yield part


def _is_caption(band: Sequence[Line], above: Ruling, below: Ruling, thinnest: float) -> bool:
    """Say whether the lines between two rulings are no row: one text at the left, under white, between heavy rulings or ones of other ends."""
    size = band[0].words[0].size
    is_text = all(len(line_to_chunks(line)) == 1 for line in band) and not any(
        is_strong_number(word.text) for line in band for word in line.words
    )
    if not is_text or band[-1].box[0] > above.start + CAPTION_INDENT * size:
        return False
    white_above = band[0].box[1] - above.position
    white_below = below.position - band[-1].box[3]
    is_heavy = min(above.thickness, below.thickness) > thinnest
    is_wider = max(abs(above.start - below.start), abs(above.end - below.end)) > ONE_END
    return is_heavy or is_wider or white_above > white_below + CAPTION_WHITE * size


def _stands_apart(band: Sequence[Line]) -> bool:
    """Say whether rows that no ruling parts are followed by texts on lines of their own, under more white than the rows."""
    rows = list(takewhile(lambda line: len(line_to_chunks(line)) > 1, band))
    texts = band[len(rows) :]
    if len(rows) < LEAST_ROWS or not texts:
        return False
    pitch = max(middle(below) - middle(above) for above, below in pairwise(rows))
    return (
        all(len(line_to_chunks(line)) == 1 for line in texts)
        and not any(is_strong_number(word.text) for line in texts for word in line.words)
        and middle(texts[0]) - middle(rows[-1]) > pitch + CAPTION_WHITE * texts[0].words[0].size
    )


def _within(ruling: Ruling, outer: Ruling) -> bool:
    return ruling.start >= outer.start - SAME_END and ruling.end <= outer.end + SAME_END


def _grid(group: Sequence[Ruling], inner: Sequence[Ruling], lines: Sequence[Line]) -> Grid | None:
    end = header_end(group, inner, lines)
    group, inner = with_header_end(group, inner, end)
    body = [line for line in lines if line.box[1] + line.box[3] > 2 * end]
    if len(inner) < LEAST_RULINGS or not body or len(body) == len(lines):
        return None
    size = body[0].words[0].size
    columns = _find_columns(body, size)
    rows = lines_to_rows(body)
    filled = sum(
        1 for row in rows if len({column_range(c, columns) for ln in row for c in line_to_chunks(ln)}) > 1
    )
    if len(columns) < 2 or 2 * filled < len(rows):
        return None
    header = lines[: len(lines) - len(body)]
    wide = widen_columns(
        columns, [word for line in header for word in line.words if not heads_others(word, header, columns)]
    )
    columns = wide if wide != columns else widen_columns(columns, header[-1].words)
    edges = [group[0].start, *((a.right + b.left) / 2 for a, b in pairwise(columns)), group[0].end]
    horizontal = [
        *inner,
        *between_numbers(group, inner, lines, end),
        *between_levels(inner, lines, edges, end),
    ]
    heights = sorted({ruling.position for ruling in horizontal})
    words = [word for line in lines for word in line.words]
    vertical = [
        Ruling("vertical", x, above, below, LENT_THICKNESS)
        for place, x in enumerate(edges)
        for above, below in pairwise(heights)
        if place in {0, len(edges) - 1}
        or not any(w.box[0] < x < w.box[2] and above < (w.box[1] + w.box[3]) / 2 < below for w in words)
    ]
    lattice = component_to_lattice([*horizontal, *vertical], words)
    return lattice_to_grid(lattice, words)[0] if lattice else None


def _find_columns(body: Sequence[Line], size: float) -> list[Column]:
    """Give the columns of the body; the letters of a spaced-out label (合　　計) over several columns show none."""
    chunks = [chunk for line in body for chunk in line_to_chunks(line)]
    whole = [c for c in chunks if sum(len(w.text) for w in c.words) > 1 or is_number_like(c.words[0].text)]
    return chunks_to_columns(whole or chunks, size)
