"""Headings without rulings above a ruled body, and lines above a ruled table that are no heading."""

from __future__ import annotations

import pytest

from extract.tables import page_to_layout

XS, YS = [50, 120, 200, 280, 360], [140, 160, 180, 200]
BODY = (
    ("可燃ごみ", "8,412", "521", "△2.2%"),
    ("不燃ごみ", "611", "38", "△2.1%"),
    ("資源", "2,057", "127", "3.1%"),
)


@pytest.fixture
def body(build):
    """Give the words of three ruled rows that begin with numbers."""
    return [
        build.word(text, XS[column] + 6, y + 10)
        for y, row in zip(YS, BODY, strict=False)
        for column, text in enumerate(row)
    ]


def layout(build, words):
    return page_to_layout(build.page(words, build.boxes(XS, YS)))


def texts(grid, row):
    cells = [cell for cell in grid.cells if cell.row == row]
    return [
        (
            cell.column,
            cell.column_span,
            cell.row_span,
            "".join(w.text for line in cell.lines for w in line.words),
        )
        for cell in cells
    ]


def test_names_over_the_columns_become_a_header(build, body):
    heads = [
        build.word(text, x + 20, 130)
        for text, x in zip(("品目", "収集量", "人口比", "増減"), XS, strict=False)
    ]
    grid = layout(build, [*heads, *body]).grids[0]
    build.tiles(grid)
    assert grid.rows == 4
    assert texts(grid, 0) == [(0, 1, 1, "品目"), (1, 1, 1, "収集量"), (2, 1, 1, "人口比"), (3, 1, 1, "増減")]
    assert grid.row_edges[1:] == tuple(YS)


def test_a_name_over_two_columns_and_names_half_way_down_two_levels(build, body):
    heads = [
        build.word("令和５年度", 175, 112),
        build.word("品目", 70, 121),
        build.word("増減", 300, 121),
        build.word("収集量", 145, 130),
        build.word("人口比", 225, 130),
    ]
    layout_ = layout(build, [*heads, *body])
    grid = layout_.grids[0]
    build.tiles(grid)
    assert grid.rows == 5
    assert texts(grid, 0) == [(0, 1, 2, "品目"), (1, 2, 1, "令和５年度"), (3, 1, 2, "増減")]
    assert texts(grid, 1) == [(1, 1, 1, "収集量"), (2, 1, 1, "人口比")]
    assert layout_.lines == ()


def test_a_caption_with_a_unit_is_no_header(build, body):
    above = [build.word("ごみの収集量", 52, 130), build.word("（単位：トン）", 285, 130)]
    result = layout(build, [*above, *body])
    assert result.grids[0].rows == 3
    assert sum(len(line.words) for line in result.lines) == 2


def test_a_sentence_above_a_table_is_no_header(build, body):
    above = [
        build.word(text, x, 130)
        for text, x in zip(("次の表は", "収集した", "ごみの量", "である。"), XS, strict=False)
    ]
    assert layout(build, [*above, *body]).grids[0].rows == 3


def test_names_far_above_are_no_header(build, body):
    heads = [
        build.word(text, x + 20, 100)
        for text, x in zip(("品目", "収集量", "人口比", "増減"), XS, strict=False)
    ]
    assert layout(build, [*heads, *body]).grids[0].rows == 3


def test_a_table_with_a_header_of_its_own_takes_none(build, body):
    ys = [120, *YS]
    own = [
        build.word(text, x + 6, 130)
        for text, x in zip(("品目", "収集量", "人口比", "増減"), XS, strict=False)
    ]
    above = [build.word(text, x + 6, 110) for text, x in zip(("甲", "乙", "丙", "丁"), XS, strict=False)]
    page = build.page([*above, *own, *body], build.boxes(XS, ys))
    assert page_to_layout(page).grids[0].rows == 4


def test_a_row_of_numbers_above_is_no_header(build, body):
    row = [build.word(text, x + 6, 130) for text, x in zip(("粗大ごみ", "96", "12", "8"), XS, strict=False)]
    assert layout(build, [*row, *body]).grids[0].rows == 3
