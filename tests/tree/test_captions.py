from __future__ import annotations

from dataclasses import replace

import pytest
from grid_pages import LEFT, draw_grid, draw_line, draw_page

from extract.tree.captions import describe_tables
from extract.tree.joined import join_grids

TABLE = "区分 | 件数\n窓口 | 5\n郵送 | 7"
DAY = "2024-03-31"


def describe(*pages, running=None):
    running = running or {}
    joined = join_grids(pages, running)
    return describe_tables(pages, joined, running)


def describe_lines(*lines, drawing=TABLE):
    """Describe a table from y 100 to 160 with lines around it."""
    (found,) = describe(draw_page(draw_grid(drawing), lines=lines))
    return found


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("（１）特例転出入・継続利用の実績", "特例転出入・継続利用の実績"),
        ("◆本人確認情報照会件数 （令和6年3月31日現在）", "本人確認情報照会件数"),
        ("②電子証明書発行実績※ ＊令和6年3月31日現在", "電子証明書発行実績※"),
        ("１ 行政情報開示請求の状況", "行政情報開示請求の状況"),
        ("（歳入）", "（歳入）"),
        ("（歳出） （単位：千円）", "（歳出）"),
        ("款 2. 総務費 項 1. 総務管理費 （単位：千円）", "款 2. 総務費 項 1. 総務管理費"),
        ("表1 人口の推移", "人口の推移"),
        ("第3表 町丁別人口", "町丁別人口"),
        ("＜取扱窓口＞", "取扱窓口"),
        ("令和5年度実績", "令和5年度実績"),
        ("住基ネット利用状況は後記のとおり。", None),
        ("・情報資産管理台帳の随時更新", None),
        ("※本人確認情報･･･氏名、性別、生年月日", None),
        ("申請者への受け渡しは次のとおりである", None),
    ],
)
def test_the_line_above_is_a_caption_or_not(text, caption):
    assert describe_lines(draw_line(text, y=85, dates=(DAY,))).caption == caption


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("（単位：千円）", "千円"),
        ("(単位:千円、％)", "千円、%"),
        ("(単位 : 千円)", "千円"),
        ("単位　千円", "千円"),
        ("（歳出） （単位：人・世帯）", "人・世帯"),
        ("（千円）", "千円"),
        ("（令和6年3月31日現在、単位：人）", "人"),
        ("学校を単位とした申請の状況", None),
    ],
)
def test_units(text, unit):
    assert describe_lines(draw_line(text, y=85, dates=(DAY,))).unit == unit


@pytest.mark.parametrize(
    ("text", "dates", "as_of"),
    [
        ("（令和6年3月31日現在）", (DAY,), DAY),
        ("＊令和6年3月31日現在", (DAY,), DAY),
        ("令和6年3月31日現在", (DAY,), DAY),
        ("蔵書数 （令和5年度末現在）", ("2023-04-01/2024-03-31",), DAY),
        ("令和5年度の蔵書数 （令和6年3月31日現在）", ("2023-04-01/2024-03-31", DAY), DAY),
        ("＊令和5年4月1日から令和6年3月31日まで", ("2023-04-01", DAY), None),
    ],
)
def test_as_of(text, dates, as_of):
    assert describe_lines(draw_line(text, y=85, dates=dates)).as_of == as_of


def test_caption_unit_and_date_in_lines_of_their_own():
    found = describe_lines(
        draw_line("前の段落はここで終わる。", y=30),
        draw_line("①カードの交付事務実績", y=55),
        draw_line("＊制度開始からの累計 ＊令和6年3月31日現在", y=70, dates=(DAY,)),
        draw_line("（単位：件）", y=85, x=480),
    )
    assert (found.caption, found.unit, found.as_of) == ("カードの交付事務実績", "件", DAY)
    assert set(found.line_kinds) == {(1, 1, "caption"), (1, 2, "as_of"), (1, 3, "unit")}


def test_a_number_that_was_closed_up_with_its_heading():
    line = replace(draw_line("2歳出 （単位：千円）", y=85), raw="２　歳　出　　　　（単位：千円）")
    assert describe_lines(line).caption == "歳出"


def test_a_sentence_between_heading_and_table():
    lines = [draw_line("１ 補助金の採択", y=65), draw_line("次のとおり補助金を交付した。", y=82)]
    found = describe_lines(*lines)
    assert (found.caption, found.line_kinds) == ("補助金の採択", ((1, 0, "caption"),))
    assert describe_lines(draw_line("本文の一行", y=65), lines[1]).caption is None


def test_captions_of_neighbours_in_one_line():
    line = replace(draw_line("歳入 歳出", y=85), raw="歳入" + "　" * 18 + "歳出")
    line = replace(line, box=(50.0, 85.0, 270.0, 95.0))
    page = draw_page(draw_grid(TABLE, width=180), draw_grid(TABLE, left=250, width=180), lines=[line])
    assert [found.caption for found in describe(page)] == ["歳入", "歳出"]


