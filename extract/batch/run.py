"""A run: the jobs of a plan, done here or on a cluster, and every result in the ledger before anyone hears of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extract.batch.entry import Entry, config_to_limits, config_to_settings, is_settled
from extract.batch.isolated import Crew, Listener
from extract.batch.job import Job, Result
from extract.batch.ledger import Ledger
from extract.batch.lock import locked
from extract.batch.plan import Plan, Task
from extract.batch.remote import do_remote, ledger_of
from extract.batch.storage import remote_size
from extract.config import VERSION, Config
from extract.errors import HokokuError, InputMissing, InternalError, NoInputs, OutputError
from extract.outcome import Outcome

GONE = (InputMissing, NoInputs)
"""What is refused because there is nothing: no line of the ledger can be about it."""


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
        yield Outcome(path, "failed", error=error)
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
            book = _Book(ledger, plan, config, listener)
            if plan.url is None:
                _remove_left_behind(plan.out)
            for task, result in _results(book.jobs(Path(scratch)), plan, config, Path(scratch), book):
                yield book.record(task, result)
                keep()


def _results(
    jobs: list[Job], plan: Plan, config: Config, scratch: Path, book: _Book
) -> Iterator[tuple[Task, Result]]:
    if config.cluster is not None:
        from extract.batch.cluster import do_on_cluster  # noqa: PLC0415 - part of the extra "cluster"

        yield from do_on_cluster(jobs, config, listener=book)
    elif plan.url is not None or any(job.task.url is not None for job in jobs):
        yield from do_remote(jobs, config, scratch, listener=book)
    else:
        with Crew(config, scratch, size=max(1, min(config.jobs, len(jobs))), listener=book) as crew:
            yield from crew.do(jobs)


class _Book:
    """Keeps the ledger of a run."""

    def __init__(self, ledger: Ledger, plan: Plan, config: Config, listener: Listener) -> None:
        self._ledger = ledger
        self._plan = plan
        self._config = config
        self._listener = listener
        self._known = ledger.entries()
        self._looked_at: set[Path] = set()
        self._settings = config_to_settings(config)
        self._limits = config_to_limits(config)
        beside: dict[str, HokokuError | None] = {
            os.path.abspath(path): error  # noqa: PTH100 - as Task.place
            for path, error in plan.refused
            if not isinstance(error, GONE)
        }
        beside |= {os.path.abspath(path): None for path in plan.skipped}  # noqa: PTH100 - likewise
        ledger.expect((self._entry(task) for task in plan.tasks), beside)

    def jobs(self, scratch: Path) -> list[Job]:
        """Give a job a task, with the content for which it is done already."""
        jobs = [
            Job(task, self._config, scratch / f"{number}.pages", self._settled(task))
            for number, task in enumerate(self._plan.tasks)
        ]
        self._looked_at = {job.task.base for job in jobs if job.settled is not None}
        return jobs

    def begun(self, task: Task) -> None:
        """Note that work on a task begins; a look whether its content is still the same is no attempt."""
        if task.base not in self._looked_at:
            self._ledger.begin(self._base(task))
        self._listener.begun(task)

    def reading(self, pages: int) -> None:
        """Pass it on."""
        self._listener.reading(pages)

    def record(self, task: Task, result: Result) -> Outcome:
        """Note what became of a task, and give its outcome."""
        base = self._base(task)
        before = self._known.get(base)
        if result.unchanged and before is not None:
            return _entry_to_outcome(task, before, self._plan)
        if task.base in self._looked_at:
            self._ledger.begin(base)
        outcome = result.outcome
        entry = replace(
            self._entry(task),
            state=outcome.status,
            fixity=result.fixity,
            error=outcome.error,
            seconds=outcome.seconds,
            pages=outcome.pages,
            engine=result.engine,
            findings=outcome.findings,
            version=VERSION,
            settings=self._settings,
            limits=self._limits,
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
            outputs=tuple(
                (path.relative_to(task.root).as_posix(), fixity) for path, fixity in result.outputs
            ),
        )
        self._ledger.record(entry)
        return outcome

    def _settled(self, task: Task) -> str | None:
        """Give the SHA-256 of the content for which nothing need be done again."""
        entry = self._known.get(self._base(task))
        if entry is None or entry.fixity is None or self._config.force:
            return None
        if not is_settled(entry, version=VERSION, settings=self._settings, limits=self._limits):
            return None
        there = all(self._size(name) == fixity.bytes for name, fixity in entry.outputs)
        return entry.fixity.sha256 if there else None

    def _size(self, name: str) -> int | None:
        if self._plan.url is not None:
            return remote_size(f"{self._plan.url}/{name}")
        try:
            return (self._plan.out / name).stat().st_size
        except OSError:
            return None

    def _entry(self, task: Task) -> Entry:
        return Entry(self._base(task), task.name, task.place)

    def _base(self, task: Task) -> str:
        return task.base.relative_to(self._plan.out).as_posix()


def _entry_to_outcome(task: Task, entry: Entry, plan: Plan) -> Outcome:
    """Give the outcome that an earlier run had."""
    if entry.state not in {"ok", "partial", "failed"}:
        raise InternalError(subject=task.path, kind=entry.state)
    return Outcome(
        task.path,
        entry.state,
        error=entry.error,
        outputs=tuple(plan.out / name for name, _ in entry.outputs),
        findings=entry.findings,
        pages=entry.pages,
        resumed=True,
    )


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path=out, reason=error.strerror or str(error)) from error


def _remove_left_behind(out: Path) -> None:
    """Remove what runs that were killed had begun to write; only names of this program, and no link is followed."""
    for parent, _, files in os.walk(out):
        for name in files:
            if name.startswith(".hokoku-") and name.endswith(".part"):
                with suppress(OSError):
                    (Path(parent) / name).unlink()
