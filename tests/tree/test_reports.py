from __future__ import annotations

import pytest
from text_pages import WIDTH, make_line, make_page, make_source, text_width

from extract.document import Producer
from extract.tree import pages_to_document
from extract.tree.front import read_front
from extract.tree.margins import items_to_margins
from extract.tree.printed import pages_to_items
from extract.tree.reports import items_to_reports


def split(*texts):
    pages = [make_page(text, number=number) for number, text in enumerate(texts, start=1)]
    items = pages_to_items(pages, running={}, tables=[], kinds={})
    parts = items_to_reports(items, [page.frame.number for page in pages])
    fronts = [read_front(part.items, items_to_margins(part.items), marked=part.marked) for part in parts]
    return parts, fronts


FIRST = """
>報告資料Ｎｏ．１
報告第３６７号

^住民基本台帳ネットワークシステム及びマイナンバー制度の
^セキュリティ対策の実施状況等について
>令 和 ６ 年 ７ 月 １ ９ 日
>地域行政部住民記録・戸籍課
>総 務 部 区 政 情 報 課

　世田谷区の条例第１３条の規定に基づき、下記のとおり報告する。
^記
１　運用状況
"""


def test_the_head_of_a_report():
    _, (front,) = split(FIRST)
    assert (front.document_number, front.number) == (1, 367)
    assert (
        front.title
        == "住民基本台帳ネットワークシステム及びマイナンバー制度のセキュリティ対策の実施状況等について"
    )
    assert (front.date, front.date_text) == ("2024-07-19", "令 和 ６ 年 ７ 月 １ ９ 日")
    assert front.departments == ("地域行政部住民記録・戸籍課", "総務部区政情報課")
    kinds = [block.kind for block in front.blocks]
    assert kinds == ["document_number", "number", "title", "date", "department", "department"]


def test_a_bracketed_line_below_the_title_closes_it_and_is_a_block_of_its_own():
    _, (front,) = split(
        "報告第２号\n^個人情報を含む文書の誤交付による漏えいについて\n^（条例第４条の報告）\n>令和６年７月１９日\n１　概要"
    )
    assert front.title == "個人情報を含む文書の誤交付による漏えいについて（条例第4条の報告）"
    assert [block.kind for block in front.blocks] == ["number", "title", "title", "date"]


def test_what_is_not_printed_is_not_guessed():
    _, (front,) = split(
        ">報告資料Ｎｏ．３\n報告第３６９号\n^令和５年度　情報公開制度の実施状況について\n\n１　請求の状況"
    )
    assert front.title == "令和5年度 情報公開制度の実施状況について"
    assert (front.date, front.date_text, front.departments) == (None, None, ())


def test_reports_follow_one_another_and_an_annex_belongs_to_the_one_before():
    parts, fronts = split(
        FIRST,
        "　本文の続きです。",
        ">参考\n^報告義務について",
        ">報告資料Ｎｏ．２\n報告第３６８号\n^次の件について",
        "本文",
    )
    assert [part.pages for part in parts] == [(1, 3), (4, 5)]
    assert [front.number for front in fronts] == [367, 368]


def test_pages_before_the_first_mark_are_a_report_without_numbers():
    parts, fronts = split("#総務委員会報告資料\n\n^令和６年７月", FIRST)
    assert [(part.pages, part.marked) for part in parts] == [((1, 1), False), ((2, 2), True)]
    assert fronts[0].number is None


def test_bare_papers_split_a_packet_only_where_no_stronger_mark_stands():
    bare, _ = split(">資料１\n^甲について\n本文", ">資料２\n^乙について\n本文")
    strong, _ = split("議案第１号\n^甲について\n本文", ">資料１\n^図\n本文", "議案第２号\n^乙について\n本文")
    assert [part.pages for part in bare] == [(1, 1), (2, 2)]
    assert [part.pages for part in strong] == [(1, 2), (3, 3)]


def test_a_list_of_bills_is_no_packet():
    parts, _ = split("議案第１号　甲の件\n議案第２号　乙の件\n議案第３号　丙の件")
    assert len(parts) == 1


def test_a_document_without_a_mark_is_one_report_with_the_title_at_its_head():
    parts, (front,) = split(
        "#令和８年度　当初予算編成の概要\n\n１．総括事項\n" + "　本文がここに続いています。\n" * 5
    )
    assert len(parts) == 1
    assert (front.number, front.title) == (None, "令和8年度 当初予算編成の概要")