def test_a_caption_of_kan_and_kou_in_two_lines():
    found = describe_lines(draw_line("（款） 2 総務費", y=70), draw_line("（項） 1 総務管理費", y=85))
    assert found.caption == "（款） 2 総務費 （項） 1 総務管理費"


def test_the_end_of_a_wrapped_paragraph_is_no_caption():
    above = "世田谷区住民基本台帳ネットワークシステムのセキュリティ対策に関する条例第十三条第二項に基づく"
    assert (
        describe_lines(draw_line(above, y=70, size=11), draw_line("実施状況", y=85, size=11)).caption is None
    )


def test_a_line_far_above_is_no_caption():
    assert describe_lines(draw_line("（１）実績", y=20)).caption is None


def test_a_date_at_the_right_is_no_caption():
    assert describe_lines(draw_line("令和6年7月19日", y=85, x=430), draw_line("題名", y=20)).caption is None


def test_notes_below():
    found = describe_lines(
        draw_line("※交付の準備ができているもの（申請者本人からの", y=165),
        draw_line("受付待ちの状態）。", y=178, x=LEFT + 20),
        draw_line("※発行とは、新規発行のこと。", y=191),
        draw_line("資料：世田谷区", y=204),
        draw_line("次の段落はここから始まる。", y=217),
    )
    assert found.notes == (
        "※交付の準備ができているもの（申請者本人からの受付待ちの状態）。",
        "※発行とは、新規発行のこと。",
        "資料：世田谷区",
    )
    assert [index for _, index, kind in found.line_kinds if kind == "note"] == [0, 1, 2, 3]


def test_items_follow_items_under_one_opening_word():
    found = describe_lines(
        draw_line("備考1．「長等」とは市長をいう。", y=165),
        draw_line("2．「議員」とは市議会議員をいう。", y=178, x=LEFT + 20),
        draw_line("3．「その他」とは委員をいう。", y=191, x=LEFT + 20),
        draw_line("4．次の事業の概要", y=204),
    )
    assert [note[-8:] for note in found.notes] == [
        "とは市長をいう。",
        "市議会議員をいう。"[-8:],
        "とは委員をいう。",
    ]


def test_a_legend_explains_marks_of_the_table():
    drawing = "窓口 | 開設時間 | 方式\n出張所 | 9:30~15:30 | 交・申\n臨時窓口 | 9:30~16:00 | 交"
    legend = "交：交付時来庁方式 申：申請時来庁方式"
    assert describe_lines(draw_line(legend, y=165), drawing=drawing).notes == (legend,)
    assert describe_lines(draw_line("実施日：令和5年10月27日", y=165), drawing=drawing).notes == ()


def test_a_paragraph_below_is_no_note():
    assert describe_lines(draw_line("本件は直ちに回収した。", y=165)).notes == ()
    assert describe_lines(draw_line("※窓口は本庁舎のみ", y=260)).notes == ()


def test_a_line_between_two_tables_belongs_to_one():
    page = draw_page(
        draw_grid(TABLE, top=100),
        draw_grid(TABLE, top=230),
        lines=[
            draw_line("※累計件数である。", y=165),
            draw_line("（２）発行実績", y=200),
            draw_line("＊令和6年3月31日現在", y=215, dates=(DAY,)),
        ],
    )
    first, second = describe(page)
    assert (first.notes, first.as_of, second.caption, second.as_of) == (
        ("※累計件数である。",),
        None,
        "発行実績",
        DAY,
    )
    used = [line[:2] for found in (first, second) for line in found.line_kinds]
    assert sorted(used) == [(1, 0), (1, 1), (1, 2)]


def test_a_unit_holds_for_the_tables_under_the_same_header():
    page = draw_page(
        draw_grid("目 | 補正額 | 計\n市民税 | 120 | 2,293", top=100),
        draw_grid("たばこ税 | △13 | 382", top=170),
        lines=[draw_line("（単位：千円）", y=85, x=480), draw_line("款 1 市税 項 4 たばこ税", y=152)],
    )
    assert [(found.caption, found.unit) for found in describe(page)] == [
        (None, "千円"),
        ("款 1 市税 項 4 たばこ税", "千円"),
    ]


def test_repeated_captions_on_later_pages_are_used_up():
    pages = [
        draw_page(draw_grid(TABLE), lines=[draw_line("（歳入） （単位：千円）", y=85)], number=number)
        for number in (1, 2)
    ]
    (found,) = describe(*pages)
    assert set(found.line_kinds) == {(1, 0, "caption"), (2, 0, "caption")}


def test_a_title_and_unit_inside_the_grid():
    found = describe_lines(drawing="職員の状況（単位：人） | <\n区分 | 人数\n窓口 | 5")
    assert (found.caption, found.unit) == ("職員の状況", "人")


