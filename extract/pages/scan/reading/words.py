"""Characters read on a line -> Words with their boxes, confidences and other readings."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import pairwise
from statistics import median

from extract.characters import is_digit
from extract.document import Reading, Word
from extract.engines.base import NUMERIC_UNITS
from extract.geometry import box_rounded
from extract.pages.calibration import calibrated
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.leaders import leader_bounds
from extract.pages.scan.reading.widths import is_wide

WORD_GAP = 0.42
"""A gap wider than this (ems) between the em boxes of two characters divides words."""

MOST_PITCH = 2.2
"""Characters farther apart than this (ems) are not one letter-spaced word."""

EVEN_SHARE = 0.75
"""A line is letter-spaced evenly when this share of its steps is of one length."""

MOST_READINGS = 5
"""So many other readings of a word are kept."""

LEAST_READING = 0.001
"""Other readings below this probability are dropped."""

WAVES, WAVE_GAP = frozenset("～〜"), 0.9
"""Beside a wave dash there must be so much more white (ems): what is seen of it is often one end (0～14歳)."""

LOW_LEFT = "、。，．"
"""Marks whose ink lies at the left of their em box, by this much of an em."""

ENDING, OPENING = "）」』】〕］》〉", "（「『【〔［《〈"
MIDDLE_DOT = "・"
ENDING_MARKS, OPENING_MARKS = ENDING + ")]", OPENING + "(["
SHIFT = 0.27

NUMBERED = 2
"""The number of an item before its letter-spaced label has at most so many figures."""

GROUPED = re.compile(r"[△▲-]?\d{1,3}(,\d{3})+(\.\d+)?\D{0,3}")
"""A number whose commas stand where thousands end."""

NUMBER_CHARACTERS = frozenset("，,．.△▲－-−%％")


def characters_to_words(
    characters: Sequence[Character],
    box: tuple[int, int, int, int],
    em: float,
    scale: float,
    *,
    in_cell: bool,
) -> Iterator[Word]:
    """Give the words of a line; ``box`` is its ink in pixels, ``em`` in pixels, ``scale`` pixels a point.

    A number printed with wide spaces in a cell (４　８　０) is one word.
    """
    groups = _split(characters, em)
    if in_cell and len(groups) > 1 and _is_spaced_number(groups):
        groups = [[character for group in groups for character in group]]
    edges = _edges(groups, box, em)
    for group, (left, right) in zip(groups, edges, strict=True):
        text = _text(group)
        if not text:
            continue
        middle = (box[1] + box[3]) / 2
        half = max(em, 0.0) / 2
        probability = math.prod(character.choices[0].probability for character in group)
        is_number = any(map(is_digit, text))
        yield Word(
            text,
            box_rounded((left / scale, (middle - half) / scale, right / scale, (middle + half) / scale)),
            round(em / scale, 2),
            origin="ocr",
            confidence=round(calibrated(probability, "number" if is_number else "text"), 5),
            readings=_readings(group),
        )


def _split(characters: Sequence[Character], em: float) -> list[list[Character]]:
    """Cut a line where the gap between em boxes is that of a space, and beside leaders; even letter spacing is no space."""
    shown = [character for character in characters if character.text]
    bounds = leader_bounds([character.text for character in shown])
    wide = [is_wide(character.text) for character in shown]
    pitch = _pitch(shown, wide, em)
    label = _numbered_label(shown) if pitch > em else 0
    groups: list[list[Character]] = []
    unread: list[Character] = []
    end = -math.inf
    index = 0
    for character in characters:
        if not character.text:
            (groups[-1] if groups else unread).append(character)
            continue
        start, stop = _em_box(character, pitch, is_full=wide[index])
        if index and index == label:
            start, _ = _em_box(character, em, is_full=wide[index])
            _, end = _em_box(shown[index - 1], em, is_full=wide[index - 1])
        before = shown[index - 1].text if index else ""
        gap = WAVE_GAP if WAVES.intersection((before, character.text)) else WORD_GAP
        if start - end > gap * em or (index and index in bounds):
            groups.append(unread)
            unread = []
        groups[-1].append(character)
        end = stop
        index += 1
    return groups


def _numbered_label(shown: Sequence[Character]) -> int:
    """Give where the label begins that a number stands before (3　経　費　区　分); 0 where none does.

    The white between them is that of the label's letter spacing, but the number is not spaced with the label. One
    that its unit follows (5　月　分) is.
    """
    figures = next((i for i, character in enumerate(shown) if not is_digit(character.text)), 0)
    if not 0 < figures <= NUMBERED or shown[figures].text in NUMERIC_UNITS:
        return 0
    return figures if shown[figures].text.isalpha() else 0


def _pitch(shown: Sequence[Character], wide: Sequence[bool], em: float) -> float:
    """Give the distance of neighbouring fullwidth characters where it is even over the line, else the em."""
    steps = [
        b.middle - a.middle
        for a, b, one, two in zip(shown, shown[1:], wide, wide[1:], strict=False)
        if one and two and a.text.isalnum() and b.text.isalnum()
    ]
    if len(steps) < 2:
        return em
    middle = median(steps)
    if not 0.85 * em < middle < MOST_PITCH * em:
        return em
    even = sum(abs(step - middle) <= 0.15 * middle for step in steps)
    return max(middle, em) if even >= EVEN_SHARE * len(steps) else em


def _em_box(character: Character, em: float, *, is_full: bool) -> tuple[float, float]:
    """Give start and end of the em box of a character, from the middle of its ink."""
    text = character.text
    half = em / 2 if is_full else em / 4
    shift = 0.0
    if is_full and (text in LOW_LEFT or text in ENDING):
        shift = SHIFT * em
    elif is_full and text in OPENING:
        shift = -SHIFT * em
    return (character.middle + shift - half, character.middle + shift + half)


def _is_spaced_number(groups: Sequence[Sequence[Character]]) -> bool:
    """Say whether the groups are one number: its commas say so, or its figures stand evenly apart."""
    text = "".join(map(_text, groups))
    folded = unicodedata.normalize("NFKC", text)
    if GROUPED.fullmatch(folded):
        return True
    if not all(is_digit(c) or c in NUMBER_CHARACTERS for c in text):
        return False
    middles = [character.middle for group in groups for character in group if is_digit(character.text)]
    steps = [b - a for a, b in pairwise(middles)]
    return not steps or max(steps) <= 1.6 * min(steps)


def _edges(
    groups: Sequence[Sequence[Character]], box: tuple[int, int, int, int], em: float
) -> list[tuple[float, float]]:
    """Give left and right of each group: the ink's ends outside, the em boxes of its characters inside.

    The white beside a bracket or a middle dot is its own, as in a text layer: so lines that begin with one align.
    """
    edges = []
    for index, group in enumerate(groups):
        shown = [character for character in group if character.text]
        first, last = shown[0], shown[-1]
        left = box[0] if index == 0 else max(box[0], first.middle - _room(first, em) / 2)
        right = box[2] if index == len(groups) - 1 else min(box[2], last.middle + _room(last, em) / 2)
        if first.text in OPENING_MARKS:
            left = min(left, first.end - _room(first, em))
        elif first.text == MIDDLE_DOT:
            left = min(left, first.middle - em / 2)
        if last.text in ENDING_MARKS:
            right = max(right, last.start + _room(last, em))
        edges.append((float(min(left, first.middle)), float(max(right, last.middle))))
    return edges


def _room(character: Character, em: float) -> float:
    """Give the width of the em box of a character (pixels)."""
    return em if is_wide(character.text) else em / 2


def _text(group: Sequence[Character]) -> str:
    return "".join(character.text for character in group)


def _readings(group: Sequence[Character]) -> tuple[Reading, ...]:
    """Give the likeliest other readings: the best with one place changed, and with the two likeliest changes together."""
    best = math.prod(character.choices[0].probability for character in group)
    texts = [character.text for character in group]
    changes: list[tuple[float, int, str]] = []
    for index, character in enumerate(group):
        first = max(character.choices[0].probability, 1e-6)
        changes += [
            (best * choice.probability / first, index, choice.text)
            for choice in character.choices[1:]
            if best * choice.probability / first >= LEAST_READING and not choice.text.isspace()
        ]
    found: dict[str, float] = {}
    for probability, index, text in nlargest(MOST_READINGS, changes):
        other = "".join([*texts[:index], text, *texts[index + 1 :]])
        found[other] = max(found.get(other, 0.0), probability)
    found.pop("".join(texts), None)
    return tuple(
        Reading(text, round(probability, 5))
        for text, probability in sorted(found.items(), key=lambda item: -item[1])
        if text
    )
