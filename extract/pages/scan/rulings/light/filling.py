"""Rulings too light, too fine or too finely dotted to be ink -> rulings, where they lead from one ruling to another.

Folds and the streaks of a dirty glass are light lines as well. So a line counts only where it fills the whole way between
rulings across it, evenly and up to both of them, with paper beside it, and where it ends with the tables it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from extract.document import Ruling
from extract.pages.scan.paper.picture import Gray, Ink
from extract.pages.scan.rulings.light.clear_lines import find_clear, has_clear_rows
from extract.pages.scan.rulings.light.faint_grid import FaintGrid, find_faint_grid
from extract.pages.scan.rulings.light.feet import is_feet
from extract.pages.scan.rulings.light.leaders import is_leader
from extract.pages.scan.rulings.light.light_lines import DARKER, LIGHTEST, Line, Piece, find_lines
from extract.pages.scan.rulings.light.open_ends import with_open_ends
from extract.pages.scan.rulings.traces import Straight, share_left
from extract.pages.scan.rulings.tracks import SAME_TRACK, Axis, Group

Stretch: TypeAlias = tuple[float, float]
"""The way between two rulings across a line (points)."""

INSIDE, FAR_INSIDE = 1.2, 2.2
"""So much (points) of a stretch beside each ruling across it is the ruling's own; in a high row there is room for more."""

WHOLE, NEAR_END = 0.9, 0.6
"""A line fills this share of a stretch at least, and of either end of it."""

TALL, TALL_WHOLE = 80.0, 0.8
"""A line that is longer than this (points) passes by several rows of characters, which fill less."""

END, LONG_END, LOW_ROW = 1.2, 3.0, 14.0
"""How much (points) of a stretch is its end, where no character stands; in higher rows than ``LOW_ROW`` more."""

BARE = 0.2
"""No larger share of a stretch is bare: strokes of figures below one another leave the room between the rows."""

EVEN, UNEVEN = 0.4, 2.5
"""All of a line is this share as dark as its ends at least; characters are darker than the paper above them by more."""

FREE, MOSTLY_FREE, CELL = 0.15, 0.7, 150.0
"""On this share of a line there is paper on both sides of it: the edge of a shaded area has it on one. In one cell of at most
this length (points) the feet of a row of characters make a line, so there must be more."""

ALIKE = 0.65
"""Paper on both sides is nearly as light on one as on the other: the line is darker than either by this share at least."""

LEFT, FAINT = 0.7, 0.5
"""Of a line that fills other stretches this share is enough of one, where this share as dark as elsewhere."""

FAINTEST, FAINT_LEFT = 8, 0.95
"""So is a fainter stretch of it without a gap."""

STROKE = 3.0
"""Least length (points) of what is left of a line."""

NEXT: dict[Axis, float] = {"horizontal": 260.0, "vertical": 40.0}
"""Rulings that follow one another so closely (points) along a line of this axis belong to tables in a row."""

BEYOND = (3.0, 40.0)
"""From and to this distance (points) beyond its last ruling a line is looked for: dirt runs on."""

STILL_DARK, RUNS_ON = 0.4, 0.45
"""What is this share as dark is the same line, which runs on where it covers this share of that way."""

BEHIND, SEVERAL = (1.2, 3.6), 3
"""From and to this distance (points) behind a ruling at which a line ends there is bare paper; so many stretches are no chance."""

SLOPES, STREAK = np.linspace(-0.03, 0.03, 61), 40.0
"""A streak leans against the page as the page lay on the glass; so much of it (points) is seen outside the tables."""

REACH = 4.0
"""A line that ends this near (points) a ruling across it reaches it."""

LOWEST = 6.0
"""Rulings nearer than this (points) are a double one."""

NARROWEST = 6.0
"""Row edges and walls are at least this far apart (points)."""

SHORTEST, MOSTLY = 24.0, 0.5
"""A line fills stretches of this length (points) together, and this share of the way that they make."""

KNOWN = 0.9
"""A ruling of which this share is known adds nothing."""

ROUNDS = 6
"""So often at most either axis is gone over with what was found along the other."""


class Light(NamedTuple):
    """The light ``rulings`` of a page, row edges and walls, and all ``strokes`` that are left of them.

    ``faint`` tells what is seen along any other line.
    """

    rulings: Group
    strokes: Group
    faint: FaintGrid


class _Found(NamedTuple):
    """The light rulings along one axis and the strokes that are left of them."""

    rulings: list[Ruling]
    strokes: list[Ruling]


