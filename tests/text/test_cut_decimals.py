from __future__ import annotations

import pytest

from extract.document import Grid, GridCell, Line, PageFrame, PageLayout, Word
from extract.text import layout_to_clean

FRAME = PageFrame(1, 595.0, 842.0, "text-layer", 0, None, None)


def column(*texts):
    """The cells of one column, a line break for each printed line."""
    cells = []
    for row, text in enumerate(texts):
        lines = tuple(
            Line(
                (Word(part, (0.0, y, 10.0 * len(part), y + 10.0), 10.0),),
                (0.0, y, 10.0 * len(part), y + 10.0),
            )
            for y, part in ((40.0 * row + 12.0 * place, part) for place, part in enumerate(text.split("\n")))
        )
        cells.append(GridCell(row, 0, 1, 1, (0.0, 40.0 * row, 200.0, 40.0 * row + 40.0), lines))
    edges = tuple(40.0 * row for row in range(len(texts) + 1))
    grid = Grid((0.0, 0.0, 200.0, edges[-1]), len(texts), 1, tuple(cells), edges, (0.0, 200.0), ruled=True)
    page = layout_to_clean(PageLayout(FRAME, (grid,), (), None))
    return page.grids[0].cells, page.notices


def test_a_number_broken_within_its_decimals_is_one_where_its_column_agrees():
    cells, notices = column("構成比", "25.61%", "74.39%", "100.0\n0％")
    last = cells[-1]
    assert (last.kind, last.value, last.unit, last.text, last.doubted) == (
        "number",
        100,
        "%",
        "100.00%",
        False,
    )
    assert last.raw == "100.0\n0％"
    assert notices == ()


@pytest.mark.parametrize(
    "others",
    [("25.6%", "74.4%"), ("25.61%", "74.4%"), ("25.61%",), ("25.61", "74.39"), ("構成比", "比率")],
    ids=["one decimal", "mixed", "one witness", "another unit", "no numbers"],
)
def test_where_the_column_does_not_agree_it_stays_text_for_a_person_to_look_at(others):
    cells, notices = column(*others, "100.0\n0％")
    assert (cells[-1].kind, cells[-1].value) == ("text", None)
    assert [notice.code for notice in notices] == ["cell.several-numbers"]
