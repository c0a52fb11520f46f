"""Ink of a scanned page -> Rulings, by opening with long thin kernels, and the ink without them.

Opening keeps what a long thin bar fits into (J. Serra, Image Analysis and Mathematical Morphology, 1982), so characters
vanish and rulings stay, whatever touches them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Ruling
from extract.pages.scan.paper.components import find_components
from extract.pages.scan.paper.picture import Gray, Ink, pooled, transposed
from extract.pages.scan.rulings.dotted import find_chains
from extract.pages.scan.rulings.in_line import without_characters
from extract.pages.scan.rulings.light.filling import find_light
from extract.pages.scan.rulings.light.leaders import without_leaders
from extract.pages.scan.rulings.mending import mend_lines
from extract.pages.scan.rulings.parting import part_tables
from extract.pages.scan.rulings.rejoining import join_frames, rejoin_tables
from extract.pages.scan.rulings.spurious import without_spurious
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import Axis, Group, complete_rulings, group_rulings, has_holes
from extract.pages.scan.rulings.worn.bare_frames import is_worn_frame
from extract.pages.scan.rulings.worn.lattice import settle_lattice

KERNEL = 16.0
"""Length of the opening bar in points: longer than the bar of 一 in a heading, shorter than a low table row is wide."""

WOBBLE = 0.35
"""Half the thickness in points that is added before opening, so that a thin line survives its steps and curves."""

BREAK = 1.2
"""Gaps up to this in points along a ruling are closed before opening."""

THICKEST = 4.0
"""No ruling is thicker than this in points."""

SAME_LINE = 1.3
"""Pieces whose positions differ by at most this in points lie on one ruling, where their ends come near each other."""

JOIN = 7.0
"""Gaps up to this in points between pieces of a ruling are damage: the lowest table row is higher."""

TOUCH = 4.0
"""A ruling that ends this near (points) another one across it reaches it."""

LONE = 40.0
"""A horizontal ruling shorter than this in points that meets none at either of its ends is the bar of 一 or ー, or a dash."""

LONE_VERTICAL = 60.0
"""A vertical one shorter than this that meets none at both ends is a bracket of several lines."""

EDGE = 5.0
"""Lines this near (points) the edge of the picture are the edge of the paper or of a shadow."""


CERTAIN = 60.0
"""A line this long (points) is no row of characters."""

STROKE, FEET = 2.2, 0.15
"""A shorter one is a row of feet where strokes this long (points) stand on at least this share of it."""

HIGHER, THROUGH = 16.0, 0.8
"""What goes on for this much (points) more, with gaps, is no stroke of a character."""

BOLD, MOST_BOLD = 1.5, 150.0
"""So thick (points) is a line through bold type as well, which may be this long (points)."""

SHORT = 4.0
"""Strokes of this length (points) on the track of a ruling are pieces of it."""

TALL = 3.5
"""A stroke this long (points) across a ruling is part of a character or of another ruling."""

MARGIN = 0.6
"""Ink this far (points) beside a ruling is still its own: ragged edges of 1-bit copies."""

PIXELS = 2.1
"""Pixels a point that are enough to find rulings; finer pictures are pooled to about this."""


Place: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""


class Ruled(NamedTuple):
    """The rulings in points, and the ink that is theirs (255), to be taken from the characters."""

    rulings: tuple[Ruling, ...]
    mask: Ink


class _Pieces(NamedTuple):
    """The pieces of rulings along one axis, each with its name and place in the labelled picture of that axis.

    ``straight`` holds the short strokes along the axis, ``tall`` those across it.
    """

    axis: Axis
    segments: list[Ruling]
    places: list[tuple[int, Place]]
    labels: NDArray[np.int32]
    straight: Straight
    tall: Ink


def ink_to_rulings(ink: Ink, scale: float, *, gray: Gray | None = None) -> Ruled:
    """Give the rulings of a straightened page and the mask of their ink.

    ``gray`` is the picture of that ink; with it rulings are found that are too light or too fine to be ink.
    """
    full, full_scale = ink, scale
    factor = max(1, round(scale / PIXELS))
    if factor > 1:
        ink, scale = pooled(ink, factor), scale / factor
    rows = _pieces_along("horizontal", ink, scale)
    columns = _pieces_along("vertical", transposed(ink), scale)
    flat = without_leaders(_join(rows.segments), columns.segments, rows.straight)
    joined = (flat, _join(columns.segments))
    faint = None
    if gray is not None:
        light = find_light(gray, full, joined, (rows.straight, columns.straight), full_scale)
        for pieces, strokes in zip((rows, columns), light.strokes, strict=True):
            _draw(pieces.straight, strokes)
        joined = (_join([*joined[0], *light.rulings[0]]), _join([*joined[1], *light.rulings[1]]))
        faint = light.faint
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    groups = [_plausible(group, rows.straight, columns.straight) for group in group_rulings(*joined)]
    groups = mend_lines(rejoin_tables(join_frames(groups), columns.straight), rows.straight, columns.straight)
    for part in (part for group in groups for part in part_tables(group, rows.straight, columns.straight)):
        completed = _complete(part, rows.straight, columns.straight)
        if faint is not None:
            completed = faint.without_unseen(completed, joined)
        flat, upright = _plausible(completed, rows.straight, columns.straight)
        horizontal += flat
        vertical += upright
    rulings = _connected(horizontal, vertical)
    mask = cv2.bitwise_or(_mask(rows, rulings, scale), transposed(_mask(columns, rulings, scale)))
    if factor > 1:
        mask = cv2.resize(mask, None, fx=factor, fy=factor, interpolation=cv2.INTER_NEAREST)
        mask = cv2.copyMakeBorder(
            mask, 0, full.shape[0] - mask.shape[0], 0, full.shape[1] - mask.shape[1], cv2.BORDER_CONSTANT
        )
    return Ruled(tuple(rulings), np.asarray(mask, dtype=np.uint8))


def _plausible(group: Group, rows: Straight, columns: Straight) -> Group:
    """Give the rulings of a table without those that characters make up."""
    flat, upright = group
    return without_spurious(flat, upright, rows), without_spurious(upright, flat, columns)


def _draw(straight: Straight, rulings: Sequence[Ruling]) -> None:
    """Draw rulings into the picture of the strokes that are left of such."""
    scale = straight.scale
    for ruling in rulings:
        row = round(ruling.position * scale)
        straight.short[
            max(0, row - 1) : row + 2, max(0, round(ruling.start * scale)) : round(ruling.end * scale)
        ] = 255


def _complete(group: Group, rows: Straight, columns: Straight) -> Group:
    """Give the rulings of a table with their lost stretches filled in."""
    is_worn = has_holes(group, rows, columns) or is_worn_frame(group)
    settled = settle_lattice(group, rows, columns) if is_worn else None
    if settled is not None:
        return settled
    flat, upright = group
    for with_borders in (False, True):
        flat = complete_rulings("horizontal", flat, upright, rows, with_borders=with_borders)
        upright = complete_rulings("vertical", upright, flat, columns, with_borders=with_borders)
    return flat, upright if is_worn else without_characters(upright, flat, columns)


def _mask(pieces: _Pieces, rulings: list[Ruling], scale: float) -> Ink:
    """Give the ink of the rulings along one axis: their pieces, and what is left of them between.

    A bar that was dropped stays a character, and so does a stroke that crosses the ruling.
    """
    own = [ruling for ruling in rulings if ruling.axis == pieces.axis]
    mask = np.zeros_like(pieces.tall)
    for segment, (name, (x, y, width, height)) in zip(pieces.segments, pieces.places, strict=True):
        if any(
            abs(r.position - segment.position) <= 2 * SAME_LINE
            and r.start - 1 <= segment.start
            and segment.end <= r.end + 1
            for r in own
        ):
            there = slice(y, y + height), slice(x, x + width)
            mask[there][pieces.labels[there] == name] = 255
    band = np.zeros_like(mask)
    for ruling in own:
        half = ruling.thickness / 2 + MARGIN
        top, bottom = round((ruling.position - half) * scale), round((ruling.position + half) * scale) + 1
        band[
            max(0, top) : bottom, max(0, round((ruling.start - 1) * scale)) : round((ruling.end + 1) * scale)
        ] = 255
    band = np.asarray(cv2.subtract(band, pieces.tall), dtype=np.uint8)
    return np.asarray(cv2.bitwise_or(mask, band), dtype=np.uint8)


def _pieces_along(axis: Axis, ink: Ink, scale: float) -> _Pieces:
    """Give the straight pieces that run along the rows of ``ink``."""
    wobble = 2 * round(WOBBLE * scale) + 1
    thick = cv2.dilate(ink, np.ones((wobble, 1), np.uint8))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, round(BREAK * scale)), np.uint8))
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(KERNEL * scale)), np.uint8))
    chains = find_chains(ink, scale)
    opened = cv2.bitwise_or(opened, chains.long)
    labels, stats, centres = find_components(np.asarray(opened, dtype=np.uint8), connectivity=8)
    segments: list[Ruling] = []
    places: list[tuple[int, Place]] = []
    height = ink.shape[0] / scale
    for index in range(1, len(stats)):
        x0, y0, width, tall, area = (int(value) for value in stats[index])
        thickness = max(area / width - wobble + 1, 1.0) / scale
        if thickness > THICKEST or tall > THICKEST * scale + wobble + width * 0.02:
            continue
        position = float(centres[index][1] + 0.5) / scale
        if not EDGE < position < height - EDGE:
            continue
        if not _is_thin(ink, (x0, y0, width, tall), scale):
            continue
        is_certain = width >= (CERTAIN if thickness < BOLD else MOST_BOLD) * scale
        if not is_certain and _is_row_of_feet(ink, (x0, y0, width, tall), scale):
            continue
        places.append((index, (x0, y0, width, tall)))
        segments.append(Ruling(axis, position, x0 / scale, (x0 + width) / scale, round(thickness, 2)))
    short = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(SHORT * scale)), np.uint8))
    short = cv2.bitwise_or(short, chains.short)
    tall = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(TALL * scale), 1), np.uint8))
    return _Pieces(
        axis,
        segments,
        places,
        labels,
        Straight(ink, np.asarray(short, dtype=np.uint8), scale),
        np.asarray(tall, dtype=np.uint8),
    )


def _is_thin(ink: Ink, place: Place, scale: float) -> bool:
    """Say whether there is paper along at least one side of a line: strokes of characters in a row make none."""
    x0, y0, width, tall = place
    reach = max(2, round(0.9 * scale))
    above = ink[max(0, y0 - reach) : max(0, y0 - 1), x0 : x0 + width]
    below = ink[y0 + tall + 1 : y0 + tall + reach, x0 : x0 + width]
    shares = [float(np.count_nonzero(side)) / side.size for side in (above, below) if side.size]
    return not shares or (min(shares) < 0.25 and sum(shares) / len(shares) < 0.45)


def _is_row_of_feet(ink: Ink, place: Place, scale: float) -> bool:
    """Say whether strokes rise from a line all along it, or hang from it: the feet of figures in a row, as 000 has them.

    What goes on for longer than a character is high is a ruling across it.
    """
    x0, y0, width, tall = place
    near, far = round(STROKE * scale), round(HIGHER * scale)
    middle, columns = y0 + tall // 2, slice(x0, x0 + width)
    sides = (ink[:middle, columns][::-1], ink[middle:, columns])
    reaches = (middle - y0 + near, y0 + tall + near - middle)
    shares = []
    for side, reach in zip(sides, reaches, strict=True):
        if len(side) >= reach:
            is_stroke = side[:reach].all(axis=0)
            is_ruling = np.count_nonzero(side[: reach + far], axis=0) >= THROUGH * (reach + far)
            shares.append(float((is_stroke & ~is_ruling).mean()))
    return max(shares, default=0.0) >= FEET


def _join(segments: list[Ruling]) -> list[Ruling]:
    """Give one ruling for the pieces that lie on one line one after another."""
    joined: list[Ruling] = []
    for segment in sorted(segments, key=lambda s: s.start):
        for index, other in enumerate(joined):
            near = abs(other.position - segment.position) <= SAME_LINE
            if near and segment.start - other.end <= JOIN:
                joined[index] = _union(other, segment)
                break
        else:
            joined.append(segment)
    return joined


def _union(first: Ruling, second: Ruling) -> Ruling:
    weights = (first.end - first.start, second.end - second.start)
    position = (first.position * weights[0] + second.position * weights[1]) / sum(weights)
    thickness = max(first.thickness, second.thickness)
    return Ruling(first.axis, position, first.start, max(first.end, second.end), thickness)


def _connected(horizontal: list[Ruling], vertical: list[Ruling]) -> list[Ruling]:
    """Give the rulings without lone bars, their ends drawn to the rulings they nearly reach."""
    kept = []
    for ruling, across, lone in (
        *((r, vertical, LONE) for r in horizontal),
        *((r, horizontal, LONE_VERTICAL) for r in vertical),
    ):
        met = [
            other.position
            for other in across
            if other.start - TOUCH <= ruling.position <= other.end + TOUCH
            and ruling.start - TOUCH <= other.position <= ruling.end + TOUCH
        ]
        reached = [any(abs(p - place) <= TOUCH for p in met) for place in (ruling.start, ruling.end)]
        if ruling.end - ruling.start < lone and not (
            all(reached) if ruling.axis == "horizontal" else any(reached)
        ):
            continue
        start = min((p for p in met if abs(p - ruling.start) <= TOUCH), default=ruling.start)
        end = max((p for p in met if abs(p - ruling.end) <= TOUCH), default=ruling.end)
        start, end = min(start, ruling.start), max(end, ruling.end)
        kept.append(
            Ruling(ruling.axis, round(ruling.position, 2), round(start, 2), round(end, 2), ruling.thickness)
        )
    return kept
