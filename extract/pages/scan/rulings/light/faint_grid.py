"""Faint lines -> rulings, where they make the grid of a table: each leads from one line across it to another, and ends there.

The mean over the whole way between two lines tells a ruling whose pieces are lost in the noise. Folds and streaks go on beyond the
tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extract.document import Ruling
from extract.pages.scan.paper.picture import SAMPLED, Gray, Ink
from extract.pages.scan.rulings.light.faint_lines import (
    Darkness,
    find_faint_lines,
    is_bare,
    leave_out,
    measure_darkness,
)
from extract.pages.scan.rulings.light.leaders import is_written_on
from extract.pages.scan.rulings.light.light_lines import Piece
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import SAME_TRACK, Axis, Group

PRESENT = 1.8
"""A line is there where the mean of a stretch is darker than the paper by this much (of 255): three times the noise of the shortest."""

WEAK, BETWEEN = 0.8, 0.0
"""Where it is there on one side, so much is enough, and so much where it is there on both: paper alone is below that."""

KNOWN = 0.7
"""Less than this share of a stretch that is no ink tells nothing of it: characters stand there."""

INSIDE = 3.0
"""So much (points) of a stretch beside each line across it is that line's own."""

DARK, END_PART, EVEN = 12.0, 8.0, 0.2
"""A stretch darker than this (of 255) is not lost in noise: on so much (points) of either end it is this share as dark, or it is a
bracket or an edge that goes on over part of the way only."""

BORDER, LEANING = 12.0, 1.2
"""A line that reaches this near (points) an edge of the picture is a streak, and one of which one end lies so much aside of the other."""

LOST = 24.0
"""So much (points) of a faint line may be lost at its end."""

REACH = 4.0
"""A line that ends this near (points) another one across it reaches it."""

BEYOND, RUNS_ON = (5.0, 40.0), 0.4
"""From and to this distance (points) beyond its last line across a line goes on where it is this share as dark as before."""

START, END = 1, 2
"""Where a line begins and ends, among what is known of it."""

TOGETHER, OTHERS = 6.0, 3
"""Row edges of a table that is open at one side end within this distance (points), at least so many others."""

NARROWEST = 6.0
"""Lines side by side are at least this far apart (points)."""

SHORTEST, WHOLE = 40.0, 0.9
"""Least length (points) of a faint ruling. One of which this share is known adds nothing."""

SEEN = 0.5
"""A ruling of which this share is ink is one."""

PAPER = 0.3
"""Of a ruling that is ink less than this share is seen as paper."""

THICKNESS = 0.5
"""Of a faint ruling (points)."""

AXES: tuple[Axis, Axis] = ("horizontal", "vertical")

MIDDLE, DARK_SIDE = 0.5, 0.16
"""Grain parts these shares of the points of a page, the darkest first: its mean, and that less its standard deviation."""

STRAIGHT, LONG = 0.004, 120.0
"""A light line that leans by no more than this and is so long (points) at least may be a line across a faint one."""

ROUNDS = 5
"""So often at most the lines along either axis are measured between those across them."""


class _Across(NamedTuple):
    """A line across others, of which so much may be lost at its ends (``slack``, points)."""

    piece: Piece
    slack: float


class FaintGrid(NamedTuple):
    """The faint ``rulings`` of a page, row edges and walls, and what is seen along any line of either axis: nothing on plain paper."""

    rulings: Group
    sides: tuple[Darkness, Darkness] | None

    def without_unseen(self, group: Group, ink: Group) -> Group:
        """Give the rulings of a table without those of which the paper shows nothing between the characters on them.

        What is ``ink`` and ends at another one stays: between the dashes of a dashed ruling is paper as well.
        """
        if self.sides is None:
            return group
        whole = [
            [part for ruling in own for part in _seen_parts(ruling, across, known, side)]
            for own, across, known, side in zip(group, reversed(group), ink, self.sides, strict=True)
        ]
        return whole[0], whole[1]


