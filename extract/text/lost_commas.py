"""Numbers of which one comma alone is lost (1267,945): worn off, or read as dirt. What is left says where it stood."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

_COMMAS: Final = re.compile(r"(?<![0-9.,、])[1-9][0-9]*(?:,[0-9]+)+(?![0-9,、])")
_THOUSAND: Final = 3  # figures of a group


def restore_comma(text: str) -> str | None:
    """Give a text with the one comma that its only number lacks; None where none or more is missing, or a group is cut short."""
    found = list(_COMMAS.finditer(text))
    if len(found) != 1:
        return None
    groups = found[0].group().split(",")
    digits = "".join(groups)
    places = {place % _THOUSAND for place in accumulate(map(len, reversed(groups[1:])))}
    lacking = (len(digits) - 1) // _THOUSAND - (len(groups) - 1)
    if places != {0} or lacking != 1:
        return None
    return f"{text[: found[0].start()]}{int(digits):,}{text[found[0].end() :]}"
