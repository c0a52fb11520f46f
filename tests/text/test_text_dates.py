from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.notation.moments import DISAGREES, IMPOSSIBLE, OUTSIDE_ERA, REVERSED
from extract.notation.periods import find_dates
from extract.notation.wareki import ERAS, year_to_int
from extract.text.meaning import read_lines

DATES = [
    ("令和元年５月１日", "2019-05-01"),
    ("平成３１年４月３０日", "2019-04-30"),
    ("昭和64年1月7日", "1989-01-07"),
    ("平成元年１月８日", "1989-01-08"),
    ("大正15年12月25日", "1926-12-25"),
    ("昭和元年12月25日", "1926-12-25"),
    ("明治45年7月30日", "1912-07-30"),
    ("令和６年４月２３日（火）", "2024-04-23"),
    ("令和６年４月２３日(火曜日)", "2024-04-23"),
    ("令和6年4月29日（月・祝）", "2024-04-29"),
    ("令和六年七月十九日", "2024-07-19"),
    ("昭和六十三年十二月三十一日", "1988-12-31"),
    ("二〇二四年七月十九日", "2024-07-19"),
    ("2024年7月19日", "2024-07-19"),
    ("西暦２０２４年７月１９日", "2024-07-19"),
    ("2024/7/19", "2024-07-19"),
    ("2024.7.19", "2024-07-19"),
    ("2024-07-19", "2024-07-19"),
    ("Ｒ６．３．３１", "2024-03-31"),
    ("R6/3/31", "2024-03-31"),
    ("S63.4.1", "1988-04-01"),
    ("H.28.1.5", "2016-01-05"),
    ("令和6.7.19", "2024-07-19"),
    ("㋿6年7月19日", "2024-07-19"),
    ("㍻２８年１月５日", "2016-01-05"),
    ("㍼63年1月1日", "1988-01-01"),
    ("㍽10年1月1日", "1921-01-01"),
    ("㍾40年1月1日", "1907-01-01"),
    ("令 和 ６ 年 ７ 月 １ ９ 日", "2024-07-19"),
    ("令和 6 年 7 月 19 日", "2024-07-19"),
    ("令和６年　３月３１日", "2024-03-31"),
    ("令和６年３月３１日現在", "2024-03-31"),
    ("（令和６年３月３１日現在）", "2024-03-31"),
    ("【令和６年３月３１日】", "2024-03-31"),
    ("令和６年３月３１日時点", "2024-03-31"),
    ("令和６年３月末", "2024-03-31"),
    ("令和６年２月末日現在", "2024-02-29"),
    ("令和５年度末", "2024-03-31"),
    ("令和６年５月７日（火）１２：４０", "2024-05-07T12:40"),
    ("令和5年（2023年）4月1日", "2023-04-01"),
    ("2023（令和5）年4月1日", "2023-04-01"),
    ("令和6年2月29日", "2024-02-29"),
]
PERIODS = [
    ("H28.1", "2016-01"),
    ("Ｈ２８．１", "2016-01"),
    ("平成２８年１月", "2016-01"),
    ("令和5年4月分", "2023-04"),
    ("2024/7", "2024-07"),
    ("令和５年", "2023"),
    ("令和元年", "2019"),
    ("2024年", "2024"),
    ("令和５年度", "2023-04-01/2024-03-31"),
    ("R5年度", "2023-04-01/2024-03-31"),
    ("Ｒ８年度", "2026-04-01/2027-03-31"),
    ("2024年度", "2024-04-01/2025-03-31"),
    ("令和元年度", "2019-04-01/2020-03-31"),
    ("平成31年度", "2019-04-01/2020-03-31"),
    ("平成31（2019）年度", "2019-04-01/2020-03-31"),
    ("2019（令和元）年度", "2019-04-01/2020-03-31"),
    ("令和５年度分", "2023-04-01/2024-03-31"),
    ("令和５年４月１日～令和６年３月３１日", "2023-04-01/2024-03-31"),
    ("令和５年４月１日から令和６年３月３１日まで", "2023-04-01/2024-03-31"),
    ("令和５年４月１日から９月３０日まで", "2023-04-01/2023-09-30"),
    ("令和５年４月１日～３０日", "2023-04-01/2023-04-30"),
    ("令和5年4月1日～6年3月31日", "2023-04-01/2024-03-31"),
    ("【令和５年１０月１日～令和６年３月３１日】", "2023-10-01/2024-03-31"),
    ("令和5年4月～9月", "2023-04-01/2023-09-30"),
    ("令和5年11月～翌年3月", "2023-11-01/2024-03-31"),
    ("令和６～１０年度", "2024-04-01/2029-03-31"),
    ("令和４年度～令和６年度", "2022-04-01/2025-03-31"),
    ("令和４年度から令和６年度まで", "2022-04-01/2025-03-31"),
    ("令和４年～令和６年", "2022-01-01/2024-12-31"),
    ("2020～2024年", "2020-01-01/2024-12-31"),
    ("2020～24年度", "2020-04-01/2025-03-31"),
    ("R5.4.1～R6.3.31", "2023-04-01/2024-03-31"),
    ("R5.4.1～9.30", "2023-04-01/2023-09-30"),
    ("R5.4～R6.3", "2023-04-01/2024-03-31"),
    ("平成31年4月1日～令和2年3月31日", "2019-04-01/2020-03-31"),
    ("令和5年4月1日（土）～9月30日（土）", "2023-04-01/2023-09-30"),
    ("令和６年５月７日９：００～１２：００", "2024-05-07T09:00/2024-05-07T12:00"),
]


