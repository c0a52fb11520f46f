"""The dates of a PDF's information dictionary -> ISO 8601; pure."""

from __future__ import annotations

import re
from datetime import datetime

# ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm', everything after the year optional; old files leave out D: or the last '.
_PDF_DATE = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"(?:(?P<zulu>Z)(?:00'?(?:00'?)?)?|(?P<sign>[+-])(?P<offset_hour>\d\d)'?(?P<offset_minute>\d\d)?'?)?"
)


def pdf_date_to_iso(text: str) -> str | None:
    """Give a PDF date as ISO 8601, as precise as it is stated (a date alone stays one); None when it is no real moment."""
    match = _PDF_DATE.fullmatch(text.strip().rstrip("\0"))
    if match is None or match["day"] is None:
        return None
    time = f"T{match['hour']}:{match['minute'] or '00'}:{match['second'] or '00'}" if match["hour"] else ""
    iso = f"{match['year']}-{match['month']}-{match['day']}{time}"
    if time and match["zulu"]:
        iso += "+00:00"
    elif time and match["sign"]:
        iso += f"{match['sign']}{match['offset_hour']}:{match['offset_minute'] or '00'}"
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None
    return iso
