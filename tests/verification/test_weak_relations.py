"""Relations of which little is printed: zeros, single rows, shares moved by a digit, totals in another table."""

import pytest
from verified_documents import cells_by_id, document_of, read_by_ocr, statuses, table_of

from extract.verification import verify_document
from extract.verification.accept import MISS, slip_cost
from extract.verification.figures import tables_to_figures
from extract.verification.relations import Relation

ZERO_TOTAL = ["区分|4年度|5年度", "本庁|1,204|0", "支所|377|0", "分館|96|0", "合計|1,677|0"]
ONE_ROW = ["件数^2x1|処理状況^1x4|<|<|<", "<|処理済|審査中|取下げ|却下", "4|0|4|0|0"]
ADJUSTED_SHARES = [
    "区分|予算額|構成比",
    "議会費|206,337|1.3%",
    "総務費|2,581,722|16.6%",
    "民生費|11,737,003|75.2%",
    "土木費|1,082,347|6.9%",
    "合計|15,607,409|100.0%",
]
ONE_PART = [
    "節|金額|説明|内訳額",
    "01 普通交付金|69,191,707|普通交付金|69,191,707",
    "02 特別交付金|5,003,000|特別交付金|5,003,000",
    "03 利子割|1,645,200|利子割|1,645,200",
    "04 負担金^2x1|4,018,400^2x1|児童福祉|3,901,150",
    "<|<|老人福祉|117,250",
]
GRAND_TOTAL_OVER_UNGROUPED = [
    "区分|前年|今年",
    "特別区民税|139,505|154,565",
    "軽自動車税|387|374",
    "計|139,892|154,939",
    "地方譲与税|1,367|1,344",
    "普通交付金|68,505|69,192",
    "特別交付金|4,000|5,000",
    "計|72,505|74,192",
    "その他|3,280|2,974",
    "一般財源計|217,044|233,449",
]
SIDE_BLOCKS = [
    "区分|種別|4年度|5年度",
    "居宅^3x1|訪問|4,118|4,302",
    "<|通所|7,740|7,918",
    "<|短期|1,206|1,334",
    "施設^4x1|特養|1,802|1,816",
    "<|老健|1,115|1,097",
    "<|医療院|96|108",
    "<|計|3,013|3,021",
]


def verified(lines, **options):
    return verify_document(document_of(table_of(lines, **options)), language="ja")


@pytest.mark.parametrize(
    ("lines", "options", "unproved"),
    [
        (ZERO_TOTAL, {}, set()),
        (ONE_ROW, {"header_rows": 2, "header_columns": 0}, set()),
        (ADJUSTED_SHARES, {}, set()),
        (ONE_PART, {}, set()),
        (GRAND_TOTAL_OVER_UNGROUPED, {}, set()),
        (
            SIDE_BLOCKS,
            {"header_columns": 2},
            {f"t1r{row}c{column}" for row in (1, 2, 3) for column in (2, 3)},
        ),
    ],
)
def test_little_is_printed_and_still_proved(lines, options, unproved):
    document = verified(lines, **options)
    assert {cell for cell, status in statuses(document).items() if status != "verified"} == unproved
    assert document.findings == ()


def test_a_wrong_zero_is_shown():
    lines = [line.replace("支所|377|0", "支所|377|6") for line in ZERO_TOTAL]
    assert statuses(verified(lines))["t1r2c2"] == "conflict"


def test_a_wrong_number_under_a_merged_header_is_shown():
    lines = [line.replace("3,021", "321") for line in SIDE_BLOCKS]
    assert statuses(verified(lines, header_columns=2))["t1r7c3"] == "conflict"


@pytest.mark.parametrize(("right", "wrong"), [("|86", "|68"), ("|60", "|6"), ("|22", "|2")])
def test_a_small_error_under_a_header_that_says_breakdown_is_shown(right, wrong):
    lines = [
        "区分^1x2|<|人数",
        "昇給に係る職員数^1x2|<|86",
        "号給数別内訳^3x1|4号|60",
        "<|5号|22",
        "<|6号|4",
        "比率（％）^1x2|<|100.0",
    ]
    assert "conflict" not in statuses(verified(lines, header_columns=2)).values()
    found = statuses(verified([line.replace(right, wrong) for line in lines], header_columns=2))
    assert {found[f"t1r{row}c2"] for row in (1, 2, 3, 4)} == {"conflict"}


def test_a_small_error_is_shown_where_the_line_beside_it_holds():
    lines = ["予算^2x1|12^2x1|当初|7", "<|<|補正|5", "条例^2x1|11^2x1|改正|10", "<|<|その他|0"]
    assert statuses(verified(lines, header_rows=0))["t1r3c3"] == "conflict"


