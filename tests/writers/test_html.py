"""The page: everything on it, nothing that runs, every link leads somewhere."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace

import pytest
from html_pages import to_page
from written_documents import (
    BOX,
    HOSTILE,
    cell,
    checked_document,
    document,
    large_document,
    rich_document,
    table,
    three_level_table,
    with_readings,
    with_statement,
)

from extract.config import Config
from extract.document import Block, Document, Report, Section, SourcePage
from extract.engines.pictures import MOST_PIXELS, PagePictures
from extract.intake import open_source
from extract.writers import write_document
from extract.writers.html import HtmlWriter, sheets
from extract.writers.surrogates import document_without_surrogates

ATTACKS = [
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "\"><svg onload=document.title='run'>",
    "' onmouseover='x",
    "javascript:alert(1)",
    "</style><script>x</script>",
    "</title><script>x</script>",
    "]]><!-- --!> <!--",
    "&lt;script&gt; &amp;",
    "\x00\x08\x0b\x1b\x7f",
    "\ud83d\udfff",
    "\u202e<b>",
    "a\r\nb\rc",
]


def attacked() -> Document:
    """A document whose every text is an attack in turn."""
    number = 0

    def bad(*_: object) -> str:
        nonlocal number
        number += 1
        return ATTACKS[number % len(ATTACKS)]

    cells = [
        replace(cell("t1", row, 0, text, text=text, needs_review=row % 2 == 0), unit=bad())
        for row, text in enumerate(ATTACKS + HOSTILE)
    ]
    made = table("t1", cells, headers=(1, 1), caption=bad(), unit=bad(), as_of=bad(), notes=(bad(), bad()))
    blocks = tuple(Block("paragraph", text, text, 1, BOX, None) for text in ATTACKS)
    blocks += tuple(
        Block(kind, bad(), bad(), 1, BOX, None) for kind in ("caption", "unit", "title", "date", "department")
    )
    inner = Section("r1s2", 2, bad(), bad(), bad(), 1, BOX, (), ())
    section = Section(
        "r1s1", 1, bad(), bad(), bad(), 1, BOX, (*blocks, Block("table", "", "", 1, BOX, "t1")), (inner,)
    )
    entities = tuple(
        replace(one, text=text, value=bad(), unit=bad())
        for one, text in zip(with_statement().reports[0].entities, ATTACKS, strict=False)
    )
    report = Report("r1", 1, 2, bad(), bad(), bad(), (bad(), bad()), (1, 1), (section,), entities)
    made_document = document([made], reports=[report])
    source = replace(made_document.source, name=ATTACKS[0], created=bad())
    return replace(made_document, source=source)


@pytest.mark.parametrize(
    "make",
    [rich_document, checked_document, with_statement, attacked, lambda: document([])],
    ids=lambda m: m.__name__,
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_link_leads_somewhere_and_every_place_is_once(make, language):
    one = make()
    page = to_page(write_clean(one), language=language)
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    links = [values["href"] for values in page.of("a")]
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} - set(page.ids) == set()
    assert (page.open, page.crossed) == ([], [])


def write_clean(one: Document) -> Document:
    return document_without_surrogates(one, language="ja")


def test_nothing_of_a_text_becomes_an_element_or_an_attribute():
    page = to_page(write_clean(attacked()))
    assert not {"script", "iframe", "object", "embed", "form", "link", "base"} & {
        tag for tag, _ in page.elements
    }
    names = {name for _, values in page.elements for name in values}
    assert not [name for name in names if name.startswith("on") or name in {"style", "srcdoc", "xlink:href"}]
    assert all(values["src"].startswith("data:image/webp;base64,") for values in page.of("img"))
    for attack in ATTACKS[:9]:
        assert attack in page.text
    assert "␀␈␋␛␡" in page.text
    assert "\ufffd\ufffd" in page.text


def test_the_policy_lets_nothing_in_but_its_own_style_and_pictures():
    (policy,) = [
        values["content"]
        for values in to_page(rich_document()).of("meta")
        if values.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.pop("style-src").startswith("'sha256-")
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_spans_headers_and_scopes_are_those_of_the_table():
    page = to_page(document([three_level_table()]))
    cells = {values["id"]: (tag, values) for tag, values in page.elements if tag in {"th", "td"}}
    assert len(cells) == len(three_level_table().cells)
    for one in three_level_table().cells:
        tag, values = cells[one.id]
        spans = int(values.get("rowspan", 1)), int(values.get("colspan", 1))
        assert (tag, spans) == ("td" if one.role == "body" else "th", (one.row_span, one.column_span))
    assert cells["t1r0c3"][1]["scope"] == "colgroup"
    assert cells["t1r3c0"][1]["scope"] == "rowgroup"
    assert cells["t1r2c4"][1]["scope"] == "col"
    assert len(page.of("thead")) == 1
    assert [note for note in three_level_table().notes if note not in page.text] == []


def test_a_span_out_of_the_header_is_not_cut():
    cells = [
        cell("t1", 0, 0, "あ", spans=(2, 1), role="row_header"),
        cell("t1", 0, 1, "年度", role="column_header"),
        cell("t1", 1, 1, "1", value=1),
    ]
    assert to_page(document([table("t1", cells)])).of("thead") == []


def test_a_number_and_its_place_lead_to_each_other():
    page = to_page(document([three_level_table()]))
    places = {
        values["id"]: values["href"] for values in page.of("a") if values.get("id", "").startswith("at-")
    }
    numbers = [one.id for one in three_level_table().cells if one.kind == "number"]
    assert all(places[f"at-{name}"] == f"#{name}" for name in numbers)
    hrefs = {values["href"] for values in page.of("a")}
    assert {f"#at-{name}" for name in numbers} <= hrefs


def test_a_state_is_said_in_words():
    one = rich_document()
    page = to_page(one)
    by_id = {values["id"]: values for tag, values in page.elements if tag in {"td", "th"}}
    assert by_id["t2r5c1"]["class"] == "n conflict"
    assert "1億2,345万円" in by_id["t2r5c1"]["title"] or "１億２，３４５万円" in by_id["t2r5c1"]["title"]
    text = re.sub(r"\s+", " ", page.text)
    assert "１億２，３４５万円不一致" in text
    assert "(1,200)要確認" in text
    assert "124,000,000✓" in text
    assert "3.30%補正" in text
    assert "読み取れなかったページがあります" in text


def test_other_readings_are_shown_where_a_person_decides():
    doubtful = with_readings(cell("t1", 0, 0, "8", value=8))
    text = to_page(document([table("t1", [doubtful], headers=(0, 0))])).text
    assert "他の読み：B (30%), 6 (5%)" in text


def test_checks_stand_under_their_table_with_links():
    page = to_page(checked_document())
    assert "検算 7 件（成立 6、不成立 1）" in page.text
    assert "× 不成立" in page.text
    assert "32,345 ＝ 12,345 ＋ 23,456 ＋ −3,456計算値 32,345" not in page.text
    assert "32,345 ＝ 12,345 ＋ 23,456 ＋ −3,456" in page.text
    assert "ほか 888 件" in page.text


def test_every_paragraph_and_heading_of_the_prose_is_there_once():
    text = to_page(with_statement()).text
    assert re.findall(r"^本文$", text, re.MULTILINE) == ["本文"]
    assert text.count("1　概要") == 2  # the outline and the heading


def test_entities_are_links_in_the_text_and_a_list():
    one = with_statement()
    sentence = "28か所に統合端末を設置している（表1、法第68条第2項）。"
    report = one.reports[0]
    section = replace(report.sections[0], content=(Block("paragraph", sentence, sentence, 1, BOX, None),))
    entities = tuple(report.entities[n] for n in (0, 4, 1))
    one = replace(one, reports=(replace(report, sections=(section,), entities=entities),))
    page = to_page(one)
    classes = [values["class"] for values in page.of("a") if values.get("class", "").startswith("entity")]
    assert classes == ["entity quantity", "entity reference", "entity law"]
    (reference,) = [values for values in page.of("a") if values.get("class") == "entity reference"]
    assert reference["href"] == "#t1"
    assert sentence in page.text
    assert "個人情報の保護に関する法律第68条第2項" in page.text


def test_personal_data_is_marked():
    assert "個人情報の可能性" in to_page(with_statement()).text


def test_pictures_lie_in_the_page_and_are_bounded(monkeypatch):
    monkeypatch.setattr(sheets, "PICTURES_LIMIT", 5)
    asked: list[int] = []

    def draw(page: SourcePage) -> bytes:
        asked.append(page.number)
        return b"1234"

    page = to_page(rich_document(), draw=draw)
    assert asked == [1, 2]
    assert len(page.of("img")) == 2
    assert "画像の大きさの上限" in page.text
    assert len(page.of("svg")) == 3


def test_a_page_that_cannot_be_drawn_says_so():
    page = to_page(rich_document(), draw=lambda _: None)
    assert page.of("img") == []
    assert page.text.count("このページの画像はありません") == 3


def test_the_same_document_gives_the_same_page(tmp_path):
    paths = [
        write_document(
            with_statement(), tmp_path / name, formats=("html",), language="ja", draw=lambda _: b"x"
        )[0]
        for name in "ab"
    ]
    assert paths[0].name == "a.html"
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_large_documents_keep_their_size_in_bounds():
    stream = io.BytesIO()
    one = large_document(tables=20, rows=40, columns=8)
    HtmlWriter().write(one, stream, language="ja")
    cells = sum(len(made.cells) for made in one.tables)
    assert len(stream.getvalue()) < 400 * cells


def test_pages_are_drawn_upright_and_in_bounds(make_pdf, tmp_path):
    path = make_pdf(tmp_path / "a.pdf", ["page one", "page two"])
    source = open_source(path, config=Config().intake())
    frame = SourcePage(2, 595.28, 841.89, "text-layer", 0, None, None, ())
    with PagePictures(lambda: source) as pictures:
        picture = pictures.draw(frame)
        turned = pictures.draw(replace(frame, rotation=90, width=841.89, height=595.28))
        assert pictures.draw(replace(frame, number=9)) is None
    assert picture is not None
    assert turned is not None
    assert (picture[:4], picture[8:12]) == (b"RIFF", b"WEBP")
    sizes = [webp_size(one) for one in (picture, turned)]
    assert sizes[0] == sizes[1][::-1]
    assert max(sizes[0]) <= MOST_PIXELS


def webp_size(content: bytes) -> tuple[int, int]:
    """Read width and height of a lossy WebP picture (RFC 6386, section 9.1)."""
    width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width, height


def test_a_source_that_is_gone_costs_pictures_and_no_document(tmp_path):
    config = Config().intake()
    with PagePictures(lambda: open_source(tmp_path / "gone.pdf", config=config)) as pictures:
        assert pictures.draw(SourcePage(1, 595.0, 842.0, "text-layer", 0, None, None, ())) is None
