"""Jobs -> results in worker processes here: what ends a worker costs one document and no other.

A job whose worker crashed, hung or ran out of memory is done once more, alone, after all others: then neither the load
of the machine nor a neighbour can be the reason. What the second attempt leaves is made a partial document.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from extract.batch.in_worker import do_in_worker
from extract.batch.job import RETRIED, Job, Result
from extract.batch.plan import Task
from extract.batch.workers import Work, Worker
from extract.config import Config
from extract.cores import own_cores, usable_threads

WATCH_SECONDS = 0.2
"""How often the workers are looked at while none is done."""


SALVAGE_SECONDS = 300.0
"""At least so long may it take to make a document of pages that are read."""


class Listener(Protocol):
    """Who wants to know how the work goes on."""

    def begun(self, task: Task) -> None:
        """Hear that a task was given to a worker."""

    def reading(self, pages: int) -> None:
        """Hear how many pages the documents that are being read have so far."""


class Crew:
    """The workers of a run; a context manager that ends them, also in the middle of a job (Ctrl-C).

    ``threads`` is how many each may use, by default its share of the cores.
    """

    def __init__(
        self,
        config: Config,
        scratch: Path,
        *,
        size: int,
        listener: Listener,
        work: Work = do_in_worker,
        threads: int | None = None,
    ) -> None:
        threads = threads or share_of_cores(size)
        self._workers = [Worker(config, scratch, number=n, threads=threads) for n in range(size)]
        self._listener = listener
        self._work = work
        self._stopped = False

    def __enter__(self) -> Self:
        """Give the crew."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End every worker at once and remove what it was writing."""
        self.stop()

    def stop(self) -> None:
        """End every worker, also from another thread than the one that waits for results: that gets no more of them."""
        self._stopped = True
        for worker in self._workers:
            worker.stop()

    def do(self, jobs: Sequence[Job]) -> Iterator[tuple[Task, Result]]:
        """Do jobs; give each task's result as soon as it is final."""
        again: list[Job] = []
        for job, result in self._once(jobs, self._workers):
            if isinstance(result.outcome.error, RETRIED) and result.outcome.status == "failed":
                again.append(job)
            else:
                yield _finish(job, result)
        if again:
            for worker in self._workers[1:]:
                worker.stop()
        for one in again:
            for job, result in self._once([one], self._workers[:1]):
                yield _finish(job, self._salvage(job, result))

    def _once(self, jobs: Sequence[Job], workers: Sequence[Worker]) -> Iterator[tuple[Job, Result]]:
        waiting = deque(jobs)
        for worker in workers:
            self._supply(worker, waiting)
        while running := [worker.future for worker in workers if worker.future is not None]:
            if self._stopped:
                return
            wait(running, timeout=WATCH_SECONDS, return_when=FIRST_COMPLETED)
            for worker in workers:
                worker.watch()
            self._listener.reading(sum(worker.pages() for worker in workers))
            for worker in workers:
                if worker.future is not None and worker.future.done():
                    job, result = worker.take()
                    self._supply(
                        worker, waiting
                    )  # before the result is looked at: no worker waits for the ledger
                    yield job, result

    def _supply(self, worker: Worker, waiting: deque[Job]) -> None:
        if waiting and not self._stopped:
            self._listener.begun(waiting[0].task)
            worker.give(waiting.popleft(), self._work)

    def _salvage(self, job: Job, result: Result) -> Result:
        """Make a document of what the last attempt left, when it failed too and that is worth it."""
        error = result.outcome.error
        if not isinstance(error, RETRIED) or result.outcome.status != "failed" or not job.checkpoint.exists():
            return result
        worker = self._workers[0]
        config = replace(job.config, timeout=max(job.config.timeout or 0, SALVAGE_SECONDS), silence=None)
        worker.give(replace(job, config=config, ended_by=error, settled=None), self._work)
        while worker.future is not None and not worker.future.done():
            if self._stopped:
                return result
            wait([worker.future], timeout=WATCH_SECONDS)
            worker.watch()
        _, saved = worker.take()
        if saved.outcome.status != "partial":
            return result
        seconds = result.outcome.seconds + saved.outcome.seconds
        return replace(saved, outcome=replace(saved.outcome, seconds=seconds))


def share_of_cores(size: int) -> int:
    """Give the threads that each of ``size`` workers may use, so that together they use the cores of this process."""
    return max(1, min(own_cores() // size, usable_threads()))


def _finish(job: Job, result: Result) -> tuple[Task, Result]:
    with suppress(OSError):
        job.checkpoint.unlink(missing_ok=True)
    return job.task, result
