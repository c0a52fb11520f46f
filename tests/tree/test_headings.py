from __future__ import annotations

from dataclasses import replace

import pytest
from grid_pages import draw_grid, draw_page
from tables_of import drawing_to_table, pages_to_tables, roles_of

from extract.document import CleanCell
from extract.tree import headings


def sizes(drawing):
    table = drawing_to_table(drawing)
    return table.header_rows, table.header_columns


@pytest.mark.parametrize(
    ("name", "drawing", "expected"),
    [
        (
            "one header row",
            """
            種類 | 令和4年度 | 令和5年度
            交付 | 568件 | 559件
            送信 | 1,057件 | 905件
            """,
            (1, 1),
        ),
        (
            "three levels with a total over its parts",
            """
            実施機関 | 請求件数 | 処理状況 | < | < | <
            ^ | ^ | 全部開示 | 非開示 | < | <
            ^ | ^ | ^ | | 不存在 | 拒否
            区長 | 416 | 152 | 33 | 22 | 6
            議会 | 6 | 1 | 2 | 2 | 0
            """,
            (3, 1),
        ),
        (
            "numbers from the first column on",
            """
            件数 | 処理状況 | < | <
            ^ | 処理済 | 審査中 | その他
            4 | 0 | 4 | 0
            """,
            (2, 0),
        ),
        (
            "side headings under a stub that spans them",
            """
            区分 | < | 職員数 | 給与費 | <
            ^ | < | ^ | 報酬 | 計
            本年度 | 長等 | | |
            ^ | その他 | 14人 | 207 | 207
            前年度 | 長等 | | |
            ^ | その他 | 14人 | 207 | 207
            """,
            (2, 2),
        ),
        (
            "a stub left blank on the second level, spans not drawn",
            """
            区分 | 令和4年度 | | 令和5年度 |
            | 件数 | 金額 | 件数 | 金額
            窓口 | 12 | 3,400 | 15 | 3,900
            """,
            (2, 1),
        ),
        (
            "years as numbers over the columns",
            """
            区分 | 2022 | 2023 | 2024
            人口 | 9,123 | 9,045 | 8,990
            """,
            (1, 1),
        ),
        (
            "a row that computes the columns, and a row of units",
            """
            区分 | 予算額 | 決算額 | 差引
            | A | B | C=A-B
            | 千円 | 千円 | 千円
            総務費 | 120 | 110 | 10
            """,
            (3, 1),
        ),
        (
            "no header at all",
            """
            人口 | 917,705人
            世帯 | 494,512件
            """,
            (0, 1),
        ),
        (
            "a form with texts and numbers",
            """
            名称 | 中央公民館
            延床面積 | 1,234
            建設費 | 5,678千円
            """,
            (0, 1),
        ),
        (
            "codes before the labels",
            """
            番号 | 主管課 | 事業名 | 予算額
            1 | 企画課 | 鉄道維持対策 | 1,933
            2 | 農林課 | 間伐支援 | 10,000
            3 | 財政課 | 公債費 | 500
            """,
            (1, 3),
        ),
        (
            "a remark on the right is body",
            """
            区分 | 金額 | 備考
            報酬 | 120 | 委員5人分
            旅費 | 30 | 研修
            """,
            (1, 1),
        ),
        (
            "a column of ages",
            """
            年齢 | 男 | 女
            5歳 | 12 | 15
            6歳 | 13 | 11
            """,
            (1, 1),
        ),
        (
            "times beside times, which count",
            """
            区分 | 開催回数 | 貸出回数
            中央 | 23回 | 3,995回
            南 | 45回 | 1,541回
            """,
            (1, 1),
        ),
        (
            "a group row between header and numbers",
            """
            区分 | 令和4年度 | 令和5年度
            一般会計 | < | <
            市税 | 100 | 120
            特別会計 | < | <
            国保 | 50 | 60
            """,
            (1, 1),
        ),
        (
            "a column left blank under the name of an amount",
            """
            区分 | 扶養手当 | 期末手当
            本年度 | | 1,535
            前年度 | | 1,971
            """,
            (1, 1),
        ),
        (
            "text under names of columns",
            """
            窓口 | 受付時間
            若林まちづくりセンター | 8:30~17:00
            上町まちづくりセンター | ^
            """,
            (1, 1),
        ),
        (
            "a list of texts",
            """
            議案番号等 | 件名 | 審議結果
            議案第5号 | 令和6年度一般会計補正予算について | 原案可決
            議案第6号 | 個人番号の利用等に関する条例の一部改正 | 原案可決
            """,
            (1, 1),
        ),
        (
            "a form of texts",
            """
            所在地 | 世田谷四丁目21番27号
            構造 | 鉄筋コンクリート造
            """,
            (0, 1),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_sizes_of_headers(name, drawing, expected):
    assert sizes(drawing) == expected, name


def test_roles_of_labels_between_numbers():
    table = drawing_to_table(
        """
        目 | 補正額 | 節 | < | 説明
        ^ | ^ | 区分 | 金額 | ^
        企画費 | △14 | 旅費 | △27 | 研修の旅費を減らす
        ^ | ^ | 委託料 | 13 | ^
        計 | △14 | | |
        """
    )
    assert roles_of(table) == ["shhhh", "shhhh", "r.r..", "r.r..", "r.r.."]


def test_a_second_header_row_below_the_first_half():
    table = drawing_to_table(
        """
        手当の内訳 | 区分 | 扶養手当 | 期末手当
        ^ | 本年度 | 10 | 1,535
        ^ | 区分 | 通勤手当 | 計
        ^ | 本年度 | 20 | 1,565
        """
    )
    assert roles_of(table) == ["rshh", "rr..", "rshh", "rr.."]


def test_cell_ids_and_states():
    table = drawing_to_table("区分 | 件数\n窓口 | 5")
    assert [cell.id for cell in table.cells] == ["t1r0c0", "t1r0c1", "t1r1c0", "t1r1c1"]
    assert {cell.status for cell in table.cells} == {"unverified"}
    assert table.checks == ()


def test_digits_that_are_no_number_are_shown_to_a_person():
    table = drawing_to_table("区分 | 職員数 | 給料\n本年度 | 13 1/3人 | 100\n前年度 | 12人 | 90")
    assert [cell.id for cell in table.cells if cell.needs_review] == ["t1r1c1"]
    assert table.header_columns == 1


def test_an_unmapped_character_is_shown_to_a_person():
    table = drawing_to_table("区分 | 件数\n窓〓 | 5\n電話 | 6")
    assert [cell.id for cell in table.cells if cell.needs_review] == ["t1r1c0"]


def test_numbers_that_no_name_tells_apart_are_shown_to_a_person():
    table = drawing_to_table("件数 | 金額\n1,200 | 30,500\n1,300 | 31,000")
    assert [cell.id for cell in table.cells if cell.needs_review] == ["t1r1c0", "t1r1c1", "t1r2c0", "t1r2c1"]


def test_a_number_without_a_column_name_is_shown_to_a_person():
    table = drawing_to_table("区分 | 令和4年度 | 令和5年度 |\n窓口 | 1 | 2 | 3\n郵送 | 4 | 5 |")
    assert [cell.id for cell in table.cells if cell.needs_review] == ["t1r1c3"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("扶助費　　36,400", True),
        ("1 葬祭費（保健福祉部）　36400千円", True),
        ("特財：国庫支出金　60,852、都支出金　167,883", False),
        ("委員　5人", False),
        ("令和 8 年度", False),
    ],
)
def test_an_amount_that_nobody_split_off_is_shown_to_a_person(text, shown):
    rows = [["区分", "予算額", "説明"], ["総務費", "10", text], ["民生費", "20", "なし"]]
    cells = drawing_to_table(rows).cells
    assert [cell.needs_review for cell in cells if cell.text == text] == [shown]


def test_a_doubted_cell_is_shown_to_a_person():
    grid = draw_grid("区分 | 件数\n窓口 | 5\n郵送 | 6")
    cells = tuple(replace(cell, doubted=cell.text == "6") for cell in grid.cells)
    ((table, _),) = pages_to_tables(draw_page(replace(grid, cells=cells)))
    assert [cell.text for cell in table.cells if cell.needs_review] == ["6"]


def test_a_title_and_a_subtitle_across_the_grid_stand_over_the_header():
    table = drawing_to_table(
        "給与費 | < | <\n1 特別職 | < | <\n区分 | 給料 | 手当\n長等 | 53 | 31\n議員 | 0 | 5"
    )
    assert (table.header_rows, table.header_columns) == (3, 1)
    assert table.caption == "給与費"


def test_an_amount_under_labels_is_no_label_and_shown_to_a_person():
    table = drawing_to_table(
        """
        区分 | 職種 | 平均
        7年 | 行政 | 280
        8年 | 行政 | 290
        イ 給与月額 | < | <
        7年 | 372,543 |
        """
    )
    cell = table.cells[-2]
    assert (cell.value, cell.role, cell.needs_review) == (372543, "body", True)


def test_a_point_before_three_digits_of_a_scan_is_shown_to_a_person():
    cell = CleanCell(
        0, 0, 1, 1, (0, 0, 10, 10), "3.381", "3.381", "number", 3.381, None, None, "ocr", 0.99, ()
    )
    assert headings._needs_review(cell, "body", frozenset())
    printed = replace(cell, origin="text-layer", confidence=None)
    assert not headings._needs_review(printed, "body", frozenset())


def test_numbers_that_share_both_names_are_for_a_person_to_look_at():
    table = drawing_to_table("節 | 金額\n報酬 | 10\n旅費 | 20\n報酬 | 30")
    assert [cell.text for cell in table.cells if cell.needs_review] == ["10", "30"]
