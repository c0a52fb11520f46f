from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest

from extract import cli
from extract.cli import main

HOKOKU = [sys.executable, "-m", "extract"]
HELP_SECONDS = 0.3  # the promise; measured 0.04 s, so a slow test machine does not break it


def run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*HOKOKU, *map(str, words)], capture_output=True, text=True, timeout=60, check=False, **options
    )


def japanese(text: str) -> bool:
    return re.search(r"[ぁ-ん]", text) is not None


def test_one_file_becomes_two_and_standard_output_stays_empty(tmp_path, make_pdf, capsys):
    path = make_pdf(tmp_path / "a.pdf")
    assert main(["convert", str(path), "-o", str(tmp_path / "out")]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert japanese(err)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "a.pdf.json",
        "a.pdf.xlsx",
        "ledger.sqlite",
    ]


def test_the_module_runs_as_a_program(tmp_path, make_pdf):
    done = run(
        "convert", make_pdf(tmp_path / "a.pdf"), "-o", tmp_path / "out", "--lang", "en", "--to", "json"
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        f"Converted: {tmp_path / 'a.pdf'}",
        f"Converted 1 of 1 documents; output in {tmp_path / 'out'}.",
    ]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["a.pdf.json", "ledger.sqlite"]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["convert"],
        ["convert", "a.pdf"],
        ["convert", "a.pdf", "-o"],
        ["convert", "a.pdf", "-o", "out", "--unknown"],
        ["convert", "a.pdf", "-o", "out", "--forc"],
        ["convert", "a.pdf", "-o", "out", "--quiet=1"],
        ["convert", "a.pdf", "-o", "out", "--jobs", "0"],
        ["convert", "a.pdf", "-o", "out", "--jobs", "many"],
        ["convert", "a.pdf", "-o", "out", "--timeout", "nan"],
        ["convert", "a.pdf", "-o", "out", "--pages", "3-1"],
        ["convert", "a.pdf", "-o", "out", "--to", "pptx"],
        ["convert", "a.pdf", "-o", "out", "--to", ","],
        ["convert", "a.pdf", "-o", "out", "--ocr", "eyes"],
        ["convert", "a.pdf", "-o", "out", "--fail-on", "fatal"],
        ["convert", "a.pdf", "-o", "out", "--lang", "fr"],
        ["convert", "a.pdf", "-o", "out", "--password-file", "none"],
        ["convert", "a.pdf", "-o", "out", "--memory", "10"],
        ["convert", "a.pdf", "-o", "out", "--max-pages", "0"],
        ["check"],
        ["status"],
        ["verify"],
    ],
)
def test_wrong_words_end_with_2_and_one_sentence_in_the_language_asked_for(
    words, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert japanese(err)
    assert main([*words[:1], "--lang=en", *words[1:]]) == 2
    english = capsys.readouterr().err
    assert len(english.splitlines()) == 1
    assert not japanese(english)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_engines")
@pytest.mark.parametrize("words", [["--ocr", "rapidocr"], ["--ocr", "tesseract"], ["--force-ocr"]])
def test_ocr_is_missing_and_said_before_the_first_file(words, tmp_path, capsys):
    assert main(["convert", str(tmp_path / "none.pdf"), "-o", str(tmp_path / "out"), *words]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.pdf", None),
        ("empty", "folder"),
        ("text.pdf", b"only text"),
        ("damaged.pdf", b"%PDF-1.7\n"),
        ("nothing.pdf", b""),
    ],
)
def test_the_only_input_that_cannot_be_used_ends_with_3_and_leaves_the_ledger_at_most(
    name, content, tmp_path, capsys
):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    assert main(["convert", str(path), "-o", str(tmp_path / "out")]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert name in err
    assert {file.name for file in (tmp_path / "out").glob("*")} <= {"ledger.sqlite"}
    assert sorted(set(tmp_path.iterdir()) - {tmp_path / "out"}) == before


def test_a_password_is_asked_for_and_read_from_its_file(tmp_path, make_pdf, capsys):
    path = tmp_path / "locked.pdf"
    with pikepdf.open(make_pdf(tmp_path / "a.pdf")) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="鍵 1", owner="o", R=6))
    words = ["convert", str(path), "-o", str(tmp_path / "out")]
    assert main(words) == 3
    assert "--password-file" in capsys.readouterr().err
    (tmp_path / "password").write_text("wrong\n", "utf-8")
    assert main([*words, "--password-file", str(tmp_path / "password")]) == 3
    (tmp_path / "password").write_text("\ufeff鍵 1\r\nnotes", "utf-8")
    assert main([*words, "--password-file", str(tmp_path / "password")]) == 0
    assert "鍵" not in capsys.readouterr().err
    assert "鍵" not in (tmp_path / "out" / "locked.pdf.json").read_text("utf-8")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_password_file_without_a_password_is_a_wrong_argument(tmp_path, content):
    (tmp_path / "password").write_bytes(content)
    words = ["convert", "a.pdf", "-o", str(tmp_path / "out"), "--password-file", str(tmp_path / "password")]
    assert main(words) == 2


