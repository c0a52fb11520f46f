"""The pulse of a worker: how many pages it has read, when it last got on, and its process group.

A small file mapped into the memory of both processes: nothing to lock, nothing to wait for, nothing that a worker which
is killed could leave half done.
"""

from __future__ import annotations

import mmap
import struct
import time
from pathlib import Path
from typing import ClassVar

_LAYOUT = struct.Struct("=qqd")  # process group, pages, seconds of the system's monotonic clock


class Pulse:
    """Both ends of a pulse: the worker beats, its parent reads."""

    _own: ClassVar[Pulse | None] = None

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_LAYOUT.size))
        with path.open("r+b") as stream:
            self._memory = mmap.mmap(stream.fileno(), _LAYOUT.size)
        self._group = 0
        self._pages = 0

    @classmethod
    def of_this_worker(cls) -> Pulse | None:
        """Give the pulse of the process that asks, when it is a worker."""
        return cls._own

    def make_own(self, group: int) -> None:
        """Say that this process is the worker, and the group that it and what it starts belong to."""
        Pulse._own = self
        self._group = group
        self.begin()

    def begin(self) -> None:
        """Count from no page again."""
        self._pages = 0
        self._write()

    def beat(self, *, pages: int = 1) -> None:
        """Count pages, and show that the work gets on."""
        self._pages += pages
        self._write()

    def read(self) -> tuple[int, int, float]:
        """Give the process group (0 before there is one), the pages and the moment of the last beat."""
        group, pages, moment = _LAYOUT.unpack_from(self._memory)
        return group, pages, moment

    def clear(self) -> None:
        """Forget the group: its process is gone, and its number may become another's."""
        _LAYOUT.pack_into(self._memory, 0, 0, 0, 0.0)

    def _write(self) -> None:
        _LAYOUT.pack_into(self._memory, 0, self._group, self._pages, time.monotonic())
