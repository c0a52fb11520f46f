"""Compares inputs and outputs with the ledger, byte for byte (fixity), and finds what lies in OUT besides."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from extract.batch import ledger as ledger_module
from extract.batch import lock as lock_module
from extract.batch.entry import Entry
from extract.batch.fixity import Fixity, file_to_fixity
from extract.batch.ledger import Ledger
from extract.batch.outputs import Outputs, is_unfinished, ledger_folder
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


def verify(out: Path | str) -> Verified:
    """Compare every input and output with the ledger of OUT (a folder or a URL).

    Raises LedgerMissing, LedgerDamaged, and InputUnreadable where a store does not answer.
    """
    with ledger_folder(out) as (folder, outputs):
        with Ledger(folder) as ledger:
            entries = ledger.entries()
        differences = [*_inputs(entries), *_outputs(outputs, entries), *_others(outputs, entries)]
    return Verified(
        inputs=sum(entry.fixity is not None for entry in entries.values()),
        outputs=sum(len(entry.outputs) for entry in entries.values()),
        differences=tuple(differences),
    )


def _inputs(entries: Mapping[str, Entry]) -> Iterator[Difference]:
    for entry in entries.values():
        if entry.fixity is not None and (
            fault := _fault(partial(_place_to_fixity, entry.place), entry.fixity)
        ):
            yield Difference("input", fault, entry.place)


def _outputs(outputs: Outputs, entries: Mapping[str, Entry]) -> Iterator[Difference]:
    for entry in entries.values():
        for name, fixity in entry.outputs:
            if fault := _fault(partial(outputs.fixity, name), fixity):
                yield Difference("output", fault, name)


def _others(outputs: Outputs, entries: Mapping[str, Entry]) -> Iterator[Difference]:
    """Find what does not belong: inputs that lie in OUT do, where the input folder is OUT or below it."""
    known = {name for entry in entries.values() for name, _ in entry.outputs}
    inputs = {_to_comparable(entry.place) for entry in entries.values()}
    for name in outputs.names():
        place = f"{outputs.url}/{name}" if outputs.url is not None else os.fspath(outputs.out / name)
        if name in known or name in OWN_FILES or _to_comparable(place) in inputs:
            continue
        yield Difference("other", "unfinished" if is_unfinished(name) else "foreign", name)


def _to_comparable(place: str) -> str:
    return place if is_remote(place) else os.path.realpath(place)


def _place_to_fixity(place: str) -> Fixity:
    return remote_to_fixity(place) if is_remote(place) else file_to_fixity(Path(place))


def _fault(look: Callable[[], Fixity], expected: Fixity) -> Fault | None:
    try:
        found = look()
    except (FileNotFoundError, NotADirectoryError):
        return "gone"
    except OSError:
        return "unreadable"
    return None if found == expected else "changed"