def test_a_letter_head_with_date_and_department_before_the_title():
    _, (front,) = split(
        ">資料１\n>令和６年７月１９日\n>総務部　財政課\n\n^決算の概要について\n\n　令和５年度の決算は、次のとおりです。"
    )
    assert front.title == "決算の概要について"
    assert (front.date, front.departments) == ("2024-07-19", ("総務部 財政課",))


def test_blank_pages_alone_are_a_report():
    assert [part.pages for part in split("", "")[0]] == [(1, 2)]
    assert items_to_reports([], []) == ()


def test_a_letter_without_a_mark_has_its_centred_title():
    letter = ">青総第３１２号\n>令和６年７月１９日\n　各区長　様\n>青葉町長　山川　太郎\n\n^要望の取りまとめについて（依頼）\n\n　厚くお礼申し上げます。\n^記"
    _, (front,) = split(letter)
    assert (front.title, front.date) == ("要望の取りまとめについて（依頼）", "2024-07-19")


def test_a_full_line_of_a_sentence_is_no_part_of_the_title():
    wrapped = "　　第２７期の事業及び決算につき、次の事業及び決算の報告書のとおり議会に対し"
    _, (front,) = split(f"報告第３号\n報告事項\n{wrapped}\n　報告する。\n\n１　事業の概要\n　本文である。")
    assert front.title == "報告事項"


def leaf(raw, *, number=2, size=22.0, x=None, y=350.0):
    width = text_width(raw, size)
    line = make_line(raw, x=(WIDTH - width) / 2 if x is None else x, y=y, size=size)
    return make_page("", number=number, lines=[line])


def with_leaf(page):
    pages = [
        make_page("議案第１号\n^予算\n　本文です。"),
        page,
        make_page("議案第２号\n^予算\n　本文です。", number=3),
    ]
    items = pages_to_items(pages, running={}, tables=[], kinds={})
    return [(part.pages, part.leaf) for part in items_to_reports(items, [1, 2, 3])]


def test_a_page_with_a_name_in_its_middle_begins_the_report_after_it():
    assert with_leaf(leaf("介護保険事業会計")) == [((1, 1), 0), ((2, 3), 1)]


@pytest.mark.parametrize(
    "page",
    [
        leaf("南国市長　平山", x=400.0),
        leaf("以上のとおり報告する。"),
        leaf("この行は小さい", size=9.0),
        leaf("以上", y=60.0),
        leaf("令和６年７月１９日"),
    ],
)
def test_another_last_page_of_a_report_stays_with_it(page):
    assert with_leaf(page) == [((1, 2), 0), ((3, 3), 0)]


def test_a_cover_names_the_document_and_not_its_first_report():
    pages = [leaf("予算書", number=1), make_page("議案第１号\n^予算\n　本文です。", number=2)]
    items = pages_to_items(pages, running={}, tables=[], kinds={})
    assert [part.pages for part in items_to_reports(items, [1, 2])] == [(1, 1), (2, 2)]


def test_the_name_before_a_report_is_a_title_in_its_head():
    pages = [
        make_page("議案第１号\n^予算\n　本文です。"),
        leaf("介護保険事業会計"),
        make_page("議案第２号\n^予算案\n　本文です。", number=3),
    ]
    producer = Producer("hokoku", "0", (), {})
    _, report = pages_to_document(make_source(pages), pages, producer=producer, language="ja").reports
    assert (report.number, report.title) == (2, "予算案")
    assert [(block.kind, block.text, block.page) for block in report.sections[0].content[:3]] == [
        ("title", "介護保険事業会計", 2),
        ("number", "議案第2号", 3),
        ("title", "予算案", 3),
    ]


def test_an_explanation_whose_mark_ends_in_a_colon_and_the_report_itself():
    parts, fronts = split(
        "報告第９号：損害賠償の専決処分の報告について\n\n　自動車が損傷したものです。",
        "報告第９号：損害賠償の専決処分の報告について\n\n　つづきです。",
        "報告第９号\n　損害賠償の専決処分の報告について\n\n　報告する。",
    )
    assert [part.pages for part in parts] == [(1, 2), (3, 3)]
    assert [(front.number, front.title) for front in fronts] == [(9, "損害賠償の専決処分の報告について")] * 2
    assert parts[0].items[0].line.raw == fronts[0].blocks[0].raw
