"""What a confidence is worth: rising, never certain, and right on documents that took no part in the fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from benchmarks.calibrate import READINGS, SURE, Observation, fit, read_observations
from hypothesis import given
from hypothesis import strategies as st

from extract.pages.calibration import Kind, calibrated, read_curves

PROBABILITY = st.floats(0, 1)
KIND = st.sampled_from(("number", "text"))
MEAN_OFF = 0.1  # one curve serves all levels: it may be so far off on each of them
LEAST_SURE = 100  # so many held-out numbers must be called sure, or the bar would say nothing


@given(PROBABILITY, PROBABILITY, KIND)
def test_the_surer_reading_is_never_worth_less(a: float, b: float, kind: Kind) -> None:
    low, high = sorted((a, b))
    assert 0 <= calibrated(low, kind) <= calibrated(high, kind) <= 1


@pytest.mark.parametrize("kind", ["number", "text"])
def test_curves_rise_between_nothing_and_less_than_certainty(kind: Kind) -> None:
    curve = read_curves()[kind]
    assert len(curve.confidence) == len(curve.right) >= 2
    assert all(a < b for a, b in pairwise(curve.confidence))
    assert all(a <= b for a, b in pairwise(curve.right))
    assert curve.right[-1] < 1


def test_a_fit_rises_where_the_readings_do_not() -> None:
    readings = [Observation("number", c / 100, right, 1) for c in range(100) for right in (c > 40, c % 3 > 0)]
    curve = fit(readings)
    assert all(a <= b for a, b in pairwise(curve.right))
    assert curve.right[0] < 0.5 < curve.right[-1] < 1


def held_out_numbers() -> list[Observation]:
    """Give the numbers that were read from whole cells: a recogniser cannot know that a wall was lost."""
    return [reading for reading in read_observations(READINGS) if reading.kind == "number" and reading.whole]


def test_numbers_said_to_be_sure_are_right_on_held_out_documents() -> None:
    sure = [o for o in held_out_numbers() if calibrated(o.confidence, "number") >= SURE]
    assert len(sure) >= LEAST_SURE
    assert sum(reading.right for reading in sure) >= SURE * len(sure)


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_mean_of_what_is_said_is_near_what_is_right(level: int) -> None:
    readings = [reading for reading in held_out_numbers() if reading.level == level]
    said = sum(calibrated(reading.confidence, "number") for reading in readings) / len(readings)
    right = sum(reading.right for reading in readings) / len(readings)
    assert abs(said - right) < MEAN_OFF


def test_every_reading_that_is_sure_of_its_digits_but_not_of_its_cell_is_counted_apart() -> None:
    assert any(not reading.whole for reading in read_observations(READINGS))
