from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.notation.numerals import SEVERAL, UNCLEAR, UNUSUAL
from extract.text.meaning import LOST_COMMA, read_lines

FULLWIDTH = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")
HALFWIDTH = str.maketrans("０１２３４５６７８９，．％", "0123456789,.%")

NUMBERS = [
    ("１３，６３０件", 13630, "件"),
    ("５６８通", 568, "通"),
    ("０", 0, None),
    ("０件", 0, "件"),
    ("0.0", 0.0, None),
    ("0.5", 0.5, None),
    (".5", 0.5, None),
    ("100.0", 100.0, None),
    ("25,550,000", 25550000, None),
    ("1234567", 1234567, None),
    ("△ 290,000", -290000, None),
    ("△290,000", -290000, None),
    ("▲1.1", -1.1, None),
    ("▲　3.1％", -3.1, "%"),
    ("－１２", -12, None),
    ("−12", -12, None),
    ("-12", -12, None),
    ("‐12", -12, None),
    ("△0", 0, None),
    ("△0.0", 0.0, None),
    ("＋３．２", 3.2, None),
    ("+5ポイント", 5, "ポイント"),
    ("（１，２３４）", 1234, None),
    ("(1)", 1, None),
    ("(△1,234)", -1234, None),
    ("（▲３．４％）", -3.4, "%"),
    ("〔12件〕", 12, "件"),
    ("【　１３９，０７２】", 139072, None),
    ("1,234（件）", 1234, "件"),
    ("３．４％", 3.4, "%"),
    ("3.4 %", 3.4, "%"),
    ("0.8‰", 0.8, "‰"),
    ("１億２，３４５万円", 123450000, "円"),
    ("255億5千万円", 25550000000, "円"),
    ("8.2億円", 820000000, "円"),
    ("8.23億円", 823000000, "円"),
    ("2兆3,000億円", 2300000000000, "円"),
    ("3千万円", 30000000, "円"),
    ("2千5百円", 2500, "円"),
    ("1万2千円", 12000, "円"),
    ("12.5万人", 125000, "人"),
    ("1.23456万", 12345.6, None),
    ("100万円", 1000000, "円"),
    ("△1億円", -100000000, "円"),
    ("25,550,000千円", 25550000, "千円"),
    ("50百万円", 50, "百万円"),
    ("5千人", 5, "千人"),
    ("￥1,234", 1234, "￥"),
    ("¥△1,234", -1234, "¥"),
    ("365日", 365, "日"),
    ("24時間", 24, "時間"),
    ("40分", 40, "分"),
    ("３年", 3, "年"),
    ("3か月", 3, "か月"),
    ("65歳", 65, "歳"),
    ("４箇所", 4, "箇所"),
    ("５ヶ所", 5, "ヶ所"),
    ("28か所", 28, "か所"),
    ("14 人", 14, "人"),
    ("７世帯", 7, "世帯"),
    ("100戸", 100, "戸"),
    ("10台", 10, "台"),
    ("3回", 3, "回"),
    ("2校", 2, "校"),
    ("6団体", 6, "団体"),
    ("418.47㎡", 418.47, "㎡"),
    ("418.47m²", 418.47, "m²"),
    ("20.5ha", 20.5, "ha"),
    ("3.5ｋｍ", 3.5, "km"),
    ("58.05km²", 58.05, "km²"),
    ("1.5倍", 1.5, "倍"),
    ("12t-CO2", 12, "t-CO2"),
    ("1 0 2,4 1 6人", 102416, "人"),
    ("5,840便", 5840, "便"),
    ("1,460神輿", 1460, "神輿"),
    ("3施設", 3, "施設"),
    ("2つ", 2, "つ"),
    ("59冊", 59, "冊"),
    ("12,542枚", 12542, "枚"),
    ("3部", 3, "部"),
    ("6, 3 6 0, 9 0 0", 6360900, None),
    ("１ ， ２ ３ ４ 円", 1234, "円"),
    ("9007199254740993", 9007199254740993, None),
    ("123,456,789,012,345,678", 123456789012345678, None),
    ("2024.7", 2024.7, None),
]


