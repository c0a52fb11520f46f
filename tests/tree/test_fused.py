from __future__ import annotations

from dataclasses import replace

import pytest
from tables_of import drawing_to_table

from extract.tree.fused import mark_fused


def reviewed(rows, *, origin="ocr"):
    table = drawing_to_table(rows)
    cells = (replace(c, needs_review=False, evidence=replace(c.evidence, origin=origin)) for c in table.cells)
    return [cell.text for cell in mark_fused(replace(table, cells=tuple(cells))).cells if cell.needs_review]


def table_with(text):
    return [["区分", "件数", "人数"], ["本町", "12", "340"], ["元町", text, "508"], ["栄町", "7", "61"]]


NUMBERS = ["12", "340", "508", "7", "61"]


@pytest.mark.parametrize(
    "text",
    ["8\n5", "1,204人\n33人", "9　　3,239　　75", "9　－　75", "8　1,1 10", "・8\n…\n5", ",097", "019"],
)
def test_the_numbers_of_a_table_with_fused_cells_are_shown_to_a_person(text):
    assert sorted(set(NUMBERS) - set(reviewed(table_with(text)))) == []


@pytest.mark.parametrize(
    "text", ["8", "8\n(5)", "9　75", "△81,　1.1 0", "窓口 8\n郵送 5", "8件中\n5件は電話", ""]
)
def test_cells_that_were_printed_so_doubt_nothing(text):
    assert not set(NUMBERS) & set(reviewed(table_with(text)))


def test_pairs_in_all_cells_of_a_column_doubt_nothing():
    rows = [["区分", "件数", "人数"], ["本町", "12\n3", "340"], ["元町", "8\n5", "508"]]
    assert reviewed(rows) == []


def test_pairs_wide_apart_in_several_cells_of_a_column_are_two_columns():
    rows = [["区分", "件数", "人数"], *(["町", f"{n}　　　1,2{n}", "340"] for n in (10, 25, 31))]
    assert reviewed(rows).count("340") == 3
    assert reviewed(rows[:3]) == []
    assert reviewed(rows, origin="text-layer") == []


def test_a_column_of_codes_doubts_nothing():
    rows = [["区分", "件数", "符号"], ["本町", "340", "012"], ["元町", "508", "019"]]
    assert reviewed(rows) == []


def test_a_heading_that_swallowed_the_first_row_of_numbers():
    rows = [["区分", "件数\n5,056\n1", "人数\n379\n143"], ["元町", "8", "508"], ["栄町", "7", "61"]]
    assert {"8", "508", "7", "61"} <= set(reviewed(rows))


def test_two_numbers_in_a_cell_over_two_columns():
    rows = """
        区分 | 件数 | 人数 | 世帯
        本町 | 12 | 340 | 5
        元町 | 9　508 | < | 6
        """
    assert {"12", "340", "5", "6"} <= set(reviewed(rows))


def test_the_same_table_of_a_text_layer_is_not_doubted():
    assert reviewed(table_with("8\n5"), origin="text-layer") == []


@pytest.mark.parametrize(("head", "doubted"), [("男　女", ["12", "340"]), ("人数", [])])
def test_numbers_under_one_head_with_several_names(head, doubted):
    rows = [["区分", head, "<"], ["本町", "12", "340"]]
    assert reviewed(rows) == doubted
