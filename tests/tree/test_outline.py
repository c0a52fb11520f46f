from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st
from text_pages import make_grid, make_page, wrap

from extract.tree.margins import items_to_margins
from extract.tree.outline import pieces_to_outline
from extract.tree.paragraphs import items_to_pieces
from extract.tree.printed import pages_to_items


def read(*texts, tables=(), kinds=None, heads=()):
    pages = [make_page(text, number=number) for number, text in enumerate(texts, start=1)]
    items = pages_to_items(pages, running={}, tables=list(tables), kinds=kinds or {})
    margins = items_to_margins(items)
    ids = [f"t{number}" for number in range(1, len(tables) + 1)]
    return pieces_to_outline(
        [], items_to_pieces(items, margins), margins, report_id="r1", table_ids=ids, heads=heads
    )


def shape(sections):
    """(marker, title, [texts of the blocks], [inner sections])."""
    return [
        (section.marker, section.title, [block.text for block in section.content], shape(section.sections))
        for section in sections
    ]


def walk(sections):
    for section in sections:
        if section.raw is not None:
            yield section.raw
        for block in section.content:
            yield block.raw
        yield from walk(section.sections)


GENEROUS = 6.0  # seconds: it takes about a half; a quadratic loop takes minutes
LONG = "この文は一行に収まらない長さの文であり、右の端まで達してから次の行へと続いていく文であることを示すものとする"


def test_numbers_brackets_circles_and_points_nest():
    outline = read(
        "１　事業\n（１）体制\n＜方式＞\n①来庁方式\n・申請する。\n②郵送方式\n・送付する。\n＜本人確認＞\n（２）実績\n２　予算"
    )
    assert shape(outline.sections) == [
        (
            "１",
            "事業",
            [],
            [
                (
                    "（１）",
                    "体制",
                    [],
                    [
                        (
                            "＜＞",
                            "方式",
                            [],
                            [
                                ("①", "来庁方式", [], [("・", "申請する。", [], [])]),
                                ("②", "郵送方式", [], [("・", "送付する。", [], [])]),
                            ],
                        ),
                        ("＜＞", "本人確認", [], []),
                    ],
                ),
                ("（２）", "実績", [], []),
            ],
        ),
        ("２", "予算", [], []),
    ]


def test_a_heading_may_wrap():
    title = "マイナンバー制度のセキュリティ対策の実施状況（特定個人情報ファイルにかかる情報セキュリティ対策の実施状況）"
    outline = read(wrap("６　" + title, first=0, rest=2) + "\n（１）運用")
    assert outline.sections[0].title == title
    assert outline.sections[0].raw == wrap("６　" + title, first=0, rest=0).replace("\n　　", "\n")


def test_paragraphs_are_joined_and_kept_apart():
    outline = read(
        wrap("　" + LONG + "。", first=0, rest=0) + "\n" + wrap("　" + LONG + "。", first=0, rest=0)
    )
    assert shape(outline.sections) == [(None, None, [LONG + "。", LONG + "。"], [])]


def test_an_indented_line_below_a_full_one_begins_a_paragraph():
    note = "※本人確認情報とは、氏名、性別、生年月日、住所、住民票コード、個人番号の情報"
    outline = read("１　利用\n　" + note + "\n" + wrap("　　" + LONG + "。", first=0, rest=1))
    assert [block.kind for block in outline.sections[0].content] == ["note", "paragraph"]
    assert outline.sections[0].content[1].text == LONG + "。"


def test_the_text_of_a_point_stands_in_its_title_and_lines_below_it_in_its_content():
    outline = read(
        "１　訓練\n"
        + wrap("・" + LONG + "。", first=0, rest=1)
        + "\n　　実施日：令和５年１０月２７日\n・共有"
    )
    first, second = outline.sections[0].sections
    assert first.title == LONG + "。"
    assert [block.text for block in first.content] == ["実施日：令和5年10月27日"]
    assert second.title == "共有"


def test_a_wrapped_line_that_begins_with_a_number_opens_nothing():
    text = "この連絡を受けて直ちに調査したところ、本件の文書を誤って交付した可能性が高いと、上記"
    outline = read("（１）受付\n（２）" + text[:37] + "\n　" + text[37:] + "（１）のとおり判断した。")
    assert len(outline.sections) == 2


def test_a_sentence_that_begins_with_a_number_opens_nothing():
    outline = read("１　警備\n　24 時間 365 日の警備を行う。\n２　監視")
    assert [section.marker for section in outline.sections] == ["１", "２"]


def test_articles_paragraphs_and_items_of_a_law():
    outline = read(
        ">参考\n^報告義務について\n\n個人情報の保護に関する法律（抜粋）\n　（報告等）\n"
        "第六十八条　行政機関の長等は、報告しなければならない。\n２　前項の場合には、通知する。\n　一　困難なとき。\n　二　その他\n"
        "　（通知）\n第六十九条　通知する。"
    )
    (annex,) = outline.sections
    (law,) = annex.sections
    assert (annex.marker, annex.title) == ("参考", "報告義務について")
    assert (law.marker, law.title) == (None, "個人情報の保護に関する法律（抜粋）")
    assert [(section.marker, section.title) for section in law.sections] == [
        ("第六十八条", "（報告等） 行政機関の長等は、報告しなければならない。"),
        ("第六十九条", "（通知） 通知する。"),
    ]
    assert law.sections[1].raw == "（通知）\n第六十九条　通知する。"
    assert shape(law.sections[0].sections) == [
        ("２", "前項の場合には、通知する。", [], [("一", "困難なとき。", [], []), ("二", "その他", [], [])])
    ]


