"""The resident memory of a process and of what it started, where the system tells (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_MOST_PROCESSES = 64


def group_megabytes(process: int) -> float:
    """Give the megabytes that a process and its descendants hold; 0 where that cannot be told."""
    total = 0
    waiting = [process]
    for _ in range(_MOST_PROCESSES):
        if not waiting:
            break
        one = waiting.pop()
        try:
            total += int((_PROC / str(one) / "statm").read_text("ascii").split()[1])
            children = (_PROC / str(one) / "task" / str(one) / "children").read_text("ascii")
        except (OSError, ValueError, IndexError):
            continue
        waiting += map(int, children.split())
    return total * _PAGE_SIZE / 1024**2
