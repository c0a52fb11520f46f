"""Shaded boxes -> the edges of shading that can be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extract.geometry import overlap
from extract.pages.shapes import Segment, Shade

ABUT = 1.0
"""Boxes whose sides lie this near (points) touch."""

HIDDEN = 0.9
"""A side along which this share is shaded alike on both sides cannot be seen."""


def shades_to_edges(shades: Sequence[Shade]) -> tuple[list[Segment], list[Segment]]:
    """Give the horizontal and the vertical edges of shading.

    Where two boxes of one colour touch there is no edge to be seen: programs shade a merged cell piece by piece.
    """
    tops = [(y0, x0, x1, colour) for (x0, y0, x1, _), colour in shades]
    bottoms = [(y1, x0, x1, colour) for (x0, _, x1, y1), colour in shades]
    lefts = [(x0, y0, y1, colour) for (x0, y0, _, y1), colour in shades]
    rights = [(x1, y0, y1, colour) for (_, y0, x1, y1), colour in shades]
    return [*_visible(tops, bottoms)], [*_visible(lefts, rights)]


def _visible(
    sides: Iterable[tuple[float, float, float, object]],
    opposite: Iterable[tuple[float, float, float, object]],
) -> Iterator[Segment]:
    """Give the sides (position, start, end, colour) of both lists that are not hidden by one of the other list."""
    lists = (list(sides), list(opposite))
    for mine, other in (lists, lists[::-1]):
        by_position: dict[int, list[tuple[float, float, float, object]]] = defaultdict(list)
        for side in other:
            by_position[round(side[0])].append(side)
        for position, start, end, colour in mine:
            near = round(position)
            covered = sum(
                overlap(start, end, other_start, other_end)
                for key in (near - 1, near, near + 1)
                for other_position, other_start, other_end, other_colour in by_position.get(key, ())
                if abs(other_position - position) <= ABUT and other_colour == colour
            )
            if covered < HIDDEN * (end - start):
                yield Segment(position, start, end, 0.0)
