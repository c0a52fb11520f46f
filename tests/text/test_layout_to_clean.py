from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from extract.document import Grid, GridCell, Line, PageFrame, PageLayout, Reading, Word
from extract.text import layout_to_clean
from extract.text.lines import line_to_raw
from extract.text.meaning import read_lines

FRAME = PageFrame(3, 595.0, 842.0, "text-layer", 0, None, None)
BOX = (0.0, 0.0, 500.0, 200.0)


def word(text, x, width=None, *, y=0.0, size=10.0, **more):
    return Word(text, (x, y, x + (len(text) * size if width is None else width), y + size), size, **more)


def line(*words):
    return Line(words, (words[0].box[0], words[0].box[1], words[-1].box[2], words[-1].box[3]))


def spread(text, gap, *, size=10.0):
    return line(*(word(character, index * (size + gap)) for index, character in enumerate(text)))


def cell(column, *lines, struck=False):
    return GridCell(0, column, 1, 1, BOX, lines, struck)


def grid(*cells):
    edges = tuple(float(index) for index in range(len(cells) + 1))
    return Grid(BOX, 1, len(cells), cells, (0.0, 1.0), edges, ruled=True)


def clean(*cells, lines=()):
    return layout_to_clean(PageLayout(FRAME, (grid(*cells),) if cells else (), lines, None))


@pytest.mark.parametrize(
    ("printed", "raw"),
    [
        (line(word("北沢", 0), word("玉川", 20.2)), "北沢玉川"),
        (line(word("IC", 0, 10), word("カード", 15)), "IC カード"),
        (line(word("区", 0), word("長", 20)), "区　長"),
        (line(word("区", 0), word("長", 40)), "区　　　長"),
        (line(word("区", 0), word("長", 400)), "区" + "　" * 8 + "長"),
        (line(word("区　", 0), word("長", 40)), "区　長"),
        (spread("農林水産業", 7.4), "農 林 水 産 業"),
        (line(word("管", 0), word("理職", 13.6, 23.5), word("手当", 40.7, 23.5)), "管理職手当"),
        (line(word("縦", 0, y=0), word("書", 0, y=30)), "縦　　書"),
    ],
)
def test_gaps_become_spaces(printed, raw):
    assert line_to_raw(printed) == raw


def test_gaps_at_the_border_of_two_widths_are_shown_alike():
    words = [word("農", 0), word("業", 17.4), word("委", 35), word("員", 52.4), word("会", 70)]
    assert line_to_raw(line(*words)) == "農　業　委　員　会"
    assert layout_to_clean(PageLayout(FRAME, (), (line(*words),), None)).lines[0].text == "農業委員会"


def test_a_label_of_single_characters_is_one_word():
    page = clean(cell(0, spread("教育委員会", 15.0)), cell(1, spread("合計", 80.0)))
    assert [c.text for c in page.grids[0].cells] == ["教育委員会", "合計"]


def test_letter_spaced_numbers_of_a_table_are_numbers():
    page = clean(cell(0, spread("6,360,900", 8.0)), cell(1, spread("480", 8.0)))
    assert [c.value for c in page.grids[0].cells] == [6360900, 480]
    assert page.notices == ()
    alone = clean(cell(0, spread("480", 8.0)))
    assert [c.kind for c in alone.grids[0].cells] == ["text"]
    assert [notice.code for notice in alone.notices] == ["text.unclear-number"]


def test_a_sign_printed_apart_belongs_to_its_number():
    page = clean(cell(0, line(word("△", 0), word("290,000", 60, 40))))
    assert page.grids[0].cells[0].value == -290000


def test_a_struck_cell_is_missing_and_with_text_a_finding():
    page = clean(cell(0, struck=True), cell(1, line(word("５件", 0)), struck=True), cell(2))
    first, second, third = page.grids[0].cells
    assert (first.kind, first.missing, first.raw) == ("missing", "／", "")
    assert (second.kind, second.value, second.unit) == ("number", 5, "件")
    assert (third.kind, third.missing) == ("empty", None)
    (notice,) = page.notices
    assert (notice.code, notice.page, notice.table, notice.cell) == ("cell.struck-with-text", 3, "0", "r0c1")
    assert dict(notice.details) == {"text": "5件"}


@pytest.mark.parametrize(("x", "doubted"), [(-4.0, True), (-1.0, False), (470.0, True), (452.0, False)])
def test_digits_that_stand_beyond_their_cell_may_have_lost_some(x, doubted):
    page = clean(cell(0, line(word("6,159円", x, 50))))
    assert page.grids[0].cells[0].doubted is doubted
    assert [notice.code for notice in page.notices] == ["cell.cut-by-ruling"] * doubted


