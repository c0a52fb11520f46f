from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from extract import Config, convert_many
from extract.batch.storage import is_remote, url_to_local
from extract.errors import InputMissing, InputUnreadable, NoInputs

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def store(tmp_path, make_pdf) -> str:
    """Give the URL of a store that lies in this process only, with two documents and a memo in it."""
    url = f"memory://{uuid.uuid4().hex}"
    system = fsspec.filesystem("memory")
    for name in ("2023/a.pdf", "2024/報告.pdf"):
        system.pipe(
            f"{url}/{name}",
            make_pdf(tmp_path / "one.pdf", [name.encode("ascii", "replace").decode()]).read_bytes(),
        )
    system.pipe(f"{url}/memo.txt", b"memo")
    return url


def names_in(url: str) -> list[str]:
    system, root = fsspec.core.url_to_fs(url)
    return sorted(path[len(root) :].lstrip("/") for path in system.find(root))


def test_what_is_remote():
    assert [
        is_remote(text) for text in ("s3://b/x", "memory://a", "file:///a", "/a://b", "C:\\a", "a.pdf")
    ] == [
        *(True, True, False),
        *(False, False, False),
    ]
    assert url_to_local("file:///a%20b/c") == "/a b/c"


def test_a_store_is_read_and_written_like_a_folder(store):
    out = store + "-out"
    outcomes = list(convert_many([store], out))
    assert [(o.status, str(o.error)) for o in outcomes] == [("ok", "None")] * 2
    expected = [f"{name}.{kind}" for name in ("2023/a.pdf", "2024/報告.pdf") for kind in ("json", "xlsx")]
    assert names_in(out) == sorted([*expected, "ledger.sqlite"])
    assert all(o.resumed for o in convert_many([store], out))
    fsspec.filesystem("memory").rm(f"{out}/2023/a.pdf.json")
    assert sorted(o.resumed for o in convert_many([store], out, config=Config(jobs=2))) == [False, True]
    assert names_in(out) == sorted([*expected, "ledger.sqlite"])


def test_the_results_are_those_of_files_here(store, tmp_path):
    list(convert_many([store], tmp_path / "out"))
    system = fsspec.filesystem("memory")
    system.get(store, str(tmp_path / "copy"), recursive=True)
    list(convert_many([(tmp_path / "copy").as_uri()], (tmp_path / "local").as_uri()))
    for path in (tmp_path / "local").rglob("*.json"):
        assert path.read_bytes() == (tmp_path / "out" / path.relative_to(tmp_path / "local")).read_bytes()
    assert len(list((tmp_path / "local").rglob("*.json"))) == 2


def test_what_is_not_in_the_store_is_said(store, tmp_path):
    (outcome,) = convert_many([store + "/none"], tmp_path / "out")
    assert isinstance(outcome.error, NoInputs | InputMissing | InputUnreadable)
    assert not Path(tmp_path / "out").exists()
