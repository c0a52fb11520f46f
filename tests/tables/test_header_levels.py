"""Names over several columns, and over several rows, in headers that no ruling divides."""

from __future__ import annotations

import pytest

from extract.tables import page_to_layout

ENDS = (150, 200, 250, 300, 360)
BODY = {
    "本町": ("1,204", "3,318", "1,190", "3,287", "△31"),
    "旭町": ("880", "2,104", "902", "2,155", "51"),
    "緑町": ("455", "1,020", "460", "1,031", "11"),
}
HEADED = {
    (0, 0, 2, 1): "地区",
    (0, 1, 1, 2): "令和５年度",
    (0, 3, 1, 2): "令和６年度",
    (0, 5, 2, 1): "増減",
    (1, 1, 1, 1): "戸数",
    (1, 2, 1, 1): "人数",
    (1, 3, 1, 1): "戸数",
    (1, 4, 1, 1): "人数",
}


def body(build, top):
    words = []
    for place, (name, figures) in enumerate(BODY.items()):
        y = top + 18 * place
        words.append(build.word(name, 60, y))
        words += [build.right(figure, end, y) for figure, end in zip(figures, ENDS, strict=True)]
    return words


def two_levels(build, y, pitch):
    """Give a header of two levels with names half way down between them."""
    centred = [
        ("令和５年度", 156, y),
        ("令和６年度", 256, y),
        ("地区", 60, y + pitch / 2),
        ("増減", 340, y + pitch / 2),
    ]
    names = zip(("戸数", "人数", "戸数", "人数"), ENDS, strict=False)
    return [
        *(build.word(text, x - (25 if text[0] == "令" else 0), at) for text, x, at in centred),
        *(build.right(name, end, y + pitch) for name, end in names),
    ]


@pytest.mark.parametrize("pitch", [14, 18, 22])
def test_names_half_way_down_two_levels_head_their_columns_over_both(build, pitch):
    words = [*two_levels(build, 100, pitch), *body(build, 118 + pitch)]
    (grid,) = page_to_layout(build.page(words)).grids
    build.tiles(grid)
    texts = build.texts(grid)
    assert (grid.rows, grid.columns) == (5, 6)
    assert {place: text for place, text in texts.items() if place[0] < 2} == HEADED


def test_the_name_of_the_labels_alone_stands_half_way_down_two_levels(build):
    words = [*two_levels(build, 100, 18), *body(build, 136)]
    words = [word for word in words if word.box[2] < 310]
    (grid,) = page_to_layout(build.page(words)).grids
    texts = build.texts(grid)
    assert grid.columns == 5
    assert {place: text for place, text in texts.items() if place[0] < 2} == {
        place: text for place, text in HEADED.items() if place[1] < 5
    }


def test_a_caption_over_a_header_of_one_level_is_no_name(build):
    names = [build.word("地区", 60, 118)]
    names += [
        build.right(name, end, 118)
        for name, end in zip(("戸数", "人数", "男", "女", "増減"), ENDS, strict=True)
    ]
    layout = page_to_layout(build.page([build.word("地区別の世帯", 60, 100), *names, *body(build, 136)]))
    assert layout.grids[0].rows == 4
    assert ["".join(word.text for word in line.words) for line in layout.lines] == ["地区別の世帯"]


def test_names_over_three_groups_are_parted_where_each_is_centred_best(build):
    ends = tuple(range(140, 500, 40))
    names = (("本庁", 165), ("支所", 285), ("出張所", 400))
    words = [build.word(text, x, 100) for text, x in names]
    words += [build.right(name, end, 118) for name, end in zip("甲乙丙甲乙丙甲乙丙", ends, strict=True)]
    for place, name in enumerate(("本町", "旭町", "緑町")):
        y = 136 + 18 * place
        words += [build.word(name, 60, y), *(build.right("1,204", end, y) for end in ends)]
    (grid,) = page_to_layout(build.page(words)).grids
    texts = build.texts(grid)
    assert {place: text for place, text in texts.items() if place[0] == 0 and text} == {
        (0, 1, 1, 3): "本庁",
        (0, 4, 1, 3): "支所",
        (0, 7, 1, 3): "出張所",
    }


def test_a_speck_behind_a_name_makes_no_sentence_of_a_header(build):
    names = zip(("戸数", "人数。", "男", "女", "増減"), ENDS, strict=True)
    header = [build.word("地区", 60, 118), *(build.right(name, end, 118) for name, end in names)]
    (grid,) = page_to_layout(build.page([*header, *body(build, 136)])).grids
    assert build.texts(grid)[0, 2, 1, 1] == "人数。"


def test_worn_figures_with_ragged_ends_stand_in_their_column(build):
    words = []
    for place, (name, ends) in enumerate(
        (
            ("本町", (198, 283)),
            ("旭町", (194, 283)),
            ("緑町", (194, 283)),
            ("川口", (191, 283)),
            ("計", (202, 283)),
        )
    ):
        y = 100 + 18 * place
        words += [
            build.word(name, 60, y),
            *(build.right("1,204" if place != 1 else "880", end, y) for end in ends),
        ]
    (grid,) = page_to_layout(build.page(words)).grids
    assert (grid.rows, grid.columns) == (5, 3)
    assert [build.texts(grid)[row, 0, 1, 1] for row in range(5)] == ["本町", "旭町", "緑町", "川口", "計"]


def test_a_last_row_whose_last_figure_is_garbled_stays_in_the_table(build):
    words = [*body(build, 100), build.word("合計", 60, 154)]
    totals = zip(("2,539", "6,442", "2,552", "6,473", "i1"), ENDS, strict=True)
    words += [build.right(text, end, 154) for text, end in totals]
    note = build.word("令和６年４月１日現在の数である。", 60, 172)
    layout = page_to_layout(build.page([*words, note]))
    assert layout.grids[0].rows == 4
    assert len(layout.lines) == 1
