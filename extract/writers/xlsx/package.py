"""The workbook's file: the same sheets give the same bytes, whatever the clock says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from extract.document import SourceRecord
from extract.writers.xlsx.sheet_xml import Slice

# The first date that a zip entry can carry. It stands for "no date" wherever one is demanded.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_EARLIEST_YEAR = 1900  # Excel's calendar begins here


def save(workbook: Workbook, stream: BinaryIO, *, source: SourceRecord) -> None:
    """Write the workbook to the stream. Its dates are those that the source states about itself."""
    properties = workbook.properties
    properties.creator = "hokoku"
    properties.title = "".join(character for character in source.name if character.isprintable())
    properties.created = properties.modified = _created(source.created)
    with _DatelessZip(stream, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()


def discard(workbook: Workbook) -> None:
    """Let go of the files of the sheets that were not saved."""
    for sheet in workbook.worksheets:
        if sheet._writer is not None:  # noqa: SLF001 - openpyxl removes them only when the process ends
            sheet._writer.cleanup()  # noqa: SLF001 - likewise


def _created(stated: str | None) -> datetime:
    """Give the stated moment in UTC without a zone, as openpyxl wants it, or "no date"."""
    try:
        moment = datetime.fromisoformat(stated or "")
    except ValueError:
        moment = datetime(*_NO_DATE, tzinfo=UTC)
    if moment.year <= _EARLIEST_YEAR:
        moment = datetime(*_NO_DATE, tzinfo=UTC)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None, microsecond=0)


class _DatelessZip(ZipFile):
    """A zip whose entries carry no clock and no system."""

    def writestr(self, name: ZipInfo | str, data: bytes | str, *_: object) -> None:  # type: ignore[override] # as openpyxl calls it
        super().writestr(_entry(str(name)), data)

    def write(self, sheet: Slice, name: str, *_: object) -> None:  # type: ignore[override] # openpyxl gives what SheetXml has
        entry = _entry(name)
        entry.file_size = sheet.size
        with self.open(entry, "w") as target:
            sheet.copy_to(target)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _NO_DATE)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
