"""A worker: one child process that does one job at a time, watched, and replaced when it had to be ended.

Each worker is a pool of one process (pebble), so that what happens to one channel touches one worker. The process is
forked from a server that has loaded the readers and nothing else (where there is no such server it is started anew).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from extract.batch.cage import THREAD_VARIABLES, enter_cage
from extract.batch.job import Job, Result
from extract.batch.memory import group_megabytes
from extract.batch.names import DATA_SET
from extract.batch.plan import Task
from extract.batch.pulse import Pulse
from extract.config import Config
from extract.errors import HokokuError, OutOfMemory, ReadingSilent, ReadingTimeout, WorkerLost
from extract.outcome import Outcome

if TYPE_CHECKING:
    from pebble import ProcessPool

Work: TypeAlias = Callable[[Job], Result]

PRELOADED = ["extract.batch.task", "numpy", "spacy.lang.ja", "sudachipy"]
"""What the server loads before it forks: everything that a document with a text layer needs.

The last three are loaded late elsewhere; loaded here, they cost the half second once a run and not once a worker.
"""

UNFINISHED = ".hokoku-{group}-*.part"
"""The names under which a worker writes files before they appear."""

MEMORY_MARGIN = 1.25
"""Resident memory may be over the limit by this factor, since it counts shared libraries too."""

NEAR_THE_LIMIT = 0.8
"""A process that ended by itself when it held this share of its limit was out of memory."""


class Worker:
    """One child process and the job it does."""

    def __init__(self, config: Config, scratch: Path, *, number: int, threads: int) -> None:
        self._config = config
        self._scratch = scratch
        self._threads = threads
        self._pulse_path = scratch / f"{number}.pulse"
        self._pulse = Pulse(self._pulse_path)
        self._pool: ProcessPool | None = None
        self._ended_by: HokokuError | None = None
        self._begun = 0.0
        self._group = 0
        self._most = 0.0
        self.job: Job | None = None
        self.future: Future[Result] | None = None

    def give(self, job: Job, work: Work) -> None:
        """Begin a job; the worker must be idle."""
        while True:
            if self._pool is None or not self._pool.active:
                self._replace()
            if self._pool is None:
                continue
            with suppress(RuntimeError):  # the pool broke since it was asked
                future = self._pool.schedule(work, args=(job,))
                break
        self.job, self.future = job, future
        self._group = self._pulse.read()[0]
        self._most = 0.0
        self._ended_by = None
        self._begun = time.monotonic()

    def take(self) -> tuple[Job, Result]:
        """Give the finished job and its result; the worker is idle then."""
        job, future = self.job, self.future
        if job is None or future is None:
            raise LookupError
        self.job = self.future = None
        error = future.exception()
        if error is None:
            result = future.result()
            if isinstance(result.outcome.error, OutOfMemory):
                self.end()  # its memory is in pieces
            return job, result
        ended_by = self._ended_by or self._to_reason(job, error)
        self.end()
        if self._group:
            remove_unfinished(job.task, self._group)
        seconds = time.monotonic() - self._begun
        return job, Result(Outcome(job.task.path, "failed", error=ended_by, seconds=seconds))

    def _to_reason(self, job: Job, error: BaseException) -> HokokuError:
        """Say why a process ended by itself: one that had grown near its limit was out of memory."""
        if self._most > NEAR_THE_LIMIT * self._config.memory:
            return OutOfMemory(path=job.task.path, reason=f"> {self._most:.0f} MB")
        if isinstance(error, MemoryError):
            return OutOfMemory(path=job.task.path, reason="MemoryError")
        how = f"exit code {error.exitcode}" if hasattr(error, "exitcode") else type(error).__name__
        return WorkerLost(path=job.task.path, how=how)

    def pages(self) -> int:
        """Give the pages that the running job has read."""
        return self._pulse.read()[1] if self.job is not None else 0

    def watch(self) -> None:
        """End the process when its job takes too long, does not get on, or takes too much memory."""
        if self.job is None or self.future is None or self.future.done() or self._ended_by is not None:
            return
        group, _, last_beat = self._pulse.read()
        if not group:
            return  # it has not begun
        now = time.monotonic()
        config, path = self.job.config, self.job.task.path
        if group != self._group:
            self._group, self._begun = group, now  # the start of a process is not the file's time
        if config.timeout is not None and now - self._begun > config.timeout:
            self._kill(group, ReadingTimeout(path=path, seconds=f"{config.timeout:g}"))
        elif config.silence is not None and now - max(last_beat, self._begun) > config.silence:
            self._kill(group, ReadingSilent(path=path, seconds=f"{config.silence:g}"))
        else:
            self._most = max(self._most, group_megabytes(group))
            if self._most > config.memory * MEMORY_MARGIN:
                self._kill(group, OutOfMemory(path=path, reason=f"> {config.memory} MB"))

    def stop(self) -> None:
        """End the process in the middle of its job, and remove what it was writing."""
        job, group = self.job, self._pulse.read()[0]
        self.end()
        if job is not None and group:
            remove_unfinished(job.task, group)

    def end(self) -> None:
        """End the process and everything it started."""
        group = self._pulse.read()[0]
        pool, self._pool = self._pool, None  # another thread may end it too
        if pool is not None:
            pool.stop()  # first, or it would replace the process that is ended
        if group:
            self._kill(group, None)
        if pool is not None:
            pool.join()
        self._pulse.clear()

    def _kill(self, group: int, error: HokokuError | None) -> None:
        self._ended_by = error
        with suppress(OSError, AttributeError):
            os.killpg(group, signal.SIGKILL)

    def _replace(self) -> None:
        from pebble import ProcessPool  # noqa: PLC0415 - only who needs processes pays for it

        self.end()
        options = {"memory": self._config.memory, "threads": self._threads, "scratch": self._scratch}
        with _quiet_start(self._threads):
            pool = ProcessPool(
                max_workers=1,
                max_tasks=self._config.files_per_worker,
                initializer=_prepare,
                initargs=(self._pulse_path, options),
                context=_context(),
            )
            _ = pool.active  # starts it
        self._pool = pool


def remove_unfinished(task: Task, group: int) -> None:
    """Remove what a worker that is gone was writing for a task; a finished file never has such a name."""
    for folder in (task.base.parent, task.root / DATA_SET):
        for unfinished in folder.glob(UNFINISHED.format(group=group)):
            with suppress(OSError):
                unfinished.unlink()


def _prepare(pulse: Path, options: dict[str, object]) -> None:
    enter_cage(pulse, **options)  # type: ignore[arg-type]  # the three above


def _context() -> multiprocessing.context.BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


@contextmanager
def _quiet_start(threads: int) -> Iterator[None]:
    """Hold Ctrl-C back from what is started: it is for the parent to answer. Tell libraries how many threads to start.

    A worker that is hit while it loads its modules would print a traceback.
    """
    before = {name: os.environ.get(name) for name in THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, str(threads)))
    mask = None
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        resource_tracker.ensure_running()  # started later, it would let interrupts through again
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
