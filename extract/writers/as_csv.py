"""The facts as CSV: one number a row, the same columns for every document.

UTF-8 with a byte order mark, because Excel takes a file without one for the machine's own encoding, and lines that end in CR LF
(RFC 4180). Numbers stand plain, names on a path are joined by ``>``. A text that a spreadsheet could take for a
formula begins with an apostrophe, as one does that begins with an apostrophe itself: taking one away gives the text back.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import BinaryIO

from extract.document import Document
from extract.findings import Language
from extract.writers.fact_rows import FactRow, document_to_fact_rows
from extract.writers.texts import starts_like_formula, text_to_visible

_JOINT = " > "


class CsvWriter:
    """The built-in writer ``csv``."""

    suffix = ".csv"

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:  # noqa: ARG002 - names are English
        """Write the facts of the document with one line of headings."""
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
        try:
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(FactRow._fields)
            writer.writerows(map(row_to_texts, document_to_fact_rows(document)))
        finally:
            text.detach()  # which writes what is left and keeps the stream open


def row_to_texts(row: FactRow) -> list[str]:
    """Give the cells of a row."""
    return [_value_to_text(value) for value in row]


def _value_to_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_to_text(value)
    text, _ = text_to_visible(_JOINT.join(value) if isinstance(value, tuple) else str(value))
    return "'" + text if starts_like_formula(text) else text


def number_to_text(value: float) -> str:
    """Give a number in full, without an exponent and without grouping."""
    return f"{Decimal(repr(value)):f}"
