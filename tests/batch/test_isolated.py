"""Workers that crash, hang, grow and die; each hostile job is a function here, which a worker imports by its name."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from extract.batch.isolated import Crew
from extract.batch.job import Job, Result
from extract.batch.plan import Task
from extract.batch.pulse import Pulse
from extract.config import Config
from extract.errors import OutOfMemory, ReadingSilent, ReadingTimeout, WorkerLost
from extract.outcome import Outcome

SECONDS_TO_STOP = 5


def act_by_name(job: Job) -> Result:
    task = job.task
    name = task.path.name
    task.base.parent.mkdir(parents=True, exist_ok=True)
    unfinished = task.base.parent / f".hokoku-{os.getpid()}-1234.part"
    if name.startswith("crash"):
        unfinished.write_text("half")
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("exit"):
        os._exit(3)
    if name.startswith("once"):
        flag = task.base.parent.parent / f"{name}.seen"
        if not flag.exists():
            flag.write_text("")
            os._exit(3)
    if name.startswith("hang"):
        unfinished.write_text("half")
        child = os.fork()
        if child:
            (task.base.parent.parent / f"{name}.child").write_text(str(child))
        time.sleep(600)
    if name.startswith("busy"):
        for _ in range(100):
            time.sleep(0.05)
            Pulse.of_this_worker().beat()
    if name.startswith("big"):
        filled = [bytearray(50 * 1024**2) for _ in range(100)]
        assert filled
    task.base.write_text(str(os.getpid()))
    return Result(Outcome(task.path, "ok", outputs=(task.base,)))


def escapes() -> list[str]:
    """Try to reach another machine and to start programs; name what was possible."""
    tries = {
        "connect": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "resolve": lambda: socket.getaddrinfo("localhost", 80),
        "run": lambda: subprocess.run(["true"], check=False),
        "shell": lambda: subprocess.run("true", shell=True, check=False),  # noqa: S602 - it must fail
        "system": lambda: os.system("true"),  # noqa: S605 - likewise
        "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "exec": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - likewise
        "engine": lambda: subprocess.run(["tesseract", "--version"], check=False, capture_output=True),
    }
    possible = []
    for name, attempt in tries.items():
        try:
            attempt()
        except PermissionError:
            continue
        except OSError:
            pass  # it was let through, and failed by itself
        possible.append(name)
    return possible


def escape(job: Job) -> Result:
    return Result(Outcome(job.task.path, "ok", outputs=tuple(map(Path, escapes()))))


class Ears:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def begun(self, task: Task) -> None:
        self.heard.append(task.path.name)

    def reading(self, pages: int) -> None:
        assert pages >= 0


@pytest.fixture
def run(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def go(names, *, ears=None, work=act_by_name, **settings):
        config = Config(**settings)
        jobs = [
            Job(Task(Path(name), tmp_path / "out" / name, name), config, scratch / f"{name}.pages")
            for name in names
        ]
        with Crew(config, scratch, size=config.jobs, listener=ears or Ears(), work=work) as crew:
            yield from crew.do(jobs)

    return go


def is_gone(process: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_a_crash_and_a_hang_cost_one_document_each(run, tmp_path):
    names = ["a", "crash", "b", "hang", "c", "exit", "d", "once"]
    ears = Ears()
    results = {task.path.name: result for task, result in run(names, ears=ears, jobs=2, timeout=1)}
    assert sorted(results) == sorted(names)
    failures = {name: type(r.outcome.error) for name, r in results.items() if r.outcome.error}
    assert failures == {"crash": WorkerLost, "hang": ReadingTimeout, "exit": WorkerLost}
    assert "1 seconds" in str(results["hang"].outcome.error)
    assert "exit code 3" in str(results["exit"].outcome.error)
    # On a slow machine a good job may be ended as it writes, and done again: the run sweeps the hidden file it leaves.
    written = [path.name for path in (tmp_path / "out").iterdir() if not path.name.endswith(".part")]
    assert sorted(written) == ["a", "b", "c", "d", "once"]
    assert sorted(ears.heard) == sorted([*names, "crash", "exit", "hang", "once"])  # each of these twice
    assert is_gone(int((tmp_path / "hang.child").read_text()))


def test_silence_ends_a_hang_but_not_work_that_gets_on(run):
    results = {task.path.name: result for task, result in run(["busy"], jobs=1, silence=1)}
    assert results["busy"].outcome.status == "ok"


@pytest.mark.slow
def test_a_silent_worker_and_one_that_grows_are_ended(run):
    results = {t.path.name: r for t, r in run(["hang", "big", "a"], jobs=2, silence=4, memory=600)}
    assert isinstance(results["hang"].outcome.error, ReadingSilent)
    assert isinstance(results["big"].outcome.error, OutOfMemory)
    assert results["a"].outcome.status == "ok"


@pytest.mark.slow
def test_every_job_fails_and_the_run_still_ends(run):
    results = [result for _, result in run([f"exit{n}" for n in range(3)], jobs=2)]
    assert [type(result.outcome.error) for result in results] == [WorkerLost] * 3


def test_a_worker_reaches_no_machine_and_starts_no_program_but_an_engine(run):
    ((_, result),) = run(["escape"], jobs=1, work=escape)
    assert list(map(str, result.outcome.outputs)) == ["engine"]


def test_a_worker_is_replaced_after_its_files(run, tmp_path):
    names = [f"f{n}" for n in range(6)]
    assert len(list(run(names, jobs=1, files_per_worker=2))) == 6
    assert len({(tmp_path / "out" / name).read_text() for name in names}) == 3


@pytest.mark.slow
def test_a_caller_who_stops_asking_stops_the_workers(run, tmp_path):
    outcomes = run(["a", "hang1", "hang2", "b"], jobs=2)
    assert next(outcomes)[0].path == Path("a")
    time.sleep(1)
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < SECONDS_TO_STOP
    assert not list((tmp_path / "out").glob(".hokoku-*"))
    assert is_gone(int((tmp_path / "hang1.child").read_text()))
