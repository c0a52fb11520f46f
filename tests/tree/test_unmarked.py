"""Headings without a mark, as offices print them: titles of annexes, leaves between parts, covers."""

from __future__ import annotations

from text_pages import make_grid, make_line, make_page, make_source

from extract.document import Producer
from extract.tree import pages_to_document

PRODUCER = Producer("hokoku", "0", (), {})
TABLE = make_grid((70.0, 110.0, 525.0, 300.0))
BILL = """
報告第６号

^令和３年度繰越計算書の報告について

　地方自治法施行令第１４６条第２項の規定に基づき、別紙のとおり報告する。

　　令和４年６月１０日提出

>南国市長　平山　耕三
"""


def read(*pages):
    return pages_to_document(make_source(pages), pages, producer=PRODUCER, language="ja").reports


def outline(sections):
    for section in sections:
        yield (section.level, section.title)
        yield from outline(section.sections)


def test_the_title_of_the_table_after_a_signed_text_is_that_of_an_annex():
    annex = make_page("", number=2, lines=[make_line("令和３年度繰越計算書", x=242.0, y=90.0)], grids=[TABLE])
    (report,) = read(make_page(BILL), annex)
    assert list(outline(report.sections)) == [(1, None), (1, "令和3年度繰越計算書")]
    assert [block.kind for block in report.sections[1].content] == ["table"]


def test_the_signature_of_a_bill_stands_outside_its_articles():
    text = """
議案第１２号

^令和４年度国民健康保険特別会計予算

　令和４年度の予算は、次に定めるところによる。

第１条　総額は、千円と定める。
（１）　流用は、この限りでない。

　令和４年３月４日提出

>南国市長　平山　耕三
"""
    (report,) = read(make_page(text))
    last = report.sections[-1]
    assert (last.level, [block.text for block in last.content]) == (
        1,
        ["令和4年3月4日提出", "南国市長 平山 耕三"],
    )


def test_a_title_alone_on_its_page_holds_the_headings_that_follow():
    leaf = make_page("\n\n\n\n\n#令和４年度\n\n#予算に関する説明書", number=2)
    body = "　予算の説明である。\n　これを基礎とする。\n　あわせて示すものである。\n　以上のとおりである。"
    report = read(
        make_page(f"#予算の概要\n{body}"),
        leaf,
        make_page(f"#給与費明細書\n{body}\n１　特別職\n{body}", number=3),
        make_page(f"#債務負担行為調書\n{body}", number=4),
    )[0]
    assert list(outline(report.sections)) == [
        (1, None),
        (1, "令和4年度 予算に関する説明書"),
        (2, "給与費明細書"),
        (3, "特別職"),
        (2, "債務負担行為調書"),
    ]


def test_a_large_title_right_below_a_numbered_heading_stands_in_it():
    (report,) = read(
        make_page("１　総括\n#歳入歳出予算事項別明細書\n　本文である。\n２　歳入\n　本文である。")
    )
    assert list(outline(report.sections)) == [(1, "総括"), (2, "歳入歳出予算事項別明細書"), (1, "歳入")]


def test_the_one_line_of_a_cover_is_its_title():
    cover = make_page("", lines=[make_line("国民健康保険特別会計予算", x=231.5, y=300.0)])
    first, second = read(cover, make_page(BILL, number=2))
    assert (first.title, second.number) == ("国民健康保険特別会計予算", 6)


def test_the_titled_paper_in_the_middle_of_a_page_begins_a_section():
    text = """
　事業及び決算につき、次の報告書のとおり報告する。


^第２７期事業報告書
^自　令和３年４月１日
^至　令和４年３月３１日
１　事業の概要
　本文である。
"""
    (report,) = read(make_page(text))
    assert list(outline(report.sections)) == [(1, None), (1, "第27期事業報告書"), (2, "事業の概要")]


def test_lines_of_an_agenda_in_large_print_are_no_headings():
    body = "\n".join(f"　これは{n}行目の本文であり、ふつうの大きさで印刷されている。" for n in range(1, 9))
    agenda = [
        make_line(text, x=110.0 + 20 * (place % 2), y=100.0 + 40 * place, size=16.0)
        for place, text in enumerate(
            [
                "開会の辞",
                "代表取締役の挨拶",
                "報告事項について",
                "第１号議案の件",
                "第２号議案の件",
                "質疑応答",
                "その他の事項",
                "閉会の辞",
            ]
        )
    ]
    (report,) = read(make_page(body), make_page("", number=2, lines=agenda))
    assert list(outline(report.sections)) == [(1, None)]


def test_what_a_cover_lists_below_its_title_is_no_heading():
    cover = make_page(
        "",
        number=2,
        lines=[
            make_line("令和８年度", x=250.0, y=100.0, size=16.0),
            make_line("世田谷区予算説明書", x=170.0, y=200.0, size=26.0),
            make_line("国民健康保険事業会計", x=220.0, y=300.0, size=16.0),
            make_line("介護保険事業会計", x=220.0, y=340.0, size=16.0),
        ],
    )
    first = make_page("１　概要\n" + "　歳入と歳出の見積りは、次のとおりである。\n" * 8)
    (report,) = read(first, cover)
    assert [section.title for section in report.sections][-2:] == ["令和8年度", "世田谷区予算説明書"]
    assert [block.text for block in report.sections[-1].content] == [
        "国民健康保険事業会計",
        "介護保険事業会計",
    ]
