"""The bytes of files: their number and their SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fixity:
    """What a file's content is known by."""

    sha256: str
    bytes: int


def file_to_fixity(path: Path) -> Fixity:
    """Give the fixity of a file, read once in pieces. Raises OSError."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Fixity(digest.hexdigest(), size)
