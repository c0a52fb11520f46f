"""What a look into a file tells, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.findings import Notice


@dataclass(frozen=True, slots=True)
class Contents:
    """Pages of a file, the creation time it states about itself (ISO 8601 or None), and what should be said of it.

    ``repaired`` is what to read in place of the file, where that had to be repaired.
    """

    page_count: int
    created: str | None = None
    notices: tuple[Notice, ...] = ()
    repaired: bytes | None = field(default=None, repr=False)
