"""Several tables in one frame: a wall of one stands, though the texts of another run through its place."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn import SCALE, line, paper, write

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.lattice import settle_lattice
from extract.pages.scan.rulings.worn.lost_tracks import find_lattice

LEFT, WALL, OTHER, RIGHT = 30.0, 120.0, 210.0, 290.0
UPPER, LOWER = (20.0, 40.0, 60.0, 80.0), tuple(float(y) for y in range(100, 401, 20))
PLACE_TOLERANCE = 1.5  # points


def upright(place: float, start: float, end: float) -> Ruling:
    return Ruling("vertical", place, start, end, 0.7)


FLAT = [Ruling("horizontal", y, LEFT, RIGHT, 0.7) for y in (*UPPER, *LOWER)]
FRAME = [upright(LEFT, UPPER[0], LOWER[-1]), upright(RIGHT, UPPER[0], LOWER[-1])]


def sides(walls: list[Ruling]) -> tuple[Straight, Straight]:
    """Draw the frame with these walls; the texts of the lower table run through the place of the wall."""
    picture = paper(height=420)
    for ruling in FLAT:
        line(picture, LEFT, ruling.position, RIGHT, ruling.position)
    for wall in (*FRAME, *walls):
        line(picture, wall.position, wall.start, wall.position, wall.end)
    for y in LOWER[:-1]:
        write(picture, "HMHMHMHMHMHMHMHMHMHM", 60, y + 14)
    both = []
    for ink in (255 - picture, np.ascontiguousarray(255 - picture.T)):
        short = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(4 * SCALE)), np.uint8))
        both.append(Straight(ink, np.asarray(short, dtype=np.uint8), SCALE))
    return both[0], both[1]


def places(walls: list[Ruling]) -> list[float]:
    _, found = find_lattice((FLAT, [*FRAME, *walls]), *sides(walls))
    return [track[0].position for track in found.tracks]


def test_the_wall_of_one_table_is_a_track_though_little_is_left_of_it():
    pieces = [upright(WALL, 26, 44), upright(WALL, 52, 66)]
    assert WALL in places(pieces)


def test_strokes_within_the_texts_of_the_other_are_none():
    strokes = [upright(WALL, y + 8, y + 16) for y in LOWER[:-1]]
    assert WALL not in places(strokes)


def test_what_stands_whole_for_long_stays():
    walls = [upright(WALL, UPPER[0], UPPER[-1]), upright(OTHER, UPPER[0], UPPER[-1])]
    settled = settle_lattice((FLAT, [*FRAME, *walls]), *sides(walls))
    assert settled is not None
    found = [replace(ruling, thickness=0.7) for ruling in settled[1] if ruling.position == WALL]
    assert [(r.start, r.end) for r in found] == [pytest.approx((UPPER[0], UPPER[-1]), abs=PLACE_TOLERANCE)]
