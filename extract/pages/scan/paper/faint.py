"""Ink of a scanned page -> the same ink with the faint strokes beside it, which a worn copy leaves grey."""

from __future__ import annotations

import cv2
import numpy as np

from extract.pages.scan.paper.picture import Gray, Ink, shrink

FAINT_TONE = 0.86
"""A point darker than this share of the paper's tone may be a thin stroke: the bar of 一 and the ring of 。 on worn copies."""

REACH = (11.0, 3.0)
"""Such a point counts where there is ink within this distance (points, across and down): a character's width."""

NOISE_SHARE = 0.06
"""Where more than this share of the page is faint, that is the paper and no stroke."""


HALO = 1.0
"""Grey points within this distance (points) of a ruling are its blur."""


EDGE = 16.0
"""Grey this near (points) the edge of the picture is the shadow of the edge."""


SHADE, STROKE = 0.95, 9
"""Where the paper is darker than this share of white over so much (points) both ways, no stroke makes it so: that is a shade."""

SMALLEST = (6, 12)
"""Height and width (points) of the smallest shade that is looked for."""


def add_faint(gray: Gray, ink: Ink, rulings: Ink, scale: float) -> Ink:
    """Give ``ink`` with the faint strokes of ``gray`` near it (hysteresis; ``scale`` pixels a point).

    ``rulings`` is the ink of the rulings, which has been taken out of both.
    """
    faint = cv2.threshold(gray, 255 * FAINT_TONE, 255, cv2.THRESH_BINARY_INV)[1]
    faint = _without_shades(np.asarray(faint, dtype=np.uint8), gray, scale)
    # A single grey point is grain of the paper; a stroke is two points thick at least after its blur.
    faint = cv2.morphologyEx(faint, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    more = cv2.countNonZero(faint) - cv2.countNonZero(ink)
    if more <= 0 or more > NOISE_SHARE * ink.size:
        return ink
    across, down = (2 * round(reach * scale) + 1 for reach in REACH)
    near = cv2.dilate(cv2.dilate(ink, np.ones((1, across), np.uint8)), np.ones((down, 1), np.uint8))
    halo = 2 * round(HALO * scale) + 1
    beside = cv2.dilate(rulings, np.ones((halo, halo), np.uint8))
    near = cv2.bitwise_and(near, cv2.bitwise_not(beside))
    edge = round(EDGE * scale)
    near[:edge] = near[-edge:] = near[:, :edge] = near[:, -edge:] = 0
    return np.asarray(cv2.bitwise_or(ink, cv2.bitwise_and(faint, near)), dtype=np.uint8)


def _without_shades(faint: Ink, gray: Gray, scale: float) -> Ink:
    """Give the faint points without those that are no darker than the shade they lie in, but for its grain."""
    paper = cv2.morphologyEx(shrink(gray, 1 / scale), cv2.MORPH_CLOSE, np.ones((STROKE, STROKE), np.uint8))
    shade = cv2.threshold(paper, 255 * SHADE, 255, cv2.THRESH_BINARY_INV)[1]
    shade = cv2.morphologyEx(shade, cv2.MORPH_OPEN, np.ones(SMALLEST, np.uint8))
    contours, _ = cv2.findContours(shade, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        x, y, wide, high = cv2.boundingRect(contour)
        left, top, right, bottom = (round(value * scale) for value in (x, y, x + wide, y + high))
        part = gray[top:bottom, left:right]
        own = np.ascontiguousarray(paper[y : y + high, x : x + wide])
        tone = cv2.resize(own, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)
        faint[top:bottom, left:right][part >= FAINT_TONE * tone] = 0
    return faint
