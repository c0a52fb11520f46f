"""Which places of a line the recogniser must look at again: those that neither the cell nor the column will settle."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from extract.engines.base import LineReading, Slot

FIGURES = str.maketrans("OolI|", "00111")
"""Letters that are figures where the others are."""


def doubted(reading: LineReading, sure: float) -> list[Slot]:
    """Give the places whose best reading is less probable than ``sure`` (0 to 1).

    Whether there is a space is no doubt, nor whether a figure among figures is a letter of its shape or of another width.
    """
    return [slot for slot in _told(reading) if slot.choices[0].probability < sure]


def _told(reading: LineReading) -> Sequence[Slot]:
    """Give the places of a line without its spaces, read as figures where it consists of such."""
    printed = [slot for slot in reading.slots if any(choice.text.strip() for choice in slot.choices)]
    figures = reading.numeric or ()
    return figures if _shape(printed) == _shape(figures) else printed


def _shape(slots: Sequence[Slot]) -> str:
    text = unicodedata.normalize("NFKC", "".join(slot.choices[0].text for slot in slots))
    return "".join(text.translate(FIGURES).split())