@pytest.mark.parametrize(("printed", "value", "unit"), NUMBERS)
def test_numbers_have_their_value_and_unit(printed, value, unit):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.unit, meaning.doubts) == ("number", value, unit, ())
    assert type(meaning.value) is type(value)
    assert meaning.missing is None


TEXTS = [
    *(
        "01",
        "007",
        "1.",
        "①",
        "⑴",
        "1.2.3",
        "２．１．11",
        "2-1-3",
        "03-1234-5678",
        "154-8504",
        "1/2",
        "(10/10)",
        "No.1",
        "Ａ４",
    ),
    *(
        "１０～１５",
        "10〜15人",
        "約100人",
        "100人以上",
        "100人未満",
        "３０日まで",
        "5人中3人",
        "2回目",
        "3年目",
        "５号",
        "3番",
        "1位",
        "2級",
        "4月",
    ),
    *(
        "５年度",
        "20代",
        "65歳以上",
        "0歳児",
        "第１３条",
        "第３回",
        "3階",
        "１丁目",
        "7月8日",
        "12 委託料",
        "12　委　託　料",
        "9消防費",
        "3 施設",
        "25神輿",
        "2総務費",
    ),
    *(
        "10増",
        "△2.7%増",
        "5,000円超",
        "5〓3",
        "〓",
        "1,234〓",
        "千円",
        "百人",
        "%",
        "△",
        "▲",
        "〇",
        "R5",
        "2DK",
        "3F",
        "1 1/2",
        "1、2",
    ),
    *("IPv6", "計 100", "合計100", "2024年7月号", "1：2：3", "±5", "12対3"),
]


@pytest.mark.parametrize("printed", TEXTS)
def test_what_only_looks_like_a_number_is_text_without_a_doubt(printed):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.unit, meaning.doubts) == ("text", None, None, ())


UNCLEARS = [
    *(
        "1,23,456",
        "1,5",
        "1,2,3",
        "12,34",
        "0,123",
        "1,234,5",
        "12 34",
        "1 2",
        "4 8 0",
        "12 345",
        "100, 200",
        "1.234.567",
        "1,234-",
        "1,234△",
    ),
    *(
        "ー123",
        "―123",
        "*123",
        "123※1",
        "１２３※",
        "r1,234",
        "△△5",
        "1億23456万円",
        "0.1234567890123456789",
        "1" * 40,
        "12,67,945",
        "1234567,890",
        "1,234567,89",
        "1267,94",
        "01267,945",
        "1267,945,",
        "1267,945-",
        "1,",
    ),
]


@pytest.mark.parametrize("printed", UNCLEARS)
def test_a_number_that_can_be_read_in_two_ways_stays_text_with_a_finding(printed):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value) == ("text", None)
    assert meaning.doubts == (UNCLEAR,)


SEVERALS = [
    ("3,456（12）",),
    ("3,456 (12.3%)",),
    ("72,681,225", "（16.8%)"),
    ("1,234", "5,678"),
    ("１", "０"),
    ("123", "456"),
]


@pytest.mark.parametrize("printed", SEVERALS)
def test_several_numbers_in_a_cell_are_text_with_a_finding(printed):
    meaning = read_lines(printed)
    assert (meaning.kind, meaning.value, meaning.doubts) == ("text", None, (SEVERAL,))


OVER_LINES = [
    (("１３，６３０", "件"), 13630, "件"),
    (("12,345,", "678"), 12345678, None),
    (("△", "1,234"), -1234, None),
    (("１，２３", "４"), 1234, None),
    (("％", "10.8"), 10.8, "%"),
    (("千円", "△ 1,234"), -1234, "千円"),
]


@pytest.mark.parametrize(("printed", "value", "unit"), OVER_LINES)
def test_a_number_over_two_lines(printed, value, unit):
    meaning = read_lines(printed)
    assert (meaning.kind, meaning.value, meaning.unit) == ("number", value, unit)


