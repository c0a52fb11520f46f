"""Every kind of relation is found in a small table that prints it, and verifies what it proves."""

import pytest
from verified_documents import document_of, statuses, table_of

from extract.verification import verify_document

TOTAL_BELOW = [
    "区分|4年度|5年度",
    "住民税|7,926|11,785",
    "国保|1,311|1,088",
    "介護|124|752",
    "合計|9,361|13,625",
]
TOTAL_ABOVE = [
    "区分|4年度|5年度",
    "総数|9,361|13,625",
    "住民税|7,926|11,785",
    "国保|1,311|1,088",
    "介護|124|752",
]
UNNAMED = ["区分|4年度|5年度", "住民税|7,926|11,785", "国保|1,311|1,088", "介護|124|752", "件数|9,361|13,625"]
SUBTOTALS = [
    "区分|金額|前年度",
    "市税|6,538,777|6,360,900",
    "諸収入|431,361|709,787",
    "小計|6,970,138|7,070,687",
    "交付税|4,950,000|4,850,000",
    "市債|1,197,600|1,895,000",
    "小計|6,147,600|6,745,000",
    "歳入合計|13,117,738|13,815,687",
]
LEVELS = [
    "区分|6年度末|7年度末",
    "1 普通債|41,631,145|37,275,133",
    "(1) 総務債|2,332,323|1,593,133",
    "(2) 民生債|39,298,822|35,682,000",
    "2 その他|200,814|182,011",
    "(1) 減税補てん債|200,814|182,011",
    "合計|41,831,959|37,457,144",
]
HEADER_TREE = [
    "機関^3x1|請求件数^3x1|処理状況^1x6|<|<|<|<|<",
    "<|<|全部開示^2x1|非開示^1x4|<|<|<|取下げ^2x1",
    "<|<|<||非開示|不存在|拒否|<",
    "区長|416|335|33|5|22|6|48",
    "教育|17|16|1|1|0|0|0",
    "議会|106|51|12|3|7|2|43",
    "合計|539|402|46|9|29|8|91",
]
DIFFERENCE = [
    "区分|8年度|7年度|増減",
    "一般|25,550,000|25,840,000|△290,000",
    "特別|11,546,979|11,481,361|65,618",
    "企業|2,564,207|2,646,753|△82,546",
]
BALANCE = [
    "区分|元年度末残高|発行額(繰越)|発行額(現年)|償還元金|2年度末現在高",
    "総務|342,498|0|6,400|31,392|317,506",
    "民生|417,590|44,200|131,200|66,752|526,238",
    "衛生|95,391|0|3,700|3,320|95,771",
]
SHARES = [
    "区分|予算額|構成比",
    "議会費|206,337|1.3%",
    "総務費|2,581,722|16.5%",
    "民生費|11,737,003|75.2%",
    "土木費|1,082,347|6.9%",
    "合計|15,607,409|100.0%",
]
RATES = [
    "区分|8年度|7年度|伸率",
    "市税|6,538,777|6,360,900|2.8%",
    "使用料|784,458|802,509|△2.2%",
    "諸収入|431,361|709,787|△39.2%",
    "国庫|5,421,431|4,719,723|14.9%",
]
PRODUCTS = ["品目|単価|数量|金額", "机|12,800|35|448,000", "椅子|4,950|128|633,600", "棚|23,760|17|403,920"]
BRACED = [
    "目|金額|説明|内訳額",
    "利子^3x1|12,749^3x1|財政調整|7,479",
    "<|<|減債|3,172",
    "<|<|福祉|2,098",
    "土地^2x1|3,508^2x1|貸付|1,308",
    "<|<|売払|2,200",
]
MISSING_AS_ZERO = ["区分|男|女|計", "東|1,204|1,377|2,581", "西|－|1,866|1,866", "南|2,019|－|2,019"]


@pytest.mark.parametrize(
    ("lines", "unproved"),
    [
        (TOTAL_BELOW, set()),
        (TOTAL_ABOVE, set()),
        (UNNAMED, set()),
        (SUBTOTALS, set()),
        (LEVELS, set()),
        (DIFFERENCE, set()),
        (BALANCE, set()),
        (SHARES, set()),
        (BRACED, set()),
        (MISSING_AS_ZERO, set()),
        (RATES, {(row, column) for row in range(1, 5) for column in (1, 2)}),
        (PRODUCTS, {(row, column) for row in range(1, 4) for column in (1, 2)}),
    ],
)
def test_a_planted_relation_verifies_what_it_proves(lines, unproved):
    verified = verify_document(document_of(table_of(lines)), language="ja")
    left = {cell for cell, status in statuses(verified).items() if status != "verified"}
    assert left == {f"t1r{row}c{column}" for row, column in unproved}
    assert verified.findings == ()
    assert all(check.holds for table in verified.tables for check in table.checks)


