"""A small △ that was read as 4: too low for a figure, or the sign of a number that the page repeats."""

from __future__ import annotations

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.small_signs import settle_small_signs

HIGH, LOW = 20.0, 14.0


def number(text: str, *, first: float = HIGH, thought: float = 0.02) -> list[Character]:
    """Give the characters of a number; the recogniser thought of △ for a first 4 with this probability."""
    found = []
    for place, sign in enumerate(text):
        choices = (Choice(sign, 0.97),)
        if place == 0 and sign == "4":
            choices = (Choice("4", 1 - thought), Choice("△", thought)) if thought else choices
        found.append(
            Character(choices, 10.0 * place, 10.0 * place + 8, first if place == 0 else HIGH, 0.5, 1)
        )
    return found


def settled(*lines: list[Character]) -> list[str]:
    return ["".join(character.text for character in line) for line in settle_small_signs(lines)]


def test_a_four_that_is_too_low_is_a_sign_and_goes_to_review():
    (line,) = settle_small_signs([number("49,084,168", first=LOW)])
    assert line[0].text == "△"
    assert line[0].choices[0].probability < 0.9
    assert [choice.text for choice in line[0].choices] == ["△", "4"]


def test_a_four_that_is_too_wide_is_a_fullwidth_sign_before_halfwidth_figures():
    wide = number("430,512", thought=0.004)
    wide[0] = wide[0]._replace(start=-5.0)
    assert settled(wide) == ["△30,512"]
    assert settled(number("430,512", thought=0.004)) == ["430,512"]


def test_a_four_as_high_as_the_others_stays():
    assert settled(number("49,084,168")) == ["49,084,168"]
    assert settled(number("49,084,168", first=LOW, thought=0.0)) == ["49,084,168"]
    assert settled(number("4円", first=LOW)) == ["4円"]


def test_the_number_that_the_page_has_with_its_sign_has_it_here_too():
    assert settled(number("△9,084,168"), number("49,084,168")) == ["△9,084,168"] * 2
    assert settled(number("△168"), number("4168"))[1] == "4168"
