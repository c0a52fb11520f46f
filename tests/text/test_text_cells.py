from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.characters import fold_width, without_spaces
from extract.text.meaning import read_lines

TIMES = [
    ("9:30", "09:30"),
    ("９：３０", "09:30"),
    ("9：30", "09:30"),
    ("12：40", "12:40"),
    ("24:00", "24:00"),
    ("9:30:15", "09:30:15"),
    ("午後３時３０分", "15:30"),
    ("午前9時", "09:00"),
    ("9時半", "09:30"),
    ("9:30～16:00", "09:30/16:00"),
    ("９：３０　～　１６：００", "09:30/16:00"),
    ("午前９時から午後５時まで", "09:00/17:00"),
    ("22:00～5:00", "22:00/05:00"),
]


@pytest.mark.parametrize(("printed", "iso"), TIMES)
def test_times(printed, iso):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.value, meaning.doubts) == ("time", iso, ())


@pytest.mark.parametrize(
    "printed", ["25:00", "9:60", "午後12時30分", "月～金 9:00～16:00", "9:00～", "1:2", "24:30"]
)
def test_what_is_no_time_of_day_is_text(printed):
    assert read_lines((printed,)).kind == "text"


MISSING = [
    *(
        "－",
        "ー",
        "―",
        "—",
        "–",
        "‐",
        "-",
        "−",
        "─",
        "－－",
        "---",
        "…",
        "‥",
        "・・・",
        "...",
        "・",
        "＊＊＊",
        "***",
        "*",
        "X",
        "x",
        "Ｘ",
    ),
    *("皆増", "皆減", "皆無", "全増", "n.a.", "N/A", "ｎ．ａ．", "／", "/", "（－）", "(…)"),
]


@pytest.mark.parametrize("printed", MISSING)
def test_missing_marks_are_kept_as_printed(printed):
    meaning = read_lines((printed,))
    assert (meaning.kind, meaning.missing, meaning.value, meaning.doubts) == ("missing", printed, None, ())


def test_missing_marks_keep_their_unit_and_lose_their_spaces():
    assert read_lines(("－ 件",)).missing == "－"
    assert read_lines(("－ 件",)).unit == "件"
    assert read_lines(("皆　増",)).missing == "皆増"


@pytest.mark.parametrize(
    "printed", ["なし", "不明", "未定", "〃", "同上", "△", "×", "○", "皆増減", "X線", "・月～金"]
)
def test_words_and_other_marks_are_text(printed):
    assert read_lines((printed,)).kind == "text"


def test_zero_blank_and_marks_stay_distinct():
    printed = ["0", "", "－", "…", "皆増", "X"]
    meanings = [read_lines((text,)) for text in printed]
    assert [meaning.kind for meaning in meanings] == ["number", "empty", *["missing"] * 4]
    assert len({(meaning.kind, meaning.value, meaning.missing) for meaning in meanings}) == len(printed)


CELLS = [
    (["制度開始", "(平成２４年７月)", "からの累計"], "制度開始(平成24年7月)からの累計"),
    (["制度開始(H28.1)", "からの累計※"], "制度開始(H28.1)からの累計※"),
    (["３０日まで", "の延長"], "30日までの延長"),
    (["有償刊行物等", "販売件数"], "有償刊行物等販売件数"),
    (
        ["各総合支所マイナンバーカード", "特設窓口（くみん窓口）", "令和３年５月１８日から"],
        "各総合支所マイナンバーカード特設窓口（くみん窓口）令和3年5月18日から",
    ),
    (
        ["証明書の交付", "※世田谷区で他市町村の住民票を請求"],
        "証明書の交付\n※世田谷区で他市町村の住民票を請求",
    ),
    (["・月～土：原則 9：30～16:00", "※第３土曜を除く。"], "・月～土：原則 9:30～16:00\n※第3土曜を除く。"),
    (
        ["【令和５年４月１日～令和５年９月３０日】", "・月～金：11:00～18：30"],
        "【令和5年4月1日～令和5年9月30日】\n・月～金：11:00～18:30",
    ),
    (["臨時窓口", "世田谷以外の各地域で原則月", "１回開設"], "臨時窓口世田谷以外の各地域で原則月1回開設"),
    (
        ["期間限定窓口（令和５年１月１", "３日から９月３０日まで）", "＊世田谷区役所第３庁舎１階"],
        "期間限定窓口（令和5年1月13日から9月30日まで）\n＊世田谷区役所第3庁舎1階",
    ),
    (["月～金", "8:30～17:00"], "月～金8:30～17:00"),
    (["（１）概要", "（２）経過", "の説明"], "（1）概要\n（2）経過の説明"),
    (["18.負担金、補", "助及び交付", "金"], "18.負担金、補助及び交付金"),
    (["1.", "現年課税分"], "1.現年課税分"),
    (["自", "主", "財", "源"], "自主財源"),
    (["内", "訳"], "内訳"),
    (["令", "和", "６", "年"], "令和6年"),
    (
        ["新型コロナウイルス感染症関連緊", "急 経 済 対 策 事 業 費"],
        "新型コロナウイルス感染症関連緊急経済対策事業費",
    ),
    (["特 定 資 金 枠 外", "（ 災 害 援 護 資 金 ）"], "特定資金枠外（災害援護資金）"),
    (["差　引　増", "△　減　額"], "差引増△減額"),
    (["区　　　　　分"], "区分"),
    (["令和５年度", "令和６年度"], "令和5年度\n令和6年度"),
    (["Ｒ８年度", "当初", "予算額"], "R8年度当初予算額"),
]


@pytest.mark.parametrize(("printed", "text"), CELLS)
def test_wrapped_lines_join_and_entries_stay_apart(printed, text):
    assert read_lines(tuple(printed)).text == text


TYPED = st.text(
    alphabet="0123456789０１２３４，．,.△▲－-+％%件人円千万億年度月日令和平成HR～（）()…・X皆増 　:：〓区長\n①※"
)


@given(st.lists(st.one_of(st.text(), TYPED), max_size=4))
def test_any_text_is_read_without_an_error_and_loses_no_character(raws):
    lines = tuple(raw.strip() for raw in raws if raw.strip())
    meaning = read_lines(lines)
    kept = without_spaces(fold_width(meaning.text))
    assert [c for c in kept if c.isalnum()] == [
        c for c in without_spaces(fold_width("".join(lines))) if c.isalnum()
    ] or any(mark in "".join(lines) for mark in "\u3099\u309aﾞﾟ")
    assert (meaning.value is None) == (meaning.kind in {"text", "missing", "empty"})
    assert (meaning.missing is None) == (meaning.kind != "missing")


@given(TYPED.filter(lambda text: "\n" not in text))
def test_cleaning_is_idempotent(raw):
    once = read_lines((raw.strip(),))
    again = read_lines(tuple(once.text.split("\n")))
    assert again.text == once.text
    assert (again.kind, again.value, again.unit) == (once.kind, once.value, once.unit)


@given(TYPED, st.integers(0, 10))
def test_an_unmapped_character_is_never_part_of_a_value(text, place):
    assert (
        read_lines((text[:place].replace("\n", "") + "〓" + text[place:].replace("\n", ""),)).kind == "text"
    )
