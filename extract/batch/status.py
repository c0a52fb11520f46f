"""The ledger of OUT in figures: done, failed and why, still to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from extract.batch.entry import Entry
from extract.batch.ledger import Ledger
from extract.batch.outputs import ledger_folder
from extract.errors import HokokuError


@dataclass(frozen=True, slots=True)
class Status:
    """Every line of the ledger, counted by state, the errors by kind.

    ``refused`` and ``skipped`` lay in the input folders and are no inputs: the former for a reason, the latter because
    they are no documents.
    """

    entries: tuple[Entry, ...]
    states: Counter[str]
    errors: Counter[str]
    refused: tuple[tuple[str, HokokuError], ...]
    skipped: tuple[str, ...]
    pages: int
    seconds: float


def read_status(out: Path | str) -> Status:
    """Read the ledger of OUT (a folder or a URL), also while a run goes on.

    Raises LedgerMissing, LedgerDamaged, and InputUnreadable where a store does not answer.
    """
    with ledger_folder(out) as (folder, _), Ledger(folder) as ledger:
        entries = tuple(ledger.entries().values())
        others = ledger.others()
    return Status(
        entries=entries,
        states=Counter(entry.state for entry in entries),
        errors=Counter(entry.error.code for entry in entries if entry.error is not None),
        refused=tuple((place, error) for place, error in others.items() if error is not None),
        skipped=tuple(place for place, error in others.items() if error is None),
        pages=sum(entry.pages.converted for entry in entries),
        seconds=sum(entry.seconds for entry in entries),
    )
