"""The printed lines around the grids of a page, in the half of the sheet that they share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.characters import close_distributed, fold_spaces, fold_width
from extract.document import CleanGrid, CleanLine, CleanPage
from extract.geometry import Box, box_centre, overlap
from extract.tree.markers import find_marker
from extract.tree.printed import column_of

BESIDE: Final = 20.0
"""Points by which a caption may stick out beside its table where two tables stand side by side."""

DEEPEST: Final = 5
"""Lines above a table that are looked at: caption in two lines, date, unit, and one to see that the caption is whole."""

_PIECE: Final = re.compile(r"\S+(?:[\s　]{1,2}\S+)*")
_NARROW: Final = 0x2000  # Latin letters, digits and spaces below are set half as wide as a kanji

FULL_LINE: Final = 2.0
"""Letter sizes: a line that ends so near to the right end of the page's lines was wrapped."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A page's lines and grids in one half, for the tables in it: ``lines`` (index, line) from top to bottom."""

    page: int
    lines: tuple[tuple[int, CleanLine], ...]
    grids: tuple[CleanGrid, ...]
    right: float


def half_of(page: CleanPage, grid: CleanGrid) -> int:
    """Give the half of the sheet that the grid stands in: 0, or 1 for the right half of a spread."""
    return column_of(page, grid.box).half


def page_to_surroundings(page: CleanPage, running: Mapping[int, frozenset[int]]) -> dict[int, Surroundings]:
    """Give the surroundings of both halves (the right one is empty where the page is no spread)."""
    left_out = running.get(page.frame.number, frozenset())
    lines: dict[int, list[tuple[int, CleanLine]]] = {0: [], 1: []}
    for index, line in enumerate(page.lines):
        if index not in left_out and line.text.strip() and line.angle == 0:
            lines[column_of(page, line.box).half].append((index, line))
    halves: dict[int, Surroundings] = {}
    for half, members in lines.items():
        grids = tuple(grid for grid in page.grids if half_of(page, grid) == half)
        members.sort(key=lambda item: (item[1].box[1] + item[1].box[3], item[1].box[0]))
        right = max(
            (box[2] for box in (*(line.box for _, line in members), *(grid.box for grid in grids))),
            default=page.frame.width,
        )
        halves[half] = Surroundings(page.frame.number, tuple(members), grids, right)
    return halves


def find_floor(grid: CleanGrid, surroundings: Surroundings) -> float:
    """Give where the next grid below begins."""
    return min(
        (
            other.box[1]
            for other in surroundings.grids
            if other.box[1] >= grid.box[3] - 1 and _beside(other.box, grid.box, 0.0)
        ),
        default=float("inf"),
    )


def _beside(box: Box, other: Box, slack: float) -> bool:
    return overlap(box[0], box[2], other[0] - slack, other[2] + slack) > 0


def find_bands_above(grid: CleanGrid, around: Surroundings) -> list[list[tuple[int, CleanLine]]]:
    """Give the nearest lines above a grid, lines at one height together, from the bottom up."""
    others = [other.box for other in around.grids if other is not grid]
    ceiling = max(
        (box[3] for box in others if box[3] <= grid.box[1] + 1 and _beside(box, grid.box, 0.0)), default=0.0
    )
    shared = any(overlap(box[1], box[3], grid.box[1], grid.box[3]) > 0 for box in others)
    bands: list[list[tuple[int, CleanLine]]] = []
    for index, whole in reversed(around.lines):
        middle = box_centre(whole.box)[1]
        if middle <= ceiling:
            break
        line = _piece_over(whole, grid.box, others) if shared else whole
        if middle >= grid.box[1] or line is None:
            continue
        if bands and middle >= bands[-1][-1][1].box[1]:
            bands[-1].insert(0, (index, line))
        elif len(bands) == DEEPEST:
            break
        else:
            bands.append([(index, line)])
    for band in bands:
        band.sort(key=lambda item: item[1].box[0])
    return bands


def _piece_over(line: CleanLine, box: Box, others: Sequence[Box]) -> CleanLine | None:
    """Give what of a line stands over one of several tables side by side; None where nothing does.

    The captions of neighbours may be one printed line with wide gaps; how wide its spaces are tells where its pieces are.
    """
    if not any(_beside(line.box, other, 0.0) for other in others):
        return line if _beside(line.box, box, BESIDE) else None
    weights = [0.0]
    for character in line.raw:
        weights.append(weights[-1] + (1.0 if ord(character) < _NARROW else 2.0))
    scale = (line.box[2] - line.box[0]) / max(weights[-1], 1.0)
    for piece in _PIECE.finditer(line.raw):
        start, end = (line.box[0] + weights[place] * scale for place in piece.span())
        shares = [overlap(start, end, other[0] - BESIDE, other[2] + BESIDE) for other in others]
        share = overlap(start, end, box[0] - BESIDE, box[2] + BESIDE)
        if share > 0 and all(
            abs(start - box[0]) <= abs(start - o[0]) for o, s in zip(others, shares, strict=True) if s
        ):
            text = fold_spaces(fold_width(close_distributed(piece.group())))
            return replace(line, text=text, box=(start, line.box[1], end, line.box[3]))
    return None


def is_right_aligned(line: CleanLine, grid: CleanGrid) -> bool:
    """Say whether a line begins over the right third: the date and the department of a report, not a caption."""
    left, _, right, _ = grid.box
    return line.box[0] > left + (right - left) * 2 / 3 and find_marker(line) is None


def find_wrapped_above(
    line: CleanLine, above: Sequence[Sequence[tuple[int, CleanLine]]], around: Surroundings
) -> tuple[int, CleanLine] | None:
    """Give the line whose wrapped end ``line`` is, or None: one right above that reaches the right margin."""
    if not above or len(above[0]) != 1:
        return None
    index, before = above[0][0]
    near = line.box[1] - before.box[3] <= before.size
    full = before.box[2] >= around.right - FULL_LINE * before.size and around.right > 0
    long = before.box[2] - before.box[0] >= 0.6 * (around.right - min(o.box[0] for _, o in around.lines))
    ended = before.text.endswith(("。", "」", "）", ")", "：", ":"))
    same = abs(before.size - line.size) <= 0.15 * line.size
    return (index, before) if near and full and long and same and not ended else None
