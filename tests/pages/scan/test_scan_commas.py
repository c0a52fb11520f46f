"""Commas and points of a number are told by where they stand, else by the column."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice, Slot
from extract.pages.scan.reading.commas import MOST, SPECK, settle_separators

DOUBTFUL = {",": (Choice(",", 0.6), Choice(".", 0.4)), ".": (Choice(".", 0.6), Choice(",", 0.4))}


def settle(text: str, *, whole: float = 0.0) -> tuple[str, float]:
    """Give a number and the least probability of its characters, its separators read with doubt."""
    slots = [
        Slot(DOUBTFUL.get(c, (Choice(c, 0.9999),)), n / len(text), (n + 1) / len(text))
        for n, c in enumerate(text)
    ]
    settled = settle_separators(slots, whole=whole)
    shown = [slot for slot in settled if slot.choices[0].text]
    return (
        "".join(slot.choices[0].text for slot in shown),
        min(slot.choices[0].probability for slot in settled),
    )


@pytest.mark.parametrize(
    ("read", "printed"),
    [("2.751.1㎡", "2,751.1㎡"), ("1,234.567", "1,234,567"), ("△11;554,300", "△11,554,300")],
)
def test_of_two_separators_only_the_last_can_be_a_point(read, printed):
    text, probability = settle(read)
    assert text == printed
    assert probability >= 0.999


def test_a_point_before_one_or_two_figures_is_one():
    assert settle("9.8日") == ("9.8日", MOST)


def test_a_comma_alone_is_sure_only_where_the_column_has_no_decimals():
    assert settle("4,192人") == ("4,192人", 0.6)
    text, probability = settle("4,192人", whole=0.97)
    assert text == "4,192人"
    assert 0.97 < probability < 1


def test_a_point_before_three_figures_is_left_to_the_column():
    assert settle("1.064", whole=0.97) == ("1.064", 0.6)


def test_of_two_separators_side_by_side_one_is_a_speck():
    assert settle("11,406,.800円") == ("11,406,800円", SPECK)


@pytest.mark.parametrize("text", ["0,192", "12,34", "6.12.25", "1234,567", "令和6"])
def test_what_is_no_number_in_thousands_stays(text):
    assert settle(text, whole=0.97)[0] == text
