from __future__ import annotations

from collections import Counter

import pytest
from grid_pages import draw_grid, draw_line, draw_page
from hypothesis import given
from hypothesis import strategies as st
from tables_of import drawing_to_facts, facts_of, pages_to_tables

from extract.tree.facts import table_to_facts
from extract.tree.units import header_unit, unit_of_number


def test_paths_skip_blanks_and_count_merged_headers_once():
    facts = drawing_to_facts(
        """
        実施機関 | 請求件数 | 処理状況 | < | < | <
        ^ | ^ | 全部開示 | 非開示 | < | <
        ^ | ^ | ^ | | 不存在 | 拒否
        区長 | 416 | 152 | 33 | 22 | 6
        """
    )
    assert facts == [
        (("区長",), ("請求件数",), 416),
        (("区長",), ("処理状況", "全部開示"), 152),
        (("区長",), ("処理状況", "非開示"), 33),
        (("区長",), ("処理状況", "非開示", "不存在"), 22),
        (("区長",), ("処理状況", "非開示", "拒否"), 6),
    ]


def test_a_side_heading_names_only_its_rows():
    facts = drawing_to_facts(
        """
        状況 | < | 令和5年度
        交付申請 | < | 817,413件
        内訳 | 交付済 | 696,053件
        ^ | 未交付※ | 121,360件
        """
    )
    assert [row for row, _, _ in facts] == [("交付申請",), ("内訳", "交付済"), ("内訳", "未交付※")]


def test_labels_that_step_in_stand_under_the_label_above():
    facts = drawing_to_facts(
        """
        款 | < | < | 本年度
        ^ | 項 | < | ^
        ^ | ^ | 目 | ^
        09 特別区交付金 | < | < | 741
        | 01 調整交付金 | < | 741
        ^ | | 01 普通交付金 | 691
        ^ | ^ | 02 特別交付金 | 50
        歳入合計 | < | < | 741
        """
    )
    assert [row for row, _, _ in facts] == [
        ("09 特別区交付金",),
        ("09 特別区交付金", "01 調整交付金"),
        ("09 特別区交付金", "01 調整交付金", "01 普通交付金"),
        ("09 特別区交付金", "01 調整交付金", "02 特別交付金"),
        ("歳入合計",),
    ]


def test_a_label_printed_once_goes_on_over_blanks_but_not_into_a_total():
    facts = drawing_to_facts(
        """
        款 | 項 | 金額
        1 市税 | 1 市民税 | 10
        | 2 固定資産税 | 20
        | 小計 | 30
        2 譲与税 | 1 地方譲与税 | 5
        | 合計 | 35
        """
    )
    assert [row for row, _, _ in facts] == [
        ("1 市税", "1 市民税"),
        ("1 市税", "2 固定資産税"),
        ("1 市税", "小計"),
        ("2 譲与税", "1 地方譲与税"),
        ("合計",),
    ]


def test_a_blank_is_not_filled_where_the_table_merges_what_belongs_together():
    facts = drawing_to_facts(
        """
        区分 | < | 件数
        内訳 | 窓口 | 1
        ^ | 郵送 | 2
        | その他 | 3
        """
    )
    assert [row for row, _, _ in facts] == [("内訳", "窓口"), ("内訳", "郵送"), ("その他",)]


def test_two_half_tables_side_by_side():
    facts = drawing_to_facts(
        """
        区分 | 金額 | 区分 | 金額
        市税 | 100 | 議会費 | 10
        譲与税 | 20 | 総務費 | 110
        """
    )
    assert facts == [
        (("市税",), ("金額",), 100),
        (("議会費",), ("金額",), 10),
        (("譲与税",), ("金額",), 20),
        (("総務費",), ("金額",), 110),
    ]


def test_inner_labels_of_a_budget_stand_under_the_outer_label():
    facts = drawing_to_facts(
        """
        目 | 補正額 | 節 | <
        ^ | ^ | 区分 | 金額
        企画費 | △14 | 旅費 | △27
        ^ | ^ | 委託料 | 13
        土木費 | 5 | 報酬 | 5
        """
    )
    assert facts == [
        (("企画費",), ("補正額",), -14),
        (("企画費", "旅費"), ("節", "金額"), -27),
        (("企画費", "委託料"), ("節", "金額"), 13),
        (("土木費",), ("補正額",), 5),
        (("土木費", "報酬"), ("節", "金額"), 5),
    ]


def test_groups_name_their_rows_and_not_the_grand_total():
    facts = drawing_to_facts(
        """
        区分 | 令和5年度
        一般会計 | <
        市税 | 100
        特別会計 | <
        国保 | 50
        合計 | 150
        """
    )
    assert [row for row, _, _ in facts] == [("一般会計", "市税"), ("特別会計", "国保"), ("合計",)]


