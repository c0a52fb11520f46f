"""A first reading that makes a word is surer than the recogniser alone says, and never another one."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.japanese.confirming import confirm
from extract.pages.scan.lines.characters import Character


def confirmed(text: str, place: int, seen: dict[str, float]) -> tuple[Choice, ...]:
    """Give what is left of a doubt at a place of a text."""
    characters = [Character((Choice(character, 1.0),), 0.0, 0.0) for character in text]
    characters[place] = Character(tuple(Choice(t, p) for t, p in seen.items()), 0.0, 0.0)
    confirm(characters)
    return characters[place].choices


def test_a_word_confirms_what_was_read():
    choices = confirmed("防災対策加速", 1, {"災": 0.804, "炎": 0.194})
    assert choices[0].text == "災"
    assert choices[0].probability > 0.95
    assert sum(choice.probability for choice in choices) == pytest.approx(1.0, abs=0.01)


def test_of_two_names_neither_is_confirmed():
    assert confirmed("山田町", 0, {"山": 0.7, "上": 0.28})[0].probability < 0.9


@pytest.mark.parametrize(
    "seen",
    [{"炎": 0.8, "災": 0.19}, {"災": 0.45, "炎": 0.4}, {"災": 0.8, "": 0.15}, {"3": 0.8, "8": 0.19}],
    ids=["a rarer word", "hardly the first", "perhaps nothing", "a figure"],
)
def test_other_doubts_stay(seen):
    first = next(iter(seen.values()))
    assert confirmed("防災対策加速", 1, seen)[0].probability == pytest.approx(first, abs=0.06)


def test_what_was_not_seen_at_all_stays_a_doubt():
    assert confirmed("防災対策加速", 1, {"災": 0.8, "炎": 0.05})[0].probability <= 0.86
