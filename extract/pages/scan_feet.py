"""A row of characters' feet looks like a light row edge: what tells them apart is what is seen between the characters."""

from __future__ import annotations

import cv2
import numpy as np

from extract.pages.scan_light_lines import LIGHTEST, Line
from extract.pages.scan_traces import Straight

LARGE, WIDEST, ASIDE, SPREAD = 1.8, 24.0, 4.0, 0.8
"""Ink so large across a line and at most so wide (points), looked at so far to both sides, is a character, which is near the line
and whose tone is seen at this distance."""

STANDING, BETWEEN = 0.3, 0.15
"""On this share of a row of feet characters stand; between them is less than this share of it, or paper."""


def is_feet(line: Line, rows: Straight) -> bool:
    """Say whether a line is the feet of a row of characters: these stand all along it, and nothing is seen between them."""
    low, high = line.piece.start, line.piece.end
    scale = rows.scale
    row, reach = round(line.piece.at((low + high) / 2) * scale), round(ASIDE * scale)
    top = max(0, row - reach)
    part = np.ascontiguousarray(rows.ink[top : row + reach + 1, round(low * scale) : round(high * scale)])
    if not part.size:
        return False
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    is_character = boxes[:, cv2.CC_STAT_HEIGHT] >= LARGE * scale
    is_character &= boxes[:, cv2.CC_STAT_WIDTH] <= WIDEST * scale
    is_character[0] = False
    close = round(SPREAD * scale)
    on_line = is_character[labels[max(0, row - top - close) : row - top + close + 1]].any(axis=0)
    if on_line.mean() < STANDING:
        return False
    near = cv2.dilate(on_line.astype(np.uint8), np.ones(2 * close + 1, np.uint8)).ravel()
    seen = line.part(line.ends, low, high)
    places = np.minimum((np.arange(len(seen)) * scale / line.scale).astype(int), len(near) - 1)
    free = seen[near[places] == 0]
    return len(free) < BETWEEN * len(seen) or bool(np.median(free) < LIGHTEST)
