"""㎡ behind numbers, which a recogniser reads m or ml: told by its ink, which rises at its right to the top of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.lines.unread import ink_of

SQUARE = "㎡"

METRES = frozenset("mｍ")

TWO, THREE = frozenset("2２²"), frozenset("3３³")

RAISED = TWO | frozenset("lｌ1１I|'`")
"""What a small raised 2 is read as."""

LOW, HIGH = 0.82, 0.88
"""An m is lower than this share of the figures; a raised 2 comes up to more than this."""

PARTS = (0.5, 0.65)
"""The m alone stands in the first of these shares of the room, the 2 behind the second."""

LEAST_INK = 0.03
"""Ink of a raised 2, as a share of the square of the height of figures; a speck has less."""

UNSURE, SURE = 0.6, 0.97
"""Probability of ㎡ at the most: of one alone, which dirt may have made, and where several on a page say the same."""

LEAST_ALIKE, RIVAL = 3, 20.0
"""So many alike on a page are no dirt; then 2 must have been thought of so many times as much as 3, which makes ㎥."""

SAME_END = 0.6
"""Units of one column end at the same place, to this (ems): a lost 2 takes its width with it."""

LEAST_SEEN = 0.5
"""A 2 was thought of by so much (sum of probabilities) on the page ..."""

AREAS, VOLUMES = ("面積", "平方"), ("体積", "容積", "容量", "水量", "立方", "㎥")
"""... or the page speaks of areas and not of volumes: then 2 need only be likelier than 3."""


class _Found(NamedTuple):
    """The m of a line at ``place``, the ``end`` of what belongs to it, and how far 2 and 3 were thought of there."""

    place: int
    end: int
    two: float
    three: float


def restore_squares(lines: Sequence[list[Character]], crops: Sequence[Crop]) -> list[list[Character]]:
    """Give the characters of the lines of a page with m that has a raised 2 as ㎡."""
    found = [_find(line, crop) for line, crop in zip(lines, crops, strict=True)]
    squares = [square for square in found if square is not None]
    two, three = sum(square.two for square in squares), sum(square.three for square in squares)
    is_clear = two >= max(LEAST_SEEN, RIVAL * three) or (two > three and _tells_areas(lines))
    most = SURE if is_clear and len(squares) >= LEAST_ALIKE else UNSURE
    ends = [line[square.place].end for line, square in zip(lines, found, strict=True) if square is not None]
    return [
        _with_doubt(line, ends, crop.em) if square is None else _restored(line, square, most)
        for line, square, crop in zip(lines, found, crops, strict=True)
    ]


def _with_doubt(line: Sequence[Character], ends: Sequence[float], em: float) -> list[Character]:
    """Give a line with doubt in an m behind its number that stands under squares (which end at ``ends``): its 2 may be lost."""
    shown = [place for place, character in enumerate(line) if character.text]
    if len(shown) < 2 or line[shown[-1]].text not in METRES or not is_digit(line[shown[-2]].text):
        return list(line)
    last = line[shown[-1]]
    if not any(abs(last.end - end) <= SAME_END * em for end in ends):
        return list(line)
    first, *rest = last.choices
    doubted = last._replace(choices=(Choice(first.text, min(UNSURE, first.probability)), *rest))
    return [*line[: shown[-1]], doubted, *line[shown[-1] + 1 :]]


def _tells_areas(lines: Sequence[Sequence[Character]]) -> bool:
    """Say whether a page names areas in its words, and no volumes."""
    texts = ["".join(character.text for character in line) for line in lines]
    return any(area in text for text in texts for area in AREAS) and not any(
        volume in text for text in texts for volume in VOLUMES
    )


def _restored(line: Sequence[Character], square: _Found, most: float) -> list[Character]:
    first = line[square.place]
    # Where nothing at all is thought of beside m, it is of the place of the character in the line, not of its shape.
    nothing = sum(choice.probability for choice in first.choices[1:] if not choice.text)
    probability = round(min(most, first.choices[0].probability / max(UNSURE, 1 - nothing)), 5)
    choices = (Choice(SQUARE, probability), Choice(first.text, round(1 - probability, 5)))
    end = max(character.end for character in line[square.place : square.end])
    merged = first._replace(choices=choices, end=end)
    return [*line[: square.place], merged, *line[square.end :]]


def _find(line: Sequence[Character], crop: Crop) -> _Found | None:
    """Give the m behind a number with a raised 2, if the line has one."""
    heights = [character.height for character in line if is_digit(character.text) and character.height]
    if not heights:
        return None
    for index in range(1, len(line)):
        if line[index].text not in METRES or not is_digit(line[index - 1].text):
            continue
        end = index + 1
        while end < len(line) and (not line[end].text or line[end].text in RAISED):
            end += 1
        if any(character.text for character in line[end:]):
            continue
        behind = line[index + 1 : end]
        if sum(bool(character.text) for character in behind) <= 1 and _rises(
            line[index:end], crop, median(heights)
        ):
            thought = [choice for character in behind for choice in character.choices]
            two, three = (sum(c.probability for c in thought if c.text in marks) for marks in (TWO, THREE))
            return _Found(index, end, two, three)
    return None


def _rises(characters: Sequence[Character], crop: Crop, figures: float) -> bool:
    """Say whether the ink of what was read m rises at its right from the height of an m to that of the figures."""
    ink = ink_of(crop.picture)
    seen = [character for character in characters if character.end > character.start]
    if not seen:
        return False
    start, stop = crop.to_picture(seen[0].start), crop.to_picture(seen[-1].end)
    part = ink[:, start:stop]
    width = part.shape[1]
    if width < figures * 0.5 or not part.any(axis=0).all():
        return False
    left = np.flatnonzero(part[:, : round(PARTS[0] * width)].any(axis=1))
    whole = np.flatnonzero(part.any(axis=1))
    if not len(left):
        return False
    bottom = left[-1] + 1
    low_top = left[0]
    if bottom - low_top > LOW * figures or bottom - whole[0] < HIGH * figures:
        return False
    raised = part[: max(0, low_top - 1), round(PARTS[1] * width) :]
    return float(np.count_nonzero(raised)) >= LEAST_INK * figures**2
