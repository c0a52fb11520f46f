from __future__ import annotations

import pytest
from text_pages import make_line

from extract.tree.markers import find_marker, is_leader, number_value, strip_marker
from extract.tree.marks import find_marks


@pytest.mark.parametrize(
    ("raw", "marker", "style", "value", "title"),
    [
        ("１　事案の概要", "１", "arabic", 1, "事案の概要"),
        ("１．総　　括", "１．", "arabic-dot", 1, "総括"),
        ("（２）住民票広域交付の実績", "（２）", "paren", 2, "住民票広域交付の実績"),
        ("①情報資産管理について", "①", "circled", 1, "情報資産管理について"),
        ("ア　会計年度任用職員", "ア", "kana", 1, "会計年度任用職員"),
        ("（イ）その他", "（イ）", "paren-kana", 2, "その他"),
        ("Ⅱ.　令和8年度当初予算規模", "Ⅱ.", "roman", 2, "令和8年度当初予算規模"),
        ("◆件数（令和６年３月３１日現在）", "◆", "◆", 0, "件数（令和6年3月31日現在）"),
        ("・情報資産管理台帳の随時更新", "・", "・", 0, "情報資産管理台帳の随時更新"),
        ("＜報告事項＞", "＜＞", "＜", 0, "報告事項"),
        ("【市長提出議案】", "【】", "【", 0, "市長提出議案"),
        ("第六十八条　行政機関の長等は、", "第六十八条", "article", 68, "行政機関の長等は、"),
        ("第 13 条 区長は、", "第 13 条", "article", 13, "区長は、"),
        ("一　本人への通知が困難な場合", "一", "kanji", 1, "本人への通知が困難な場合"),
        ("１　日時", "１", "arabic", 1, "日時"),
        ("（款）　２ 総務費", "（款）", "kan", 2, "2 総務費"),
        ("参　考", "参　考", "appendix", 0, ""),
        ("別紙１　位置図", "別紙１", "appendix", 0, "位置図"),
        ("記", "記", "記", 0, ""),
    ],
)
def test_marks(raw, marker, style, value, title):
    line = make_line(raw, x=0, y=0)
    found = find_marker(line)
    assert found is not None
    assert (found.raw, found.style, found.value) == (marker, style, value)
    assert strip_marker(found, line) == title


@pytest.mark.parametrize(
    "raw",
    [
        "１件",
        "２４時間３６５日監視",
        "3.4％の増",
        "●●は申請に不要です",
        "７ 月 １９ 日",
        "一　般　会　計",
        "第１表　歳入歳出予算",
        "条第２項に基づく",
        "△290,000千円",
        "別紙のとおり報告する。",
        "令和６年度",
        "記録する",
        "",
    ],
)
def test_no_marks(raw):
    assert find_marker(make_line(raw, x=0, y=0)) is None


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("六十八", 68), ("百二十", 120), ("１２", 12), ("ウ", 3), ("ｃ", 3)]
)
def test_number_values(text, value):
    assert number_value(text) == value


def test_an_entry_of_a_table_of_contents_is_known_by_its_leader():
    assert is_leader("第１款　特別区税 ･････････････ 68")
    assert not is_leader("本人確認情報･･･氏名、性別")
    assert not is_leader("１　施設の数　　　　　12")


@pytest.mark.parametrize(
    "text",
    ["2　計画の期間・…　・　3", "第2章　現状と課題　　　　　　……　７", "2　財政の状況　　　　　　　…12"],
)
def test_an_entry_of_a_worn_table_of_contents_keeps_a_few_dots(text):
    assert is_leader(text)


@pytest.mark.parametrize(
    ("raw", "marks"),
    [
        ("報告資料Ｎｏ．１", [("document_number", 1, None)]),
        ("報告第３６７号", [("number", 367, None)]),
        ("議 案 第 １ 号", [("number", 1, None)]),
        ("資料１－２", [("document_number", 1, 2)]),
        ("資料No.3", [("document_number", 3, None)]),
        ("【資料２】", [("document_number", 2, None)]),
        ("報告第５号　令和５年度繰越計算書の報告について", [("number", 5, None)]),
        ("報告事項（３）", [("number", 3, None)]),
        ("報告第３号のとおり", []),
        ("資料１を参照", []),
        ("報告のとおり", []),
    ],
)
def test_the_marks_of_reports(raw, marks):
    assert [(mark.kind, mark.number, mark.branch) for mark in find_marks(make_line(raw, x=0, y=0))] == marks