def test_evidence_is_the_least_sure_word_and_readings_of_a_single_one():
    readings = (Reading("7", 0.2),)
    sure = word("1", 0, origin="ocr", confidence=0.9, readings=readings)
    unsure = word("件", 20, origin="ocr", confidence=0.5)
    page = clean(cell(0, line(sure)), cell(1, line(sure, unsure)), cell(2, line(word("1", 0))), cell(3))
    found = [(c.origin, c.confidence, c.readings) for c in page.grids[0].cells]
    assert found == [
        ("ocr", 0.9, readings),
        ("ocr", 0.5, ()),
        ("text-layer", None, ()),
        ("text-layer", None, ()),
    ]


def test_lines_keep_raw_and_give_their_dates():
    printed = line(word("＊令和６年３月３１日現在", 0))
    impossible = line(word("令和６年２月３０日", 0))
    page = clean(lines=(printed, impossible))
    assert (page.lines[0].raw, page.lines[0].text) == ("＊令和６年３月３１日現在", "＊令和6年3月31日現在")
    assert [found.dates for found in page.lines] == [("2024-03-31",), ()]
    assert [(notice.code, dict(notice.details)["text"]) for notice in page.notices] == [
        ("cell.impossible-date", "令和6年2月30日")
    ]


def test_cells_come_in_row_major_order_and_the_raw_keeps_its_lines():
    cells = (
        GridCell(1, 0, 1, 1, BOX, (line(word("ろ", 0)),)),
        GridCell(0, 0, 1, 1, BOX, (line(word("い", 0)), line(word("は", 0)))),
    )
    page = layout_to_clean(
        PageLayout(FRAME, (Grid(BOX, 2, 1, cells, (0.0, 1.0, 2.0), (0.0, 1.0), ruled=True),), (), None)
    )
    assert [c.raw for c in page.grids[0].cells] == ["い\nは", "ろ"]


def test_a_hundred_cells_take_milliseconds():
    most = 0.02  # seconds: ten times what it takes, so that a busy machine does not fail it
    printed = [f"△ {number:,}" for number in range(10_000, 10_040)] + [
        f"{number:,}件" for number in range(1000, 1060)
    ]
    cells = [
        cell(0, line(word(text.translate(str.maketrans("0123456789", "０１２３４５６７８９")), 0)))
        for text in printed
    ]
    layout = PageLayout(FRAME, (grid(*cells),), (), None)
    layout_to_clean(layout)
    read_lines.cache_clear()
    start = process_time()
    layout_to_clean(layout)
    assert process_time() - start < most


@pytest.mark.parametrize(("origin", "is_doubted"), [("ocr", True), ("text-layer", False)])
def test_numbers_in_a_frame_without_walls_are_doubted_on_a_scan(origin, is_doubted):
    framed = replace(grid(cell(0, line(word("計", 0))), cell(1, line(word("12", 100)))), framed=True)
    layout = PageLayout(replace(FRAME, origin=origin), (framed,), (), None)
    page = layout_to_clean(layout)
    assert [c.doubted for c in page.grids[0].cells] == [False, is_doubted]
    assert [notice.code for notice in page.notices] == ["table.walls-lost"] * is_doubted


@pytest.mark.parametrize(("origin", "is_doubted"), [("ocr", True), ("text-layer", False)])
def test_numbers_side_by_side_in_one_cell_of_several_rows_are_doubted_on_a_scan(origin, is_doubted):
    cells = [
        replace(
            cell(
                column, *(line(*(word(text, x, 30, origin=origin) for text, x in printed)) for printed in row)
            ),
            row=index,
        )
        for index in range(2)
        for column, row in enumerate(
            ([[("福祉課", 0)]], [[("6回", 50), ("2,705回", 120)]], [[("17回", 200)]])
        )
    ]
    table = Grid(BOX, 2, 3, tuple(cells), (0.0, 1.0, 2.0), (0.0, 1.0, 2.0, 3.0), ruled=True)
    page = layout_to_clean(PageLayout(replace(FRAME, origin=origin), (table,), (), None))
    assert [c.doubted for c in page.grids[0].cells] == [False, is_doubted, is_doubted] * 2
    codes = [notice.code for notice in page.notices]
    assert codes == ["text.unclear-number"] * (2 * is_doubted) + ["table.numbers-in-one-cell"] * is_doubted
