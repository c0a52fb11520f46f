"""The characters of a text layer, freed of the reader that found them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pdfminer.layout import LTChar

from extract.geometry import Box

GETA = "〓"
"""The printer's mark for a character that is not known (geta)."""

ASCENT = 0.88
"""Top of the em box over the baseline, in ems: JIS X 4051's em square as Japanese fonts set it. The ascent that
a PDF states is often wrong, so it is not used."""

MIN_SIZE = 1.0
"""Characters below this size in points cannot be printed text."""


class Glyph(NamedTuple):
    """A character as it lies along its own line of text.

    ``start`` and ``end`` run along the direction of writing, ``base`` across it (both in points, see ``Direction``).
    """

    text: str
    start: float
    end: float
    base: float
    size: float


class Direction(NamedTuple):
    """How a run of glyphs lies on the page: turned clockwise by ``angle``, or in vertical writing."""

    angle: int
    vertical: bool


class PageGlyphs(NamedTuple):
    """The glyphs of a page by direction, in the order of the content stream, and how many are unmapped."""

    by_direction: dict[Direction, list[Glyph]]
    unmapped: int


HORIZONTAL = Direction(0, vertical=False)


def characters_to_glyphs(characters: Iterable[LTChar], left: float, top: float) -> PageGlyphs:
    """Give the glyphs of a page; ``left`` and ``top`` are the edges of its crop box in the reader's coordinates.

    The reader's y runs up. A character without a usable mapping, ``(cid:12)`` or of the private use areas, becomes 〓.
    """
    by_direction: dict[Direction, list[Glyph]] = {}
    unmapped = 0
    upright = by_direction.setdefault(HORIZONTAL, [])
    for character in characters:
        text: str = character._text  # noqa: SLF001 - its accessor doubles the time of this innermost loop
        size: float = character.size
        if len(text) != 1 or not text.isprintable():
            text, is_unmapped = _usable_text(text)
            unmapped += is_unmapped
            if not text:
                continue
        elif "\ue000" <= text <= "\uf8ff" or text == "\ufffd":
            text = GETA
            unmapped += 1
        if size < MIN_SIZE:
            continue
        a, b, c, d, _, f = character.matrix
        if character.adv < 0:
            glyph = Glyph(
                text, top - character.y1, top - character.y0, (character.x0 + character.x1) / 2 - left, size
            )
            by_direction.setdefault(Direction(0, vertical=True), []).append(glyph)
        elif a > 0 and d > 0 and abs(b) <= a:
            upright.append(Glyph(text, character.x0 - left, character.x1 - left, top - f, size))
        else:
            direction = Direction(_angle(a, b, c, d), vertical=False)
            by_direction.setdefault(direction, []).append(
                _turned_glyph(character, text, direction, left, top)
            )
    return PageGlyphs({direction: glyphs for direction, glyphs in by_direction.items() if glyphs}, unmapped)


def glyphs_box(direction: Direction, start: float, end: float, base: float, size: float) -> Box:
    """Give the em box on the page of a run of glyphs from ``start`` to ``end`` on the line ``base``."""
    if direction.vertical:
        return (base - size / 2, start, base + size / 2, end)
    up, down = base - ASCENT * size, base + (1 - ASCENT) * size
    if direction.angle == 0:
        return (start, up, end, down)
    if direction.angle == 90:
        return (-down, start, -up, end)
    if direction.angle == 180:
        return (-end, -down, -start, -up)
    return (up, -end, down, -start)


def _usable_text(text: str) -> tuple[str, int]:
    """Give the printable text of an unusual mapping, and 1 where the character has none."""
    if text.startswith("(cid:"):
        return GETA, 1
    if text in {"\xa0", "\u2007", "\u202f", "\t"}:
        return " ", 0
    if text == "\u3000" or (text.isprintable() and text):
        return text, 0
    kept = "".join(character for character in text if character.isprintable() or character == "\u3000")
    return kept, 0


def _angle(a: float, b: float, c: float, d: float) -> int:
    """Give the clockwise turn of a text matrix, rounded to quarter turns; mirrored text counts by its baseline."""
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return 0 if a > 0 else 180
    return 270 if b > 0 else 90


def _turned_glyph(character: LTChar, text: str, direction: Direction, left: float, top: float) -> Glyph:
    """Give a glyph of a turned line in the coordinates of that line, as ``glyphs_box`` turns them back."""
    x0, x1, y0, y1 = character.x0 - left, character.x1 - left, top - character.y1, top - character.y0
    e, f = character.matrix[4] - left, top - character.matrix[5]
    if direction.angle == 0:
        return Glyph(text, x0, x1, f, y1 - y0)
    if direction.angle == 90:
        return Glyph(text, y0, y1, -e, x1 - x0)
    if direction.angle == 180:
        return Glyph(text, -x1, -x0, -f, y1 - y0)
    return Glyph(text, -y1, -y0, e, x1 - x0)
