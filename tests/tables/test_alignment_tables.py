from dataclasses import replace

import pytest

from extract.tables import page_to_layout
from extract.tables.alignment import is_number_like


@pytest.mark.parametrize(
    "text",
    [
        "１２，５００",
        "△ 290,000",
        "▲1.1",
        "１３，６３０件",
        "0",
        "8件",
        "(1,234)",
        "65.4億円",
        "１億２，３４５万円",
        "5,500.00㎡",
        "－",
        "…",
        "皆増",
        "3.4%",
        "6, 3 6 0, 9 0 0",
    ],
)
def test_numbers_and_their_marks_look_like_numbers(text):
    assert is_number_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "第１号",
        "令和６年",
        "03-1234-5678",
        "9:30～16:00",
        "P361",
        "計",
        "・",
        "１．議会費",
        "12345678あいうえお",
    ],
)
def test_other_texts_do_not(text):
    assert not is_number_like(text)


def test_labelled_numbers_in_one_cell_become_columns(build):
    # 「令和８年度当初予算関係　　8件」: one ruled cell a row, the numbers end at one place.
    xs, ys = [50, 150, 400], [100, 120, 140, 160]
    labels = ["令和８年度当初予算関係", "条例", "その他"]
    words = [build.word("議案", 60, y + 10) for y in ys[:3]]
    words += [build.word(label, 160, y + 10) for label, y in zip(labels, ys[:3], strict=True)]
    words += [
        build.right(number, 395, y + 10) for number, y in zip(["8件", "10件", "1件"], ys[:3], strict=True)
    ]
    grid = page_to_layout(build.page(words, build.boxes(xs, ys))).grids[0]
    build.tiles(grid)
    assert grid.columns == 3
    assert [build.texts(grid)[r, 2, 1, 1] for r in range(3)] == ["8件", "10件", "1件"]


def test_lines_with_numbers_inside_one_cell_become_rows(build):
    xs, ys = [50, 150, 400], [100, 120, 200]
    words = [build.word("目", 60, 110), build.word("財源内訳", 200, 110), build.word("清掃費", 60, 130)]
    for i, (label, number) in enumerate([("使用料", "4,038"), ("手数料", "758,860"), ("都補助金", "30,000")]):
        words += [build.word(label, 160, 130 + 16 * i), build.right(number, 395, 130 + 16 * i)]
    grid = page_to_layout(build.page(words, build.boxes(xs, ys))).grids[0]
    build.tiles(grid)
    texts = build.texts(grid)
    assert texts[1, 0, 3, 1] == "清掃費"
    assert texts[0, 1, 1, 2] == "財源内訳"
    assert [texts[r, 2, 1, 1] for r in (1, 2, 3)] == ["4,038", "758,860", "30,000"]


def test_two_lines_of_text_that_end_in_digits_stay_one_cell(build):
    xs, ys = [50, 150, 400], [100, 150]
    words = [
        build.word("窓口", 60, 125),
        build.word("平日９時から１７", 160, 115),
        build.word("土曜 10", 160, 135),
    ]
    grid = page_to_layout(build.page(words, build.boxes(xs, ys))).grids[0]
    assert (grid.rows, grid.columns) == (1, 2)


def test_stacked_numbers_beside_labels_are_rows(build):
    # Only the outer box and the vertical rulings are printed.
    rulings = [build.h(100, 50, 300), build.h(120, 50, 300), build.h(200, 50, 300)] + [
        build.v(x, 100, 200) for x in (50, 150, 300)
    ]
    words = [build.word("区分", 60, 110), build.word("金額", 200, 110)]
    for i, (label, number) in enumerate(
        [("市税", "1,200"), ("諸収入", "35"), ("市債", "400"), ("計", "1,635")]
    ):
        words += [build.word(label, 60, 130 + 18 * i), build.right(number, 290, 130 + 18 * i)]
    grid = page_to_layout(build.page(words, rulings)).grids[0]
    assert grid.rows == 5
    assert build.texts(grid)[4, 1, 1, 1] == "1,635"


def test_a_borderless_list_of_amounts_is_a_table_with_its_header(build):
    words = [build.word("会計", 100, 100), build.word("当初予算", 250, 100), build.word("繰出金", 350, 100)]
    rows = [("土地", "35,379", "0"), ("国保", "5,503,210", "467,217"), ("介護", "4,645,974", "726,843")]
    for i, (label, first, second) in enumerate(rows):
        y = 114 + 14 * i
        words += [build.word(label, 100, y), build.right(first, 300, y), build.right(second, 390, y)]
    layout = page_to_layout(build.page(words))
    assert [(g.rows, g.columns, g.ruled) for g in layout.grids] == [(4, 3, False)]
    assert build.texts(layout.grids[0])[0, 1, 1, 1] == "当初予算"
    assert layout.lines == ()


