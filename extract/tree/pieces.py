"""CleanPages -> Pieces: each grid with its header and with what is printed around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from extract.characters import without_spaces
from extract.document import CleanCell, CleanGrid, CleanPage
from extract.geometry import box_centre, overlap
from extract.tree.header_rows import count_header_rows, number_columns
from extract.tree.labels import states_amount
from extract.tree.markers import starts_note
from extract.tree.matrix import cells_to_matrix
from extract.tree.printed import column_of
from extract.tree.regridding import cover_columns
from extract.tree.units import find_stated_unit

_CONTINUED: Final = re.compile(
    r"[（(〔\[]?(?:前(?:の)?(?:ページ|頁)(?:から|より)の?)?(?:続き|つづき|続く|つづく|承前|次(?:の)?(?:ページ|頁)へ(?:続く|つづく)?)[)）〕\]]?"
    r"|その[0-9]+|[（(]\d{1,2}[/／]\d{1,2}[)）]"
)
DEEPEST: Final = 3
"""Rows of a header, at most, that a page edge cuts off from its table."""

_DEEPER: Final = re.compile(r"^[（(]?項[)）]?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A grid with what is printed around it in its half of the sheet.

    ``above``: what names a table in the lines between it and the grid above (no units, no 「（続き）」). ``first`` and
    ``last`` of its half. ``below``: the texts other than notes that stand below it; ``noted``: notes do.
    ``height`` rows of its own are a header; ``header`` is that header, or one printed over an earlier grid of the page that
    heads the same columns (then ``height`` is 0).
    """

    page: int
    half: int
    index: int
    grid: CleanGrid
    above: tuple[str, ...]
    first: bool
    last: bool
    below: tuple[str, ...]
    noted: bool
    height: int
    header: tuple[CleanCell, ...]

    @property
    def header_height(self) -> int:
        """The number of rows of the header."""
        return max((cell.row + cell.row_span for cell in self.header), default=0)

    @property
    def is_header_only(self) -> bool:
        """Whether the grid is nothing but names, of which the numbers stand on the next page."""
        return self.grid.rows <= DEEPEST and all(
            cell.kind in {"text", "period"} and not states_amount(cell.text) for cell in self.grid.cells
        )


def page_to_pieces(page: CleanPage, running: Mapping[int, frozenset[int]]) -> list[Piece]:
    """Give the pieces of a page in printed order."""
    left_out = running.get(page.frame.number, frozenset())
    lines: dict[int, list[tuple[float, str]]] = {0: [], 1: []}
    for index, line in enumerate(page.lines):
        if index not in left_out and line.text.strip():
            lines[column_of(page, line.box).half].append((box_centre(line.box)[1], line.text))
    pieces: list[Piece] = []
    for half in (0, 1):
        indexes = [i for i, grid in enumerate(page.grids) if column_of(page, grid.box).half == half]
        bottom = max((page.grids[index].box[3] for index in indexes), default=0.0)
        below = [text for y, text in lines[half] if y > bottom]
        rest = [text for text in below if caption_key(text) and not starts_note(text)]
        for place, index in enumerate(indexes):
            grid = page.grids[index]
            ceiling = max((page.grids[i].box[3] for i in indexes[:place]), default=0.0)
            texts = [text for y, text in lines[half] if ceiling < y < grid.box[1]]
            piece = Piece(
                page=page.frame.number,
                half=half,
                index=index,
                grid=grid,
                above=tuple(key for text in texts if (key := caption_key(text))),
                first=place == 0,
                last=place == len(indexes) - 1,
                below=tuple(map(caption_key, rest)),
                noted=len(rest) < len(below),
                height=0,
                header=(),
            )
            before = pieces[-1] if place else None
            pieces.append(_with_header(piece, before))
    return pieces


def _with_header(piece: Piece, before: Piece | None) -> Piece:
    """Give the piece with its own header, else with the header of the grid above where that heads its columns too."""
    grid = piece.grid
    height = count_header_rows(cells_to_matrix(grid.cells, rows=grid.rows, columns=grid.columns))
    if height:
        own = tuple(cell for cell in grid.cells if cell.row < height)
        return replace(piece, height=height, header=own)
    if before is None or not before.header or not grid.ruled or not _stands_under(piece, before):
        return piece
    header = cover_columns(before.header, before.grid.column_edges, grid.column_edges)
    return replace(piece, header=header) if header and not _lacks_numbers(grid) else piece


def _stands_under(piece: Piece, before: Piece) -> bool:
    box, other = piece.grid.box, before.grid.box
    return box[1] >= other[3] - 1 and overlap(box[0], box[2], other[0], other[2]) > 0


def _lacks_numbers(grid: CleanGrid) -> bool:
    return not number_columns(cells_to_matrix(grid.cells, rows=grid.rows, columns=grid.columns), 0)


def caption_key(text: str) -> str:
    """Give what names a table in a line: without unit, 「（続き）」 and spaces; empty where nothing is left."""
    match = find_stated_unit(text)
    if match is not None:
        text = text[: match.start()] + text[match.end() :]
    return without_spaces(_CONTINUED.sub("", text)).strip("（）()")


def same_captions(chain: Sequence[Piece], piece: Piece) -> bool:
    """Say whether the lines above the piece only repeat what named the table so far."""
    known = {*chain[0].above, *chain[-1].above}
    return all(key in known or _goes_deeper(known, key) for key in piece.above)


def _goes_deeper(known: set[str], key: str) -> bool:
    """Say whether the line only adds the 項 to a 款 that is known: budget books name at a page's top where it stands."""
    if "款" not in key[:2]:
        return False
    return any(key.startswith(other) and bool(_DEEPER.match(key[len(other) :])) for other in known)
