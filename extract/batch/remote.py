"""Documents that lie elsewhere: fetched, converted by a worker here, and their outputs sent where they belong.

The host of a worker does the fetching and sending, since a worker itself reaches no network. This is what one machine of
a cluster does too.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from extract.batch.isolated import Crew, Listener, share_of_cores
from extract.batch.job import Job, Result
from extract.batch.ledger import FILE_NAME
from extract.batch.plan import Plan, Task
from extract.batch.storage import fetch, put, remote_size
from extract.config import Config
from extract.errors import HokokuError, InputMissing, InputUnreadable, TooManyBytes, WorkerLost
from extract.outcome import Outcome

KEEP_SECONDS = 30.0
"""How often the ledger of a remote OUT is sent there while a run goes on."""


def do_remote(
    jobs: Sequence[Job], config: Config, scratch: Path, *, listener: Listener
) -> Iterator[tuple[Task, Result]]:
    """Do jobs whose inputs or outputs lie elsewhere, ``config.jobs`` at a time; give each task's result."""
    size = max(1, min(config.jobs, len(jobs)))
    hosts: SimpleQueue[Host] = SimpleQueue()
    threads_each = share_of_cores(size)
    every = [Host(config, scratch / str(number), threads=threads_each) for number in range(size)]
    for host in every:
        hosts.put(host)

    def do(job: Job) -> Result:
        host = hosts.get()
        try:
            return host.do(job)
        finally:
            hosts.put(host)

    with ExitStack() as at_the_end:
        for host in every:
            at_the_end.callback(host.stop)  # once more, when no thread can start a worker any longer
        threads = at_the_end.enter_context(ThreadPoolExecutor(size))
        try:
            waiting = list(reversed(jobs))
            running: dict[Future[Result], Task] = {}
            while waiting or running:
                while waiting and len(running) < size:
                    job = waiting.pop()
                    listener.begun(job.task)
                    running[threads.submit(do, job)] = job.task
                done, _ = wait(running, timeout=1, return_when=FIRST_COMPLETED)
                listener.reading(0)
                for future in done:
                    yield running.pop(future), future.result()
        finally:
            for host in every:
                host.stop()


class Host:
    """One worker, which may use ``threads``, with what brings it documents and takes its outputs away."""

    def __init__(self, config: Config, scratch: Path, *, threads: int) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._scratch = scratch
        self._stopped = False
        self._crew = Crew(config, scratch, size=1, listener=_Nobody(), threads=threads)

    def do(self, job: Job) -> Result:
        """Do a job, with its second attempt where that is due."""
        task = job.task
        job = replace(job, checkpoint=self._scratch / "pages")
        if task.url is None and task.target is None:
            return self._do_here(job)
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            path, base, root = task.path, task.base, task.root
            try:
                if task.url is not None:
                    _check_size(task.url, job.config.max_bytes)
                    path = Path(folder) / "input" / task.path.name
                    path.parent.mkdir()
                    fetch(task.url, path, is_stopped=lambda: self._stopped)
                if task.target is not None:
                    root = Path(folder) / "output"
                    base = root / task.below
                result = self._do_here(replace(job, task=replace(task, path=path, base=base, root=root)))
                if task.target is not None:
                    for output, _ in result.outputs:
                        put(
                            output, task.target.removesuffix(task.below) + output.relative_to(root).as_posix()
                        )
            except FileNotFoundError:
                return _failed(task, InputMissing(path=task.url))
            except OSError as error:
                return _failed(task, InputUnreadable(path=task.url, reason=error.strerror or str(error)))
            except HokokuError as error:
                return _failed(task, error)
        outputs = tuple((task.root / output.relative_to(root), fixity) for output, fixity in result.outputs)
        outcome = replace(
            result.outcome,
            path=task.path,
            url=task.url,
            error=_said_of(task, result.outcome.error, path),
            outputs=tuple(path for path, _ in outputs),
        )
        return replace(result, outcome=outcome, outputs=outputs)

    def stop(self) -> None:
        """End the worker, also in the middle of its job and from another thread."""
        self._stopped = True
        self._crew.stop()

    def _do_here(self, job: Job) -> Result:
        for _, result in self._crew.do([job]):
            return result
        raise WorkerLost(path=job.task.path, how="stopped")


def _check_size(url: str, most: int) -> None:
    size = remote_size(url)
    if size is not None and size > most:
        raise TooManyBytes(path=url, count=size, limit=most)


class _Nobody:
    def begun(self, task: Task) -> None:
        pass

    def reading(self, pages: int) -> None:
        pass


def _failed(task: Task, error: HokokuError) -> Result:
    return Result(Outcome(task.path, "failed", error=error, url=task.url))


def _said_of(task: Task, error: HokokuError | None, copy: Path) -> HokokuError | None:
    """Give an error with the place of the input where it names the copy that was read here."""
    if error is None:
        return None
    details = {name: task.place if text == str(copy) else text for name, text in error.details.items()}
    return type(error)(**details)


@contextmanager
def ledger_of(plan: Plan) -> Iterator[tuple[Path, Callable[[], None]]]:
    """Give the folder of the ledger, and what keeps a remote one up to date from time to time and at the end."""
    if plan.url is None:
        yield plan.out, lambda: None
        return
    url = f"{plan.url}/{FILE_NAME}"
    sent = time.monotonic()

    def keep() -> None:
        nonlocal sent
        if time.monotonic() - sent > KEEP_SECONDS:
            sent = time.monotonic()
            _send(plan.out, url)

    if remote_size(url) is not None:
        fetch(url, plan.out / FILE_NAME)
    try:
        yield plan.out, keep
    finally:
        try:
            if (plan.out / FILE_NAME).exists():
                put(plan.out / FILE_NAME, url)
        finally:
            shutil.rmtree(plan.out, ignore_errors=True)


def _send(folder: Path, url: str) -> None:
    """Send a copy of the ledger as it is now, its log folded in."""
    import sqlite3  # noqa: PLC0415 - beside its one use

    copy = folder / "ledger.copy"
    with closing(sqlite3.connect(folder / FILE_NAME)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    put(copy, url)
    copy.unlink()
