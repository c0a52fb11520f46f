from __future__ import annotations

from dataclasses import replace

from extract.tables import page_to_layout


def test_bars_and_grid_lines_with_numbers_are_no_table(build):
    rulings = [build.h(y, 50, 300) for y in (100, 150, 200, 250)] + [build.v(50, 100, 250)]
    words = []
    for place, (top, number) in enumerate([(170, "1,200"), (130, "1,330"), (210, "900"), (120, "1,500")]):
        left = 70 + 60 * place
        rulings += [build.v(left, top, 250), build.v(left + 30, top, 250), build.h(top, left, left + 30)]
        words.append(build.word(number, left, top - 8))
    layout = page_to_layout(build.page(words, rulings))
    assert layout.grids == ()
    assert len(layout.lines) == len(words)


def test_boxes_joined_by_lines_are_no_table(build):
    def box(x, y):
        return [
            build.h(y, x, x + 80),
            build.h(y + 24, x, x + 80),
            build.v(x, y, y + 24),
            build.v(x + 80, y, y + 24),
        ]

    rulings = [*box(160, 60), *box(50, 130), *box(160, 130), *box(270, 130)]
    rulings += [build.h(107, 90, 310), build.v(200, 84, 130), build.v(90, 107, 130), build.v(310, 107, 130)]
    names = [("市長", 180, 72), ("総務部", 65, 142), ("福祉部", 175, 142), ("教育部", 285, 142)]
    layout = page_to_layout(build.page([build.word(*name) for name in names], rulings))
    assert layout.grids == ()
    assert len(layout.lines) == 2


def test_a_form_left_blank_is_a_table(build):
    xs, ys = [50, 150, 250, 350, 450, 550], list(range(100, 320, 20))
    words = [
        build.word(text, x + 10, 110)
        for text, x in zip(["氏名", "住所", "年齢", "職業", "備考"], xs, strict=False)
    ]
    (grid,) = page_to_layout(build.page(words, build.boxes(xs, ys))).grids
    assert (grid.rows, grid.columns) == (10, 5)


def test_shaded_rows_of_two_tables_are_two_tables(build):
    rulings = [build.h(y, 50, 330) for y in (100, 116, 132, 148, 164)]
    rulings += [build.h(y, 50, 270) for y in (190, 206, 222, 238, 254)]
    rulings += [build.v(50, 100, 254), build.v(330, 100, 164), build.v(270, 190, 254)]
    words = [build.word("２　事業の実績", 50, 178)]
    for top, right in ((100, 320), (190, 260)):
        words += [
            build.word("区分", 60, top + 8),
            build.word("件数", 150, top + 8),
            build.word("金額", right - 20, top + 8),
        ]
        for row, label in enumerate(["要支援", "要介護", "計"]):
            y = top + 24 + 16 * row
            words += [build.word(label, 60, y), build.right("1,234", 170, y), build.right("56,789", right, y)]
    layout = page_to_layout(build.page(words, rulings))
    assert [(grid.rows, grid.columns) for grid in layout.grids] == [(4, 3), (4, 3)]
    assert [line.words[0].text for line in layout.lines] == ["２　事業の実績"]


def test_the_caption_between_rulings_of_other_ends_parts_two_tables(build):
    words, rulings = [], []
    for top, right in ((100, 300), (205, 303)):
        rulings += [build.h(top + 20 * row, 50, right) for row in range(5)]
        for row, (label, number) in enumerate(
            [("区分", "件数"), ("要支援", "1,234"), ("要介護", "567"), ("計", "1,801")]
        ):
            y = top + 10 + 20 * row
            words += [build.word(label, 60, y), build.right(number, 290, y)]
    layout = page_to_layout(build.page([*words, build.word("事業の実績", 50, 193)], rulings))
    assert [(grid.rows, grid.columns) for grid in layout.grids] == [(4, 2), (4, 2)]
    assert [line.words[0].text for line in layout.lines] == ["事業の実績"]


def test_a_seal_on_a_scan_is_no_table(build):
    rulings = build.boxes([490, 516, 548], [510, 540, 568])
    words = [
        replace(build.word(text, x, y), origin="ocr", confidence=0.2)
        for text, x, y in [("#", 498, 525), ("区", 525, 525), ("９０１", 494, 555)]
    ]
    assert page_to_layout(build.page(words, rulings)).grids == ()
    read = [replace(word, confidence=0.97) for word in words]
    assert len(page_to_layout(build.page(read, rulings)).grids) == 1