def test_totals_over_header_levels():
    verified = verify_document(document_of(table_of(HEADER_TREE, header_rows=3)), language="ja")
    assert set(statuses(verified).values()) == {"verified"}
    operands = {
        check.stated: check.operands for check in verified.tables[0].checks if check.stated == "t1r3c1"
    }
    assert operands["t1r3c1"] == ("t1r3c2", "t1r3c3", "t1r3c7")
    inner = [check.operands for check in verified.tables[0].checks if check.stated == "t1r3c3"]
    assert ("t1r3c4", "t1r3c5", "t1r3c6") in inner


def test_a_check_states_what_was_printed_and_computed():
    verified = verify_document(document_of(table_of(DIFFERENCE)), language="ja")
    check = next(one for one in verified.tables[0].checks if one.stated == "t1r1c3")
    assert (check.relation, check.operands, check.signs) == ("sum", ("t1r1c1", "t1r1c2"), (1, -1))
    assert (check.stated_value, check.computed_value, check.holds, check.tolerance) == (
        -290000,
        -290000,
        True,
        0,
    )


def test_a_share_holds_within_half_its_last_digit():
    verified = verify_document(document_of(table_of(SHARES)), language="ja")
    share = next(one for one in verified.tables[0].checks if one.relation == "share")
    assert share.factor == 100
    assert share.tolerance == 0.05


def test_parts_that_are_only_some_prove_nothing():
    lines = [
        "区分|4年度|5年度",
        "住民税|7,926|11,785",
        "うち個人|7,926|9,001",
        "国保|1,311|1,088",
        "合計|9,237|12,873",
    ]
    found = statuses(verify_document(document_of(table_of(lines)), language="ja"))
    assert found["t1r2c2"] == "unverified"
    assert found["t1r1c2"] == "verified"


def test_a_secret_number_makes_its_relation_unusable():
    lines = ["区分|4年度|5年度", "住民税|7,926|11,785", "国保|X|1,088", "介護|124|752", "合計|9,361|13,625"]
    verified = verify_document(document_of(table_of(lines)), language="ja")
    found = statuses(verified)
    assert found["t1r4c1"] == "unverified"
    assert found["t1r4c2"] == "verified"
    assert verified.findings == ()


def test_a_total_over_the_fold_of_a_spread_and_below_in_the_next_table():
    left = table_of(
        ["款|本年度|前年度", "総務|51,179|42,153", "民生|194,851|181,575", "衛生|11,443|10,109"], number=1
    )
    right = table_of(
        ["比較|特財", "9,026|12,503", "13,276|100,260", "1,334|2,235"], number=2, left=400.0, header_columns=0
    )
    verified = verify_document(document_of(left, right), language="ja")
    assert statuses(verified)["t2r1c0"] == "verified"
    above = table_of(["款|金額|前年", "総務|51,179|42,153", "民生|194,851|181,575"], number=1)
    below = table_of(["衛生|11,443|10,109", "歳出合計|257,473|233,837"], number=2, header_rows=0, top=160.0)
    verified = verify_document(document_of(above, below), language="ja")
    assert set(statuses(verified).values()) == {"verified"}


def test_a_row_printed_twice_proves_itself():
    first = table_of(["項|人口|世帯数|面積|備考", "世田谷|2,651,946|124,317|2,771,947|x"], number=1)
    second = table_of(["区|人口|世帯数|面積", "世田谷|2,651,946|124,317|2,771,947"], number=2, page=3)
    assert set(statuses(verify_document(document_of(first, second), language="ja")).values()) == {"verified"}


@pytest.mark.parametrize(
    "lines",
    [
        ["窓口|電話", "北沢|5,478", "玉川|3,702", "砧|3,482", "烏山|3,326"],
        ["区分|平成25年度|平成26年度", "人口|867,552|874,332", "世帯|447,021|452,214", "面積|5,805|5,805"],
        ["施設|開設年|定員", "第一|1998|30", "第二|2003|25", "第三|2010|40", "第四|2015|35"],
        ["証明書|4年度|5年度|累計", "署名|242,960|139,962|967,275", "認証|234,701|95,643|898,460"],
        ["番号|事項|限度額", "1|本庁舎|8,523,809", "2|まちづくり|241,401", "3|児童館|524,000"],
    ],
)
def test_tables_without_totals_get_no_check(lines):
    verified = verify_document(document_of(table_of(lines)), language="ja")
    assert verified.tables[0].checks == ()
    assert set(statuses(verified).values()) == {"unverified"}


def test_a_supplementary_budget_prints_only_the_parts_that_change():
    lines = [
        "款|補正前の額|補正額|計",
        "1 市税|6,360,900|105,920|6,466,820",
        "(1) 市民税|2,651,946|120,000|2,771,946",
        "(2) たばこ税|395,971|△13,926|382,045",
        "(3) 鉱産税|1,500|△154|1,346",
        "2 国庫支出金|5,408,736|△103,810|5,304,926",
        "(1) 負担金|3,838,344|1,382|3,839,726",
        "(2) 補助金|1,545,581|△105,192|1,440,389",
        "歳入合計|28,112,771|2,110|28,114,881",
    ]
    verified = verify_document(document_of(table_of(lines)), language="ja")
    assert verified.findings == ()
    assert set(statuses(verified).values()) == {"verified"}
