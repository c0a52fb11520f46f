"""Tabs at the edge of a page belong to the sheet; text that is written down the page does not."""

from __future__ import annotations

from dataclasses import replace

from text_pages import TOP, WIDTH, make_line, make_page

from extract.tree.running import find_running

BODY = "一　般　会　計\n議会費は、次のとおりである。"


def column(raw, *, x, y=TOP, height=80.0, size=9.0, angle=0):
    return replace(make_line(raw, x=x, y=y, size=size, angle=angle), box=(x, y, x + size, y + height))


def running(*lines, text=BODY):
    page = make_page(text, lines=lines)
    return [one.raw for one in find_running([page])[1].values()]


def test_a_name_down_the_edge_of_the_sheet_is_a_tab():
    assert running(column("一般会計", x=WIDTH - 25)) == ["一般会計"]
    assert running(column("一般会計", x=10.0)) == ["一般会計"]
    assert running(column("一般会計", x=WIDTH - 25, angle=90)) == ["一般会計"]


def test_a_name_down_the_page_inside_its_text_is_none():
    assert running(column("一般会計", x=300.0)) == []
    wide = make_line("右の端まで続く文", x=WIDTH - 100, y=300.0)
    assert running(column("一般会計", x=WIDTH - 25), wide) == []


def test_the_first_of_several_columns_is_text():
    columns = [column("縦書きの文章である", x=WIDTH - 25 - 18 * place, height=200.0) for place in range(4)]
    assert running(*columns) == []


def test_what_stands_alone_on_its_page_or_is_long_is_no_tab():
    assert running(column("一般会計", x=WIDTH - 25), text="") == []
    assert running(column("一般会計" * 12, x=WIDTH - 25, height=500.0)) == []
