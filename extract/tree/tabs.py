"""Index tabs: a short name written down the outer edge of a page, so that a part can be found in the closed book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extract.document import CleanLine, CleanPage

_EDGE: Final = 0.06  # of the sheet's width: so near its edge stands no text that is read with the page
_LONGEST: Final = 0.35  # of the height: a longer column is text
_NEAR: Final = 4.0  # letter sizes: another column so near beside it makes both vertical text


def find_tabs(page: CleanPage) -> Iterator[int]:
    """Give the indexes of the lines that are tabs.

    A tab runs down (upright or turned letters) outside everything else on its page. What stands alone on a page is none: it
    is all that the page says.
    """
    upright = [line.box for line in page.lines if line.raw.strip() and not _runs_down(line)]
    inner = [*upright, *(grid.box for grid in page.grids)]
    columns = [(index, line) for index, line in enumerate(page.lines) if _runs_down(line)]
    for index, line in columns:
        x0, y0, x1, y1 = line.box
        at_left, at_right = x1 <= _EDGE * page.frame.width, x0 >= (1 - _EDGE) * page.frame.width
        if not (at_left or at_right) or y1 - y0 > _LONGEST * page.frame.height or not inner:
            continue
        outside = all(box[2] <= x0 if at_right else box[0] >= x1 for box in inner)
        alone = not any(
            other is not line and max(other.box[0] - x1, x0 - other.box[2]) <= _NEAR * line.size
            for _, other in columns
        )
        if outside and alone:
            yield index


def _runs_down(line: CleanLine) -> bool:
    """Say whether a line of several letters is taller than wide."""
    return len(line.text.strip()) > 1 and line.box[3] - line.box[1] > line.box[2] - line.box[0]
