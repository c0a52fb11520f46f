"""Units behind numbers are settled by what was thought of in all cells of the column; figures are never changed."""

from __future__ import annotations

from extract.engines.base import Choice, LineReading, Slot
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.units import AGREED, PARTLY, settle_units

EM = 20.0
Seen = list[dict[str, float]]


def cell(row: int, number: str, seen: Seen, *, width: float) -> tuple[TextLine, LineReading]:
    """Give the line of a cell: a number that was read, and behind it what was thought of at each place of ``width`` ems."""
    ems = len(number) / 2 + width + 0.6
    places = [0.3 + 0.5 * n for n in range(len(number))]
    slots = [
        Slot((Choice(text, 0.999),), at / ems, (at + 0.5) / ems)
        for text, at in zip(number, places, strict=True)
    ]
    step = width / max(1, len(seen))
    start = 0.3 + len(number) / 2
    for place, thought in enumerate(seen):
        choices = tuple(Choice(text, p) for text, p in sorted(thought.items(), key=lambda choice: -choice[1]))
        slots.append(Slot(choices, (start + place * step) / ems, (start + (place + 1) * step) / ems))
    line = TextLine(row, ((100, row * 60, 100 + round((ems - 0.6) * EM), row * 60 + 18),), EM)
    return line, LineReading(tuple(slots), tuple(slots))


def column(*cells: tuple[str, Seen, float]) -> list[tuple[str, float]]:
    """Give the texts of the cells of a column and the least probability of a character of each."""
    made = [cell(row, number, seen, width=width) for row, (number, seen, width) in enumerate(cells, start=1)]
    lines, readings = zip(*made, strict=True)
    chosen = [reading.slots for reading in readings]
    members = list(range(len(lines)))
    settled = settle_units(lines, readings, chosen, [members] * len(lines))
    return [
        (
            "".join(slot.choices[0].text for slot in slots),
            min(slot.choices[0].probability for slot in slots),
        )
        for slots in settled
    ]


YEN: Seen = [{"千": 0.999}, {"円": 0.999}]
GARBLED: Seen = [{"F": 0.6, "千": 0.1}, {"1": 0.5, "": 0.2}, {"I": 0.4, "円": 0.003}]
PEOPLE: Seen = [{"人": 0.999}]


def test_a_garbled_unit_is_the_one_that_the_column_reads():
    found = column(("12,480", YEN, 2), ("905", YEN, 2), ("8,215", GARBLED, 2))
    assert found[2][0] == "8,215千円"
    assert 0.9 < found[2][1] ** 2 <= AGREED + 1e-4


def test_units_that_nobody_reads_are_settled_by_what_is_thought_of_in_all_cells():
    found = column(*[(number, GARBLED, 2) for number in ("12,480", "905", "8,215")])
    assert [text for text, _ in found] == ["12,480千円", "905千円", "8,215千円"]
    assert all(probability < 0.9 for _, probability in found)


def test_a_unit_of_two_characters_that_enough_cells_think_of_is_sure_one_of_a_single_character_is_not():
    numbers = ("12,480", "905", "8,215", "640")
    assert all(p**2 > 0.9 for _, p in column(*[(number, GARBLED, 2) for number in numbers]))
    worn: Seen = [{"入": 0.5, "人": 0.3}]
    found = column(*[(number, worn, 1) for number in numbers])
    assert [text for text, _ in found] == [f"{number}人" for number in numbers]
    assert all(p < 0.9 for _, p in found)


def test_a_unit_of_which_a_part_was_never_thought_of_is_doubted():
    lost: Seen = [{"F": 0.8, "千": 0.01}, {"1": 0.9}]
    text, probability = column(("12", YEN, 2), ("905", YEN, 2), ("8,215", lost, 2))[2]
    assert text == "8,215千円"
    assert probability**2 <= PARTLY + 1e-4


def test_what_was_never_thought_of_is_not_chosen():
    other: Seen = [{"頁": 0.3, "段": 0.2}]
    assert column(("61", PEOPLE, 1), ("58", PEOPLE, 1), ("40", other, 1))[2][0] == "40頁"


def test_words_that_were_read_behind_a_number_stay():
    words: Seen = [{"人": 0.999}, {"減": 0.999}, {"?": 0.5}]
    assert column(("61", PEOPLE, 1), ("58", PEOPLE, 1), ("40", words, 3))[2][0] == "40人減?"


def test_the_room_tells_a_short_unit_from_a_long_one():
    worn: Seen = [{"千": 0.4, "F": 0.3}, {"円": 0.02, "1": 0.5}]
    assert column(("61", worn, 2), ("58", worn, 2))[0][0] == "61千円"


def test_figures_too_many_behind_commas_are_what_a_unit_was_read_as():
    yen: Seen = [{"円": 0.999}]
    text, probability = column(
        ("1,200", yen, 1), ("3,400", yen, 1), ("201,300", [{"1": 0.95, "円": 0.004}], 1)
    )[2]
    assert text == "201,300円"
    assert probability < 0.9


def test_a_number_that_ends_in_bars_among_units_is_doubted():
    days: Seen = [{"日": 0.999}]
    assert column(("12", days, 1), ("30", days, 1), ("50511", [], 0))[2] == ("50511", 0.6)
    assert column(("12", [], 0), ("30", [], 0), ("50511", [], 0))[2] == ("50511", 0.999)


def test_cells_without_units_stay_as_they_are():
    speck: Seen = [{"": 0.6, "1": 0.3}]
    assert column(("12", [], 0), ("30", [], 0), ("41", speck, 0.2))[2][0] == "41"
