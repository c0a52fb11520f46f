from __future__ import annotations

import numpy as np
import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.brackets import fit_brackets
from extract.pages.scan.rulings.regions import OPEN, Regions

EM, SCALE = 40.0, 4.0
KANA = "この表はしまいまでひらがなです"


def typeset(text: str, *, step: float = 1.0) -> list[Character]:
    """Set a text with a fullwidth em box for each character, brackets at the inner side of theirs."""
    characters = []
    for index, c in enumerate(text):
        shift = 0.25 if c in "（「" else -0.25 if c in "）」" else 0.0
        middle = (index * step + 0.5 + shift) * EM
        characters.append(Character((Choice(c, 0.99),), middle - 5, middle + 5, 30.0))
    return characters


def fitted(text: str, room: float, *, region: int = 1, step: float = 1.0) -> str:
    """Give a line of a cell that is ``room`` ems wide, on a page of kana that stand ``step`` ems apart."""
    line = TextLine(region, ((0, 0, 400, 40),), EM)
    prose = TextLine(OPEN, ((0, 60, 800, 100),), EM)
    regions = Regions(np.zeros((1, 1), np.int32), {1: (0.0, 0.0, room * EM / SCALE, 20.0)})
    read = [typeset(text), typeset(KANA, step=step)]
    result = fit_brackets([line, prose], read, [EM, EM], regions=regions, scale=SCALE)
    return "".join(character.text for character in result[0])


@pytest.mark.parametrize(
    ("text", "room", "printed"),
    [
        ("（平成２４年）", 7.0, "(平成２４年)"),
        ("（平成２４年）", 7.5, "(平成２４年)"),
        ("（平成２４年）", 8.0, "（平成２４年）"),
        ("（但し利率見", 6.3, "(但し利率見"),
        ("「平成２４年」", 7.0, "「平成２４年」"),
    ],
)
def test_brackets_that_find_no_room_are_halfwidth(text, room, printed):
    assert fitted(text, room) == printed


def test_a_bracket_whose_partner_stands_inside_the_line_keeps_the_width_measured_there():
    assert fitted("（案）の件数", 6.0) == "（案）の件数"


def test_prose_and_proportional_type_say_nothing():
    assert fitted("（平成２４年）", 7.0, region=OPEN) == "（平成２４年）"
    assert fitted("（平成２４年）", 7.0, step=0.9) == "（平成２４年）"