@pytest.mark.parametrize(("printed", "iso"), DATES)
def test_dates(printed, iso):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.unit, meaning.doubts) == ("date", iso, None, ())


@pytest.mark.parametrize(("printed", "iso"), PERIODS)
def test_periods(printed, iso):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.unit, meaning.doubts) == ("period", iso, None, ())


IMPOSSIBLES = [
    "令和6年13月40日",
    "令和6年2月30日",
    "令和5年2月29日",
    "令和0年",
    "2024/13/01",
    "R6.4.31",
    "令和６年０月１日",
    "令和6年4月1日～令和6年4月31日",
]


@pytest.mark.parametrize("printed", IMPOSSIBLES)
def test_a_date_that_does_not_exist_stays_text_with_a_finding(printed):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.doubts) == ("text", None, (IMPOSSIBLE,))


DOUBTFUL = [
    ("平成35年", "period", "2023", OUTSIDE_ERA),
    ("平成35年度", "period", "2023-04-01/2024-03-31", OUTSIDE_ERA),
    ("昭和64年1月8日", "date", "1989-01-08", OUTSIDE_ERA),
    ("令和元年4月30日", "date", "2019-04-30", OUTSIDE_ERA),
    ("令和６年４月２３日（水）", "date", "2024-04-23", DISAGREES),
    ("令和５年（2024年）4月", "period", "2023-04", DISAGREES),
    ("令和5年11月～3月", "text", None, REVERSED),
]


@pytest.mark.parametrize(("printed", "kind", "value", "doubt"), DOUBTFUL)
def test_doubtful_dates_are_reported(printed, kind, value, doubt):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.doubts) == (kind, value, (doubt,))


@pytest.mark.parametrize(
    "printed",
    [
        "昭和30年代",
        "令和5年度－令和4年度",
        "平成２９年７月～試行運用",
        "令和５年度当初予算",
        "明治5年9月",
        "M7.3",
        "H28.13",
        "令和",
        "令和８年度　当初予算",
        "年",
        "第2年度",
    ],
)
def test_what_holds_or_resembles_a_date_is_text(printed):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.doubts) == ("text", None, ())


IN_LINES = [
    ("（平成29年7月～試行運用、平成29年11月～本格運用）", ["2017-07", "2017-11"]),
    ("＊制度開始（平成28年1月）からの累計 ＊令和6年3月31日現在", ["2016-01", "2024-03-31"]),
    ("③発行実績 ＊令和5年4月1日から令和6年3月31日まで", ["2023-04-01/2024-03-31"]),
    ("期間限定窓口（令和5年1月13日から9月30日まで）", ["2023-01-13/2023-09-30"]),
    ("令和5年度 情報公開制度の実施状況について", ["2023-04-01/2024-03-31"]),
    ("地方自治法（昭和22年法律第67号）第213条の規定", ["1947"]),
    ("制度開始(H28.1)からの累計", ["2016-01"]),
    ("令和5年4月1日から30日以内に、令和5年4月1日から3年間", ["2023-04-01", "2023-04-01"]),
    ("令和6年4月1日 " * 500, ["2024-04-01"] * 500),
    ("前項の規定により第13条第2項を改める。", []),
]


@pytest.mark.parametrize(("text", "isos"), IN_LINES)
def test_dates_of_a_line_in_order(text, isos):
    assert [found.iso for found in find_dates(text)] == isos


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_round_trip_across_eras(day):
    for era in ERAS:
        if era.first <= day <= era.last:
            year = day.year - era.base
            for number in {str(year), "元" if year == 1 else str(year)}:
                assert read_lines((f"{era.name}{number}年{day.month}月{day.day}日",)).value == day.isoformat()
            assert read_lines((f"{era.letter}{year}.{day.month}.{day.day}",)).value == day.isoformat()
    assert (
        read_lines((f"{day.year}年{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）",)).doubts
        == ()
    )
    assert read_lines((f"{day.year}/{day.month:02d}/{day.day:02d}",)).value == day.isoformat()


@given(st.dates(min_value=date(1989, 1, 8), max_value=date(2018, 1, 1)), st.integers(0, 400))
def test_periods_round_trip(first, length):
    last = first + timedelta(days=length)
    printed = f"平成{first.year - 1988}年{first.month}月{first.day}日～平成{last.year - 1988}年{last.month}月{last.day}日"
    assert read_lines((printed,)).value == f"{first.isoformat()}/{last.isoformat()}"


def test_kanji_numerals():
    numerals = {"元": 1, "六": 6, "十": 10, "十九": 19, "二十": 20, "三十一": 31, "二〇二四": 2024, "7": 7}
    assert {printed: year_to_int(printed) for printed in numerals} == numerals
    assert [year_to_int(printed) for printed in ("十十", "二百", "二〇", "〇十", "元元")] == [None] * 5


@given(st.text(alphabet="令和平成昭和HRS元年度月日末0123456789./-～から（）土 翌同"))
def test_finding_dates_never_raises(text):
    stops = [0]
    for found in find_dates(text):
        assert stops[-1] <= found.start < found.stop <= len(text)
        stops.append(found.stop)
