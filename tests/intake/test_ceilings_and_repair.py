from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from extract import Config, convert
from extract.config import IntakeConfig
from extract.errors import InputDamaged, TooManyCharacters, TooManyObjects
from extract.flow import UNREAD
from extract.intake import open_source, pdf_file, repair

ANY = IntakeConfig()
HOSTILE = Path(__file__).parents[2] / "fixtures" / "hostile"


@pytest.fixture
def crowded(tmp_path, make_pdf) -> Path:
    """Give a document whose second page has far more characters and drawing objects than the others."""
    path = make_pdf(tmp_path / "a.pdf", ["one", "two", "three"])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[1]
        page.contents_add(pdf.make_stream(b"BT /F1 9 Tf 72 700 Td (" + b"x" * 300 + b") Tj ET"))
        page.contents_add(pdf.make_stream(b"0 0 m 9 9 l S\n" * 40))
        pdf.save()
    return path


@pytest.mark.parametrize(
    ("limit", "most", "error"),
    [("max_characters", 100, TooManyCharacters), ("max_objects", 20, TooManyObjects)],
)
def test_a_page_over_a_ceiling_is_refused_and_the_others_are_read(crowded, limit, most, error):
    source = open_source(crowded, config=IntakeConfig(**{limit: most}))
    (notice,) = source.refused
    assert (notice.code, notice.page) == ("page.over-limit", 2)
    assert dict(notice.details)["option"] == limit.replace("_", "-")
    outcome = convert(crowded, config=Config(**{limit: most}))
    assert (outcome.status, outcome.pages.converted, outcome.pages.failed) == ("partial", 2, 1)
    assert [f.page for f in outcome.document.findings if f.code in UNREAD] == [2]
    with pytest.raises(error, match=f"--{limit.replace('_', '-')}"):
        open_source(crowded, config=IntakeConfig(pages=((2, 2),), **{limit: most}))


def without_type(path: Path, target: Path) -> Path:
    """Give a document whose second page does not say that it is one: only some readers take it for a page."""
    content = path.read_bytes()
    place = [n for n in range(len(content)) if content.startswith(b"/Type /Page\n", n)][1]
    target.write_bytes(content[:place] + b"/Tipe /Page\n" + content[place + 12 :])
    return target


def test_where_two_readers_count_differently_the_file_is_repaired(tmp_path, make_pdf):
    path = without_type(make_pdf(tmp_path / "a.pdf", ["one", "two", "three"]), tmp_path / "b.pdf")
    source = open_source(path, config=ANY)
    assert source.page_count == 3
    assert [notice.code for notice in source.notices] == ["source.repaired"]
    texts = [page.number for page in convert(path).document.source.pages]
    assert texts == [1, 2, 3]


def test_where_repair_does_not_help_the_disagreement_is_said(tmp_path, make_pdf, monkeypatch):
    path = without_type(make_pdf(tmp_path / "a.pdf", ["one", "two", "three"]), tmp_path / "b.pdf")
    monkeypatch.setattr(pdf_file, "repair_pdf", lambda *_args, **_options: None)
    monkeypatch.setattr(pdf_file, "copy_pages", lambda *_args, **_options: None)
    source = open_source(path, config=ANY)
    (notice,) = source.notices
    assert notice.code == "source.page-counts-disagree"
    assert dict(notice.details) == {"first": "3", "second": "2"}


def tree_first(pages: int) -> bytes:
    """Give a document whose page tree lies before its pages, as far as its last page goes."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(pages))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Count %d /Kids [%s] >>"
        % (pages, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(pages):
        text = b"BT /F 12 Tf 72 720 Td (Page %d) Tj ET" % (number + 1)
        bodies.append(b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (5 + 2 * number))
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    return b"%PDF-1.7\ntrailer\n<< /Root 1 0 R >>\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(bodies, start=1)
    )


def test_what_is_left_of_a_cut_file_is_read_and_the_loss_is_said(tmp_path):
    content = tree_first(30)
    path = tmp_path / "a.pdf"
    path.write_bytes(content[: content.index(b"(Page 21)")])
    source = open_source(path, config=ANY)
    repaired, cut = source.notices
    assert (repaired.code, dict(repaired.details)["before"]) == ("source.repaired", "30")
    assert (cut.code, dict(cut.details)["count"]) == ("source.cut-off", str(source.page_count))
    outcome = convert(path)
    assert outcome.status == "partial"
    assert outcome.pages.converted >= 20
    assert outcome.pages.converted + outcome.pages.failed == source.page_count
    assert "source.cut-off" in [finding.code for finding in outcome.document.findings]


def test_a_repair_that_grows_like_a_bomb_is_none(tmp_path, make_pdf, monkeypatch):
    path = make_pdf(tmp_path / "a.pdf")
    assert repair.repair_pdf(path, password=None) is not None
    monkeypatch.setattr(repair, "ALWAYS_ALLOWED", 100)
    monkeypatch.setattr(repair, "MAX_GROWTH", 0)
    assert repair.repair_pdf(path, password=None) is None


def test_what_cannot_be_repaired_is_damaged():
    with pytest.raises(InputDamaged):
        open_source(HOSTILE / "cut.pdf", config=ANY)  # the page tree was at its end
