"""Column widths and row heights for a table's printed grid; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.writers.texts import display_width, wrapped_lines

_LINE = 16.5  # points: a line of 10 pt text in the face of the sheets
_PADDING = 4.0  # points above and below together
_GAP = 2  # characters beside a text
_NARROWEST = 5.0
_NARROW_TEXT = 14  # a text of several columns may be wrapped to this
_SHEET_WIDTH = 200  # characters: what an A4 sheet across still shows in a readable size
_WIDEST = (30, 64)  # the least and the most for one column of text


@dataclass(frozen=True, slots=True)
class Block:
    """A cell as its sizes need it: its place, its spans, what it shows; ``fixed`` text may not be wrapped (a number)."""

    row: int
    column: int
    row_span: int
    column_span: int
    shown: str
    fixed: bool
    upright: bool = False


def blocks_to_widths(blocks: Sequence[Block], columns: int) -> list[float]:
    """Give the width of each column in characters: by its texts, within bounds, and enough for each number."""
    widest = min(max(_SHEET_WIDTH / max(columns, 1), _WIDEST[0]), _WIDEST[1])
    widths = [_NARROWEST] * columns
    for block in sorted(blocks, key=lambda block: block.column_span):
        needed = float(display_width(block.shown) + _GAP) if block.shown and not block.upright else 0.0
        if not block.fixed:
            needed = min(needed, widest if block.column_span == 1 else _NARROW_TEXT + _GAP)
        last = min(block.column + block.column_span, columns)
        lacking = needed - sum(widths[block.column : last])
        for column in range(block.column, last) if lacking > 0 else ():
            widths[column] += lacking / (last - block.column)
    return [round(width, 1) for width in widths]


def blocks_to_heights(blocks: Iterable[Block], rows: int, widths: Sequence[float]) -> list[float]:
    """Give the height of each row in points, so that every wrapped text is seen whole."""
    heights = [_LINE + _PADDING] * rows
    for block in sorted(blocks, key=lambda block: block.row_span):
        if block.upright:
            lines = len(block.shown)
        else:
            room = sum(widths[block.column : block.column + block.column_span]) - _GAP / 2
            lines = 1 if block.fixed else wrapped_lines(block.shown, room)
        last = min(block.row + block.row_span, rows)
        lacking = lines * _LINE + _PADDING - sum(heights[block.row : last])
        for row in range(block.row, last) if lacking > 0 else ():
            heights[row] += lacking / (last - block.row)
    return [round(height, 1) for height in heights]


def lines_to_height(lines: int) -> float:
    """Give the height in points of a row with so many lines of text."""
    return lines * _LINE + _PADDING
