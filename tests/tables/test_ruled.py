import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.document import Ruling, Stroke
from extract.tables import page_to_layout


def grid_of(page):
    layout = page_to_layout(page)
    assert len(layout.grids) == 1
    return layout.grids[0]


def test_plain_grid_with_a_word_in_each_cell(build):
    xs, ys = [50, 150, 250], [100, 120, 140]
    words = [build.word(f"{r}{c}あ", xs[c] + 5, ys[r] + 10) for r in range(2) for c in range(2)]
    grid = grid_of(build.page(words, build.boxes(xs, ys)))
    assert build.texts(grid) == {(r, c, 1, 1): f"{r}{c}あ" for r in range(2) for c in range(2)}


def test_missing_walls_make_spans(build):
    # 区分 spans two rows, 処理状況 two columns.
    rulings = [
        build.h(100, 50, 250),
        build.h(120, 120, 250),
        build.h(140, 50, 250),
        build.h(160, 50, 250),
        build.v(50, 100, 160),
        build.v(120, 100, 160),
        build.v(185, 120, 160),
        build.v(250, 100, 160),
    ]
    words = [
        build.word("区分", 60, 120),
        build.word("処理状況", 150, 110),
        build.word("全部", 130, 130),
        build.word("一部", 200, 130),
        build.word("区長", 60, 150),
        build.right("1", 180, 150),
        build.right("2", 245, 150),
    ]
    grid = grid_of(build.page(words, rulings))
    assert build.texts(grid) == {
        (0, 0, 2, 1): "区分",
        (0, 1, 1, 2): "処理状況",
        (1, 1, 1, 1): "全部",
        (1, 2, 1, 1): "一部",
        (2, 0, 1, 1): "区長",
        (2, 1, 1, 1): "1",
        (2, 2, 1, 1): "2",
    }


def test_open_sides_are_columns_where_words_stand(build):
    # Horizontal rulings reach past the verticals on both sides; there is no left and no right border.
    rulings = [build.h(y, 50, 350) for y in (100, 120, 140)] + [build.v(x, 100, 140) for x in (150, 250)]
    words = [
        build.word(t, x, y)
        for y, row in ((110, "あいう"), (130, "かきく"))
        for t, x in zip(row, (60, 160, 260), strict=False)
    ]
    grid = grid_of(build.page(words, rulings))
    assert (grid.rows, grid.columns) == (2, 3)
    assert build.texts(grid)[1, 2, 1, 1] == "く"


def test_double_rulings_are_one_edge(build):
    xs, ys = [50, 150, 152.5, 250], [100, 120, 122, 140]
    words = [build.word("あ", x, y) for x in (60, 160) for y in (110, 131)]
    grid = grid_of(build.page(words, build.boxes(xs, ys)))
    assert (grid.rows, grid.columns) == (2, 2)


def test_a_region_around_an_inner_box_is_cut_into_rectangles(build):
    # 款 around 項: the cell of 款 is an L; its text stays in the upper piece and nothing is reported.
    rulings = [
        build.h(100, 50, 250),
        build.h(115, 65, 150),
        build.h(130, 50, 250),
        build.h(150, 50, 250),
        build.v(50, 100, 150),
        build.v(65, 115, 150),
        build.v(150, 100, 150),
        build.v(250, 100, 150),
    ]
    words = [
        build.word("款", 52, 107),
        build.word("項", 70, 122),
        build.word("本年度", 180, 115),
        build.word("03清掃費", 70, 140),
    ]
    layout = page_to_layout(build.page(words, rulings))
    grid = layout.grids[0]
    build.tiles(grid)
    assert build.texts(grid)[0, 0, 1, 2] == "款"
    assert build.texts(grid)[0, 2, 2, 1] == "本年度"
    assert layout.notices == ()


def test_a_broken_wall_with_text_on_both_sides_is_reported(build):
    rulings = [
        build.h(100, 50, 250),
        build.h(120, 150, 250),
        build.h(140, 50, 250),
        build.v(50, 100, 140),
        build.v(150, 120, 140),
        build.v(250, 100, 140),
    ]
    words = [build.word("上", 160, 110), build.word("下", 60, 130), build.word("右下", 160, 130)]
    layout = page_to_layout(build.page(words, rulings))
    assert [n.code for n in layout.notices] == ["table.untileable"]


def test_strokes_strike_the_cell_they_cross(build):
    xs, ys = [50, 150, 250], [100, 120, 140]
    words = [build.word("あ", 60, 110), build.word("い", 60, 130), build.word("う", 160, 110)]
    page = build.page(words, build.boxes(xs, ys), [Stroke((151, 121, 249, 139), rising=False)])
    struck = [(c.row, c.column) for c in grid_of(page).cells if c.struck]
    assert struck == [(1, 1)]


def test_one_stroke_through_two_cells_strikes_these_and_not_their_neighbours(build):
    xs, ys = [50, 150, 250], [100, 120, 140]
    words = [build.word("あ", 60, 110), build.word("い", 60, 130), build.word("う", 160, 110)]
    page = build.page(words, build.boxes(xs, ys), [Stroke((50, 100, 250, 140), rising=True)])
    struck = [(c.row, c.column) for c in grid_of(page).cells if c.struck]
    assert struck == [(0, 1), (1, 0)]


