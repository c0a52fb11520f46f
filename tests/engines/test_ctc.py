from __future__ import annotations

import numpy as np
import pytest

from extract.engines.ctc import japanese, make_alphabet, numeric, steps_to_slots

CHARACTERS = ("1", "O", "0", "况", "济", "件")


def steps(*rows: dict[str, float]) -> np.ndarray:
    table = np.zeros((len(rows), len(CHARACTERS) + 1), dtype=np.float32)
    for index, row in enumerate(rows):
        for character, probability in row.items():
            table[index, CHARACTERS.index(character) + 1 if character else 0] = probability
    return table


def text(slots) -> str:
    return "".join(slot.choices[0].text for slot in slots)


def test_equal_neighbours_are_one_character_and_a_blank_parts_them():
    alphabet = make_alphabet(CHARACTERS, CHARACTERS)
    assert text(steps_to_slots(steps({"1": 1}, {"1": 0.9, "": 0.1}, {"": 1}, {"1": 1}), alphabet, 4)) == "11"


def test_only_the_alphabet_is_read_and_the_rest_renormalised():
    table = steps({"O": 0.8, "0": 0.2})
    assert text(steps_to_slots(table, make_alphabet(CHARACTERS, japanese(CHARACTERS)), 1)) == "O"
    (slot,) = steps_to_slots(table, make_alphabet(CHARACTERS, numeric(CHARACTERS)), 1)
    assert slot.choices[0] == ("0", pytest.approx(1.0))


def test_chinese_forms_are_no_part_of_the_alphabet():
    assert "济" not in japanese(CHARACTERS)
    assert "件" in japanese(CHARACTERS)


def test_other_readings_keep_their_probabilities():
    (slot,) = steps_to_slots(steps({"1": 0.7, "0": 0.2, "": 0.1}), make_alphabet(CHARACTERS, CHARACTERS), 1)
    assert [choice.text for choice in slot.choices] == ["1", "0", ""]
    assert [choice.probability for choice in slot.choices] == pytest.approx([0.7, 0.2, 0.1])


def test_padding_is_not_read():
    assert steps_to_slots(steps({"": 1}, {"1": 1}), make_alphabet(CHARACTERS, CHARACTERS), 1) == ()


def test_a_character_that_hides_behind_a_blank_stays_a_possibility():
    (slot,) = steps_to_slots(
        steps({"": 1}, {"": 0.8, "件": 0.2}, {"": 1}), make_alphabet(CHARACTERS, CHARACTERS), 3
    )
    assert [choice.text for choice in slot.choices] == ["", "件"]


def test_a_step_without_any_allowed_character_keeps_its_doubt():
    slots = steps_to_slots(steps({"件": 1.0}), make_alphabet(CHARACTERS, "10"), 1)
    assert all(slot.choices[0].probability < 0.01 for slot in slots)
