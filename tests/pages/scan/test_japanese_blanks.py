"""Places where nothing was read, but where some character stood."""

from __future__ import annotations

from extract.engines.base import Choice
from extract.pages.scan.japanese.blanks import settle_blanks
from extract.pages.scan.lines.characters import Character

EM = 30.0


def settled(text: str, place: int, seen: dict[str, float], *, room: float = EM) -> str:
    """Give a text settled that has a blank at ``place``, with what was seen there, and so much white for it."""
    characters = []
    x = 0.0
    for at, character in enumerate([*text[:place], "", *text[place:]]):
        if at == place:
            characters.append(
                Character(tuple(Choice(*one) for one in seen.items()), x + room / 2, x + room / 2)
            )
            x += room
        else:
            characters.append(Character((Choice(character, 0.9999),), x, x + 0.9 * EM))
            x += EM
    settle_blanks(characters, EM)
    return "".join(character.text for character in characters)


def test_the_character_that_makes_a_word_is_read():
    assert settled("用者", 0, {"": 0.3, "心": 0.16, "利": 0.04}) == "利用者"


def test_what_is_rather_nothing_stays_so():
    assert settled("用者", 0, {"": 0.6, "利": 0.2}) == "用者"


def test_no_character_is_read_where_it_has_no_room():
    assert settled("農業委会", 3, {"": 0.3, "員": 0.2}) == "農業委員会"
    assert settled("農業委会", 3, {"": 0.3, "員": 0.2}, room=EM / 5) == "農業委会"


def test_nothing_is_read_that_makes_no_word():
    assert settled("用者", 0, {"": 0.3, "鱗": 0.2}) == "用者"


def test_figures_are_left_alone():
    assert settled("12", 1, {"": 0.3, "年": 0.2}) == "12"
