"""How many cores and threads this process may use."""

from __future__ import annotations

import os


def own_cores() -> int:
    """Give the cores that are this process's own: a container or a scheduler may give it a part of the machine."""
    # Only Linux tells.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_threads() -> int:
    """Give the threads that this process may use: one a core, fewer where OMP_NUM_THREADS says so as usual."""
    limit = os.environ.get("OMP_NUM_THREADS", "")
    return min(own_cores(), int(limit)) if limit.isdecimal() and int(limit) else own_cores()
