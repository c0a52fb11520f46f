from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from grid_pages import draw_grid, draw_line, draw_page
from hypothesis import given
from hypothesis import strategies as st

from extract.tree.joined import join_grids

HEAD = "款 | 項 | 金額"


def pages_of(*drawings, lines=(), tops=None):
    """Give pages with one grid each; ``lines`` (page number, text, y)."""
    return [
        draw_page(
            draw_grid(drawing, top=(tops or {}).get(number, 100.0)),
            lines=[draw_line(text, y=y) for page, text, y in lines if page == number],
            number=number,
        )
        for number, drawing in enumerate(drawings, start=1)
    ]


def spans(joined):
    return [table.pages for table in joined]


def raws(joined):
    return Counter(
        [placed.cell.raw for table in joined for placed in table.cells if placed.cell.raw]
        + [running.raw for table in joined for _, running in table.repeated]
    )


def test_a_table_goes_on_with_its_header_again():
    pages = pages_of(
        f"{HEAD}\n1 市税 | 1 市民税 | 10\n^ | 2 たばこ税 | 20",
        f"{HEAD}\n2 譲与税 | 1 地方譲与税 | 5",
        f"{HEAD}\n歳入合計 | < | 35",
    )
    (table,) = join_grids(pages, {})
    assert table.pages == (1, 3)
    assert [part.dropped for part in table.parts] == [0, 1, 1]
    assert (table.rows, table.columns) == (5, 3)
    assert [(placed.page, placed.row) for placed in table.cells][-2:] == [(3, 4), (3, 4)]
    assert Counter(page for page, _ in table.repeated) == {2: 3, 3: 3}
    assert all(running.kind == "repeated_header" for _, running in table.repeated)


def test_a_table_goes_on_without_a_header():
    pages = pages_of(f"{HEAD}\n1 市税 | 1 市民税 | 10", "2 譲与税 | 1 地方譲与税 | 5\n計 | < | 15")
    assert spans(join_grids(pages, {})) == [(1, 2)]


@pytest.mark.parametrize(
    "second",
    [
        "区分 | 内容 | 件数\n窓口 | 受付 | 5",  # other names over the same columns
        "款 | 項 | 節 | 金額\n1 市税 | 1 市民税 | 1 個人 | 10",  # other columns
    ],
)
def test_another_header_is_another_table(second):
    pages = pages_of(f"{HEAD}\n1 市税 | 1 市民税 | 10", second)
    assert spans(join_grids(pages, {})) == [(1, 1), (2, 2)]


def scanned(page):
    grids = (
        replace(grid, cells=tuple(replace(cell, origin="ocr") for cell in grid.cells)) for grid in page.grids
    )
    return replace(page, grids=tuple(grids))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("施設名 | 利用者薮（令和４年度） | 金額", [(1, 2)]),
        ("施設名 | 利用者数（令和５年度） | 金額", [(1, 1), (2, 2)]),
        ("団体名 | 交付年月日（第４期） | 内容", [(1, 1), (2, 2)]),
    ],
)
def test_a_header_read_otherwise_on_a_scan_is_the_same_but_for_its_digits(second, expected):
    first = "施設名 | 利用者数（令和４年度） | 金額"
    pages = pages_of(f"{first}\n本町 | 15 | 10", f"{second}\n元町 | 27 | 5")
    assert spans(join_grids([scanned(page) for page in pages], {})) == expected
    assert spans(join_grids(pages, {})) == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([(2, "（歳出） （単位：千円）", 80)], [(1, 1), (2, 2)]),
        ([(1, "（歳入）", 80), (2, "（歳入） （単位：千円）", 80)], [(1, 2)]),
        ([(1, "（歳入）", 80), (2, "（歳入）（続き）", 80)], [(1, 2)]),
        ([(2, "（単位：千円）", 80)], [(1, 2)]),
        ([(1, "以上のとおり報告する。", 300)], [(1, 1), (2, 2)]),
        ([(1, "※決算額は見込み", 300)], [(1, 2)]),
        ([(1, "款 1 市税", 80), (2, "款 1 市税 項 2 たばこ税", 80)], [(1, 2)]),
        ([(1, "款 1 市税 項 1 市民税", 80), (2, "款 1 市税 項 2 たばこ税", 80)], [(1, 1), (2, 2)]),
    ],
)
def test_what_stands_between_decides(lines, expected):
    pages = pages_of(f"{HEAD}\n1 | 1 | 10", f"{HEAD}\n2 | 2 | 5", lines=lines)
    assert spans(join_grids(pages, {})) == expected


