from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract import Config, convert_many
from extract.batch import cluster
from extract.batch.job import Job
from extract.batch.ledger import Ledger
from extract.batch.plan import Task
from extract.errors import ClusterLost, DependencyMissing, UsageError, WorkerLost

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Dask's own, and its sockets that a killed process leaves
    pytest.mark.xdist_group("cluster"),
]


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.suffix in {".json", ".xlsx"}
    }


@pytest.fixture
def archive(tmp_path, make_pdf) -> Path:
    for number in range(8):
        make_pdf(tmp_path / "in" / f"{number}.pdf", [f"Report {number}"] * 5)
    (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    return tmp_path / "in"


def start(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_a_cluster_gives_the_same_bytes_and_the_same_ledger(archive, tmp_path):
    here = list(convert_many([archive], tmp_path / "here"))
    there = list(convert_many([archive], tmp_path / "there", config=Config(cluster="local:2")))
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert len(contents(tmp_path / "here")) == 16
    assert sorted(o.status for o in here) == sorted(o.status for o in there)
    with Ledger(tmp_path / "here") as one, Ledger(tmp_path / "there") as other:
        ends = [{e.base: (e.state, e.fixity, e.outputs) for e in x.entries().values()} for x in (one, other)]
    assert ends[0] == ends[1]
    assert all(o.resumed for o in convert_many([archive], tmp_path / "there"))


def test_a_lost_worker_and_a_lost_scheduler_cost_a_second_run(archive, tmp_path):
    port = 20_000 + os.getpid() % 20_000
    address = f"tcp://127.0.0.1:{port}"
    quiet = tmp_path / "quiet"
    list(convert_many([archive], quiet))
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny")
    workers = [start("worker", address, *options) for _ in range(2)]
    out = tmp_path / "out"
    try:
        outcomes = convert_many([archive], out, config=Config(cluster=address))
        next(outcomes)
        os.killpg(workers[0].pid, signal.SIGKILL)
        next(outcomes)
        os.killpg(scheduler.pid, signal.SIGKILL)
        with pytest.raises(ClusterLost):
            list(outcomes)
    finally:
        for process in (scheduler, *workers):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    time.sleep(1)  # the children of the workers end with them
    assert sum(o.resumed for o in convert_many([archive], out)) >= 2
    assert contents(out) == contents(quiet)


def test_a_worker_that_cannot_begin_costs_its_document_and_not_the_run(tmp_path):
    class Failed:
        status = "error"

        def exception(self):
            return OSError(28, "No space left on device")

    job = Job(Task(Path("a.pdf"), tmp_path / "a.pdf", root=tmp_path), Config(), tmp_path / "pages")
    error = cluster._future_to_result(Failed(), job).outcome.error
    assert isinstance(error, WorkerLost)
    assert "No space left" in str(error)


def test_an_address_that_does_not_answer_is_said(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "LOST_SECONDS", 1.0)
    with pytest.raises(DependencyMissing):
        list(convert_many([archive], tmp_path / "a", config=Config(cluster="tcp://127.0.0.1:9")))
    with pytest.raises(UsageError):
        list(convert_many([archive], tmp_path / "b", config=Config(cluster="local:many")))
