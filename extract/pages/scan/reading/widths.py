"""Whether the figures, letters and marks of a line were printed fullwidth or halfwidth, from where they stand.

（ and (, ： and :, ８ and 8 look alike to a recogniser; but a fullwidth one takes the room of a kanji. The widths of a line are those
under which its characters stand where their em boxes put them (shortest path; A. Viterbi, IEEE Trans. Inf. Theory 13, 1967).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character

WIDE, HALF = 1.0, 0.5
"""Room of a character in ems."""

CENTRES = {
    **dict.fromkeys("（「『【〔［《〈｛", 0.75),
    **dict.fromkeys("）」』】〕］》〉｝", 0.25),
    **dict.fromkeys("、。，．", 0.25),
    **dict.fromkeys("([{", 0.28),
    **dict.fromkeys(")]}", 0.22),
    **dict.fromkeys(",.", 0.2),
}
"""Where the middle of the ink lies in the em box (ems from its left); elsewhere it is the middle of the box."""

TOLERANCE = 0.12
"""Usual error (ems) of the distance of two characters."""

SPACE = 4.0
"""Cost of a space between two characters."""

SWITCH = 2.5
"""Cost of figures of different widths side by side."""

NEIGHBOUR = 0.8
"""Cost of a mark that differs in width from a neighbour of known width."""

SEEN = 0.3
"""Cost of another width than the recogniser's; it knows little of widths."""

EVEN = 0.15
"""Steps within this share of their middle are even."""

MOST_PITCH = 2.2
"""Characters farther apart than this (ems) are not one letter-spaced word."""

KANJI_SIZE = 0.96
"""Height or width of the larger kanji of a line in ems, the blur of the scan included."""

FIGURE_HEIGHT = 0.74
"""Height of figures in ems (0.71 to 0.77 in the usual fonts, the blur of the scan included)."""

LEAST_STEPS, SMALLEST, LARGEST = 2, 0.7, 1.1
"""So many steps say how large the type of a line is, between these shares of the em of the page; wider ones are letter spacing."""

PAIRS = dict(zip("）］｝＞", "（［｛＜", strict=True))
KEPT = frozenset("～〜~－-")
"""Marks whose width says nothing: dashes and waves are drawn in many lengths."""


class _Place(NamedTuple):
    """A character with its possible forms (halfwidth, fullwidth; one where it has one width only).

    ``middle`` and ``width`` of its ink are in ems, the line's letter spacing taken out.
    """

    forms: tuple[str, ...]
    middle: float
    width: float


def settle_widths(characters: Sequence[Character], em: float) -> list[Character]:
    """Give the characters of a line in the widths in which they were printed (``em`` in pixels)."""
    shown = [index for index, character in enumerate(characters) if character.text]
    spacing = _spacing(characters, em)
    places = [_place(characters[index], em, order * spacing) for order, index in enumerate(shown)]
    settled = list(characters)
    if len(places) < 2 or all(len(place.forms) == 1 for place in places):
        return settled
    seen = [characters[index].text for index in shown]
    chosen = _paired(places, seen, _shortest(places, seen))
    for index, place, form in zip(shown, places, chosen, strict=True):
        text = place.forms[form]
        if text != settled[index].text:
            first, *rest = settled[index].choices
            settled[index] = settled[index]._replace(choices=(Choice(text, first.probability), *rest))
    return settled


def is_wide(text: str) -> bool:
    """Say whether a character takes the room of a kanji."""
    return unicodedata.east_asian_width(text) in "WFA"


def _place(character: Character, em: float, spacing: float) -> _Place:
    text = character.text
    middle, width = character.middle / em - spacing, (character.end - character.start) / em
    half = chr(ord(text) - 0xFEE0) if "！" <= text <= "～" else text
    if "!" <= half <= "~" and text not in KEPT:
        return _Place((half, chr(ord(half) + 0xFEE0)), middle, width)
    return _Place((text,), middle, width)


def line_em(characters: Sequence[Character], em: float) -> float:
    """Give the em of a line (pixels): where its kanji stand closer than the page's ``em``, that distance.

    A line of figures alone says by their height how large it is.
    """
    # Kana of proportional type stand closer than their em.
    steps = [step for step, *pair in _steps(characters) if all(map(_is_kanji, pair))]
    kanji = [max(c.height, c.end - c.start) for c in characters if c.text and _is_kanji(c.text)]
    found = 0.0
    if len(steps) >= LEAST_STEPS:
        found = median(steps)
    elif len(kanji) >= LEAST_STEPS:
        found = max(kanji) / KANJI_SIZE
    if found:
        return found if SMALLEST * em < found < LARGEST * em else em
    heights = [c.height for c in characters if c.text and is_digit(c.text) and c.height]
    if not any(_is_cjk(c.text) for c in characters if c.text) and len(heights) >= LEAST_STEPS:
        found = median(heights) / FIGURE_HEIGHT
        return found if SMALLEST * em < found < em / SMALLEST else em
    return em


