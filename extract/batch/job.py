"""What travels to a worker and back; light, so that the parent loads no reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.batch.fixity import Fixity
from extract.batch.plan import Task
from extract.config import Config
from extract.errors import HokokuError, OutOfMemory, ReadingTimeout, WorkerLost
from extract.outcome import Outcome

RETRIED = (OutOfMemory, ReadingTimeout, WorkerLost)
"""What may have other reasons than the document, and is tried once more."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task with what its worker needs beside the settings.

    ``settled`` is the SHA-256 of the content for which nothing need be done; ``checkpoint`` the file for the pages read;
    ``ended_by`` the error that ended the last attempt, where what it left is to be made a document.
    """

    task: Task
    config: Config
    checkpoint: Path
    settled: str | None = None
    ended_by: HokokuError | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker gives back: small enough to travel. ``unchanged`` says that the content was the settled one."""

    outcome: Outcome
    fixity: Fixity | None = None
    outputs: tuple[tuple[Path, Fixity], ...] = ()
    engine: str | None = None
    unchanged: bool = False
