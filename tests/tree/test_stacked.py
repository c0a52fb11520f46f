"""Several tables one under another in one grid: each keeps its own header."""

from __future__ import annotations

import pytest
from grid_pages import draw_grid, draw_page
from tables_of import drawing_to_facts, drawing_to_table, roles_of

from extract.tree.joined import join_grids

PAY = """
区分 | 職員数 | 給料 | 手当
本年度 | 29人 | 81,136 | 86,330
前年度 | 35人 | 82,623 | 85,795
"""


def names_of(drawing, first):
    """Give row and column path of the facts from the ``first`` on."""
    return [(row, column) for row, column, _ in drawing_to_facts(drawing)][first:]


def test_a_title_and_a_header_with_other_columns():
    facts = drawing_to_facts(
        """
        款 | < | 本年度 | < | 前年度 | <
        61 保険料 | < | 18,069 | < | 15,908 | <
        歳入合計 | < | 18,069 | < | 15,908 | <
        （歳出） | < | < | < | < | <
        款 | 本年度 | 前年度 | 財源内訳 | < | <
        ^ | ^ | ^ | 特定財源 | < | 一般財源
        ^ | ^ | ^ | 国 | 都 | ^
        61 総務費 | 679 | 684 | 1,100 | 1,200 | 1,300
        """
    )
    assert facts == [
        (("61 保険料",), ("本年度",), 18069),
        (("61 保険料",), ("前年度",), 15908),
        (("歳入合計",), ("本年度",), 18069),
        (("歳入合計",), ("前年度",), 15908),
        (("（歳出）", "61 総務費"), ("本年度",), 679),
        (("（歳出）", "61 総務費"), ("前年度",), 684),
        (("（歳出）", "61 総務費"), ("財源内訳", "特定財源", "国"), 1100),
        (("（歳出）", "61 総務費"), ("財源内訳", "特定財源", "都"), 1200),
        (("（歳出）", "61 総務費"), ("財源内訳", "一般財源"), 1300),
    ]


def test_a_header_with_fewer_columns_below_a_gap():
    below = "区分 | 児童手当 | |\n本年度 | 3,960 | |\n前年度 | 4,080 | |"
    assert names_of(f"{PAY.strip()}\n | < | < | <\n{below}", 6) == [
        (("本年度",), ("児童手当",)),
        (("前年度",), ("児童手当",)),
    ]


def test_the_label_columns_are_those_of_each_part():
    facts = drawing_to_facts(
        """
        区分 | < | 平均給料月額 | 平均年齢
        一般 | 行政職 | 280,848 | 36.1
        ^ | 技能職 | 274,319 | 36.7
        イ 職員1人当たりの給与月額 | < | < | <
        区分 | 行政職 | 医療職 |
        7年 | 372,543 | 401,000 |
        6年 | 366,586 | 400,100 |
        """
    )
    title = "イ 職員1人当たりの給与月額"
    assert facts[4:] == [
        ((title, "7年"), ("行政職",), 372543),
        ((title, "7年"), ("医療職",), 401000),
        ((title, "6年"), ("行政職",), 366586),
        ((title, "6年"), ("医療職",), 400100),
    ]


def test_a_title_with_blanks_beside_it():
    below = "ウ 初任給の状況 | < | |\n区分 | 大学卒 | 高校卒 |\n一般職 | 232,000 | 200,300 |"
    assert names_of(f"{PAY.strip()}\n{below}", 6) == [
        (("ウ 初任給の状況", "一般職"), ("大学卒",)),
        (("ウ 初任給の状況", "一般職"), ("高校卒",)),
    ]


def test_words_below_a_title_that_may_be_a_header_leave_no_name():
    below = "手当の状況 | < | < | <\n職員の手当 | 扶養 | 地域 | 期末\n本年度 | 1,032 | 16,434 | 24,220"
    table = drawing_to_table(f"{PAY.strip()}\n{below}")
    assert names_of(f"{PAY.strip()}\n{below}", 6) == [(("手当の状況", "本年度"), ())] * 3
    assert {cell.row for cell in table.cells if cell.needs_review} == {5}


