"""Dots that are left of a ruling are told from dirt and from the commas of a column of numbers."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.worn.lost_tracks import find_lattice
from extract.pages.scan.rulings.worn.remains import dotted_tracks, find_remains, weigh_remains

SCALE = 3.0
ROWS = [20.0 + 20.0 * index for index in range(11)]  # of the row edges, in points
WALLS = (40.0, 200.0)


@pytest.fixture
def ink() -> np.ndarray:
    """Ink with the columns of the page along its rows, as walls are looked for, and specks here and there."""
    paper = np.zeros((round(260 * SCALE), round(240 * SCALE)), dtype=np.uint8)
    generator = np.random.default_rng(5)
    for row, column in generator.integers((0, 0), paper.shape, size=(60, 2)):
        paper[row : row + 2, column : column + 2] = 255
    return paper


def track(axis: str, place: float) -> list[Ruling]:
    return [Ruling(axis, place, 20.0, 220.0, 0.5)]


def dot(ink: np.ndarray, across: float, along: float) -> None:
    row, column = round(across * SCALE), round(along * SCALE)
    ink[row : row + 2, column : column + 2] = 255


def found(ink: np.ndarray) -> list[float]:
    tracks = [track("vertical", place) for place in WALLS]
    rows = [track("horizontal", place) for place in ROWS]
    remains = find_remains("vertical", tracks, rows, Straight(ink, ink, SCALE))
    assert remains is not None
    return [round(place) for place in dotted_tracks(tracks, remains)]


def test_specks_make_no_ruling(ink):
    assert found(ink) == []


def test_dots_on_one_line_are_left_of_a_ruling(ink):
    for along in (*np.arange(24.0, 100.0, 4.0), 150.0, 154.0):
        dot(ink, 120.0, along)
    assert found(ink) == [120]


def test_a_few_dots_far_apart_are_dirt(ink):
    for along in (31.0, 64.0, 95.0, 127.0, 156.0, 185.0, 212.0):
        dot(ink, 120.0, along)
    assert found(ink) == []


def test_commas_at_one_height_of_their_rows_are_none(ink):
    for top in ROWS[:-1]:
        dot(ink, 120.0, top + 14.0)
        dot(ink, 120.0, top + 12.5)
    assert found(ink) == []


def test_dots_beside_digits_are_theirs(ink):
    for along in np.arange(24.0, 216.0, 4.0):
        dot(ink, 120.0, along)
    ink[round(122.0 * SCALE) : round(127.0 * SCALE), round(22.0 * SCALE) : round(218.0 * SCALE)] = 255
    assert found(ink) == []


def test_dots_speak_for_the_stretches_where_they_are(ink):
    ink[:] = 0
    for along in np.arange(102.0, 216.0, 3.0):
        dot(ink, 120.0, along)
    tracks = [track("vertical", place) for place in (*WALLS, 120.0)]
    tracks.sort(key=lambda t: t[0].position)
    rows = [track("horizontal", place) for place in ROWS]
    remains = find_remains("vertical", tracks, rows, Straight(ink, ink, SCALE))
    assert remains is not None
    odds = weigh_remains(120.0, ROWS, remains)
    assert odds is not None
    assert (odds[:4] < -2).all()
    assert (odds[4:] > 2).all()


def test_strokes_at_one_end_of_numbers_are_no_wall(ink):
    ink[:] = 0
    rows = [Ruling("horizontal", y, WALLS[0], WALLS[1], 0.5) for y in ROWS]
    walls = [Ruling("vertical", x, ROWS[0], ROWS[-1], 0.5) for x in WALLS]
    for ruling in walls:
        ink[round(ruling.position * SCALE), round(ROWS[0] * SCALE) : round(ROWS[-1] * SCALE)] = 255
    for top in ROWS[:-1]:
        ink[round(120.0 * SCALE), round((top + 2.4) * SCALE) : round((top + 17.7) * SCALE)] = 255
        ink[
            round(121.0 * SCALE) : round(125.0 * SCALE),
            round((top + 7.0) * SCALE) : round((top + 13.0) * SCALE),
        ] = 255
    columns = Straight(ink, ink, SCALE)
    flat = Straight(np.ascontiguousarray(ink.T), np.zeros_like(ink.T), SCALE)
    _, found = find_lattice((rows, walls), flat, columns)
    assert [round(track[0].position) for track in found.tracks] == [40, 200]
