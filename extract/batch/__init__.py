"""Many files: what to convert, in worker processes here or on a cluster, and a ledger of what became of them.

The only place that starts processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.batch.check import Checked, check
from extract.batch.outputs import json_folder
from extract.batch.plan import Plan, Task
from extract.batch.run import run_plan
from extract.batch.setting_out import make_plan
from extract.batch.status import Status, read_status
from extract.batch.summary import Summary
from extract.batch.verify import Verified, verify
from extract.config import DEFAULT, Config
from extract.outcome import Outcome

__all__ = [
    "Checked",
    "Plan",
    "Status",
    "Summary",
    "Task",
    "Verified",
    "check",
    "convert_many",
    "json_folder",
    "make_plan",
    "read_status",
    "run_plan",
    "verify",
]


def convert_many(
    paths: Path | str | Iterable[Path | str], out: Path | str, *, config: Config = DEFAULT
) -> Iterator[Outcome]:
    """Convert files, folders, patterns and URLs into OUT; give an outcome a file, as soon as it is done.

    The outcomes carry the paths of the written files and no document, and are the same for any ``config.jobs`` and
    ``config.cluster``. What OUT/ledger.sqlite says is done is not done again. The work is done in fresh processes, so a
    script that calls this needs ``if __name__ == "__main__":``. Raises UsageError, DependencyMissing and OutputError
    before the first file; whatever concerns one file is its outcome.
    """
    paths = [paths] if isinstance(paths, Path | str) else paths
    return run_plan(make_plan(paths, out, config=config), config=config)
