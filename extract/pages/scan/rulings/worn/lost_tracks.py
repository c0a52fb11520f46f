"""Where the rulings of a worn table ran: the tracks of their long pieces, and those of which only strokes, dots or ends are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.geometry import overlap
from extract.pages.scan.rulings.mending import drawn_out
from extract.pages.scan.rulings.spurious import is_crossed
from extract.pages.scan.rulings.traces import (
    BESIDE,
    FLANK,
    STROKES,
    THROUGH,
    Straight,
    share_left,
    strokes_through,
)
from extract.pages.scan.rulings.tracks import (
    ACROSS_REACH,
    TOUCH,
    Axis,
    Group,
    Track,
    find_tracks,
    lost_borders,
    middle_of,
    runs_into,
)
from extract.pages.scan.rulings.worn.even_rows import find_even_edges
from extract.pages.scan.rulings.worn.remains import dotted_tracks, find_remains

EVEN = 0.25
"""A lost border stands where this share of it is left."""

LOST_PIECE = 3.5
"""Least length (points) of a stroke that may be left of a ruling of which no long piece is."""

LOST_REACH = 5.0
"""It begins at the ruling that it ran into: so much of it (points) is looked at."""

LOW_ROW = 14.0
"""In lower rows (points) a figure reaches as near to the rulings."""

LOWEST_ROW = 8.0
"""Rulings nearer than this (points) are a double one: a stroke between them says nothing."""

FROM_RULING_TO_RULING = 0.85
"""There a stroke must cover this share of the row: a figure 1 does not."""

LOST_PIECES, MANY_PIECES = 2, 5
"""So many of them make a track where no character stands on it in any row, and where some do."""

WITHIN, MARK, CROSSED = (0.9, 3.4), 2.0, 2
"""No wall runs through a text in so many rows: the commas of numbers and strokes below one another do, with ink from and to
so near on both sides of them, over this length (points)."""

APART = 6.0
"""Such a track lies at least this far (points) from another."""

BORDERS = 2
"""So many tracks close a table in."""

SAME_PLACE = 0.01
"""Places nearer to one another than this (points) are the same, computed twice."""

EDGE, ON_WALL, ASIDE, HALF = (0.9, 2.5), 0.7, (0.8, 2.2), 0.5
"""From and to this distance (points) of a row edge no character stands; so near a wall is what is left of it, and from and to this
distance of it the text of which it may be a stroke, in this share of the rows."""

LEAST_ROWS, MOSTLY = 4, 0.6
"""In tables of fewer rows texts tell little; a wall of strokes of characters has texts on both sides in this share of them."""

UNEVEN = 2.5
"""A row that is so much higher than others lacks an edge."""

FAR = 60.0
"""Pieces on a track and the short strokes between them that lead this far (points) are no strokes of characters."""

FROM_RULING = 36.0
"""Likewise where they lead so far from a ruling across them."""

OPEN_SIDE, GOES_ON = 12.0, 6.0
"""An open column beside the last wall of a table is at least this wide (points); a row edge without its end goes on so far."""

BEYOND_LEAST, SAME_LEAST, SAME_END = 3, 2, 4.0
"""At least so many rulings go on there (of few ``SAME_LEAST``), and so many end within this distance (points) of one another."""


class Tracks(NamedTuple):
    """The tracks along one axis in order, and which of them are open sides, where no ruling is."""

    tracks: list[Track]
    is_open: NDArray[np.bool_]


def find_lattice(group: Group, rows: Straight, columns: Straight) -> tuple[Tracks, Tracks]:
    """Give the tracks of the row edges and of the walls of a table, in order, with those of which no long piece is left.

    ``rows`` and ``columns`` show what is left of the horizontal and of the vertical rulings.
    """
    flat = _with_lost("horizontal", group[0], group[1], rows)
    upright = _with_lost("vertical", group[1], group[0], columns)
    flat, upright = _with_dotted(flat, upright, rows, columns)
    flat = _with_places("horizontal", flat, find_even_edges(flat, upright, rows))
    return (
        _with_borders("horizontal", flat, group[1], rows, columns),
        _with_borders("vertical", upright, group[0], columns, rows),
    )


def _with_lost(
    axis: Axis, rulings: Sequence[Ruling], across: Sequence[Ruling], straight: Straight
) -> list[Track]:
    """Give the tracks of the rulings that are none of characters, and those of which strokes are left."""
    tracks = [
        track
        for track in find_tracks(rulings)
        if runs_into(track, across) or _leads_far(track, across, straight)
    ]
    if axis == "vertical":
        tracks = [track for track in tracks if not _is_of_characters(track, across, straight)]
    return _with_places(axis, tracks, _lost_tracks(axis, tracks, across, straight))


def _is_of_characters(track: Track, across: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether hardly anything is left of a wall but what stands in texts.

    It may be that of one table of several in a frame: then no text runs through it in the rows where a piece of it is left.
    """
    places = [middle_of(other) for other in find_tracks(across)]
    if len(places) < LEAST_ROWS + 1:
        return False
    place = middle_of(track)
    if share_left(straight, place, places[0], places[-1], beside_ink=0.0) >= EVEN:
        return False
    if _count_within_text(straight, place, places) < MOSTLY * (len(places) - 1):
        return False
    own = [
        row
        for row in pairwise(places)
        if any(overlap(*row, ruling.start, ruling.end) >= LOST_PIECE for ruling in track)
    ]
    return any(_count_within_text(straight, place, row) for row in own)


