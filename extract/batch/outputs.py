"""The outputs of a run, wherever OUT lies: in a folder here, or in a store that a URL names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from extract.batch import storage
from extract.batch.fixity import Fixity, file_to_fixity
from extract.batch.ledger import FILE_NAME
from extract.errors import InputUnreadable, JsonMissing, LedgerMissing


@dataclass(frozen=True, slots=True)
class Outputs:
    """What lies below OUT. Names are relative, with ``/`` between their parts; ``url`` is None for a folder here."""

    out: Path
    url: str | None = None

    def size(self, name: str) -> int | None:
        """Give the bytes of an output, or None where there is none."""
        if self.url is not None:
            return storage.remote_size(f"{self.url}/{name}")
        try:
            return (self.out / name).stat().st_size
        except OSError:
            return None

    def fixity(self, name: str) -> Fixity:
        """Give the fixity of an output. Raises OSError."""
        if self.url is not None:
            return storage.remote_to_fixity(f"{self.url}/{name}")
        return file_to_fixity(self.out / name)

    def remove(self, name: str) -> None:
        """Remove an output. Raises OSError."""
        if self.url is not None:
            storage.remove(f"{self.url}/{name}")
        else:
            (self.out / name).unlink()

    def names(self) -> Iterator[str]:
        """Give every file, a folder's before those of the folders in it."""
        if self.url is not None:
            yield from (name for name, _ in storage.find_remote(self.url))
            return
        for parent, folders, files in os.walk(self.out):
            folders.sort()
            for name in sorted(files):
                yield (Path(parent) / name).relative_to(self.out).as_posix()


def is_unfinished(name: str) -> bool:
    """Say whether an output has the name under which files are written before they appear."""
    last = name.rpartition("/")[2]
    return last.startswith(".hokoku-") and last.endswith(".part")


def split_out(out: Path | str) -> tuple[Path, str | None]:
    """Give OUT as a folder here and None, or as an empty path and a URL."""
    place = storage.url_to_local(os.fspath(out))
    return (Path(), place.rstrip("/")) if storage.is_remote(place) else (Path(place), None)


@contextmanager
def ledger_folder(out: Path | str) -> Iterator[tuple[Path, Outputs]]:
    """Give a folder with the ledger of OUT, fetched where OUT is a URL, and the outputs.

    Raises LedgerMissing where there is none, InputUnreadable where the store does not give it.
    """
    folder, url = split_out(out)
    if url is None:
        yield folder, Outputs(folder)
        return
    with tempfile.TemporaryDirectory(prefix="hokoku-") as name:
        try:
            storage.fetch(f"{url}/{FILE_NAME}", Path(name) / FILE_NAME)
        except FileNotFoundError as error:
            raise LedgerMissing(path=url) from error
        except OSError as error:
            raise InputUnreadable(path=url, reason=error.strerror or str(error)) from error
        yield Path(name), Outputs(Path(name), url)


@contextmanager
def json_folder(out: Path | str) -> Iterator[Path]:
    """Give a folder or file with the JSON of OUT, fetched where OUT is a URL.

    Raises JsonMissing where there is none, InputUnreadable where the store does not give it.
    """
    folder, url = split_out(out)
    if url is None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="hokoku-") as name:
        found = False
        try:
            for below, where in storage.find_remote(url):
                if not below.endswith(".json") or ".." in PurePosixPath(below).parts:
                    continue  # a store may hold a name that would lead out of the folder here
                target = Path(name) / below
                target.parent.mkdir(parents=True, exist_ok=True)
                storage.fetch(where, target)
                found = True
        except FileNotFoundError:
            found = False
        except OSError as error:
            raise InputUnreadable(path=url, reason=error.strerror or str(error)) from error
        if not found:
            raise JsonMissing(path=url)
        yield Path(name)
