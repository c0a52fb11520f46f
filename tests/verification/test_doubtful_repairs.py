"""A repair that is not beyond doubt is none: rivals in the same sum, signs that nothing asks for, readings that fit by chance."""

import pytest
from verified_documents import cells_by_id, document_of, read_by_ocr, statuses, table_of

from extract.verification import verify_document

COLUMN = ["区分|4年度", "住民税|7,926", "国保|1,311", "介護|1,240", "合計|10,477"]


def repaired(lines, readings, confidences):
    document = read_by_ocr(document_of(table_of(lines)), readings, confidences)
    verified = verify_document(document, language="ja")
    changed = {one.id: one.value for one in cells_by_id(verified).values() if one.status == "repaired"}
    return changed, statuses(verified)


def test_of_two_numbers_hard_to_read_neither_is_changed():
    lines = [line.replace("1,311", "1,371").replace("1,240", "1,210") for line in COLUMN]
    readings = {"t1r2c1": [("1,341", 0.1)], "t1r3c1": [("1,270", 0.1)]}
    changed, found = repaired(lines, readings, {"t1r2c1": 0.5, "t1r3c1": 0.55})
    assert changed == {}
    assert set(found.values()) == {"conflict"}


@pytest.mark.parametrize(("confidence", "expected"), [(0.95, {"t1r2c1": 1311}), (0.5, {})])
def test_a_reading_is_taken_where_no_other_number_is_as_doubtful(confidence, expected):
    lines = [line.replace("1,311", "1,371") for line in COLUMN]
    changed, _ = repaired(lines, {"t1r2c1": [("1,311", 0.1)]}, {"t1r2c1": 0.6, "t1r3c1": confidence})
    assert changed == expected


def test_a_hard_number_is_a_rival_though_other_readings_account_for_its_doubt():
    lines = [line.replace("1,240", "1,260") for line in COLUMN]
    readings = {"t1r2c1": [("7,311", 0.14), ("1,291", 0.14)], "t1r3c1": [("4,260", 0.16), ("1,268", 0.03)]}
    changed, _ = repaired(lines, readings, {"t1r2c1": 0.65, "t1r3c1": 0.74})
    assert changed == {}


def test_a_faint_reading_is_not_taken_where_others_could_be_to_blame():
    lines = [line.replace("1,311", "1,371") for line in COLUMN]
    changed, _ = repaired(lines, {"t1r2c1": [("1,311", 0.004)]}, {"t1r2c1": 0.6})
    assert changed == {}


@pytest.mark.parametrize(
    ("read", "expected"), [("131", {"t1r2c1": 1311}), ("3,111", {"t1r2c1": 1311}), ("1,371", {})]
)
def test_what_no_single_digit_explains_fits_a_reading_seldom_by_chance(read, expected):
    lines = [line.replace("1,311", read) for line in COLUMN]
    changed, _ = repaired(lines, {"t1r2c1": [("1,311", 0.2)]}, {"t1r2c1": 0.6, "t1r3c1": 0.65})
    assert changed == expected


@pytest.mark.parametrize(
    ("last", "total", "expected"), [("584", "10,477", {"t1r2c1": 1767}), ("△584", "9,309", {})]
)
def test_a_lost_sign_rivals_a_reading_only_among_negatives(last, total, expected):
    lines = ["区分|4年度", "住民税|7,926", "国保|2,167", "介護|200", f"手数料|{last}", f"合計|{total}"]
    changed, _ = repaired(lines, {"t1r2c1": [("1,767", 0.1)]}, {"t1r2c1": 0.6})
    assert changed == expected


def test_no_sign_is_found_where_no_other_is_printed():
    lines = ["区分|申請|認定|残り", "甲|8,300|7,000|1,300", "乙|8,000|7,000|15,000", "丙|9,412|4,067|5,345"]
    changed, _ = repaired(lines, {}, {"t1r2c2": 0.5})
    assert changed == {}


def test_a_relation_of_the_very_number_that_stays_broken_forbids_the_change():
    lines = [
        "区分|予算額|構成比",
        "議会費|206,337|1.3%",
        "総務費|2,581,722|16.5%",
        "民生費|11,737,003|79.2%",
        "土木費|1,082,347|6.9%",
        "合計|15,607,409|100.0%",
    ]
    changed, _ = repaired(lines, {"t1r3c2": [("75.3%", 0.2)]}, {"t1r3c2": 0.5})
    assert changed == {}


def test_a_misprint_that_all_its_numbers_refute_does_not_forbid_the_change():
    lines = ["区分|男|女|計"]
    grand = [0, 0]
    for block in range(4):
        people = [(2917 + 1301 * block + 739 * row, 5854 - 823 * block + 511 * row) for row in range(4)]
        lines.extend(f"地区{block}{row}|{m:,}|{w:,}|{m + w:,}" for row, (m, w) in enumerate(people))
        men, women = (sum(column) for column in zip(*people, strict=True))
        men += 200 if block == 2 else 0  # a row that is not printed
        lines.append(f"小計|{men:,}|{women:,}|{men + women:,}")
        grand = [grand[0] + men, grand[1] + women]
    lines.append(f"合計|{grand[0]:,}|{grand[1]:,}|{sum(grand):,}")
    lines[13] = lines[13].replace("12,227", "1,227")
    changed, found = repaired(lines, {"t1r13c3": [("12,227", 0.25)]}, {"t1r13c3": 0.6})
    assert changed == {"t1r13c3": 12227}
    assert set(found.values()) == {"verified", "repaired"}


@pytest.mark.parametrize(("read", "seen", "is_mended"), [("45.2%", "75.2%", True), ("75.9%", "75.2%", False)])
def test_a_share_is_mended_where_one_slip_leads_to_it_and_to_none_beside_it(read, seen, is_mended):
    lines = [
        "区分|予算額|構成比",
        "議会費|206,337|1.3%",
        "総務費|2,581,722|16.5%",
        f"民生費|11,737,003|{read}",
        "土木費|1,082,347|6.9%",
        "合計|15,607,409|",
    ]
    changed, _ = repaired(lines, {"t1r3c2": [(seen, 0.3)]}, {"t1r3c2": 0.6})
    assert changed == ({"t1r3c2": 75.2} if is_mended else {})
