from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments.comment_sheet import CommentSheet
from written_documents import (
    HOSTILE,
    cell,
    checked_document,
    document,
    facts_of,
    large_document,
    rich_document,
    signs_table,
    table,
    three_level_table,
    with_readings,
)

from extract.document import Finding
from extract.writers.matters import count_matters
from extract.writers.periods import TablePeriods, iso_to_span
from extract.writers.xlsx import XlsxWriter, book, facts, sheet_xml
from extract.writers.xlsx.places import HEAD_ROWS


def written(one, language="ja") -> bytes:
    stream = BytesIO()
    XlsxWriter().write(one, stream, language=language)
    return stream.getvalue()


def opened(one, language="ja") -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(written(one, language)))


def rows_of(sheet) -> list[dict]:
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def in_facsimile(sheet, row, column):
    return sheet.cell(HEAD_ROWS + row + 1, column + 1)


def test_the_sheets_and_their_names():
    assert opened(rich_document()).sheetnames == [
        "目次",
        "表1 個人情報の開示等請求の処理状況",
        "表2 歳入決算額の推移（一般会計）",
        "表3 =危険な-文字-列----",
        "数値一覧",
        "用語・法令",
        "検算",
        "要確認",
        "出典",
    ]
    english = opened(rich_document(), "en").sheetnames
    assert [english[0], *english[-5:]] == ["Contents", "Facts", "Entities", "Checks", "Review", "Source"]
    assert english[1].startswith("T1 ")


def test_a_document_without_tables_is_a_workbook_too():
    assert opened(document([])).sheetnames == ["目次", "数値一覧", "用語・法令", "検算", "要確認", "出典"]


def test_no_caption_takes_the_name_of_a_sheet():
    tables = [replace(signs_table(), id=f"t{n}", caption="同じ長い表題" * 9, cells=()) for n in range(40)]
    names = opened(document(tables)).sheetnames
    assert len(names) == len({name.casefold() for name in names}) == 46


def test_the_facsimile_is_the_printed_grid():
    sheet = opened(rich_document()).worksheets[1]
    assert sheet["A1"].value == "表1　個人情報の開示等請求の処理状況"
    assert sheet["A2"].value == "時点：2024-03-31　ページ：1"
    assert sheet["A4"].hyperlink.location == "'目次'!A1"
    assert {str(merged) for merged in sheet.merged_cells.ranges} >= {
        "A6:B8",
        "C6:C8",
        "D6:G6",
        "E7:F7",
        "A9:A10",
    }
    number = in_facsimile(sheet, 3, 2)
    assert (number.value, number.data_type, number.alignment.horizontal) == (13630, "n", "right")
    assert number.number_format == '[DBNum3][$-411]#,##0"件"'
    assert sheet.freeze_panes == "C9"
    assert sheet.print_title_rows is None  # it takes one page
    assert [row[0].value for row in sheet.iter_rows(min_row=14, max_row=15)] == list(
        three_level_table().notes
    )


def test_a_table_of_several_pages_has_its_header_on_each():
    sheet = opened(large_document(tables=1, rows=60, columns=5)).worksheets[1]
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )


def test_a_table_without_cells_is_a_sheet_too():
    empty = replace(three_level_table(), cells=(), rows=0, columns=0, header_rows=0, header_columns=0)
    assert opened(document([empty])).worksheets[1]["A1"].value.startswith("表1")


def test_merged_cells_have_their_border_all_around():
    sheet = opened(rich_document()).worksheets[1]
    assert sheet["B8"].border.right.style == sheet["B8"].border.bottom.style == "thin"


def test_dates_and_missing_marks_stand_as_printed_and_a_blank_is_blank():
    sheet = opened(rich_document()).worksheets[2]
    shown = [
        in_facsimile(sheet, row, column).value for row, column in ((0, 1), (3, 1), (3, 4), (3, 5), (1, 5))
    ]
    assert shown == ["令和５年度", "－", "皆減", "令和５年５月１日廃止", None]


