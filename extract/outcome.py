"""What became of one input: light, so that who only waits for outcomes loads no reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from extract.errors import HokokuError
from extract.findings import Severity

if TYPE_CHECKING:
    from extract.document import Document

OutcomeStatus: TypeAlias = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings of each severity a document has."""

    info: int = 0
    warning: int = 0
    error: int = 0

    def reach(self, severity: Severity) -> bool:
        """Say whether there is a finding of this severity or a higher one."""
        counted = {
            "info": self.info + self.warning + self.error,
            "warning": self.warning + self.error,
            "error": self.error,
        }
        return counted[severity] > 0


@dataclass(frozen=True, slots=True)
class PageCounts:
    """The pages of an input: each is converted, failed, or skipped because ``--pages`` leaves it out."""

    converted: int = 0
    failed: int = 0
    skipped: int = 0


NO_FINDINGS = FindingCounts()
NO_PAGES = PageCounts()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    ``status`` is that of the document, or "failed"; then ``error`` says why. A document that is partial because reading
    was ended carries the ``error`` that ended it. ``document`` is what ``convert`` read; ``convert_many`` leaves it None
    and names the files it wrote in ``outputs``. ``seconds`` is the time it took. ``resumed`` says that nothing was done,
    because an earlier run had done it. ``url`` is that of an input that lies elsewhere; ``path`` is then only its name.
    """

    path: Path
    status: OutcomeStatus
    document: Document | None = None
    error: HokokuError | None = None
    outputs: tuple[Path, ...] = ()
    findings: FindingCounts = NO_FINDINGS
    seconds: float = 0.0
    pages: PageCounts = NO_PAGES
    resumed: bool = False
    url: str | None = None

    @property
    def place(self) -> str:
        """Give where the input lies, as it was named: its URL or its path."""
        return self.url or str(self.path)
