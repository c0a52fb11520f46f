"""A number without the unit of its column is shown to a person, on a scan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tables_of import drawing_to_table

from extract.tree.unitless import mark_unitless


def reviewed(numbers, *, origin="ocr"):
    table = drawing_to_table(
        [["区分", "件数"], *([f"町{row}", number] for row, number in enumerate(numbers))]
    )
    cells = (replace(c, needs_review=False, evidence=replace(c.evidence, origin=origin)) for c in table.cells)
    return [
        cell.text for cell in mark_unitless(replace(table, cells=tuple(cells))).cells if cell.needs_review
    ]


def test_a_number_without_the_unit_of_its_column_is_doubted():
    assert reviewed(["12件", "340件", "155", "508件"]) == ["155"]


@pytest.mark.parametrize(
    "numbers",
    [
        ["12件", "340件", "0", "508件"],
        ["12件", "340件", "155件", "508件"],
        ["12件", "340", "155", "508件"],
        ["12", "340", "155件", "508"],
        ["12件", "155"],
    ],
)
def test_zero_and_columns_without_one_unit_are_not(numbers):
    assert reviewed(numbers) == []


def test_a_text_layer_is_not_doubted():
    assert reviewed(["12件", "340件", "155", "508件"], origin="text-layer") == []