def _with_dotted(
    flat: list[Track], upright: list[Track], rows: Straight, columns: Straight
) -> tuple[list[Track], list[Track]]:
    """Give the tracks with those of which dots are left.

    Walls or row edges alone make no table, nor do some of them: its lines are better aligned.
    """
    with_edges = _with_places("horizontal", flat, _dotted_tracks("horizontal", flat, upright, rows))
    with_walls = _with_places("vertical", upright, _dotted_tracks("vertical", upright, with_edges, columns))
    heights = np.diff([middle_of(track) for track in with_edges])
    if min(len(with_edges), len(with_walls)) <= BORDERS or heights.max() > UNEVEN * np.median(heights):
        return flat, upright
    return with_edges, with_walls


def _with_places(axis: Axis, tracks: Sequence[Track], places: Sequence[float]) -> list[Track]:
    lost = [[Ruling(axis, place, 0.0, 0.0, 0.5)] for place in places]
    return sorted([*tracks, *lost], key=middle_of)


def _with_borders(
    axis: Axis, tracks: list[Track], across: Sequence[Ruling], straight: Straight, other: Straight
) -> Tracks:
    """Give the tracks with lost borders and open sides; ``other`` shows what is left of the rulings across."""
    borders = [
        border
        for border in lost_borders(tracks, across, straight, least=EVEN)
        if _is_alone(border, across, straight)
    ]
    ends = _open_ends([*(middle_of(track) for track in tracks), *borders], across, other)
    whole = _with_places(axis, tracks, [*borders, *ends])
    is_open = [any(abs(middle_of(track) - end) < SAME_PLACE for end in ends) for track in whole]
    return Tracks(whole, np.array(is_open, dtype=np.bool_))


