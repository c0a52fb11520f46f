"""Workers that crash, hang and die; each hostile task is a function here, which a spawned process imports by its name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from extract.batch import isolated
from extract.batch.plan import Task
from extract.config import Config
from extract.errors import ReadingTimeout, WorkerLost
from extract.outcome import Outcome


def act_by_name(task: Task, _config: Config) -> Outcome:
    name = task.path.name
    task.base.parent.mkdir(parents=True, exist_ok=True)
    if name.startswith("crash"):
        (task.base.parent / ".hokoku-1234.part").write_text("half")
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("exit"):
        os._exit(3)
    if name.startswith("hang"):
        (task.base.parent / ".hokoku-5678.part").write_text("half")
        time.sleep(600)
    if name.startswith("slow"):
        time.sleep(0.5)
    task.base.write_text(str(os.getpid()))
    return Outcome(task.path, "ok", outputs=(task.base,))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(isolated, "convert_task", act_by_name)

    def go(names, **settings):
        tasks = [Task(Path(name), tmp_path / "out" / name) for name in names]
        return isolated.run_isolated(tasks, Config(**settings))

    return go


@pytest.mark.slow
def test_a_crash_and_a_hang_cost_one_document_each(run, tmp_path):
    names = ["a", "crash", "b", "hang", "c", "exit", "d"]
    outcomes = {outcome.path.name: outcome for outcome in run(names, jobs=2, timeout=2)}
    assert sorted(outcomes) == sorted(names)
    failures = {name: type(outcome.error) for name, outcome in outcomes.items() if outcome.error}
    assert failures == {"crash": WorkerLost, "hang": ReadingTimeout, "exit": WorkerLost}
    assert "2 seconds" in str(outcomes["hang"].error)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "b", "c", "d"]


@pytest.mark.slow
def test_every_task_fails_and_the_run_still_ends(run):
    outcomes = list(run([f"exit{n}" for n in range(5)], jobs=2))
    assert [type(outcome.error) for outcome in outcomes] == [WorkerLost] * 5


@pytest.mark.slow
def test_a_caller_who_stops_asking_stops_the_workers(run, tmp_path):
    outcomes = run(["a", "hang1", "hang2", "b"], jobs=2)
    assert next(outcomes).path == Path("a")
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < 10
    assert not list((tmp_path / "out").glob(".hokoku-*"))


def dies_at_once() -> None:
    os._exit(1)


@pytest.mark.slow
def test_workers_that_cannot_start_end_the_run_with_lost_documents(run, monkeypatch):
    monkeypatch.setattr(isolated, "_prepare_worker", dies_at_once)
    monkeypatch.setattr(isolated, "CHECK_SECONDS", 0.1)
    outcomes = list(run(["a", "b"], jobs=1))
    assert [type(outcome.error) for outcome in outcomes] == [WorkerLost] * 2
