from __future__ import annotations

import pytest
from text_pages import HEIGHT, LEFT, make_grid, make_line, make_page, page_number_line

from extract.tree.running import find_running, give_back_captions


def kinds(pages):
    running = find_running(pages)
    return {
        page.frame.number: {
            page.lines[index].raw: one.kind for index, one in running[page.frame.number].items()
        }
        for page in pages
    }


@pytest.mark.parametrize(
    "text", ["- 3 -", "-1一", "— 24 —", "―　2　―", "３／１０", "P.3", "Ｐ．３", "3頁", "（1/3）"]
)
def test_a_decorated_number_at_the_foot_is_a_page_number_even_on_one_page(text):
    assert kinds([make_page("本文です。", lines=[page_number_line(text)])])[1] == {text: "page_number"}


def test_bare_numbers_are_page_numbers_where_they_count_the_pages():
    pages = [make_page("本文です。", number=n, lines=[page_number_line(str(n + 176))]) for n in range(1, 5)]
    assert kinds(pages) == {n: {str(n + 176): "page_number"} for n in range(1, 5)}


def test_a_bare_number_that_counts_nothing_is_no_page_number():
    pages = [
        make_page("", number=n, lines=[page_number_line(text)])
        for n, text in enumerate(["40", "7", "91", "22"], 1)
    ]
    assert kinds(pages) == {1: {}, 2: {}, 3: {}, 4: {}}


def test_a_turned_number_in_the_margin_is_a_page_number():
    lines = [make_line("2", x=20.0, y=60.0, angle=90)]
    pages = [make_page("本文です。"), make_page("本文です。", number=2, lines=lines)]
    assert kinds(pages)[2] == {"2": "page_number"}


def test_both_halves_of_a_spread_have_their_page_number():
    pages = [
        make_page(
            "",
            number=n,
            width=1190.0,
            gutter=595.0,
            lines=[page_number_line(str(2 * n), x=50.0), page_number_line(str(2 * n + 1), x=1130.0)],
        )
        for n in range(40, 44)
    ]
    assert all(len(found) == 2 for found in kinds(pages).values())


def test_a_head_on_many_pages_runs():
    head = make_line("総務委員会資料", x=400.0, y=30.0)
    pages = [make_page(f"本文の{n}です。", number=n, lines=[head]) for n in range(1, 5)]
    assert all(found == {"総務委員会資料": "running_head"} for found in kinds(pages).values())


def test_a_foot_that_counts_the_pages_is_a_page_number():
    pages = [make_page("本文です。", number=n, lines=[page_number_line(f"予算書　{n}")]) for n in range(1, 4)]
    assert kinds(pages)[2] == {"予算書　2": "page_number"}


def test_a_unit_line_never_runs():
    unit = make_line("（単位：千円）", x=420.0, y=60.0)
    pages = [
        make_page("", number=n, lines=[unit], grids=[make_grid((60, 75, 500, 700))]) for n in range(1, 6)
    ]
    assert not any(kinds(pages).values())


def test_a_caption_or_heading_that_is_printed_again_stays_the_first_time():
    heading = make_line("10．主な継続事業", x=LEFT, y=40.0)
    pages = [make_page("本文です。", number=n, lines=[heading]) for n in range(1, 4)]
    assert kinds(pages) == {1: {}, 2: {heading.raw: "running_head"}, 3: {heading.raw: "running_head"}}


def test_the_marks_of_reports_do_not_run():
    pages = [make_page(f">報告資料Ｎｏ．{n}\n報告第{n}号", number=n) for n in range(1, 6)]
    assert not any(kinds(pages).values())


def test_headings_that_count_do_not_run():
    pages = [make_page(f"{n}　地区別の件数", number=n) for n in range(1, 6)]
    assert not any(kinds(pages).values())


def test_text_in_the_middle_of_the_page_does_not_run():
    line = make_line("以上のとおりです。", x=LEFT, y=HEIGHT / 2)
    pages = [make_page("", number=n, lines=[line]) for n in range(1, 6)]
    assert not any(kinds(pages).values())


@pytest.mark.parametrize(
    ("text", "second"), [("(款) 02　総務費", {}), ("主な事業", {"主な事業": "running_head"})]
)
def test_a_caption_is_given_back_where_another_table_begins(text, second):
    box = (60.0, 75.0, 500.0, 700.0)
    head = make_line(text, x=LEFT, y=60.0)
    pages = [make_page("", number=n, lines=[head], grids=[make_grid(box)]) for n in range(1, 5)]
    running = give_back_captions(pages, find_running(pages), [(1, box), (2, box)])
    raws = [{pages[n].lines[i].raw: one.kind for i, one in running[n + 1].items()} for n in (0, 1, 2)]
    assert raws == [{}, second, {text: "running_head"}]


def test_the_date_and_the_department_of_one_page_reports_do_not_run():
    text = "報告第{}号\n^件{}について\n>令和６年７月１９日\n>総務部区政情報課"
    pages = [make_page(text.format(n, "甲乙丙丁"[n - 1]), number=n) for n in range(1, 5)]
    assert not any(kinds(pages).values())


def test_a_date_printed_again_on_the_pages_of_one_report_runs_from_its_second_time_on():
    text = "報告第１号\n>令和６年７月１９日\n\n本文の{}です。"
    pages = [make_page(text.format(n), number=n) for n in range(1, 4)]
    assert [list(found) for found in kinds(pages).values()] == [
        [],
        ["報告第１号", "令和６年７月１９日"],
        ["報告第１号", "令和６年７月１９日"],
    ]
