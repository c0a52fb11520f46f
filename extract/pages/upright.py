"""Turning the coordinates of a page so that it stands upright, and cutting it to its crop box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from extract.document import Picture, Ruling, Stroke, Word
from extract.geometry import Box, box_rounded

BoxMap: TypeAlias = Callable[[Box], Box]

TURN_SHARE = 0.7
"""Share of the characters that must lie on their side before the whole page is turned: a portrait page with a
table printed sideways has nearly all of them so, a page with a sideways page number a few."""


def page_turn(angles: Iterable[int]) -> int:
    """Give the clockwise turn (0, 90, 180, 270) that makes most characters of a page upright.

    ``angles`` are the clockwise turns of the characters against the page.
    """
    counts = Counter(angles)
    total = sum(counts.values())
    for angle in (90, 180, 270):
        if counts[angle] > TURN_SHARE * total:
            return (360 - angle) % 360
    return 0


def turn_box(width: float, height: float, turn: int) -> BoxMap:
    """Give the map of boxes for a page of ``width`` x ``height`` points that is turned clockwise by ``turn``."""
    if turn == 90:
        return lambda box: (height - box[3], box[0], height - box[1], box[2])
    if turn == 180:
        return lambda box: (width - box[2], height - box[3], width - box[0], height - box[1])
    if turn == 270:
        return lambda box: (box[1], width - box[2], box[3], width - box[0])
    return lambda box: box


def turn_word(word: Word, mapped: BoxMap, turn: int) -> Word:
    """Give the word at its place on the turned page."""
    return replace(word, box=mapped(word.box), angle=(word.angle + turn) % 360)


def turn_ruling(ruling: Ruling, mapped: BoxMap) -> Ruling:
    """Give the ruling at its place on the turned page."""
    if ruling.axis == "horizontal":
        box = mapped((ruling.start, ruling.position, ruling.end, ruling.position))
    else:
        box = mapped((ruling.position, ruling.start, ruling.position, ruling.end))
    if box[3] - box[1] < box[2] - box[0]:
        return Ruling("horizontal", box[1], box[0], box[2], ruling.thickness)
    return Ruling("vertical", box[0], box[1], box[3], ruling.thickness)


def turn_stroke(stroke: Stroke, mapped: BoxMap, turn: int) -> Stroke:
    """Give the stroke at its place on the turned page; a quarter turn makes a rising line fall."""
    return Stroke(mapped(stroke.box), stroke.rising == (turn in {0, 180}))


def turn_picture(picture: Picture, mapped: BoxMap) -> Picture:
    """Give the picture at its place on the turned page."""
    return Picture(box_rounded(mapped(picture.box)))
