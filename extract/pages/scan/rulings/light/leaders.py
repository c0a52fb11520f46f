"""The dots that lead from an entry of a table of contents to its page look like a dotted ruling, but for what stands at their ends.

A ruling ends at another one or at white; a leader begins behind characters and ends before figures that stand on its own line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan.paper.picture import Ink
from extract.pages.scan.rulings.light.light_lines import Piece
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import SAME_TRACK

BEFORE, BEHIND = 14.0, 300.0
"""So far (points) before a leader its entry ends, and so far behind what is seen of it the page's number stands at most."""

TOUCH = 4.0
"""A line that ends this near (points) a wall ends at it."""

TALL, WIDE = 8.0, 24.0
"""Characters are looked for so far (points) above and below the dots; what is wider is none."""

ON_LINE, LEAST = 1.5, 4.0
"""Ink that reaches from so far (points) above the dots to their line, and is so high, is of a character: the dots may stand at its foot."""

WRITTEN = 8.0
"""Characters of this width together (points) on a line are no dirt."""

APART = 24.0
"""The pieces of a leader follow one another so far apart (points) at most: characters are wider than that together."""

DOTTED = 0.75
"""On less than this share of a dotted line there is ink."""


def without_leaders(lines: Sequence[Ruling], walls: Sequence[Ruling], rows: Straight) -> list[Ruling]:
    """Give the rulings along the rows that are no leaders; ``rows`` shows the ink of the page."""
    kept: list[Ruling] = []
    for run in _runs(lines):
        kept += [] if _is_dotted(run, rows) and is_leader(_whole(run), walls, rows) else run
    return kept


def is_leader(line: Ruling | Piece, walls: Sequence[Ruling], rows: Straight) -> bool:
    """Say whether characters stand on the line of a ruling at both of its ends, and no wall between them and it."""
    place, start, end = line.position, line.start, line.end
    met = [w.position for w in walls if w.start - SAME_TRACK <= place <= w.end + SAME_TRACK]
    if any(start - BEFORE <= wall <= end + TOUCH for wall in met):
        return False
    reach = min((wall for wall in met if wall > end), default=end + BEHIND) - TOUCH
    return _has_characters(place, start - BEFORE, start, rows) and _has_characters(
        place, end, min(reach, end + BEHIND), rows
    )


def _runs(lines: Sequence[Ruling]) -> list[list[Ruling]]:
    """Give the pieces that follow one another on one line together."""
    runs: list[list[Ruling]] = []
    for line in sorted(lines, key=lambda line: line.start):
        for run in runs:
            last = run[-1]
            if abs(last.position - line.position) <= SAME_TRACK and line.start - last.end <= APART:
                run.append(line)
                break
        else:
            runs.append([line])
    return runs


def _whole(run: Sequence[Ruling]) -> Ruling:
    first = run[0]
    position = float(np.mean([piece.position for piece in run]))
    return Ruling(first.axis, position, first.start, max(p.end for p in run), first.thickness)


def _is_dotted(run: Sequence[Ruling], rows: Straight) -> bool:
    seen = [_part(rows, (p.position - 1, p.position + 1), (p.start, p.end)) for p in run]
    inked = np.concatenate([part.any(axis=0) for part in seen])
    return bool(inked.size) and float(inked.mean()) < DOTTED


def is_written_on(line: Piece, low: float, high: float, rows: Straight) -> bool:
    """Say whether characters stand right on a stretch of a line: an entry before its leader and its page's number behind it."""
    boxes = _boxes(line.at((low + high) / 2), low, high, rows)
    across = (boxes.top <= -ON_LINE) & (boxes.foot >= ON_LINE) & _are_characters(boxes)
    return float(boxes.width[across].sum()) >= WRITTEN


def _has_characters(place: float, low: float, high: float, rows: Straight) -> bool:
    """Say whether characters stand on a line between two places of it, or with their feet on it."""
    boxes = _boxes(place, low, high, rows)
    return bool(((boxes.top <= -ON_LINE) & (boxes.foot >= -ON_LINE / 2) & _are_characters(boxes)).any())


class _Boxes(NamedTuple):
    """The pieces of ink near a line: top and foot of each from the line on, and its width, in points."""

    top: NDArray[np.float64]
    foot: NDArray[np.float64]
    width: NDArray[np.float64]


def _boxes(place: float, low: float, high: float, rows: Straight) -> _Boxes:
    part = np.ascontiguousarray(_part(rows, (place - TALL, place + TALL), (low, high)))
    if not part.size:
        return _Boxes(np.empty(0), np.empty(0), np.empty(0))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    top, width, height = (boxes[1:, index] / rows.scale for index in (1, 2, 3))
    top = top - min(place, TALL)
    return _Boxes(top, top + height, width)


def _are_characters(boxes: _Boxes) -> NDArray[np.bool_]:
    return np.asarray((boxes.foot - boxes.top >= LEAST) & (boxes.width <= WIDE))


def _part(rows: Straight, band: tuple[float, float], stretch: tuple[float, float]) -> Ink:
    """Give the ink in a band of a stretch of a line (points)."""
    first, last, start, stop = (max(0, round(value * rows.scale)) for value in (*band, *stretch))
    return rows.ink[first : last + 1, start:stop]
