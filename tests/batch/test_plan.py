from __future__ import annotations

import os
from pathlib import Path

import pytest

from extract.batch.plan import Plan, find_inputs
from extract.errors import InputMissing, InputNotAFile, InputOutside, InputUnreadable, NoInputs, UsageError

PDF = b"%PDF-1.7\n"


@pytest.fixture
def archive(tmp_path, monkeypatch) -> Path:
    """Give a folder with inputs and other things, as the current folder's ``archive``."""
    monkeypatch.chdir(tmp_path)
    files = {
        "2023/packet.pdf": PDF,
        "2024/packet.pdf": PDF,
        "2024/資料/scan": b"II*\x00",
        "2024/empty.pdf": b"",
        "2024/memo.txt": b"memo",
        "cover.PNG": b"\x89PNG\r\n\x1a\n",
    }
    for name, content in files.items():
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "archive"


def bases(plan: Plan, out: str = "out") -> list[str]:
    return [task.base.relative_to(out).as_posix() for task in plan.tasks]


@pytest.mark.usefixtures("archive")
def test_a_folder_keeps_its_tree_and_its_order():
    plan = find_inputs(["archive"], Path("out"))
    assert bases(plan) == [
        "cover.PNG",
        "2023/packet.pdf",
        "2024/empty.pdf",
        "2024/packet.pdf",
        "2024/資料/scan",
    ]
    assert [path.name for path in plan.skipped] == ["memo.txt"]
    assert plan.refused == ()


def test_a_named_file_goes_under_its_name_whatever_it_is(archive):
    assert bases(find_inputs(["archive/2024/memo.txt", archive / "cover.PNG"], Path("out"))) == [
        "memo.txt",
        "cover.PNG",
    ]


@pytest.mark.usefixtures("archive")
def test_a_missing_file_is_refused_and_the_others_are_not():
    plan = find_inputs(["archive/none.pdf", "archive/cover.PNG"], Path("out"))
    assert [(path, type(error)) for path, error in plan.refused] == [(Path("archive/none.pdf"), InputMissing)]
    assert bases(plan) == ["cover.PNG"]


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("archive/*/packet.pdf", ["2023/packet.pdf", "2024/packet.pdf"]),
        ("archive/2024/*", ["empty.pdf", "packet.pdf", "資料/scan"]),
        ("archive/**/*.pdf", ["2023/packet.pdf", "2024/empty.pdf", "2024/packet.pdf"]),
        (
            "archive/**",
            ["2023/packet.pdf", "2024/empty.pdf", "2024/packet.pdf", "2024/資料/scan", "cover.PNG"],
        ),
        ("archive/202[4-9]/p*", ["2024/packet.pdf"]),
    ],
)
def test_a_pattern_keeps_what_its_wildcards_stand_for(archive, pattern, expected, absolute):
    argument = archive.parent / pattern if absolute else pattern
    assert bases(find_inputs([argument], Path("out"))) == expected


def test_a_file_whose_name_looks_like_a_pattern_is_the_file(archive):
    (archive / "報告[1].pdf").write_bytes(PDF)
    assert bases(find_inputs(["archive/報告[1].pdf"], Path("out"))) == ["報告[1].pdf"]


@pytest.mark.parametrize("argument", ["archive/empty", "archive/*.docx"])
def test_nothing_found_is_said(archive, argument):
    (archive / "empty").mkdir()
    plan = find_inputs([argument, "archive/cover.PNG"], Path("out"))
    assert [(path, type(error)) for path, error in plan.refused] == [(Path(argument), NoInputs)]
    assert bases(plan) == ["cover.PNG"]


def test_no_argument_is_a_usage_error():
    with pytest.raises(UsageError):
        find_inputs([], Path("out"))


@pytest.mark.usefixtures("archive")
def test_two_files_for_one_place_are_refused_before_anything_is_written():
    with pytest.raises(UsageError, match="same place"):
        find_inputs(["archive/2023/packet.pdf", "archive/2024/packet.pdf"], Path("out"))


def test_the_same_file_twice_is_one_task(archive):
    names = ["archive/cover.PNG", archive / "cover.PNG", "archive/../archive/cover.PNG", "archive/*.PNG"]
    assert bases(find_inputs(names, Path("out"))) == ["cover.PNG"]


def test_the_output_folder_inside_the_input_is_not_read(archive):
    inside = archive / "2024" / "out"
    inside.mkdir()
    (inside / "old.pdf").write_bytes(PDF)
    for argument in ("archive", "archive/**", "archive/*"):
        assert "old.pdf" not in [task.path.name for task in find_inputs([argument], inside).tasks]
    assert [task.path.name for task in find_inputs(["archive/2024/out/old.pdf"], inside).tasks] == ["old.pdf"]


def test_the_input_folder_itself_may_be_the_output(archive):
    plan = find_inputs(["archive/2023"], archive / "2023")
    assert [task.base for task in plan.tasks] == [archive / "2023" / "packet.pdf"]


def test_links_pipes_and_circles_do_no_harm(archive):
    os.mkfifo(archive / "pipe")
    os.mkfifo(archive / "pipe.pdf")
    (archive.parent / "secret.pdf").write_bytes(PDF)
    (archive / "outside.pdf").symlink_to(archive.parent / "secret.pdf")
    (archive / "device.pdf").symlink_to("/dev/zero")
    (archive / "circle").symlink_to(archive, target_is_directory=True)
    (archive / "elsewhere").symlink_to(archive.parent, target_is_directory=True)
    (archive / "linked.pdf").symlink_to(archive / "2023" / "packet.pdf")
    (archive / "broken.pdf").symlink_to(archive / "nowhere")
    for argument in ("archive", "archive/*"):
        plan = find_inputs([argument], Path("out"))
        assert bases(plan)[:3] == ["broken.pdf", "cover.PNG", "linked.pdf"] or argument == "archive/*"
        assert {path.name: type(error) for path, error in plan.refused} == {
            "outside.pdf": InputOutside,
            "device.pdf": InputOutside,
            "pipe.pdf": InputNotAFile,
        }
        assert "secret.pdf" not in {task.path.name for task in plan.tasks} or argument == "archive/*"
    named = find_inputs(["archive/outside.pdf"], Path("out"))
    assert bases(named) == ["outside.pdf"]  # who names a link wants it


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_said(archive):
    (archive / "2023").chmod(0)
    plan = find_inputs(["archive"], Path("out"))
    (archive / "2023").chmod(0o700)
    assert [(path.name, type(error)) for path, error in plan.refused] == [("2023", InputUnreadable)]
