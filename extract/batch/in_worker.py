"""Where a worker begins a job; light, so that the parent that names it loads no reader."""

from __future__ import annotations

from extract.batch.job import Job, Result


def do_in_worker(job: Job) -> Result:
    """Do a job; called in a worker, where the readers are loaded."""
    from extract.batch.task import do_job  # noqa: PLC0415 - the parent names this function and must stay light

    return do_job(job)
