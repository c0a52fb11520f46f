"""Specks of a copied page -> white paper, so that none is read as a point, a comma or a dot of a character.

How large specks are is told by those that stand alone on empty paper. As small ink near print is a speck too, unless it
lies where marks lie: close to a stroke, on the foot of a line between characters, one above another.
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Ink, ScanPicture, pooled

CHARACTER = 3.0
"""Ink at least this large (points) in one direction is a character, a part of one, or a ruling."""

STROKE, THIN = 2.0, 0.35
"""Ink so long (points), of which the shorter side is at most this share of the longer, is a stroke of a broken figure: specks are round."""

ALONE = 8.0
"""Small ink farther than this (points) from characters is a speck."""

ROUGH = 1.0
"""A quick look at half the size may be so much (points) amiss."""

MANY = 15
"""A page with fewer such specks is clean, and nothing is taken from it."""

MOST = 0.995
"""Specks are as large as this share of those that stand alone; the rest are blots and bullets."""

FEW = 14
"""Among few of them the largest are the middle dots of a list or the dots of a torn character, and are left out."""

LARGEST = 2.0
"""No speck is larger than this (square points): so large is the middle dot of 10 pt type."""

TOUCHING = 0.9
"""Ink this near (points) a character is its own: dakuten, the dots of 心."""

BROKEN = 2.6
"""Likewise in a character as wide as a kanji, whose strokes may be broken into such bits."""

WIDE, USUAL_EM = 6.0, 10.5
"""Figures are narrower than this (points) in type of this size; in smaller type so much less."""

SQUARE, UPPER, INK_OF_EM = 0.8, 80.0, 0.9
"""Ink of which the shorter side is this share of the longer is a kanji; this percentile of their sizes is that of a whole one,
which is this share of the em."""

FAINT_TONE, FAINTEST_TONE, NOISE = 0.86, 0.92, 4.0
"""A point darker than this share of the paper's tone may be a faint stroke; on even paper a lighter one may be, which is darker
than the paper by this many times its noise."""

SIGMA_BELOW = 0.16
"""So large a share of normal noise lies lower than its mean by more than its standard deviation."""

THINNEST, HIGHEST = 1.5, 24.0
"""What such points make is a character where it is at least so thick and at most so high (points): streaks are thinner or longer."""

FOOT = 1.3
"""A comma or a point begins or ends at most this far (points) from the foot of the characters beside it."""

IN_PIECES = 11.0
"""The pieces of one broken character lie within this (points)."""

ROOM = 2.5
"""The middle dot of a fullwidth em leaves at least this much (points) on both sides."""

BEFORE = 4.6
"""The character before a comma or a point ends at most this far from it (points)."""

REACH = 8.0
"""Characters farther from a mark than this (points) are not beside it."""

WIDE_REACH, COMMA = 13.0, 1.0
"""In a number of fullwidth figures printed wide apart the next one is so far; a comma there is at least so high (points)."""

PAIR = (1.5, 6.5)
"""The dots of a colon stand this far (points) one above the other."""

CHAIN = 7.0
"""Dots that have others of their row or column on both sides within this distance (points) are leaders or a dotted ruling."""

STRAIGHT = 0.8
"""Dots of one row differ by at most this (points)."""

STEP, EVEN = 2.5, 0.35
"""The dots of … stand about this far apart (points), all by the same step to within ``EVEN``."""

Boxes = NDArray[np.float64]
"""Left, top, right and bottom of pieces of ink, in points."""


class Cleaned(NamedTuple):
    """The picture without specks, and whether it had many."""

    picture: ScanPicture
    is_dirty: bool


def remove_specks(picture: ScanPicture) -> Cleaned:
    """Give a picture whose rulings were taken out already without its specks."""
    scale = picture.scale
    if not _may_be_dirty(picture.ink, scale):
        return Cleaned(picture, is_dirty=False)
    labels, stats, _ = find_components(picture.ink, connectivity=8)
    boxes = np.empty((len(stats), 4))
    boxes[:, :2] = stats[:, :2] / scale
    boxes[:, 2:] = boxes[:, :2] + stats[:, 2:4] / scale
    area = stats[:, cv2.CC_STAT_AREA] / (scale * scale)
    is_character = stats[:, 2:4].max(axis=1) >= CHARACTER * scale
    is_character[0] = False
    sides = np.sort(stats[:, 2:4], axis=1)
    is_stroke = (sides[:, 1] >= STROKE * scale) & (sides[:, 0] <= THIN * sides[:, 1])
    small = np.flatnonzero(~is_character & ~is_stroke & (area <= LARGEST))
    small = small[small > 0]
    # A worn character is one too where no piece of it is as large: such pieces would tell that dirt is as large as they are.
    is_joined, joined = _in_faint_characters(picture, labels, len(stats))
    distance = _distances(labels, stats, is_character | is_joined) / scale
    small = small[~_in_chain(boxes[small]) & ~is_joined[small]]
    alone = small[distance[small] > ALONE]
    if len(alone) < MANY:
        return Cleaned(picture, is_dirty=False)
    largest = float(np.quantile(area[alone], min(MOST, 1 - (FEW / len(alone)) ** 2))) + 1e-9
    specks = small[(area[small] <= largest) & (distance[small] > TOUCHING)]
    wide = WIDE * min(1.0, _type_size(stats[is_character]) / scale / USUAL_EM) * scale
    specks = specks[~_in_wide_characters(labels, stats, specks, distance, scale, wide=wide)]
    specks = specks[~_are_marks(boxes[specks], np.concatenate([boxes[is_character], joined]))]
    gone = np.zeros(len(stats), dtype=np.uint8)
    gone[specks] = 255
    mask = np.asarray(gone[labels], dtype=np.uint8)
    gray = cv2.max(picture.gray, cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    ink = cv2.bitwise_and(picture.ink, cv2.bitwise_not(mask))
    cleaned = ScanPicture(np.asarray(gray, dtype=np.uint8), np.asarray(ink, dtype=np.uint8), scale)
    return Cleaned(cleaned, is_dirty=True)


def _may_be_dirty(ink: Ink, scale: float) -> bool:
    """Say at a quarter of the cost whether there may be many specks that stand alone; at half the size some run into others."""
    labels, stats, _ = find_components(pooled(ink, 2), connectivity=8)
    is_character = stats[:, 2:4].max(axis=1) >= CHARACTER * scale / 2 + 1
    is_character[0] = False
    small = np.flatnonzero(~is_character)[1:]
    reach = (ALONE - ROUGH) * scale / 2
    alone = (piece for piece in small if _is_alone(labels, stats[piece], is_character, reach))
    return sum(1 for _ in islice(alone, MANY // 2)) == MANY // 2


def _is_alone(
    labels: NDArray[np.int32], box: NDArray[np.int32], is_character: NDArray[np.bool_], reach: float
) -> bool:
    """Say whether no character lies within ``reach`` pixels of the middle of a piece."""
    x, y = int(box[0] + box[2] // 2), int(box[1] + box[3] // 2)
    left, top = max(0, x - int(reach)), max(0, y - int(reach))
    near = is_character[labels[top : y + int(reach) + 1, left : x + int(reach) + 1]]
    rows, columns = np.nonzero(near)
    return bool(((rows + top - y) ** 2 + (columns + left - x) ** 2 > reach * reach).all())


def _type_size(stats: NDArray[np.int32]) -> float:
    """Give the em in pixels of the characters of a page, as the square ones tell it."""
    sides = stats[:, 2:4]
    square = sides[sides.min(axis=1) >= SQUARE * sides.max(axis=1)].max(axis=1)
    return float(np.percentile(square, UPPER)) / INK_OF_EM if len(square) else np.inf


def _distances(
    labels: NDArray[np.int32], stats: NDArray[np.int32], is_character: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Give how far the middle of each piece lies from the nearest character, in pixels."""
    paper = np.where(is_character, 0, 255).astype(np.uint8)[labels]
    field = cv2.distanceTransform(paper, cv2.DIST_L2, 3)
    rows, columns = field.shape
    x = np.clip(stats[:, 0] + stats[:, 2] // 2, 0, columns - 1)
    y = np.clip(stats[:, 1] + stats[:, 3] // 2, 0, rows - 1)
    return np.asarray(field[y, x], dtype=np.float64)


def _in_wide_characters(
    labels: NDArray[np.int32],
    stats: NDArray[np.int32],
    pieces: NDArray[np.intp],
    distance: NDArray[np.float64],
    scale: float,
    *,
    wide: float,
) -> NDArray[np.bool_]:
    """Say of each small piece whether it is near ink that together is ``wide`` and as high (pixels): a kanji."""
    shown = np.full(len(stats), 255, dtype=np.uint8)
    shown[0] = 0
    shown[pieces[distance[pieces] > BROKEN]] = 0
    side = round(BROKEN * scale) | 1
    grown = cv2.dilate(shown[labels], np.ones((side, side), np.uint8))
    groups, boxes, _ = find_components(np.asarray(grown, dtype=np.uint8), connectivity=4)
    x = stats[pieces, 0] + stats[pieces, 2] // 2
    y = stats[pieces, 1] + stats[pieces, 3] // 2
    names = groups[np.clip(y, 0, groups.shape[0] - 1), np.clip(x, 0, groups.shape[1] - 1)]
    sizes = boxes[names, 2:4].min(axis=1) - (side - 1)
    return np.asarray((names > 0) & (sizes >= wide) & (distance[pieces] <= BROKEN), dtype=bool)


def _in_faint_characters(
    picture: ScanPicture, labels: NDArray[np.int32], count: int
) -> tuple[NDArray[np.bool_], Boxes]:
    """Say of each of so many pieces whether grey strokes, too faint to be ink, join it to a character; and where those stand."""
    scale = picture.scale
    faint = cv2.threshold(picture.gray, _faint_tone(picture), 255, cv2.THRESH_BINARY_INV)[1]
    groups, stats, _ = find_components(np.asarray(faint, dtype=np.uint8), connectivity=8)
    sides = np.sort(stats[:, 2:4], axis=1)
    is_character = (sides[:, 1] >= CHARACTER * scale) & (sides[:, 0] >= THINNEST * scale)
    is_character &= stats[:, cv2.CC_STAT_HEIGHT] <= HIGHEST * scale
    is_character[0] = False
    is_joined = np.zeros(count, dtype=bool)
    is_joined[labels[is_character[groups]]] = True
    is_joined[0] = False
    boxes = stats[is_character, :4] / scale
    boxes[:, 2:] += boxes[:, :2]
    return is_joined, boxes


def _faint_tone(picture: ScanPicture) -> float:
    """Give the tone of the faintest strokes that can be told from the noise of the paper."""
    shares = np.cumsum(cv2.calcHist([picture.gray], [0], None, [256], [0, 256]).ravel()) / picture.gray.size
    middle, dark = (int(np.searchsorted(shares, share)) for share in (0.5, SIGMA_BELOW))
    if middle == dark:
        return 255 * FAINT_TONE
    return float(np.clip(middle - NOISE * (middle - dark), 255 * FAINT_TONE, 255 * FAINTEST_TONE))


def _in_chain(boxes: Boxes) -> NDArray[np.bool_]:
    """Say of each small piece whether others stand on both sides of it in its row, or in its column."""
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    found = np.zeros(len(boxes), dtype=bool)
    order = np.argsort(middles[:, 0])
    xs = middles[order, 0]
    for place, index in enumerate(order):
        near = order[np.searchsorted(xs, xs[place] - CHAIN) : np.searchsorted(xs, xs[place] + CHAIN, "right")]
        step = middles[near] - middles[index]
        for along, across in ((0, 1), (1, 0)):
            row = step[np.abs(step[:, across]) <= STRAIGHT, along]
            if ((row < -STRAIGHT) & (row >= -CHAIN)).any() and ((row > STRAIGHT) & (row <= CHAIN)).any():
                found[index] = True
            # The ends of a chain of equal steps, the shortest of which is ….
            beside = near[np.abs(step[:, across]) <= STRAIGHT]
            for one, other in ((-1, 1), (1, -1)):
                first = np.abs(row * one - STEP) <= STEP - STRAIGHT
                if any((np.abs(row * other - length) <= EVEN).any() for length in row[first] * one):
                    found[beside[first]] = True
    return found


def _are_marks(specks: Boxes, characters: Boxes) -> NDArray[np.bool_]:
    """Say of each small piece whether it lies where a comma, a point, a colon or a middle dot lies."""
    marks = np.zeros(len(specks), dtype=bool)
    middles = (specks[:, :2] + specks[:, 2:]) / 2
    for index, (x0, y0, x1, y1) in enumerate(specks):
        line = characters[(characters[:, 1] < y1 + FOOT) & (characters[:, 3] > y0 - FOOT)]
        before = line[(line[:, 2] <= x0 + STRAIGHT) & (line[:, 2] >= x0 - REACH)]
        reach = WIDE_REACH if y1 - y0 >= COMMA else REACH
        behind = line[(line[:, 0] >= x1 - STRAIGHT) & (line[:, 0] <= x1 + reach)]
        if not (len(before) and len(behind)):
            continue
        foot, gap = float(before[:, 3].max()), x0 - float(before[:, 2].max())
        step = np.abs(middles - middles[index])
        is_pair = (step[:, 0] <= STRAIGHT) & (step[:, 1] >= PAIR[0]) & (step[:, 1] <= PAIR[1])
        marks[index] = (
            bool(is_pair.any())
            or (y0 <= foot + FOOT and y1 >= foot - FOOT and gap <= BEFORE)
            or _is_between(specks[index], before, behind)
        )
    return marks


def _is_between(dot: NDArray[np.float64], before: Boxes, behind: Boxes) -> bool:
    """Say whether a dot stands in the middle between two wide characters: between figures it would be dirt."""
    left, right = before[before[:, 2].argmax()], behind[behind[:, 0].argmin()]
    gaps = (dot[0] - left[2], right[0] - dot[2])
    if min(left[2] - left[0], right[2] - right[0]) < WIDE and not (
        # Characters may be in pieces (市); no two figures leave a dot such room.
        min(gaps) >= ROOM
        and _are_wide(before[before[:, 0] >= left[2] - IN_PIECES])
        and _are_wide(behind[behind[:, 2] <= right[0] + IN_PIECES])
    ):
        return False
    middle = (min(left[1], right[1]) + max(left[3], right[3])) / 2
    is_level = abs((dot[1] + dot[3]) / 2 - middle) <= FOOT
    return bool(is_level and abs(gaps[0] - gaps[1]) <= FOOT)


def _are_wide(pieces: Boxes) -> bool:
    """Say whether pieces that stand together are of a character wider than a figure."""
    if not len(pieces):
        return False
    width = float(pieces[:, 2].max() - pieces[:, 0].min())
    return width >= WIDE or (len(pieces) > 1 and width >= CHARACTER)