@pytest.mark.parametrize(("bottom", "is_framed"), [(170, True), (400, False)])
def test_a_borderless_table_in_a_frame_of_its_own_says_so(build, bottom, is_framed):
    words = [build.word("会計", 100, 100), build.word("当初予算", 250, 100)]
    for i, (label, amount) in enumerate([("土地", "35,379"), ("国保", "5,503,210"), ("介護", "4,645,974")]):
        words += [build.word(label, 100, 114 + 14 * i), build.right(amount, 300, 114 + 14 * i)]
    layout = page_to_layout(build.page(words, build.boxes([80, 320], [90, bottom])))
    assert [(grid.ruled, grid.framed) for grid in layout.grids] == [(False, is_framed)]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "令和８年度一般会計当初予算は、25,550,000千円で、令和７年度に",
            "比べて、△290,000千円、1.1％の減額となっております。",
            "歳入といたしましては、自主財源が 9,561,558",
        ],
        ["１　市民税", "２　固定資産税", "３　軽自動車税"],
        ["担当　総務課　内線１２３４", "電話　03-5432-1111", "住所　世田谷区世田谷４－２１－２７"],
    ],
)
def test_prose_lists_and_addresses_are_no_table(build, lines):
    words = [build.word(line, 100, 100 + 16 * i) for i, line in enumerate(lines)]
    assert page_to_layout(build.page(words)).grids == ()


def test_a_table_of_contents_is_no_table(build):
    words = []
    for i, (title, number) in enumerate([("第１表歳入", "3"), ("第２表歳出", "15"), ("第３表区債", "127")]):
        words += [
            build.word(title, 100, 100 + 16 * i),
            build.word("………………", 200, 100 + 16 * i),
            build.right(number, 400, 100 + 16 * i),
        ]
    assert page_to_layout(build.page(words)).grids == ()


def test_rules_above_and_below_with_aligned_columns_are_a_table(build):
    rulings = [build.h(y, 90, 410) for y in (90, 110, 170)]
    words = [build.word(t, x, 100) for t, x in (("施設", 100), ("所在", 200), ("定員", 370))]
    rows = [("若林", "若林一丁目", "12"), ("上町", "世田谷一丁目", "8"), ("松原", "松原五丁目", "30")]
    for i, (name, place, number) in enumerate(rows):
        y = 120 + 18 * i
        words += [build.word(name, 100, y), build.word(place, 200, y), build.right(number, 390, y)]
    layout = page_to_layout(build.page(words, rulings))
    assert [(g.rows, g.columns) for g in layout.grids] == [(4, 3)]
    assert build.texts(layout.grids[0])[2, 1, 1, 1] == "世田谷一丁目"


def test_a_spread_is_read_left_page_first(build):
    words = [build.word("右の上", 700, 50), build.word("左の上", 100, 60), build.word("左の下", 100, 500)]
    layout = page_to_layout(build.page(words, size=(1190, 842)))
    assert layout.gutter is not None
    assert [line.words[0].text for line in layout.lines] == ["左の上", "左の下", "右の上"]


def test_a_header_over_several_columns_between_rules_has_two_levels(build):
    rulings = [build.h(y, 90, 410) for y in (90, 130, 190)] + [build.h(110, 170, 410)]
    words = [
        build.word("種目", 110, 110),
        build.word("令和5年度", 215, 100),
        build.word("令和6年度", 335, 100),
    ]
    words += [build.word(t, x, 120) for t, x in (("応募", 190), ("採択", 250), ("応募", 310), ("採択", 370))]
    for i, row in enumerate(
        [
            ("地域", "18件", "9件", "22件", "12件"),
            ("環境", "6件", "4件", "5件", "5件"),
            ("計", "24件", "13件", "27件", "17件"),
        ]
    ):
        words.append(build.word(row[0], 100, 140 + 18 * i))
        words += [build.right(t, x, 140 + 18 * i) for t, x in zip(row[1:], (215, 275, 335, 395), strict=True)]
    grid = page_to_layout(build.page(words, rulings)).grids[0]
    build.tiles(grid)
    texts = build.texts(grid)
    assert texts[0, 0, 2, 1] == "種目"
    assert texts[0, 1, 1, 2] == "令和5年度"
    assert texts[0, 3, 1, 2] == "令和6年度"
    assert texts[1, 4, 1, 1] == "採択"
    assert texts[4, 4, 1, 1] == "17件"


def test_a_ruled_header_lends_its_columns_to_a_body_without_vertical_rulings(build):
    xs, ys = [50, 150, 250, 350], [100, 120, 140, 160]
    rulings = (
        [build.h(y, 50, 350) for y in ys]
        + [build.v(x, 100, 120) for x in xs]
        + [build.v(x, 120, 160) for x in (50, 150, 350)]
    )
    words = [build.word(t, x + 5, 110) for t, x in zip(("路線", "便数", "人数"), xs[:3], strict=True)]
    for y, row in ((130, ("東線", "5,840", "61,204")), (150, ("西線", "980", "8,977"))):
        words += [build.word(row[0], 55, y), build.right(row[1], 245, y), build.right(row[2], 345, y)]
    grid = page_to_layout(build.page(words, rulings)).grids[0]
    assert build.texts(grid)[2, 2, 1, 1] == "8,977"


