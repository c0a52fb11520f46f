"""Dotted and dashed rulings of a scan: dots or short dashes, evenly spaced on one line, that lead from ruling to ruling."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Ink

DOT = 1.8
"""A dot is at most this large (points)."""

DASH, DASH_THICK = 9.0, 1.5
"""A dash is at most this long and this thick (points)."""

GAP = 4.2
"""Dots and dashes of one ruling are at most this far apart (points); leaders of a fullwidth … stand about as close."""

WOBBLE = 0.35
"""Half the thickness (points) that is added, so that a chain survives its steps."""

CHAIN = 26.0
"""Least length (points) of a chain that tells of a ruling: two characters of … are shorter."""

SHORT_CHAIN = 4.0
"""Where a ruling is known, shorter ones are pieces of it: two dots."""

SHORT_DASH = 5.5
"""Longer dashes (points) below one another may be a column of figures 1 in low rows."""

LOST_GAP, LEAST_PARTS, LEAST_LENGTH, STEP = 11.0, 5, 30.0, 8.0
"""On worn paper, and at crossings, parts are lost: those of one ruling lie at most ``LOST_GAP`` apart (points), are so many, lead
through ``LEAST_LENGTH``, and stand closer to one another than ``STEP`` on the average."""

ON_LINE = 0.8
"""Parts this near (points) a line stand on it."""

BESIDE, FLANK = 1.6, 3.6
"""From and to this distance (points) beside a part there is paper, on one side at least."""

BOTH_SIDES, MOSTLY = 0.5, 0.8
"""This share of the parts of a ruling has paper on both sides; where fewer than ``MOSTLY`` have, they are many or alike."""

MANY, FEW, ALIKE = 20, 8, 0.35
"""So many parts are no broken strokes of a line of characters; fewer than ``FEW`` are none where their areas differ by no more
than ``ALIKE`` (deviation as a share of the mean). Of 98 such lines of strokes on worn pages 11 pass, of 452 rulings all but 6."""


class Chains(NamedTuple):
    """Chains of dots and dashes drawn as strokes (255): the long ones, and the short ones with them."""

    long: Ink
    short: Ink


def find_free_parts(ink: Ink, scale: float, *, across: float, along: float) -> NDArray[np.float64]:
    """Give the middles (row and column) of the dots and short dashes along the rows of ``ink`` that stand by themselves.

    No other ink is so near them ``across`` and ``along`` the rows (points).
    """
    labels, stats, _ = find_components(ink, connectivity=8)
    is_part = _are_parts(stats, scale, SHORT_DASH)
    is_part[0] = True
    others = np.where(is_part, 0, 255).astype(np.uint8)[labels]
    kernel = np.ones((2 * round(across * scale) + 1, 2 * round(along * scale) + 1), np.uint8)
    near = cv2.dilate(np.asarray(others, dtype=np.uint8), kernel)
    own = stats[1:][is_part[1:]]
    rows = own[:, cv2.CC_STAT_TOP] + own[:, cv2.CC_STAT_HEIGHT] / 2
    columns = own[:, cv2.CC_STAT_LEFT] + own[:, cv2.CC_STAT_WIDTH] / 2
    is_free = near[rows.astype(int), columns.astype(int)] == 0
    return np.stack([rows[is_free], columns[is_free]], axis=1)


def find_chains(ink: Ink, scale: float) -> Chains:
    """Give the chains of dots and dashes along the rows of ``ink``, each drawn as one stroke."""
    labels, stats, _ = find_components(ink, connectivity=8)
    along = stats[:, cv2.CC_STAT_WIDTH] / scale
    is_part = _are_parts(stats, scale, DASH)
    is_part[0] = False
    parts = np.where(is_part, 255, 0).astype(np.uint8)[labels]
    closed = _closed(parts, scale)
    rows, left = _scattered(stats, is_part & (along <= SHORT_DASH), ink, scale)
    return Chains(
        np.asarray(cv2.bitwise_or(_open(closed, CHAIN * scale), rows), dtype=np.uint8),
        np.asarray(cv2.bitwise_or(_open(closed, SHORT_CHAIN * scale), left), dtype=np.uint8),
    )


def _are_parts(stats: NDArray[np.int32], scale: float, longest: float) -> NDArray[np.bool_]:
    """Say which pieces of ink are dots, or dashes up to ``longest`` (points)."""
    across, along = stats[:, cv2.CC_STAT_HEIGHT] / scale, stats[:, cv2.CC_STAT_WIDTH] / scale
    return np.asarray((np.maximum(across, along) <= DOT) | ((along <= longest) & (across <= DASH_THICK)))


def _scattered(stats: NDArray[np.int32], is_part: NDArray[np.bool_], ink: Ink, scale: float) -> Chains:
    """Give the rulings of which only some dots and dashes are left, each drawn as one stroke, and what is left of them."""
    whole, left = np.zeros_like(ink), np.zeros_like(ink)
    places = np.flatnonzero(is_part)
    middles = stats[places, cv2.CC_STAT_TOP] + stats[places, cv2.CC_STAT_HEIGHT] / 2
    sides = _bare_sides(stats[places], ink, scale)
    free = sides > 0
    runs: list[NDArray[np.intp]] = []
    lines = np.arange(0.0, ink.shape[0], ON_LINE * scale / 2)
    # A quick count leaves out most lines.
    ordered, reach = np.sort(middles[free]), 1.01 * ON_LINE * scale
    counts = np.searchsorted(ordered, lines + reach) - np.searchsorted(ordered, lines - reach)
    for line in lines[counts >= LEAST_PARTS]:
        near = np.flatnonzero(free & (np.abs(middles - line) <= ON_LINE * scale))
        if len(near) >= LEAST_PARTS:
            runs += _runs(near, stats[places], scale)
    used = np.zeros(len(places), dtype=bool)
    for run in sorted(runs, key=len, reverse=True):
        own = stats[places[run]]
        if used[run].any() or not _are_of_a_ruling(own, sides[run]):
            continue
        used[run] = True
        row = round(float(np.median(middles[run])))
        starts, ends = own[:, cv2.CC_STAT_LEFT], _ends(own)
        whole[max(0, row - 1) : row + 2, int(starts.min()) : int(ends.max())] = 255
        for start, end, following in zip(starts, ends, [*starts[1:], 0], strict=True):
            stop = int(following) if 0 < following - end <= GAP * scale else int(end)
            left[max(0, row - 1) : row + 2, int(start) : stop] = 255
    return Chains(whole, left)


def _are_of_a_ruling(stats: NDArray[np.int32], sides: NDArray[np.intp]) -> bool:
    """Say whether parts on one line are dots or dashes of a ruling and no strokes of characters that a worn copy broke up.

    ``sides`` says on how many sides of each there is paper.
    """
    bare, count = float((sides == 2).mean()), len(stats)
    if bare < BOTH_SIDES:
        return False
    areas = stats[:, cv2.CC_STAT_AREA]
    if float(areas.std()) <= ALIKE * float(areas.mean()):
        return True
    return count >= MANY or (bare >= MOSTLY and count >= FEW)


def _runs(near: NDArray[np.intp], stats: NDArray[np.int32], scale: float) -> list[NDArray[np.intp]]:
    """Give the parts of one line that follow one another like those of a ruling."""
    order = near[np.argsort(stats[near, cv2.CC_STAT_LEFT])]
    gaps = stats[order[1:], cv2.CC_STAT_LEFT] - _ends(stats[order[:-1]])
    runs = []
    for parts in np.split(order, np.flatnonzero(gaps > LOST_GAP * scale) + 1):
        run = _without_specks(parts, stats, scale)
        length = (_ends(stats[run]).max() - stats[run, cv2.CC_STAT_LEFT].min()) / scale
        if len(run) >= LEAST_PARTS and length >= LEAST_LENGTH and len(run) * STEP >= length:
            runs.append(run)
    return runs


def _without_specks(run: NDArray[np.intp], stats: NDArray[np.int32], scale: float) -> NDArray[np.intp]:
    """Leave out specks at the ends of a run: smaller than its dashes, and farther off than these from one another."""
    widths = stats[run, cv2.CC_STAT_WIDTH]
    is_small = widths < np.median(widths) / 2
    gaps = stats[run[1:], cv2.CC_STAT_LEFT] - _ends(stats[run[:-1]]) > GAP * scale
    first, last = 0, len(run) - 1
    while first < last and is_small[first] and gaps[first]:
        first += 1
    while first < last and is_small[last] and gaps[last - 1]:
        last -= 1
    return run[first : last + 1]


def _ends(stats: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.asarray(stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH], dtype=np.int32)


def _bare_sides(stats: NDArray[np.int32], ink: Ink, scale: float) -> NDArray[np.intp]:
    """Give on how many sides of each part there is paper."""
    near, far = round(BESIDE * scale), round(FLANK * scale)
    middle = stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT] // 2
    columns = stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH] // 2
    bare = np.zeros(len(stats), dtype=np.intp)
    for step in (-1, 1):
        is_bare = np.ones(len(stats), dtype=bool)
        for distance in range(near, far + 1):
            rows = np.clip(middle + step * distance, 0, ink.shape[0] - 1)
            is_bare &= ink[rows, columns] == 0
        bare += is_bare
    return bare


def _closed(parts: Ink, scale: float) -> Ink:
    thick = cv2.dilate(parts, np.ones((2 * round(WOBBLE * scale) + 1, 1), np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, round(GAP * scale)), np.uint8))
    return np.asarray(closed, dtype=np.uint8)


def _open(strokes: Ink, length: float) -> Ink:
    kernel = np.ones((1, round(length)), np.uint8)
    return np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
