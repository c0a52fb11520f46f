"""What is counted in the labels that stand beside one another."""

from __future__ import annotations

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.counters import settle_counters

EM = 20.0


def label(text: str, doubts: dict[int, dict[str, float]] | None = None) -> list[Character]:
    """Give the characters of a text; ``doubts`` maps a place to what was seen there, with its probability."""
    seen = [(doubts or {}).get(place, {character: 0.99}) for place, character in enumerate(text)]
    return [Character(tuple(Choice(t, p) for t, p in own.items()), 0.0, 0.0) for own in seen]


def settled(*labels: list[Character], step: tuple[int, int] = (200, 0)) -> list[str]:
    """Give the labels, each in a cell ``step`` pixels beside and below the one before."""
    lines = [
        TextLine(n, ((n * step[0], n * step[1], n * step[0] + 100, n * step[1] + 20),), EM)
        for n in range(len(labels))
    ]
    settle_counters(lines, list(labels))
    return ["".join(character.text for character in text) for text in labels]


UNSURE = {5: {"#": 0.32, "寿": 0.2, "歳": 0.03}}
AGE = {2: {"歯": 0.19, "キ": 0.01, "歳": 0.002}}


def test_ages_of_one_row_settle_one_another():
    found = settled(label("0～14歳"), label("15～64#", UNSURE), label("65歯以上", AGE))
    assert found == ["0～14歳", "15～64歳", "65歳以上"]


def test_labels_of_one_column_do_too():
    assert settled(label("0～14歳"), label("65歯以上", AGE), step=(0, 30))[1] == "65歳以上"


def test_labels_elsewhere_say_nothing():
    assert settled(label("0～14歳"), label("65歯以上", AGE), step=(200, 30))[1] == "65歯以上"


def test_labels_that_count_different_things_say_nothing():
    assert settled(label("0～14歳"), label("4月から"), label("65歯以上", AGE))[2] == "65歯以上"


def test_what_was_hardly_thought_of_is_not_taken():
    assert settled(label("0～14歳"), label("65歯以上", {2: {"歯": 0.4, "歳": 0.0001}}))[1] == "65歯以上"


def test_numbers_with_units_are_no_labels():
    assert settled(label("12件"), label("65人", {2: {"人": 0.4, "件": 0.3}}))[1] == "65人"
    assert settled(label("12件"), label("65歯以上", {2: {"歯": 0.4, "件": 0.3}}))[1] == "65歯以上"
