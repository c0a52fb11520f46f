"""A sign within a number, or alone before a unit, is a figure that lost strokes; between two numbers a dash stays."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice, Slot
from extract.pages.scan.reading.figures import MOST, settle_figures


def settle(text: str, **doubts: tuple[tuple[str, float], ...]) -> tuple[str, list[float]]:
    """Give the text and the probabilities of its characters; ``doubts`` has what a place (p0, p1, ...) was thought to hold."""
    slots = [
        Slot(
            tuple(Choice(*choice) for choice in doubts.get(f"p{n}", ((c, 0.999),))),
            n / len(text),
            (n + 1) / len(text),
        )
        for n, c in enumerate(text)
    ]
    settled = settle_figures(slots)
    return "".join(slot.choices[0].text for slot in settled), [
        slot.choices[0].probability for slot in settled
    ]


def test_a_figure_is_as_sure_as_if_no_sign_had_been_thought_of():
    text, probabilities = settle("84人", p1=(("4", 0.9), ("+", 0.09), ("1", 0.01)))
    assert text == "84人"
    assert probabilities[1] > 0.98


@pytest.mark.parametrize(("read", "place"), [("8+人", "p1"), ("+件", "p0"), ("61,20+食", "p5")])
def test_a_sign_where_none_can_stand_is_the_likeliest_figure_with_doubt(read, place):
    text, probabilities = settle(read, **{place: (("+", 0.6), ("4", 0.3))})
    assert text == read.replace("+", "4")
    assert min(probabilities) <= MOST


@pytest.mark.parametrize("text", ["+4.5%", "10-20", "10±2", "12+", "△194人"])
def test_other_signs_stay(text):
    sign = next(n for n, c in enumerate(text) if c in "+-±△")
    assert settle(text, **{f"p{sign}": ((text[sign], 0.8), ("1", 0.05))})[0] == text
