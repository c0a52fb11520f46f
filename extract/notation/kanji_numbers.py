"""Numbers in kanji: 六十八, 百, 二百三十, 三千五百, 一万; pure."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIAD: Final = 10_000


def kanji_to_int(text: str) -> int | None:
    """Give the number that is written in kanji, or in digits, or None where it is none (十十, 二三)."""
    if text.isdecimal():
        return int(text)
    high, myriad, low = text.partition("万")
    if myriad:
        above, below = _small(high), _small(low) if low else 0
        return None if not above or below is None else above * _MYRIAD + below
    return _small(text)


def digits_of(text: str) -> str:
    """Give the number of an article as digits; what is no number stays as it is."""
    value = kanji_to_int(text)
    return text if value is None else str(value)


def _small(text: str) -> int | None:
    """Give a number below 10,000."""
    total, digit, scale_before = 0, None, _MYRIAD
    for character in text:
        if character in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[character]
        elif (scale := _SCALES.get(character, _MYRIAD)) < scale_before:
            total += (1 if digit is None else digit) * scale
            digit, scale_before = None, scale
        else:
            return None
    return total + (digit or 0) if text else None
