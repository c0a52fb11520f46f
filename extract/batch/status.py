"""The ledger of OUT in figures: done, failed and why, still to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from extract.batch.entry import Entry
from extract.batch.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Status:
    """Every line of the ledger, counted by state, the errors by kind."""

    entries: tuple[Entry, ...]
    states: Counter[str]
    errors: Counter[str]
    pages: int
    seconds: float


def read_status(out: Path) -> Status:
    """Read the ledger of OUT, also while a run goes on. Raises LedgerMissing and LedgerDamaged."""
    with Ledger(out) as ledger:
        entries = tuple(ledger.entries().values())
    return Status(
        entries=entries,
        states=Counter(entry.state for entry in entries),
        errors=Counter(entry.error.code for entry in entries if entry.error is not None),
        pages=sum(entry.pages.converted for entry in entries),
        seconds=sum(entry.seconds for entry in entries),
    )
