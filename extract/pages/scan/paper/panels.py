"""Dark panels of a straightened page, on which light text stands: turned into dark text on paper within a ruled box.

Headings are set so by word processors' table styles. What is light in a panel is text or a light line between cells; what
is thicker than any stroke is damage of a bad copy.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.picture import BORDER, INK_TONE, Gray, Ink, shrink

PIXELS = 2.1
"""Pixels a point that are enough to find panels."""

BAND = (12.0, 1.4)
"""Above and below its text a panel is dark over at least this width and height (points); no character is, and few rulings."""

TALLEST, GAP = 18.0, 3.0
"""Light text up to this height (points), and light lines up to this width, part no panel."""

LEAST = (28.0, 9.0)
"""Width and height (points) of the smallest panel; a bold character of a title is less wide."""

RING, RING_SHARE = 1.5, 0.6
"""So far inside its edge (points) a panel is dark on at least this share all round: the edge of bold characters is not."""

FULL, DARK = 0.85, 0.5
"""A panel fills its box up to this share, and at least this share of it is dark, between the strokes of its text too."""

LIGHT = (0.01, 0.45)
"""The share of a panel that is light; less is no text, and more is no panel."""

CONTRAST = 50
"""Text on a panel is lighter than it by at least this much (of 255)."""

THICK, RAGGED = 3.2, 0.8
"""Light this thick both ways (points) is damage and no stroke, with what is so near (points) to it."""

SCRAP = 4.0
"""What is left beside damage and is no longer than this (points) belongs to it."""

BLOB, LARGEST, SOLID_SHARE = 2.2, 4.0, 0.6
"""Light between these widths and heights (points) that fills this share of its box is a spot; the dot of ・ is smaller."""

APART, LOWEST = 2.4, 5.0
"""Pieces of one name are no farther apart (points), and what is left of a name no lower and no narrower (points)."""

OUTLINE = 0.8
"""Thickness (points) of the box that stands for the edges of a panel."""

EDGE = 1.0
"""So near (points) its edge a panel is not looked at for text."""

LEVEL, BITE = 2.5, 14.0
"""Panels whose edges differ by no more than this (points) in height are one that was bitten through, so wide at the most."""


WINDOW, BITTEN, CLEAR = 20.0, 0.35, 0.15
"""Where a panel is more damage than panel it goes on as long as at least this share of each stretch of so many points is dark, and
no more than this share above and below it: lines of text are lighter, and have others above or below."""


WHOLE = 0.97
"""Nothing is bitten from a stretch of which this share is dark, its text filled in."""


class _Place(NamedTuple):
    left: int
    top: int
    right: int
    bottom: int


def has_dark_areas(gray: Gray, scale: float) -> bool:
    """Say at little cost whether there may be panels on a page."""
    small = shrink(gray, 1 / scale)
    dark = (small < INK_TONE * _paper(small)).astype(np.uint8)
    width, height = LEAST
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2, round(BAND[0] / 2)), np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((round(TALLEST), 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    return any(w >= width and h >= height - 2 for _, _, w, h, _ in stats[1:])


def invert_panels(gray: Gray, raw: Gray, scale: float) -> Gray:
    """Give the straightened picture ``gray`` with its panels dark on light, as ``raw`` has them (before its tone was evened)."""
    paper = _paper(raw)
    turned = gray
    for place in _find_panels(raw, paper, scale):
        part = raw[place.top : place.bottom, place.left : place.right]
        text = _inverted(part, paper, scale)
        if text is None:
            continue
        if turned is gray:
            turned = gray.copy()
        margin = round(scale)
        outer = _grown(place, margin, gray)
        turned[outer.top : outer.bottom, outer.left : outer.right] = 255
        turned[place.top : place.bottom, place.left : place.right] = text
        cv2.rectangle(
            turned,
            (place.left, place.top),
            (place.right - 1, place.bottom - 1),
            (0,),
            max(1, round(OUTLINE * scale)),
        )
    return turned


def _grown(place: _Place, margin: int, gray: Gray) -> _Place:
    height, width = gray.shape
    return _Place(
        max(0, place.left - margin),
        max(0, place.top - margin),
        min(width, place.right + margin),
        min(height, place.bottom + margin),
    )


def _paper(gray: NDArray[np.uint8]) -> float:
    return float(np.percentile(gray[::7, ::7], 90))


def _find_panels(raw: Gray, paper: float, scale: float) -> list[_Place]:
    """Give the places of dark rectangles inside the page, in pixels."""
    ratio = min(1.0, PIXELS / scale)
    small = cv2.resize(raw, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    per_point = scale * ratio
    dark = (small < INK_TONE * paper).astype(np.uint8)
    band = np.ones((max(2, round(BAND[1] * per_point)), round(BAND[0] * per_point)), np.uint8)
    area = cv2.morphologyEx(dark, cv2.MORPH_OPEN, band)
    area = cv2.morphologyEx(area, cv2.MORPH_CLOSE, np.ones((round(TALLEST * per_point), 1), np.uint8))
    area = cv2.morphologyEx(area, cv2.MORPH_CLOSE, np.ones((1, round(GAP * per_point)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(area, connectivity=4)
    rows, columns = area.shape
    edge = BORDER * per_point
    places = []
    for x, y, width, height, _ in (tuple(int(v) for v in entry) for entry in stats[1:]):
        if width < LEAST[0] * per_point or height < LEAST[1] * per_point:
            continue
        if x <= edge or y <= edge or x + width >= columns - edge or y + height >= rows - edge:
            continue
        whole = _Place(x, y, x + width, y + height)
        found = next(
            (
                part
                for part in (whole, _fullest(whole, area, per_point))
                if _is_full(part, dark, area, per_point)
            ),
            None,
        )
        if found is not None:
            places.append(_Place(*(round(v / ratio) for v in found)))
    places = [_extended(place, dark, ratio, per_point) for place in _joined(places, scale)]
    return _joined(places, scale)


def _is_full(place: _Place, dark: Ink, area: Ink, per_point: float) -> bool:
    """Say whether a place is dark all over and all round, but for its text; ``area`` has the darkness between it filled in."""
    left, top, right, bottom = place
    if right - left < LEAST[0] * per_point:
        return False
    ring = round(RING * per_point)
    around = dark[top + 1 : bottom - 1, left + 1 : right - 1].astype(bool)
    middle = around[ring:-ring, ring:-ring]
    at_edge = (np.count_nonzero(around) - np.count_nonzero(middle)) / max(1, around.size - middle.size)
    share = float(dark[top:bottom, left:right].mean())
    filled = float(area[top:bottom, left:right].mean())
    return bool(filled >= FULL and share >= DARK and at_edge >= RING_SHARE)


def _fullest(place: _Place, area: Ink, per_point: float) -> _Place:
    """Give the longest stretch of a place that nothing was bitten from; one without width where there is none."""
    left, top, right, bottom = place
    window = round(WINDOW * per_point)
    filled = cv2.blur(area[top:bottom, left:right].mean(axis=0).reshape(1, -1), (window, 1))[0] >= WHOLE
    ends = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    start, stop = max(ends.reshape(-1, 2).tolist(), key=lambda run: run[1] - run[0], default=(0, 0))
    return _Place(left + start, top, left + stop, bottom)


def _extended(place: _Place, dark: Ink, ratio: float, per_point: float) -> _Place:
    """Give a panel with what goes on beside it, more bitten than dark: ``dark`` is of a picture ``ratio`` as large."""
    left, top, right, bottom = (round(value * ratio) for value in place)
    window = round(WINDOW * per_point)
    edge = round(BORDER * per_point)
    beside = round(LEVEL * per_point)
    columns = dark.shape[1]
    strip = dark[top:bottom].mean(axis=0)
    outside = np.vstack(
        (dark[max(0, top - 2 * beside) : top - beside], dark[bottom + beside : bottom + 2 * beside])
    )
    over = outside.mean(axis=0) if outside.size else np.zeros(columns)
    for step in (window, window // 4):
        while right + step < columns - edge and _goes_on(strip, over, right, right + step):
            right += step
        while left - step > edge and _goes_on(strip, over, left - step, left):
            left -= step
    inked = np.flatnonzero(strip[left:right] >= DARK)
    if len(inked):
        left, right = left + int(inked[0]), left + int(inked[-1]) + 1
    return _Place(
        min(place.left, round(left / ratio)), place.top, max(place.right, round(right / ratio)), place.bottom
    )


def _goes_on(strip: NDArray[np.float64], over: NDArray[np.float64], start: int, end: int) -> bool:
    """Say whether a stretch beside a panel is dark enough for it, and light above and below."""
    return bool(strip[start:end].mean() >= BITTEN and over[start:end].mean() <= CLEAR)


def _joined(places: list[_Place], scale: float) -> list[_Place]:
    """Give the places with those in one that a bite out of a panel has parted."""
    joined: list[_Place] = []
    for place in sorted(places):
        for index, other in enumerate(joined):
            is_level = max(abs(place.top - other.top), abs(place.bottom - other.bottom)) <= LEVEL * scale
            if is_level and place.left - other.right <= BITE * scale:
                top, bottom = min(place.top, other.top), max(place.bottom, other.bottom)
                joined[index] = _Place(other.left, top, max(place.right, other.right), bottom)
                break
        else:
            joined.append(place)
    return joined


def _inverted(part: Gray, paper: float, scale: float) -> Gray | None:
    """Give a panel as dark text on white; None where there is none on it."""
    dark = part[part < INK_TONE * paper]
    if not dark.size:
        return None
    tone = float(np.median(dark))
    light = (part > (tone + paper) / 2).astype(np.uint8)
    # The place is known to a pixel of the smaller picture: at its edge there may be paper.
    edge = round(EDGE * scale)
    inner = (slice(edge, -edge), slice(edge, -edge))
    darker = float((part[inner] < tone - CONTRAST).mean())
    share = float(light[inner].mean())
    if paper - tone < CONTRAST or not LIGHT[0] <= share <= LIGHT[1] or darker > share / 2:
        return None
    span = (part.astype(np.float32) - tone) / (paper - tone)
    text = np.asarray(255 - 255 * np.clip(span, 0.0, 1.0), dtype=np.uint8)
    damage = _damage(light, scale)
    text[damage > 0] = 255
    return _without_scraps(text, scale) if damage.any() else text


def _without_scraps(text: Gray, scale: float) -> Gray:
    """Give the text of a damaged panel without what stands alone and is too small or too full for a character."""
    ink = (text < 255 * INK_TONE).astype(np.uint8)
    side = 2 * round(APART / 2 * scale) + 1
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(ink, np.ones((side, side), np.uint8)), connectivity=8
    )
    filled = np.bincount(labels.ravel(), weights=ink.ravel(), minlength=len(stats))
    width, height = stats[:, 2] - (side - 1), stats[:, 3] - (side - 1)
    is_scrap = np.minimum(width, height) < LOWEST * scale
    is_blot = np.maximum(width, height) < 2 * LOWEST * scale
    is_scrap |= is_blot & (filled > SOLID_SHARE * np.maximum(1, width * height))
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_long = np.maximum(sizes[:, 2], sizes[:, 3]) >= LOWEST * scale
    is_long[0] = False
    is_scrap[np.setdiff1d(labels, labels[is_long[pieces]])] = True
    is_scrap[0] = False
    text[is_scrap[labels]] = 255
    return text


def _damage(light: Ink, scale: float) -> Ink:
    """Give the light spots of a panel that are too thick for strokes, and with the ragged edge that surrounds them."""
    side = max(3, round(THICK * scale))
    core = cv2.morphologyEx(light, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    reach = 2 * round(RAGGED * scale) + 1
    near = cv2.dilate(core, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    left = cv2.bitwise_and(light, cv2.bitwise_not(near * 255))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(left, connectivity=8)
    beside = np.zeros(len(stats), dtype=bool)
    beside[labels[cv2.dilate(near, np.ones((3, 3), np.uint8)) > 0]] = True
    width, height, filled = stats[:, 2], stats[:, 3], stats[:, 4]
    is_scrap = beside & (np.maximum(width, height) < SCRAP * scale)
    is_blob = (np.minimum(width, height) >= BLOB * scale) & (np.maximum(width, height) <= LARGEST * scale)
    is_blob &= filled >= SOLID_SHARE * width * height
    found = is_scrap | is_blob
    found[0] = False
    return np.asarray(cv2.bitwise_or(near, found[labels].astype(np.uint8)), dtype=np.uint8)
