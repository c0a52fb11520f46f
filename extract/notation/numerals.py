"""Numbers as Japanese offices print them, alone in a cell; pure, exact, and never a guess.

１３，６３０件, △ 290,000, （１，２３４）, ３．４％, １億２，３４５万円, 6, 3 6 0, 9 0 0. What can be read in two ways is no number but a
doubt: the code of a finding. Values are computed in decimal arithmetic; a float is the one nearest to its literal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.notation.units import is_unit, is_unit_beside

UNCLEAR: Final = "text.unclear-number"
UNUSUAL: Final = "text.unusual-separator"
SEVERAL: Final = "cell.several-numbers"

_FLOAT_DIGITS: Final = 15  # every decimal of 15 significant digits survives a float (IEEE 754 double)
_LONGEST: Final = 30  # more digits than any sum of money has: no number but a code
_MYRIAD: Final = 10_000

_SPACED_MARKS: Final = str.maketrans("，．", ",.")  # not folded yet where spaces stand beside them
_MINUS: Final = "△▲▼－−\\-‐‑–"
_PLUS: Final = "+＋"
_NOTED: Final = re.compile(r"(?P<number>.*[^\s※＊注]) ?(?:[※＊] ?[0-9]{0,2}|[（(]?注 ?[0-9]{0,2}[)）]?)")
_SIGN_WORDS: Final = {"増": 1, "減": -1}
_FORM: Final = re.compile(
    rf"(?P<sign>[{_MINUS}{_PLUS}])? ?(?P<currency>[¥￥$＄€])? ?(?P<late_sign>[{_MINUS}{_PLUS}])? ?"
    r"(?P<body>\.?[0-9](?:[0-9.,、 ]*[0-9.,、])?)(?P<tail>.*)"
)
_BRACKETED: Final = re.compile(r"[（(〔［\[【] ?(?P<inner>[^（）()〔〕［］\[\]【】]+?) ?[）)〕］\]】]")
_TAIL_UNIT: Final = re.compile(r" ?[（(]?(?P<unit>[^（）()]*)[）)]?")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN: Final = re.compile(r"(?:0|[1-9][0-9]*)?(?:\.[0-9]+)?")
_LISTED_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2}(?:、[0-9]{3})+(?:\.[0-9]+)?")
_CODE: Final = re.compile(r"0[0-9]+|[0-9]+\.|[0-9]+(?:\.[0-9]{1,2}){2,}\.?|[0-9]+(?:、[0-9]+)+")
_DOUBTFUL: Final = re.compile(
    rf"(?:[*＊※†{_MINUS}ー―—{_PLUS}¥￥]{{1,3}}|[rp](?=[ 0-9]+[,.]))? ?[0-9][0-9.,]*(?: ?%)? ?"
    rf"(?:[*＊※†]+[0-9]{{0,2}}|[{_MINUS}ー―—]|[rp])?"
)
_SEVERAL: Final = re.compile(
    r"[△▲−\-－]? ?[0-9][0-9.,]*[^0-9（()）]{0,3} ?[（(〔［\[/／][△▲−\-－]? ?[0-9][0-9.,]*[^0-9（()）]{0,3}[）)〕］\]]?"
)
_FRACTION: Final = re.compile(r"[0-9]+ ?[/／] ?[0-9]+")
_SCALES: Final = (("兆", 10**12), ("億", 10**8), ("万", 10**4))
_COMPOSED_TAIL: Final = re.compile("(?P<more>[兆億万千百十][0-9.,兆億万千百十 ]*)(?P<rest>.*)")
_SMALL_SCALES: Final = re.compile("(?:([1-9]?)千)?(?:([1-9]?)百)?(?:([1-9]?)十)?([1-9]?)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its unit as printed; ``text`` is the number without letter spacing, ``doubts`` are codes of findings."""

    value: int | float
    unit: str | None
    text: str
    doubts: tuple[str, ...] = ()


def read_number(text: str, *, is_spread: bool = False) -> Number | str | None:
    """Give the number that is all of ``text``, the code of a finding where it is doubtful, or None where it is none.

    ``text`` has halfwidth digits and single spaces. ``is_spread`` says that the numbers around are letter-spaced, so
    that 「4 8 0」 is one number too; alone it is a doubt.
    """
    text = text.translate(_SPACED_MARKS)
    bracketed = _BRACKETED.fullmatch(text)
    found = _read_signed(bracketed["inner"] if bracketed else text, is_spread=is_spread)
    if bracketed is not None and isinstance(found, Number):
        return Number(found.value, found.unit, text[0] + found.text + text[-1], found.doubts)
    if found is None and (noted := _NOTED.fullmatch(text)):
        counted = _read_signed(noted["number"], is_spread=is_spread)
        if isinstance(counted, Number) and counted.unit is not None:
            return Number(counted.value, counted.unit, text, counted.doubts)
    if found is None and text[-1:] in _SIGN_WORDS:
        found = _read_change(text, is_spread=is_spread)
    if found is None and _DOUBTFUL.fullmatch(text) and not _CODE.fullmatch(text):
        return UNCLEAR
    if found is None and _SEVERAL.fullmatch(text) and not _FRACTION.fullmatch(text):
        return SEVERAL
    return found


