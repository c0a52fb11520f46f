"""Days and months that leave out their years, and periods whose ends are not alike."""

from __future__ import annotations

from datetime import date

import pytest

from extract.tree.entities.moments import find_moments
from extract.tree.entities.said_days import Calendar


def told(*passages: str, issued: date | None = date(2024, 12, 10)) -> list[tuple[str, object]]:
    """Give the moments of passages of one chapter, each with its words."""
    calendar = Calendar(issued)
    found: list[tuple[str, object]] = []
    for text in passages:
        calendar.enter("s1")
        found.extend((text[one.start : one.stop], one.value) for one in find_moments(text, calendar))
    return found


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("令和6年9月21日から同月22日まで降った。9月21日には避難を求めた。", ("9月21日", "2024-09-21")),
        ("令和6年9月の大雨では、9月21日に被災した。", ("9月21日", "2024-09-21")),
        ("令和6年9月21日に壊れた。8月3日の点検では、", ("8月3日", "--08-03")),
        ("令和7年3月31日まで受け付ける。9月24日に始めた。", ("9月24日", "--09-24")),
        ("令和7年1月15日に公告する。9月24日に始めた。", ("9月24日", "--09-24")),
        ("昭和56年3月1日に竣工した。6月1日に直した。", ("6月1日", "--06-01")),
        ("令和6年4月1日現在、6人である。6月1日に増えた。", ("6月1日", "--06-01")),
        ("令和6年4月1日に定めた。例年は12月29日に閉める。", ("12月29日", "--12-29")),
        ("令和4年4月1日から令和6年3月31日まで、9月1日に", ("9月1日", "--09-01")),
        ("令和6年4月1日に定め、令和5年度の決算を9月1日に", ("9月1日", "--09-01")),
    ],
)
def test_a_day_is_of_the_year_that_its_paragraph_goes_on_from(text, last):
    assert told(text)[-1] == last


def test_same_year_is_not_the_year_of_another_paragraph():
    read = told("令和7年3月31日まで受け付ける。", "9月24日から同年10月末まで開き、同年11月に閉じた。")
    assert read[1:] == [("9月24日から同年10月末まで", "--09-24/--10-31"), ("同年11月", "--11")]


def test_a_chronicle_goes_on_from_the_day_above():
    assert told("令和6年5月20日 届出", "6月3日 検証", "2月1日 合意", "うち8月1日")[1:] == [
        ("6月3日", "2024-06-03"),
        ("2月1日", "--02-01"),
        ("8月1日", "--08-01"),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "令和5年6月21日に諮り、同年7月から令和6年8月まで",
            ("同年7月から令和6年8月まで", "2023-07-01/2024-08-31"),
        ),
        ("令和5年6月21日に諮り、同年7月から令和6年8月に延ばす", ("令和6年8月", "2024-08")),
        ("令和5年6月21日に諮り、同年8月～令和5年7月", ("令和5年7月", "2023-07")),
        ("令和6年9月2日、9月24日から同年10月末まで", ("9月24日から同年10月末まで", "2024-09-24/2024-10-31")),
        ("2月1日から2月末まで", ("2月1日から2月末まで", None)),
        ("9月20日から9月3日まで", ("9月20日から9月3日まで", None)),
        ("12月20日から1月末まで", ("12月20日から1月末まで", "--12-20/--01-31")),
    ],
)
def test_ends_of_a_period_need_not_be_alike(text, last):
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("令和六年十月十五日、同月二十七日（日）", ("同月二十七日（日）", "2024-10-27")),
        ("令和六年十月十五日、同月二十七日（月）", ("同月二十七日（月）", None)),
        (
            "令和六年十月一日に始め、十月十六日から同月二十六日まで",
            ("十月十六日から同月二十六日まで", "2024-10-16/2024-10-26"),
        ),
        ("午前七時から午後六時まで", ("午前七時から午後六時まで", "07:00/18:00")),
        ("午後十時三十分に", ("午後十時三十分", "22:30")),
        ("午前九時半に", ("午前九時半", "09:30")),
    ],
)
def test_days_and_times_are_read_in_kanji(text, last):
    assert told(text)[-1] == last


def test_no_time_is_a_word_in_kanji():
    assert told("一時停止、十時間、午前十三時", issued=None) == [("午前十三時", None)]
