"""The dots between an entry of a table of contents and its page are no dotted ruling."""

from __future__ import annotations

import numpy as np
import pytest

from extract.document import Ruling
from extract.pages.scan.rulings.light.leaders import is_written_on, without_leaders
from extract.pages.scan.rulings.light.light_lines import Piece
from extract.pages.scan.rulings.traces import Straight

SCALE, LINE = 2.0, 40
DOTTED = Ruling("horizontal", LINE, 80, 200, 0.5)


def page(*characters: tuple[float, float], solid: bool = False) -> Straight:
    """Draw a line of dots, or a ``solid`` one, and characters 8 points high (left and top in points)."""
    ink = np.zeros((200, 600), dtype=np.uint8)
    for x in range(80, 200, 1 if solid else 4):
        ink[LINE * 2 : LINE * 2 + 2, x * 2 : x * 2 + 2] = 255
    for x, y in characters:
        ink[round(y * SCALE) : round((y + 8) * SCALE), round(x * SCALE) : round((x + 8) * SCALE)] = 255
    return Straight(ink, ink, SCALE)


def wall(position: float) -> Ruling:
    return Ruling("vertical", position, 10, 90, 0.5)


@pytest.mark.parametrize("top", [36, 33], ids=["half way up", "at their feet"])
def test_dots_between_characters_on_their_line_are_a_leader(top):
    assert without_leaders([DOTTED], [], page((68, top), (204, top))) == []


def test_pieces_of_a_leader_go_together():
    pieces = [Ruling("horizontal", LINE, start, end, 0.5) for start, end in ((80, 120), (130, 200))]
    assert without_leaders(pieces, [], page((68, 36), (204, 36))) == []


def test_a_frame_around_the_entries_changes_nothing():
    assert without_leaders([DOTTED], [wall(30), wall(260)], page((68, 36), (204, 36))) == []


@pytest.mark.parametrize(
    ("rows", "walls"),
    [
        (page((68, 36), (204, 36), solid=True), []),
        (page((68, 28), (204, 28)), []),
        (page((68, 36)), []),
        (page((68, 36), (204, 36)), [wall(78)]),
        (page((68, 36), (204, 36)), [wall(202)]),
        (page((68, 36), (204, 36)), [wall(140)]),
    ],
    ids=["solid", "characters above", "white behind", "a wall before", "a wall behind", "a wall across"],
)
def test_what_ends_otherwise_is_a_ruling(rows, walls):
    assert without_leaders([DOTTED], walls, rows) == [DOTTED]


def test_characters_on_a_line_are_told_from_those_beside_it():
    line = Piece(LINE, 60, 220, 0.0)
    assert is_written_on(line, 60, 220, page((68, 36), (204, 36)))
    assert not is_written_on(line, 60, 220, page((68, 28), (204, 44)))
