"""Many files: what to convert, one after the other or in worker processes, and what became of them.

The only place that starts processes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.batch.isolated import run_isolated
from extract.batch.plan import Plan, Task, find_inputs
from extract.batch.summary import Summary
from extract.batch.task import convert_task
from extract.config import DEFAULT, Config
from extract.errors import OutputError
from extract.flow import check_dependencies, check_formats
from extract.outcome import Outcome

__all__ = ["Plan", "Summary", "Task", "convert_many", "convert_task", "make_plan", "run_plan"]


def convert_many(
    paths: Path | str | Iterable[Path | str], out: Path | str, *, config: Config = DEFAULT
) -> Iterator[Outcome]:
    """Convert files, folders and patterns into OUT; give an outcome a file, as soon as it is done.

    The outcomes carry the paths of the written files and no document, and are the same for any ``config.jobs``; their
    order is that of the inputs for one job without time-out. With more jobs or a time-out the work is done in fresh
    processes, so a script that calls this needs ``if __name__ == "__main__":``. Raises UsageError, DependencyMissing
    and OutputError before the first file; whatever concerns one file is its outcome.
    """
    paths = [paths] if isinstance(paths, Path | str) else paths
    return run_plan(make_plan(paths, Path(out), config=config), config=config)


def make_plan(paths: Iterable[Path | str], out: Path, *, config: Config) -> Plan:
    """Check what can be checked before the first file is opened and find the inputs. Raises as ``convert_many``."""
    check_dependencies(config)
    check_formats(config.formats)
    plan = find_inputs(paths, out)
    if plan.tasks:
        _check_output_folder(out)
    return plan


def run_plan(plan: Plan, *, config: Config) -> Iterator[Outcome]:
    """Do the work of a plan; the arguments that cannot be used come first."""
    for path, error in plan.refused:
        yield Outcome(path, "failed", error=error)
    if config.jobs == 1 and config.timeout is None:
        yield from (convert_task(task, config) for task in plan.tasks)
    else:
        yield from run_isolated(plan.tasks, config)


def _check_output_folder(out: Path) -> None:
    """Raise OutputError when no file can be made in OUT, or in the nearest folder above it that is there."""
    try:
        existing = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise OutputError(path=out, reason=error.strerror or str(error)) from error