def _read_change(text: str, *, is_spread: bool) -> Number | None:
    """Give the number of a change whose sign is a word: 2.7%増 is 2.7 %, 1.1％減 is -1.1 %."""
    found = _read_signed(text[:-1].rstrip(), is_spread=is_spread)
    if not isinstance(found, Number) or found.unit is None or found.text[:1] in _MINUS + _PLUS:
        return None
    value = found.value * _SIGN_WORDS[text[-1]] if found.value else found.value
    return Number(value, found.unit, found.text + text[-1], found.doubts)


def _read_signed(text: str, *, is_spread: bool) -> Number | str | None:
    form = _FORM.fullmatch(text)
    if form is None or (form["sign"] and form["late_sign"]):
        return None
    tail = form["tail"].strip()
    unit_form = _TAIL_UNIT.fullmatch(tail)
    unit = unit_form["unit"] if unit_form else tail
    body = form["body"].strip()
    is_apart, is_amount = form["tail"].startswith(" "), "," in body or "." in body
    if not unit or is_unit_beside(unit, is_apart=is_apart, is_amount=is_amount):
        literal = _body_to_literal(body, is_spread=is_spread)
        if literal is None or literal == UNCLEAR:
            return literal
        magnitude: Decimal | None = Decimal(literal)
    else:
        composed = _COMPOSED_TAIL.fullmatch(tail)
        if composed is None or (composed["rest"].strip() and not is_unit(composed["rest"].strip())):
            return None
        literal, unit = body + composed["more"].rstrip(), composed["rest"].strip()
        magnitude = None if " " in literal else _composed_value(literal)
        if magnitude is not None and magnitude == magnitude.to_integral_value():
            magnitude = Decimal(int(magnitude))  # 8.2億 is an integer, 3.0 was printed as a decimal
    sign = form["sign"] or form["late_sign"] or ""
    value = (
        None if magnitude is None else _decimal_to_value(magnitude, is_minus=bool(sign) and sign not in _PLUS)
    )
    if value is None:
        return UNCLEAR
    return Number(value, unit or form["currency"], _compact(text, body), (UNUSUAL,) if "、" in body else ())


def _compact(text: str, body: str) -> str:
    return text.replace(body, body.replace(" ", ""), 1) if " " in body else text


def _body_to_literal(body: str, *, is_spread: bool) -> str | None:
    """Give the digits of a number as a decimal literal, the code of a finding, or None for what is a code."""
    if " " in body:
        compact = body.replace(" ", "")
        if not _is_one_number(body, compact, is_spread=is_spread):
            return UNCLEAR
        body = compact
    if sum(map(str.isdecimal, body)) > _LONGEST:
        return UNCLEAR
    if _PLAIN.fullmatch(body):
        return body
    if _GROUPED.fullmatch(body):
        return body.replace(",", "")
    if _LISTED_GROUPS.fullmatch(body):
        return body.replace("、", "")
    return None if _CODE.fullmatch(body) else UNCLEAR


def _is_one_number(body: str, compact: str, *, is_spread: bool) -> bool:
    """Say whether digits with spaces between them are one letter-spaced number.

    Each digit stands by itself, and a comma at the thousands proves it (1 0 2,4 1 6); without one it is one number only
    among letter-spaced numbers.
    """
    if any(len(piece) > 1 for piece in re.split("[ ,.、]", body)):
        return False
    return bool(_GROUPED.fullmatch(compact)) or (is_spread and bool(_PLAIN.fullmatch(compact)))


def is_spread_number(text: str) -> bool:
    """Say whether ``text`` is a letter-spaced number beyond doubt (6, 3 6 0, 9 0 0)."""
    if " " not in text or not ("," in text or "，" in text):
        return False
    form = _FORM.fullmatch(text.translate(_SPACED_MARKS))
    return form is not None and " " in form["body"] and isinstance(read_number(text), Number)


def _composed_value(text: str) -> Decimal | None:
    """Give the value of digits with 兆, 億, 万, 千: 1億2,345万, 255億5千万, 8.2億, 3千; None where it is not well formed."""
    total, rest, is_first = Decimal(0), text, True
    for sign, scale in _SCALES:
        if sign not in rest:
            continue
        head, _, rest = rest.partition(sign)
        value = _coefficient(head)
        if value is None or (not is_first and value >= _MYRIAD) or (rest and value % 1):
            return None
        total, is_first = total + value * scale, False
    if not rest:
        return total
    value = _coefficient(rest)
    if value is None or (not is_first and value >= _MYRIAD):
        return None
    return total + value


def _coefficient(text: str) -> Decimal | None:
    if text and len(text) <= _LONGEST and _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text.endswith("千") and text[:-1] and _PLAIN.fullmatch(text[:-1]):
        return Decimal(text[:-1]) * 1000
    small = _SMALL_SCALES.fullmatch(text)
    if small is None or not text:
        return None
    values = [0 if digit is None else int(digit or 1) for digit in small.groups()[:3]]
    return Decimal(values[0] * 1000 + values[1] * 100 + values[2] * 10 + int(small[4] or 0))


def _decimal_to_value(magnitude: Decimal, *, is_minus: bool) -> int | float | None:
    """Give an int for an integer literal or an integral product, else the nearest float; None where a float would lose digits."""
    exponent = magnitude.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= 0:
        return -int(magnitude) if is_minus else int(magnitude)
    if len(magnitude.as_tuple().digits) > _FLOAT_DIGITS:
        return None
    value = float(magnitude)
    return -value if is_minus and value else value
