"""Rulings that are printed too lightly to be ink: thin lines, darker than the paper on both sides of them, over a long way.

Dots and hairlines of a light gray are lost where print is told from paper point by point. Averaged along its own direction a
line stands out from the paper's noise long before any single point of it does, and characters, whose strokes turn and have
others beside them, do not.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.document import Ruling
from extract.pages.scan_dotted import CHAIN, Chains
from extract.pages.scan_picture import Gray, Ink
from extract.pages.scan_tracks import SAME_TRACK, Group, Straight

ALONG = 4.0
"""Length (points) over which tones are averaged: two dots of a dotted ruling, half a character."""

BESIDE, FLANK = 1.3, 3.2
"""From and to this distance (points) beside a line stands paper."""

PAPER = 205
"""Paper is at least as light as this (of 255) in an evened picture."""

DARKER = 12
"""A line is darker than the paper beside it by this much; the noise of a JPEG reaches 3, the lightest ruling met 18."""

SHORT_LINE = 9.0
"""Where a ruling is known, a line this long (points) is a piece of it."""

MOSTLY_LIGHT = 0.5
"""A ruling of which this share was found as a light line is one."""

COVERED = 0.6
"""It is there over this share of the way between the rulings that it leads to: what stands between two tables is dirt."""

LEAST_ACROSS = 2
"""A light line leads from one ruling to another."""

REACH = 5.0
"""It may end this far (points) beyond them."""

FOLLOWING, ASIDE = 90.0, 3.0
"""Pieces of a streak follow one another at this distance (points) at most, each so far beside the one before."""

NARROWEST = 6.0
"""Walls of a table are at least this far apart (points)."""

BRIDGE = 16.0
"""Pieces of a light ruling are at most this far apart (points): a row of the table, in which a scan lost it."""

WOBBLE = 1
"""Points by which a line wanders to either side, in pixels of the pooled picture."""


def pool_gray(gray: Gray, factor: int) -> Gray:
    """Give the picture at a grid coarser by ``factor``."""
    rows, columns = gray.shape[0] // factor, gray.shape[1] // factor
    whole = gray[: rows * factor, : columns * factor]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def find_gray_lines(gray: Gray, ink: Ink, found: Ink, scale: float) -> Chains:
    """Give the light lines along the rows of ``gray``, drawn as strokes (255): the long ones, and the short ones with them.

    ``ink`` is the pooled ink and ``found`` what was found of the rulings in it: what lies there is not found again.
    """
    gray = gray[: ink.shape[0], : ink.shape[1]]
    tone = cv2.blur(gray, (round(ALONG * scale) | 1, 1))
    near, far = round(BESIDE * scale), round(FLANK * scale)
    kernel = np.zeros((2 * far + 1, 1), dtype=np.uint8)
    kernel[: far - near + 1] = 1
    beside = cv2.min(cv2.erode(tone, kernel), cv2.erode(tone, np.ascontiguousarray(kernel[::-1])))
    is_line = (cv2.subtract(beside, tone) >= DARKER) & (beside >= PAPER)
    lines = np.where(is_line, 255, 0).astype(np.uint8)
    wide = cv2.dilate(lines, np.ones((2 * WOBBLE + 1, 1), np.uint8))
    beyond = round(SAME_TRACK * scale)
    known = cv2.dilate(found, np.ones((2 * beyond + 1, 2 * beyond + 1), np.uint8))
    unknown = cv2.bitwise_not(known)
    least = SHORT_LINE * scale
    long, short = (
        _open(np.asarray(cv2.bitwise_and(_open(wide, length), unknown), dtype=np.uint8), least)
        for length in (CHAIN * scale, least)
    )
    return Chains(long, short)


def drop_streaks(rulings: Group, lights: tuple[Chains, Chains], scale: float) -> Group:
    """Leave out light lines that no table holds: dirt on the glass of a scanner and folds run on past the rulings across.

    ``lights`` shows the light lines of either axis along its rows.
    """
    kept: list[list[Ruling]] = []
    for own, across, light in zip(rulings, reversed(rulings), lights, strict=True):
        doubtful = {
            index for index, ruling in enumerate(own) if _share_of(ruling, light, scale) >= MOSTLY_LIGHT
        }
        dropped: set[int] = set()
        for chain in _chains(own, doubtful):
            pieces = [own[index] for index in chain]
            ink = [ruling for index, ruling in enumerate(own) if index not in doubtful]
            if not _is_held(pieces, own, across) or any(_is_beside(piece, ink) for piece in pieces):
                dropped |= chain
        left = [(ruling, index in doubtful) for index, ruling in enumerate(own) if index not in dropped]
        kept.append([_bridged(ruling, left) for ruling, _ in left])
    return kept[0], kept[1]


def _bridged(ruling: Ruling, others: Sequence[tuple[Ruling, bool]]) -> Ruling:
    """Give a piece drawn to the next one on its line, if this is light: there even a light line was lost."""
    line = [(r, is_light) for r, is_light in others if abs(r.position - ruling.position) <= SAME_TRACK]
    if not any(is_light for _, is_light in line):
        return ruling
    gaps = [r.start for r, _ in line if 0 < r.start - ruling.end <= BRIDGE]
    return Ruling(ruling.axis, ruling.position, ruling.start, min(gaps, default=ruling.end), ruling.thickness)


def add_short_lines(straight: Straight, light: Chains | None, rulings: Sequence[Ruling]) -> None:
    """Add the light lines that lie on the tracks of rulings to the short strokes that are left of these."""
    if light is None:
        return
    scale = straight.scale
    for ruling in rulings:
        top = max(0, round((ruling.position - SAME_TRACK) * scale))
        band = slice(top, round((ruling.position + SAME_TRACK) * scale) + 1)
        straight.short[band] |= light.short[band]


def _chains(rulings: Sequence[Ruling], doubtful: set[int]) -> list[set[int]]:
    """Give the light lines that go on one another, though they lean: dirt does not turn with the page."""
    chains: list[set[int]] = []
    ends: list[Ruling] = []
    for index in sorted(doubtful, key=lambda i: rulings[i].start):
        ruling = rulings[index]
        for place, last in enumerate(ends):
            gap = ruling.start - last.end
            if gap <= FOLLOWING and abs(ruling.position - last.position) <= ASIDE:
                chains[place].add(index)
                ends[place] = ruling if ruling.end > last.end else last
                break
        else:
            chains.append({index})
            ends.append(ruling)
    return chains


def _is_held(chain: Sequence[Ruling], own: Sequence[Ruling], across: Sequence[Ruling]) -> bool:
    """Say whether the pieces of a line are straight and begin and end between the first and the last ruling they cross."""
    positions = [r.position for r in chain]
    if max(positions) - min(positions) > 2 * SAME_TRACK:
        return False
    position = sum(positions) / len(positions)
    places = [r.position for r in across if r.start - REACH <= position <= r.end + REACH]
    if len(places) < LEAST_ACROSS:
        return False
    start, end = min(r.start for r in chain), max(r.end for r in chain)
    first = max((place for place in places if place <= start + REACH), default=None)
    last = min((place for place in places if place >= end - REACH), default=None)
    if first is None or last is None:
        return False
    inside = [r for r in own if abs(r.position - position) <= 2 * SAME_TRACK]
    covered = sum(max(0.0, min(r.end, last) - max(r.start, first)) for r in inside)
    return covered >= COVERED * (last - first)


def _is_beside(piece: Ruling, rulings: Sequence[Ruling]) -> bool:
    """Say whether a piece runs close beside a ruling: no column is so narrow."""
    return any(
        SAME_TRACK < abs(piece.position - ruling.position) < NARROWEST
        and piece.start < ruling.end
        and piece.end > ruling.start
        for ruling in rulings
    )


def _share_of(ruling: Ruling, light: Chains, scale: float) -> float:
    """Give the share of a ruling on which there is a light line."""
    row = round(ruling.position * scale)
    band = light.long[max(0, row - 2) : row + 3, round(ruling.start * scale) : round(ruling.end * scale)]
    return float(band.any(axis=0).mean()) if band.size else 0.0


def _open(strokes: Ink, length: float) -> Ink:
    kernel = np.ones((1, round(length)), np.uint8)
    return np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
