"""Document -> files: JSON, Excel, and what plug-ins write.

``write_document`` is the stage. A format is a ``Writer``; others are found as entry points of the group ``extract.writers``.
openpyxl has one door, ``writers/xlsx/``; pydantic one, ``as_json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from extract.document import Document
from extract.findings import Language
from extract.writers.as_json import document_to_json, json_schema, json_to_document
from extract.writers.base import Writer, find_writer, writer_names
from extract.writers.files import write_together
from extract.writers.surrogates import document_without_surrogates

__all__ = [
    "Writer",
    "document_to_json",
    "find_writer",
    "json_schema",
    "json_to_document",
    "write_document",
    "writer_names",
]


def write_document(
    document: Document, base: Path, *, formats: Sequence[str], language: Language
) -> tuple[Path, ...]:
    """Write a document in each of ``formats`` as ``base`` plus the suffix of the format; give the paths, in that order.

    All files appear together, each whole, or none does. The same document gives the same bytes. Raises ``UsageError``
    for an unknown format and ``OutputError`` when a file cannot be written.
    """
    writers = [find_writer(name) for name in dict.fromkeys(formats)]
    clean = document_without_surrogates(document, language=language)
    paths = tuple(base.parent / (base.name + writer.suffix) for writer in writers)
    write_together(
        [
            (path, partial(writer.write, clean, language=language))
            for path, writer in zip(paths, writers, strict=True)
        ]
    )
    return paths
