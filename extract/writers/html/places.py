"""Where things of the page stand on the pages of the source, gathered while these are written."""

from __future__ import annotations

from collections import defaultdict

from extract.geometry import Box


class Places:
    """The boxes of each page with the ids of what stands there."""

    def __init__(self) -> None:
        self._pages: dict[int, dict[str, Box]] = defaultdict(dict)

    def add(self, page: int, box: Box, thing: str) -> None:
        """Note where a thing stands; the first place of a thing on a page counts."""
        self._pages[page].setdefault(thing, box)

    def of_page(self, page: int) -> list[tuple[str, Box]]:
        """Give the things of a page, large ones first, so that small ones lie on top."""
        return sorted(self._pages[page].items(), key=lambda one: -_area(one[1]))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
