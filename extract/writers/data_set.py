"""The files of a data set: one a source, in one folder, with names that every reader takes; pure.

Readers of Parquet folders (Arrow, and with it pandas) pass over names that begin with ``_`` or ``.``, and take a folder
``year=2024`` for a column. So the files lie side by side, and what leads to a source stands in its name.
"""

from __future__ import annotations

import hashlib

NAME_BYTES = 255
"""Longest name of a file on the file systems in use (ext4, XFS, NTFS, APFS)."""

MARK_DIGITS = 16
"""Hexadecimal digits of the mark: by chance two of a million bases share one once in 37 million archives."""


def base_to_member(base: str, suffix: str) -> str:
    """Give the name of a source's file: ``2024/packet.pdf`` is ``2024__packet.pdf~`` with a mark of the base and the suffix.

    The mark keeps sources apart whose names differ in what is changed or cut here.
    """
    mark = hashlib.sha256(base.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_DIGITS]
    ending = f"~{mark}{suffix}"
    readable = base.replace("/", "__").replace("=", "-").lstrip("._")
    kept = readable.encode("utf-8", "replace")[: NAME_BYTES - len(ending.encode())]
    return kept.decode("utf-8", "ignore") + ending
