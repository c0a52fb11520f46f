"""What an OCR engine is: pictures of text lines in, characters with their probabilities out.

The engine knows nothing of pages, cells or Japanese; what it saw and how sure it was is settled in ``pages/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:  # numpy takes as long to load as a page to read, and most documents need no OCR
    import numpy as np
    from numpy.typing import NDArray

    Gray: TypeAlias = NDArray[np.uint8]
    """A picture: height x width, 0 is black and 255 is white paper."""
else:
    Gray = object

NUMERIC_MARKS = "０１２３４５６７８９0123456789，,．.△▲－-−―±+＋%％（）()/／：:…Xx※〜～"
NUMERIC_UNITS = "件円人千百万億年月日歳台回所校戸世帯㎡ｍkgt冊枚名通倍割分秒時"
NUMERIC = frozenset(NUMERIC_MARKS + NUMERIC_UNITS)
"""What can stand in a cell whose column is numeric: digits, marks and units."""


class Choice(NamedTuple):
    """One possibility for a place on a line: a character (or nothing, '') and its probability (0 to 1)."""

    text: str
    probability: float


class Slot(NamedTuple):
    """A place on a line with its possible characters, best first; ``start`` and ``end`` are shares of the picture's width."""

    choices: tuple[Choice, ...]
    start: float
    end: float


class LineReading(NamedTuple):
    """What was seen on the picture of a line: with every character allowed, and with those of ``NUMERIC`` only.

    ``numeric`` is None where the engine cannot read again under a smaller alphabet.
    """

    slots: tuple[Slot, ...]
    numeric: tuple[Slot, ...] | None


@dataclass(frozen=True, slots=True)
class EngineState:
    """An engine by name: its version when it can be used here, else None and what to do about it in both languages."""

    name: str
    version: str | None
    model_sha256: str | None = None
    remedy_ja: str = ""
    remedy_en: str = ""


class Recogniser(Protocol):
    """Reads pictures of single lines of horizontal text."""

    @property
    def state(self) -> EngineState:
        """Name, version and model of the engine."""
        ...

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read pictures of text lines, in their order. Raises EngineFailure when the engine breaks or answers nonsense."""
        ...


class EngineFailure(RuntimeError):
    """The engine crashed, hung or returned what cannot be; the caller says for which page."""
