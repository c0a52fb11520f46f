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
from extract.pages.scan_tracks import SAME_TRACK, Group

ALONG = 4.0
"""Length (points) over which tones are averaged: two dots of a dotted ruling, half a character."""

BESIDE, FLANK = 1.3, 3.2
"""From and to this distance (points) beside a line stands paper."""

PAPER = 205
"""Paper is at least as light as this (of 255) in an evened picture."""

DARKER = 12
"""A line is darker than the paper beside it by this much; the noise of a JPEG reaches 3, the lightest ruling met 18."""

SHORT_LINE = 9.0
"""Where a ruling is known, a line this long (points) is a piece of it; strokes of characters are shorter."""

MOSTLY_LIGHT = 0.5
"""A ruling of which this share was found as a light line is one."""

LEAST_ACROSS = 2
"""A light line leads from one ruling to another."""

REACH = 8.0
"""It may end this far (points) beyond them."""

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


def drop_streaks(rulings: Group, lights: tuple[Ink | None, Ink | None], scale: float) -> Group:
    """Leave out light lines that no table holds: dirt on the glass of a scanner and folds run on past the rulings across.

    ``lights`` shows the light lines of either axis along its rows.
    """
    kept: list[list[Ruling]] = []
    for own, across, light in zip(rulings, reversed(rulings), lights, strict=True):
        doubtful = {
            index for index, ruling in enumerate(own) if _share_of(ruling, light, scale) >= MOSTLY_LIGHT
        }
        tracks = [
            [own[i] for i in doubtful if abs(own[i].position - ruling.position) <= SAME_TRACK]
            for ruling in own
        ]
        kept.append(
            [
                ruling
                for index, ruling in enumerate(own)
                if index not in doubtful or _is_held(tracks[index], across)
            ]
        )
    return kept[0], kept[1]


def _is_held(track: Sequence[Ruling], across: Sequence[Ruling]) -> bool:
    """Say whether the pieces of a line begin and end between the first and the last ruling that it crosses."""
    position = track[0].position
    places = [r.position for r in across if r.start - REACH <= position <= r.end + REACH]
    if len(places) < LEAST_ACROSS:
        return False
    start, end = min(r.start for r in track), max(r.end for r in track)
    return min(places) - REACH <= start and end <= max(places) + REACH


def _share_of(ruling: Ruling, light: Ink | None, scale: float) -> float:
    """Give the share of a ruling on which there is a light line."""
    if light is None:
        return 0.0
    row = round(ruling.position * scale)
    band = light[max(0, row - 2) : row + 3, round(ruling.start * scale) : round(ruling.end * scale)]
    return float(band.any(axis=0).mean()) if band.size else 0.0


def _open(strokes: Ink, length: float) -> Ink:
    kernel = np.ones((1, round(length)), np.uint8)
    return np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
