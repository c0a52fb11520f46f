"""Markdown: a reader of it shows every text as it is, and tables as they are."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from written_documents import (
    BOX,
    cell,
    checked_document,
    document,
    hostile_table,
    rich_document,
    table,
    three_level_table,
    with_statement,
)

from extract.document import Block, Document, Report, Section
from extract.writers import write_document
from extract.writers.as_markdown import MarkdownWriter, text_to_markdown

ODD = [
    "1. 一つ目",
    "2) 二つ目",
    "# 見出し",
    "- 項目",
    "+ 項目",
    "> 引用",
    "***",
    "===",
    "---",
    "*強調* _下線_ ~~消~~ `code`",
    "[表](javascript:x) ![絵](x)",
    "<script>alert(1)</script>",
    "a | b",
    "|---|",
    "&amp; &#x41;",
    "\\* \\\\",
    "$x^2$",
    "    字下げ",
    "一\n二",
    "<!-- -->",
    "~~~",
    "[^1]: 注",
]


def to_markdown(one: Document) -> str:
    stream = io.BytesIO()
    MarkdownWriter().write(one, stream, language="ja")
    return stream.getvalue().decode()


def to_html(markdown: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("text", ODD)
def test_a_paragraph_is_read_as_it_is_written(text):
    html = to_html(text_to_markdown(text) + "\n")
    assert html.startswith("<p>")
    assert plain(html).strip() == " ".join(text.split())


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cn", "Co")), min_size=1
    )
)
def test_no_text_is_a_mark(text):
    shown = " ".join(text.split())
    html = to_html("前" + text_to_markdown(text, first=False) + "\n")
    assert plain(html).strip() == ("前" + shown).strip()
    assert re.findall(r"<[^>]*>", html) == ["<p>", "</p>"]


@pytest.mark.parametrize("text", ODD)
def test_a_cell_is_read_as_it_is_written(text):
    cells = [cell("t1", 0, 0, "名", role="column_header"), cell("t1", 1, 0, text, text=text)]
    html = to_html(to_markdown(document([table("t1", cells, headers=(1, 0))])))
    (body,) = re.findall(r"<td>(.*?)</td>", html)
    assert plain(body).strip() == " ".join(text.split())


def test_spans_make_a_table_of_html_with_a_row_a_line():
    markdown = to_markdown(document([three_level_table()]))
    rows = [line for line in markdown.splitlines() if line.startswith("<tr>")]
    assert len(rows) == three_level_table().rows
    assert '<th rowspan="3" colspan="2">区分</th>' in rows[0]
    assert '<th colspan="4">処理状況</th>' in rows[0]
    assert '<td align="right">13,630件</td>' in rows[3]


def test_a_hostile_table_ends_where_it_ends():
    html = to_html(to_markdown(document([hostile_table()])))
    assert "<t>" not in html
    assert html.count("<table>") == html.count("</table>")


def test_reports_sections_and_paragraphs_stand_in_their_order():
    one = with_statement()
    report = one.reports[0]
    blocks = tuple(Block("paragraph", text, text, 1, BOX, None) for text in ODD)
    items = tuple(Section(f"i{n}", 3, "・", text, text, 1, BOX, (), ()) for n, text in enumerate(ODD))
    section = Section("r1s1", 1, "１", "概要", "１　概要", 1, BOX, blocks, items)
    one = replace(one, reports=(replace(report, sections=(section,)),), tables=(), facts=())
    text = plain(to_html(to_markdown(one)))
    places = []
    at = text.index("１ 概要")
    for wanted in ODD * 2:
        at = text.index(" ".join(wanted.split()), at)
        places.append(at)
        at += 1
    assert places == sorted(places)


def test_every_fact_has_a_line_without_what_changes_between_runs():
    one = rich_document()
    lines = to_markdown(one).splitlines()
    assert "| 区長 \\> 本庁 | 請求件数 | 13630 | 件 | 2024-03-31 | 未検証 | 1 |" in lines
    assert not [line for line in lines if re.search(r"\bt1r\d+c\d+\b|\bf\d+\b", line)]
    facts = lines[lines.index("## 数値一覧") :]
    assert sum(line.startswith("| ") for line in facts) == len(one.facts) + 2


def test_what_to_review_stands_on_top():
    markdown = to_markdown(rich_document())
    assert markdown.index("## 要確認") < markdown.index("## 報告第367号")
    assert "- **エラー** 3 ページ　ページを読み取れませんでした: 例" in markdown
    assert "検算 7 件（成立 6、不成立 1）" in to_markdown(checked_document())


def test_numbers_in_sentences_have_their_lines():
    assert "| 概要 | 統合端末を設置 | 28 | か所 |  | 28か所に統合端末を設置している。 | 1 |" in to_markdown(
        with_statement()
    )


def test_a_document_without_anything_is_written(tmp_path):
    empty = document([], reports=[Report("r1", None, None, None, None, None, (), (1, 1), (), ())])
    (path,) = write_document(empty, tmp_path / "a.pdf", formats=("md",), language="en")
    assert path.name == "a.pdf.md"
    assert "There is nothing to review." in path.read_text("utf-8")
