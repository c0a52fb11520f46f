from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from extract import Config, batch, convert_many
from extract.batch import task as task_module
from extract.batch.job import Job
from extract.batch.plan import Task
from extract.batch.verify import Verified, verify
from extract.errors import (
    DependencyMissing,
    InputMissing,
    InternalError,
    NoInputs,
    OutputError,
    ReadingTimeout,
    UsageError,
)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "ledger.sqlite"
    }


@pytest.fixture
def archive(tmp_path, make_pdf) -> Path:
    for name in ("2023/packet.pdf", "2024/packet.pdf", "2024/b.pdf"):
        make_pdf(tmp_path / "archive" / name, [name])
    (tmp_path / "archive" / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "archive" / "memo.txt").write_text("memo")
    return tmp_path / "archive"


def test_each_file_has_an_outcome_and_its_outputs(archive, tmp_path):
    outcomes = list(convert_many([archive], tmp_path / "out"))
    assert [outcome.status for outcome in outcomes] == ["failed", "ok", "ok", "ok"]
    assert [outcome.pages.converted for outcome in outcomes] == [0, 1, 1, 1]
    assert all(outcome.document is None for outcome in outcomes)
    written = sorted(
        path.relative_to(tmp_path / "out").as_posix() for outcome in outcomes for path in outcome.outputs
    )
    assert written == list(digests(tmp_path / "out"))
    assert written == [
        f"{name}.{suffix}"
        for name in ("2023/packet.pdf", "2024/b.pdf", "2024/packet.pdf")
        for suffix in ("json", "xlsx")
    ]


def test_one_path_will_do(archive, tmp_path):
    assert [outcome.status for outcome in convert_many(archive / "2023", tmp_path / "out")] == ["ok"]
    assert [outcome.status for outcome in convert_many(str(archive / "2023"), tmp_path / "out")] == ["ok"]


def test_formats_are_those_asked_for(archive, tmp_path):
    list(convert_many([archive / "2024"], tmp_path / "out", config=Config(formats=("json",))))
    assert list(digests(tmp_path / "out")) == ["b.pdf.json", "packet.pdf.json"]


@pytest.mark.slow
def test_results_are_the_same_for_any_number_of_jobs(archive, tmp_path):
    def run(out: str, **settings) -> set:
        outcomes = convert_many([archive], tmp_path / out, config=Config(**settings))
        return {(o.path, o.status, str(o.error), o.findings, len(o.outputs)) for o in outcomes}

    assert run("one") == run("two", jobs=2) == run("timed", timeout=60)
    assert digests(tmp_path / "one") == digests(tmp_path / "two") == digests(tmp_path / "timed")


def test_one_argument_that_cannot_be_used_does_not_stop_the_others(archive, tmp_path):
    (tmp_path / "empty").mkdir()
    names = [tmp_path / "empty", tmp_path / "none.pdf", archive / "2024" / "b.pdf"]
    outcomes = list(convert_many(names, tmp_path / "out"))
    assert [type(outcome.error) for outcome in outcomes] == [NoInputs, InputMissing, type(None)]


@pytest.mark.usefixtures("without_engines")
@pytest.mark.parametrize(
    ("settings", "error"),
    [({"ocr": "tesseract"}, DependencyMissing), ({"formats": ("json", "pptx")}, UsageError)],
)
def test_wrong_settings_are_raised_at_the_call(archive, tmp_path, settings, error):
    with pytest.raises(error):
        convert_many([archive], tmp_path / "out", config=Config(**settings))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("out", ["file", "file/below", "/proc/nowhere"])
def test_an_output_folder_that_cannot_be_is_raised_at_the_call(archive, tmp_path, out):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        convert_many([archive], tmp_path / out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "file"]


def test_nothing_is_made_for_documents_that_fail(tmp_path):
    list(convert_many([tmp_path / "none.pdf"], tmp_path / "out" / "deep"))
    assert list(tmp_path.iterdir()) == []


def test_a_bug_costs_one_document(tmp_path, make_pdf, monkeypatch):
    def fail(*_args, **_kwargs) -> None:
        raise KeyError("bug")

    path = make_pdf(tmp_path / "b.pdf")
    job = Job(Task(path, tmp_path / "out" / "b.pdf"), Config(), tmp_path / "pages")
    monkeypatch.setattr(task_module, "convert", fail)
    result = task_module.do_job(job)
    assert isinstance(result.outcome.error, InternalError)
    assert result.fixity.bytes == path.stat().st_size


def test_an_output_that_cannot_be_written_fails_its_document_and_leaves_nothing(archive, tmp_path):
    blocked = tmp_path / "out" / "b.pdf.xlsx"
    blocked.mkdir(parents=True)
    outcomes = {outcome.path.name: outcome for outcome in convert_many([archive / "2024"], tmp_path / "out")}
    assert isinstance(outcomes["b.pdf"].error, OutputError)
    assert sorted(digests(tmp_path / "out")) == ["packet.pdf.json", "packet.pdf.xlsx"]