def test_one_style_of_mark_on_two_levels():
    outline = read("１　甲\n（１）乙\n　　　１　丙\n　　　２　丁\n（２）戊\n２　己")
    first, second = outline.sections
    assert [section.title for section in first.sections] == ["乙", "戊"]
    assert [section.title for section in first.sections[0].sections] == ["丙", "丁"]
    assert second.title == "己"


def test_a_paragraph_goes_on_over_the_page():
    filler = "\n".join(["　短い行です。"] * 36)
    rows = wrap("　" + LONG + "。", first=0, rest=0).splitlines()
    outline = read(filler + "\n" + rows[0], rows[1])
    last = outline.sections[0].content[-1]
    assert (last.text, last.page, last.raw) == (LONG + "。", 1, "\n".join(row.strip("　") for row in rows))


def test_what_returns_to_an_outer_section_keeps_the_printed_order():
    outline = read("１　甲\n　・乙\n　・丙\n" + "以上のとおり取り組む。\n２　丁")
    (first, second) = outline.sections
    assert shape(first.sections) == [
        ("・", "乙", [], []),
        ("・", "丙", [], []),
        (None, None, ["以上のとおり取り組む。"], []),
    ]
    assert second.title == "丁"


def test_tables_stand_below_the_last_heading_and_take_its_day():
    text = "２　実績　　＊令和６年３月３１日現在\n（１）転出入\n・説明です。"
    grid = make_grid((60, 150, 500, 300))
    outline = read(text, tables=[(1, grid.box)])
    place = outline.tables[0]
    (second,) = outline.sections
    assert place.as_of == "2024-03-31"
    assert place.section == second.sections[0].id
    assert [block.table for section in second.sections[0].sections for block in section.content] == ["t1"]


def test_a_bracketed_heading_ends_where_a_table_like_the_one_above_it_begins():
    own, detail = ("事項", "期間", "限度額"), ("令和9年度", "1,750円")
    text = "９．債務負担行為\n\n\n【内訳】\n\n\n\n\n\n\n【内訳】"
    tables = [(1, (60.0, y, 500.0, y + 20)) for y in (95.0, 150.0, 200.0, 280.0, 320.0)]
    outline = read(text, tables=tables, heads=[own, detail, own, detail, own])
    (section,) = outline.sections
    assert [
        (inner.title, [block.table for block in inner.content]) for inner in (section, *section.sections)
    ] == [("債務負担行為", ["t1"]), ("内訳", ["t2"]), (None, ["t3"]), ("内訳", ["t4"]), (None, ["t5"])]
    assert outline.tables[2].section == section.id
    others = read(text, tables=tables, heads=[own, detail, detail, own, own]).sections[0].sections[0]
    assert [block.table for block in others.content] == ["t2", "t3"]


def test_entries_of_a_table_of_contents_are_no_sections():
    outline = read("目次\n１　総括 ･････････････････ 68\n２　歳入 ･････････････････ 70\n\n１　総括")
    assert [section.marker for section in outline.sections] == [None, "１"]


ROWS = st.lists(
    st.builds(
        str.__add__,
        st.sampled_from(["", "　", "　　", ">", "^", "#"]),
        st.builds(
            str.__add__,
            st.sampled_from(
                [
                    "",
                    "１　",
                    "２　",
                    "（１）",
                    "①",
                    "・",
                    "※",
                    "◆",
                    "第一条　",
                    "一　",
                    "ア　",
                    "参考",
                    "記",
                    "報告第１号",
                ]
            ),
            st.text(alphabet="区民の申請、。（）「」令和６年 ", max_size=45),
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@example(pages=[["^、", "#、   、", "^"]])  # small lines above and below a gap, which do not stand in it
@given(pages=st.lists(ROWS, min_size=1, max_size=3))
def test_each_line_stands_in_exactly_one_raw(pages):
    texts = ["\n".join(rows) for rows in pages]
    wanted = [
        line.raw
        for number, text in enumerate(texts, start=1)
        for line in make_page(text, number=number).lines
        if line.raw
    ]
    outline = read(*texts)
    assert [row for raw in walk(outline.sections) for row in raw.split("\n") if row] == wanted


def test_ten_thousand_lines_are_read_in_linear_time():
    rows = ["１　甲", "（１）乙", "・丙丁", "　本文です。", LONG[:40], "※注です。", "２　戊"]
    texts = ["\n".join(rows[(page + line * line) % len(rows)] for line in range(35)) for page in range(300)]
    started = time.process_time()
    read(*texts)
    assert time.process_time() - started < GENEROUS
