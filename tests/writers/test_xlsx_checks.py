from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_xlsx_workbook import formulas_of, opened, written
from written_documents import HOSTILE, cell, check, checked_document, document, rich_document, table

from extract.writers.xlsx import checks as checks_module
from extract.writers.xlsx.formulas import Operand, Run, operands_to_runs, result_decimals, sum_to_formulas

COLUMNS = (
    "順",
    "表",
    "セル",
    "項目",
    "ページ",
    "関係",
    "計算のもと",
    "印刷の値",
    "計算値",
    "差",
    "許容差",
    "成立",
    "根拠（ビット）",
)

# All that may stand in a formula of ours: sheet names in quotes, addresses, numbers, four functions, two marks.
OURS = re.compile(
    r"=(?:'(?:[^']|'')+'!|\$?[A-Z]{1,3}[1-9]\d*|(?:SUM|ROUND|ABS|IF)(?=\()|\d+(?:\.\d+)?|[-+*/(),:]|<=|\"[○×]\")+"
)
FORMULA_LIMIT = 8192  # characters, Excel's


def rows_of_checks(one, *, values: bool = False) -> list[dict]:
    workbook = openpyxl.load_workbook(BytesIO(written(one)), data_only=values)
    heading, *rows = workbook["検算"].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def sum_table(values: list[float], total: float, **others):
    cells = [cell("t1", row, 0, str(value), value=value) for row, value in enumerate([*values, total])]
    return table("t1", cells, headers=(0, 0), checks=(check(cells[-1], cells[:-1]),), **others)


def test_a_check_is_a_row_of_formulas_with_their_values():
    one = document([sum_table([1, 2, 3], 7, caption="数")])
    (row,) = rows_of_checks(one)
    assert tuple(row) == COLUMNS
    assert [row[name] for name in COLUMNS[5:]] == [
        "合計",
        "A6:A8",
        "='表1 数'!A9",
        "=SUM('表1 数'!A6:A8)",
        "=H2-I2",
        0,
        '=IF(ABS(J2)<=K2,"○","×")',
        12.5,
    ]
    (row,) = rows_of_checks(one, values=True)
    assert [row[name] for name in COLUMNS[7:12]] == [7, 6, 1, 0, "×"]
    sheet = opened(one)["検算"]
    assert (sheet["B2"].hyperlink.location, sheet["C2"].hyperlink.location) == ("'表1 数'!A1", "'表1 数'!A9")


def test_every_kind_of_relation_has_its_formula():
    rows = {(row["セル"], row["関係"]): row for row in rows_of_checks(checked_document())}
    name = "'表1 =1+1''!A1&\"<検算>'!"
    shown = {key: (row["計算のもと"], str(row["計算値"]).replace(name, "")) for key, row in rows.items()}
    assert shown["B9", "合計"] == ("B6:B8", "=SUM(B6:B8)")
    assert shown["B11", "差引"] == ("B6 － B7", "=B6-B7")
    assert shown["B10", "割合"] == ("B6 ÷ B9 × 100", "=ROUND(100*B6/B9,1)")
    assert shown["B12", "増減率"] == ("(C7 － C6) ÷ C6 × 100", "=ROUND(100*(C7-C6)/C6,1)")
    assert shown["C11", "積"] == ("C10 × B10 × 0.01", "=ROUND(0.01*C10*B10,0)")
    assert shown["B7", "同じ数"] == ("表1 B9", "=B9")
    assert rows["B10", "割合"]["項目"] == "構成比"


def test_what_does_not_hold_comes_first():
    rows = rows_of_checks(checked_document(), values=True)
    assert [row["成立"] for row in rows] == ["×", *["○"] * (len(rows) - 1)]
    assert (rows[0]["セル"], rows[0]["関係"]) == ("B12", "増減率")


def test_numbers_that_excel_cannot_hold_are_values_and_not_computed():
    sheet = opened(checked_document())["検算"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "A7")
    assert [one.value for one in row[6:12]] == [
        "A6:B6",
        "1,234,567,890,123,463",
        "1,234,567,890,123,463",
        0,
        0,
        "○",
    ]
    assert "15 桁" in row[11].comment.text


def test_a_cell_beyond_the_grid_is_a_number_in_the_formula(monkeypatch):
    monkeypatch.setattr("extract.writers.xlsx.places.COLUMNS_LIMIT", 2)
    cells = [cell("t1", 0, column, str(value), value=value) for column, value in enumerate([3, 5, -2])]
    one = table("t1", cells, headers=(0, 0), checks=(check(cells[0], cells[1:]),))
    (row,) = rows_of_checks(document([one]))
    assert (row["計算のもと"], row["計算値"]) == ("B6 ＋ -2", "='表1'!B6+(-2)")