def test_small_numbers_under_a_label_that_do_not_add_up_are_no_error():
    lines = ["区分|人数", "1 総務|12", "(1) 管理|5", "(2) 企画|9", "2 民生|8", "(1) 児童|5", "(2) 高齢|1"]
    assert set(statuses(verified(lines)).values()) == {"unverified"}


def test_the_sum_of_the_same_parts_printed_twice_is_proved_twice():
    parts = [(411, 282, 1156), (223, 159, 321), (354, 1704, 548), (170, 619, 885), (132, 342, 977)]
    lines = [
        "区分^2x1|事業費^2x1|財源内訳^1x3|<|<|実施額^2x1",
        "<|<|国|県|一般|<",
        *(f"事業{row}|{sum(own)}|{own[0]}|{own[1]}|{own[2]}|{sum(own)}" for row, own in enumerate(parts)),
    ]
    assert set(statuses(verified(lines, header_rows=2)).values()) == {"verified"}
    lines[3] = lines[3].removesuffix("703") + "730"
    found = statuses(verified(lines, header_rows=2))
    assert [cell for cell, status in found.items() if status == "conflict"] == ["t1r3c5"]


@pytest.mark.parametrize("row", range(1, 9))
def test_a_balance_is_found_though_every_second_line_is_off(row):
    flows = [(41631, 2829, 11562), (22332, 1593, 3321), (35415, 1704, 5484), (17080, 619, 885)]
    flows += [(13243, 1342, 9775), (19921, 1824, 3350), (18842, 1681, 2282), (5511, 313, 977)]
    rounded = {1: 1, 3: -1, 5: 1}
    lines = ["区分|前年度末残高|発行額|償還額|年度末残高"]
    for number, (before, issued, repaid) in enumerate(flows, start=1):
        after = before + issued - repaid + rounded.get(number, 0) + (300 if number == row else 0)
        lines.append(f"債{number}|{before}|{issued}|{repaid}|{after}")
    found = statuses(verified(lines))
    assert {found[f"t1r{one}c4"] for one in range(1, 9) if one not in rounded and one != row} == {"verified"}
    assert row in rounded or found[f"t1r{row}c4"] == "conflict"


def test_rates_among_the_lines_of_a_sum_do_not_speak_against_it():
    staff = [(5013, 470), (4630, 390), (3196, 270), (4945, 476), (4566, 401), (3151, 277)]
    lines = [f"人数{row}|{one + other}|{one}|{other}" for row, (one, other) in enumerate(staff)]
    lines = [
        "区分|合計|行政職|技能職",
        *lines[:3],
        "比率（％）|91.56|92.36|82.98",
        *lines[3:],
        "前年比率（％）|91.63|92.34|84.24",
    ]
    assert "conflict" not in statuses(verified(lines)).values()
    lines[1] = lines[1].replace("|5013|", "|4013|")
    assert statuses(verified(lines))["t1r1c2"] == "conflict"


def test_a_total_read_as_zero_beside_its_only_part_is_a_slip():
    figures = tables_to_figures([table_of(["節|金額|内訳額", "配当割|0|300"])])
    assert slip_cost(Relation("sum", 0, (1,), (1,)), figures) < MISS


def test_an_adjusted_share_does_not_hide_another_error():
    lines = [line.replace("6.9%", "9.9%") for line in ADJUSTED_SHARES]
    found = statuses(verified(lines))
    conflicts = {cell for cell, status in found.items() if status == "conflict"}
    assert "t1r4c2" in conflicts
    assert conflicts <= {"t1r2c2", "t1r4c2"}


def test_what_comes_in_is_what_goes_out():
    income = table_of(
        [
            "款|本年度|前年度",
            "市税|6,538,777|6,360,900",
            "交付税|4,950,000|4,850,000",
            "歳入合計|11,488,777|11,210,900",
        ],
        number=1,
    )
    spending = table_of(
        ["款|本年度|前年度", "総務費|3,204,113|3,108,240", "歳出合計|11,488,777|11,210,900"], number=2, page=2
    )
    found = statuses(verify_document(document_of(income, spending), language="ja"))
    assert found["t2r2c1"] == found["t2r2c2"] == "verified"


def test_a_total_of_the_totals_of_other_tables():
    parts = [
        table_of(
            [
                f"区分{number}|4年度|5年度",
                f"甲{number}|{one:,}|{one + 37:,}",
                f"乙{number}|{two:,}|{two + 91:,}",
                f"合計|{one + two:,}|{one + two + 128:,}",
            ],
            number=number,
            top=50.0 + 120 * number,
        )
        for number, one, two in ((1, 12_345, 8_214), (2, 40_817, 2_633), (3, 7_790, 9_106))
    ]
    whole = table_of(
        [
            "会計|4年度|5年度",
            "第一|20,559|20,687",
            "第二|43,450|43,578",
            "第三|16,896|17,024",
            "合計|80,905|81,289",
        ],
        number=4,
        page=2,
    )
    found = statuses(verify_document(document_of(*parts, whole), language="ja"))
    assert set(found.values()) == {"verified"}


