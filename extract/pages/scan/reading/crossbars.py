"""A 4 whose thin bar a worn copy has nearly lost is read as 1: what is left of the bar beside the stem tells them apart.

The stem of a 1 is as wide all the way from its flag to its foot. That of a 4 is wider for a short stretch, on both sides at
once, where the bar crosses it, however light the bar has become.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.crops import Crop

ONES, FOURS = frozenset("1１"), frozenset("4４")

STEM = 0.4
"""The stem is where a row is at least this share as dark as the stem mostly is."""

LEAST_HEIGHT = 8
"""A lower figure (pixels) shows nothing beside its stem."""

WING = 0.17
"""So far beside the middle of the stem (shares of its height) its blur and the bar are seen."""

BAR, BETWEEN = (0.45, 0.85), (0.3, 0.92)
"""Where in the height of a figure the bar of a 4 may lie, and from the flag to the foot of a 1."""

RISING = 0.01
"""Where columns grow darker again by this (shares of the darkest) the next figure begins."""

SOME, CLEAR = 0.036, 0.05
"""So much darker (shares of the stem) it is where the bar crosses than above and below. Of 475 figures 1 on twelve worn pages
that might be 4 none had 0.032, of 36 figures 4 that were read as 1 all but one had 0.055 and more."""

SEEN = 0.2
"""A bar darker than this the recogniser sees itself; what is as dark is a line of a chart that crosses the figure."""

FIRST = 3
"""A 4 is among so many other readings at least: of a 1 that was a 4 it was the second or third."""

UNSURE, LIKELY = 0.4, 0.7
"""Probability of a 4 for the one and the other: a person should look."""


def settle_crossbars(characters: Sequence[Character], crop: Crop) -> list[Character]:
    """Give the characters of a line with the figures 1 of which the recogniser thought of 4 told by their ink."""
    return [_settled(character, crop) if _may_be_four(character) else character for character in characters]


def _may_be_four(character: Character) -> bool:
    first = character.choices[: FIRST + 1]
    return character.text in ONES and any(choice.text in FOURS for choice in first)


def _settled(character: Character, crop: Crop) -> Character:
    bump = _bump(character, crop)
    if not SOME <= bump <= SEEN:
        return character
    known = sum(choice.probability for choice in character.choices if choice.text in FOURS)
    sure = max(known, LIKELY if bump >= CLEAR else UNSURE)
    text = next(choice.text for choice in character.choices if choice.text in FOURS)
    others = [choice for choice in character.choices if choice.text not in FOURS]
    share = (1 - sure) / max(1e-9, sum(choice.probability for choice in others))
    rest = (Choice(choice.text, round(choice.probability * min(1.0, share), 5)) for choice in others)
    choices = sorted((Choice(text, round(sure, 5)), *rest), key=lambda choice: -choice.probability)
    return character._replace(choices=tuple(choices))


def _bump(character: Character, crop: Crop) -> float:
    """Give how much darker it is on both sides of a stem where the bar of a 4 may cross it (a share of the stem's darkness)."""
    if crop.strip is None:
        return 0.0
    dark = 255.0 - crop.strip.astype(np.float32)
    start, stop = (round(place) - crop.strip_start for place in (character.start, character.end))
    if not 0 <= start < stop <= dark.shape[1]:
        return 0.0
    middle = start + int(dark[:, start:stop].sum(axis=0).argmax())
    stem = dark[:, max(0, middle - 1) : middle + 2].max(axis=1)
    darkest = float(np.percentile(stem, 80))
    rows = np.flatnonzero(stem > STEM * darkest)
    if darkest <= 0 or rows[-1] - rows[0] + 1 < LEAST_HEIGHT:
        return 0.0
    figure = dark[rows[0] : rows[-1] + 1] / darkest
    height = len(figure)
    inner = figure[round(BETWEEN[0] * height) : round(BETWEEN[1] * height)].mean(axis=0)
    reach = max(2, round(WING * height))
    left = _wing(inner, middle, -1, reach)
    right = _wing(inner, middle, 1, reach)
    if left is None or right is None:
        return 0.0
    beside = np.minimum(_smooth(figure[:, left].mean(axis=1)), _smooth(figure[:, right].mean(axis=1)))
    return _prominence(beside, height)


def _wing(inner: NDArray[np.float32], middle: int, step: int, reach: int) -> slice | None:
    """Give the columns on one side of a stem, to where the next figure begins; None where there are none."""
    place = first = middle + 2 * step
    if not 0 <= first < len(inner):
        return None
    while (
        abs(place + step - middle) <= reach
        and 0 <= place + step < len(inner)
        and inner[place + step] <= inner[place] + RISING
    ):
        place += step
    return slice(min(first, place), max(first, place) + 1)


def _smooth(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Give the mean of each value and its two neighbours."""
    return np.convolve(np.pad(values, 1, "edge"), np.ones(3) / 3, "valid")


def _prominence(beside: NDArray[np.float64], height: int) -> float:
    """Give by how much the highest peak where the bar may lie stands above the lower of what is above and below it."""
    low, high = (round(share * height) for share in BAR)
    top, bottom = (round(share * height) for share in BETWEEN)
    return max(
        (
            float(beside[row] - max(beside[top : row + 1].min(), beside[row:bottom].min()))
            for row in range(low, high)
        ),
        default=0.0,
    )
