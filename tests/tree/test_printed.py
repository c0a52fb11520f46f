"""The order of what is printed on a page."""

from __future__ import annotations

from text_pages import make_line, make_page

from extract.tree.printed import pages_to_items


def order(*lines):
    page = make_page("", lines=sorted(lines, key=lambda line: line.box[1]))
    return [item.line.raw for item in pages_to_items([page], running={}, tables=[], kinds={})]


TITLE = make_line("令和８年度世田谷区　　　　　　　　予算書", x=150.0, y=116.0, size=12.0)
GAP = 150.0 + 9 * 12.0 + 3.0


def small(raw, y, x=GAP):
    return make_line(raw, x=x, y=y, size=9.0)


def test_lines_bracketed_in_a_title_come_after_it():
    inner = [
        small("一般会計", 102.0),
        small("国民健康保険", 112.0),
        small("後期高齢者", 122.0),
        small("介護保険", 132.0),
    ]
    assert order(TITLE, *inner) == [TITLE.raw, *(line.raw for line in inner)]


def test_lines_above_a_line_with_a_gap_stay_there():
    above = [small("一般会計", 92.0), small("国民健康保険", 102.0)]
    assert order(TITLE, *above) == ["一般会計", "国民健康保険", TITLE.raw]
    beside = [small("一般会計", 102.0, x=60.0), small("介護保険", 132.0, x=60.0)]
    assert order(TITLE, *beside) == ["一般会計", TITLE.raw, "介護保険"]
