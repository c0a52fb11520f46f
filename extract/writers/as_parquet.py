"""The facts as Parquet: the files of a batch are one data set in ``facts.parquet/``, with one schema; pyarrow's one door."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO

from extract.document import Document
from extract.errors import DependencyMissing
from extract.findings import Language
from extract.writers.as_csv import number_to_text
from extract.writers.fact_rows import FactRow, document_to_fact_rows

if TYPE_CHECKING:
    import pyarrow as pa

_TEXTS = frozenset(
    {
        *("kind", "source", "source_sha256", "report", "report_title", "report_date", "table", "caption"),
        *("id", "cell", "unit", "as_of", "period_start", "period_end", "text", "status"),
    }
)
_PATHS = frozenset({"section_path", "row_path", "column_path"})
_WHOLE = frozenset({"report_number", "document_number", "page"})
_LARGEST = 2**63 - 1


class ParquetWriter:
    """The built-in writer ``parquet``; raises DependencyMissing where pyarrow is not installed."""

    suffix = ".parquet"
    folder = "facts.parquet"

    def __init__(self) -> None:
        if find_spec("pyarrow") is None:
            raise DependencyMissing(
                name="pyarrow",
                remedy_ja="pip install 'hokoku[parquet]' で入ります。",
                remedy_en="Install it with pip install 'hokoku[parquet]'.",
            )

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:  # noqa: ARG002 - names are English
        """Write the facts of the document, also where there is none: then a file that has the schema and no row."""
        import pyarrow as pa  # noqa: PLC0415 - part of the extra "parquet"
        from pyarrow import parquet  # noqa: PLC0415 - likewise

        rows = list(document_to_fact_rows(document))
        schema = _schema()
        columns: dict[str, list[object]] = {
            name: [_plain(getattr(row, name)) for row in rows] for name in FactRow._fields if name != "value"
        }
        columns["value"] = [_nearest(row.value) for row in rows]
        columns["value_text"] = [number_to_text(row.value) for row in rows]
        arrays = [pa.array(columns[field.name], field.type) for field in schema]
        table = pa.Table.from_arrays(arrays, schema=schema)
        parquet.write_table(table, stream, compression="zstd")


def _schema() -> pa.Schema:
    """Give the columns of ``FactRow`` and ``value_text``: the exact number, where a double holds only the nearest one."""
    import pyarrow as pa  # noqa: PLC0415 - part of the extra "parquet"

    fields: list[Any] = []
    for name in FactRow._fields:
        if name in _TEXTS:
            kind = pa.string()
        elif name in _PATHS:
            kind = pa.list_(pa.string())
        elif name in _WHOLE:
            kind = pa.int64()
        else:
            kind = pa.bool_() if name == "needs_review" else pa.float64()
        fields.append(pa.field(name, kind))
        if name == "value":
            fields.append(pa.field("value_text", pa.string()))
    return pa.schema(fields)


def _plain(value: object) -> object:
    """Give the value as its column can hold it: no document has so many reports that a number would be left out here."""
    return None if isinstance(value, int) and abs(value) > _LARGEST else value


def _nearest(value: float) -> float | None:
    """Give the nearest double, None beyond all of them; the text holds every number."""
    try:
        return float(value)
    except OverflowError:
        return None
