"""Shading that sets a heading, a column or every second row off, as edges without thickness: alignment gives the columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.tables import page_to_layout

ENDS = (150, 220, 290)
NAMES = ("本町", "旭町", "緑町", "合計")
FIGURES = (
    ("1,128", "140", "△1.3%"),
    ("196", "188", "0.2%"),
    ("215", "230", "2.1%"),
    ("1,539", "558", "3.9%"),
)


def edges(build, xs, ys):
    return [replace(ruling, thickness=0.0) for ruling in build.boxes(xs, ys)]


def rows(build, top):
    """Give a heading and four rows of 20 pt each from ``top`` on."""
    words = [build.word("地区", 55, top + 10)]
    words += [
        build.right(name, end, top + 10) for name, end in zip(("前期", "後期", "増減"), ENDS, strict=True)
    ]
    for place, (name, figures) in enumerate(zip(NAMES, FIGURES, strict=True), start=1):
        y = top + 20 * place + 10
        words.append(build.word(name, 55, y))
        words += [build.right(figure, end, y) for figure, end in zip(figures, ENDS, strict=True)]
    return words


def check(build, grid):
    build.tiles(grid)
    assert (grid.rows, grid.columns) == (5, 4)
    texts = build.texts(grid)
    assert texts[0, 1, 1, 1] == "前期"
    assert [texts[row, 3, 1, 1] for row in range(1, 5)] == [figures[2] for figures in FIGURES]


def test_a_shaded_heading_and_first_column_make_no_cells(build):
    shades = [*edges(build, [50, 300], [100, 120]), *edges(build, [50, 110], [120, 200])]
    layout = page_to_layout(build.page(rows(build, 100), shades))
    assert len(layout.grids) == 1
    check(build, layout.grids[0])


def test_a_heading_of_shaded_cells_stands_over_rows_that_are_ruled_across(build):
    heading = edges(build, [50, 100, 170, 240, 300], [100, 120])
    ruled = [build.h(y, 50, 300) for y in (140, 160, 180, 200)]
    layout = page_to_layout(build.page(rows(build, 100), [*heading, *ruled]))
    assert len(layout.grids) == 1
    check(build, layout.grids[0])


@pytest.mark.parametrize("gap", [30, 46])
def test_two_tables_with_every_second_row_shaded_stay_apart(build, gap):
    second = 200 + gap
    shades = [
        shade
        for top in (100, second)
        for y in (top, top + 20, top + 60)
        for shade in edges(build, [50, 300], [y, y + 20])
    ]
    words = [*rows(build, 100), build.word("（２）相談の件数", 50, second - 10), *rows(build, second)]
    layout = page_to_layout(build.page(words, shades))
    assert len(layout.grids) == 2
    for grid in layout.grids:
        check(build, grid)
    assert ["".join(word.text for word in line.words) for line in layout.lines] == ["（２）相談の件数"]


def test_shaded_cells_that_hold_a_text_each_stay_a_table(build):
    xs, ys = [50, 110, 180, 240, 310], [100, 120, 140, 160, 180, 200]
    layout = page_to_layout(build.page(rows(build, 100), edges(build, xs, ys)))
    check(build, layout.grids[0])
    assert layout.grids[0].ruled


def test_a_heading_without_a_shade_stands_over_rows_of_which_every_second_one_is_shaded(build):
    shades = [shade for y in (120, 160) for shade in edges(build, [50, 300], [y, y + 20])]
    layout = page_to_layout(build.page([build.word("（１）相談の件数", 50, 85), *rows(build, 100)], shades))
    assert len(layout.grids) == 1
    check(build, layout.grids[0])
    assert ["".join(word.text for word in line.words) for line in layout.lines] == ["（１）相談の件数"]


def test_two_tables_of_which_only_the_headings_are_boxed_stay_apart(build):
    headings = [build.boxes([50, 300], [top, top + 20]) for top in (100, 260)]
    words = [*rows(build, 100), build.word("（２）相談の件数", 50, 240), *rows(build, 260)]
    layout = page_to_layout(build.page(words, [ruling for own in headings for ruling in own]))
    assert len(layout.grids) == 2
    for grid in layout.grids:
        check(build, grid)
    assert ["".join(word.text for word in line.words) for line in layout.lines] == ["（２）相談の件数"]
