"""The ledger of a run: what is to be done, what became of it, and what outputs of an input there are."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extract.batch.entry import Entry, config_to_limits, config_to_settings, is_settled, with_formats
from extract.batch.fixity import Fixity
from extract.batch.isolated import Listener
from extract.batch.job import Job, Result
from extract.batch.ledger import Ledger
from extract.batch.outputs import Outputs
from extract.batch.plan import Plan, Task
from extract.config import VERSION, Config
from extract.errors import HokokuError, InputMissing, InternalError, NoInputs
from extract.outcome import Outcome

GONE = (InputMissing, NoInputs)
"""What is refused because there is nothing: no line of the ledger can be about it."""


class Book:
    """Keeps the ledger of a run."""

    def __init__(self, ledger: Ledger, plan: Plan, config: Config, listener: Listener) -> None:
        self._ledger = ledger
        self._plan = plan
        self._config = config
        self._listener = listener
        self._outputs = Outputs(plan.out, plan.url)
        self._known = ledger.entries()
        self._looked_at: set[Path] = set()
        self._settings = config_to_settings(config)
        self._limits = config_to_limits(config)
        beside: dict[str, HokokuError | None] = {
            _to_place(path): error for path, error in plan.refused if not isinstance(error, GONE)
        }
        beside |= {_to_place(path): None for path in plan.skipped}
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
        new = tuple((path.relative_to(task.root).as_posix(), fixity) for path, fixity in result.outputs)
        kept, settings = self._earlier(before, result, {name for name, _ in new})
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
            settings=settings,
            limits=self._limits,
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
            outputs=(*new, *kept),
        )
        self._ledger.record(entry)
        return outcome

    def _earlier(
        self, before: Entry | None, result: Result, new: set[str]
    ) -> tuple[tuple[tuple[str, Fixity], ...], str]:
        """Give the outputs of earlier runs that still belong to the input, and the settings for which it is done now.

        Those made of other content would look right beside new ones, or in a data set, and are removed, unless someone has
        changed them since. Those of the same content in other formats stay, and so does everything of an input that
        fails now: it may be all that is left of it.
        """
        if before is None:
            return (), self._settings
        old = tuple((name, fixity) for name, fixity in before.outputs if name not in new)
        if result.outcome.status == "failed" or before.fixity == result.fixity:
            there = tuple((name, fixity) for name, fixity in old if self._outputs.size(name) == fixity.bytes)
            whole = (
                result.outcome.status == before.state == "ok" and before.version == VERSION and there == old
            )
            return there, with_formats(self._settings, before.settings) if whole else self._settings
        for name, fixity in old:
            with suppress(OSError):
                if self._outputs.fixity(name) == fixity:
                    self._outputs.remove(name)
        return (), self._settings

    def _settled(self, task: Task) -> str | None:
        """Give the SHA-256 of the content for which nothing need be done again."""
        entry = self._known.get(self._base(task))
        if entry is None or entry.fixity is None or self._config.force:
            return None
        if not is_settled(entry, version=VERSION, settings=self._settings, limits=self._limits):
            return None
        there = all(self._outputs.size(name) == fixity.bytes for name, fixity in entry.outputs)
        return entry.fixity.sha256 if there else None

    def _entry(self, task: Task) -> Entry:
        return Entry(self._base(task), task.name, task.place)

    def _base(self, task: Task) -> str:
        return task.base.relative_to(self._plan.out).as_posix()


def _to_place(path: Path | str) -> str:
    """Give a URL as it is, and a path as ``Task.place`` does."""
    return path if isinstance(path, str) else os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps ".."


def _entry_to_outcome(task: Task, entry: Entry, plan: Plan) -> Outcome:
    """Give the outcome that an earlier run had."""
    if entry.state not in {"ok", "partial", "failed"}:
        raise InternalError(subject=task.path, kind=entry.state)
    return Outcome(
        task.path,
        entry.state,
        error=entry.error,
        outputs=tuple(plan.out / name for name, _ in entry.outputs),
        url=task.url,
        findings=entry.findings,
        pages=entry.pages,
        resumed=True,
    )
