from __future__ import annotations

import pytest

from extract.tables import page_to_layout

LABELS = [
    ["地域包括支援センタ", "ー運営事業（委託分", "を含む）"],
    ["高齢者等見守りネッ", "トワーク推進事業"],
    ["（１）", "介護予防事業"],
    ["合　計"],
]
NUMBERS = [("7,255", "37,197"), ("20,708", "4,489"), ("1,488", "3,126"), ("29,451", "44,812")]
PITCH, WHITE = 14.0, 21.0


def wrapped_table(build, place):
    """Draw a table without rulings; ``place`` says beside which line of its label a number stands."""
    words = [build.word("事業名", 100, 100), build.word("予算額", 215, 100), build.word("決算額", 285, 100)]
    y = 120.0
    for label, numbers in zip(LABELS, NUMBERS, strict=True):
        words += [build.word(text, 60, y + PITCH * line) for line, text in enumerate(label)]
        beside = {"top": 0.0, "middle": (len(label) - 1) / 2, "bottom": len(label) - 1.0}[place]
        words += [
            build.right(number, right, y + PITCH * beside)
            for number, right in zip(numbers, (245, 315), strict=True)
        ]
        y += PITCH * (len(label) - 1) + WHITE
    return words


@pytest.mark.parametrize("place", ["top", "middle", "bottom"])
def test_white_tells_which_lines_of_labels_belong_to_a_row_of_numbers(build, place):
    words = [build.word("事業別決算の状況", 50, 70), *wrapped_table(build, place)]
    layout = page_to_layout(build.page(words))
    (grid,) = layout.grids
    texts = build.texts(grid)
    assert (grid.rows, grid.columns) == (5, 3)
    assert [texts[row, 0, 1, 1] for row in range(1, 5)] == ["|".join(label) for label in LABELS]
    assert [(texts[row, 1, 1, 1], texts[row, 2, 1, 1]) for row in range(1, 5)] == NUMBERS
    assert [line.words[0].text for line in layout.lines] == ["事業別決算の状況"]


def test_names_over_several_columns_and_that_of_the_stub_head_all_of_theirs(build):
    words = [
        build.word("区分", 90, 109),
        build.word("令和５年度", 195, 100),
        build.word("令和６年度", 307, 100),
    ]
    words += [build.word(t, x, 118) for t, x in (("件数", 176), ("金額", 240), ("件数", 288), ("金額", 352))]
    for row, label in enumerate(["胃がん検診", "肺がん検診", "計"]):
        y = 136 + 18 * row
        words.append(build.word(label, 60, y))
        words += [
            build.right(n, x, y)
            for n, x in zip(("67", "12,998", "193", "12,437"), (200, 264, 312, 383), strict=True)
        ]
    (grid,) = page_to_layout(build.page(words)).grids
    build.tiles(grid)
    texts = build.texts(grid)
    assert (texts[0, 0, 2, 1], texts[0, 1, 1, 2], texts[0, 3, 1, 2]) == ("区分", "令和５年度", "令和６年度")


def test_header_words_close_together_stand_each_over_its_numbers(build):
    rulings = [build.h(y, 50, 320) for y in (90, 110, 128, 146, 164)]
    words = [build.word("科目", 70, 100)]
    words += [build.word(t, x, 100) for t, x in (("収入済額", 150), ("不納欠損額", 199), ("収入未済額", 256))]
    rows = [("市税", "14,483", "0", "763"), ("繰入金", "3,004", "423", "867"), ("市債", "25,967", "0", "63")]
    for row, (label, *numbers) in enumerate(rows):
        y = 119 + 18 * row
        words.append(build.word(label, 55, y))
        words += [build.right(n, x, y) for n, x in zip(numbers, (190, 249, 306), strict=True)]
    (grid,) = page_to_layout(build.page(words, rulings)).grids
    texts = build.texts(grid)
    assert [texts[0, column, 1, 1] for column in range(1, 4)] == ["収入済額", "不納欠損額", "収入未済額"]


def test_a_unit_that_a_font_spells_with_a_radical_is_one(build):
    words = [build.word(t, x, 100) for t, x in (("施設名", 60), ("定員", 120), ("利用者数", 155))]
    for row, (label, *numbers) in enumerate(
        [("公民館", "13⼈", "5,722⼈"), ("集会所", "15⼈", "9,773⼈"), ("体育館", "55⼈", "1,233⼈")]
    ):
        y = 118 + 18 * row
        words.append(build.word(label, 60, y))
        words += [build.right(n, x, y) for n, x in zip(numbers, (145, 195), strict=True)]
    (grid,) = page_to_layout(build.page(words)).grids
    assert (grid.rows, grid.columns) == (4, 3)


def test_a_ruling_under_the_names_of_numbers_alone_ends_the_header(build):
    rulings = [build.h(90, 50, 300), build.h(128, 120, 300), build.h(200, 50, 300)]
    words = [
        build.word("区分", 70, 109),
        build.word("令和５年度", 130, 100),
        build.word("令和６年度", 230, 100),
    ]
    words += [build.word(t, x, 118) for t, x in (("件数", 125), ("金額", 170), ("件数", 215), ("金額", 265))]
    for row, label in enumerate(["毛布", "水", "計"]):
        y = 138 + 18 * row
        words.append(build.word(label, 55, y))
        words += [
            build.right(n, x, y)
            for n, x in zip(("43", "28,022", "229", "1,184"), (145, 200, 238, 292), strict=True)
        ]
    (grid,) = page_to_layout(build.page(words, rulings)).grids
    build.tiles(grid)
    texts = build.texts(grid)
    assert (grid.rows, grid.columns) == (5, 5)
    assert (texts[0, 0, 2, 1], texts[0, 1, 1, 2], texts[2, 0, 1, 1]) == ("区分", "令和５年度", "毛布")