def find_faint_grid(
    gray: Gray, ink: Ink, rulings: Group, light: tuple[Sequence[Piece], Sequence[Piece]], scale: float
) -> FaintGrid:
    """Give the faint rulings of an evened picture beside its ``rulings`` and ``light`` lines (``scale`` pixels a point)."""
    if _is_plain(gray):
        return FaintGrid(([], []), None)
    paper, free = leave_out(ink, gray, scale)
    sides = (
        measure_darkness(paper, free, scale, "horizontal"),
        measure_darkness(paper, free, scale, "vertical"),
    )
    faint = [_without_streaks(find_faint_lines(side), side) for side in sides]
    found: list[list[Ruling]] = [[], []]
    if not any(faint):
        return FaintGrid((found[0], found[1]), sides)
    fixed = [
        [_Across(piece, REACH) for piece in (*map(_ruling_to_piece, known), *filter(_is_straight, pieces))]
        for known, pieces in zip(rulings, light, strict=True)
    ]
    across = [[_Across(piece, LOST) for piece in own] for own in faint]
    for _ in range(ROUNDS):
        before = [list(own) for own in found]
        for own, axis in enumerate(AXES):
            others = [*fixed[1 - own], *across[1 - own]]
            grid = _Grid(axis, faint[own], others, rulings[own], sides[own], Straight(ink, ink, scale))
            found[own] = [ruling for piece in faint[own] for ruling in _measure(piece, grid)]
            across[own] = [_Across(_ruling_to_piece(ruling), REACH) for ruling in found[own]]
        if before == found:
            break
    return FaintGrid((found[0], found[1]), sides)


class _Grid(NamedTuple):
    """What the faint ``lines`` along an axis are measured by: the lines ``across`` them, and the rulings ``known`` along them.

    ``page`` has the ink of the page as it stands.
    """

    axis: Axis
    lines: Sequence[Piece]
    across: Sequence[_Across]
    known: Sequence[Ruling]
    darkness: Darkness
    page: Straight


def _measure(line: Piece, grid: _Grid) -> Iterator[Ruling]:
    """Give the stretches of a line that are there, between the lines across it."""
    places = _with_open_ends(line, _crossings(line, grid.across), grid)
    tones = [_whole_tone(grid.darkness, line, low + INSIDE, high - INSIDE) for low, high in pairwise(places)]
    if grid.axis == "horizontal":
        # The dots of a table of contents lead from what is written on their line to what is.
        written = [is_written_on(line, low, high, grid.page) for low, high in pairwise(places)]
        tones = [0.0 if on else tone for tone, on in zip(tones, written, strict=True)]
    is_there = np.array([tone >= PRESENT for tone in tones], dtype=bool)
    for _ in tones:
        before, after = np.concatenate([[False], is_there[:-1]]), np.concatenate([is_there[1:], [False]])
        least = np.where(before & after, BETWEEN, WEAK)
        more = is_there | ((before | after) & (np.array(tones) > least))
        if (more == is_there).all():
            break
        is_there = more
    run: list[float] = []
    for (low, high), seen in zip([*pairwise(places), (0.0, 0.0)], [*is_there, False], strict=True):
        if seen:
            run = [*run, low, high]
            continue
        if run and run[-1] - run[0] >= SHORTEST and run[0] < line.end and run[-1] > line.start:
            ends = (run[0], run[-1])
            if not _runs_on(line, ends, places, grid.darkness) and not _is_known(line, ends, grid.known):
                yield Ruling(grid.axis, line.at((ends[0] + ends[1]) / 2), *ends, THICKNESS)
        run = []


def _crossings(line: Piece, across: Sequence[_Across]) -> list[float]:
    places: list[float] = []
    for piece, slack in sorted(across, key=lambda one: one.piece.position):
        place = piece.position
        is_crossed = piece.start - slack <= line.at(place) <= piece.end + slack
        if is_crossed and (not places or place - places[-1] >= NARROWEST):
            places.append(place)
    return places


def _tone(darkness: Darkness, line: Piece, low: float, high: float) -> float:
    """Give how dark a stretch of a line is, 0 where too little of it is seen."""
    part, free = darkness.part(line, low, high)
    seen = part[np.isfinite(part)]
    return float(seen.mean()) if len(seen) and free >= KNOWN else 0.0


def _whole_tone(darkness: Darkness, line: Piece, low: float, high: float) -> float:
    """Give how dark a stretch of a line is, 0 where it is dark on the way and bare at an end."""
    tone = _tone(darkness, line, low, high)
    if tone < DARK or high - low < 2 * END_PART:
        return tone
    for start in (low, high - END_PART):
        part, free = darkness.part(line, start, start + END_PART)
        seen = part[np.isfinite(part)]
        if len(seen) and free >= KNOWN and float(seen.mean()) < EVEN * tone:
            return 0.0
    return tone


