r"""Sheet names and references; pure.

The rules are Excel's: 1 to 31 UTF-16 units, none of ``[ ] : * ? / \``, no apostrophe at either end, unique whatever the case,
and not the names that Excel keeps for itself. Japanese Excel refuses the fullwidth forms of the same signs too.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

NAME_LIMIT = 31

_RESERVED = frozenset({"history", "履歴"})
_FORBIDDEN = re.compile(r"[\[\]:*?/\\［］：＊？／＼￥]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class SheetNames:
    """The names of one workbook, given out one after another."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, wanted: str) -> str:
        """Give a valid name as near to ``wanted`` as can be that no other sheet has."""
        name = _fit(wanted, NAME_LIMIT) or "_"
        number = 1
        while self._key(name) in self._taken or self._key(name) in _RESERVED:
            number += 1
            ending = f" ({number})"
            name = _fit(wanted, NAME_LIMIT - len(ending)) + ending
        self._taken.add(self._key(name))
        return name

    @staticmethod
    def _key(name: str) -> str:
        return normalize("NFKC", name).casefold()


def _fit(wanted: str, units: int) -> str:
    """Give ``wanted`` without what may not stand in a name, cut to ``units`` UTF-16 units at a whole character."""
    visible = "".join(
        " " if category(character) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"} else character
        for character in wanted
    )
    name = " ".join(_ESCAPE.sub("-", _FORBIDDEN.sub("-", visible)).split()).strip("' ")
    while len(name.encode("utf-16-le")) > 2 * units:
        name = name[:-1]
    return name.strip("' ")


def reference(sheet_name: str, address: str) -> str:
    """Give a reference to a cell of a sheet, as a link or a formula writes it."""
    return "'" + sheet_name.replace("'", "''") + "'!" + address