class _Track(NamedTuple):
    """A line, how dark it is from its beginning to its end, and what is known of its stretches: whether it fills them."""

    line: Line
    tone: float
    known: dict[Stretch, bool]


def find_light(
    gray: Gray, ink: Ink, rulings: Group, straight: tuple[Straight, Straight], scale: float
) -> Light:
    """Give the light rulings of an evened picture in addition to ``rulings``; ``straight`` shows the ink of each axis at less scale."""
    if max(map(len, rulings)) < 2 and not has_clear_rows(gray, scale):
        return Light(([], []), ([], []), FaintGrid(([], []), None))
    rows, columns = straight
    known_rows, known_walls = _is_known(rulings[0], rows), _is_known(rulings[1], columns)
    flat_lines = find_lines(gray, scale, "horizontal", is_known=known_rows)
    flat_lines = [
        line
        for line in flat_lines
        if not is_feet(line, rows, rulings[1]) and not is_leader(line.piece, rulings[1], rows)
    ]
    upright_lines = find_lines(gray, scale, "vertical", is_known=known_walls)
    pieces = ([line.piece for line in flat_lines], [line.piece for line in upright_lines])
    clear_rows, clear_walls = find_clear("horizontal", flat_lines), find_clear("vertical", upright_lines)
    clear = (_unknown(clear_rows, rulings[0], MOSTLY), _unknown(clear_walls, rulings[1], MOSTLY))
    rulings = ([*rulings[0], *clear[0]], [*rulings[1], *clear[1]])
    faint = find_faint_grid(gray, ink, rulings, pieces, scale)
    rulings = ([*rulings[0], *faint.rulings[0]], [*rulings[1], *faint.rulings[1]])
    more = ([*clear[0], *faint.rulings[0]], [*clear[1], *faint.rulings[1]])
    flat_tracks, upright_tracks = _tracks(flat_lines), _tracks(upright_lines)
    flat: dict[int, _Found] = {}
    upright: dict[int, _Found] = {}
    for _ in range(ROUNDS):
        # A table may be light both ways: what is found along one axis holds lines along the other.
        before = (dict(flat), dict(upright))
        upright |= _between("vertical", upright_tracks, [*rulings[0], *_all(flat).rulings], rulings[1])
        flat |= _between("horizontal", flat_tracks, [*rulings[1], *_all(upright).rulings], rulings[0])
        if (flat, upright) == before:
            break
    # What looked like a line while few rulings across it were known must hold between all of them.
    found = (
        _all(_between("horizontal", flat_tracks, [*rulings[1], *_all(upright).rulings], rulings[0])),
        _all(_between("vertical", upright_tracks, [*rulings[0], *_all(flat).rulings], rulings[1])),
    )
    unknown = [_unknown(own.rulings, known, KNOWN) for own, known in zip(found, rulings, strict=True)]
    return Light(
        (unknown[0] + more[0], unknown[1] + more[1]),
        (found[0].strokes + more[0], found[1].strokes + more[1]),
        faint,
    )


def _is_known(known: Sequence[Ruling], straight: Straight) -> Callable[[Piece], bool]:
    """Give what says whether a line is from end to end the ink of known rulings without a gap."""

    def is_known(piece: Piece) -> bool:
        return (
            _share_known(piece, known) >= KNOWN
            and share_left(straight, piece.position, piece.start, piece.end) == 1
        )

    return is_known


def _tracks(lines: Sequence[Line]) -> list[_Track]:
    tones = (line.part(line.one, line.piece.start, line.piece.end) for line in lines)
    return [_Track(line, float(np.median(tone)), {}) for line, tone in zip(lines, tones, strict=True)]


def _all(found: dict[int, _Found]) -> _Found:
    """Give what was found on all lines."""
    every = list(found.values())
    return _Found([r for one in every for r in one.rulings], [r for one in every for r in one.strokes])


def _unknown(rulings: Sequence[Ruling], known: Sequence[Ruling], share: float) -> list[Ruling]:
    """Give the rulings of which less than a share is known."""
    return [ruling for ruling in rulings if _share_known(ruling, known) < share]


def _share_known(ruling: Ruling | Piece, known: Sequence[Ruling]) -> float:
    parts = [
        min(r.end, ruling.end) - max(r.start, ruling.start)
        for r in known
        if abs(r.position - ruling.position) <= SAME_TRACK
    ]
    return sum(part for part in parts if part > 0) / (ruling.end - ruling.start)


