"""Where in print a part of a passage stands: the clean text is laid beside the printed lines that it was joined from."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from extract.characters import fold_width, without_spaces
from extract.document import CleanLine, CleanPage
from extract.geometry import Box, box_rounded, box_union
from extract.tree.entities.passages import Passage

_SLACK: Final = 1.0  # points: boxes of blocks are rounded
_HALF: Final = frozenset({"Na", "H", "N"})


class _Place(NamedTuple):
    page: int
    line: CleanLine


class PrintedLines:
    """The lines of the pages, to be found by page and text."""

    def __init__(self, pages: Iterable[CleanPage]) -> None:
        self._lines: dict[tuple[int, str], list[CleanLine]] = defaultdict(list)
        self._numbers: list[int] = []
        for page in pages:
            self._numbers.append(page.frame.number)
            for line in page.lines:
                self._lines[page.frame.number, line.raw].append(line)

    def locate(self, passage: Passage) -> Located:
        """Give the passage beside its printed lines."""
        places: list[_Place] = []
        page = passage.page
        for raw in passage.raw.split("\n"):
            found = self._find(page, raw, passage)
            if found is None:
                return Located(passage, ())
            page = found.page
            places.append(found)
        return Located(passage, places)

    def _find(self, page: int, raw: str, passage: Passage) -> _Place | None:
        start = bisect_right(self._numbers, page - 1)
        for number in self._numbers[start : start + 2]:
            lines = self._lines.get((number, raw), [])
            if number == passage.page:
                lines = [line for line in lines if _holds(passage.box, line.box)]
            if lines:
                return _Place(number, lines[0])
        return None


class Located:
    """A passage beside its lines: gives page and box of any part of its text."""

    def __init__(self, passage: Passage, places: Sequence[_Place]) -> None:
        self._passage = passage
        self._places = places
        texts = [without_spaces(place.line.text) for place in places]
        self._ends = list(accumulate(map(len, texts)))
        whole = fold_width("".join(texts))
        bare = without_spaces(passage.text)
        same = len(whole) == (self._ends[-1] if texts else 0)
        self._offset = whole.find(bare) if same else -1
        self._printed = [0, *accumulate(not character.isspace() for character in passage.text)]

    def place(self, start: int, stop: int) -> tuple[int, Box]:
        """Give page and box of the characters from ``start`` to ``stop``; of what goes on over the page, its first part.

        Where the text cannot be laid beside the lines, the box is that of the whole passage.
        """
        passage = self._passage
        if self._offset < 0:
            return passage.page, passage.box
        first = self._offset + self._printed[start]
        last = self._offset + self._printed[stop]
        index = bisect_right(self._ends, first)
        page = self._places[index].page
        boxes: list[Box] = []
        while index < len(self._places) and self._places[index].page == page and first < last:
            begin = self._ends[index - 1] if index else 0
            end = min(last, self._ends[index])
            boxes.append(_cut(self._places[index].line, first - begin, end - begin))
            first = end
            index += 1
        return page, box_rounded(box_union(boxes)) if boxes else passage.box


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - _SLACK <= inner[0]
        and outer[1] - _SLACK <= inner[1]
        and inner[2] <= outer[2] + _SLACK
        and inner[3] <= outer[3] + _SLACK
    )


@lru_cache(maxsize=256)
def _character_bounds(raw: str) -> tuple[list[tuple[float, float]], float]:
    """Give where each character of a line begins and ends, spaces left out, and the line's width; a fullwidth one is 1 wide."""
    edge = 0.0
    bounds: list[tuple[float, float]] = []
    for character in raw:
        begin = edge
        edge += 1.0 if unicodedata.east_asian_width(character) not in _HALF else 0.5
        if not character.isspace():
            bounds.append((begin, edge))
    return bounds, edge


def _cut(line: CleanLine, start: int, stop: int) -> Box:
    """Give the box of the characters from ``start`` to ``stop`` of a line, spaces not counted, from their widths in print."""
    bounds, width = _character_bounds(line.raw)
    if len(bounds) < stop or not width:
        return line.box
    x0, y0, x1, y1 = line.box
    first, last = bounds[start][0] / width, bounds[stop - 1][1] / width
    if line.angle in {90, 270}:
        return (x0, y0 + (y1 - y0) * first, x1, y0 + (y1 - y0) * last)
    return (x0 + (x1 - x0) * first, y0, x0 + (x1 - x0) * last, y1)
