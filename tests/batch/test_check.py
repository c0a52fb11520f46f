from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extract import convert
from extract.batch import check
from extract.batch.check import document_to_checked
from extract.cli import main
from extract.document import Document
from extract.errors import InputMissing, InputUnreadable, JsonDamaged, JsonMissing, JsonUnsupported
from extract.verification import verify_document
from extract.writers import document_to_json

BUDGET = Path(__file__).parents[2] / "fixtures" / "budget-three-levels" / "budget.pdf"


@pytest.fixture(scope="module")
def budget() -> Document:
    return convert(BUDGET).document


def with_wrong_total(document: Document) -> Document:
    """Print a total that is 1,000 too much, as a clerk would, and verify the document anew."""
    table = document.tables[0]
    stated = next(one for one in table.checks if len(one.operands) > 2).stated
    cells = tuple(
        replace(cell, value=cell.value + 1000, text=f"{cell.value + 1000:,}") if cell.id == stated else cell
        for cell in table.cells
    )
    return verify_document(
        replace(document, tables=(replace(table, cells=cells, checks=()), *document.tables[1:])),
        language="en",
    )


@pytest.fixture
def out(tmp_path, budget) -> Path:
    """Give a folder with a right document, a wrong one, and JSON files that are none."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "right.pdf.json").write_bytes(document_to_json(budget))
    (tmp_path / "wrong.pdf.json").write_bytes(document_to_json(with_wrong_total(budget)))
    (tmp_path / "cut.json").write_bytes(document_to_json(budget)[:5000])
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "foreign.json").write_text('{"name": "package"}')
    (tmp_path / "next.json").write_text('{"schema_version": "2.0"}')
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "right.pdf.xlsx").write_bytes(b"PK")
    return tmp_path


def test_the_numbers_of_a_document_are_summed_up(budget):
    checked = document_to_checked(budget, "a.json")
    numbers = [fact.status for fact in budget.facts]
    assert checked.sums.statuses == Counter(numbers)
    assert checked.sums.numbers == len(numbers) == 100
    assert checked.sums.share("verified") == numbers.count("verified") / 100
    assert checked.sums.checks == sum(len(table.checks) for table in budget.tables)
    assert (checked.sums.failing, checked.conflicts) == (0, ())


def test_a_conflict_is_told_with_its_place_and_both_values(budget):
    wrong = with_wrong_total(budget)
    conflicts = document_to_checked(wrong, "a.json").conflicts
    cells = {cell.id: cell for table in wrong.tables for cell in table.cells}
    assert conflicts
    for one in conflicts:
        cell = cells[one.cell]
        assert (one.page, one.row, one.column) == (cell.evidence.page, cell.row, cell.column)
        assert one.row_path
        assert one.stated == cell.value
    blamed = {cell for one in conflicts for cell in one.suspects}
    assert blamed == {cell.id for cell in cells.values() if cell.status == "conflict"}
    assert any(one.stated - one.computed == 1000 for one in conflicts if one.cell in blamed)


def test_a_cell_in_conflict_stands_also_without_a_check(budget):
    table = budget.tables[0]
    cell = next(cell for cell in table.cells if cell.kind == "number" and cell.role == "body")
    cells = tuple(replace(one, status="conflict") if one is cell else one for one in table.cells)
    one = replace(budget, tables=(replace(table, cells=cells, checks=()),))
    (conflict,) = document_to_checked(one, "a.json").conflicts
    assert (conflict.cell, conflict.stated, conflict.computed) == (cell.id, cell.value, None)
    assert (conflict.relation, conflict.suspects) == (None, (cell.id,))


def test_a_check_of_an_unknown_cell_is_a_conflict_of_its_table(budget):
    table = budget.tables[0]
    failing = replace(table.checks[0], stated="t9r9c9", holds=False)
    one = replace(budget, tables=(replace(table, checks=(failing,)),))
    (conflict,) = document_to_checked(one, "a.json").conflicts
    assert (conflict.table, conflict.cell, conflict.row) == (table.id, "t9r9c9", None)


def test_what_cannot_be_read_is_named_and_the_others_go_on(out):
    checked = check(out)
    assert [document.place for document in checked.documents] == ["wrong.pdf.json", "2024/right.pdf.json"]
    assert {place: type(error) for place, error in checked.unreadable} == {
        "cut.json": JsonDamaged,
        "deep.json": JsonDamaged,
        "foreign.json": JsonDamaged,
        "gone.json": InputUnreadable,
        "next.json": JsonUnsupported,
    }
    assert checked.total().numbers == 200


def test_one_file_will_do(out):
    (document,) = check(out / "wrong.pdf.json").documents
    assert document.place == "wrong.pdf.json"


def test_a_folder_without_results_is_said(tmp_path):
    with pytest.raises(InputMissing):
        check(tmp_path / "none")
    with pytest.raises(JsonMissing):
        check(tmp_path)


def test_the_command_shows_a_line_a_document_and_ends_with_6_while_conflicts_stand(out, budget, capsys):
    assert main(["check", str(out), "--lang", "en"]) == 6
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["numbers", "verified", "unverif.", "conflict", "repaired", "share", "document"]
    assert [row.split()[-1] for row in rows[:3]] == ["wrong.pdf.json", "2024/right.pdf.json", "all"]
    sums = document_to_checked(budget, "").sums
    assert rows[1].split()[:5] == ["100", *map(str, list(sums.counted().values())[:4])]
    conflicts = [row for row in rows if re.match(r"  page 1, table t1.*stated [\d,]+, computed [\d,]+", row)]
    assert len(conflicts) == check(out).conflicts
    assert any(row.startswith("  foreign.json: This is not the JSON of a converted document") for row in rows)
    assert main(["check", str(out)]) == 6
    assert "不一致" in capsys.readouterr().out


def test_the_report_as_json(out, budget, capsys):
    assert main(["check", str(out), "--json"]) == 6
    report = json.loads(capsys.readouterr().out)
    wrong, right = report["documents"]
    sums = document_to_checked(budget, "").sums
    assert (right["numbers"], right["verified"]) == (100, sums.statuses["verified"])
    assert right["shares"]["verified"] == sums.share("verified")
    assert (right["conflict"], right["failing_checks"], right["conflicts"]) == (0, 0, [])
    assert {"page", "table", "cell", "stated", "computed"} <= wrong["conflicts"][0].keys()
    assert report["total"]["numbers"] == 200
    assert [one["error"] for one in report["unreadable"] if one["path"] == "next.json"] == [
        "json-unsupported"
    ]


@pytest.mark.parametrize(("name", "code"), [("2024", 0), ("none", 3)])
def test_without_conflicts_the_command_ends_well(out, name, code, capsys):
    assert main(["check", str(out / name)]) == code
    capsys.readouterr()


def test_a_file_that_is_no_result_ends_with_1(out, capsys):
    (out / "wrong.pdf.json").unlink()
    assert main(["check", str(out)]) == 1
    assert "cut.json" in capsys.readouterr().out