def _with_open_ends(line: Piece, places: Sequence[float], grid: _Grid) -> list[float]:
    """Give the places across a line, and where it ends beyond them as others of its table do; none where it runs on alone."""
    with_ends = list(places)
    peers = [*grid.lines, *map(_ruling_to_piece, grid.known)]
    for end in (START, END):
        place = line[end]
        if not places or places[0] - LOST <= place <= places[-1] + LOST:
            continue
        others = [
            peer[end]
            for peer in peers
            if abs(peer[end] - place) <= TOGETHER and abs(peer.position - line.position) >= NARROWEST
        ]
        if len(others) < OTHERS or len(with_ends) > len(places):
            return []
        with_ends.append(float(np.median([*others, place])))
    return sorted(with_ends)


def _runs_on(line: Piece, run: tuple[float, float], places: Sequence[float], darkness: Darkness) -> bool:
    """Say whether a line goes on where the last of the lines across it is passed."""
    least = max(PRESENT, RUNS_ON * _tone(darkness, line, *run))
    near, far = BEYOND
    ways = []
    if run[0] == places[0]:
        ways.append((run[0] - far, run[0] - near))
    if run[1] == places[-1]:
        ways.append((run[1] + near, run[1] + far))
    return any(_tone(darkness, line, *way) >= least for way in ways)


def _is_known(line: Piece, ends: tuple[float, float], known: Sequence[Ruling]) -> bool:
    """Say whether a line is a ruling that is known, or runs close beside one: no row and no column is so narrow."""
    near = [
        (abs(line.at((ends[0] + ends[1]) / 2) - r.position), min(r.end, ends[1]) - max(r.start, ends[0]))
        for r in known
    ]
    if any(SAME_TRACK < aside < NARROWEST and shared > 0 for aside, shared in near):
        return True
    same = sum(shared for aside, shared in near if aside <= SAME_TRACK and shared > 0)
    return same >= WHOLE * (ends[1] - ends[0])


def _seen_parts(
    ruling: Ruling, across: Sequence[Ruling], ink: Sequence[Ruling], darkness: Darkness
) -> list[Ruling]:
    """Give a ruling that is seen, or what of it is ink: it may have been thought to go on through merged cells."""
    if not _is_paper(ruling, darkness):
        return [ruling]
    parts = [
        replace(ruling, start=max(r.start, ruling.start), end=min(r.end, ruling.end))
        for r in ink
        if abs(r.position - ruling.position) <= SAME_TRACK and r.start < ruling.end and r.end > ruling.start
    ]
    seen = sum(part.end - part.start for part in parts)
    if seen >= SEEN * (ruling.end - ruling.start) and _meets(ruling, across):
        return [ruling]
    return [part for part in parts if _meets(part, across)]


def _meets(ruling: Ruling, across: Sequence[Ruling]) -> bool:
    """Say whether a ruling ends at one across it."""
    ends = (ruling.start, ruling.end)
    return any(
        min(abs(r.position - end) for end in ends) <= REACH
        and r.start - REACH <= ruling.position <= r.end + REACH
        for r in across
    )


def _is_paper(ruling: Ruling, darkness: Darkness) -> bool:
    """Say whether only paper is seen along a ruling."""
    tones, free = darkness.part(_ruling_to_piece(ruling), ruling.start + INSIDE, ruling.end - INSIDE)
    return free >= PAPER and is_bare(tones)


def _is_plain(gray: Gray) -> bool:
    """Say whether the paper has no grain: in a drawn page or a copy in two tones there is nothing between paper and ink."""
    some = gray[::SAMPLED]
    shares = np.cumsum(cv2.calcHist([some], [0], None, [256], [0, 256]).ravel()) / some.size
    return bool(np.searchsorted(shares, MIDDLE) - np.searchsorted(shares, DARK_SIDE) < 1)


def _without_streaks(lines: Sequence[Piece], darkness: Darkness) -> list[Piece]:
    """Leave out the lines that lean or reach an edge of the picture, and what lies on one line with them."""
    width = darkness.steps.shape[1] / darkness.along
    streaks = [
        line
        for line in lines
        if line.start <= BORDER
        or line.end >= width - BORDER
        or abs(line.slope) * (line.end - line.start) > LEANING
    ]
    return [
        line
        for line in lines
        if abs(line.slope) <= STRAIGHT
        and _tone(darkness, line, line.start, line.end) >= PRESENT
        and not any(_is_on(line, streak) for streak in streaks)
    ]


def _is_on(line: Piece, streak: Piece) -> bool:
    return abs(streak.at((line.start + line.end) / 2) - line.position) <= SAME_TRACK


def _is_straight(line: Piece) -> bool:
    return abs(line.slope) <= STRAIGHT and line.end - line.start >= LONG


def _ruling_to_piece(ruling: Ruling) -> Piece:
    return Piece(ruling.position, ruling.start, ruling.end, 0.0)
