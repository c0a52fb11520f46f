"""Lines set so tight that their ink touches -> where one ends and the next begins, from the size of single characters."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

SQUARE = 0.7
"""Ink that hangs together is a character where its shorter side is at least this share of the longer; joined ones are not."""

LOWEST = 4.0
"""Smaller ink (points) is a dot, a mark or a part of a character."""

LEAST_CHARACTERS = 5
"""So many characters tell the size of the type."""

UPPER = 80.0
"""Percentile of the sizes of characters that is that of a whole kanji: kana and parts of kanji are smaller."""

INK_OF_EM = 0.9
"""Size of the ink of a whole kanji, in ems."""

STACKED = 1.55
"""Ink higher than this many ems holds more than one line."""

SEARCHED = 0.25
"""The row between two lines is looked for this far (ems) above and below where even lines would part."""

THINNED = 0.6
"""Between two lines there is at most this share of the ink of a usual row."""


SLIVER = 0.25
"""Ink at a cut that is lower than this share of the line was the neighbour's."""


ONE_WIDE = (0.75, 1.15)
"""Ink so wide (ems of the page) and higher than a line is a column of single characters, as in a side heading."""


def lines_in(own: NDArray[np.bool_], pixels: float, *, page_em: float | None = None) -> int:
    """Give how many lines stand in a piece of ink (``pixels`` a point), as its characters say; 1 where they do not say.

    ``page_em`` is that of the page in pixels, for columns of too few characters to say it.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(own.astype(np.uint8), connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(widths, heights), np.minimum(widths, heights)
    sizes = longer[(shorter >= SQUARE * longer) & (longer >= LOWEST * pixels)]
    filled = np.flatnonzero(own.any(axis=0))
    height, width = own.shape[0], int(filled[-1] - filled[0]) + 1 if len(filled) else 0
    if len(sizes) >= LEAST_CHARACTERS:
        em = float(np.percentile(sizes, UPPER)) / INK_OF_EM
    elif page_em is not None and ONE_WIDE[0] * page_em <= width <= ONE_WIDE[1] * page_em:
        em = page_em
    else:
        return 1
    return 1 if height <= STACKED * em else 1 + round((height - INK_OF_EM * em) / em)


def part_touching(
    own: NDArray[np.bool_], pixels: float, *, page_em: float | None = None
) -> list[tuple[int, int]]:
    """Give the rows (top, bottom) of the lines in a piece of ink: it is cut where the least ink is, once for each line.

    It stays whole where a row between two lines would be as full as the others: then it is no text in lines.
    """
    height = own.shape[0]
    count = lines_in(own, pixels, page_em=page_em)
    if count == 1:
        return [(0, height)]
    profile = own.sum(axis=1).astype(np.float64)
    usual = float(np.median(profile))
    pitch = height / count
    reach = max(1, round(SEARCHED * pitch))
    cuts = [0]
    for index in range(1, count):
        place = round(index * pitch)
        low = max(cuts[-1] + 1, place - reach)
        stretch = profile[low : place + reach + 1]
        least = np.flatnonzero(stretch == stretch.min())
        cut = low + int(least[len(least) // 2])
        if profile[cut] > THINNED * usual:
            return [(0, height)]
        cuts.append(cut)
    return list(pairwise([*cuts, height]))


def sides_of_line(part: NDArray[np.bool_]) -> tuple[int, int]:
    """Give left and right of a line that was cut from touching ones, without what is left of its neighbours beside it."""
    height = part.shape[0]
    _, _, stats, _ = cv2.connectedComponentsWithStats(part.astype(np.uint8), connectivity=8)
    tops, heights = stats[1:, cv2.CC_STAT_TOP], stats[1:, cv2.CC_STAT_HEIGHT]
    at_cut = (tops == 0) | (tops + heights == height)
    own = stats[1:][~at_cut | (heights >= SLIVER * height)]
    if not len(own):
        return 0, part.shape[1]
    lefts = own[:, cv2.CC_STAT_LEFT]
    return int(lefts.min()), int((lefts + own[:, cv2.CC_STAT_WIDTH]).max())
