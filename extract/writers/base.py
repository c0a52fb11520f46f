"""A writer and how one is found: the plug-in point ``extract.writers``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import BinaryIO, Protocol, TypeAlias, runtime_checkable

from extract.document import Document, SourcePage
from extract.errors import UsageError
from extract.findings import Language

ENTRY_POINT_GROUP = "extract.writers"

# Module and attribute of the writers that come with the package; they are found without reading any metadata.
BUILT_IN: dict[str, tuple[str, str]] = {
    "json": ("extract.writers.as_json", "JsonWriter"),
    "xlsx": ("extract.writers.xlsx", "XlsxWriter"),
    "html": ("extract.writers.html", "HtmlWriter"),
    "md": ("extract.writers.as_markdown", "MarkdownWriter"),
    "csv": ("extract.writers.as_csv", "CsvWriter"),
    "parquet": ("extract.writers.as_parquet", "ParquetWriter"),
}

Draw: TypeAlias = Callable[[SourcePage], bytes | None]
"""Gives the picture of a page of the source (WebP), upright and straight as its boxes are; None where it cannot be drawn."""


@runtime_checkable
class Writer(Protocol):
    """Writes a document to a stream. An entry point of the group names a class of this kind without arguments.

    ``suffix`` follows the whole name of the input: ``.json`` gives ``packet.pdf.json``. The same document must give
    the same bytes.
    """

    suffix: str

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:
        """Write the whole document; an ``OSError`` of the stream passes through."""
        ...


@runtime_checkable
class IllustratedWriter(Writer, Protocol):
    """A writer that shows the pages of the source where these can be drawn; ``write`` does without."""

    def write_illustrated(
        self, document: Document, stream: BinaryIO, *, language: Language, draw: Draw
    ) -> None:
        """Write the whole document with the pictures that ``draw`` gives."""
        ...


@runtime_checkable
class DataSetWriter(Writer, Protocol):
    """A writer whose files of all sources lie in one folder below the output folder, ``folder``, to be read as one."""

    folder: str


def find_writer(name: str) -> Writer:
    """Give the writer of a format by its name (``json``, ``xlsx`` or the name of an entry point).

    Raises ``UsageError`` for a name that nobody provides, or a plug-in that is no writer, and ``DependencyMissing``
    where a format needs what is not installed.
    """
    if name in BUILT_IN:
        module, attribute = BUILT_IN[name]
        return _checked(name, getattr(import_module(module), attribute)())
    for entry_point in entry_points(group=ENTRY_POINT_GROUP, name=name):
        return _checked(name, entry_point.load()())
    raise UsageError(
        detail_ja=f"出力形式 {name} はありません。使えるのは {'、'.join(writer_names())} です。",
        detail_en=f"there is no output format {name}; there are {', '.join(writer_names())}.",
    )


def writer_names() -> tuple[str, ...]:
    """Give the names of all formats, the built-in ones first."""
    others = sorted(
        {entry_point.name for entry_point in entry_points(group=ENTRY_POINT_GROUP)} - BUILT_IN.keys()
    )
    return (*BUILT_IN, *others)


def _checked(name: str, writer: object) -> Writer:
    if isinstance(writer, Writer):
        return writer
    raise UsageError(
        detail_ja=f"出力形式 {name} のプラグインには suffix と write がありません。",
        detail_en=f"the plug-in for the output format {name} has no suffix and write.",
    )