def test_letter_spaced_numbers_need_a_comma_or_company():
    assert read_lines(("4 8 0",), is_spread=True).value == 480
    assert read_lines(("100, 200",), is_spread=True).kind == "text"
    assert read_lines(("6, 3 6 0, 9 0 0",)).text == "6,360,900"


def test_the_japanese_comma_as_separator_is_read_but_reported():
    meaning = read_lines(("１、２３４",))
    assert (meaning.value, meaning.doubts) == (1234, (UNUSUAL,))


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1267,945", 1267945, None),
        ("△126794,512", -126794512, None),
        ("12,345678円", 12345678, "円"),
        ("（１２３４，５６７．８％）", 1234567.8, "%"),
    ],
)
def test_a_number_that_lost_one_comma_is_a_number_to_be_looked_at(printed, value, unit):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.unit) == ("number", value, unit)
    assert meaning.text == printed.translate(HALFWIDTH)
    assert meaning.doubts == (LOST_COMMA,)


def test_no_number_is_glued_from_lines_by_a_lost_comma():
    assert read_lines(("1,23", "4567")).kind == "text"
    assert read_lines(("1234,567", "890")).doubts == (SEVERAL, LOST_COMMA)


@given(st.integers(min_value=10**6, max_value=10**18), st.data())
def test_every_lost_comma_is_found_again(value, data):
    printed = f"{value:,}"
    place = data.draw(st.sampled_from([at for at, mark in enumerate(printed) if mark == ","]))
    meaning = read_lines((printed[:place] + printed[place + 1 :],))
    assert (meaning.value, meaning.doubts) == (value, (LOST_COMMA,))


@given(st.integers(min_value=-(10**18), max_value=10**18), st.booleans(), st.sampled_from("△▲－-−"))
def test_formatted_integers_come_back(value, is_fullwidth, sign):
    printed = f"{abs(value):,}"
    printed = (sign if value < 0 else "") + (printed.translate(FULLWIDTH) if is_fullwidth else printed)
    assert read_lines((printed,)).value == value


@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=1, max_value=5))
def test_formatted_decimals_come_back(scaled, places):
    value = scaled / 10**places
    printed = ("△" if scaled < 0 else "") + f"{abs(value):,.{places}f}％"
    meaning = read_lines((printed.translate(FULLWIDTH),))
    assert (meaning.value, meaning.unit) == (float(f"{value:.{places}f}"), "%")


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_composed_numbers_come_back(hundred_millions, myriads):
    meaning = read_lines((f"{hundred_millions:,}億{myriads:,}万円",))
    assert (meaning.value, meaning.unit) == (hundred_millions * 10**8 + myriads * 10**4, "円")


@given(st.text(alphabet="0123456789,. 、", min_size=1, max_size=12))
def test_no_digit_string_changes_its_value(printed):
    meaning = read_lines((printed,))
    if meaning.kind == "number":
        bare = "".join(c for c in printed if c in "0123456789.")
        assert meaning.value == (float(bare) if "." in bare else int(bare))


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("2.7%増", 2.7, "%"),
        ("1.1％減", -1.1, "%"),
        ("1,234円増", 1234, "円"),
        ("３．２ポイント減", -3.2, "ポイント"),
        ("0.0％減", 0.0, "%"),
    ],
)
def test_a_change_may_have_its_sign_in_a_word(printed, value, unit):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.unit, meaning.doubts) == ("number", value, unit, ())


@pytest.mark.parametrize(
    ("lines", "value", "unit"),
    [(("▲11,77", "6"), -11776, None), (("▲98.", "8％"), -98.8, "%"), (("１，２３", "４件"), 1234, "件")],
)
def test_a_number_broken_in_a_narrow_cell_is_one_number(lines, value, unit):
    meaning = read_lines(lines)
    assert (meaning.kind, meaning.value, meaning.unit) == ("number", value, unit)


@pytest.mark.parametrize("lines", [("100.0", "0％"), ("12", "34"), ("３４", "（１２）")])
def test_two_numbers_in_a_cell_are_not_glued(lines):
    assert read_lines(lines).kind == "text"
