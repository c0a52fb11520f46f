"""Statements of account: rulings above the sums part the numbers, and the labels before them stand in one cell."""

from __future__ import annotations

import pytest

from extract.tables import page_to_layout

TOP, STEP = 120, 20
ACCOUNT = [
    ("【売上高】", None, None),
    ("物販売上", "102,037", None),
    ("売店売上", "16,033", "118,070"),
    ("【売上原価】", None, None),
    ("期首棚卸高", "2,620", None),
    ("物販仕入", "71,311", "73,931"),
    ("売上総利益金額", None, "44,139"),
]
SUMS = (TOP + 3 * STEP, TOP + 6 * STEP)


def account(build, *, step: float = STEP, numbers=ACCOUNT):
    """Give the grid of an account of which the rulings above its sums do not reach the labels."""
    bottom = TOP + step * len(numbers)
    sums = [TOP + step * row for row in (3, 6)]
    rulings = [build.h(y, 50, 400) for y in (100, TOP, bottom)]
    rulings += [build.h(y, 200, 400) for y in sums] + [build.v(x, 100, bottom) for x in (50, 200, 300, 400)]
    words = [build.word("科目", 60, 110), build.word("金額", 240, 110), build.word("合計", 340, 110)]
    for row, (label, one, total) in enumerate(numbers):
        y = TOP + step * row + step / 2
        words.append(build.word(label, 60, y))
        words += [build.right(text, right, y) for text, right in ((one, 290), (total, 390)) if text]
    return page_to_layout(build.page(words, rulings)).grids[0]


def test_each_number_stands_in_the_row_of_its_label(build):
    grid = account(build)
    build.tiles(grid)
    texts = build.texts(grid)
    for row, (label, one, total) in enumerate(ACCOUNT, 1):
        assert texts[row, 0, 1, 1] == label
        assert texts.get((row, 1, 1, 1), "") == (one or "")
        assert texts.get((row, 2, 1, 1), "") == (total or "")


@pytest.mark.parametrize("what", ["wrapped lines", "texts beside them"])
def test_other_lines_down_several_rows_stay_one_cell(build, what):
    if what == "wrapped lines":
        grid = account(build, step=12)
    else:
        grid = account(build, numbers=[(label, one and "実施した", total) for label, one, total in ACCOUNT])
    assert any(cell.row_span > 1 and len(cell.lines) == len(ACCOUNT) for cell in grid.cells)


def test_sums_in_brackets_among_stacked_numbers_are_rows(build):
    rulings = build.boxes([50, 150, 300], [100, 120, 220])
    words = [build.word("科目", 60, 110), build.word("金額", 200, 110)]
    rows = [("【流動資産】", "139,072】"), ("現金", "119,214"), ("売掛金", "113,916"), ("商品", "19,285")]
    for i, (label, number) in enumerate(rows):
        words += [build.word(label, 60, 132 + 20 * i), build.right(number, 290, 132 + 20 * i)]
    words.append(build.word("【", 160, 132))
    grid = page_to_layout(build.page(words, rulings)).grids[0]
    texts = build.texts(grid)
    assert [texts[row, 1, 1, 1] for row in range(1, 5)] == ["【 139,072】", "119,214", "113,916", "19,285"]
