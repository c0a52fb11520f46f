from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.japanese.forms import LARGE_OF_SMALL, SIZE_BETWEEN, SMALL_OF_LARGE
from extract.pages.scan.japanese.sizes import BLUR, settle_sizes
from extract.pages.scan.lines.characters import Character

EM = 40.0


def printed(text: str, *, over: float = 0.0, small: float = 0.1) -> list[Character]:
    """Give the characters of a text whose kana of two sizes are ``over`` their middle size (ems) and small with a probability."""
    characters = []
    for index, text_read in enumerate(text):
        large = LARGE_OF_SMALL.get(text_read, text_read)
        choices: tuple[Choice, ...] = (Choice(text_read, 0.99),)
        side = EM
        if large in SIZE_BETWEEN:
            choices = tuple(
                sorted(
                    (Choice(large, 1 - small), Choice(SMALL_OF_LARGE[large], small)),
                    key=lambda c: -c.probability,
                )
            )
            side = ((SIZE_BETWEEN[large] + over) * EM + BLUR) / 2
        characters.append(Character(choices, index * EM, index * EM + side, side))
    return characters


def settled(characters: list[Character], *, before: str = "", after: str = "") -> str:
    settle_sizes(characters, EM, before=before, after=after)
    return "".join(character.text for character in characters)


@pytest.mark.parametrize(
    "word", ["について", "行っていなかった", "セキュリティ", "ファイル", "マイナンバー", "住基ネット"]
)
def test_words_tell_sizes_where_the_ink_does_not(word):
    read = "".join(LARGE_OF_SMALL.get(c, c) for c in word)
    assert settled(printed(read, small=0.3)) == word


def test_the_next_line_tells_the_size_of_the_last_kana():
    assert settled(printed("監査の結果にっ", small=0.4), after="いて報告する") == "監査の結果につ"


def test_clear_ink_and_a_sure_reading_stand_against_words():
    assert settled(printed("きゆう", over=0.2, small=0.001)) == "きゆう"


def test_no_small_kana_follows_one_that_it_cannot():
    assert settled(printed("マィナ", over=-0.1, small=0.3)) == "マイナ"
