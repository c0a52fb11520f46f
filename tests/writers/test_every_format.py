"""Every format from a file, as the command writes them."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from extract import Config, convert_many
from extract.cli import main
from extract.flow import check_formats
from extract.writers import as_parquet, writer_names

PACKET = Path(__file__).parent.parent.parent / "fixtures" / "budget-three-levels"
EVERY = ",".join(writer_names()[:6])


@pytest.fixture
def source(tmp_path) -> Path:
    (found,) = PACKET.glob("*.pdf")
    (tmp_path / "in" / "2024").mkdir(parents=True)
    (tmp_path / "in" / "2024" / "予算.pdf").write_bytes(found.read_bytes())
    return tmp_path / "in"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "ledger.sqlite" and not path.name.startswith(".")
    }


def test_all_formats_come_together_and_again_the_same(source, tmp_path):
    pytest.importorskip("pyarrow", reason="the extra hokoku[parquet] is not installed")
    words = ["convert", str(source), "--to", EVERY, "--quiet"]
    assert main([*words, "-o", str(tmp_path / "a")]) == 0
    first = files_in(tmp_path / "a")
    names = [name for name in first if not name.startswith("facts.parquet/")]
    assert names == [f"2024/予算.pdf.{suffix}" for suffix in ("csv", "html", "json", "md", "xlsx")]
    (member,) = first.keys() - set(names)
    assert member.startswith("facts.parquet/2024__予算.pdf~")
    assert b"data:image/webp;base64," in first["2024/予算.pdf.html"]
    assert main([*words, "-o", str(tmp_path / "b")]) == 0
    assert files_in(tmp_path / "b") == first
    assert main(["verify", str(tmp_path / "a")]) == 0
    assert main([*words, "-o", str(tmp_path / "a")]) == 0
    assert files_in(tmp_path / "a") == first


def test_an_unknown_format_is_said_before_anything_is_done(source, tmp_path, capsys):
    assert main(["convert", str(source), "-o", str(tmp_path / "out"), "--to", "json,docx"]) == 2
    said = capsys.readouterr().err
    assert "出力形式 docx はありません。使えるのは json、xlsx、html、md、csv、parquet" in said
    assert not (tmp_path / "out").exists()


def test_without_pyarrow_nothing_is_begun(source, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(as_parquet, "find_spec", lambda _: None)
    assert main(["convert", str(source), "-o", str(tmp_path / "out"), "--to", "parquet"]) == 4
    assert "pip install 'hokoku[parquet]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_every_format_but_parquet_needs_no_extra(monkeypatch):
    monkeypatch.setattr(as_parquet, "find_spec", lambda _: None)
    check_formats([name for name in writer_names() if name != "parquet"])


def test_the_data_set_of_a_store_lies_in_the_store(source, tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="the extra hokoku[cluster] is not installed")
    pytest.importorskip("pyarrow", reason="the extra hokoku[parquet] is not installed")
    url = f"memory://{uuid.uuid4().hex}"
    config = Config(formats=("parquet",))
    (outcome,) = convert_many([source], url, config=config)
    assert outcome.status == "ok"
    system, root = fsspec.core.url_to_fs(url)
    (member,) = system.find(f"{root}/facts.parquet")
    assert [one.resumed for one in convert_many([source], url, config=config)] == [True]
    list(convert_many([source], tmp_path / "here", config=config))
    (here,) = (tmp_path / "here" / "facts.parquet").iterdir()
    assert (here.name, here.read_bytes()) == (Path(member).name, system.cat_file(member))
