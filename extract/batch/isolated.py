"""Tasks in worker processes, with a time-out for each: a crash or a hang costs one document and no other.

Workers are spawned: a fork would copy the locks of our own threads. Each converts many files and is replaced when it dies.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING

from extract.batch.plan import Task
from extract.batch.task import convert_task
from extract.config import Config
from extract.errors import HokokuError, ReadingTimeout, WorkerLost
from extract.logs import set_up_logging
from extract.outcome import Outcome

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

WAITING_PER_JOB = 4
"""Tasks handed over ahead, a worker: enough that none waits for work, few enough to lose little in a breakdown."""

MAX_BREAKDOWNS = 3
"""How often a task may be in the pool when the pool itself breaks, before its worker counts as lost."""

UNFINISHED = ".hokoku-*.part"
"""The names under which files are written before they appear."""

CHECK_SECONDS = 0.5
"""How long to wait before looking whether the pool still runs (and, on Windows, whether Ctrl-C was pressed)."""


def run_isolated(tasks: Sequence[Task], config: Config) -> Iterator[Outcome]:
    """Convert tasks in ``config.jobs`` processes; give their outcomes as they are done.

    Ended early (Ctrl-C, or a caller who stops asking), it stops the workers and removes what they were writing.
    """
    waiting = deque(tasks)
    breakdowns: Counter[Task] = Counter()
    running: dict[ProcessFuture, Task] = {}
    killed: set[Path] = set()
    pool = _start_pool(config, len(tasks))
    try:
        while waiting or running:
            if pool.active:
                for future in _hand_over(pool, waiting, running, config):
                    task = running.pop(future)
                    outcome = _future_to_outcome(future, task, config)
                    if isinstance(outcome.error, ReadingTimeout | WorkerLost):
                        killed.add(task.base.parent)
                    yield outcome
                continue
            # A worker died between two tasks, so the pool does not know what it lost: all go to a new pool.
            _stop_pool(pool)
            lost = list(running.values())
            running.clear()
            breakdowns.update(lost)
            for task in lost:
                if breakdowns[task] < MAX_BREAKDOWNS:
                    waiting.append(task)
                else:
                    yield Outcome(task.path, "failed", error=WorkerLost(path=task.path))
            pool = _start_pool(config, len(tasks))
    finally:
        _stop_pool(pool)
        _remove_unfinished(killed | {task.base.parent for task in running.values()})


def _hand_over(
    pool: ProcessPool, waiting: deque[Task], running: dict[ProcessFuture, Task], config: Config
) -> set[ProcessFuture]:
    """Keep the workers supplied; give the tasks that are done, after a moment's wait when there is none."""
    while waiting and len(running) < config.jobs * (1 + WAITING_PER_JOB):
        try:
            future = pool.schedule(convert_task, args=(waiting[0], config), timeout=config.timeout)
        except RuntimeError:  # the pool broke since it was asked; the caller sees that next
            return set()
        running[future] = waiting.popleft()
    done, _ = wait(running, timeout=CHECK_SECONDS, return_when=FIRST_COMPLETED)
    # What a breakdown ended has no outcome yet: it stays among the running until the pool is seen to be broken.
    return {future for future in done if not isinstance(future.exception(), BrokenProcessPool)}


def _future_to_outcome(future: ProcessFuture, task: Task, config: Config) -> Outcome:
    """Give what the task returned; without a return its worker was stopped or died."""
    error = future.exception()
    if error is None:
        outcome: Outcome = future.result()
        return outcome
    reason: HokokuError
    if isinstance(error, TimeoutError):
        reason = ReadingTimeout(path=task.path, seconds=f"{config.timeout:g}")
        return Outcome(task.path, "failed", error=reason, seconds=config.timeout or 0.0)
    return Outcome(task.path, "failed", error=WorkerLost(path=task.path))


def _start_pool(config: Config, tasks: int) -> ProcessPool:
    from pebble import ProcessPool  # noqa: PLC0415 - only who needs processes pays for it

    with _without_interrupts():
        pool = ProcessPool(
            max_workers=max(1, min(config.jobs, tasks)),
            initializer=_prepare_worker,
            context=multiprocessing.get_context("spawn"),
        )
        _ = pool.active  # starts it
    return pool


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back from this thread and from the threads and processes it starts: it is for the parent to answer.

    A worker that is hit while it loads its modules would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # started later, it would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop_pool(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def _prepare_worker() -> None:
    """Make a new process ready, before the time of a file begins to count."""
    set_up_logging()


def _remove_unfinished(folders: set[Path]) -> None:
    """Remove what killed workers were writing; a finished file never has such a name."""
    for folder in folders:
        for unfinished in folder.glob(UNFINISHED):
            with suppress(OSError):
                unfinished.unlink()