def test_a_check_of_unknown_cells_is_shown_without_formulas():
    one = sum_table([1, 2], 3)
    (first,) = one.checks
    broken = replace(one, checks=(replace(first, operands=("t9r9c9", first.operands[0])),))
    (row,) = rows_of_checks(document([broken]))
    assert [row[name] for name in COLUMNS[6:12]] == [None, 3, 3, 0, 0, "○"]


def test_a_long_sum_is_computed_in_parts():
    data = written(checked_document())
    assert all(len(formula) < FORMULA_LIMIT for formula in formulas_of(data)["検算"])
    sheet = openpyxl.load_workbook(BytesIO(data), data_only=True)["検算"]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        parts = [value for value in row[len(COLUMNS) :] if value is not None]
        assert not parts or sum(parts) == row[8]
    assert sheet.max_column > len(COLUMNS)


def test_all_formulas_are_ours_whatever_the_captions_say():
    captions = [*HOSTILE, "'!A1+", "''", '"&A1&"', "[x]y'z", "検算", "=SUM(A1)"]
    tables = [
        replace(sum_table([n, 2], n + 2, caption=caption), id=f"t{n}") for n, caption in enumerate(captions)
    ]
    for number, one in enumerate(tables):
        renamed = [replace(c, id=f"t{number}r{c.row}c0") for c in one.cells]
        tables[number] = replace(one, cells=tuple(renamed), checks=(check(renamed[-1], renamed[:-1]),))
    data = written(document(tables))
    formulas = formulas_of(data)
    assert set(formulas) == {"検算"}
    assert len(formulas["検算"]) == 4 * len(captions)
    assert all(OURS.fullmatch(formula) for formula in formulas["検算"])
    assert all(OURS.fullmatch(formula) for formula in formulas_of(written(checked_document()))["検算"])


def test_no_check_is_said():
    assert opened(rich_document())["検算"]["B2"].value == "検算できる関係は見つかりませんでした。"


def test_more_checks_than_rows_go_on_in_the_next_sheet(monkeypatch):
    monkeypatch.setattr("extract.writers.xlsx.CHECKS_A_SHEET", 4)
    monkeypatch.setattr(checks_module, "CHECKS_A_SHEET", 4)
    workbook = opened(checked_document())
    parts = [workbook[name] for name in ("検算", "検算 (2)", "検算 (3)")]
    numbers = [[row[0] for row in part.iter_rows(min_row=2, values_only=True)] for part in parts]
    assert numbers == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11]]


def test_the_marks_are_coloured_also_when_they_change():
    (area,) = opened(checked_document())["検算"].conditional_formatting
    assert str(area.sqref) == "L2:L12"
    assert [rule.formula for rule in area.rules] == [['"○"'], ['"×"']]


def test_states_are_coloured_in_the_facsimile_and_counted_in_the_contents():
    workbook = opened(checked_document())
    sheet = workbook.worksheets[1]
    fills = [sheet[place].fill.fgColor.rgb for place in ("B6", "B8", "B9", "B7")]
    assert [fill[2:] for fill in fills] == ["F4B6A6", "D9CFEA", "E2F0D9", "000000"]
    assert workbook["目次"]["B6"].value == "11 件（成立 10、不成立 1）"
    assert workbook["目次"]["J12"].value == "要確認 3 件　不一致 1　補正 1　検証済 1　未検証 10"


@pytest.mark.parametrize(
    ("tolerance", "decimals"), [(0.05, 1), (0.5, 0), (0.005, 2), (0.15, 1), (500, -3), (5, -1)]
)
def test_a_result_has_the_decimals_of_its_tolerance(tolerance, decimals):
    part, whole = cell("t1", 0, 0, "1", value=1), cell("t1", 1, 0, "2", value=2)
    result = cell("t1", 2, 0, "50", value=50)
    assert result_decimals(check(result, [part, whole], "share", tolerance=tolerance)) == decimals


places = st.tuples(st.integers(1, 6), st.integers(1, 4))


@given(st.lists(st.tuples(places, st.sampled_from([1, -1]), st.integers(-999, 999)), min_size=1))
def test_runs_keep_every_operand_once_and_in_order(given_operands):
    operands = [Operand(value, "s", row, column) for (row, column), _, value in given_operands]
    signs = [sign for _, sign, _ in given_operands]
    runs = operands_to_runs(operands, signs)
    assert [one for run in runs for one in run.operands] == operands
    assert [run.sign for run in runs for _ in run.operands] == signs
    for run in runs:
        rows = {one.row for one in run.operands}
        columns = {one.column for one in run.operands}
        assert len(rows) * len(columns) == len(run.operands)
    total = sum(sign * one.value for sign, one in zip(signs, operands, strict=True))
    assert sum(part.value for part in sum_to_formulas(runs)) == total


def test_a_merged_cell_is_followed_by_the_next_one():
    tall, below = Operand(1, "s", 1, 1, rows=2), Operand(2, "s", 3, 1)
    (run,) = operands_to_runs([tall, below], [1, 1])
    assert run == Run(1, (tall, below))
    assert run.formula() == "'s'!A1:A3"
