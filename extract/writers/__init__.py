"""Document -> files: JSON, Excel, HTML, Markdown, CSV, Parquet, and what plug-ins write.

``write_document`` is the stage. A format is a ``Writer``; others are found as entry points of the group ``extract.writers``.
openpyxl has one door, ``writers/xlsx/``; pydantic one, ``as_json``; pyarrow one, ``as_parquet``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from extract.document import Document
from extract.findings import Language
from extract.writers.as_json import document_to_json, json_schema, json_to_document
from extract.writers.base import (
    DataSetWriter,
    Draw,
    IllustratedWriter,
    Writer,
    find_writer,
    writer_names,
)
from extract.writers.data_set import base_to_member
from extract.writers.files import Fill, write_together
from extract.writers.surrogates import document_without_surrogates

__all__ = [
    "Draw",
    "Writer",
    "document_to_json",
    "find_writer",
    "json_schema",
    "json_to_document",
    "write_document",
    "writer_names",
]


def write_document(
    document: Document,
    base: Path,
    *,
    formats: Sequence[str],
    language: Language,
    root: Path | None = None,
    draw: Draw | None = None,
) -> tuple[Path, ...]:
    """Write a document in each of ``formats`` as ``base`` plus the suffix of the format; give the paths, in that order.

    A data set of many sources lies below ``root``, by default the folder of ``base``. ``draw`` gives the pages of the source
    as pictures to the formats that show them. All files appear together, each whole, or none does. The same document
    gives the same bytes. Raises ``UsageError`` for an unknown format, ``DependencyMissing`` where one needs what is
    not installed, and ``OutputError`` when a file cannot be written.
    """
    writers = [find_writer(name) for name in dict.fromkeys(formats)]
    clean = document_without_surrogates(document, language=language)
    paths = tuple(_path(writer, base, root or base.parent) for writer in writers)
    fills = [_fill(writer, clean, language, draw) for writer in writers]
    write_together(list(zip(paths, fills, strict=True)))
    return paths


def _path(writer: Writer, base: Path, root: Path) -> Path:
    if isinstance(writer, DataSetWriter):
        return root / writer.folder / base_to_member(base.relative_to(root).as_posix(), writer.suffix)
    return base.parent / (base.name + writer.suffix)


def _fill(writer: Writer, document: Document, language: Language, draw: Draw | None) -> Fill:
    if draw is not None and isinstance(writer, IllustratedWriter):
        return partial(writer.write_illustrated, document, language=language, draw=draw)
    return partial(writer.write, document, language=language)