def test_running_text_does_not_part_a_table():
    pages = pages_of(
        f"{HEAD}\n1 | 1 | 10", f"{HEAD}\n2 | 2 | 5", lines=[(1, "－ 3 －", 780), (2, "一般会計", 20)]
    )
    assert spans(join_grids(pages, {})) == [(1, 1), (2, 2)]
    assert spans(join_grids(pages, {1: frozenset({0}), 2: frozenset({0})})) == [(1, 2)]


def test_tables_of_one_page_stay_apart():
    drawing = f"{HEAD}\n1 | 1 | 10"
    page = draw_page(draw_grid(drawing, top=100), draw_grid(drawing, top=300))
    assert spans(join_grids([page], {})) == [(1, 1), (1, 1)]


def test_pages_that_are_not_neighbours_stay_apart():
    first, second = pages_of(f"{HEAD}\n1 | 1 | 10", f"{HEAD}\n2 | 2 | 5")
    later = replace(second, frame=replace(second.frame, number=3))
    assert spans(join_grids([first, later], {})) == [(1, 1), (3, 3)]


def test_a_label_that_the_page_cut_is_closed():
    pages = pages_of(
        f"{HEAD}\n1 市税 | 1 市民税 | 10\n^ | 2 たばこ税 | 20",
        f"{HEAD}\n | 3 鉱産税 | 5\n^ | 4 入湯税 | 1",
        f"{HEAD}\n | 5 都市計画税 | 2\n2 譲与税 | 1 地方譲与税 | 3",
    )
    (table,) = join_grids(pages, {})
    label = next(placed for placed in table.cells if placed.cell.text == "1 市税")
    assert (label.row, label.cell.row_span, label.page) == (1, 5, 1)
    assert sum(p.cell.row_span * p.cell.column_span for p in table.cells) == table.rows * table.columns


def test_a_blank_label_after_a_total_stays_blank():
    pages = pages_of(f"{HEAD}\n1 市税 | 1 市民税 | 10\n計 |  | 10", f"{HEAD}\n | 再掲 | 5")
    (table,) = join_grids(pages, {})
    assert next(placed for placed in table.cells if placed.row == 3).cell.text == ""


def test_the_halves_of_a_spread_go_on_each_for_itself():
    def sheet(number, left, right, caption):
        return draw_page(
            draw_grid(left, left=50, width=400),
            draw_grid(right, left=650, width=400),
            lines=[draw_line(caption, y=80), draw_line("（単位：千円）", y=80, x=950)],
            number=number,
            gutter=550.0,
            width=1100.0,
        )

    left, right = "目 | 本年度\n{} | 10", "区分 | 金額 | 説明\n{} | 5 | 会場の使用料"
    pages = [
        sheet(1, left.format("使用料"), right.format("会館"), "（款）12"),
        sheet(2, left.format("手数料"), right.format("窓口"), "（款）12"),
        sheet(3, left.format("負担金"), right.format("民生"), "（款）13"),
    ]
    assert spans(join_grids(pages, {})) == [(1, 2), (1, 2), (3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("left", "lines", "expected"),
    [
        ("款 | 項 | 金額\n1 市税 | 1 市民税 | 10", [], [(1, 2)]),
        ("第1表 歳入 | < | <\n款 | 項 | 金額\n1 市税 | 1 市民税 | 10", [], [(1, 2)]),
        ("款 | 項 | 金額\n1 市税 | 1 市民税 | 10\n歳入合計 | < | 10", [], [(1, 2), (1, 1)]),
        ("款 | 項 | 金額\n1 市税 | 1 市民税 | 10", ["歳出"], [(1, 2), (1, 1)]),
        ("款 | 項 | 節\n1 市税 | 1 市民税 | 10", [], [(1, 1), (1, 1), (2, 2)]),
    ],
)
def test_facing_pages_with_the_same_header_are_one_table(left, lines, expected):
    pages = [
        draw_page(
            draw_grid(left, left=50, width=400),
            draw_grid("款 | 項 | 金額\n2 譲与税 | 1 地方譲与税 | 5", left=650, width=400),
            lines=[draw_line(text, y=80, x=700) for text in lines],
            gutter=550.0,
            width=1100.0,
        ),
        draw_page(
            draw_grid("款 | 項 | 金額\n3 交付金 | 1 交付金 | 7", left=50, width=400),
            number=2,
            gutter=550.0,
            width=1100.0,
        ),
    ]
    assert spans(join_grids(pages, {})) == expected


def test_a_column_divided_on_one_page_only_is_divided_in_the_whole_table():
    first = draw_grid("目 | 金額 | 説明 | <\n報酬 | 10 | 委員報酬 | 10", edges=(50, 150, 250, 450, 550))
    second = draw_grid("目 | 金額 | 説明\n旅費 | 5 | 研修", edges=(60, 160, 260, 560))
    (table,) = join_grids([draw_page(first), draw_page(second, number=2)], {})
    assert (table.columns, table.parts[1].dropped) == (4, 1)
    assert [(p.cell.column, p.cell.column_span) for p in table.cells if p.page == 2] == [
        (0, 1),
        (1, 1),
        (2, 2),
    ]


_texts = st.sampled_from(["", "市税", "計", "10", "△5", "区分", "金額"])


@given(
    st.integers(2, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.lists(_texts, min_size=columns, max_size=columns), min_size=1, max_size=5),
            min_size=1,
            max_size=4,
        )
    ),
    st.booleans(),
)
def test_no_cell_is_lost_and_the_cells_tile_the_table(drawings, headed):
    if headed:
        head = ["区分", *["金額"] * (len(drawings[0][0]) - 1)]
        drawings = [[head, *rows] for rows in drawings]
    pages = pages_of(*drawings)
    joined = join_grids(pages, {})
    printed = Counter(cell.raw for page in pages for grid in page.grids for cell in grid.cells if cell.raw)
    assert raws(joined) == printed
    for table in joined:
        places = [
            (row, column)
            for placed in table.cells
            for row in range(placed.row, placed.row + placed.cell.row_span)
            for column in range(placed.cell.column, placed.cell.column + placed.cell.column_span)
        ]
        assert sorted(places) == [(r, c) for r in range(table.rows) for c in range(table.columns)]
        assert [placed.row for placed in table.cells] == sorted(placed.row for placed in table.cells)


