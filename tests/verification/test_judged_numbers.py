"""Errors are shown where they are, a text layer is never changed, and OCR is repaired only where one answer is left."""

import pytest
from verified_documents import cells_by_id, document_of, read_by_ocr, statuses, table_of

from extract.verification import verify_document

CROSS = [
    "区分|男|女|計",
    "東|1,204|1,377|2,581",
    "西|2,455|1,866|4,321",
    "南|2,019|2,648|4,667",
    "合計|5,678|5,891|11,569",
]


def crossed(place: str, text: str):
    """Give the table with one cell printed otherwise."""
    lines = [line.split("|") for line in CROSS]
    row, column = map(int, place.split(","))
    lines[row][column] = text
    return document_of(table_of(["|".join(line) for line in lines]))


def test_the_number_to_blame_is_told_and_stays_as_printed():
    verified = verify_document(crossed("2,1", "2,465"), language="en")
    found = statuses(verified)
    assert [cell for cell, status in found.items() if status == "conflict"] == ["t1r2c1"]
    assert set(found.values()) == {"verified", "conflict"}
    cell = cells_by_id(verified)["t1r2c1"]
    assert (cell.value, cell.text, cell.repair, cell.needs_review) == (2465, "2,465", None, True)
    (finding,) = verified.findings
    assert finding.code == "number.conflict-one"
    assert "2,455" in finding.message
    assert (finding.table, finding.cell, finding.page) == ("t1", "t1r2c1", 1)


def test_a_total_printed_wrong_is_told():
    verified = verify_document(crossed("4,3", "11,669"), language="ja")
    assert [cell for cell, status in statuses(verified).items() if status == "conflict"] == ["t1r4c3"]
    assert "11,569" in verified.findings[0].message


@pytest.mark.parametrize("wrong", ["2,445", "245", "4,255", "24.55", "2,456"])
def test_ocr_is_repaired_to_the_reading_that_satisfies_all(wrong):
    document = read_by_ocr(
        crossed("2,1", wrong), {"t1r2c1": [("2,455", 0.2), ("2,495", 0.1)], "t1r3c2": [("2,643", 0.3)]}
    )
    verified = verify_document(document, language="ja")
    cell = cells_by_id(verified)["t1r2c1"]
    assert (cell.value, cell.status, cell.needs_review) == (2455, "repaired", True)
    assert cell.repair is not None
    assert cell.repair.read == wrong
    fact = next(one for one in verified.facts if one.cell == "t1r2c1")
    assert (fact.value, fact.status) == (2455, "repaired")
    assert set(statuses(verified).values()) == {"verified", "repaired"}
    assert [finding.code for finding in verified.findings] == ["number.repaired"]


def test_two_errors_in_one_row_and_column_are_both_repaired():
    lines = [line.split("|") for line in CROSS]
    lines[1][1], lines[2][2] = "1,264", "1,366"
    readings = {"t1r1c1": [("1,204", 0.3)], "t1r2c2": [("1,866", 0.2)]}
    document = read_by_ocr(document_of(table_of(["|".join(line) for line in lines])), readings)
    cells = cells_by_id(verify_document(document, language="ja"))
    assert (cells["t1r1c1"].value, cells["t1r2c2"].value) == (1204, 1866)


def test_a_lost_sign_is_mended_where_the_difference_asks_for_it():
    lines = [
        "区分|8年度|7年度|増減",
        "一般|25,550,000|25,840,000|290,000",
        "特別|11,546,979|11,481,361|65,618",
        "企業|2,564,207|2,646,753|△82,546",
        "計|39,661,186|39,968,114|△306,928",
    ]
    cell = cells_by_id(verify_document(read_by_ocr(document_of(table_of(lines)), {}), language="ja"))[
        "t1r1c3"
    ]
    assert (cell.value, cell.status) == (-290000, "repaired")


def test_two_readings_that_both_satisfy_leave_a_conflict():
    lines = ["区分|4年度", "住民税|7,926", "国保|1,311", "介護|1,240", "合計|10,577"]
    readings = {"t1r1c1": [("8,026", 0.3)], "t1r2c1": [("1,411", 0.3)], "t1r4c1": [("10,477", 0.1)]}
    verified = verify_document(read_by_ocr(document_of(table_of(lines)), readings), language="ja")
    assert not any(cell.status == "repaired" for cell in cells_by_id(verified).values())


def test_what_is_right_is_never_changed():
    readings = {f"t1r{row}c{column}": [("9,999", 0.4)] for row in range(1, 5) for column in range(1, 4)}
    document = read_by_ocr(document_of(table_of(CROSS)), readings)
    verified = verify_document(document, language="ja")
    assert set(statuses(verified).values()) == {"verified"}


def test_amounts_rounded_to_millions_need_not_add_up():
    lines = [
        "区分|金額|前年",
        "甲|399,617|388,204",
        "乙|82,251|80,117",
        "丙|26,637|25,904",
        "合計|508,506|494,225",
    ]
    verified = verify_document(document_of(table_of(lines, unit="百万円")), language="ja")
    assert verified.findings == ()
    rounded = next(check for check in verified.tables[0].checks if check.stated == "t1r4c1")
    assert rounded.tolerance == 2
    assert rounded.holds
    assert statuses(verified)["t1r4c1"] == "unverified"
