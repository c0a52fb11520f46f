"""Lattice -> cells: elementary cells without a wall between them are one; what is not a rectangle is cut into such."""

from __future__ import annotations

from typing import NamedTuple

from extract.tables.lattice import Lattice


class Span(NamedTuple):
    """A cell as its place in the lattice; cells of one ``region`` were cut out of one that was no rectangle."""

    row: int
    column: int
    row_span: int
    column_span: int
    region: int


def lattice_to_spans(lattice: Lattice) -> list[Span]:
    """Give spans that tile the lattice, in row-major order of their top left place.

    Regions are the connected sets of elementary cells. One that is not a rectangle (an L around an inner box, a
    ruling that is missing) is cut into rectangles from the top left, each as wide and then as high as it can be.
    """
    rows, columns = len(lattice.row_edges) - 1, len(lattice.column_edges) - 1
    region = _regions(lattice, rows, columns)
    taken = [[False] * columns for _ in range(rows)]
    spans = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            name = region[row][column]
            width = 1
            while (
                column + width < columns
                and region[row][column + width] == name
                and not taken[row][column + width]
            ):
                width += 1
            height = 1
            while row + height < rows and all(
                region[row + height][c] == name and not taken[row + height][c]
                for c in range(column, column + width)
            ):
                height += 1
            for r in range(row, row + height):
                for c in range(column, column + width):
                    taken[r][c] = True
            spans.append(Span(row, column, height, width, name))
    return spans


def _regions(lattice: Lattice, rows: int, columns: int) -> list[list[int]]:
    """Give each elementary cell the number of its connected region."""
    region = [[-1] * columns for _ in range(rows)]
    for start_row in range(rows):
        for start_column in range(columns):
            if region[start_row][start_column] >= 0:
                continue
            name = start_row * columns + start_column
            region[start_row][start_column] = name
            stack = [(start_row, start_column)]
            while stack:
                row, column = stack.pop()
                for r, c, wall in (
                    (row, column + 1, column + 1 >= columns or lattice.right[row][column]),
                    (row, column - 1, column == 0 or lattice.right[row][column - 1]),
                    (row + 1, column, row + 1 >= rows or lattice.below[row][column]),
                    (row - 1, column, row == 0 or lattice.below[row - 1][column]),
                ):
                    if not wall and region[r][c] < 0:
                        region[r][c] = name
                        stack.append((r, c))
    return region