def _between(
    axis: Axis, tracks: Sequence[_Track], across: Sequence[Ruling], known: Sequence[Ruling]
) -> dict[int, _Found]:
    """Give the parts of lines that lead from ruling to ruling, by the places of the lines in ``tracks``.

    ``known`` are the rulings along this axis that are ink.
    """
    found: dict[int, _Found] = {}
    in_order = sorted(across, key=lambda ruling: ruling.position)
    all_met = [
        with_open_ends(track.line.piece, [r.position for r in in_order if _crosses(track.line, r)], known)
        for track in tracks
    ]
    all_places = [_crossings(track.line, met) for track, met in zip(tracks, all_met, strict=True)]
    loose = [track for track, places in zip(tracks, all_places, strict=True) if len(places) < 2]
    for index, (track, met) in enumerate(zip(tracks, all_met, strict=True)):
        line = track.line
        for places in _runs(track, all_places[index]):
            filled = [pair for pair in pairwise(places) if _fills(track, pair)]
            if not _is_line(line, filled, places) or _runs_on(axis, line, filled, places, met):
                continue
            # Of a row edge pieces between walls that are not known yet are no dirt.
            bounds = (places[0], places[-1]) if axis == "vertical" else (met[0], met[-1])
            if _is_beside(line, places, known):
                continue
            if not _stops(line, filled) and _is_streak(line, filled, bounds, loose):
                continue
            least = max(LIGHTEST, FAINT * _tone(line, filled))
            stretches = [pair for pair in pairwise(places) if pair in filled or _is_left(line, pair, least)]
            own = found.setdefault(index, _Found([], []))
            own.rulings.extend(_to_rulings(axis, line, stretches))
            own.strokes.extend(_to_rulings(axis, line, _strokes(line, places, least)))
    return found


def _crosses(line: Line, ruling: Ruling) -> bool:
    return ruling.start - REACH <= line.piece.at(ruling.position) <= ruling.end + REACH


def _crossings(line: Line, met: Sequence[float]) -> list[float]:
    """Give the places of the rulings that a line crosses or ends at, of those ``met`` on its way."""
    places: list[float] = []
    for place in met:
        is_near = line.piece.start - REACH <= place <= line.piece.end + REACH
        if is_near and (not places or place - places[-1] > 2 * SAME_TRACK):
            places.append(place)
    return places


def _runs(track: _Track, places: Sequence[float]) -> list[list[float]]:
    """Give the places of each run of stretches: one line may go through several tables, here as a wall and there as dirt."""
    runs = [list(places[:1])]
    for low, high in pairwise(places):
        if high - low > SHORTEST and not _fills(track, (low, high)):
            runs.append([high])
        else:
            runs[-1].append(high)
    return runs


def _fills(track: _Track, stretch: Stretch) -> bool:
    """Say whether a line fills a stretch evenly, up to the rulings at both ends of it."""
    if stretch not in track.known:
        track.known[stretch] = stretch[1] - stretch[0] >= LOWEST and _is_filled(track.line, *stretch)
    return track.known[stretch]


def _is_filled(line: Line, low: float, high: float) -> bool:
    is_low = high - low <= LOW_ROW
    length, inside = (END, INSIDE) if is_low else (LONG_END, FAR_INSIDE)
    seen = line.ends if is_low else line.one
    ends = [line.part(seen, start, start + length) for start in (low + inside, high - inside - length)]
    if any(not end.size or (end >= DARKER).mean() < NEAR_END for end in ends):
        return False
    if (line.part(line.ends, low + INSIDE, high - INSIDE) < LIGHTEST).mean() > BARE:
        return False
    tone = float(np.median(np.concatenate(ends)))
    between = line.part(line.one, low + INSIDE, high - INSIDE)
    middle = float(np.median(between))
    least = WHOLE if high - low < TALL else TALL_WHOLE
    is_whole = (between >= max(DARKER, EVEN * min(tone, middle))).mean() >= least
    return bool(is_whole and middle <= UNEVEN * tone)


def _is_line(line: Line, filled: Sequence[Stretch], places: Sequence[float]) -> bool:
    """Say whether a line leads from ruling to ruling over most of its way, with paper on both sides of it."""
    length = sum(high - low for low, high in filled)
    if length < SHORTEST or not places or length < MOSTLY * (places[-1] - places[0]):
        return False
    one, both = (
        np.concatenate([line.part(seen, low + INSIDE, high - INSIDE) for low, high in filled])
        for seen in (line.one, line.both)
    )
    if len(filled) == 1 and length <= CELL:
        return bool((both >= np.maximum(ALIKE * one, LIGHTEST)).mean() >= MOSTLY_FREE)
    return bool((both >= FAINT * DARKER).mean() >= FREE)