def test_a_header_over_an_earlier_table_of_the_page_names_the_columns_below():
    first = draw_grid("目 | 補正額 | 計\n市民税 | 120 | 2,293\n計 | 120 | 2,293", top=100)
    second = draw_grid("たばこ税 | △13 | 382\n計 | △13 | 382", top=220)
    page = draw_page(first, second, lines=[draw_line("款 1 市税 項 4 たばこ税", y=200)])
    assert facts_of(page)[4:6] == [(("たばこ税",), ("補正額",), -13), (("たばこ税",), ("計",), 382)]


def test_numbers_under_a_note_in_the_grid_take_no_column_name():
    facts = drawing_to_facts(
        """
        基金 | 年度末残高 | 積立額
        財政調整 | 1,795 | 150
        （備考） | < | <
        土地 | 180千円 | 42千円
        """
    )
    assert [column for _, column, _ in facts] == [("年度末残高",), ("積立額",), (), ()]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("決算額（千円）", "千円"),
        ("構成比(%)", "%"),
        ("％", "%"),
        ("所要期間（日）", "日"),
        ("10月1日（日）", None),
        ("制度開始(平成24年7月)からの累計", None),
        ("人口", None),
    ],
)
def test_unit_in_a_header(text, unit):
    assert header_unit(text) == unit


@pytest.mark.parametrize(
    ("cell_unit", "column", "table", "unit"),
    [
        ("件", ["金額（千円）"], "千円", "件"),
        (None, ["金額（円）"], "千円", "円"),
        (None, ["令和5年度", "構成比"], "千円、%", "%"),
        (None, ["令和5年度", "予算額"], "千円、%", "千円"),
        (None, ["比較", "伸率"], "千円、％", "%"),
        (None, ["構成比"], "千円", None),
        (None, ["予算額"], "千円", "千円"),
        (None, ["件数"], "件、千円", "件"),
        (None, ["処理数"], "件、千円", None),
        (None, ["予算額"], None, None),
    ],
)
def test_unit_of_a_number(cell_unit, column, table, unit):
    assert unit_of_number(cell_unit=cell_unit, column_names=column, row_names=[], table_unit=table) == unit


@pytest.mark.parametrize(
    ("rows", "table", "unit"),
    [
        (["小計 (a)"], None, None),
        (["歳出合計 (a)+(b)"], "千円", "千円"),
        (["延長 (m)"], "千円", None),
        (["施設"], "人", "人"),
        (["施設"], None, None),
        (["福祉施設（団体）"], "千円", "千円"),
        (["利用者", "人"], "千円", "千円"),
        (["利用者", "人"], None, "人"),
        (["登録", "団体"], None, "団体"),
        (["職員数（人）"], "千円", "人"),
        (["構成比(％)"], "千円", "%"),
    ],
)
def test_unit_of_a_row_label(rows, table, unit):
    assert unit_of_number(cell_unit=None, column_names=["本年度"], row_names=rows, table_unit=table) == unit


@pytest.mark.parametrize(
    ("columns", "unit"),
    [
        (["予算額 (a)"], None),
        (["令和5年度 (A)", "増減 (t)"], None),
        (["延長 (m)"], "m"),
        (["ごみ収集量", "t"], "t"),
        (["面積 (ha)"], "ha"),
        (["道路延長", "（km）"], "km"),
    ],
)
def test_a_letter_in_a_column_header_is_a_unit_only_where_the_name_suits(columns, unit):
    assert unit_of_number(cell_unit=None, column_names=columns, row_names=[], table_unit=None) == unit


def test_the_unit_of_a_row_of_units_is_no_name():
    page = draw_page(draw_grid("区分 | 金額 | 割合\n | 千円 | %\n市税 | 12 | 3.4"))
    ((table, names),) = pages_to_tables(page)
    assert [(fact.column_path, fact.unit) for fact in table_to_facts(table, names)] == [
        (("金額",), "千円"),
        (("割合",), "%"),
    ]


def test_a_unit_word_among_names_is_a_name():
    facts = drawing_to_facts("地区 | 避難所 | <\n^ | 箇所 | 収容人数\n東地区 | 6 | 1,200")
    assert facts[0] == (("東地区",), ("避難所", "箇所"), 6)


def test_a_date_beside_a_name_is_no_label_unless_rows_need_it():
    facts = drawing_to_facts("施設 | 開設 | 利用者数\n会館 | 令和4年度 | 102\n体育館 | 令和5年度 | 98")
    assert [row for row, _, _ in facts] == [("会館",), ("体育館",)]
    facts = drawing_to_facts("施設 | 年度 | 利用者数\n会館 | 令和4年度 | 102\n会館 | 令和5年度 | 98")
    assert [row for row, _, _ in facts] == [("会館", "令和4年度"), ("会館", "令和5年度")]


