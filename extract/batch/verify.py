"""Compares inputs and outputs with the ledger, byte for byte (fixity), and finds what lies in OUT besides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from extract.batch import ledger as ledger_module
from extract.batch import lock as lock_module
from extract.batch.entry import Entry
from extract.batch.fixity import Fixity, file_to_fixity
from extract.batch.ledger import Ledger
from extract.batch.storage import is_remote, remote_to_fixity

Fault: TypeAlias = Literal["changed", "gone", "unreadable", "foreign", "unfinished"]

OWN_FILES = frozenset(
    {
        *(ledger_module.FILE_NAME + suffix for suffix in ("", "-wal", "-shm", "-journal")),
        lock_module.FILE_NAME,
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what the ledger says: ``kind`` tells inputs, outputs and files without a line apart."""

    kind: Literal["input", "output", "other"]
    fault: Fault
    place: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared, and every difference."""

    inputs: int
    outputs: int
    differences: tuple[Difference, ...]


def verify(out: Path) -> Verified:
    """Compare every input and output with the ledger of OUT. Raises LedgerMissing and LedgerDamaged."""
    with Ledger(out) as ledger:
        entries = ledger.entries()
    differences = [*_inputs(entries), *_outputs(out, entries), *_others(out, entries)]
    return Verified(
        inputs=sum(entry.fixity is not None for entry in entries.values()),
        outputs=sum(len(entry.outputs) for entry in entries.values()),
        differences=tuple(differences),
    )


def _inputs(entries: Mapping[str, Entry]) -> Iterator[Difference]:
    for entry in entries.values():
        if entry.fixity is not None and (fault := _fault(entry.place, entry.fixity)):
            yield Difference("input", fault, entry.place)


def _outputs(out: Path, entries: Mapping[str, Entry]) -> Iterator[Difference]:
    for entry in entries.values():
        for name, fixity in entry.outputs:
            if fault := _fault(os.fspath(out / name), fixity):
                yield Difference("output", fault, name)


def _others(out: Path, entries: Mapping[str, Entry]) -> Iterator[Difference]:
    """Find what does not belong: inputs that lie in OUT do, where the input folder is OUT or below it."""
    known = {name for entry in entries.values() for name, _ in entry.outputs}
    inputs = {os.path.realpath(entry.place) for entry in entries.values()}
    for parent, folders, files in os.walk(out):
        folders.sort()
        for name in sorted(files):
            path = Path(parent) / name
            relative = path.relative_to(out).as_posix()
            if relative in known or relative in OWN_FILES or os.path.realpath(path) in inputs:
                continue
            unfinished = name.startswith(".hokoku-") and name.endswith(".part")
            yield Difference("other", "unfinished" if unfinished else "foreign", relative)


def _fault(place: str, expected: Fixity) -> Fault | None:
    try:
        found = remote_to_fixity(place) if is_remote(place) else file_to_fixity(Path(place))
    except (FileNotFoundError, NotADirectoryError):
        return "gone"
    except OSError:
        return "unreadable"
    return None if found == expected else "changed"
