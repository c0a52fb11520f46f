"""A row of characters' feet looks like a light row edge: what tells them apart is what is seen between the characters."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.document import Ruling
from extract.pages.scan.rulings.light.light_lines import LIGHTEST, Line
from extract.pages.scan.rulings.traces import Straight

LARGE, WIDEST, ASIDE, SPREAD = 1.8, 24.0, 4.0, 0.8
"""Ink so large across a line and at most so wide (points), looked at so far to both sides, is a character, which is near the line
and whose tone is seen at this distance."""

MARK = 1.2
"""Ink so large (points) across a line is a comma at least: 6 pt type has commas of 1.8, the dots of a ruling are smaller."""

WALL = 1.2
"""So far (points) beside a ruling across a line its own ink is seen."""

STANDING, BETWEEN = 0.3, 0.15
"""On this share of a row of feet characters stand; between them is less than this share of it, or paper."""


def is_feet(line: Line, rows: Straight, across: Sequence[Ruling] = ()) -> bool:
    """Say whether a line is the feet of a row of characters: these stand all along it, and nothing is seen between them.

    What is seen of commas and of the rulings ``across`` the line is no part of it: in narrow cells it is most of what is between.
    """
    low, high = line.piece.start, line.piece.end
    scale = rows.scale
    row, reach = round(line.piece.at((low + high) / 2) * scale), round(ASIDE * scale)
    top = max(0, row - reach)
    part = np.ascontiguousarray(rows.ink[top : row + reach + 1, round(low * scale) : round(high * scale)])
    if not part.size:
        return False
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    is_mark = boxes[:, cv2.CC_STAT_HEIGHT] >= MARK * scale
    is_mark &= boxes[:, cv2.CC_STAT_WIDTH] <= WIDEST * scale
    is_mark[0] = False
    close = round(SPREAD * scale)
    marks = np.where(is_mark[labels], labels, 0)[max(0, row - top - close) : row - top + close + 1]
    is_character = boxes[:, cv2.CC_STAT_HEIGHT] >= LARGE * scale
    if is_character[marks].any(axis=0).mean() < STANDING:
        return False
    near = cv2.dilate(marks.any(axis=0).astype(np.uint8), np.ones(2 * close + 1, np.uint8)).ravel()
    for ruling in across:
        if ruling.start <= row / scale <= ruling.end:
            place = round((ruling.position - low) * scale)
            near[max(0, place - round(WALL * scale)) : max(0, place + round(WALL * scale) + 1)] = 1
    seen = line.part(line.ends, low, high)
    places = np.minimum((np.arange(len(seen)) * scale / line.scale).astype(int), len(near) - 1)
    free = seen[near[places] == 0]
    return len(free) < BETWEEN * len(seen) or bool(np.median(free) < LIGHTEST)
