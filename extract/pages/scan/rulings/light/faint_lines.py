"""How dark the lines of a page are beside the paper, averaged over the width of a column: what a worn copy leaves of hairlines.

A piece of such a line as long as a character is lost in the noise of the paper. Characters are left out of the mean: a row of
them would be a line as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Gray, Ink, transposed
from extract.pages.scan.rulings.light.light_lines import Piece
from extract.pages.scan.rulings.tracks import Axis

STEP, ALONG = 4.0, 5
"""Tones are averaged over steps of about this length (points); a line is looked for over so many of them."""

BESIDE, FLANK = 1.3, 3.2
"""From and to this distance (points) beside a line the paper is looked at."""

HALO = 0.7
"""So far (points) beside ink its blur is seen."""

FREE = 0.3
"""A mean of less than this share of its points tells nothing: the rest is ink."""

FAINT = 3.0
"""A faint line is darker than the paper on both sides of it by this much (of 255) at least; the mean of the noise reaches 1."""

LEAST = 48.0
"""Least length (points) of what is no noise: two columns, or two high rows."""

SHADE = 10.0
"""What is darker than the paper of the page by this much (of 255) is shaded."""

WANDER = 0.5
"""A line wanders by this much (points) to either side."""

FOLLOWING, ASIDE = 120.0, 0.8
"""Pieces of one line follow one another so far apart along it and across it (points) at most."""

ENDS = 0.5
"""A line ends where it is this share as dark as elsewhere."""

BARE, BARE_TONE, UNEVEN = 0.2, -0.2, 0.1
"""Where rows of characters lie on one line, paper alone is seen on more than this share of it: it is no darker than this, or than
this share of the middle tone of the line."""

Tone: TypeAlias = NDArray[np.float32]


class Darkness(NamedTuple):
    """By how much each step of the rows of a picture is darker than the paper on both sides; what is ink is not a number.

    ``mean`` is averaged over several steps, ``steps`` is not; ``free`` is the share of a step that is no ink. A point has ``along``
    steps and ``scale`` rows.
    """

    steps: Tone
    mean: Tone
    free: Tone
    along: float
    scale: float

    def part(self, line: Piece, low: float, high: float) -> tuple[Tone, float]:
        """Give how dark a line is from step to step between two places (points), along the darkest of the rows next to it.

        The second value is the share of it that is no ink.
        """
        first, last = (max(0, round(place * self.along)) for place in (low, high))
        at = np.arange(first, min(last, self.steps.shape[1]))
        if not len(at):
            return np.empty(0, dtype=np.float32), 0.0
        place = line.position + line.slope * ((at + 0.5) / self.along - (line.start + line.end) / 2)
        rows = np.clip(
            np.floor(place * self.scale).astype(int) + np.array([[-1], [0], [1]]), 0, len(self.steps) - 1
        )
        seen = self.steps[rows, at]
        known = np.isfinite(seen)
        means = np.where(known, seen, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        best = int(means.argmax())
        return np.asarray(seen[best], dtype=np.float32), float(self.free[rows[best], at].mean())


def leave_out(ink: Ink, gray: Gray, scale: float) -> tuple[Gray, Gray]:
    """Give an evened picture without its ink and the blur of it (0 there), and where that is not (255)."""
    halo = 2 * round(HALO * scale) + 1
    free = cv2.bitwise_not(cv2.dilate(ink, np.ones((halo, halo), np.uint8)))
    return np.asarray(cv2.bitwise_and(gray, free), dtype=np.uint8), np.asarray(free, dtype=np.uint8)


def measure_darkness(paper: Gray, free: Gray, scale: float, axis: Axis) -> Darkness:
    """Give how dark the lines along an axis of a picture are, which ``leave_out`` gave, where it is ``free`` of ink."""
    halvings = max(0, round(np.log2(STEP * scale)))
    total, seen = (_halved(part, halvings, axis).astype(np.float32) for part in (paper, free))
    steps = _darker(total, seen, scale)
    mean = _darker(cv2.blur(total, (ALONG, 1)), cv2.blur(seen, (ALONG, 1)), scale)
    return Darkness(steps, mean, seen / np.float32(255), scale / (1 << halvings), scale)


def _halved(picture: Gray, times: int, axis: Axis) -> Gray:
    """Give the picture with the lines of an axis as its rows, and these halved so often.

    Half way between two points a linear mean is that of both, and is fast.
    """
    if axis == "horizontal":
        picture = picture[:, : picture.shape[1] >> times << times]
        for _ in range(times):
            size = (picture.shape[1] // 2, picture.shape[0])
            picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
        return picture
    picture = picture[: picture.shape[0] >> times << times]
    for _ in range(times):
        size = (picture.shape[1], picture.shape[0] // 2)
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    return transposed(picture)


def _darker(total: Tone, seen: Tone, scale: float) -> Tone:
    """Give by how much the mean tone of each step is darker than that of the paper on its darker side."""
    known = seen >= 255 * FREE
    if not known[::8].any():
        return np.full_like(total, np.nan)
    tone = np.asarray(cv2.copyTo(cv2.divide(total, seen, scale=255), known.view(np.uint8)), dtype=np.float32)
    near, far = round(BESIDE * scale), round(FLANK * scale)
    size = (far - near) | 1
    aside = near + size // 2
    points = cv2.blur(known.astype(np.float32), (1, size))
    mean = np.asarray(cv2.blur(tone, (1, size)) / np.maximum(points, 1e-6), dtype=np.float32)
    # Where the paper is not seen, or is shaded, there is no line: evening the tones of a page leaves edges within its shades.
    mean[(points < 0.5 / size) | (mean < np.median(tone[::8][known[::8]]) - SHADE)] = 0
    darker = -tone
    darker[aside:-aside] += np.minimum(mean[: -2 * aside], mean[2 * aside :])
    darker[~known] = np.nan
    return darker


def find_faint_lines(darkness: Darkness) -> list[Piece]:
    """Give the faint lines along the rows of a picture, however far the pieces lie apart in which they are seen."""
    wander = 2 * round(WANDER * darkness.scale) + 1
    lit = np.where(np.nan_to_num(darkness.mean) >= FAINT, 255, 0).astype(np.uint8)
    lit = cv2.dilate(lit, np.ones((wander, 1), np.uint8))
    lit = cv2.morphologyEx(lit, cv2.MORPH_OPEN, np.ones((1, round(LEAST * darkness.along)), np.uint8))
    if not lit.any():
        return []
    labels, stats, _ = find_components(np.asarray(lit, dtype=np.uint8), connectivity=8)
    groups: list[list[Piece]] = []
    pieces = (_to_piece(darkness, labels, index, stats[index]) for index in range(1, len(stats)))
    solid = [piece for piece in pieces if not is_bare(darkness.part(piece, piece.start, piece.end)[0])]
    for piece in sorted(solid, key=lambda piece: piece.start):
        for group in groups:
            middle = (group[-1].end + piece.start) / 2
            is_near = piece.start - group[-1].end <= FOLLOWING
            if is_near and abs(group[-1].at(middle) - piece.at(middle)) <= ASIDE:
                group.append(piece)
                break
        else:
            groups.append([piece])
    return [_join(group) for group in groups]


def is_bare(tones: Tone) -> bool:
    """Say whether paper is seen on a good deal of a line."""
    seen = tones[np.isfinite(tones)]
    if not len(seen):
        return False
    lightest, middle = (float(tone) for tone in np.quantile(seen, (BARE, 0.5)))
    return lightest < max(BARE_TONE, UNEVEN * middle)


def _to_piece(darkness: Darkness, labels: NDArray[np.int32], index: int, box: NDArray[np.int32]) -> Piece:
    x, y, width, height = (int(value) for value in box[:4])
    own = np.where(
        labels[y : y + height, x : x + width] == index, darkness.mean[y : y + height, x : x + width], 0
    )
    weight = np.maximum(np.nan_to_num(own), 0)
    total = weight.sum(axis=0)
    rows = (np.arange(height) @ weight) / np.maximum(total, 1e-6) + y + 0.5
    is_line = total >= ENDS * np.median(total)
    at = np.flatnonzero(is_line)
    slope, first = np.polyfit((x + at + 0.5) / darkness.along, rows[at] / darkness.scale, 1)
    start, end = (x + at[0]) / darkness.along, (x + at[-1] + 1) / darkness.along
    return Piece(float(first + slope * (start + end) / 2), float(start), float(end), float(slope))


def _join(pieces: Sequence[Piece]) -> Piece:
    """Give the straight line through the pieces of one line."""
    if len(pieces) == 1:
        return pieces[0]
    ends = [(place, piece.at(place)) for piece in pieces for place in (piece.start, piece.end)]
    weights = [piece.end - piece.start for piece in pieces for _ in range(2)]
    places, positions = np.array(ends).T
    slope, first = np.polyfit(places, positions, 1, w=np.array(weights))
    start, end = pieces[0].start, max(piece.end for piece in pieces)
    return Piece(float(first + slope * (start + end) / 2), start, end, float(slope))