@pytest.mark.parametrize(
    "row",
    [
        "備考 | 見込み | 確定 | 確定",  # words, but no title above and no name of a stub
        "特別職 | － | － | －",
        "区分 | 1,234 | 確定 | 確定",
    ],
)
def test_other_rows_begin_no_header(row):
    drawing = f"{PAY.strip()}\n{row}\n再掲 | 5人 | 1,136 | 2,330"
    assert names_of(drawing, -3) == [(("再掲",), (name,)) for name in ("職員数", "給料", "手当")]


def test_groups_without_a_header_of_their_own_keep_the_first():
    drawing = "区分 | 予算額 | 決算額\n一般会計 | < | <\n市税 | 10 | 20\n特別会計 | < | <\n国保 | 30 | 40"
    assert names_of(drawing, 2) == [
        (("特別会計", "国保"), ("予算額",)),
        (("特別会計", "国保"), ("決算額",)),
    ]


def test_a_blank_block_at_the_right_is_no_header():
    table = drawing_to_table(
        """
        エ 級別職員の状況 | < | < | <
        区分 | 職員数 | 構成比 |
        6級 | 12 | 57.1 | ^
        5級 | 9 | 42.9 | ^
        """
    )
    assert roles_of(table) == ["hhhh", "shh.", "r...", "r..."]


def test_a_title_then_a_gap_then_the_header():
    table = drawing_to_table(
        "明細書 | < | <\n | < | <\n通勤手当 | 住居手当 | 児童手当\n4,203 | 2,765 | 460\n4,505 | 2,877 | 379"
    )
    assert (table.header_rows, roles_of(table)) == (3, ["hhh", "hhh", "hhh", "...", "..."])


def test_a_remark_below_the_header_is_no_third_level():
    table = drawing_to_table(
        """
        目 | 本年度 | 前年度 | 節 | <
        ^ | ^ | ^ | 区分 | 金額
         | 特定財源　1,234 | | |
        総務費 | 1,200 | 1,100 | 報酬 | 30
        """
    )
    assert table.header_rows == 2


def test_a_table_that_begins_with_a_title_and_a_header_is_another_table():
    first = f"給与費 | < | < | <\n{PAY.strip()}"
    second = "2-1 一般職 | < | < | <\n区分 | 職員数 | 手当 | 計\n本年度 | 22人 | 81,952 | 163,088"
    pages = [draw_page(draw_grid(drawing), number=n) for n, drawing in enumerate((first, second), 1)]
    assert [table.pages for table in join_grids(pages, {})] == [(1, 1), (2, 2)]


def test_pages_whose_columns_do_not_nest_are_not_joined():
    head = "目 | 金額 | 説明 | <"
    pages = [
        draw_page(draw_grid("目 | 金額 | 説明\n報酬 | 10 | 委員", edges=(50, 150, 250, 550))),
        draw_page(draw_grid(f"{head}\n旅費 | 5 | 研修 | 5", edges=(50, 150, 250, 450, 550)), number=2),
        draw_page(
            draw_grid(f"{head} | <\n役務 | 7 | 郵便 | 3 | 4", edges=(50, 150, 250, 400, 500, 550)), number=3
        ),
    ]
    joined = join_grids(pages, {})
    assert [table.pages for table in joined] == [(1, 2), (3, 3)]
    for table in joined:
        places = [
            (row, column)
            for placed in table.cells
            for row in range(placed.row, placed.row + placed.cell.row_span)
            for column in range(placed.cell.column, placed.cell.column + placed.cell.column_span)
        ]
        assert sorted(places) == [(r, c) for r in range(table.rows) for c in range(table.columns)]


def test_many_parts_take_time_in_proportion():
    part = "区分 | 甲 | 乙\n本年度 | 1,000 | 2,000\n"
    table = drawing_to_table((part * 400).strip())
    assert sum(cell.role == "column_header" for cell in table.cells) == 800
