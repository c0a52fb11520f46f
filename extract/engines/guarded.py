"""No engine is trusted: one that breaks, hangs or answers nonsense fails the page it was reading, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from multiprocessing.pool import ThreadPool

from extract.engines.base import EngineFailure, EngineState, Gray, LineReading, Recogniser, Slot

_log = logging.getLogger(__name__)

PATIENCE = 150.0
"""Seconds for the lines of a page: the slowest honest page took 15; below the silence after which a batch ends its worker."""

OUTSIDE = 0.5
"""A character may lie so much outside its picture (share of the width): engines give boxes with a margin."""

ROUNDING = 1e-3
"""Probabilities may exceed 1 by this: they are rounded sums."""


class Guarded:
    """The engine that ``make`` gives, held to the protocol.

    A call that hangs cannot be ended inside a process. It is left behind in its own thread, which does not keep the
    process alive, and the next page gets a new engine.
    """

    def __init__(self, make: Callable[[], Recogniser], *, patience: float = PATIENCE) -> None:
        self._make = make
        self._patience = patience
        self._engine = make()
        self.state: EngineState = self._engine.state

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read pictures of lines; raises EngineFailure where the engine breaks, hangs or answers nonsense."""
        if not pictures:
            return []
        errors: list[BaseException] = []
        with ThreadPool(1) as thread:
            answer = thread.apply_async(self._engine.read_lines, (pictures,), error_callback=errors.append)
            answer.wait(self._patience)
            if not answer.ready():
                self._engine = self._make()
                raise EngineFailure(f"no answer in {self._patience:g} s")
            if not answer.successful():
                raise _to_failure(errors[0])
            readings: list[LineReading] = answer.get()
        try:
            if len(readings) != len(pictures):
                raise EngineFailure(f"{len(readings)} / {len(pictures)} lines")
            for reading, picture in zip(readings, pictures, strict=True):
                _check(reading, picture)
        except (TypeError, AttributeError, ValueError) as error:
            raise EngineFailure(f"impossible answer: {error}") from error  # not even made of readings
        return readings


def _to_failure(error: BaseException) -> BaseException:
    """Give what to raise: memory that is used up is no fault of the engine."""
    if isinstance(error, EngineFailure | MemoryError):
        return error
    _log.debug("the engine broke", exc_info=error)
    return EngineFailure(f"{type(error).__name__}: {error}")


def _check(reading: LineReading, picture: Gray) -> None:
    """Raise EngineFailure for an answer that cannot be: it must not become a number."""
    for slots in (reading.slots, reading.numeric or ()):
        if len(slots) > picture.shape[1]:
            raise EngineFailure(f"{len(slots)} characters on {picture.shape[1]} pixels")
        for slot in slots:
            if not _is_possible(slot):
                raise EngineFailure(f"impossible answer {slot}")


def _is_possible(slot: Slot) -> bool:
    """Say whether a slot has a place on its picture and probabilities; what is not a number fails every comparison."""
    return (
        bool(slot.choices)
        and -OUTSIDE <= slot.start <= slot.end <= 1 + OUTSIDE
        and all(0.0 <= choice.probability <= 1.0 + ROUNDING for choice in slot.choices)
    )
