"""Boxes and one-dimensional clustering; pure.

The one coordinate space of the project: PDF points (1/72 inch), origin at the top left of the upright page,
x to the right, y down. A box is ``(x0, y0, x1, y1)`` with ``x0 <= x1`` and ``y0 <= y1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]


def box_union(boxes: Iterable[Box]) -> Box:
    """Give the smallest box that holds all of ``boxes`` (at least one)."""
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return (min(x0s), min(y0s), max(x1s), max(y1s))


def box_rounded(box: Box) -> Box:
    """Give the box with its coordinates rounded to 0.01 pt, far below what a printer resolves."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def box_centre(box: Box) -> tuple[float, float]:
    """Give the centre ``(x, y)`` of a box."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def box_contains(box: Box, x: float, y: float) -> bool:
    """Say whether the point lies in the box, its border included."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """Give the length that the intervals ``[a0, a1]`` and ``[b0, b1]`` share; 0 when they do not meet."""
    return max(0.0, min(a1, b1) - max(a0, b0))


def cluster_positions(positions: Iterable[float], tolerance: float) -> list[list[float]]:
    """Group numbers whose sorted neighbours lie at most ``tolerance`` apart.

    Gives the groups in ascending order, each sorted; no number is lost.
    """
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][-1] <= tolerance:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def nearest_index(ascending: Sequence[float], value: float) -> int:
    """Give the index of the element of a non-empty ascending sequence that is nearest to ``value``."""
    return min(range(len(ascending)), key=lambda index: abs(ascending[index] - value))
