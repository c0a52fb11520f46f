"""How the page is set: what is said once, how things are called, what fits beside what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from html_pages import to_page
from written_documents import BOX, cell, document, large_document, table

from extract.document import Block, Document, Report, Section


def line(kind: str, text: str, *, raw: str | None = None) -> Block:
    return Block(kind, raw or text, text, 1, BOX, None)


def one_report(*content: Block, tables=(), **fields: object) -> Document:
    section = Section("r1s1", 1, None, None, None, 1, BOX, content, ())
    report = replace(Report("r1", None, None, None, None, None, (), (1, 1), (section,), ()), **fields)
    return document(list(tables), reports=[report])


def test_a_report_is_called_by_the_kind_of_number_that_is_printed():
    titled = {"number": 1, "title": "令和8年度一般会計予算"}
    page = to_page(one_report(line("number", "議案第1号", raw="議　案　第　１　号"), **titled))
    assert page.text.count("議案第1号") == 2  # the outline and the head of the report
    assert "報告第1号" not in page.text


@pytest.mark.parametrize("content", [(), (line("number", "議案第2号"),)], ids=["no line", "another number"])
def test_no_kind_is_made_up_for_a_number(content):
    texts = to_page(one_report(*content, number=1, title="一般会計予算")).texts
    assert texts.count("第1号") == 2
    assert "報告第1号" not in texts


def test_a_line_of_number_and_title_is_not_said_again():
    said = line("number", "報告第9号：専決処分の報告について")
    text = to_page(one_report(said, number=9, title="専決処分の報告について")).text
    assert text.count("専決処分の報告について") == 2
    assert "：専決処分" not in text
    more = line("number", "報告第9号：専決処分の報告について（追加）")
    assert (
        "専決処分の報告について（追加）"
        in to_page(one_report(more, number=9, title="専決処分の報告について")).text
    )


def test_a_report_without_a_title_says_so_once():
    reports = [Report(name, None, None, None, None, None, (), (1, 1), (), ()) for name in ("r1", "r2")]
    assert (
        to_page(document([], reports=reports)).text.count("（題名なし）") == 4
    )  # of each in the outline too


def test_the_date_of_a_report_is_clean_text():
    stated = line("paragraph", "令和8年2月27日提出", raw="令和８年２月２７日提出")
    for content in ((stated,), ()):
        one = one_report(
            *content, number=1, title="予算", date="2026-02-27", date_text="令和８年２月２７日提出"
        )
        text = to_page(one).text
        assert "令和８年２月２７日" not in text
        assert text.count("令和8年2月27日提出") == 1 + len(content)


def captioned(caption: str, *content: Block) -> str:
    cells = [cell("t1", 0, 0, "款", role="column_header"), cell("t1", 1, 0, "1", value=1)]
    made = replace(table("t1", cells, headers=(1, 0), caption=caption, unit="千円"), section="r1s1")
    return to_page(one_report(*content, tables=[made])).text


def test_a_caption_and_its_unit_stand_once_though_printed_on_every_page():
    printed = line("caption", "（歳入） （単位：千円）")
    text = captioned(
        "（歳入）", printed, Block("table", "", "", 1, BOX, "t1"), printed, line("unit", "（単位：千円）")
    )
    assert text.count("（歳入）") == 1
    assert text.count("千円") == 1


def test_the_printed_number_of_a_table_stands_before_its_caption():
    text = captioned(
        "債務負担行為", line("caption", "第2表 債務負担行為"), Block("table", "", "", 1, BOX, "t1")
    )
    assert text.count("債務負担行為") == 1
    assert "表1第2表 債務負担行為" in text


def test_a_caption_that_says_more_is_kept():
    said = "債務負担行為（令和8年度分に限る）"
    text = captioned("債務負担行為", line("caption", said), Block("table", "", "", 1, BOX, "t1"))
    assert text.count(said) == 1


def test_the_dots_of_a_table_of_contents_are_drawn_and_only_sentences_are_justified():
    contents = "令和8年度 一般会計予算 " + "･" * 70 + " 1頁"
    page = to_page(one_report(line("paragraph", contents), line("paragraph", "予算は、次に定める。")))
    classes = [values.get("class") for values in page.of("p") if values.get("id", "").startswith("b")]
    assert classes == ["leader", "running"]
    assert "".join(contents.split()) in "".join(page.text.split())


def test_marks_are_set_in_the_widths_of_the_text():
    inner = Section("r1s2", 1, "１．", "追加", "１．　追加", 1, BOX, (line("paragraph", "ア", raw="ア"),), ())
    article = Section("r1s3", 1, "第１条", "総額を定める。", "第１条　総額を定める。", 1, BOX, (), ())
    report = Report("r1", None, 1, "予算", None, None, (), (1, 1), (inner, article), ())
    text = to_page(document([], reports=[report])).text
    assert text.count("1.　追加") == 2
    assert "第1条" in text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("協調融資団か\nら借入れる", "協調融資団から借入れる"),
        ("１２\n３４", "１２ ３４"),
        ("IC card\nreader", "IC card reader"),
        ("\n利子相\r\n当額 ", "利子相当額"),
    ],
)
def test_what_was_read_is_shown_in_one_line(raw, shown):
    doubtful = cell("t1", 0, 0, raw, needs_review=True)
    assert f"読み取り：{shown}" in to_page(document([table("t1", [doubtful], headers=(0, 0))])).texts


def test_a_narrow_table_keeps_its_header_in_sight_and_only_a_wide_one_is_set_smaller():
    def classes(columns: int) -> tuple[str, str]:
        page = to_page(large_document(tables=1, rows=40, columns=columns))
        (frame,) = [one["class"] for one in page.of("div") if one.get("role") == "region"]
        return frame, page.of("table")[0].get("class", "")

    assert classes(3) == ("scroll slim", "")
    assert classes(20) == ("scroll", "dense")
