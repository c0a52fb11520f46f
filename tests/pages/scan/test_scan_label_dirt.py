"""Specks in labels of scanned tables that were read as marks."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.label_dirt import remove_label_dirt
from extract.pages.scan.rulings.regions import OPEN

EM = 40.0
SPECK = 6.0


def line(text: str, *, steps: dict[int, float] | None = None) -> list[Character]:
    """Give a text set an em a character; marks are specks that take no room, ``steps`` maps places to other ends of theirs."""
    found, x = [], 0.0
    for place, character in enumerate(text):
        is_mark = character in ".,，_★"
        size = SPECK if is_mark else 0.8 * EM
        choices = [Choice(character, 0.4)] if is_mark else [Choice(character, 0.999)]
        if is_mark and character != "★":
            choices.append(Choice("", 0.3))
        start = x - SPECK if is_mark else x
        found.append(Character(tuple(choices), start, start + size, size))
        x += (steps or {}).get(place, 0.0 if is_mark else EM)
    return found


def cleaned(*texts: list[Character], region: int = 1) -> list[str]:
    lines = [TextLine(region, ((0, 0, 400, 40),), EM) for _ in texts]
    return ["".join(c.text for c in found) for found in remove_label_dirt(lines, texts)]


@pytest.mark.parametrize(
    ("read", "printed"),
    [("利用者数.", "利用者数"), ("女.", "女"), ("，遊具", "遊具"), ("金額_", "金額")],
)
def test_a_label_has_no_point_at_its_ends(read, printed):
    assert cleaned(line(read)) == [printed]


@pytest.mark.parametrize("text", ["1.", "12,", "ア)", "No.", "…"])
def test_marks_behind_what_is_no_word_stay(text):
    assert cleaned(line(text)) == [text]


def test_prose_keeps_its_marks():
    assert cleaned(line("とする."), region=OPEN) == ["とする."]


def test_the_doubt_of_a_mark_stays():
    lines = [TextLine(1, ((0, 0, 400, 40),), EM)]
    last = remove_label_dirt(lines, [line("金額.")])[0][-1]
    assert last.choices == (Choice("", 0.3), Choice(".", 0.4))


def test_a_point_between_figures_set_as_evenly_as_the_rest_has_no_room():
    assert cleaned(line("3.0日まで")) == ["30日まで"]


@pytest.mark.parametrize("text", ["3.0日まで", "1.5倍以上"])
def test_a_point_with_room_of_its_own_stays(text):
    assert cleaned(line(text, steps={1: EM / 2})) == [text]


def test_numbers_are_not_touched():
    assert cleaned(line("3.000日")) == ["3.000日"]


def test_a_speck_alone_on_a_line_beside_a_label_is_nothing():
    assert cleaned(line("利用者数"), line("★")) == ["利用者数", ""]
    assert cleaned(line("１２"), line("★")) == ["１２", "★"]


@pytest.mark.parametrize("mark", [".", "，", "_"])
def test_a_mark_with_which_no_line_begins_is_a_speck_alone_however_sure_it_was_read(mark):
    sure = [Character((Choice(mark, 0.9),), 0.0, SPECK, SPECK)]
    assert cleaned(line("市"), line("外"), sure) == ["市", "外", ""]
    assert cleaned(line("１２"), sure) == ["１２", mark]