# ------------------------------------------------------------------------------------ what a page edge cuts


def test_a_merged_label_printed_on_the_page_below_names_its_rows_above():
    head = "地区 | 町名 | 人口"
    first = f"{head}\n第1地区 | 旭町 | 10\n^ | 本町 | 20\n | 緑町 | 30\n^ | 桜台 | 40"
    second = f"{head}\n第2地区 | 泉町 | 50\n^ | 栄町 | 60"
    (table,) = join_grids(pages_of(first, second, lines=[(1, "第2地区", 205.0)]), {})
    label = next(placed.cell for placed in table.cells if placed.cell.text == "第2地区")
    assert (label.row, label.row_span) == (3, 4)
    assert not any(placed.cell.kind == "empty" for placed in table.cells)


def test_a_blank_label_above_a_break_stays_where_no_label_is_merged():
    first = f"{HEAD}\n1 市税 | 1 市民税 | 10\n | 2 たばこ税 | 20"
    (table,) = join_grids(pages_of(first, f"{HEAD}\n2 譲与税 | 1 地方譲与税 | 5"), {})
    label = next(placed.cell for placed in table.cells if placed.cell.text == "2 譲与税")
    assert (label.row, label.row_span) == (3, 1)


def test_the_lower_level_of_a_cut_header_belongs_to_the_upper_one():
    first = draw_grid("区分 | 令和5年度 | 令和6年度", edges=(50.0, 150.0, 350.0, 550.0))
    second = draw_grid(
        " | 件数 | 金額 | 件数 | 金額\n市民税 | 1 | 20 | 3 | 40",
        edges=(50.0, 150.0, 250.0, 350.0, 450.0, 550.0),
    )
    (table,) = join_grids([draw_page(first), draw_page(second, number=2)], {})
    stub = table.cells[0].cell
    assert (table.rows, table.columns, stub.text, stub.row_span) == (3, 5, "区分", 2)


def test_columns_by_alignment_may_lie_a_little_elsewhere_on_the_next_page():
    edges = ((50.0, 168.0, 269.0, 344.0), (50.0, 174.0, 269.0, 344.0), (50.0, 174.0, 220.0, 344.0))
    drawings = (
        "町名 | 世帯数 | 人口\n旭町 | 10 | 20",
        "本町 | 30 | 40\n緑町 | 50 | 60",
        "泉町 | 3 | 4\n栄町 | 5 | 6",
    )
    pages = [
        draw_page(replace(draw_grid(drawing, edges=edge), ruled=False), number=number)
        for number, (drawing, edge) in enumerate(zip(drawings, edges, strict=True), start=1)
    ]
    assert spans(join_grids(pages, {})) == [(1, 2), (3, 3)]


def test_a_text_cut_in_the_middle_of_a_sentence_goes_on_in_its_cell():
    upper = "関係機関と連携し、対象となる方への周知と相談を進めるとともに、必要な支援"
    first = f"事業名 | 内容 | 決算額\n農業 | {upper} | 10"
    pages = pages_of(first, " | を行った。 | \n林業 | 別の取組を行った。 | 20")
    (table,) = join_grids(pages, {})
    text = next(placed.cell for placed in table.cells if placed.row == 1 and placed.cell.column == 1)
    assert table.rows == 3
    assert text.text == f"{upper}を行った。"
    assert text.raw == f"{upper}\nを行った。"
