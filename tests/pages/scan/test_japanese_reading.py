from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.japanese.settling import settle_japanese
from extract.pages.scan.lines.characters import Character


def settled(text: str) -> str:
    characters = [Character((Choice(c, 0.99),), i * 10.0, i * 10.0 + 9) for i, c in enumerate(text)]
    return "".join(character.text for character in settle_japanese(characters, 40.0))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("情報コ一ナ一", "情報コーナー"),
        ("ー部開示", "一部開示"),
        ("タ方の窓口", "夕方の窓口"),
        ("入ロ", "入口"),
        ("力ード", "カード"),
        ("小型動カポンプ", "小型動力ポンプ"),
        ("地区力ード", "地区カード"),
        ("バス路線図と夕クシー", "バス路線図とタクシー"),
        ("まちづくリセンター", "まちづくりセンター"),
        ("セキユリテイ対策", "セキュリティ対策"),
        ("個人情報フアイル", "個人情報ファイル"),
        ("５カ所", "５カ所"),
        ("統一", "統一"),
        ("二ュース", "ニュース"),
        ("タイヤ", "タイヤ"),
    ],
)
def test_look_alikes_are_settled_by_neighbours_and_dictionary(read, right):
    assert settled(read) == right


def test_a_bar_behind_a_doubtful_kanji_may_be_the_long_vowel_of_a_katakana():
    seen = [("コ", 0.97), ("一", 0.98), ("十", 0.57), ("一", 0.98)]
    characters = [
        Character(
            (Choice(text, p), Choice("ナ", 0.42)) if text == "十" else (Choice(text, p),),
            i * 10.0,
            i * 10.0 + 9,
        )
        for i, (text, p) in enumerate(seen)
    ]
    assert "".join(c.text for c in settle_japanese(characters, 40.0)) == "コーナー"


@pytest.mark.parametrize(
    ("text", "doubts", "place"),
    [
        ("コーナー", {3: ("ー", "一")}, 3),
        ("コーナー", {1: ("一", "ー")}, 1),
        ("まちづくりセンター", {4: ("り", "リ")}, 4),
        ("まちづくりセンター", {4: ("リ", "り")}, 4),
        ("バス路線図とタクシー", {6: ("夕", "タ")}, 6),
    ],
)
def test_which_character_of_a_shape_stands_there_is_no_doubt_where_its_neighbours_tell(text, doubts, place):
    characters = [
        Character(
            (Choice(doubts[i][0], 0.55), Choice(doubts[i][1], 0.44), Choice("X", 0.01))
            if i in doubts
            else (Choice(c, 0.99),),
            i * 10.0,
            i * 10.0 + 9,
        )
        for i, c in enumerate(text)
    ]
    found = settle_japanese(characters, 40.0)
    assert "".join(character.text for character in found) == text
    assert found[place].choices[0].probability == pytest.approx(0.99)
    assert [choice.text for choice in found[place].choices[1:]] == ["X"]
