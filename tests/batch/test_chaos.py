"""Small runs of tests/benchmarks/chaos.py and hostile.py, which anyone can run at full size."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
HOSTILE = Path(__file__).parent.parent.parent / "fixtures" / "hostile"
sys.path.insert(0, str(BENCHMARKS))

import chaos  # noqa: E402 - a script beside the tests
import hostile  # noqa: E402 - likewise

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="kills processes by group"),
]


def test_a_killed_parent_loses_nothing(tmp_path):
    assert chaos.kill_at_random(tmp_path, files=8, times=2) == []


def test_a_parent_killed_at_any_write_loses_nothing(tmp_path):
    assert chaos.kill_at_writes(tmp_path, files=1, times=3) == []


def test_good_files_among_hostile_ones_are_not_touched(tmp_path, monkeypatch):
    monkeypatch.setattr(
        chaos, "HOSTILE", ("crash", "exit", "grow")
    )  # a hang costs its time; test_isolated has one
    assert chaos.mix(tmp_path, files=3) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system")
def test_a_full_disk_is_said_and_the_next_run_completes(tmp_path):
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount here")
    assert chaos.fill_disk(tmp_path) == []


@pytest.mark.skipif(chaos.bound_by_rights() is None, reason="root keeps to no rights without setpriv")
def test_a_folder_that_is_closed_or_removed_is_said_and_the_next_run_completes(tmp_path):
    assert chaos.spoil_folder(tmp_path, files=40) == []


def test_odd_names_neither_collide_nor_escape(tmp_path):
    assert chaos.name_oddly(tmp_path, files=60) == []


def test_hostile_files_end_as_their_index_says(tmp_path):
    with (HOSTILE / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        index = {row["file"]: row["expected"] for row in csv.DictReader(stream, delimiter="\t")}
    ends, messages, code = hostile.run(HOSTILE, tmp_path / "out", ["--jobs", "2", "--memory", "1500"])
    assert code == 1
    assert set(ends) == set(index)
    assert {
        name: (end, messages[name]) for name, end in ends.items() if not hostile.is_expected(index[name], end)
    } == {}