_words = st.sampled_from(
    ["", "区分", "市税", "令和5年度", "合計", "件数", "内訳", "－", "12", "1,234", "△5", "3.4%"]
)


@given(
    st.integers(1, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.one_of(_words, st.just("<"), st.just("^")), min_size=columns, max_size=columns),
            min_size=1,
            max_size=7,
        )
    )
)
def test_each_body_number_is_one_fact_and_no_header_twice_in_a_path(rows):
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (text == "<" and (c == 0 or r > 0 or row[c - 1] == "^")) or (
                text == "^" and (r == 0 or "<" in rows[r - 1] or "<" in row)
            ):
                row[c] = ""
    ((table, names),) = pages_to_tables(draw_page(draw_grid(rows)))
    facts = table_to_facts(table, names)
    numbers = [cell.id for cell in table.cells if cell.role == "body" and cell.kind == "number"]
    assert [fact.cell for fact in facts] == numbers
    assert len({fact.id for fact in facts}) == len(facts)
    printed = Counter(cell.text for cell in table.cells)
    for fact in facts:
        for path in (fact.row_path, fact.column_path):
            assert "" not in path
            assert not Counter(path) - printed


SPREAD = {"gutter": 600.0, "width": 1200.0}
LEFT_HALF = "款 | 項 | 本年度\n1 総務費 | 1 総務管理費 | 100\n^ | 2 徴税費 | 50\n2 民生費 | 1 社会福祉費 | 70"


@pytest.mark.parametrize(
    ("right", "names"),
    [
        (
            "前年度 | 比較\n90 | 10\n40 | 10\n60 | 10",
            [("1 総務費", "1 総務管理費"), ("1 総務費", "2 徴税費")],
        ),
        ("節 | 金額\n報酬 | 30\n旅費 | 40\n使用料 | 60", [("報酬",), ("旅費",)]),
        ("款 | 金額\n市税 | 30\n使用料 | 40\n市債 | 60", [("市税",), ("使用料",)]),
    ],
)
def test_the_rows_of_a_right_page_begin_with_the_names_of_the_left_one(right, names):
    page = draw_page(draw_grid(LEFT_HALF), draw_grid(right, left=650.0), **SPREAD)
    tables = pages_to_tables(page)
    facts = table_to_facts(*tables[1])
    rows = list(dict.fromkeys(fact.row_path for fact in facts))
    assert rows[:2] == names
    assert not any(cell.needs_review for cell in tables[1][0].cells)


def test_a_right_page_that_divides_the_rows_of_the_left_one_begins_with_their_names():
    left = draw_grid("款 | 項 | 本年度\n総務費 | 管理費 | 70\n^ | ^ | ^\n^ | 徴税費 | 40")
    right = draw_grid("節 | 金額\n報酬 | 30\n旅費 | 40\n報酬 | 40", left=650.0)
    table, names = pages_to_tables(draw_page(left, right, **SPREAD))[1]
    assert [fact.row_path for fact in table_to_facts(table, names)] == [
        ("総務費", "管理費", "報酬"),
        ("総務費", "管理費", "旅費"),
        ("総務費", "徴税費", "報酬"),
    ]
    assert not any(cell.needs_review for cell in table.cells)


def test_a_right_page_with_other_rows_keeps_its_own_names():
    right = draw_grid("科目 | 金額\n市税 | 30\n使用料 | 40\n市債 | 60\n計 | 130", left=650.0, top=107.0)
    page = draw_page(draw_grid(LEFT_HALF), right, **SPREAD)
    assert next(fact.row_path for fact in table_to_facts(*pages_to_tables(page)[1])) == ("市税",)


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (
            ["(1) 普通建設事業", "(イ) 補助", "(ロ) 単独", "(2) 災害復旧事業", "(イ) 補助", "(ロ) 単独"],
            [
                ("(1) 普通建設事業",),
                ("(1) 普通建設事業", "(イ) 補助"),
                ("(1) 普通建設事業", "(ロ) 単独"),
                ("(2) 災害復旧事業",),
                ("(2) 災害復旧事業", "(イ) 補助"),
                ("(2) 災害復旧事業", "(ロ) 単独"),
            ],
        ),
        (["個人", "小計", "法人", "小計"], [("個人",), ("個人", "小計"), ("法人",), ("法人", "小計")]),
        (["1 市税", "(1) 市民税", "(2) 軽自動車税"], [("1 市税",), ("(1) 市民税",), ("(2) 軽自動車税",)]),
        (["報酬", "旅費", "報酬"], [("報酬",), ("旅費",), ("報酬",)]),
    ],
)
def test_a_label_above_tells_numbers_of_the_same_names_apart(labels, rows):
    drawing = "\n".join(
        ["区分 | 金額", *(f"{label} | {place}00" for place, label in enumerate(labels, start=1))]
    )
    assert [row for row, _, _ in drawing_to_facts(drawing)] == rows
