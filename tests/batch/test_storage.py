from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from extract import Config, convert_many
from extract.batch import read_status, remote, verify
from extract.batch.isolated import share_of_cores
from extract.batch.storage import is_remote, url_to_local
from extract.batch.verify import Verified
from extract.cli import main
from extract.errors import InputMissing, InputUnreadable, NoInputs, TooManyBytes

SECONDS_TO_STOP = 8
"""What a person waits after Ctrl-C, on a slow machine."""

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


def test_the_ledger_of_a_store_is_shown_and_compared(store, capsys):
    out = store + "-out"
    list(convert_many([store], out))
    assert read_status(out).states == {"ok": 2}
    assert verify(out) == Verified(inputs=2, outputs=4, differences=())
    system = fsspec.filesystem("memory")
    content = system.cat(f"{store}/2023/a.pdf")
    system.pipe(f"{store}/2023/a.pdf", b"other")
    system.pipe(f"{out}/2023/a.pdf.json", b"{}")
    system.rm_file(f"{out}/2023/a.pdf.xlsx")
    system.pipe(f"{out}/2023/note.txt", b"foreign")
    system.pipe(f"{out}/.hokoku-1-2.part", b"half")
    assert {(one.kind, one.fault, one.place) for one in verify(out).differences} == {
        ("input", "changed", f"{store}/2023/a.pdf".replace("memory://", "memory:///")),
        ("output", "changed", "2023/a.pdf.json"),
        ("output", "gone", "2023/a.pdf.xlsx"),
        ("other", "foreign", "2023/note.txt"),
        ("other", "unfinished", ".hokoku-1-2.part"),
    }
    assert main(["verify", out, "--lang", "en"]) == 1
    assert "5 differences" in capsys.readouterr().out
    system.pipe(f"{store}/2023/a.pdf", content)
    list(convert_many([store], out))
    assert [one.place for one in verify(out).differences] == ["2023/note.txt"]


def test_the_command_shows_what_lies_in_a_store(store, capsys):
    out = store + "-out"
    list(convert_many([store], out))
    assert main(["status", out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["states"] == {"ok": 2}
    assert main(["check", out, "--json"]) == 0
    paths = [document["path"] for document in json.loads(capsys.readouterr().out)["documents"]]
    assert sorted(paths) == ["2023/a.pdf.json", "2024/報告.pdf.json"]


def test_a_store_and_what_lies_in_it_are_called_by_their_urls(store, capsys):
    fsspec.filesystem("memory").pipe(f"{store}/broken.pdf", b"%PDF-1.7\n")
    out = store + "-out"
    assert main(["convert", store, store + "-none", "-o", out, "--log-format", "json"]) == 1
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    told = {event["path"]: event["message"] for event in events if event["event"] == "document"}
    (broken,) = [path for path in told if path.endswith("broken.pdf")]
    assert broken in told[broken]  # and not the copy that was read
    assert all(path.startswith("memory://") for path in told)
    status = read_status(out)
    assert [place.rpartition("/")[2] for place in status.skipped] == ["memo.txt"]
    assert all(place.startswith("memory://") for place in status.skipped)
    assert all(str(error).count(broken) == 1 for entry in status.entries if (error := entry.error))


@pytest.mark.parametrize("command", ["status", "verify", "check"])
def test_a_store_without_results_is_said(store, command, capsys):
    assert main([command, store + "-none", "--lang", "en"]) == 3
    assert "memory://" in capsys.readouterr().err


def test_a_file_over_the_limit_is_not_fetched(store, tmp_path, monkeypatch):
    def fail(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(remote, "fetch", fail)
    outcomes = list(convert_many([store], tmp_path / "out", config=Config(max_bytes=100)))
    assert {type(outcome.error) for outcome in outcomes} == {TooManyBytes}


def test_no_folder_is_left_where_results_go_elsewhere(store, tmp_path, monkeypatch):
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    list(convert_many([store], store + "-out"))
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="counts processes as Linux shows them")
def test_an_interruption_ends_a_run_to_a_store_within_seconds(tmp_path, make_pdf):
    make_pdf(tmp_path / "in" / "long.pdf", [f"Line {n} " * 40 for n in range(3000)])
    words = [sys.executable, "-m", "extract", "convert", str(tmp_path / "in"), "-o", "memory://out"]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        time.sleep(3)
        started = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 130
    assert time.monotonic() - started < SECONDS_TO_STOP


def test_workers_share_the_cores_between_them(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert share_of_cores(1) == cores
    assert share_of_cores(cores) == share_of_cores(1000) == 1
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert share_of_cores(1) == 1
