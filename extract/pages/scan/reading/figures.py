"""Signs where none can stand: a 4 of which strokes are lost is read as +, but no number has a sign behind a figure or before its unit."""

from __future__ import annotations

from collections.abc import Sequence

from extract.characters import is_digit
from extract.engines.base import Choice, Slot
from extract.notation.units import is_unit
from extract.pages.scan.reading.endings import folded

SIGNS = frozenset("+△▲↓↑†‡")
"""What stands before a number, if anywhere, and what a 4 is read as; a dash may stand between two numbers."""

WITHIN = frozenset(",.")

LEAST = 0.1
"""A figure that was read as a sign was thought of with this probability."""

MOST = 0.8
"""Greatest probability of such a figure; the number goes to review."""


def settle_figures(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Give the slots of a line with the signs within its number, and one alone before a unit, as the figures that they are."""
    settled = list(slots)
    shown = [place for place, slot in enumerate(slots) if folded(slot)]
    texts = [folded(slots[place]) for place in shown]
    figures = [order for order, text in enumerate(texts) if is_digit(text)]
    if not figures:
        if len(texts) > 1 and texts[0] in SIGNS and is_unit("".join(texts[1:])):
            settled[shown[0]] = _as_figure(settled[shown[0]])
        return tuple(settled)
    for order in range(figures[0] + 1, len(texts)):
        if not (is_digit(texts[order]) or texts[order] in WITHIN or texts[order] in SIGNS):
            break
        if texts[order] in SIGNS and not is_unit("".join(texts[order + 1 :])) and order > figures[-1]:
            break
        if texts[order] not in WITHIN:
            settled[shown[order]] = _as_figure(settled[shown[order]])
    return tuple(settled)


def _as_figure(slot: Slot) -> Slot:
    """Give a place without the signs that it was thought to hold; one without a likely figure stays."""
    signs = sum(choice.probability for choice in slot.choices if choice.text in SIGNS)
    rest = tuple(choice for choice in slot.choices if choice.text not in SIGNS)
    first = max(rest, key=lambda choice: choice.probability, default=None)
    if first is None or signs <= 0 or not is_digit(first.text) or first.probability < LEAST:
        return slot
    was_sign = folded(slot) in SIGNS
    share = 1 / max(first.probability, 1 - signs)
    probability = min(MOST if was_sign else 1.0, first.probability * share)
    others = tuple(choice for choice in rest if choice is not first)
    signed = (Choice(slot.choices[0].text, round(1 - probability, 5)),) if was_sign else ()
    return slot._replace(choices=(Choice(first.text, round(probability, 5)), *signed, *others))
