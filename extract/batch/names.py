"""Names of inputs -> names of outputs: below OUT, never twice the same on any file system, short enough; pure.

An output keeps the whole name of its input. Three things are changed, because somewhere they cannot be a name: bytes that
are no UTF-8, control characters and backslashes are written ``%XX``; what is too long is cut; and a name that another
input already has, or has on a system that ignores case or Unicode composition, gets a mark of its own.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

MAX_NAME_BYTES = 255
"""Longest name of a file or folder on the file systems in use (ext4, XFS, NTFS, APFS)."""

SUFFIX_BYTES = 16
"""Room for the longest suffix that a writer adds (``.json``, ``.xlsx``, those of plug-ins)."""

MARK_DIGITS = 12
"""Hexadecimal digits of the mark: by chance two of a million names share it once in 500 archives."""

DATA_SET = "facts.parquet"
"""The folder in OUT with the facts of every source, which is read as one data set."""

RESERVED = frozenset(
    {
        *("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "ledger.sqlite-journal"),
        *(".hokoku-lock", DATA_SET),
    }
)
"""Names in OUT that are the ledger's own, and the data set of the facts."""


def names_to_bases(
    names: Iterable[str], *, taken: Mapping[str, str], suffixes: Iterable[str]
) -> dict[str, str]:
    """Give each input name its base: the output name without the suffix of a format.

    Names are relative, with ``/`` between their parts, bytes that are no UTF-8 as lone surrogates. ``taken`` holds the
    bases of earlier runs, which stay what they were.
    """
    suffixes = tuple(suffixes)
    bases: dict[str, str] = {}
    files: set[str] = set()
    folders: set[str] = set()

    def is_free(base: str) -> bool:
        wanted = {_fold(base + suffix) for suffix in suffixes} | {_fold(base)}
        return not (
            wanted & files
            or wanted & folders
            or folders_of(base) & files
            or _fold(base).split("/")[0] in RESERVED
        )

    def take(base: str) -> None:
        files.update({_fold(base + suffix) for suffix in suffixes} | {_fold(base)})
        folders.update(folders_of(base))

    for base in taken.values():
        take(base)
    for name in names:
        if name in bases:
            continue
        if name in taken:
            bases[name] = taken[name]
            continue
        base = next((base for base in _candidates(name) if is_free(base)), _apart(name))
        take(base)
        bases[name] = base
    return bases


def name_to_base(name: str) -> str:
    """Give the base of an input name that no other input disputes."""
    parts = [part for part in name.split("/") if part not in {"", "."}]
    return "/".join(
        _shortened(_written(part), part, MAX_NAME_BYTES - (SUFFIX_BYTES if number == len(parts) else 0))
        for number, part in enumerate(parts, start=1)
    )


def folders_of(base: str) -> set[str]:
    """Give the folders above a base, folded as names are compared."""
    return {_fold(str(folder)) for folder in PurePosixPath(base).parents} - {"."}


def _written(part: str) -> str:
    """Write what cannot stand in a name as ``%XX``."""
    if part == "..":
        return "%2E%2E"
    return "".join(_percent(character) if _is_odd(character) else character for character in part)


def _is_odd(character: str) -> bool:
    return character == "\\" or unicodedata.category(character) in {"Cc", "Cs"}


def _percent(character: str) -> str:
    escaped = "\udc80" <= character <= "\udcff"  # a byte that is no UTF-8
    return "".join(
        f"%{byte:02X}"
        for byte in character.encode("utf-8", "surrogateescape" if escaped else "surrogatepass")
    )


def _shortened(part: str, original: str, limit: int) -> str:
    if len(part.encode()) <= limit:
        return part
    mark = _mark(original)
    return part.encode()[: limit - len(mark)].decode("utf-8", "ignore") + mark


def _candidates(name: str) -> Iterator[str]:
    """Give the bases that a name may have, the best first."""
    base = name_to_base(name)
    folder, slash, last = base.rpartition("/")
    yield base
    yield folder + slash + _with_mark(last, name, MAX_NAME_BYTES - SUFFIX_BYTES)


def _apart(name: str) -> str:
    """Give a base in a folder of its own, for a name whose very folder has the name of another's file."""
    folder, _, last = name_to_base(name).rpartition("/")
    first, _, rest = folder.partition("/")
    return "/".join(part for part in (_with_mark(first, name, MAX_NAME_BYTES), rest, last) if part)


def _with_mark(part: str, name: str, limit: int) -> str:
    """Give a part that ends in the mark of the whole name."""
    mark = _mark(name)
    return part.encode()[: limit - len(mark)].decode("utf-8", "ignore") + mark


def _mark(name: str) -> str:
    return "~" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_DIGITS]


def _fold(name: str) -> str:
    """Give what two names share that cannot stand beside each other on every file system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
