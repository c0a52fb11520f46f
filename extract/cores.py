"""How many cores and threads this process may use, and two pieces of work at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing.pool import ThreadPool
from typing import TypeVar

First = TypeVar("First")
Second = TypeVar("Second")


def own_cores() -> int:
    """Give the cores that are this process's own: a container or a scheduler may give it a part of the machine."""
    # Only Linux tells.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def usable_threads() -> int:
    """Give the threads that this process may use: one a core, fewer where OMP_NUM_THREADS says so as usual."""
    limit = os.environ.get("OMP_NUM_THREADS", "")
    return min(own_cores(), int(limit)) if limit.isdecimal() and int(limit) else own_cores()


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """Give what two functions give, at once where there is a core for each; an error of either comes through."""
    if usable_threads() < 2:
        return first(), second()
    with ThreadPool(1) as beside:
        other = beside.apply_async(second)
        return first(), other.get()
