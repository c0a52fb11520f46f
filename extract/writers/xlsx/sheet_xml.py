"""The XML of one sheet: openpyxl writes what stands around the rows, this file the rows.

openpyxl makes an object and several elements of each cell, and other bytes where lxml is installed; for 60,000 facts that is a
quarter of a minute. Source: ECMA-376 part 1, 18.3.1 (``sheetData``, ``row``, ``c``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import tostring

from extract.writers.xlsx.formulas import Formula

_IN_MEMORY = 1 << 21  # bytes
_PIECE = 1 << 16  # bytes


class Store:
    """The XML of all finished sheets, one behind the other: a workbook may have more sheets than a process may open files.

    It is in memory while it is small, and then in a file that has no name and cannot be left behind.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - close closes it

    def add(self, sheet: IO[bytes]) -> Slice:
        """Take the XML of a sheet, which ends where it was last written."""
        size = sheet.tell()
        sheet.seek(0)
        start = self._file.seek(0, SEEK_END)
        shutil.copyfileobj(sheet, self._file)
        return Slice(self._file, start, size)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Slice:
    """The XML of one sheet in the store."""

    file: IO[bytes]
    start: int
    size: int

    def copy_to(self, target: IO[bytes]) -> None:
        """Write it all to ``target``."""
        self.file.seek(self.start)
        for position in range(0, self.size, _PIECE):
            target.write(self.file.read(min(_PIECE, self.size - position)))

    def close(self) -> None:
        """Do nothing: the store closes the file."""


class SheetXml(WorksheetWriter):  # type: ignore[misc] # openpyxl has no types
    """Collects the XML of a sheet; when it is closed, ``out`` is its slice of the store."""

    out: Any  # the open file, then the slice

    def __init__(self, worksheet: Any, store: Store) -> None:
        super().__init__(worksheet, out=SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - cleanup closes it
        self._store = store
        self.write_top()
        self.out.write(b"<sheetData>")

    def get_stream(self) -> _Stream:
        """Give what openpyxl sends the elements around the rows to."""
        return _Stream(self.out)

    def add_row(self, row: int, cells: Iterable[str], *, height: float | None) -> None:
        """Add a row of finished cells; ``height`` in points."""
        size = "" if height is None else f' ht="{height:g}" customHeight="1"'
        self.out.write(f'<row r="{row}"{size}>{"".join(cells)}</row>'.encode())

    def write_rows(self) -> None:
        """End the rows, which are all written."""
        self.out.write(b"</sheetData>")

    def close(self) -> None:
        """Hand the finished sheet to the store."""
        super().close()
        with self.out as written:
            self.out = self._store.add(written)

    def cleanup(self) -> None:
        """Let go of the file of a sheet that was not finished."""
        self.out.close()


class _Stream:
    """The part of openpyxl's XML generator that its writer uses. A generator that is left half way would complain."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def __next__(self) -> None:
        self._out.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SHEET_MAIN_NS}">'.encode())

    def send(self, element: Any) -> None:
        if element is not None:  # as for a sheet without columns of its own
            self._out.write(tostring(element))

    def close(self) -> None:
        self._out.write(b"</worksheet>")


def cell_to_xml(
    row: int,
    column: int,
    value: str | int | float | Formula | None,  # noqa: PYI041 - an int is written as one
    *,
    style: int,
) -> str:
    """Give the element of a cell. A text is text whatever it begins with: a formula is a type of its own."""
    start = f'<c r="{get_column_letter(column)}{row}" s="{style}"'
    if value is None:
        return start + "/>"
    if isinstance(value, Formula):
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f"{start}{kind}><f>{escape(value.text)}</f><v>{escape(str(value.value))}</v></c>"
    if not isinstance(value, str):
        return f"{start}><v>{value!r}</v></c>"
    space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
    return f'{start} t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'
