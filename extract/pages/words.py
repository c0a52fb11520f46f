"""Glyphs -> Words: runs of characters side by side that no gap and no ruling divides."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from extract.document import Ruling, Word
from extract.geometry import box_rounded
from extract.pages.glyphs import HORIZONTAL, Direction, Glyph, glyphs_box

GAP = 0.35
"""A gap wider than this (in ems) divides words; letter-spaced headings stay whole up to it."""

SPACE_GAP = 0.8
"""Printed spaces divide words where the gap is wider than this (in ems): a fullwidth space does, a halfwidth not."""

BACKSTEP = 0.5
"""A glyph that starts this far (in ems) before the end of the one before it belongs to another run."""

BASE_SHIFT = 0.25
"""Glyphs of one word share their baseline to within this (in ems)."""

SIZE_RATIO = 1.6
"""Glyphs of one word differ in size at most by this factor."""

RUNS_ON = 0.06
"""Glyphs on both sides of a ruling whose gap is at most this (ems) were set as one text."""

DOUBLE_STRIKE = 0.2
"""A glyph printed again this near (in ems) to itself is bold type made by double printing, one character."""


class Dividers:
    """Vertical rulings, ready to be asked whether one of them stands between two characters of a line."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._rulings = sorted((r for r in rulings if r.axis == "vertical"), key=lambda r: r.position)
        self._positions = [r.position for r in self._rulings]

    def index(self, x: float) -> int:
        """Give how many rulings lie left of ``x``."""
        return bisect(self._positions, x)

    def between(self, first: int, second: int, y: float) -> bool:
        """Say whether a ruling between the indexes of two places covers the height ``y``."""
        low, high = (first, second) if first < second else (second, first)
        return any(r.start <= y <= r.end for r in self._rulings[low:high])


def glyphs_to_words(
    direction: Direction, glyphs: Sequence[Glyph], rulings: Sequence[Ruling]
) -> Iterator[Word]:
    """Give the words of the glyphs of one direction, in the order of the content stream.

    A word printed twice over itself is given once.
    """
    dividers = Dividers(rulings if direction == HORIZONTAL else ())
    seen: set[tuple[str, int, int]] = set()
    for run, is_cut in _runs(glyphs, dividers):
        word = _run_to_word(direction, run, is_cut=is_cut)
        key = (word.text, round(word.box[0] / word.size * 2), round(word.box[1] / word.size * 2))
        if key not in seen:
            seen.add(key)
            yield word


def _runs(glyphs: Sequence[Glyph], dividers: Dividers) -> Iterator[tuple[list[Glyph], bool]]:
    """Give the runs, each with whether a ruling divided it from text that goes on without a gap."""
    run: list[Glyph] = []
    is_cut = False
    spaces: list[Glyph] = []
    last_index = 0
    for glyph in glyphs:
        if glyph.text.isspace():
            if run:
                spaces.append(glyph)
            continue
        size = glyph.size
        index = dividers.index((glyph.start + glyph.end) / 2)
        if run:
            last = run[-1]
            if (
                glyph.text == last.text
                and abs(glyph.start - last.start) < DOUBLE_STRIKE * size
                and abs(glyph.base - last.base) < size / 2
            ):
                continue
            gap = glyph.start - last.end
            is_ruled = index != last_index and dividers.between(last_index, index, glyph.base - size / 3)
            if is_ruled or _parts(last, glyph, SPACE_GAP if spaces else GAP):
                goes_on = (
                    is_ruled
                    and abs(gap) < RUNS_ON * size
                    and abs(glyph.base - last.base) <= BASE_SHIFT * size
                )
                yield run, is_cut or goes_on
                run, is_cut = [], goes_on
            else:
                run += spaces
        spaces = []
        run.append(glyph)
        last_index = index
    if run:
        yield run, is_cut


def _parts(last: Glyph, glyph: Glyph, widest: float) -> bool:
    """Say whether two glyphs belong to two words by their place and size; ``widest`` is the gap allowed (ems)."""
    size = glyph.size
    gap = glyph.start - last.end
    return (
        abs(glyph.base - last.base) > BASE_SHIFT * size
        or gap > widest * size
        or gap < -BACKSTEP * size
        or not last.size / SIZE_RATIO <= size <= last.size * SIZE_RATIO
    )


def _run_to_word(direction: Direction, run: Sequence[Glyph], *, is_cut: bool) -> Word:
    size = max(glyph.size for glyph in run)
    start = min(glyph.start for glyph in run)
    end = max(glyph.end for glyph in run)
    box = glyphs_box(direction, start, end, run[0].base, size)
    return Word(
        "".join([glyph.text for glyph in run]), box_rounded(box), round(size, 2), direction.angle, cut=is_cut
    )
