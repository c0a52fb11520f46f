from __future__ import annotations

import re

import pikepdf
import pytest

from extract import Config, convert, flow
from extract.document import Page
from extract.errors import (
    DependencyMissing,
    InputDamaged,
    InputEncrypted,
    InputMissing,
    ReadingError,
    UsageError,
)


def test_a_document_is_read_and_nothing_written(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf", ["Report 1", "Report 2"])
    before = sorted(tmp_path.iterdir())
    outcome = convert(path, config=Config(pages=((2, 2),)))
    assert (outcome.status, outcome.error, outcome.outputs) == ("ok", None, ())
    assert outcome.document.source.name == "a.pdf"
    assert [page.number for page in outcome.document.source.pages] == [2]
    assert sorted(tmp_path.iterdir()) == before


def test_the_producer_says_name_version_and_what_can_change_the_result(tmp_path, make_pdf):
    config = Config(password="secret", jobs=4, timeout=9)
    producer = convert(make_pdf(tmp_path / "a.pdf"), config=config).document.producer
    assert producer.name == "hokoku"
    assert re.fullmatch(r"\d+\.\d+\.\d+", producer.version)
    assert producer.engines == ()
    assert producer.config == config.public()


def test_a_text_path_will_do(tmp_path, make_pdf):
    assert convert(str(make_pdf(tmp_path / "a.pdf"))).status == "ok"


def test_the_same_input_gives_the_same_document(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf")
    assert convert(path).document == convert(path).document


def test_a_page_without_text_makes_the_document_partial_where_ocr_is_off(tmp_path):
    from PIL import Image  # noqa: PLC0415

    Image.new("L", (200, 200), 255).save(tmp_path / "scan.tif")
    outcome = convert(tmp_path / "scan.tif", config=Config(ocr="none"))
    assert (outcome.status, outcome.document.status) == ("partial", "partial")
    assert outcome.findings.error == 1
    assert [finding.code for finding in outcome.document.findings] == ["page.no-text"]


def test_a_fault_of_the_document_is_an_outcome(tmp_path):
    outcome = convert(tmp_path / "none.pdf")
    assert (outcome.status, outcome.document) == ("failed", None)
    assert isinstance(outcome.error, InputMissing)


@pytest.mark.usefixtures("without_engines")
@pytest.mark.parametrize("config", [Config(ocr="rapidocr"), Config(ocr="tesseract"), Config(force_ocr=True)])
def test_what_is_missing_is_raised_before_the_input_is_looked_at(tmp_path, config):
    with pytest.raises(DependencyMissing):
        convert(tmp_path / "none.pdf", config=config)


def test_a_page_that_does_not_come_is_not_lost_in_silence(tmp_path, make_pdf, monkeypatch):
    def all_but_the_last(source, *, config) -> list[Page]:
        return list(flow_pages(source, config=config))[:-1]

    flow_pages = flow.read_pages
    monkeypatch.setattr(flow, "read_pages", all_but_the_last)
    outcome = convert(make_pdf(tmp_path / "a.pdf", "abc"))
    assert isinstance(outcome.error, InputDamaged)
    assert "2 / 3 pages" in str(outcome.error)


@pytest.mark.parametrize("failure", [RecursionError, MemoryError])
def test_too_deep_and_too_large_are_failures_of_reading(tmp_path, make_pdf, monkeypatch, failure):
    def fail(_page) -> None:
        raise failure

    monkeypatch.setattr(flow, "page_to_layout", fail)
    outcome = convert(make_pdf(tmp_path / "a.pdf"))
    assert isinstance(outcome.error, ReadingError)
    assert failure.__name__ in str(outcome.error)


def test_a_bug_is_not_hidden_from_a_program(tmp_path, make_pdf, monkeypatch):
    def fail(_page) -> None:
        raise KeyError("bug")

    monkeypatch.setattr(flow, "page_to_layout", fail)
    with pytest.raises(KeyError):
        convert(make_pdf(tmp_path / "a.pdf"))


def test_pages_and_passwords_reach_intake(tmp_path, make_pdf):
    plain = make_pdf(tmp_path / "a.pdf")
    with pikepdf.open(plain) as pdf:
        pdf.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    assert isinstance(convert(tmp_path / "b.pdf").error, InputEncrypted)
    opened = convert(tmp_path / "b.pdf", config=Config(password="u"))
    assert opened.status == "ok"
    assert "Report 1" in repr(opened.document)
    assert isinstance(convert(plain, config=Config(pages=((9, 9),))).error, UsageError)