def test_of_several_one_that_fails_makes_1(tmp_path, make_pdf, capsys):
    make_pdf(tmp_path / "in" / "a.pdf")
    (tmp_path / "in" / "b.pdf").write_bytes(b"no")
    (tmp_path / "in" / "memo.txt").write_text("memo")
    assert main(["convert", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", "en"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"Converted: {tmp_path / 'in' / 'a.pdf'}"
    assert lines[1].startswith("Failed: ")
    assert (
        lines[2]
        == f"Converted 1 of 2 documents, 1 failed, 1 other files skipped; output in {tmp_path / 'out'}."
    )


def test_an_output_folder_that_cannot_be_ends_with_7(tmp_path, make_pdf, capsys):
    path = make_pdf(tmp_path / "a.pdf")
    (tmp_path / "out").write_text("a file")
    assert main(["convert", str(path), "-o", str(tmp_path / "out")]) == 7
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (tmp_path / "out").read_text() == "a file"


def test_findings_can_fail_the_run(tmp_path, make_pdf):
    words = [
        "convert",
        str(make_pdf(tmp_path / "a.pdf", "ab")),
        "-o",
        str(tmp_path / "out"),
        "--pages",
        "1-3",
    ]
    assert main(words) == 0
    assert main([*words, "--fail-on", "error"]) == 0
    assert main([*words, "--fail-on", "warning"]) == 6


def test_a_bug_of_the_command_is_70_too_and_its_log_is_asked_for(monkeypatch, capsys):
    def fail(_words) -> None:
        raise KeyError("bug")

    monkeypatch.setattr(cli, "words_to_command", fail)
    assert main(["engines", "--lang", "en"]) == 70
    err = capsys.readouterr().err
    assert "Sorry" in err
    assert "HOKOKU_DEBUG=1" in err


def test_the_log_holds_the_traceback(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    done = run(
        *("convert", tmp_path / "a.pdf", "-o", tmp_path / "out"), env={**os.environ, "HOKOKU_DEBUG": "1"}
    )
    assert done.returncode == 3
    assert "Traceback" in done.stderr


def test_quiet_says_only_what_failed(tmp_path, make_pdf, capsys):
    words = ["-o", str(tmp_path / "out"), "--quiet"]
    assert main(["convert", str(make_pdf(tmp_path / "a.pdf")), *words]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["convert", str(tmp_path / "a.pdf"), str(tmp_path / "none.pdf"), *words]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_log_can_be_json(tmp_path, make_pdf, capsys):
    words = [str(make_pdf(tmp_path / "a.pdf")), str(tmp_path / "報告\n.pdf"), "-o", str(tmp_path / "out")]
    assert main(["convert", *words, "--log-format", "json"]) == 1
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["start", "document", "document", "end"]
    events = events[1:]
    assert [event.get("status") for event in events[:2]] == ["failed", "ok"]
    events[:2] = events[1::-1]
    assert events[0]["pages"] == {"converted": 1, "failed": 0, "skipped": 0}
    assert events[0]["outputs"] == [str(tmp_path / "out" / f"a.pdf.{suffix}") for suffix in ("json", "xlsx")]
    assert events[1]["error"] == "missing"
    assert events[1]["path"].endswith("報告\n.pdf")
    assert (events[2]["ok"], events[2]["failed"], events[2]["exit_code"]) == (1, 1, 1)
    assert main(["convert", "--log-format=json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "usage"


def test_a_name_cannot_break_a_line_or_command_the_terminal(tmp_path, capsys):
    assert main(["convert", str(tmp_path / "a\n\x1b[31m.pdf"), "-o", str(tmp_path / "out")]) == 3
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err


def test_the_schema_is_printed_and_nothing_else(capsys):
    assert main(["schema"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert err == ""


@pytest.mark.parametrize(("language", "words"), [("ja", "使えます"), ("en", "can be used")])
def test_the_engines_are_told_with_what_they_lack(language, words, capsys):
    assert main(["engines", "--lang", language]) == 0
    rapidocr, tesseract = capsys.readouterr().out.splitlines()
    assert rapidocr.startswith("rapidocr")
    assert words in rapidocr
    assert tesseract.startswith("tesseract")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_7():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*HOKOKU, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 7
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_who_leaves_early_is_no_error():
    with subprocess.Popen([*HOKOKU, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        done.stdout.close()
        assert done.stderr.read() == b""
        assert done.wait(60) == 0


def test_help_tells_what_works_and_comes_at_once():
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        done = run("--help")
        best = min(best, time.perf_counter() - started)
    assert done.returncode == 0
    assert best < HELP_SECONDS
    commands = re.search(r"COMMAND\n(.*?)\n\n", done.stdout, re.DOTALL)[1]
    assert re.findall(r"^ {4}(\w+)", commands, re.MULTILINE) == [
        "convert",
        "check",
        "status",
        "verify",
        "schema",
        "engines",
    ]


def test_a_terminal_gets_a_progress_bar(tmp_path, make_pdf):
    pty = pytest.importorskip("pty")
    path = make_pdf(tmp_path / "a.pdf")
    parent, child = pty.openpty()
    command = [*HOKOKU, "convert", str(path), "-o", str(tmp_path / "out"), "--to", "json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=child, env={**os.environ, "TERM": "xterm"}
    ) as done:
        os.close(child)
        shown = b""
        while True:
            try:
                piece = os.read(parent, 4096)
            except OSError:  # the other end closed
                break
            if not piece:
                break
            shown += piece
        assert done.stdout.read() == b""
        assert done.wait(60) == 0
    os.close(parent)
    assert "0/1" in shown.decode()


def descendants(process: int) -> set[int]:
    """Give the processes below a process, each a group of its own perhaps."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    except OSError:
        return set()
    children = set(map(int, text.split()))
    return children.union(*map(descendants, children))


def are_gone(processes: set[int]) -> bool:
    for _ in range(600):
        if not any(map(is_alive, processes)):
            return True
        time.sleep(0.1)
    return False


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that ended and was not yet asked for has no words left."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_with_130_and_leaves_no_process_and_no_half_file(
    tmp_path, make_pdf, jobs, number
):
    for name in "abc":
        make_pdf(tmp_path / "in" / f"{name}.pdf", [f"Line {n} " * 40 for n in range(3000)])
    command = [
        *HOKOKU,
        "convert",
        str(tmp_path / "in"),
        "-o",
        str(tmp_path / "out"),
        "--jobs",
        str(jobs),
        "--lang",
        "en",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        time.sleep(2)
        below = descendants(process.pid)
        assert below
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does
        else:
            process.send_signal(number)
        started = time.monotonic()
        code = process.wait(30)
        assert time.monotonic() - started < 8
        err = process.stderr.read()
        assert code == 130
        assert err.splitlines()[-1] == "Interrupted. The files that were finished are there."
        assert "Traceback" not in err
        assert are_gone(below)
    assert [path for path in tmp_path.rglob("*") if path.name.startswith(".hokoku")] == []


@pytest.mark.slow
def test_workers_end_when_their_parent_is_killed(tmp_path, make_pdf):
    for name in "abc":
        make_pdf(tmp_path / "in" / f"{name}.pdf", [f"Line {n} " * 40 for n in range(500)])
    command = [
        *HOKOKU,
        "convert",
        str(tmp_path / "in"),
        "-o",
        str(tmp_path / "out"),
        "--jobs",
        "2",
        "--to",
        "json",
    ]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as process:
        time.sleep(2)
        below = descendants(process.pid)
        assert below
        process.kill()
        process.wait(10)
        assert are_gone(below)


def test_the_ledger_is_shown_and_compared(tmp_path, make_pdf, capsys):
    make_pdf(tmp_path / "in" / "a.pdf")
    (tmp_path / "in" / "b.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "in" / "memo\n.txt").write_text("memo")
    out = tmp_path / "out"
    assert main(["convert", str(tmp_path / "in"), "-o", str(out)]) == 1
    capsys.readouterr()
    assert main(["status", str(out), "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 documents: 1 converted, 0 in part, 1 failed, 0 to do\n")
    assert "damaged: 1\n" in text
    assert "memo\\n.txt" in text
    assert main(["status", str(out), "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["states"], status["errors"]) == ({"failed": 1, "ok": 1}, {"damaged": 1})
    assert [entry["attempts"] for entry in status["inputs"]] == [1, 1]
    assert status["inputs"][0]["pages"] == {"all": 1, "converted": 1, "failed": 0, "skipped": 0}
    assert main(["verify", str(out)]) == 0
    assert japanese(capsys.readouterr().out)
    (out / "a.pdf.json").write_text("{}")
    (out / "foreign.txt").write_text("?")
    (tmp_path / "in" / "b.pdf").unlink()
    assert main(["verify", str(out), "--json"]) == 1
    differences = json.loads(capsys.readouterr().out)["differences"]
    assert [(one["kind"], one["fault"], Path(one["path"]).name) for one in differences] == [
        ("input", "gone", "b.pdf"),
        ("output", "changed", "a.pdf.json"),
        ("other", "foreign", "foreign.txt"),
    ]


@pytest.mark.parametrize("command", ["status", "verify"])
def test_a_folder_without_a_ledger_ends_with_3(command, tmp_path, capsys):
    assert main([command, str(tmp_path)]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
    (tmp_path / "ledger.sqlite").write_bytes(b"no database, but long enough to be looked at" * 99)
    assert main([command, str(tmp_path)]) == 7


def test_a_second_run_says_what_was_done_before(tmp_path, make_pdf, capsys):
    words = ["convert", str(make_pdf(tmp_path / "a.pdf")), "-o", str(tmp_path / "out"), "--lang", "en"]
    assert main(words) == 0
    capsys.readouterr()
    assert main(words) == 0
    assert capsys.readouterr().err.splitlines() == [
        f"Converted 1 of 1 documents, 1 of all done before; output in {tmp_path / 'out'}."
    ]