@pytest.mark.slow
def test_a_slow_file_ends_at_its_time_out_and_keeps_the_pages_it_has(tmp_path, make_pdf):
    path = make_pdf(tmp_path / "long.pdf", [f"Line {n} " * 40 for n in range(3000)])
    (outcome,) = convert_many([path], tmp_path / "out", config=Config(timeout=5))
    assert isinstance(outcome.error, ReadingTimeout)
    assert outcome.status == "partial"
    assert 0 < outcome.pages.converted < 3000
    assert outcome.pages.converted + outcome.pages.failed == 3000
    document = json.loads((tmp_path / "out" / "long.pdf.json").read_text("utf-8"))
    assert document["status"] == "partial"
    lost = [finding["page"] for finding in document["findings"] if finding["code"] == "page.not-reached"]
    assert lost == list(range(outcome.pages.converted + 1, 3001))
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_done_is_not_done_again(archive, tmp_path):
    out = tmp_path / "out"
    first = list(convert_many([archive], out))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    again = list(convert_many([archive], out))
    assert all(outcome.resumed for outcome in again)
    assert [(o.path, o.status, o.outputs, o.findings, o.pages, str(o.error)) for o in again] == [
        (o.path, o.status, o.outputs, o.findings, o.pages, str(o.error)) for o in first
    ]
    assert before == {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    assert not any(outcome.resumed for outcome in convert_many([archive], out, config=Config(force=True)))


def test_only_what_changed_is_done_again(archive, tmp_path, make_pdf):
    out = tmp_path / "out"
    list(convert_many([archive / "2024"], out))
    make_pdf(archive / "2024" / "b.pdf", ["other"])
    (out / "packet.pdf.json").unlink()
    resumed = {o.path.name: o.resumed for o in convert_many([archive / "2024"], out)}
    assert resumed == {"b.pdf": False, "packet.pdf": False}
    english = convert_many([archive / "2024"], out, config=Config(language="en"))
    assert {o.resumed for o in english} == {False}
    patient = convert_many([archive / "2024"], out, config=Config(language="en", timeout=99, jobs=2))
    assert {o.resumed for o in patient} == {True}


def test_another_format_is_added_and_what_is_there_is_not_made_again(archive, tmp_path):
    out = tmp_path / "out"
    for formats in (("json",), ("xlsx",)):
        outcomes = list(convert_many([archive / "2024"], out, config=Config(formats=formats)))
        assert not any(outcome.resumed for outcome in outcomes)
    assert verify(out) == Verified(inputs=2, outputs=4, differences=())
    for formats in (("json",), ("xlsx", "json"), ("xlsx",)):
        outcomes = list(convert_many([archive / "2024"], out, config=Config(formats=formats)))
        assert all(outcome.resumed for outcome in outcomes)
    (out / "b.pdf.xlsx").unlink()
    list(convert_many([archive / "2024"], out, config=Config(formats=("json",))))
    (again, other) = convert_many([archive / "2024"], out, config=Config(formats=("xlsx",)))
    assert (again.path.name, again.resumed, other.resumed) == ("b.pdf", False, True)
    assert verify(out) == Verified(inputs=2, outputs=4, differences=())


def test_a_name_leaves_room_for_the_formats_of_later_runs(tmp_path, make_pdf):
    for name in ("a.pdf", "a.pdf.md"):
        make_pdf(tmp_path / "in" / name)
    plan = batch.make_plan([tmp_path / "in"], tmp_path / "out", config=Config(formats=("json",)))
    first, second = (task.base.name for task in plan.tasks)
    assert first == "a.pdf"
    assert second.startswith("a.pdf.md~")


def test_outputs_of_other_content_do_not_stay_beside_new_ones(archive, tmp_path, make_pdf):
    out = tmp_path / "out"
    list(convert_many([archive / "2024"], out))
    (out / "packet.pdf.xlsx").write_text("someone's own")
    for name in ("b.pdf", "packet.pdf"):
        make_pdf(archive / "2024" / name, ["other"])
    list(convert_many([archive / "2024"], out, config=Config(formats=("json",))))
    assert sorted(digests(out)) == ["b.pdf.json", "packet.pdf.json", "packet.pdf.xlsx"]
    assert [(one.fault, one.place) for one in verify(out).differences] == [("foreign", "packet.pdf.xlsx")]


def test_no_facts_of_other_content_stay_in_the_data_set(archive, tmp_path, make_pdf):
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    out = tmp_path / "out"
    list(convert_many([archive / "2024"], out, config=Config(formats=("json", "parquet"))))
    assert verify(out) == Verified(inputs=2, outputs=4, differences=())
    assert len(list((out / "facts.parquet").iterdir())) == 2
    make_pdf(archive / "2024" / "b.pdf", ["other"])
    list(convert_many([archive / "2024"], out, config=Config(formats=("json",))))
    (left,) = (out / "facts.parquet").iterdir()
    assert "packet" in left.name
    assert verify(out) == Verified(inputs=2, outputs=3, differences=())


def test_what_is_left_of_an_input_that_was_damaged_stays(archive, tmp_path):
    out = tmp_path / "out"
    list(convert_many([archive / "2024"], out))
    before = digests(out)
    (archive / "2024" / "b.pdf").write_bytes(b"%PDF-1.7\n")
    outcomes = convert_many([archive / "2024"], out)
    assert sorted(outcome.status for outcome in outcomes) == ["failed", "ok"]
    assert digests(out) == before
    assert verify(out) == Verified(inputs=2, outputs=4, differences=())


def test_another_file_does_not_take_the_place_of_one_that_is_there(archive, tmp_path):
    list(convert_many([archive / "2023"], tmp_path / "out"))
    with pytest.raises(UsageError, match="--force"):
        convert_many([archive / "2024"], tmp_path / "out")
    shutil.rmtree(archive / "2023")
    assert [o.status for o in convert_many([archive / "2024"], tmp_path / "out")] == ["ok", "ok"]


def test_the_public_names_of_the_package_are_there():
    assert all(hasattr(batch, name) for name in batch.__all__)
