"""Makers of cleaned pages with tables, drawn as text: cells between |, < goes on from the left, ^ from above."""

from __future__ import annotations

import re

from extract.document import CleanCell, CleanGrid, CleanLine, CleanPage, PageFrame

ROW_HEIGHT = 20.0
SIZE = 10.0
LEFT = 50.0
WIDTH = 500.0

_NUMBER = re.compile(r"^(△)?\s*([\d,]+(?:\.\d+)?)\s*(円|千円|件|人|%|歳|月|年)?$")
_PERIOD = re.compile(r"^(?:令和|平成)(\d+)年度$")
_TIME = re.compile(r"^\d{1,2}:\d{2}")


def make_cell(text, row, column, *, row_span=1, column_span=1, box=(0.0, 0.0, 1.0, 1.0)):
    kind, value, unit, missing = "text", None, None, None
    if not text:
        kind = "empty"
    elif text in {"－", "…", "皆増"}:
        kind, missing = "missing", text
    elif match := _NUMBER.match(text):
        kind, unit = "number", match[3]
        digits = match[2].replace(",", "")
        value = float(digits) if "." in digits else int(digits)
        value = -value if match[1] else value
    elif match := _PERIOD.match(text):
        kind = "period"
    elif _TIME.match(text):
        kind = "time"
    return CleanCell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        box=box,
        raw=text,
        text=text,
        kind=kind,
        value=value,
        unit=unit,
        missing=missing,
        origin="text-layer",
        confidence=None,
        readings=(),
    )


def draw_grid(drawing, *, top=100.0, left=LEFT, width=WIDTH, edges=None):
    """Give the grid of a drawing, or of rows of texts."""
    rows = drawing
    if isinstance(drawing, str):
        rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    columns = len(rows[0])
    assert all(len(row) == columns for row in rows), [len(row) for row in rows]
    xs = edges or tuple(left + width * index / columns for index in range(columns + 1))
    ys = tuple(top + ROW_HEIGHT * index for index in range(len(rows) + 1))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            column_span = 1
            while c + column_span < columns and row[c + column_span] == "<":
                column_span += 1
            row_span = 1
            while r + row_span < len(rows) and rows[r + row_span][c] == "^":
                row_span += 1
            box = (xs[c], ys[r], xs[c + column_span], ys[r + row_span])
            cells.append(make_cell(text, r, c, row_span=row_span, column_span=column_span, box=box))
    return CleanGrid(
        box=(xs[0], ys[0], xs[-1], ys[-1]),
        rows=len(rows),
        columns=columns,
        cells=tuple(cells),
        row_edges=ys,
        column_edges=tuple(xs),
        ruled=True,
    )


def draw_line(text, *, y, x=LEFT, dates=(), size=SIZE):
    return CleanLine(text, text, (x, y, x + size * len(text), y + size), size, 0, tuple(dates))


def draw_page(*grids, lines=(), number=1, gutter=None, width=600.0):
    frame = PageFrame(number, width, 800.0, "text-layer", 0, None, None)
    ordered = tuple(sorted(lines, key=lambda line: line.box[1]))
    return CleanPage(frame, tuple(grids), ordered, gutter)