def test_a_frame_around_prose_is_no_table(build):
    rulings = build.boxes([50, 550], [100, 200])
    words = [build.word("この枠の中は文章です。", 60, 120), build.word("表ではありません。", 60, 140)]
    layout = page_to_layout(build.page(words, rulings))
    assert layout.grids == ()
    assert len(layout.lines) == 2


def test_the_head_and_foot_of_a_frame_are_not_rows(build):
    xs, ys = [50, 150, 250], [150, 170, 190]
    rulings = [
        *build.boxes(xs, ys),
        build.h(60, 50, 250),
        build.h(400, 50, 250),
        build.v(50, 60, 400),
        build.v(250, 60, 400),
    ]
    words = [build.word("第３表", 60, 100), *(build.word("あ", x, y) for x in (60, 160) for y in (160, 180))]
    layout = page_to_layout(build.page(words, rulings))
    assert [(g.rows, g.columns) for g in layout.grids] == [(2, 2)]
    assert [line.words[0].text for line in layout.lines] == ["第３表"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.integers(1, 5),
    columns=st.integers(2, 5),
    drop=st.sets(st.integers(0, 60), max_size=12),
)
def test_any_set_of_inner_walls_gives_cells_that_tile_and_lose_no_word(build, rows, columns, drop):
    xs = [50 + 60 * i for i in range(columns + 1)]
    ys = [100 + 25 * i for i in range(rows + 1)]
    pieces = [build.h(y, a, b) for y in ys for a, b in itertools.pairwise(xs)]
    pieces += [build.v(x, a, b) for x in xs for a, b in itertools.pairwise(ys)]
    inner = [
        p
        for i, p in enumerate(pieces)
        if i not in drop
        or (p.position in {xs[0], xs[-1]} & {p.position} and p.axis == "vertical")
        or (p.axis == "horizontal" and p.position in (ys[0], ys[-1]))
    ]
    words = [build.word(f"{r}{c}字", xs[c] + 5, ys[r] + 12) for r in range(rows) for c in range(columns)]
    layout = page_to_layout(build.page(words, inner))
    found = [w.text for g in layout.grids for c in g.cells for line in c.lines for w in line.words]
    found += [w.text for line in layout.lines for w in line.words]
    assert sorted(found) == sorted(w.text for w in words)
    for grid in layout.grids:
        build.tiles(grid)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 500), st.floats(0, 500), st.floats(1, 400)), max_size=25),
    st.lists(
        st.tuples(st.floats(0, 560), st.floats(10, 800), st.sampled_from(["12", "計", "3,400円", "あいう"])),
        max_size=40,
    ),
)
def test_wild_rulings_and_words_lose_nothing(build, lines, places):
    rulings = [
        Ruling("horizontal" if flat else "vertical", position, start, start + length, 0.5)
        for flat, position, start, length in lines
    ]
    words = [build.word(text, x, y) for x, y, text in places]
    layout = page_to_layout(build.page(words, rulings))
    found = [id(w) for g in layout.grids for c in g.cells for line in c.lines for w in line.words]
    found += [id(w) for line in layout.lines for w in line.words]
    assert sorted(found) == sorted(map(id, words))
    for grid in layout.grids:
        build.tiles(grid)


def test_the_rest_of_a_row_at_the_head_of_a_page_is_a_grid(build):
    box = build.boxes([50, 150, 450, 550], [50, 90])
    text = build.word("と相談を進めた。", 160, 60)
    (grid,) = page_to_layout(build.page([text, build.word("次の段落", 60, 120)], box)).grids
    assert (grid.rows, grid.columns) == (1, 3)
    assert page_to_layout(build.page([text, build.word("見出し", 60, 30)], box)).grids == ()


def test_remarks_in_rows_across_the_foot_of_a_frame_are_no_rows_of_the_table(build):
    xs, ys = [50, 150, 250, 350], [100, 120, 140, 160]
    foot = [180, 200, 220]
    rulings = build.boxes(xs, ys) + [build.h(y, 50, 350) for y in foot]
    rulings += [build.v(x, 160, 220) for x in (50, 350)]
    words = [build.word(text, x + 10, 110) for text, x in zip("区計備", xs, strict=False)]
    words += [build.word("120", x + 60, y) for x in xs[1:3] for y in (130, 150)]
    words += [build.word("甲", 60, 130), build.word("乙", 60, 150)]
    remarks = [build.word("土地のうち貸付分を除く。", 60, 190), build.word("現金を含む。", 60, 210)]
    layout = page_to_layout(build.page([*words, build.word("（備考）", 60, 170), *remarks], rulings))
    (grid,) = layout.grids
    assert (grid.rows, grid.columns) == (3, 3)
    assert [line.words[0].text for line in layout.lines] == [
        "（備考）",
        "土地のうち貸付分を除く。",
        "現金を含む。",
    ]


def test_numbers_that_lost_a_comma_do_not_part_the_column_of_those_that_did_not(build):
    xs, ys = [40, 120, 240], [100, 120, 140, 160, 180, 200, 220]
    words = [build.word("項", 50, y + 10) for y in ys[:-1]]
    words += [build.right("1,234,567", 236, y + 10) for y in ys[:4]]
    for y in ys[4:-1]:
        words += [build.right("1,234", 216, y + 10), build.right("567", 236, y + 10)]
    assert grid_of(build.page(words, build.boxes(xs, ys))).columns == 2