def test_halves_of_a_spread_share_caption_and_unit():
    page = draw_page(
        draw_grid(TABLE, left=50, width=400),
        draw_grid("節 | 金額\n報酬 | 5\n旅費 | 7", left=650, width=400),
        lines=[draw_line("（款）12", y=85), draw_line("（単位：千円）", y=85, x=950)],
        gutter=550.0,
        width=1100.0,
    )
    assert [(found.caption, found.unit) for found in describe(page)] == [("（款）12", "千円")] * 2


FRAME = "区分 | 給料 | 手当\n本年度 | 10 | 20\n前年度 | 30 | 40\n比較 | 20 | 20"


def test_a_unit_over_the_frame_above_the_title():
    found = describe(
        draw_page(
            draw_grid(TABLE, top=165),
            lines=[draw_line("（単位：千円）", y=58, x=480), draw_line("第3表 特別区債", y=113, size=12)],
        )
    )
    assert [(one.caption, one.unit) for one in found] == [("特別区債", "千円")]


@pytest.mark.parametrize(
    "between",
    [
        ["本文はここで終わる。"],
        ["表の一行目", "表の二行目", "表の三行目"],
        [],
    ],
)
def test_a_unit_far_above_holds_only_over_a_title(between):
    lines = [draw_line(text, y=90 + 25 * place) for place, text in enumerate(between)]
    (found,) = describe(
        draw_page(
            draw_grid(TABLE, top=200 if between else 300), lines=[draw_line("（単位：千円）", y=58), *lines]
        )
    )
    assert found.unit is None


def test_halves_whose_rows_go_on_beside_each_other_share_the_unit():
    left = draw_grid(f"給与費 | < | <\n{FRAME}\n手当の内訳 | < | <\n{FRAME}", left=50, width=400, top=80)
    upper = draw_grid("共済費 | 計\n1 | 2\n3 | 4\n5 | 6", left=650, width=200, top=100)
    lower = draw_grid("住居 | 児童\n1 | 2\n3 | 4\n5 | 6", left=650, width=200, top=200)
    page = draw_page(
        left,
        upper,
        lower,
        lines=[draw_line("（単位：千円）", y=65, x=950)],
        gutter=550.0,
        width=1100.0,
    )
    assert [one.unit for one in describe(page)] == ["千円"] * 3


def test_a_unit_over_the_left_half_alone_is_that_of_the_left():
    left = draw_grid(FRAME, left=50, width=400)
    right = draw_grid("級 | 職員数\n1 | 2\n2 | 4\n3 | 6\n4 | 5\n5 | 5", left=650, width=400)
    page = draw_page(left, right, lines=[draw_line("（単位：円）", y=85)], gutter=550.0, width=1100.0)
    assert [one.unit for one in describe(page)] == ["円", None]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("第1表　歳入歳出予算\n歳　　　入", "第1表 歳入歳出予算 歳入"),
        ("(3)　給料及び職員手当の状況\nア 平均給料月額", "(3) 給料及び職員手当の状況 ア 平均給料月額"),
        (
            "住民基本台帳ネットワークシステムのセキュリティ対策に関する条例第十三条第二項に基づく本人確認情報\nの利用状況",
            None,
        ),
        ("職員の状況（単位：人）", "職員の状況"),
    ],
)
def test_lines_of_a_title_in_the_grid(raw, title):
    grid = draw_grid("題 | <\n区分 | 人数\n窓口 | 5")
    text = raw.replace("\n", "")
    first = replace(grid.cells[0], raw=raw, text=text, box=(LEFT, 100.0, LEFT + 500.0, 140.0))
    (found,) = describe(draw_page(replace(grid, cells=(first, *grid.cells[1:]))))
    assert found.caption == (title or text)


@pytest.mark.parametrize(
    ("head", "caption", "unit"),
    [
        ((), "図書館の実績", "冊"),
        ((draw_line("（単位：人）", y=60),), "図書館の実績", "人"),
        ((draw_line("登録者の内訳", y=85),), "登録者の内訳", None),
        ((draw_line("２ 今後の予定", y=40), draw_line("次の取組を行う。", y=60)), None, None),
    ],
)
def test_a_table_that_did_not_fit_is_described_at_the_foot_of_the_page_before(head, caption, unit):
    foot = (
        draw_line("次の取組を行った。", y=680),
        draw_line("図書館の実績", y=700),
        draw_line("（単位：冊）", y=715, x=450),
    )
    pages = (draw_page(lines=foot), draw_page(draw_grid(TABLE), lines=head, number=2))
    (found,) = describe(*pages)
    assert (found.caption, found.unit) == (caption, unit)


def test_a_table_that_ends_the_page_before_leaves_the_next_one_without_caption():
    first = draw_page(draw_grid(TABLE), lines=[draw_line("図書館の実績", y=85)])
    second = draw_page(draw_grid("科目 | 金額\n市税 | 5\n使用料 | 7"), number=2)
    assert [found.caption for found in describe(first, second)] == ["図書館の実績", None]


def test_the_date_of_a_bill_is_no_caption():
    assert describe_lines(draw_line("令和4年3月4日提出", y=85, x=90)).caption is None
