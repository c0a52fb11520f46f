"""Number formats that show a number as it was printed; pure.

「１３，６３０件」 is the number 13630 with the format ``[DBNum3][$-411]#,##0"件"``, △1,234 is -1234 with a section for negative
numbers that begins with △. Source: ECMA-376 part 1, 18.8.31; ``[DBNum3][$-411]`` is what Japanese Excel offers as 全角 桁区切り.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# Excel keeps 15 significant digits and turns the others into zeros without a word.
EXACT_DIGITS = 15

_FULLWIDTH_DIGITS = "[DBNum3][$-411]"
_LITERAL_LIMIT = 30  # characters; a whole format may have 255 in at most three sections
_DECIMALS_LIMIT = 12

_FOLD = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_NUMBER = re.compile(r"(?:\d+(?:,\d+)*)?\.\d+|\d+(?:,\d+)*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_MINUS = re.compile("[△▲▵▴－−‐‑–—ー-]")
_UNQUOTABLE = re.compile(r'["\\\x00-\x1f]|_x[0-9A-Fa-f]{4}_')
_LARGE_UNITS = re.compile("[十百千万億兆]")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format ``code``; ``as_printed`` is False where it shows the right number, but not in the printed way."""

    code: str
    as_printed: bool


def is_exact_in_excel(value: float) -> bool:
    """Say whether Excel can hold the number with all its digits."""
    if isinstance(value, int):
        return len(str(abs(value)).rstrip("0")) <= EXACT_DIGITS and abs(value) < 10**300
    digits = repr(value).partition("e")[0].lstrip("-").replace(".", "").strip("0")
    return digits.isdigit() and len(digits) <= EXACT_DIGITS if value else True


def number_to_format(raw: str, value: float, unit: str | None = None) -> NumberFormat:
    """Give the format for a number that was printed as ``raw`` (with its unit, marks and brackets)."""
    printed = "".join(raw.split())
    return _printed_format(printed, value) or _plain_format(printed, value, unit)


def _printed_format(printed: str, value: float) -> NumberFormat | None:
    """Give the format that shows exactly ``printed``, or None when no format of this one number can."""
    folded = printed.translate(_FOLD)
    found = list(_NUMBER.finditer(folded))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    before, digits, after = printed[:start], folded[start:end], printed[end:]
    falls = after.endswith("減")
    minus = falls or _MINUS.search(before) is not None
    if (
        Decimal(digits.replace(",", "")) != abs(Decimal(repr(value)))
        or (minus and value > 0)
        or (value < 0 and not minus)
    ):
        return None
    core = _digits_to_core(digits)
    if core is None or any(
        len(part) > _LITERAL_LIMIT or _UNQUOTABLE.search(part) for part in (before, after)
    ):
        return None
    wide = printed[start:end] != digits and not any(
        "0" <= character <= "9" for character in printed[start:end]
    )
    section = (_FULLWIDTH_DIGITS if wide else "") + _quoted(before) + core + _quoted(after)
    if not minus:
        return NumberFormat(section, as_printed=True)
    rises = after[:-1] + "増" if falls else after
    positive = (_FULLWIDTH_DIGITS if wide else "") + _quoted(_MINUS.sub("", before)) + core + _quoted(rises)
    # 「△0.0」 is printed where a small decrease was rounded: the section for zero keeps its mark.
    return NumberFormat(";".join([positive, section, section][: 3 if value == 0 else 2]), as_printed=True)


def _digits_to_core(digits: str) -> str | None:
    """Give ``#,##0``, ``0.00``, ``000`` ... for the printed digits, or None for groups that no format makes."""
    whole, _, decimals = digits.partition(".")
    fraction = "." + "0" * len(decimals) if decimals else ""
    if "," in whole:
        return "#,##0" + fraction if _GROUPED.fullmatch(whole) else None
    if not whole:
        return "#" + fraction
    return "0" * (len(whole) if whole[0] == "0" else 1) + fraction


def _plain_format(printed: str, value: float, unit: str | None) -> NumberFormat:
    """Give a format for a number that was printed in a way no format has, such as 「１億２，３４５万円」."""
    places = max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent))
    grouped = "," in printed.translate(_FOLD) or _LARGE_UNITS.search(printed) is not None
    core = ("#,##0" if grouped else "0") + ("." + "0" * min(places, _DECIMALS_LIMIT) if places else "")
    if unit and len(unit) <= _LITERAL_LIMIT and not _UNQUOTABLE.search(unit):
        core += _quoted(unit)
    return NumberFormat(core, as_printed=False)


def _quoted(literal: str) -> str:
    return f'"{literal}"' if literal else ""