def test_sums_off_by_rounding_stay_quiet_beside_an_error():
    lines = [
        "区分|6年度|7年度|8年度|9年度",
        "1 普通債|41,631|37,275|38,917|36,415",
        "(1) 総務債|2,332|1,593|2,829|1,500",
        "(2) 民生債|3,541|1,704|1,156|1,100",
        "(3) 土木債|13,243|13,428|13,950|13,215",
        "(4) 教育債|22,515|20,551|20,981|20,600",
        "合計|41,631|37,275|38,917|36,415",
    ]
    assert verified(lines).findings == ()
    wrong = [line.replace("22,515", "25,215") for line in lines]
    conflicts = [cell for cell, status in statuses(verified(wrong)).items() if status == "conflict"]
    assert "t1r5c1" in conflicts
    assert all(cell.endswith("c1") for cell in conflicts)


def test_the_tolerance_of_a_rounded_share_covers_its_slack():
    lines = [
        "区分|金額|前年|増減率",
        "甲|399,617|388,204|3.0%",
        "乙|82,251|80,117|2.7%",
        "丙|26,637|25,904|2.9%",
        "丁|51,204|50,118|2.2%",
        "戊|33,871|31,520|7.5%",
        "己|71,440|70,101|1.8%",
        "合計|665,020|645,964|2.9%",
    ]
    document = verified(lines, unit="百万円")
    for check in document.tables[0].checks:
        exact = check.stated_value
        cells = cells_by_id(document)
        if check.relation == "rate":
            first, second = (cells[one].value for one in check.operands)
            exact = 100 * (first - second) / second
        assert not check.holds or abs(exact - check.stated_value) <= check.tolerance + 1e-9


def test_a_lost_sign_alone_in_its_row_is_mended():
    lines = [
        "区分|8年度|7年度|増減",
        "一般|25,550,000|25,840,000|290,000",
        "特別|11,546,979|11,481,361|65,618",
        "企業|2,564,207|2,646,753|△82,546",
        "公社|1,204,377|1,150,112|54,265",
    ]
    cell = cells_by_id(verify_document(read_by_ocr(document_of(table_of(lines)), {}), language="ja"))[
        "t1r1c3"
    ]
    assert (cell.value, cell.status) == (-290000, "repaired")


def test_a_digit_nobody_saw_is_not_mended_in_a_lone_relation():
    lines = ["区分|4年度", "住民税|7,926", "国保|1,371", "介護|1,240", "合計|10,477"]
    document = verify_document(read_by_ocr(document_of(table_of(lines)), {}), language="ja")
    assert all(cell.status != "repaired" for cell in cells_by_id(document).values())
    assert document.findings


def test_a_share_is_not_mended_to_what_offices_may_have_moved():
    lines = [line.replace("16.6%", "18.6%") for line in ADJUSTED_SHARES[:4] + ADJUSTED_SHARES[5:]]
    document = read_by_ocr(document_of(table_of(lines)), {"t1r2c2": [("16.5%", 0.2)]})
    assert cells_by_id(verify_document(document, language="ja"))["t1r2c2"].value == 18.6


BALANCES = [
    "区分|前年度末|発行額|償還額|年度末残高",
    "総務|2,332,323|541,000|174,190|2,699,133",
    "民生|3,541,524|204,600|371,387|3,374,737",
    "土木|3,243,715|871,300|486,564|3,628,451",
    "教育|4,921,330|608,500|782,144|4,747,686",
    "衛生|884,253|96,400|133,031|847,622",
    "商工|708,000|52,700|61,250|699,450",
    "農林|1,250,117|405,100|151,619|1,503,598",
    "消防|937,631|114,900|212,160|840,371",
    "計|17,818,893|2,894,500|2,372,345|18,341,048",
]


def balances(**wrong):
    lines = [line.split("|") for line in BALANCES]
    for place, text in wrong.items():
        lines[int(place[1])][int(place[3])] = text
    return document_of(table_of(["|".join(line) for line in lines]))


def test_three_wrong_numbers_of_one_column_are_mended_by_their_rows():
    document = read_by_ocr(
        balances(r1c2="511,000", r2c2="264,600", r3c2="817,300"),
        {"t1r1c2": [("541,000", 0.3)], "t1r2c2": [("204,600", 0.2)], "t1r3c2": [("871,300", 0.2)]},
    )
    cells = cells_by_id(verify_document(document, language="ja"))
    assert [cells[f"t1r{row}c2"].value for row in (1, 2, 3)] == [541000, 204600, 871300]