def _tone(line: Line, filled: Sequence[Stretch]) -> float:
    """Give how dark a line is where it fills its stretches."""
    parts = [line.part(line.one, low + INSIDE, high - INSIDE) for low, high in filled]
    return float(np.median(np.concatenate(parts)))


def _runs_on(
    axis: Axis, line: Line, filled: Sequence[Stretch], places: Sequence[float], met: Sequence[float]
) -> bool:
    """Say whether a line goes on beyond the tables that it stands in: dirt does."""
    least = max(LIGHTEST, STILL_DARK * _tone(line, filled))
    first = _outermost(places[0], [p for p in reversed(met) if p < places[0]], NEXT[axis])
    last = _outermost(places[-1], [p for p in met if p > places[-1]], NEXT[axis])
    near, far = BEYOND
    parts = (line.part(line.one, first - far, first - near), line.part(line.one, last + near, last + far))
    return any(part.size and (part >= least).mean() >= RUNS_ON for part in parts)


def _is_beside(line: Line, places: Sequence[float], known: Sequence[Ruling]) -> bool:
    """Say whether a line runs close beside a ruling: no row and no column is so narrow."""
    return any(
        SAME_TRACK < abs(line.piece.at((places[0] + places[-1]) / 2) - ruling.position) < NARROWEST
        and ruling.start < places[-1]
        and ruling.end > places[0]
        for ruling in known
    )


def _stops(line: Line, filled: Sequence[Stretch]) -> bool:
    """Say whether a line that fills several stretches ends at the rulings at both ends of them: a streak goes on behind these."""
    (first, _), (_, last) = filled[0], filled[-1]
    near, far = BEHIND
    behind = (line.part(line.ends, first - far, first - near), line.part(line.ends, last + near, last + far))
    return len(filled) >= SEVERAL and all(part.size > 0 and bool((part < LIGHTEST).any()) for part in behind)


def _is_streak(line: Line, filled: Sequence[Stretch], bounds: Stretch, loose: Sequence[_Track]) -> bool:
    """Say whether lines that no table holds lie on one straight line with this one: text may part a streak from itself."""
    least = STILL_DARK * _tone(line, filled)
    middle = (bounds[0] + bounds[1]) / 2
    others = [
        (
            piece.position - line.piece.at(middle),
            (piece.start + piece.end) / 2 - middle,
            piece.end - piece.start,
        )
        for piece, tone in ((other.line.piece, other.tone) for other in loose)
        if tone >= least and not bounds[0] < (piece.start + piece.end) / 2 < bounds[1]
    ]
    if not others:
        return False
    aside, along, lengths = np.array(others).T
    on_line = np.abs(aside - SLOPES[:, None] * along) <= SAME_TRACK
    return bool((on_line @ lengths).max() >= STREAK)


def _outermost(place: float, others: Sequence[float], near: float) -> float:
    """Give the last of the places that follow one another closely."""
    for other in others:
        if abs(other - place) > near:
            break
        place = other
    return place


def _is_left(line: Line, stretch: Stretch, least: float) -> bool:
    """Say whether enough is left of a stretch of a line that fills others; strokes of characters leave its ends bare."""
    low, high = stretch[0] + INSIDE, stretch[1] - INSIDE
    part = line.part(line.one, low, high)
    ends = (line.part(line.ends, low, low + END), line.part(line.ends, high - END, high))
    if not part.size or any(end.size and bool((end < LIGHTEST).all()) for end in ends):
        return False
    return bool((part >= least).mean() >= LEFT or (part >= FAINTEST).mean() >= FAINT_LEFT)


def _strokes(line: Line, places: Sequence[float], least: float) -> list[Stretch]:
    """Give where anything is left of a line between the first and the last of the rulings across it."""
    seen = line.part(line.one, places[0], places[-1]) >= least
    edges = np.flatnonzero(np.diff(np.concatenate(([0], seen.astype(np.int8), [0])))) / line.scale
    return [
        (places[0] + float(low), places[0] + float(high))
        for low, high in zip(edges[::2], edges[1::2], strict=True)
        if high - low >= STROKE
    ]


def _to_rulings(axis: Axis, line: Line, stretches: Sequence[Stretch]) -> list[Ruling]:
    """Give stretches of a line as rulings, those that follow one another as one."""
    whole: list[Stretch] = []
    for low, high in stretches:
        goes_on = whole and low - whole[-1][1] <= SAME_TRACK
        whole.append((whole.pop()[0] if goes_on else low, high))
    return [Ruling(axis, line.piece.at((low + high) / 2), low, high, 0.5) for low, high in whole]
