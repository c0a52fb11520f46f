"""The unit over a table of a worn page (（単位：千円）): settled by the units there are, among those that the recogniser thought of."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from extract.engines.base import Slot
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.endings import FOLDED, SURE, USUAL, WIDE, likelihood, probability_of

LEAST_SEEN = 0.04
"""The characters of a unit must be this probable (geometric mean)."""

LAST = 4
"""単位 stands among so many characters at the beginning of the line."""

RIVAL = 0.1
"""No other unit may be this probable beside it."""

_HEAD: Final = re.compile("[(【\\[〔]?単位:?")
_CLOSING: Final = ")】]〕"


def settle_unit_lines(lines: Sequence[Sequence[Character]]) -> list[list[Character]]:
    """Give the characters of each line, those of a garbled unit over a table as the one unit that was thought of.

    They keep the probabilities that they were given, so that the doubt stays.
    """
    return [_settled(line) if any(c.text == "位" for c in line[:LAST]) else list(line) for line in lines]


def _settled(line: Sequence[Character]) -> list[Character]:
    settled = list(line)
    shown = [place for place, character in enumerate(line) if character.text.strip()]
    text = unicodedata.normalize("NFKC", "".join(line[place].text[:1] for place in shown))
    head = _HEAD.match(text)
    if head is None or len(text) != len(shown):
        return settled
    places = shown[head.end() : len(text) - (text[-1] in _CLOSING)]
    is_sure = all(line[place].choices[0].probability >= SURE for place in places)
    if not places or is_sure or "".join(line[place].text for place in places) in FOLDED:
        return settled
    unit = _find_unit([Slot(line[place].choices, line[place].start, line[place].end) for place in places])
    for place, character in zip(places, unit, strict=False):
        choices = line[place].choices
        first = next(choice for choice in choices if WIDE.get(choice.text, choice.text).strip() == character)
        rest = tuple(choice for choice in choices if choice is not first)
        settled[place] = line[place]._replace(choices=(first, *rest))
    return settled


def _find_unit(slots: Sequence[Slot]) -> str:
    """Give the unit that alone was thought of at some places, one character at each; nothing where none was."""
    fitting = (unit for unit in USUAL if len(unit) == len(slots))
    ranked = sorted(((likelihood(slots, unit) * USUAL[unit], unit) for unit in fitting), reverse=True)
    if not ranked or any(other > RIVAL * ranked[0][0] for other, _ in ranked[1:2]):
        return ""
    unit = ranked[0][1]
    seen = [probability_of(slot, character) for slot, character in zip(slots, unit, strict=True)]
    return unit if math.prod(seen) ** (1 / len(seen)) >= LEAST_SEEN else ""