def test_two_wrong_numbers_that_prove_each_other_spoil_no_third():
    document = read_by_ocr(
        balances(r1c1="5,332,323", r1c4="5,699,133"),
        {
            "t1r1c1": [("2,332,323", 0.3)],
            "t1r1c4": [("2,699,133", 0.2)],
            "t1r2c1": [("541,524", 0.1)],
            "t1r9c4": [("21,341,048", 0.1)],
        },
    )
    before, after = cells_by_id(document), cells_by_id(verify_document(document, language="ja"))
    right = {cell for cell in before if cell not in ("t1r1c1", "t1r1c4")}
    assert all(before[cell].value == after[cell].value for cell in right)


def test_a_sum_off_by_rounding_is_not_mended_while_another_error_stands():
    lines = [
        "区分|6年度|7年度|8年度",
        "1 普通債|41,631|37,275|38,917",
        "(1) 総務債|2,332|1,593|2,829",
        "(2) 民生債|3,541|1,704|1,156",
        "(3) 土木債|13,243|13,428|13,950",
        "(4) 教育債|22,515|20,551|20,981",
        "合計|41,631|37,275|38,917",
    ]
    wrong = [line.replace("1,593", "159") for line in lines]
    document = read_by_ocr(
        document_of(table_of(wrong)), {"t1r2c2": [("1,593", 0.3)], "t1r5c3": [("20,982", 0.05)]}
    )
    cells = cells_by_id(verify_document(document, language="ja"))
    assert cells["t1r5c3"].value == 20981


ACCOUNTS = [
    "会計|前年度末|発行額|償還額|年度末残高",
    "下水道|3,190,362|312,604|237,814|3,265,152",
    "水道|5,161,374|99,017|296,489|4,963,902",
    "上下水道計|8,351,736|411,621|534,303|8,229,054",
    "一般会計|1,010,513|79,106|53,972|1,035,647",
    "合計|9,362,249|490,727|588,275|9,264,701",
]


def accounts(wrong):
    lines = [line.split("|") for line in ACCOUNTS]
    for (row, column), text in wrong.items():
        lines[row][column] = text
    return statuses(verified(["|".join(line) for line in lines]))


def test_two_wrong_numbers_that_prove_each_other_are_told_by_the_columns():
    assert set(accounts({}).values()) == {"verified"}
    found = accounts({(3, 1): "5,351,736", (3, 4): "5,229,054"})
    assert {cell for cell, status in found.items() if status == "conflict"} == {"t1r3c1", "t1r3c4"}


def test_a_grand_total_over_totals_and_single_rows_is_checked_in_each_column():
    rows = [
        ("一般会計合計", [21_391, 18_204, 16_377, 9_816, 30_542, 24_415, 12_083, 27_660]),
        ("下水道", [3_362, 2_951, 1_874, 4_407, 5_113, 2_206, 3_775, 1_948]),
        ("水道", [4_159, 3_818, 2_640, 1_593, 2_874, 4_061, 2_117, 3_336]),
        ("上下水道局合計", [7_521, 6_769, 4_514, 6_000, 7_987, 6_267, 5_892, 5_284]),
        ("工業団地", [31_143, 2_788, 31_149, 1_905, 34_491, 1_662, 2_030, 1_417]),
        ("総合計", [60_055, 27_761, 52_040, 17_721, 73_020, 32_344, 20_005, 34_361]),
    ]
    lines = ["会計|" + "|".join(f"{year}年度" for year in range(1, 9))]
    lines += [f"{label}|" + "|".join(f"{value:,}" for value in values) for label, values in rows]
    assert verified(lines).findings == ()
    lines[5] = lines[5].replace("31,143", "1,143").replace("31,149", "1,149").replace("34,491", "4,491")
    conflicts = {cell for cell, status in statuses(verified(lines)).items() if status == "conflict"}
    assert {"t1r5c1", "t1r5c3", "t1r5c5"} <= conflicts


def test_a_total_without_its_zeros_is_no_relation_of_its_own():
    lines = ["区分|請求|開示|却下", "甲|228|131|97", "乙|21|17|4", "丙|0|0|0", "丁|0|0|0", "合計|249|148|101"]
    operands = {check.operands for check in verified(lines).tables[0].checks if check.stated == "t1r5c1"}
    assert operands == {("t1r1c1", "t1r2c1", "t1r3c1", "t1r4c1"), ("t1r5c2", "t1r5c3")}
