"""Strokes that were read as characters of their own belong to the kanji in whose em box they stand."""

from __future__ import annotations

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.strokes import join_halves, settle_strokes

EM = 30.0


def character(start: float, end: float, **seen: float) -> Character:
    """Give a character between two places (ems) with what was seen there; ``_`` is nothing."""
    choices = tuple(Choice(text.replace("_", ""), probability) for text, probability in seen.items())
    return Character(choices, start * EM, end * EM, 0.9 * EM, 0.5, 1)


def text_of(*characters: Character) -> str:
    return "".join(c.text for c in settle_strokes(join_halves(characters, EM), EM))


def test_two_halves_of_one_kanji_are_that_kanji():
    halves = character(0, 0.5, 副=0.3, 計=0.1, 高=0.07), character(0.6, 0.95, t=0.7, 汁=0.06)
    assert text_of(*halves) == "計"


def test_two_characters_with_the_room_of_two_stay():
    apart = character(0, 0.9, 副=0.3, 計=0.1), character(1.0, 1.9, 汁=0.7)
    assert text_of(*apart) == "副汁"
    sure = character(0, 0.5, 計=0.95), character(0.6, 0.95, t=0.7)
    assert text_of(*sure) == "計t"


def test_the_last_stroke_of_a_kanji_is_no_figure():
    rest = character(1.1, 1.5, **{"6": 0.999}), character(1.6, 2.5, 年=0.999)
    before = character(0, 0.7, 和=0.997)
    assert text_of(before, character(0.8, 0.9, **{"1": 0.65, "_": 0.35}), *rest) == "和6年"
    assert text_of(before, character(0.8, 0.9, **{"1": 0.99, "_": 0.01}), *rest) == "和16年"
    assert text_of(before, character(1.1, 1.2, **{"1": 0.65, "_": 0.35})) == "和1"


def number(text: str, **seen: float) -> list[Character]:
    """Give the characters of a text, of which ``.`` was seen so, half way up."""
    dot = Character(tuple(Choice(t, p) for t, p in seen.items()), 0, 2, 0.1 * EM, 0.5, 1)
    return [dot if c == "." else character(n, n + 0.5, **{c: 1.0}) for n, c in enumerate(text)]


def test_a_point_in_a_number_is_one_though_dirt_beside_the_line_makes_it_stand_high():
    assert text_of(*number("72.1%", **{".": 0.99})) == "72.1%"
    assert text_of(*number("72.1", **{".": 0.99})) == "72.1"


def test_a_dot_half_way_up_between_words_or_in_a_list_of_figures_is_no_point():
    assert text_of(*number("1.2年", **{".": 0.99})) == "1・2年"
    assert text_of(*number("公園.緑地", **{".": 0.99})) == "公園・緑地"
    assert text_of(*number("72.1%", **{".": 0.6, "・": 0.4})) == "72・1%"
