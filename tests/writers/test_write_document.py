from __future__ import annotations

import errno
import os
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from written_documents import cell, document, rich_document, table

from extract.errors import OutputError, UsageError
from extract.writers import base, json_to_document, write_document, writer_names

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def everything_under(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_the_files_keep_the_whole_name_of_the_input(tmp_path):
    paths = write_document(
        rich_document(), tmp_path / "2024" / "packet.pdf", formats=("json", "xlsx"), language="ja"
    )
    assert paths == (tmp_path / "2024" / "packet.pdf.json", tmp_path / "2024" / "packet.pdf.xlsx")
    assert everything_under(tmp_path) == [tmp_path / "2024", *paths]


def test_the_same_document_gives_the_same_bytes(tmp_path):
    first = write_document(rich_document(), tmp_path / "a", formats=("json", "xlsx"), language="ja")
    again = write_document(rich_document(), tmp_path / "b", formats=("json", "xlsx"), language="ja")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_files_may_be_read_by_others_as_far_as_the_mask_allows(tmp_path):
    (path,) = write_document(rich_document(), tmp_path / "a", formats=("json",), language="ja")
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_full_disk_leaves_the_old_files_and_nothing_else(tmp_path, monkeypatch):
    base_path = tmp_path / "packet.pdf"
    paths = write_document(rich_document(), base_path, formats=("json", "xlsx"), language="ja")
    before = [path.read_bytes() for path in paths]
    calls = []

    def full_at_second(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise FULL

    monkeypatch.setattr(os, "fsync", full_at_second)
    with pytest.raises(OutputError) as caught:
        write_document(
            replace(rich_document(), status="ok"), base_path, formats=("json", "xlsx"), language="ja"
        )
    assert caught.value.exit_code == 7
    assert "No space left" in str(caught.value)
    assert everything_under(tmp_path) == sorted(paths)
    assert [path.read_bytes() for path in paths] == before


def test_when_the_second_file_cannot_be_put_the_first_is_the_old_one_again(tmp_path, monkeypatch):
    base_path = tmp_path / "packet.pdf"
    paths = write_document(rich_document(), base_path, formats=("json", "xlsx"), language="ja")
    before = [path.read_bytes() for path in paths]
    replace_file = Path.replace

    def refused(self, target):
        if Path(target).suffix == ".xlsx" and not refusals:
            refusals.append(self)
            raise PermissionError(errno.EACCES, "open in another program")
        return replace_file(self, target)

    refusals: list[Path] = []
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match="open in another program"):
        write_document(
            replace(rich_document(), status="ok"), base_path, formats=("json", "xlsx"), language="ja"
        )
    assert everything_under(tmp_path) == sorted(paths)
    assert [path.read_bytes() for path in paths] == before


def test_a_single_file_that_cannot_be_put_leaves_the_old_one(tmp_path, monkeypatch):
    (path,) = write_document(rich_document(), tmp_path / "a", formats=("json",), language="ja")
    before = path.read_bytes()

    def refused(*_: Path) -> None:
        raise PermissionError(errno.EACCES, "open in another program")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match="open in another program"):
        write_document(document([]), tmp_path / "a", formats=("json",), language="ja")
    assert everything_under(tmp_path) == [path]
    assert path.read_bytes() == before


def test_an_interruption_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_document(rich_document(), tmp_path / "new" / "deep" / "a", formats=("json",), language="ja")
    assert everything_under(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_an_output_error(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="Permission denied"):
            write_document(rich_document(), tmp_path / "sub" / "a", formats=("json",), language="ja")
    finally:
        tmp_path.chmod(0o700)
    assert everything_under(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder where even root may not write")
def test_a_folder_where_nobody_may_write_is_an_output_error():
    with pytest.raises(OutputError) as caught:
        write_document(rich_document(), Path("/proc/hokoku/a"), formats=("json", "xlsx"), language="ja")
    assert caught.value.exit_code == 7


def test_a_file_where_a_folder_should_be_is_an_output_error(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError):
        write_document(rich_document(), tmp_path / "out" / "a", formats=("json",), language="ja")
    assert everything_under(tmp_path) == [tmp_path / "out"]


def test_a_folder_where_the_file_should_be_is_an_output_error(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(OutputError, match="a folder has this name"):
        write_document(rich_document(), tmp_path / "a", formats=("json", "xlsx"), language="ja")
    assert everything_under(tmp_path) == [tmp_path / "a.xlsx"]


def test_a_name_that_is_too_long_is_an_output_error(tmp_path):
    with pytest.raises(OutputError):
        write_document(rich_document(), tmp_path / ("長" * 90), formats=("json", "xlsx"), language="ja")
    assert everything_under(tmp_path) == []


def test_a_lone_surrogate_costs_a_finding_and_not_the_document(tmp_path):
    broken = document([table("t1", [cell("t1", 0, 0, "a\ud83db\udc00", text="\ud83d")], caption="\udfff")])
    path, _ = write_document(broken, tmp_path / "a", formats=("json", "xlsx"), language="ja")
    read = json_to_document(path.read_bytes())
    assert read.tables[0].cells[0].raw == "a\ufffdb\ufffd"
    assert [(finding.code, "4 字" in finding.message) for finding in read.findings] == [
        ("text.lone-surrogate", True)
    ]


def test_an_unknown_format_is_a_usage_error_before_anything_is_written(tmp_path):
    with pytest.raises(UsageError, match="docx; there are json, xlsx, html, md, csv, parquet"):
        write_document(rich_document(), tmp_path / "out" / "a", formats=("json", "docx"), language="ja")
    assert everything_under(tmp_path) == []


class CountWriter:
    suffix = ".count.txt"

    def write(self, one, stream, *, language):
        stream.write(f"{language} {len(one.tables)}".encode())


def test_a_plug_in_writes_beside_the_built_in_ones(tmp_path, monkeypatch):
    entry_point = EntryPoint("count", f"{__name__}:CountWriter", base.ENTRY_POINT_GROUP)
    monkeypatch.setattr(base, "entry_points", lambda **_: [entry_point])
    paths = write_document(rich_document(), tmp_path / "a.pdf", formats=("json", "count"), language="en")
    assert paths[1].name == "a.pdf.count.txt"
    assert paths[1].read_text() == "en 3"
    assert writer_names() == ("json", "xlsx", "html", "md", "csv", "parquet", "count")


def test_what_is_no_writer_is_refused(tmp_path, monkeypatch):
    entry_point = EntryPoint("odd", "builtins:dict", base.ENTRY_POINT_GROUP)
    monkeypatch.setattr(base, "entry_points", lambda **_: [entry_point])
    with pytest.raises(UsageError, match="no suffix and write"):
        write_document(rich_document(), tmp_path / "a", formats=("odd",), language="ja")


def test_no_metadata_is_read_for_the_built_in_ones(monkeypatch):
    monkeypatch.setattr(base, "entry_points", None)
    assert base.find_writer("json").suffix == ".json"
    assert base.find_writer("xlsx").suffix == ".xlsx"
