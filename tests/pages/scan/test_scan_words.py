"""Words of a scanned line: where they part, what is left in doubt, and the room that their marks take."""

from __future__ import annotations

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.words import characters_to_words

EM = 20.0


def character(text: str, middle: float, *, width: float = 16.0, probability: float = 0.99) -> Character:
    return Character((Choice(text, probability),), middle - width / 2, middle + width / 2, 18.0, 0.5, 1)


def words(*characters: Character, in_cell: bool = True):
    box = (round(characters[0].start), 0, round(characters[-1].end), 20)
    return list(characters_to_words(characters, box, EM, 1.0, in_cell=in_cell))


def spaced(text: str, first: float, *, step: float = 40.0) -> list[Character]:
    return [character(c, first + place * step) for place, c in enumerate(text)]


def test_the_number_of_an_item_stands_apart_from_its_letter_spaced_label():
    number = character("3", 10, width=8)
    assert [w.text for w in words(number, *spaced("経費区分", 42))] == ["3", "経費区分"]


def test_a_figure_spaced_with_its_unit_is_one_word():
    assert [w.text for w in words(character("3", 10, width=8), *spaced("月分計", 42))] == ["3月分計"]


def test_a_figure_takes_half_the_room_of_a_kanji():
    number, label = words(character("1", 10, width=6), *spaced("事業", 40, step=20))
    assert number.box[2] <= 16
    assert label.box[0] - number.box[2] > 0.7 * EM


def test_ink_unread_at_the_beginning_of_a_line_keeps_its_doubt():
    known = words(character("1", 30, width=8), character("2", 40, width=8))
    unread = words(
        character("", 10, probability=0.3), character("1", 30, width=8), character("2", 40, width=8)
    )
    assert [w.text for w in unread] == ["12"]
    assert unread[0].confidence < known[0].confidence


def test_lines_that_begin_with_brackets_or_dots_align_with_others():
    bracket = words(character("(", 8, width=4), character("1", 15, width=6))[0]
    dot = words(character("・", 10, width=4), *spaced("防災", 30, step=20))[0]
    assert bracket.box[0] < 1
    assert dot.box[0] < 1


def test_a_figure_and_the_wave_dash_after_it_are_one_word():
    ages = (character("0", 10, width=8), character("～", 35), *spaced("14歳", 52, step=10))
    assert [w.text for w in words(*ages)] == ["0～14歳"]
