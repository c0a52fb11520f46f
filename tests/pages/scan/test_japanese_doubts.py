from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.japanese.doubts import THOUGHT_OF, settle_doubts
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character


def line(text: str, others: dict[str, float]) -> list[Character]:
    """Give the characters of a text; ``others`` maps what is read and what else was seen there (学挙) to its probability."""
    seen = {pair[0]: (pair[1:], probability) for pair, probability in others.items()}
    return [
        Character((Choice(c, 1 - seen[c][1]), Choice(*seen[c])) if c in seen else (Choice(c, 0.9999),), 0, 0)
        for c in text
    ]


def settled(text: str, *, before: str = "", after: str = "", others: dict[str, float]) -> str:
    characters = line(text, others)
    settle_doubts(characters, before=before, after=after)
    return "".join(character.text for character in characters)


@pytest.mark.parametrize(
    ("read", "others", "right"),
    [
        ("選学管理委員会", {"学挙": 0.003}, "選挙管理委員会"),
        ("合和６年７月３日", {"合令": 0.01}, "令和６年７月３日"),
        ("取卜げ", {"卜下": 0.005}, "取下げ"),
        ("コヒーサービス", {"ヒピ": 0.02}, "コピーサービス"),
        ("改止の理由", {"止正": 0.02}, "改正の理由"),
        ("監査委U", {"U員": 0.09}, "監査委員"),
        ("農業委1会", {"1員": 0.6}, "農業委員会"),
        ("301を超える延長", {"1日": 0.32}, "30日を超える延長"),
        ("成出", {"成歳": 0.13}, "歳出"),
        ("議案香号", {"香番": 0.02}, "議案番号"),
        ("開催同数", {"同回": 0.15}, "開催回数"),
    ],
)
def test_a_reading_that_makes_a_word_is_taken_though_it_is_less_probable(read, others, right):
    assert settled(read, others=others) == right


@pytest.mark.parametrize(
    ("read", "others"),
    [
        ("選学管理委員会", {"学挙": 0.00005}),  # hardly seen
        ("第三十条", {"三二": 0.4}),  # a number
        ("上", {"上下": 0.4}),  # no word around it
        ("（土）", {"土は": 0.3}),
        ("幸町", {"幸辛": 0.3}),
        ("2.5km", {".": 0.4}),  # a point between figures
        ("都・区市町村", {"・": 0.45}),
        ("区分A", {"A人": 0.001}),
        ("301を超える", {"1日": 0.01}),
        ("301を超える", {"1目": 0.4}),
        ("3月1日", {"1月": 0.4}),
        ("ＡED設置", {"E上": 0.3}),  # among letters
        ("農業委1会", {"1員": 0.4}),  # a figure that is rather one
        ("第1会議室", {"1員": 0.6}),  # where a figure is due
        ("平成1年度", {"1元": 0.6}),
    ],
)
def test_what_no_word_can_tell_stays_as_read(read, others):
    assert settled(read, others=others) == read


def test_a_reading_without_any_probability_is_no_error():
    unsure = [Character((Choice(text, 0.0), Choice("人", 0.0)), 0, 0) for text in "入口"]
    settle_doubts(unsure)
    assert "".join(character.text for character in unsure) == "入口"


def test_a_speck_between_words_is_nothing():
    assert settled("監.査委員", others={".": 0.2}) == "監査委員"


def test_the_lines_before_and_after_say_what_the_word_is():
    assert settled("卜記のとおり", before="状況を", others={"卜下": 0.02}) == "下記のとおり"
    assert settled("による監", after="査の結果", others={"監藍": 0.3}) == "による監"


def test_a_word_is_less_odd_than_what_it_is_misread_as():
    assert text_to_oddity("監査委員") < text_to_oddity("監代委員")
    assert text_to_oddity("コピーサービス") < text_to_oddity("コヒーサービス")


def test_a_bracket_is_a_speck_only_where_its_partner_is_missing():
    assert settled("統合端末の)不正利用", others={")": 0.3}) == "統合端末の不正利用"
    assert settled("（案)の概要", others={")": 0.3}) == "（案)の概要"


def test_a_bracket_without_its_partner_may_be_kana_that_makes_a_word_with_a_small_one_before_it():
    assert settled("橋りよ)点検", others={")う": 0.01}) == "橋りよう点検"  # its size is told later
    assert settled("点検(のう)", others={")う": 0.01}) == "点検(のう)"


def test_an_item_of_a_budget_is_likelier_than_the_dictionary_says():
    assert text_to_oddity("土木費") + 3 < text_to_oddity("上木費")
    assert text_to_oddity("計") < text_to_oddity("副")


def test_a_kanji_that_is_seldom_printed_is_odd_where_it_makes_no_word():
    assert text_to_oddity("災售復旧費") > text_to_oddity("災売復旧費") + 1


@pytest.mark.parametrize(("place", "right"), [(1, "活司"), (0, "浩司")])
def test_what_the_recogniser_hardly_thought_of_needs_more_to_speak_for_it(place, right):
    unlike = [Choice(chr(ord("龕") + n), 0.0001) for n in range(THOUGHT_OF * place)]
    seen = (Choice("活", 0.5), *unlike, Choice("浩", 0.0005))
    characters = [Character(seen, 0, 0), Character((Choice("司", 0.9999),), 0, 0)]
    settle_doubts(characters, before="田中")
    assert "".join(character.text for character in characters) == right


@pytest.mark.parametrize(
    ("longer", "parts"),
    [("年度末現在", "年度未現在"), ("図書購入費", "図書購入発"), ("会計年度任用", "会社年度任用")],
)
def test_a_usual_word_is_worth_as_much_within_a_longer_one(longer, parts):
    assert text_to_oddity(longer) < text_to_oddity(parts)