def test_too_many_digits_are_text_with_a_comment_and_a_finding():
    workbook = opened(rich_document())
    long = in_facsimile(workbook.worksheets[2], 5, 3)
    assert (long.value, long.data_type) == ("1234567890123456789", "s")
    assert "15 桁" in long.comment.text
    messages = [row["内容"] for row in rows_of(workbook["要確認"])]
    assert sum("15 桁を超える数" in str(message) for message in messages) == 1
    value = next(row["値"] for row in rows_of(workbook["数値一覧"]) if row["元の表記"] == long.value)
    assert value == "1234567890123456789"


def test_doubtful_cells_are_coloured_and_say_why():
    sheet = opened(rich_document()).worksheets[2]
    review_cell, conflict, repaired = (
        in_facsimile(sheet, row, column) for row, column in ((4, 1), (5, 1), (6, 4))
    )
    assert len({one.fill.fgColor.rgb for one in (review_cell, conflict, repaired)}) == 3
    assert review_cell.comment.text.split("\n") == [
        "数字の読み方が一つに決まりません。文字のまま残しました: 1.2.3",
        "要確認",
        "読み取り：(1,200)",
        "ページ：2",
    ]
    assert "「3.80」と読めたものを直しました（合計から一つに決まる）" in repaired.comment.text
    assert in_facsimile(sheet, 1, 1).comment is None


def test_readings_stand_in_the_comment():
    one = with_readings(cell("t1", 0, 0, "8", value=8))
    note = opened(document([table("t1", [one], headers=(0, 0))])).worksheets[1]["A6"].comment.text
    assert "確信度：62%" in note
    assert "他の読み：B (30%), 6 (5%)" in note


def test_a_fact_is_a_row_that_a_machine_can_read():
    sheet = opened(rich_document())["数値一覧"]
    rows = rows_of(sheet)
    assert len(rows) == len(rich_document().facts)
    first = next(row for row in rows if row["元の表記"] == "２２件")
    assert first == {
        "事実ID": "f3",
        "表ID": "t1",
        "表題": "個人情報の開示等請求の処理状況",
        "報告": "報告第367号",
        "ページ": 1,
        "行見出し": "区長 > 本庁",
        "行見出し1": "区長",
        "行見出し2": "本庁",
        "列見出し": "処理状況 > 非開示 > 不存在",
        "列見出し1": "処理状況",
        "列見出し2": "非開示",
        "列見出し3": "不存在",
        "値": 22,
        "単位": "件",
        "時点": "2024-03-31",
        "期間開始": None,
        "期間終了": None,
        "状態": "未検証",
        "要確認": "不要",
        "元の表記": "２２件",
        "セル": "E9",
    }
    assert not sheet.merged_cells.ranges
    assert sheet.auto_filter.ref == "A1:U43"
    assert sheet.freeze_panes == "C2"
    link = sheet["U4"].hyperlink.location
    assert link == "'表1 個人情報の開示等請求の処理状況'!E9"


def test_a_period_over_a_column_is_in_columns_of_its_own():
    rows = rows_of(opened(rich_document())["数値一覧"])
    found = next(row for row in rows if row["行見出し"] == "特別区税" and row["列見出し"] == "令和4年度")
    assert (found["期間開始"], found["期間終了"], found["値"], found["単位"]) == (
        "2022-04-01",
        "2023-03-31",
        120000000,
        "千円",
    )


def test_no_number_of_the_facts_needs_its_format_to_be_understood():
    for row in opened(rich_document())["数値一覧"].iter_rows(min_row=2):
        assert all(one.number_format in {"General", "0"} for one in row)


def test_the_most_important_matters_come_first_and_each_is_linked():
    rows = rows_of(opened(rich_document())["要確認"])
    assert [row["重要度"] for row in rows[:6]] == ["要確認", "要確認", "エラー", "警告", "警告", "情報"]
    assert [row["内容"].partition("\n")[0] for row in rows[:2]] == ["不一致", "補正"]
    sheet = opened(rich_document())["要確認"]
    assert sheet["D2"].hyperlink.location == "'表2 歳入決算額の推移（一般会計）'!B11"
    assert [sheet[place].value for place in ("D2", "D3", "D5")] == ["表2 B11", "表2 E12", "表2 B10"]


