"""Texts as Excel can hold them; pure.

Sources: ECMA-376 part 1, 22.9.2.19 (``ST_Xstring``: ``_xHHHH_`` stands for a character), XML 1.0 section 2.2 (the characters
that may stand in a file), and Excel's specifications and limits (32,767 characters in a cell, counted in UTF-16).
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

CELL_LIMIT = 32_767

# A text of which each piece is at most this long fits although every character may take two units or grow when escaped.
_SAFE_PIECE = CELL_LIMIT // 2

_LINE_ENDS = re.compile("\r\n?")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# What a spreadsheet takes for the start of a formula when a person enters the cell again; Japanese Excel also the fullwidth ones.
_FORMULA_STARTS = frozenset("=+-@\t'＝＋－＠")


def text_to_visible(text: str) -> tuple[str, int]:
    r"""Give the text with what Excel cannot hold as visible marks, and the number of these.

    A control character becomes its picture (␀ to ␟, ␡), a code that is no character U+FFFD; line ends become ``\n``.
    """
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _UNHOLDABLE.subn(_mark, text)


def _mark(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def text_to_pieces(text: str) -> list[str]:
    """Give the text in pieces that fit in a cell each: nearly always the one text itself."""
    if len(text) <= _SAFE_PIECE:
        return [text]
    size = CELL_LIMIT if max(text) <= "\uffff" and not _ESCAPE.search(text) else _SAFE_PIECE
    return [text[start : start + size] for start in range(0, len(text), size)]


def escape_codes(text: str) -> str:
    """Give the text so that Excel shows ``_x0041_`` as itself and not as the letter A."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def starts_like_formula(text: str) -> bool:
    """Say whether a person who edits the cell could turn the text into a formula by accident."""
    return text[:1] in _FORMULA_STARTS


def display_width(text: str) -> int:
    """Give the width of the longest line in halfwidth characters: a fullwidth one counts two, also where it is ambiguous."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max((sum(map(_character_width, line)) for line in text.split("\n")), default=0)


def wrapped_lines(text: str, width: float) -> int:
    """Give the number of lines that the text takes in a cell ``width`` halfwidth characters wide."""
    room = max(2, int(width))
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))


@lru_cache(maxsize=8192)
def _character_width(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1
