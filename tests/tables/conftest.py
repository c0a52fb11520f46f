"""Builders of pages by hand: words and rulings as a scan or a text layer would give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.document import Grid, Page, PageFrame, Ruling, Stroke, Word

SIZE = 10.0


def make_word(text: str, x: float, y: float, size: float = SIZE) -> Word:
    """A word whose em box starts at ``x`` and has its middle at height ``y``."""
    width = sum(size if ord(c) > 0xFF else size / 2 for c in text)
    return Word(text, (x, y - size / 2, x + width, y + size / 2), size)


def right_word(text: str, right: float, y: float, size: float = SIZE) -> Word:
    word = make_word(text, 0, y, size)
    return make_word(text, right - word.box[2], y, size)


def make_page(
    words: Sequence[Word],
    rulings: Sequence[Ruling] = (),
    strokes: Sequence[Stroke] = (),
    size: tuple[float, float] = (600, 840),
) -> Page:
    frame = PageFrame(1, *size, "text-layer", 0, None, None)
    return Page(frame, tuple(words), tuple(rulings), tuple(strokes), ())


def h(y: float, x0: float, x1: float) -> Ruling:
    return Ruling("horizontal", y, x0, x1, 0.5)


def v(x: float, y0: float, y1: float) -> Ruling:
    return Ruling("vertical", x, y0, y1, 0.5)


def box_rulings(xs: Sequence[float], ys: Sequence[float]) -> list[Ruling]:
    """All rulings of a plain grid."""
    return [h(y, xs[0], xs[-1]) for y in ys] + [v(x, ys[0], ys[-1]) for x in xs]


def cell_texts(grid: Grid) -> dict[tuple[int, int, int, int], str]:
    return {
        (c.row, c.column, c.row_span, c.column_span): "|".join(
            " ".join(w.text for w in line.words) for line in c.lines
        )
        for c in grid.cells
    }


def assert_tiles(grid: Grid) -> None:
    """The cells cover every place of the grid exactly once."""
    places = [
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(places) == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]


class Build:
    """The builders, handed to the tests."""

    word = staticmethod(make_word)
    right = staticmethod(right_word)
    page = staticmethod(make_page)
    h = staticmethod(h)
    v = staticmethod(v)
    boxes = staticmethod(box_rulings)
    texts: Callable[[Grid], dict[tuple[int, int, int, int], str]] = staticmethod(cell_texts)
    tiles = staticmethod(assert_tiles)


@pytest.fixture
def build() -> type[Build]:
    return Build
