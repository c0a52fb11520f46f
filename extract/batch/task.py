"""One task of a batch: the seam where any runner, in this process or far away, puts its work."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from extract.batch.plan import Task
from extract.config import Config
from extract.errors import HokokuError, InternalError
from extract.flow import convert, write
from extract.outcome import Outcome

_log = logging.getLogger(__name__)


def convert_task(task: Task, config: Config) -> Outcome:
    """Convert one file and write its outputs; give the outcome without the document, small enough to travel.

    Never raises: a bug that one document brings to light must not end the others.
    """
    started = time.monotonic()
    try:
        outcome = convert(task.path, config=config)
        if outcome.document is None:
            return outcome
        outputs = write(outcome.document, task.base, formats=config.formats, language=config.language)
    except HokokuError as error:
        return Outcome(task.path, "failed", error=error, seconds=time.monotonic() - started)
    except Exception as error:  # noqa: BLE001 - a document in a batch is one of the two places for it
        _log.debug("a bug showed in %s", task.path, exc_info=True)
        bug = InternalError(subject=task.path, kind=type(error).__name__)
        return Outcome(task.path, "failed", error=bug, seconds=time.monotonic() - started)
    return replace(outcome, document=None, outputs=outputs, seconds=time.monotonic() - started)
