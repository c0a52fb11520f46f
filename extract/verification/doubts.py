"""What else a number may be: the readings that the recogniser saw, and what it misreads without seeing it; pure.

Everything is a weight against the value as read, which has 1: for a seen reading its probability over the confidence; two
seen substitutions together count as their product. What was not seen has the doubt that is left (1 - confidence), times
how often a misreading leaves no trace, times how often it would be just this one. Scans of the fixtures at level 3 taught
the sizes: a digit read wrong is nearly always among the other readings of its number, a lost △ nearly never.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.document import Cell
from extract.verification.accept import COMMA_SHIFTS, is_slip

_LEAST: Final = 1e-2  # least weight of a reading that was seen
_USUAL: Final = 0.9  # confidence of a number whose confidence is not known
_LEAST_CONFIDENCE: Final = 0.3  # below it a probability is no longer taken for more than it says
_QUIET: Final = (
    0.02  # doubt of a number of which the recogniser saw no other reading, whatever its confidence
)
_SIGN_LOST: Final = 1e-2  # a △ that left no trace
_SIGN_FOUND: Final = 1e-4  # a △ where there is none
_SHIFTED: Final = 5e-2  # times the doubt: a comma read as a point or the other way round
_LOOKALIKE: Final = 1e-2  # times the doubt: this digit for one that looks like it, or one lost
_OTHER_SLIP: Final = 4e-3  # times the doubt: any other single slip
_GARBLED: Final = 1e-5  # times the doubt: just this value, by no slip at all
_PRINTED_WRONG: Final = 1e-6  # a number of a text layer
_NUMBER: Final = re.compile(r"(?P<sign>[△▲▼−－\-‐–])?(?P<digits>[0-9][0-9,，]*(?:[.．][0-9]+)?|\.[0-9]+)")
_FOLD: Final = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_LOOKALIKES: Final = frozenset(
    frozenset(pair)
    for pair in [
        "08",
        "06",
        "38",
        "35",
        "56",
        "68",
        "89",
        "17",
        "49",
        "27",
        "14",
        "59",
        "69",
        "39",
        "47",
        "12",
    ]
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number and what else it may be: ``seen`` are the weights of other values, ``doubt`` what is left for the rest.

    ``hardness`` is how far the recogniser was from sure (1 - confidence); ``unexplained`` is the part of it that its other
    readings do not account for: the number may be one that it did not see.
    """

    read: int
    seen: dict[int, float]
    doubt: float
    is_ocr: bool
    hardness: float = 0.0
    unexplained: float = 0.0

    def weight(self, value: int) -> float:
        """Give the weight of a value against the one that was read."""
        if value in self.seen:
            return self.seen[value]
        if not self.is_ocr:
            return _PRINTED_WRONG
        return self._unseen(value)

    def _unseen(self, value: int) -> float:
        if value == -self.read:
            return _SIGN_LOST if self.read > 0 else _SIGN_FOUND
        if _is_shifted(self.read, value):
            return self.doubt * _SHIFTED
        if is_slip(self.read, value):
            return self.doubt * (_LOOKALIKE if _is_lookalike(self.read, value) else _OTHER_SLIP)
        return self.doubt * _GARBLED


def cell_to_doubt(cell: Cell, value: int, scale: int) -> Doubt:
    """Give what else the number of a cell (scaled ``value``) may be."""
    evidence = cell.evidence
    if evidence.origin != "ocr":
        return Doubt(value, {}, 0.0, is_ocr=False)
    confidence = _USUAL if evidence.confidence is None else evidence.confidence
    floor = max(confidence, _LEAST_CONFIDENCE)
    seen: dict[int, float] = {}
    for reading in evidence.readings:
        other = text_to_value(reading.text, scale)
        if other is not None and other != value:
            seen[other] = max(seen.get(other, 0.0), min(1.0, max(reading.probability, _LEAST) / floor))
    for other, weight in _combined(value, seen).items():
        seen.setdefault(other, weight)
    doubt = max(1.0 - confidence, _QUIET / 10)
    unexplained = 1.0 - confidence - sum(reading.probability for reading in evidence.readings)
    quiet = doubt if evidence.readings else min(doubt, _QUIET)
    return Doubt(value, seen, quiet, is_ocr=True, hardness=1.0 - confidence, unexplained=unexplained)


def _combined(value: int, seen: dict[int, float]) -> dict[int, float]:
    """Give the values in which two readings of different digits are true together."""
    digits = str(abs(value))
    places: list[tuple[int, str, float]] = []
    for other, weight in seen.items():
        text = str(abs(other))
        if len(text) == len(digits) and (other < 0) == (value < 0):
            differing = [place for place in range(len(digits)) if digits[place] != text[place]]
            if len(differing) == 1:
                places.append((differing[0], text[differing[0]], weight))
    found: dict[int, float] = {}
    for index, (place, digit, weight) in enumerate(places):
        for other_place, other_digit, other_weight in places[index + 1 :]:
            if place != other_place:
                changed = list(digits)
                changed[place], changed[other_place] = digit, other_digit
                both = int("".join(changed))
                found[-both if value < 0 else both] = weight * other_weight
    return found


def text_to_value(text: str, scale: int) -> int | None:
    """Give the scaled value of a reading; its unit and letter spacing do not matter. None where it is no number."""
    compact = re.sub(r"\s", "", text).translate(_FOLD)
    matches = list(_NUMBER.finditer(compact))
    if len(matches) != 1:
        return None
    value = Decimal(matches[0]["digits"].replace(",", "")) * scale
    if value != value.to_integral_value():
        return None
    return -int(value) if matches[0]["sign"] else int(value)


def _is_shifted(read: int, value: int) -> bool:
    return any(value == read * shift or read == value * shift for shift in COMMA_SHIFTS) and read != 0


def is_known_misreading(read: int, value: int) -> bool:
    """Say whether a recogniser is known to read this for that: digits that look alike, one lost, a comma for a point."""
    return _is_shifted(read, value) or (is_slip(read, value) and _is_lookalike(read, value))


def _is_lookalike(read: int, value: int) -> bool:
    one, other = str(abs(read)), str(abs(value))
    if len(one) != len(other):
        return len(other) > len(one)
    pairs = [frozenset((a, b)) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and pairs[0] in _LOOKALIKES