def test_a_conflict_without_a_culprit_stands_before_everything_else():
    rows = rows_of(opened(checked_document())["要確認"])
    assert [row["セル"] for row in rows[:3]] == ["表1 B6", "表1 B9", "表1 B8"]


def test_nothing_to_review_is_said():
    sheet = opened(document([three_level_table()]))["要確認"]
    assert sheet["C2"].value == "確認が必要な箇所はありません。"


def test_the_contents_lead_everywhere():
    workbook = opened(rich_document())
    sheet = workbook["目次"]
    links = {one.value: one.hyperlink.location for row in sheet.iter_rows() for one in row if one.hyperlink}
    assert set(links) >= {"数値一覧", "要確認", "出典", "表1", "表2", "表3", "個人情報の開示等請求の処理状況"}
    for location in links.values():
        name = location.rpartition("!")[0].strip("'").replace("''", "'")
        assert name in workbook.sheetnames
    states = [row[9].value for row in sheet.iter_rows(min_row=11) if row[9].value]
    assert "要確認 4 件　不一致 1　補正 1　検証済 1　未検証 19" in states
    assert sheet["B5"].value == "0 件"
    assert sheet["B6"].value == "0 件（成立 0、不成立 0）"
    assert sheet["B3"].value.startswith("読み取れなかったページ")


def test_the_source_tells_where_the_numbers_come_from():
    rows = {row[0]: row[1] for row in opened(rich_document())["出典"].iter_rows(values_only=True) if row[0]}
    assert rows["SHA-256"] == "ab" * 32
    assert rows["変換ソフト"] == "hokoku 0.1.0"
    assert rows["エンジン：pdfplumber"] == "0.11.7"
    assert rows["設定：pages"] == "－"
    assert rows[3] == 595.28


def formulas_of(data: bytes) -> dict[str, list[str]]:
    """Give the formulas of each sheet that has some."""
    workbook = openpyxl.load_workbook(BytesIO(data))
    found = {
        sheet.title: [one.value for row in sheet.iter_rows() for one in row if one.data_type == "f"]
        for sheet in workbook.worksheets
    }
    return {name: formulas for name, formulas in found.items() if formulas}


