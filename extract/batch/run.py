"""A run: the jobs of a plan, done here or on a cluster, and every result in the ledger before anyone hears of it."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from extract.batch.book import Book
from extract.batch.isolated import Crew, Listener
from extract.batch.job import Job, Result
from extract.batch.ledger import Ledger
from extract.batch.lock import locked
from extract.batch.outputs import Outputs, is_unfinished
from extract.batch.plan import Plan, Task
from extract.batch.remote import do_remote, ledger_of
from extract.config import Config
from extract.errors import OutputError
from extract.outcome import Outcome


class Silent:
    """Listens to nothing."""

    def begun(self, task: Task) -> None:
        """Let it go."""

    def reading(self, pages: int) -> None:
        """Let it go."""


def run_plan(
    plan: Plan, *, config: Config, listener: Listener | None = None
) -> Generator[Outcome, None, None]:
    """Do the work of a plan; the arguments that cannot be used come first.

    Raises OutputError where the ledger cannot be kept, ClusterLost when the cluster is gone: the next run goes on.
    """
    for path, error in plan.refused:
        yield Outcome(Path(path), "failed", error=error, url=path if isinstance(path, str) else None)
    if not plan.tasks:
        return
    listener = listener or Silent()
    with ledger_of(plan) as (folder, keep):
        _make_folder(folder)
        with (
            locked(folder),
            Ledger(folder, create=True) as ledger,
            tempfile.TemporaryDirectory(prefix="hokoku-", ignore_cleanup_errors=True) as scratch,
        ):
            book = Book(ledger, plan, config, listener)
            _remove_left_behind(Outputs(plan.out, plan.url))
            for task, result in _results(book.jobs(Path(scratch)), plan, config, Path(scratch), book):
                yield book.record(task, result)
                keep()


def _results(
    jobs: list[Job], plan: Plan, config: Config, scratch: Path, book: Book
) -> Iterator[tuple[Task, Result]]:
    if config.cluster is not None:
        from extract.batch.cluster import do_on_cluster  # noqa: PLC0415 - part of the extra "cluster"

        yield from do_on_cluster(jobs, config, listener=book)
    elif plan.url is not None or any(job.task.url is not None for job in jobs):
        yield from do_remote(jobs, config, scratch, listener=book)
    else:
        with Crew(config, scratch, size=max(1, min(config.jobs, len(jobs))), listener=book) as crew:
            yield from crew.do(jobs)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path=out, reason=error.strerror or str(error)) from error


def _remove_left_behind(outputs: Outputs) -> None:
    """Remove what runs that were killed had begun to write; only names of this program, and no link is followed."""
    try:
        left_behind = [name for name in outputs.names() if is_unfinished(name)]
    except FileNotFoundError:
        return  # a store in which there is nothing yet
    except OSError as error:
        raise OutputError(path=outputs.url or outputs.out, reason=error.strerror or str(error)) from error
    for name in left_behind:
        with suppress(OSError):
            outputs.remove(name)
