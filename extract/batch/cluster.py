"""Jobs -> results on a Dask cluster: one task a document, a child process inside each Dask worker, the ledger here.

A lost Dask worker costs the documents it had: the scheduler gives them to another one. A lost scheduler ends the run with
ClusterLost; the next run goes on where the ledger stops.
"""

from __future__ import annotations

import atexit
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.batch.isolated import Listener
from extract.batch.job import Job, Result
from extract.batch.plan import Task
from extract.batch.remote import Host
from extract.config import Config
from extract.errors import ClusterLost, DependencyMissing, UsageError, WorkerLost
from extract.outcome import Outcome

WAITING_PER_THREAD = 3
"""Tasks handed over ahead, a thread of the cluster: none waits for work, and few are lost with the scheduler."""

LOST_SECONDS = 20.0
"""So long a scheduler that does not answer may be away."""

LOST_WORKERS = 3
"""After so many Dask workers lost with the same document it is recorded and not tried again."""


MOST_TOLD = 200
"""Characters of what a Dask worker says of a failure; it may be a page long."""


def do_on_cluster(
    jobs: Sequence[Job], config: Config, *, listener: Listener
) -> Iterator[tuple[Task, Result]]:
    """Do jobs on the cluster that ``config.cluster`` names; give each task's result as soon as it is done.

    ``local:N`` is a cluster of N workers on this machine. Inputs and outputs must lie where every worker reaches them.
    Raises DependencyMissing without Dask or without an answer, ClusterLost when the scheduler is gone.
    """
    with _client(config.cluster or "") as client:
        waiting = list(reversed(jobs))
        running: dict[Any, Job] = {}
        try:
            while waiting or running:
                ahead = WAITING_PER_THREAD * max(1, sum(client.nthreads().values()))
                while waiting and len(running) < ahead:
                    job = waiting.pop()
                    listener.begun(job.task)
                    future = client.submit(do_on_worker, _portable(job), pure=False, retries=0)
                    running[future] = job
                done = _wait(client, running, address=config.cluster or "")
                listener.reading(0)
                for future in done:
                    job = running.pop(future)
                    yield job.task, _future_to_result(future, job)
        except (OSError, TimeoutError, RuntimeError) as error:
            raise ClusterLost(address=config.cluster) from error


def do_on_worker(job: Job) -> Result:
    """Do a job inside a Dask worker, with the child process that this thread of it keeps."""
    host = getattr(_own, "host", None)
    if host is None or _own.config != job.config:
        # A nanny starts its workers as daemons, which may have no children; theirs end with them by themselves.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
        if host is not None:
            host.stop()
        # Dask gives a task one thread: who wants more cores used starts more threads or workers.
        host = _own.host = Host(job.config, Path(tempfile.mkdtemp(prefix="hokoku-")), threads=1)
        _own.config = job.config
        atexit.register(host.stop)
    result: Result = host.do(job)
    return result


_own = threading.local()


def _portable(job: Job) -> Job:
    """Give the job with paths that mean the same on another machine."""
    task = job.task
    path = task.path if task.url is not None else task.path.absolute()
    base, root = task.base, task.root
    if task.target is None:
        base, root = base.absolute(), root.absolute()
    return replace(
        job, task=replace(task, path=path, base=base, root=root), config=replace(job.config, jobs=1)
    )


def _wait(client: Any, running: dict[Any, Job], *, address: str) -> list[Any]:
    """Give the futures that are done, after a moment's wait; raise ClusterLost when the scheduler stays away."""
    from distributed import wait  # noqa: PLC0415 - part of the extra "cluster"

    away_since = None
    while True:
        done = [future for future in running if future.done()]
        if done:
            if all(future.status in {"lost", "cancelled"} for future in done):
                raise ClusterLost(address=address)
            return [future for future in done if future.status not in {"lost", "cancelled"}]
        if client.status == "running":
            away_since = None
            try:
                wait(list(running), timeout=1, return_when="FIRST_COMPLETED")
            except TimeoutError:
                return []
        else:
            away_since = away_since or time.monotonic()
            if client.status == "closed" or time.monotonic() - away_since > LOST_SECONDS:
                raise ClusterLost(address=address)
            time.sleep(0.2)


def _future_to_result(future: Any, job: Job) -> Result:
    """Give what a worker returned.

    A document that was lost with several workers (KilledWorker), or for which one could not even begin (no room for its
    files, another version of this program), has that as its error: the cluster itself goes on.
    """
    if future.status == "error":
        failure = future.exception()
        how = " ".join(f"{type(failure).__name__}: {failure}".split())
        return Result(
            Outcome(
                job.task.path,
                "failed",
                error=WorkerLost(path=job.task.place, how=how[:MOST_TOLD]),
                url=job.task.url,
            )
        )
    result: Result = future.result()
    task = job.task
    there = task.root if task.target is not None else task.root.absolute()
    here = tuple((task.root / path.relative_to(there), fixity) for path, fixity in result.outputs)
    outcome = replace(
        result.outcome, path=job.task.path, url=job.task.url, outputs=tuple(path for path, _ in here)
    )
    return replace(result, outcome=outcome, outputs=here)


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import dask  # noqa: PLC0415 - part of the extra "cluster"
        import distributed  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise DependencyMissing(
            name="dask",
            remedy_ja="pip install 'hokoku[cluster]' で入ります。",
            remedy_en="Install it with pip install 'hokoku[cluster]'.",
        ) from error
    settings = {"distributed.scheduler.allowed-failures": LOST_WORKERS, "distributed.admin.tick.limit": "1h"}
    with dask.config.set(settings):
        if not address.startswith("local:"):
            try:
                client = distributed.Client(address, timeout=LOST_SECONDS)
            except (OSError, TimeoutError, ValueError) as error:
                raise DependencyMissing(
                    name=address,
                    remedy_ja="クラスタの scheduler に接続できません。アドレスを確かめてください。",
                    remedy_en="The scheduler of the cluster does not answer. Check the address.",
                ) from error
            with client:
                yield client
            return
        with (
            distributed.LocalCluster(
                n_workers=_local_workers(address), threads_per_worker=1, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client


def _local_workers(address: str) -> int:
    count = address.partition(":")[2]
    if not count.isdecimal() or not int(count):
        raise UsageError(
            detail_ja=f"--cluster は tcp://… か local:4 の形です: {address}",
            detail_en=f"--cluster is tcp://... or local:4, not {address}.",
        )
    return int(count)
