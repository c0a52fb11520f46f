"""The pages that were read, kept beside the work until it is done: what a worker that is killed leaves behind.

The file is read by a worker too, never by the parent.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

from extract.batch.pulse import Pulse
from extract.document import CleanPage, Source


class Checkpoint:
    """Follows a conversion (``flow.Watch``): writes the source and each page to a file, and beats the pulse."""

    def __init__(self, path: Path, pulse: Pulse | None) -> None:
        self._stream = path.open("wb")
        self._pulse = pulse
        if pulse is not None:
            pulse.begin()

    def opened(self, source: Source) -> None:
        """Keep the source, without its password and without a copy of its content."""
        self._keep(replace(source, password=None, repaired=None))

    def page_read(self, page: CleanPage) -> None:
        """Keep a page."""
        self._keep(page)
        if self._pulse is not None:
            self._pulse.beat()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _keep(self, value: Source | CleanPage) -> None:
        pickle.dump(value, self._stream, protocol=pickle.HIGHEST_PROTOCOL)
        self._stream.flush()


def read_checkpoint(path: Path) -> tuple[Source | None, tuple[CleanPage, ...]]:
    """Give the source and the whole pages in the file; None and nothing where there is no source in it."""
    values: list[Source | CleanPage] = []
    try:
        with path.open("rb") as stream:
            while True:
                values.append(pickle.load(stream))  # noqa: S301 - written by this program, read in a worker
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, IndexError, ValueError):
        pass  # the end, or a page that was being written when the worker was killed
    source = values[0] if values and isinstance(values[0], Source) else None
    return source, tuple(value for value in values if isinstance(value, CleanPage))