def _steps(characters: Sequence[Character]) -> list[tuple[float, str, str]]:
    """Give how far (pixels) kanji and kana that follow one another stand apart, and which they are."""
    shown = [character for character in characters if character.text]
    return [
        (b.middle - a.middle, a.text, b.text)
        for a, b in pairwise(shown)
        if _is_cjk(a.text) and _is_cjk(b.text)
    ]


def _spacing(characters: Sequence[Character], em: float) -> float:
    """Give the room (ems) that letter spacing adds to each character of the line."""
    steps = [step / em for step, *_ in _steps(characters)]
    if len(steps) < 2:
        return 0.0
    middle = median(steps)
    even = sum(abs(step - middle) <= EVEN * middle for step in steps)
    return middle - 1 if 1 < middle < MOST_PITCH and even >= 0.75 * len(steps) else 0.0


def _is_kanji(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _is_cjk(text: str) -> bool:
    return unicodedata.east_asian_width(text) == "W" and text.isalnum()


def _shortest(places: Sequence[_Place], seen: Sequence[str]) -> list[int]:
    """Give the form of each place on the cheapest path."""
    costs = [_own_cost(places, seen, 0, form) for form in range(len(places[0].forms))]
    back: list[list[int]] = []
    for index in range(1, len(places)):
        here: list[float] = []
        came: list[int] = []
        for form in range(len(places[index].forms)):
            ways = [costs[other] + _step_cost(places, index - 1, other, form) for other in range(len(costs))]
            best = min(range(len(ways)), key=ways.__getitem__)
            here.append(ways[best] + _own_cost(places, seen, index, form))
            came.append(best)
        costs = here
        back.append(came)
    chosen = [min(range(len(costs)), key=costs.__getitem__)]
    for came in reversed(back):
        chosen.append(came[chosen[-1]])
    return chosen[::-1]


def _own_cost(places: Sequence[_Place], seen: Sequence[str], index: int, form: int) -> float:
    forms = places[index].forms
    if len(forms) == 1:
        return 0.0
    cost = 0.0 if forms[form] == seen[index] else SEEN
    if not forms[0].isalnum():
        for other in (index - 1, index + 1):
            if 0 <= other < len(places) and len(places[other].forms) == 1:
                cost += NEIGHBOUR * (is_wide(places[other].forms[0]) != (form == 1))
    return cost


def _step_cost(places: Sequence[_Place], index: int, one: int, two: int) -> float:
    """Give what it costs that the characters at ``index`` and after it stand as far apart as they do."""
    a, b = places[index], places[index + 1]
    room, centre = _room(a, one)
    expected = room - centre + _room(b, two)[1]
    off = (b.middle - a.middle - expected) / TOLERANCE
    cost = off * off if off < 0 else min(off * off, SPACE)
    both = a.forms[one], b.forms[two]
    if len(a.forms) == len(b.forms) == 2 and one != two and all(map(_is_figure, both)):
        cost += SWITCH
    return cost


def _is_figure(text: str) -> bool:
    return text.isalnum() or text in ",.，．"


def _room(place: _Place, form: int) -> tuple[float, float]:
    """Give the room of a character and where the middle of its ink lies in it, in ems."""
    text = place.forms[form]
    room = WIDE if is_wide(text) else HALF
    if room == HALF and text.isalpha():
        room = min(WIDE, place.width + 0.1)
    return room, CENTRES.get(text, room / 2)


def _paired(places: Sequence[_Place], seen: Sequence[str], chosen: list[int]) -> list[int]:
    """Give both brackets of a pair the width of the surer one."""
    settled = list(chosen)
    opened: list[int] = []
    for index, place in enumerate(places):
        wide = place.forms[-1]
        if len(place.forms) == 2 and wide in PAIRS.values():
            opened.append(index)
        elif len(place.forms) == 2 and wide in PAIRS and opened:
            partner = opened.pop()
            if places[partner].forms[1] == PAIRS[wide] and settled[partner] != settled[index]:
                weaker = min((partner, index), key=lambda i: _cost_of_change(places, seen, settled, i))
                settled[weaker] = 1 - settled[weaker]
    return settled


def _cost_of_change(
    places: Sequence[_Place], seen: Sequence[str], chosen: Sequence[int], index: int
) -> float:
    def cost(form: int) -> float:
        total = _own_cost(places, seen, index, form)
        if index:
            total += _step_cost(places, index - 1, chosen[index - 1], form)
        if index + 1 < len(places):
            total += _step_cost(places, index, form, chosen[index + 1])
        return total

    return cost(1 - chosen[index]) - cost(chosen[index])
