"""One task of a batch, done inside a worker: the seam where any runner, here or far away, puts its work."""

from __future__ import annotations

import logging
import stat
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from extract.batch.cage import lift_limit
from extract.batch.checkpoint import Checkpoint, read_checkpoint
from extract.batch.fixity import Fixity, file_to_fixity
from extract.batch.job import RETRIED, Job, Result
from extract.batch.pulse import Pulse
from extract.config import Config
from extract.document import Document, SourcePage
from extract.errors import HokokuError, InternalError, OutOfMemory, ReadingError
from extract.flow import convert, page_pictures, salvage, write
from extract.outcome import Outcome

_log = logging.getLogger(__name__)


def do_job(job: Job) -> Result:
    """Convert one file and write its outputs, or make a document of what an attempt left that was ended.

    Never raises: a bug that one document brings to light must not end the others.
    """
    started = time.monotonic()
    path = job.task.path
    fixity: Fixity | None = None
    error: HokokuError
    try:
        fixity = _input_to_fixity(path, job.config)
        if job.settled is not None and fixity is not None and fixity.sha256 == job.settled:
            return Result(Outcome(path, "ok", resumed=True), fixity, unchanged=True)
        result = _do(job, fixity)
    except MemoryError:
        lift_limit()
        error = OutOfMemory(path=path, reason="MemoryError")
    except HokokuError as failure:
        error = failure
    except RecursionError:
        error = ReadingError(path=path, reason="RecursionError")
    except Exception as bug:  # noqa: BLE001 - a document in a batch is one of the two places for it
        _log.debug("a bug showed in %s", path, exc_info=True)
        error = InternalError(subject=path, kind=type(bug).__name__)
    else:
        outcome = replace(result.outcome, document=None, seconds=time.monotonic() - started)
        return replace(result, outcome=outcome)
    return Result(Outcome(path, "failed", error=error, seconds=time.monotonic() - started), fixity)


def _do(job: Job, fixity: Fixity | None) -> Result:
    if job.ended_by is not None:
        outcome = _salvage(job, job.ended_by)
    else:
        with closing(Checkpoint(job.checkpoint, Pulse.of_this_worker())) as checkpoint:
            outcome = convert(job.task.path, config=job.config, watch=checkpoint)
        if isinstance(outcome.error, OutOfMemory):
            lift_limit()
        if outcome.error is not None and not isinstance(outcome.error, RETRIED):
            saved = _salvage(job, outcome.error)
            outcome = outcome if saved.document is None else saved
    document = outcome.document
    if document is None:
        return Result(outcome, fixity)
    pulse = Pulse.of_this_worker()
    if pulse is not None:
        pulse.beat(pages=0)
    paths = _write(document, job, pulse)
    outputs = tuple((path, file_to_fixity(path)) for path in paths)
    fixity = Fixity(document.source.sha256, document.source.bytes)
    return Result(replace(outcome, outputs=paths), fixity, outputs, _document_to_engine(document))


def _write(document: Document, job: Job, pulse: Pulse | None) -> tuple[Path, ...]:
    """Write the outputs. Where an attempt was ended, no page is drawn: that may be what ended it."""
    task, config = job.task, job.config
    with page_pictures(task.path, config=config) as pictures:

        def draw(page: SourcePage) -> bytes | None:
            if pulse is not None:
                pulse.beat(pages=0)
            return pictures.draw(page)

        return write(
            document,
            task.base,
            formats=config.formats,
            language=config.language,
            root=task.root,
            draw=None if job.ended_by is not None else draw,
        )


def _salvage(job: Job, error: HokokuError) -> Outcome:
    """Keep what was read before the end, when at least one page of it holds something."""
    source, pages = read_checkpoint(job.checkpoint)
    if source is None or not any(page.lines or page.grids or page.outside for page in pages):
        return Outcome(job.task.path, "failed", error=error)
    return salvage(source, pages, error=error, config=job.config)


def _document_to_engine(document: Document) -> str:
    """Give what read a document: ``text-layer``, the OCR engines, or both."""
    origins = {page.engine or page.origin for page in document.source.pages}
    return "+".join(sorted(origins))


def _input_to_fixity(path: Path, config: Config) -> Fixity | None:
    """Give the fixity of an input, or None where it cannot be read or is over the limit: intake says why."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > config.max_bytes:
            return None
        return file_to_fixity(path)
    except (OSError, ValueError):
        return None
