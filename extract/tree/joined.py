"""CleanPages -> JoinedTables: a table that goes on over a page break is one table.

A grid goes on with the one before it when it is the first of its page (or half of a spread), the other the last of its own,
nothing but running text, its repeated caption, a unit or 「（続き）」 stands between, and both have the same columns: the same
header rows again, or equal column edges without a header of its own. A new caption or another header is a new table. On one
page tables are never joined: budgets print many tables with the same columns one under another, often with the header over
the first only; such a header is handed on (``JoinedTable.header``). Rows are never merged over the break; only a label that
was cut (a blank label under a printed one) is closed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extract.characters import without_spaces
from extract.document import CleanCell, CleanPage, Running
from extract.geometry import box_rounded
from extract.tree.cut_rows import close_cut_rows
from extract.tree.header_rows import number_columns
from extract.tree.labels import is_header_word, is_total
from extract.tree.matrix import cells_to_matrix, is_blank, row_end
from extract.tree.pieces import Piece, caption_key, page_to_pieces, same_captions
from extract.tree.placed import JoinedTable, PlacedCell, TablePart
from extract.tree.regridding import are_alike, grid_to_finer, is_repeated, match_edges, move_cells
from extract.tree.spreads import begin_together


class _Chain:
    """The pieces of one table; ``edges`` are those of its piece with most columns."""

    __slots__ = ("edges", "follows", "pieces")

    def __init__(self, piece: Piece, *, follows: bool) -> None:
        self.pieces = [piece]
        self.edges = piece.grid.column_edges
        self.follows = follows

    def append(self, piece: Piece) -> None:
        """Go on with the piece."""
        self.pieces.append(piece)
        self.edges = max(self.edges, piece.grid.column_edges, key=len)


def join_grids(pages: Sequence[CleanPage], running: Mapping[int, frozenset[int]]) -> tuple[JoinedTable, ...]:
    """Give the tables in printed order; ``running``: by page number the indexes of lines that are running text."""
    pieces = [piece for page in pages for piece in page_to_pieces(page, running)]
    chains: list[_Chain] = []
    open_chains: dict[tuple[int, int], _Chain] = {}
    goes_on: dict[tuple[int, int], bool] = {}
    spreads = {page.frame.number: page.gutter is not None for page in pages}
    firsts = {(piece.page, piece.half): piece for piece in pieces if piece.first}
    before: Piece | None = None
    for piece in pieces:
        chain = None
        if piece.first:
            chain = _find_chain(piece, open_chains, spreads, firsts, goes_on)
            goes_on[piece.page, piece.half] = chain is not None
        if chain is None:
            chain = _Chain(piece, follows=before is not None and _follows(piece, before))
            chains.append(chain)
        else:
            chain.append(piece)
        if piece.last:
            open_chains[piece.page, piece.half] = chain
        before = piece
    return tuple(map(_chain_to_table, chains))


def _follows(piece: Piece, before: Piece) -> bool:
    return (
        not piece.first
        and not piece.above
        and match_edges(piece.grid.column_edges, before.grid.column_edges) is not None
    )


def _find_chain(
    piece: Piece,
    open_chains: Mapping[tuple[int, int], _Chain],
    spreads: Mapping[int, bool],
    firsts: Mapping[tuple[int, int], Piece],
    goes_on: Mapping[tuple[int, int], bool],
) -> _Chain | None:
    """Give the pieces of the table that this first grid of a half goes on with.

    Over a spread a table has two halves with columns of their own: the left half goes on with the left half of the sheet
    before, the right with the right, and a right half without a caption begins anew where its left half does. Where the right
    half begins with the whole header of the left, labels included, the halves are two pages, one after the other.
    """
    page, half = piece.page, piece.half
    sibling = firsts.get((page, 1 - half)) if spreads[page] else None
    paired = sibling is not None and _side_by_side(sibling, piece)
    if half == 1 and not paired:
        return _if_goes_on(open_chains.get((page, 0)), piece)
    if half == 1 and (facing := _if_faces(open_chains.get((page, 0)), piece)):
        return facing
    if spreads[page] and spreads.get(page - 1, False):
        left, right = firsts.get((page - 1, 0)), firsts.get((page - 1, 1))
        if left and right and _side_by_side(left, right):
            if half == 1 and not piece.above and not goes_on.get((page, 0), False):
                return None
            return _if_goes_on(open_chains.get((page - 1, half)), piece)
    if half == 1:
        return None
    return _if_goes_on(open_chains.get((page - 1, 1 if spreads.get(page - 1, False) else 0)), piece)


def _side_by_side(left: Piece, right: Piece) -> bool:
    """Say whether two grids are the halves of one table over a spread: they begin at one height."""
    return begin_together(left.grid, right.grid)


def _if_faces(chain: _Chain | None, piece: Piece) -> _Chain | None:
    """Give the table of the left half where the piece beside it, with the same header, goes on with it.

    Two tables with one header side by side (歳入, 歳出) end each in a total, or are named.
    """
    if chain is None or _if_goes_on(chain, piece) is None or _ends_in_total(chain.pieces[-1]):
        return None
    edges = max(chain.edges, piece.grid.column_edges, key=len)
    return chain if _count_repeated(chain.pieces[0], piece, edges) > 0 else None


def _ends_in_total(piece: Piece) -> bool:
    last = next((cell for cell in piece.grid.cells if row_end(cell) == piece.grid.rows and cell.text), None)
    return last is not None and is_total(last.text)


def _if_goes_on(chain: _Chain | None, piece: Piece) -> _Chain | None:
    if chain is None or not same_captions(chain.pieces, piece):
        return None
    own = piece.grid.column_edges
    edges = max(chain.edges, own, key=len)
    first, grid = chain.pieces[0], grid_to_finer(piece.grid, edges)
    last = chain.pieces[-1]
    if grid.columns != len(edges) - 1:
        return None
    if len(own) > len(chain.edges) and any(
        match_edges(one.grid.column_edges, own) is None for one in chain.pieces
    ):
        return None
    repeats = _count_repeated(first, piece, edges)
    if not all(text in _first_labels(piece, repeats) for text in last.below):
        return None
    if repeats > 0:
        return chain
    if last.noted:
        return None
    if first.is_header_only and len(chain.pieces) == 1:
        return chain if match_edges(first.grid.column_edges, edges) is not None else None
    same = (
        match_edges(last.grid.column_edges, edges) is not None and match_edges(grid.column_edges, edges)
        if grid.ruled and last.grid.ruled
        else are_alike(last.grid.column_edges, own)
    )
    return chain if same and not _has_own_header(first, piece) else None


def _first_labels(piece: Piece, row: int) -> list[str]:
    """Give the labels beside the first row below the header: one that the page edge cut may stand on both pages."""
    return [caption_key(cell.text) for cell in piece.grid.cells if cell.row == row and cell.kind == "text"]


def _count_repeated(first: Piece, piece: Piece, edges: tuple[float, ...]) -> int:
    """Give the number of rows with which the piece repeats the header of the table, all of them or 0.

    A title in the grid above the header is printed once.
    """
    if len(edges) == len(first.grid.column_edges):
        header = first.header
    elif (places := match_edges(first.grid.column_edges, edges)) is not None:
        header = move_cells(first.header, places)
    else:
        return 0
    height, grid = first.header_height, grid_to_finer(piece.grid, edges)
    if is_repeated(header, height, grid):
        return height
    titles = sum(cell.column_span == len(edges) - 1 for cell in header if not is_blank(cell))
    below = tuple(replace(cell, row=cell.row - titles) for cell in header if cell.row >= titles)
    return height - titles if titles and is_repeated(below, height - titles, grid) else 0


def _has_own_header(first: Piece, piece: Piece) -> bool:
    """Say whether a grid begins with a header of its own, also below a title: words where the table so far has numbers."""
    if piece.height == 0:
        return False
    if _names(piece.header) == _names(first.header):
        return True
    grid = first.grid
    matrix = cells_to_matrix(grid.cells, rows=grid.rows, columns=grid.columns)
    numeric = number_columns(matrix, first.height)
    if not numeric:
        names = [cell.text for cell in piece.grid.cells if cell.row == 0 and not is_blank(cell)]
        return 2 * sum(map(is_header_word, names)) > len(names)
    own = cells_to_matrix(piece.grid.cells, rows=piece.grid.rows, columns=piece.grid.columns)
    row = 0
    while row < piece.height - 1 and all(map(own.is_full_width, own.starting_in(row))):
        row += 1
    return any(not is_blank(cell) and cell.column in numeric for cell in own.starting_in(row))


def _names(header: Iterable[CleanCell]) -> list[str]:
    return [without_spaces(cell.text) for cell in header if not is_blank(cell)]


def _chain_to_table(chain: _Chain) -> JoinedTable:
    first, edges = chain.pieces[0], chain.edges
    parts: list[TablePart] = []
    cells: list[PlacedCell] = []
    repeated: list[tuple[int, Running]] = []
    breaks: list[int] = []
    offset = 0
    for place, piece in enumerate(chain.pieces):
        dropped = _count_repeated(first, piece, edges) if place else 0
        parts.append(TablePart(piece.page, piece.index, dropped))
        breaks.append(offset)
        for cell in grid_to_finer(piece.grid, edges).cells:
            if cell.row >= dropped:
                row = cell.row - dropped + offset
                cells.append(PlacedCell(replace(cell, row=row) if row != cell.row else cell, piece.page, row))
            elif cell.raw.strip():
                running = Running(kind="repeated_header", raw=cell.raw, box=box_rounded(cell.box))
                repeated.append((piece.page, running))
        offset += piece.grid.rows - dropped
    header = first.header if first.height == 0 else ()
    if header and (places := match_edges(first.grid.column_edges, edges)) is not None:
        header = move_cells(header, places)
    joined = JoinedTable(
        parts=tuple(parts),
        box=first.grid.box,
        pages=(first.page, chain.pieces[-1].page),
        rows=offset,
        columns=len(edges) - 1,
        cells=tuple(cells),
        repeated=tuple(repeated),
        header=header,
        follows=chain.follows,
    )
    return close_cut_rows(joined, breaks[1:]) if len(chain.pieces) > 1 else joined
