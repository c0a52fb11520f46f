"""Which lines a narrow picture may have spoiled, so that they are read again."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice, LineReading, Slot
from extract.engines.doubts import doubted

SURE = 0.96


def places(*readings: dict[str, float]) -> tuple[Slot, ...]:
    """Give a slot for each ``{text: probability}``."""
    return tuple(Slot(tuple(Choice(*choice) for choice in reading.items()), 0.0, 1.0) for reading in readings)


@pytest.mark.parametrize(
    ("seen", "as_figures"),
    [
        ([{"4": 0.99}, {" ": 0.51, "": 0.49}, {"3": 0.99}], [{"4": 1.0}, {"3": 1.0}]),
        ([{"0": 0.63, "O": 0.36}], [{"0": 1.0}]),
        ([{"O": 0.5, "0": 0.4}], [{"0": 1.0}]),
        ([{"１": 0.6, "1": 0.4}, {"7": 0.99}], [{"1": 0.99}, {"7": 1.0}]),
        ([{"総": 0.99}, {"": 0.8, " ": 0.2}, {"数": 0.99}], [{"分": 0.3}]),
    ],
)
def test_spaces_and_letters_of_the_shape_of_figures_are_no_doubt(seen, as_figures):
    assert not doubted(LineReading(places(*seen), places(*as_figures)), SURE)


@pytest.mark.parametrize(
    ("seen", "as_figures", "what"),
    [
        ([{"3": 0.7, "8": 0.3}], [{"3": 0.7, "8": 0.3}], ["3"]),
        (
            [{"1": 0.99}, {"": 0.85, ",": 0.15}, {"2": 0.99}],
            [{"1": 1.0}, {"": 0.85, ",": 0.15}, {"2": 1.0}],
            [""],
        ),
        ([{"目": 0.7, "日": 0.2}], [{"日": 0.99}], ["目"]),
        ([{"合": 0.9}, {"計": 0.99}], None, ["合"]),
    ],
)
def test_a_figure_or_a_character_that_may_be_another_is_one(seen, as_figures, what):
    numeric = None if as_figures is None else places(*as_figures)
    found = doubted(LineReading(places(*seen), numeric), SURE)
    assert [slot.choices[0].text for slot in found] == what
