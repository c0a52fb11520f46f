"""What is checked before the first file of a run is opened."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from extract.batch.entry import Entry
from extract.batch.ledger import Ledger
from extract.batch.outputs import ledger_folder, split_out
from extract.batch.plan import Plan, find_inputs
from extract.config import Config
from extract.errors import LedgerMissing, OutputError, UsageError

KNOWN_FORMATS = frozenset({"json", "xlsx", "html", "md", "csv"})
"""Formats that need no look at the plug-ins."""

SUFFIXES = (".json", ".xlsx", ".csv", ".html", ".md")
"""A name is given for all of these, whatever a run asks for: the next one may add a format."""


def make_plan(paths: Iterable[Path | str], out: Path | str, *, config: Config) -> Plan:
    """Check what can be checked before the first file is opened and find the inputs. Raises as ``convert_many``."""
    _check_settings(config)
    folder, url = split_out(out)
    if url is not None:
        folder = Path(tempfile.mkdtemp(prefix="hokoku-out-"))
        # The run removes it; this is for plans that are made and never run.
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    known = _known(out)
    plan = find_inputs(
        paths,
        folder,
        url=url,
        taken={entry.name: entry.base for entry in known.values()},
        suffixes={*SUFFIXES, *(f".{name}" for name in config.formats)},
    )
    _check_places(plan, known, config)
    if plan.tasks and url is None:
        _check_output_folder(folder)
    return plan


def _check_settings(config: Config) -> None:
    """Raise DependencyMissing and UsageError; only unusual settings load the readers for it."""
    if config.ocr in {"auto", "none"} and not config.force_ocr and KNOWN_FORMATS.issuperset(config.formats):
        return
    from extract.flow import check_dependencies, check_formats  # noqa: PLC0415 - the parent stays light

    check_dependencies(config)
    check_formats(config.formats)


def _known(out: Path | str) -> dict[str, Entry]:
    try:
        with ledger_folder(out) as (folder, _), Ledger(folder) as ledger:
            return ledger.entries()
    except LedgerMissing:
        return {}


def _check_places(plan: Plan, known: dict[str, Entry], config: Config) -> None:
    """Raise UsageError when an input would take the outputs of another one that is still there."""
    if config.force:
        return
    for task in plan.tasks:
        entry = known.get(task.base.relative_to(plan.out).as_posix())
        if entry is None or entry.place == task.place:
            continue
        if os.path.exists(entry.place) and not os.path.samefile(entry.place, task.path):  # noqa: PTH110, PTH121 - a place may be no path
            raise UsageError(
                detail_ja=f"{task.path} の出力先には {entry.place} の変換結果があります。別の出力先を指定するか、--force で置き換えてください。",
                detail_en=f"{task.path} would replace what {entry.place} became; give another folder, or --force.",
            )


def _check_output_folder(out: Path) -> None:
    """Raise OutputError when no file can be made in OUT, or in the nearest folder above it that is there."""
    try:
        existing = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise OutputError(path=out, reason=error.strerror or str(error)) from error