def _leads_far(track: Track, across: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether what is left of a track leads farther than any stroke of a character, or so far from a ruling across it."""
    start, end = drawn_out(track, straight)
    place = middle_of(track)
    meets = any(
        min(abs(other.position - start), abs(other.position - end)) <= TOUCH
        and other.start - ACROSS_REACH <= place <= other.end + ACROSS_REACH
        for other in across
    )
    return end - start >= (FROM_RULING if meets else FAR)


def _is_alone(border: float, across: Sequence[Ruling], straight: Straight) -> bool:
    """Say whether a lost border stands by itself: what is left of a line of text beside the table has ink next to it."""
    low, high = min(r.position for r in across), max(r.position for r in across)
    return share_left(straight, border, low, high, beside_ink=0.5) >= EVEN


def _open_ends(known: Sequence[float], across: Sequence[Ruling], other: Straight) -> list[float]:
    """Give the open sides of a table: where several rulings across end together beyond the last one along."""
    spans = [drawn_out(track, other) for track in find_tracks(across)]
    if not known or not spans:
        return []
    least = BEYOND_LEAST if len(spans) > BEYOND_LEAST else SAME_LEAST
    found = []
    for ends, sign, outer in (([start for start, _ in spans], -1, min), ([end for _, end in spans], 1, max)):
        last = outer(known)
        if sum(sign * (end - last) >= GOES_ON for end in ends) >= least:
            beyond = [end for end in ends if sign * (end - last) >= OPEN_SIDE]
            place = _common_end(beyond, outer=outer) if beyond else None
            found += [] if place is None else [place]
    return found


def _common_end(ends: Sequence[float], *, outer: Callable[[Sequence[float]], float]) -> float | None:
    """Give where most rulings end together, the outermost of several such places; some lost their end, or dirt is joined to it."""
    together = [[other for other in ends if abs(other - end) <= SAME_END] for end in ends]
    most = max(map(len, together))
    return outer([outer(near) for near in together if len(near) == most]) if most >= SAME_LEAST else None


def _dotted_tracks(
    axis: Axis, tracks: Sequence[Track], across: Sequence[Track], straight: Straight
) -> list[float]:
    """Give the places between tracks where dots of a ruling are left."""
    remains = find_remains(axis, tracks, across, straight)
    if remains is None:
        return []
    places = [middle_of(track) for track in across]
    return [
        place
        for place in dotted_tracks(tracks, remains)
        if axis == "horizontal" or not _is_within_text(straight, place, places)
    ]


def _lost_tracks(
    axis: Axis, tracks: Sequence[Track], across: Sequence[Ruling], straight: Straight
) -> list[float]:
    """Give the places between tracks where short strokes, with paper on both sides, stand one behind another in several rows."""
    places = [middle_of(track) for track in find_tracks(across)]
    known = [middle_of(track) for track in tracks]
    if len(places) < 3 or len(known) < 2:
        return []
    scale = straight.scale
    first, last = round(places[0] * scale), round(places[-1] * scale)
    top, bottom = round(known[0] * scale), round(known[-1] * scale)
    near, far = round(BESIDE * scale), round(FLANK * scale)
    sides = []
    for part in (slice(None, far - near), slice(far + near + 1, None)):
        kernel = np.zeros((2 * far + 1, 1), dtype=np.uint8)
        kernel[part] = 1
        sides.append(cv2.dilate(straight.ink[top:bottom, first:last], kernel) > 0)
    # A line that wanders by a pixel is one line.
    stroke = cv2.dilate(straight.short[top:bottom, first:last], np.ones((3, 1), np.uint8)) > 0
    alone, bare = stroke & ~(sides[0] | sides[1]), stroke & ~(sides[0] & sides[1])
    found = _ends(alone, bare, places, first, scale)
    rows = np.flatnonzero(found >= LOST_PIECES)
    lost: list[float] = []
    for row in sorted(rows, key=lambda r: -found[r]):
        place = (top + row + 0.5) / scale
        is_free = found[row] >= MANY_PIECES or not _is_struck(straight, place, places)
        is_free = is_free and not (
            axis == "vertical"
            and (_is_within_text(straight, place, places) or _is_beside_text(straight, place, places))
        )
        if is_free and all(abs(place - other) >= APART for other in (*known, *lost)):
            lost.append(place)
    return lost


def _is_within_text(straight: Straight, place: float, places: Sequence[float]) -> bool:
    """Say whether the characters of one text stand close on both sides of a wall in several rows."""
    return _count_within_text(straight, place, places) >= CROSSED


def _is_beside_text(straight: Straight, place: float, places: Sequence[float]) -> bool:
    """Say whether what is left of a wall are strokes at one end of texts: it never comes near the row edges, where none stand."""
    scale = straight.scale
    rows = [(low, high) for low, high in pairwise(places) if high - low >= LOWEST_ROW]
    line = slice(round((place - ON_WALL) * scale), round((place + ON_WALL) * scale) + 1)
    for low, high in rows:
        for start, end in ((low + EDGE[0], low + EDGE[1]), (high - EDGE[1], high - EDGE[0])):
            seen = straight.ink[line, round(start * scale) : round(end * scale)]
            if seen.size and float(seen.any(axis=0).mean()) >= HALF:
                return False
    beside = []
    for near, far in ((place - ASIDE[1], place - ASIDE[0]), (place + ASIDE[0], place + ASIDE[1])):
        side = straight.ink[round(near * scale) : round(far * scale)]
        parts = (
            side[:, round((low + EDGE[0]) * scale) : round((high - EDGE[0]) * scale)] for low, high in rows
        )
        beside.append(sum(int(np.count_nonzero(part.any(axis=0))) >= MARK * scale for part in parts))
    return bool(max(beside) >= HALF * len(rows))


def _count_within_text(straight: Straight, place: float, places: Sequence[float]) -> int:
    """Count the rows in which the characters of one text stand close on both sides of a wall."""
    rows = [(low, high) for low, high in pairwise(places) if high - low >= LOWEST_ROW]
    return sum(is_crossed(place, low, high, straight, close=WITHIN, least=MARK) for low, high in rows)


def _is_struck(straight: Straight, position: float, places: Sequence[float]) -> bool:
    """Say whether characters stand on a line in any row."""
    reach = round(STROKES["vertical"] * straight.scale)
    return any(
        strokes_through(straight, position, low, high, reach) >= THROUGH
        for low, high in pairwise(places)
        if high - low >= LOWEST_ROW
    )


def _ends(
    alone: NDArray[np.bool_], bare: NDArray[np.bool_], places: Sequence[float], first: int, scale: float
) -> NDArray[np.intp]:
    """Count for each row the ends of stretches that a stroke runs into.

    ``alone`` are strokes with paper on both sides, ``bare`` those with paper on one side at least.
    """
    whole, upper, lower = (np.zeros(len(alone), dtype=np.intp) for _ in range(3))
    for low, high in pairwise(places):
        if high - low < LOWEST_ROW:
            continue
        start, end = (round((low + 1) * scale) - first, round((high - 1) * scale) - first)
        if high - low < LOW_ROW:
            whole += bare[:, start:end].sum(axis=1) >= FROM_RULING_TO_RULING * max(1, end - start)
            continue
        reach = round(LOST_REACH * scale)
        upper += alone[:, start : start + reach].sum(axis=1) >= LOST_PIECE * scale
        lower += alone[:, end - reach : end].sum(axis=1) >= LOST_PIECE * scale
    # The commas of a column of numbers stand at the same height in every row.
    at_one_end = (np.minimum(upper, lower) == 0) & (np.maximum(upper, lower) > LOST_PIECES)
    return np.asarray(whole + np.where(at_one_end, 0, upper + lower), dtype=np.intp)
