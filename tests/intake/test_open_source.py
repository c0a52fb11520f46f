from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from extract.config import IntakeConfig
from extract.errors import (
    InputDamaged,
    InputDynamicForm,
    InputEmpty,
    InputEncrypted,
    InputError,
    InputMissing,
    InputPasswordWrong,
    InputTooLarge,
    InputUnsupported,
    UsageError,
)
from extract.intake import open_source

ANY = IntakeConfig()


def encrypted(source: Path, target: Path, **options: object) -> Path:
    with pikepdf.open(source) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(**options))
    return target


def test_a_pdf_is_opened_hashed_and_counted(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "報告.pdf", ["a", "b", "c"])
    source = open_source(path, config=ANY)
    assert source.name == "報告.pdf"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.bytes == path.stat().st_size
    assert source.media_type == "application/pdf"
    assert (source.page_count, source.page_numbers) == (3, (1, 2, 3))
    assert source.created == "2000-01-01T00:00:00+00:00"
    assert source.notices == ()


def test_pages_are_chosen_ascending_and_once(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf", "abcdefgh")
    source = open_source(path, config=IntakeConfig(pages=((7, 7), (1, 3), (2, 2))))
    assert source.page_numbers == (1, 2, 3, 7)
    assert source.page_count == 8


def test_pages_beyond_the_end_are_said(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf", "ab")
    source = open_source(path, config=IntakeConfig(pages=((2, 999_999_999),)))
    assert source.page_numbers == (2,)
    assert [notice.code for notice in source.notices] == ["source.pages-beyond-end"]


def test_none_of_the_pages_is_a_wrong_argument(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf", "ab")
    with pytest.raises(UsageError, match="2 pages"):
        open_source(path, config=IntakeConfig(pages=((3, 4),)))


def test_the_type_is_told_by_content(tmp_path):
    path = tmp_path / "a.pdf"
    Image.new("1", (30, 20)).save(path, "PNG")
    assert open_source(path, config=ANY).media_type == "image/png"


@pytest.mark.parametrize(("kind", "suffix"), [("TIFF", "tif"), ("JPEG", "jpg"), ("PNG", "png")])
def test_pictures_have_one_page_a_frame(tmp_path, kind, suffix):
    path = tmp_path / f"a.{suffix}"
    more = {"save_all": True, "append_images": [Image.new("L", (20, 30))]} if kind == "TIFF" else {}
    Image.new("L", (30, 20)).save(path, kind, **more)
    source = open_source(path, config=ANY)
    assert source.page_count == (2 if kind == "TIFF" else 1)
    assert source.media_type == f"image/{kind.lower()}"


def test_junk_before_the_header_is_allowed(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf")
    path.write_bytes(b"\n" * 900 + path.read_bytes())
    assert open_source(path, config=ANY).page_count == 1


def test_a_password_for_opening_is_asked_for(tmp_path, make_pdf):
    path = encrypted(make_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf", user="鍵", owner="o", R=6)
    with pytest.raises(InputEncrypted, match="password-file"):
        open_source(path, config=ANY)
    with pytest.raises(InputPasswordWrong):
        open_source(path, config=IntakeConfig(password="x"))
    source = open_source(path, config=IntakeConfig(password="鍵"))
    assert source.password == "鍵"
    assert "鍵" not in repr(source)


def test_an_owners_restriction_opens_and_is_said(tmp_path, make_pdf):
    plain = make_pdf(tmp_path / "a.pdf")
    path = encrypted(plain, tmp_path / "b.pdf", owner="o", allow=pikepdf.Permissions(extract=False))
    source = open_source(path, config=ANY)
    assert [notice.code for notice in source.notices] == ["source.text-extraction-restricted"]
    allowed = encrypted(plain, tmp_path / "c.pdf", owner="o", allow=pikepdf.Permissions(extract=True))
    assert open_source(allowed, config=ANY).notices == ()


def test_a_dynamic_form_is_refused(tmp_path, make_pdf):
    path = tmp_path / "form.pdf"
    with pikepdf.open(make_pdf(tmp_path / "a.pdf")) as pdf:
        template = pdf.make_stream(b"<template/>")
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=["template", template])
        pdf.Root.NeedsRendering = True
        pdf.save(path)
    with pytest.raises(InputDynamicForm):
        open_source(path, config=ANY)


@pytest.mark.parametrize("before", [b"", b"%PDF-1.7\n"], ids=["first", "after-a-damaged-file"])
def test_a_tree_without_pages_is_empty(tmp_path, before):
    if before:
        (tmp_path / "damaged.pdf").write_bytes(before)
        with pytest.raises(InputDamaged):
            open_source(tmp_path / "damaged.pdf", config=ANY)
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.save(path)
    with pytest.raises(InputEmpty):
        open_source(path, config=ANY)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", "報告第367号\n".encode()])
def test_other_content_is_unsupported_whatever_the_name(tmp_path, content):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(InputUnsupported):
        open_source(path, config=ANY)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nnothing", b"\x89PNG\r\n\x1a\nnothing", b"II*\x00\xff\xff\xff\xff"]
)
def test_a_header_without_a_body_is_damaged(tmp_path, content):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(InputDamaged):
        open_source(path, config=ANY)


def test_a_folder_a_pipe_and_a_device_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (tmp_path, tmp_path / "pipe.pdf", Path("/dev/zero")):
        with pytest.raises(InputUnsupported):
            open_source(path, config=ANY)


@pytest.mark.parametrize("name", ["missing.pdf", "a.pdf/b.pdf", "x" * 300, "nul\0.pdf"])
def test_what_is_not_there_is_an_input_error(tmp_path, make_pdf, name):
    make_pdf(tmp_path / "a.pdf")
    with pytest.raises(InputError) as caught:
        open_source(tmp_path / name, config=ANY)
    assert isinstance(caught.value, InputMissing) == (name in ("missing.pdf", "a.pdf/b.pdf"))


def test_limits(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "a.pdf", "abc")
    with pytest.raises(InputTooLarge, match="pages"):
        open_source(path, config=IntakeConfig(max_pages=2))
    with pytest.raises(InputTooLarge, match="bytes"):
        open_source(path, config=IntakeConfig(max_bytes=100))
    picture = tmp_path / "a.png"
    Image.new("1", (100, 100)).save(picture)
    with pytest.raises(InputTooLarge, match="pixels"):
        open_source(picture, config=IntakeConfig(max_pixels=9_999))


def test_a_name_in_another_encoding_becomes_text(tmp_path, make_pdf):
    plain = make_pdf(tmp_path / "a.pdf")
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "報告.pdf".encode("cp932")))
    plain.rename(path)
    source = open_source(path, config=ANY)
    source.name.encode("utf-8")
    assert source.name.endswith(".pdf")