def test_a_spaced_out_label_over_merged_columns_stays_one_cell(build):
    xs, ys = [50, 150, 250, 350], [100, 120, 140, 160]
    rulings = (
        [build.h(y, 50, 350) for y in ys]
        + [build.v(x, 100, 160) for x in (50, 250, 350)]
        + [build.v(150, 100, 120)]
    )
    words = [build.word(t, x + 5, 110) for t, x in zip(("款", "項", "金額"), xs[:3], strict=True)]
    for y, number in ((130, "10"), (150, "20")):
        words += [build.word("小", 90, y), build.word("計", 190, y), build.right(number, 345, y)]
    grid = page_to_layout(build.page(words, rulings)).grids[0]
    assert build.texts(grid)[1, 0, 1, 2] == "小 計"


def test_a_hung_second_line_belongs_to_the_label_above(build):
    xs, ys = [50, 150, 300], [100, 120, 200]
    words = [build.word("目", 60, 110), build.word("説明", 200, 110), build.word("財産管理費", 60, 130)]
    words += [
        build.word("○ 庁舎建設・整備基", 155, 130),
        build.right("145", 297, 130),
        build.word("金積立金", 165, 142),
    ]
    words += [build.word("○ 公用車管理費", 155, 154), build.right("△30", 297, 154)]
    grid = page_to_layout(build.page(words, build.boxes(xs, ys))).grids[0]
    assert build.texts(grid)[1, 1, 1, 1] == "○ 庁舎建設・整備基|金積立金"
    assert build.texts(grid)[2, 1, 1, 1] == "○ 公用車管理費"
    assert {c.divided for c in grid.cells if c.column > 0 and c.row > 0} == {(0, 2), (1, 2)}


@pytest.mark.parametrize("origin", ["ocr", "text-layer"])
def test_a_scanned_line_that_begins_with_a_bracket_may_stand_a_little_beside_its_label(build, origin):
    xs, ys = [50, 150, 300], [100, 120, 200]
    words = [build.word("目", 60, 110), build.word("説明", 200, 110), build.word("県負担金", 60, 130)]
    words += [build.word("医療保険基盤安定負担金", 157, 130), build.right("△7,963", 297, 130)]
    words += [build.word("(3/4)", 155, 142)]
    words += [build.word("保険料負担金", 157, 154), build.right("39", 297, 154)]
    page = build.page([replace(word, origin=origin) for word in words], build.boxes(xs, ys))
    labels = [text for place, text in build.texts(page_to_layout(page).grids[0]).items() if place[1] == 1]
    assert ("医療保険基盤安定負担金|(3/4)" in labels) == (origin == "ocr")


def test_a_list_of_amounts_in_a_sentence_gives_no_column(build):
    xs, ys = [50, 150, 420], [100, 120, 200]
    words = [build.word("目", 60, 110), build.word("説明", 200, 110), build.word("総務費", 60, 130)]
    words += [build.word("特財：都支出金　4,538、その他", 155, 130), build.right("5,712", 415, 130)]
    words += [build.word("特財：国庫支出金　12、都支出金", 155, 146), build.right("25,655", 415, 146)]
    grid = page_to_layout(build.page(words, build.boxes(xs, ys))).grids[0]
    assert (grid.rows, grid.columns) == (2, 2)


def test_one_form_printed_twice_has_the_same_inner_columns(build):
    xs = [50, 150, 300]
    words, rulings = [], []
    for top, entries in (
        (100, [("報酬", "63"), ("給料手当", "1,284"), ("旅費", "9")]),
        (300, [("基金積立金", "1")]),
    ):
        rulings += build.boxes(xs, [top, top + 80])
        words.append(build.word("総務費", 60, top + 10))
        for i, (label, number) in enumerate(entries):
            words += [build.word(label, 155, top + 10 + 16 * i), build.right(number, 297, top + 10 + 16 * i)]
    first, second = page_to_layout(build.page(words, rulings)).grids
    assert first.columns == second.columns == 3
    assert build.texts(second)[0, 2, 1, 1] == "1"


def test_a_mark_beside_a_label_in_two_lines_is_read_first(build):
    xs, ys = [50, 150, 300], [100, 130]
    words = [
        build.word("(6)", 55, 115),
        build.word("特定資金枠外", 75, 108),
        build.word("（災害援護資金）", 75, 122),
        build.right("0", 295, 115),
    ]
    grid = page_to_layout(build.page(words, build.boxes(xs, ys))).grids[0]
    assert build.texts(grid)[0, 0, 1, 1] == "(6)|特定資金枠外|（災害援護資金）"


def test_a_unit_at_the_far_right_of_a_narrow_table_makes_no_spread(build):
    words = [build.word("左の上", 100, 60), build.word("左の下", 100, 500)]
    layout = page_to_layout(build.page([*words, build.word("（単位：人）", 1000, 60)], size=(1190, 842)))
    assert layout.gutter is None
