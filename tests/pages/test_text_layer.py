from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from extract.document import Source
from extract.pages import read_pages

A4 = (595.0, 842.0)


@pytest.fixture(scope="session", autouse=True)
def _japanese_font():
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))


@pytest.fixture
def draw(tmp_path):
    """Draw a page with reportlab and read it back: ``draw(painter)`` gives the Page."""

    def drawn(painter, size=A4):
        path = tmp_path / "page.pdf"
        c = canvas.Canvas(str(path), pagesize=size)
        c.setFont("HeiseiMin-W3", 10)
        painter(c)
        c.save()
        return next(iter(read_pages(source_of(path))))

    return drawn


def source_of(path: Path, pages: tuple[int, ...] = (1,)) -> Source:
    return Source(path, path.name, "", 0, "application/pdf", len(pages), pages, None)


def test_words_lie_at_their_place_from_the_top_left(draw):
    page = draw(lambda c: c.drawString(100, 742, "世田谷区"))
    (word,) = page.words
    assert word.text == "世田谷区"
    assert word.box == pytest.approx((100, 842 - 742 - 8.8, 140, 842 - 742 + 1.2), abs=0.5)


def test_a_ruling_between_two_characters_divides_the_word(draw):
    def paint(c):
        c.drawString(100, 700, "41,186")
        c.drawString(130, 700, "11.役務費")
        c.line(130, 690, 130, 720)

    assert [w.text for w in draw(paint).words] == ["41,186", "11.役務費"]


def test_wide_spaces_divide_and_narrow_ones_do_not(draw):
    page = draw(lambda c: c.drawString(100, 700, "令和６年　予算 概要"))
    assert [w.text for w in page.words] == ["令和６年", "予算 概要"]


def test_bold_by_double_printing_is_read_once(draw):
    def paint(c):
        c.drawString(100, 700, "合計１２３")
        c.drawString(100.3, 700, "合計１２３")

    assert [w.text for w in draw(paint).words] == ["合計１２３"]


def test_dots_and_pieces_become_one_ruling(draw):
    def paint(c):
        for i in range(100):
            c.rect(100 + 2 * i, 700, 0.7, 0.7, stroke=0, fill=1)
        for i in range(10):
            c.rect(100 + 20 * i, 600, 20, 0.8, stroke=0, fill=1)
        c.drawString(100, 650, "あ")

    rulings = sorted(draw(paint).rulings, key=lambda r: r.position)
    assert [(r.axis, round(r.end - r.start)) for r in rulings] == [("horizontal", 199), ("horizontal", 200)]


def test_edges_of_shading_are_rulings_without_ink(draw):
    def paint(c):
        c.setFillGray(0.8)
        c.rect(100, 600, 200, 20, stroke=0, fill=1)
        c.setFillGray(0)
        c.drawString(110, 605, "見出し")

    assert (
        sorted((r.axis, r.thickness) for r in draw(paint).rulings)
        == [("horizontal", 0.0)] * 2 + [("vertical", 0.0)] * 2
    )


def test_a_diagonal_line_is_a_stroke(draw):
    page = draw(lambda c: (c.line(100, 600, 160, 620), c.drawString(50, 50, "あ")))
    assert len(page.strokes) == 1
    assert page.rulings == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_printed_sideways_is_turned_upright(draw, turn):
    def paint(c):
        c.translate(300, 400)
        c.rotate(turn)
        c.drawString(0, 0, "表の題名です")
        c.drawString(0, -20, "二行目の文字")

    page = draw(paint)
    assert [w.text for w in page.words] == ["表の題名です", "二行目の文字"]
    assert all(w.angle == 0 for w in page.words)
    assert page.words[0].box[1] < page.words[1].box[1]
    assert page.words[0].box[0] == pytest.approx(page.words[1].box[0], abs=0.5)
    assert (page.frame.width > page.frame.height) == (turn != 180)
    assert page.frame.rotation == turn


def test_a_sideways_page_number_does_not_turn_the_page(draw):
    def paint(c):
        for i in range(5):
            c.drawString(100, 700 - 20 * i, "本文は横に読みます")
        c.translate(30, 400)
        c.rotate(90)
        c.drawString(0, 0, "12")

    page = draw(paint)
    assert page.frame.rotation == 0
    assert [w.angle for w in page.words if w.text == "12"] == [270]


def test_text_outside_the_page_is_reported_and_left_out(draw):
    page = draw(lambda c: (c.drawString(100, 700, "中"), c.drawString(700, 700, "外の文字")))
    assert [w.text for w in page.words] == ["中"]
    (notice,) = page.notices
    assert notice.code == "page.text-outside"
    assert dict(notice.details) == {"count": "4", "text": "外の文字"}


def test_a_page_without_anything_is_blank(draw):
    page = draw(lambda c: c.showPage())
    assert [n.code for n in page.notices] == ["page.blank"]


def test_a_page_number_beyond_the_file_is_a_failed_page_not_a_lost_one(tmp_path):
    path = tmp_path / "one.pdf"
    c = canvas.Canvas(str(path))
    c.drawString(10, 10, "x")
    c.save()
    pages = list(read_pages(source_of(path, (1, 2))))
    assert [p.frame.number for p in pages] == [1, 2]
    assert [n.code for n in pages[1].notices] == ["page.failed"]


def test_a_text_that_runs_across_a_ruling_is_marked_as_cut(draw):
    def paint(c):
        c.drawString(100, 700, "589,790円")
        c.line(115, 690, 115, 720)
        c.drawString(100, 650, "41,186")
        c.drawString(133, 650, "11")
        c.line(131, 640, 131, 670)

    assert [(w.text, w.cut) for w in draw(paint).words] == [
        ("589", True),
        (",790円", True),
        ("41,186", False),
        ("11", False),
    ]
