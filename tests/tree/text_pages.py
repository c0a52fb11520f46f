"""Lines of text -> CleanPages, as an office would print them: an indent is what stands before a line in fullwidth spaces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.characters import close_distributed, fold_spaces, fold_width
from extract.document import CleanGrid, CleanLine, CleanPage, Page, PageFrame, Source
from extract.geometry import Box

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, SIZE, PITCH = 60.0, 70.0, 11.0, 18.0
LETTERS = 40  # a line
RIGHT = LEFT + LETTERS * SIZE

DATES = {"令和6年7月19日": "2024-07-19", "令和6年3月31日現在": "2024-03-31", "令和5年10月27日": "2023-10-27"}


def text_width(text: str, size: float = SIZE) -> float:
    return sum(size if ord(character) > 0x2FF else size / 2 for character in text)


def make_line(raw: str, *, x: float, y: float, size: float = SIZE, angle: int = 0) -> CleanLine:
    text = fold_spaces(fold_width(close_distributed(raw)))
    dates = tuple(iso for printed, iso in DATES.items() if printed in text)
    box = (x, y, x + text_width(raw, size), y + size)
    return CleanLine(raw=raw, text=text, box=box, size=size, angle=angle, dates=dates)


def place_line(row: str, y: float) -> CleanLine:
    """``>`` before a line sets it at the right margin, ``^`` in the middle, ``#`` large and in the middle."""
    size = 16.0 if row.startswith("#") else SIZE
    raw = row.lstrip(">^#").strip()
    width = text_width(raw, size)
    if row.startswith(">"):
        x = RIGHT - width
    elif row.startswith(("^", "#")):
        x = (LEFT + RIGHT - width) / 2
    else:
        x = LEFT + text_width(row[: len(row) - len(row.lstrip("　"))])
    return make_line(raw, x=x, y=y, size=size)


def make_page(
    text: str,
    *,
    number: int = 1,
    lines: Sequence[CleanLine] = (),
    grids: Sequence[CleanGrid] = (),
    width: float = WIDTH,
    gutter: float | None = None,
) -> CleanPage:
    """One row a line; an empty row is a blank line. ``lines`` are added after those of the text."""
    placed = [
        place_line(row, TOP + PITCH * place)
        for place, row in enumerate(text.strip("\n").splitlines())
        if row.strip()
    ]
    frame = PageFrame(number, width, HEIGHT, "text-layer", 0, None, None)
    return CleanPage(frame, tuple(grids), (*placed, *lines), gutter)


def make_grid(box: Box) -> CleanGrid:
    return CleanGrid(box, 0, 0, (), (), (), ruled=True)


def page_number_line(text: str, *, x: float | None = None, y: float = 805.0, angle: int = 0) -> CleanLine:
    return make_line(text, x=(WIDTH - text_width(text)) / 2 if x is None else x, y=y, angle=angle)


def wrap(text: str, *, first: int, rest: int) -> str:
    """Set a paragraph: its first line indented by ``first`` letters, the others by ``rest``."""
    rows = []
    indent = first
    while text:
        room = LETTERS - indent
        rows.append("　" * indent + text[:room])
        text = text[room:]
        indent = rest
    return "\n".join(rows)


def make_source(pages: Sequence[CleanPage | Page]) -> Source:
    numbers = tuple(page.frame.number for page in pages)
    return Source(
        Path("packet.pdf"), "packet.pdf", "0" * 64, 1, "application/pdf", len(numbers), numbers, None
    )
