"""One run at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from extract.errors import OutputBusy, OutputError

FILE_NAME = ".hokoku-lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it when the process ends, however it ends.

    Raises OutputBusy when another run holds it, OutputError when no file can be made there.
    """
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where two runs must not be started by hand
    except ImportError:
        yield
        return
    path = out / FILE_NAME
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputError(path=path, reason=error.strerror or str(error)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise OutputBusy(path=out) from error
        if _is_still(path, descriptor):
            break
        os.close(descriptor)  # the run before removed it in between
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False
