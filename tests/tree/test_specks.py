"""What a scan does to a paragraph: a speck between two lines, and a last line whose few letters look smaller."""

from __future__ import annotations

import pytest
from text_pages import LEFT, PITCH, SIZE, TOP, make_line, make_page

from extract.tree.margins import items_to_margins
from extract.tree.outline import lines_to_block
from extract.tree.paragraphs import items_to_pieces
from extract.tree.printed import pages_to_items

FULL = "走行中の自動車に道路の側溝の蓋の不備により損傷を与えたため地方自治法の規定に基づき議会"
NEXT = "において指定されている事項について専決処分をしたので、同条第二項の規定に基づき議会に報"


def line(raw, row, *, x=LEFT, size=SIZE):
    return make_line(raw[:40], x=x, y=TOP + PITCH * row, size=size)


def blocks(*lines):
    items = pages_to_items([make_page("", lines=lines)], running={}, tables=[], kinds={})
    pieces = items_to_pieces(items, items_to_margins(items))
    return [
        (block.raw, block.text) for block in (lines_to_block("paragraph", piece.lines) for piece in pieces)
    ]


def speck(raw="・", row=0.5):
    return make_line(raw, x=300.0, y=TOP + PITCH * row, size=SIZE)


def test_a_speck_between_two_lines_of_a_sentence_does_not_part_them():
    above, mark, below, last = line(FULL, 0), speck(), line(NEXT, 1), line("告する。", 2)
    assert blocks(above, mark, below, last) == [
        (
            "\n".join(one.raw for one in (above, mark, below, last)),
            above.text + below.text + last.text,
        )
    ]


@pytest.mark.parametrize("raw", ["。", "一", "1"])
def test_a_letter_or_a_closing_mark_is_no_speck(raw):
    assert len(blocks(line(FULL, 0), speck(raw), line(NEXT, 1), line("告する。", 2))) > 1


def test_a_speck_after_a_finished_sentence_stands_alone():
    found = blocks(line("　議会に報告する。", 0), speck(row=1), line("　" + FULL, 2), line("とする。", 3))
    assert "・" in [raw for raw, _ in found]


@pytest.mark.parametrize(("size", "count"), [(SIZE * 0.78, 1), (SIZE * 0.6, 2)])
def test_the_end_of_a_sentence_in_slightly_smaller_letters_belongs_to_it(size, count):
    lines = [
        line(FULL, 0),
        line(NEXT, 1),
        make_line("告する。", x=LEFT, y=TOP + 2 * PITCH + SIZE - size, size=size),
    ]
    assert len(blocks(*lines)) == count


def test_smaller_print_below_that_ends_no_sentence_is_a_text_of_its_own():
    lines = [
        line(FULL, 0),
        line(NEXT, 1),
        make_line("資料は別紙", x=LEFT, y=TOP + 2 * PITCH + 2, size=SIZE * 0.78),
    ]
    assert len(blocks(*lines)) == 2