def test_ten_thousand_texts_like_formulas_give_no_formula():
    starts = ["=", "+", "-", "@", "\t=", "＝", "=cmd|", "#N/A", "#DIV/0!", "=1+"]
    texts = [f"{starts[n % 10]}{n}" if n % 10 not in {7, 8} else starts[n % 10] for n in range(10_000)]
    cells = [cell("t1", n // 10, n % 10, text, text=text) for n, text in enumerate(texts)]
    one = replace(document([table("t1", cells, caption="=A1", unit="=1", notes=("=2",))]), facts=())
    one = replace(one, findings=(Finding("page.blank", "info", "=HYPERLINK(1)", 1, None, None),))
    data = written(one)
    assert formulas_of(data) == {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            assert b't="e"' not in archive.read(name)
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[1]
    kinds = [
        one.data_type
        for row in sheet.iter_rows(min_row=HEAD_ROWS + 1)
        for one in row
        if one.value is not None
    ]
    assert kinds.count("s") == 10_001
    assert {"f", "e"}.isdisjoint(kinds)


def test_what_looks_like_a_formula_is_kept_as_text_when_it_is_edited():
    sheet = opened(rich_document()).worksheets[3]
    marked = {
        one.value: one.quotePrefix
        for row in sheet.iter_rows(min_row=HEAD_ROWS + 1)
        for one in row
        if one.value
    }
    assert marked["=1+1"]
    assert marked["＝１＋１"]
    assert not marked["#N/A"]


def test_hostile_texts_arrive_whole():
    sheet = opened(rich_document()).worksheets[3]
    shown = [in_facsimile(sheet, row, 0).value for row in range(len(HOSTILE))]
    expected = {
        "a\x0bb\x00c": "a␋b␀c",
        "\ufffe\uffff": "\ufffd\ufffd",
        "a\r\nb\rc": "a\nb\nc",
        "_x0041_": "_x005F_x0041_",
    }
    assert shown == [expected.get(text, text) for text in HOSTILE]


def test_a_text_over_the_limit_goes_on_in_the_review_sheet():
    workbook = opened(rich_document())
    begun = in_facsimile(workbook.worksheets[3], len(HOSTILE), 0)
    rest = [row["内容"] for row in rows_of(workbook["要確認"]) if str(row["重要度"]).startswith("続き")]
    assert len(rest) == 2
    assert begun.value + "".join(rest) == "長" * 70000
    assert begun.comment.text == "続きは「要確認」シート"
    assert any("上限を超える文字" in str(row["内容"]) for row in rows_of(workbook["要確認"]))


def test_a_long_finding_and_a_long_name_are_not_lost_either():
    one = document([], findings=(Finding("page.failed", "error", "理由" * 20000, 1, None, None),))
    one = replace(one, source=replace(one.source, name="&名" * 300 + ".pdf"))
    rows = rows_of(opened(one)["要確認"])
    assert "".join(row["内容"] for row in rows if not str(row["内容"]).startswith("Excel")) == "理由" * 20000


def test_cells_beyond_the_last_column_are_written_in_the_review_sheet(monkeypatch):
    monkeypatch.setattr("extract.writers.xlsx.facsimile.COLUMNS_LIMIT", 3)
    monkeypatch.setattr("extract.writers.xlsx.places.COLUMNS_LIMIT", 3)
    cells = [cell("t1", 0, column, f"c{column}", spans=(1, 1)) for column in range(3)]
    cells += [cell("t1", 1, 1, "merged", spans=(1, 3)), cell("t1", 1, 0, "x"), cell("t1", 0, 3, "beyond")]
    workbook = opened(document([table("t1", cells, headers=(0, 0))]))
    assert "B7:C7" in {str(one) for one in workbook.worksheets[1].merged_cells.ranges}
    assert "beyond" in [row["内容"] for row in rows_of(workbook["要確認"])]


def test_more_facts_than_rows_go_on_in_the_next_sheet(monkeypatch):
    monkeypatch.setattr("extract.writers.xlsx.FACTS_A_SHEET", 15)
    monkeypatch.setattr(facts, "FACTS_A_SHEET", 15)
    workbook = opened(rich_document())
    parts = [workbook[name] for name in ("数値一覧", "数値一覧 (2)", "数値一覧 (3)")]
    assert [len(rows_of(part)) for part in parts] == [15, 15, 12]
    assert len({row["事実ID"] for part in parts for row in rows_of(part)}) == 42


def test_more_links_than_a_sheet_may_have_are_left_out(monkeypatch):
    monkeypatch.setattr(book, "LINKS_LIMIT", 5)
    sheet = opened(rich_document())["数値一覧"]
    assert sum(1 for row in sheet.iter_rows() for one in row if one.hyperlink) == 5
    assert sheet["U40"].value == "B12"


def test_more_formats_than_a_workbook_may_have_are_said_in_comments():
    cells = [cell("t1", 0, n, f"{n}単位{n}号", value=n, unit=None) for n in range(1, 300)]
    cells = [
        replace(one, raw=f"{'約' * (n % 25)}{n}{'件' * (n // 25)}", value=n)
        for n, one in enumerate(cells, start=1)
    ]
    sheet = opened(document([table("t1", cells, headers=(0, 0))])).worksheets[1]
    grid = [in_facsimile(sheet, 0, n) for n in range(1, 300)]
    assert len({one.number_format for one in grid}) <= 181
    assert all(one.comment for one in grid if one.number_format == "General")


def test_the_bytes_depend_on_the_document_alone(monkeypatch):
    first = written(rich_document())
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    assert written(rich_document()) == first
    code = (
        "import sys; sys.path.insert(0, 'tests/writers')\n"
        "from written_documents import rich_document\n"
        "from test_xlsx_workbook import written\n"
        "import hashlib; print(hashlib.sha256(written(rich_document())).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("stated", "created"),
    [
        ("2024-07-12T09:30:00+09:00", "2024-07-12T00:30:00Z"),
        ("2024-07-12", "2024-07-12T00:00:00Z"),
        (None, "1980-01-01T00:00:00Z"),
        ("not a date", "1980-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+09:00", "1980-01-01T00:00:00Z"),
    ],
)
def test_the_workbook_carries_the_date_of_the_source(stated, created):
    one = document([])
    one = replace(one, source=replace(one.source, created=stated))
    with zipfile.ZipFile(BytesIO(written(one))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count(created) == 2


@pytest.mark.parametrize("allowed", [0, 500, 5_000, 60_000])
def test_a_full_disk_under_the_temporary_files_is_an_error_of_the_system(monkeypatch, tmp_path, allowed):
    class SmallDisk(BytesIO):
        def write(self, data):
            if self.tell() + len(data) > allowed:
                raise OSError(28, "No space left on device")
            return super().write(data)

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sheet_xml, "SpooledTemporaryFile", lambda *_: SmallDisk())
    with pytest.raises(OSError, match="No space"):
        written(rich_document())
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_comments_belong_to_their_cells():
    with zipfile.ZipFile(BytesIO(written(rich_document()))) as archive:
        names = [name for name in archive.namelist() if "comments/" in name]
        sheets = [
            CommentSheet.from_tree(openpyxl.xml.functions.fromstring(archive.read(name))) for name in names
        ]
    assert [sorted(ref for ref, _ in sheet.comments) for sheet in sheets] == [
        ["B10", "B11", "D11", "E12"],
        ["A28"],
    ]


def test_periods_of_rows_and_columns():
    head = cell("t1", 0, 1, "令和5年度", role="column_header", kind="period", value="2023-04-01/2024-03-31")
    month = cell("t1", 1, 0, "R5.5", role="row_header", kind="period", value="2023-05")
    other = cell("t1", 2, 0, "R6.5", role="row_header", kind="period", value="2024-05")
    cells = [
        head,
        month,
        other,
        cell("t1", 1, 1, "1", value=1),
        cell("t1", 2, 1, "2", value=2),
        cell("t1", 3, 1, "3", value=3),
    ]
    periods = TablePeriods(table("t1", cells))
    assert [periods.of(one) for one in cells[3:]] == [
        ("2023-05-01", "2023-05-31"),
        None,
        ("2023-04-01", "2024-03-31"),
    ]


@pytest.mark.parametrize(
    ("value", "span"),
    [
        ("2023-04-01/2024-03-31", ("2023-04-01", "2024-03-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2019-05-01", ("2019-05-01", "2019-05-01")),
        ("2023-02-29", None),
        ("2024-03/2024-01", None),
        ("2024-1-2", None),
        (13, None),
        (None, None),
    ],
)
def test_iso_texts_as_first_and_last_day(value, span):
    assert iso_to_span(value) == span


def test_counts_of_the_contents_are_those_of_the_review_sheet():
    rich = rich_document()
    assert [count_matters(rich, one) for one in rich.tables] == [0, 4, 0]


def test_many_tables_are_written_in_seconds():
    large = large_document(tables=40, rows=50, columns=10)
    start = time.process_time()
    written(large)
    # 4 s on two cores for these 20,000 cells and 17,640 facts; five times that is a mistake and no slow machine
    assert time.process_time() - start < 20


def test_facts_of_unknown_tables_are_written_without_a_link():
    one = replace(
        rich_document(),
        facts=tuple(replace(f, table="t9", cell="t9r0c0") for f in facts_of([three_level_table()])),
    )
    assert rows_of(opened(one)["数値一覧"])[0]["セル"] is None
