from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.japanese.pairs import settle_pairs
from extract.pages.scan.lines.characters import Character


def settled(text: str, doubts: dict[int, dict[str, float]]) -> str:
    """Give the text with its pairs settled; ``doubts`` maps a place to what was seen there, with its probability."""
    seen = [doubts.get(place, {character: 0.9999}) for place, character in enumerate(text)]
    line = [Character(tuple(Choice(c, p) for c, p in own.items()), 0, 0) for own in seen]
    settle_pairs(line)
    return "".join(character.text for character in line)


def test_a_word_of_which_two_characters_are_worn_is_read_when_both_were_thought_of():
    doubts = {0: {"横": 0.65, "償": 0.26}, 1: {"達": 0.63, "還": 0.13, "選": 0.12}}
    assert settled("横達額", doubts) == "償還額"


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("償還額", {0: {"償": 0.6, "横": 0.3}, 1: {"還": 0.6, "達": 0.3}}),
        ("横達額", {0: {"横": 0.65, "償": 0.005}, 1: {"達": 0.63, "還": 0.13}}),
        ("横達額", {0: {"横": 0.999, "償": 0.001}, 1: {"達": 0.63, "還": 0.13}}),
        ("第１２回", {1: {"１": 0.6, "７": 0.3}, 2: {"２": 0.6, "３": 0.3}}),
    ],
)
def test_words_figures_and_what_was_hardly_seen_stay(text, doubts):
    assert settled(text, doubts) == text
