"""A point before three figures is settled by its column; a bar alone in a column of numbers is a missing one."""

from __future__ import annotations

from extract.engines.base import Choice, LineReading, Slot
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.columns import choose_slots
from extract.pages.scan.rulings.regions import Regions

EM = 30.0


def column(*texts: str, is_dirty: bool = False) -> list[str]:
    """Give how the cells of one column are read, whose lines were seen as ``texts``."""
    lines, readings, boxes = [], [], {}
    for row, text in enumerate(texts, start=1):
        top = row * 60
        height = 4 if text in {"一", "1"} else 24
        lines.append(
            TextLine(row, ((100, top, 100 + (20 if height == 4 or text == "()" else 60), top + height),), EM)
        )
        boxes[row] = (20.0, row * 15.0, 60.0, row * 15.0 + 15.0)
        slots, numbers = (
            tuple(Slot((Choice(c, 0.99),), n / len(text), (n + 1) / len(text)) for n, c in enumerate(seen))
            for seen in (text, text.replace("O", "0"))
        )
        readings.append(LineReading(slots, numbers))
    regions = Regions(None, boxes)
    chosen = choose_slots(lines, readings, regions, is_dirty=is_dirty)
    return ["".join(slot.choices[0].text for slot in slots) for slots in chosen]


def test_a_point_among_whole_numbers_is_a_comma():
    assert column("380", "910", "745", "1.380", "3.381")[3:] == ["1,380", "3,381"]


def test_a_point_in_a_number_of_another_unit_is_a_comma_too():
    assert column("61,204食", "58,116食", "40.977食")[2] == "40,977食"


def test_a_column_of_decimals_keeps_its_points():
    assert column("1.064", "2.731", "0.998") == ["1.064", "2.731", "0.998"]
    assert column("10.5", "380", "9.75", "1.380")[3] == "1.380"


def test_a_time_keeps_its_colon():
    assert column("9:00", "10:00", "1,200")[:2] == ["9:00", "10:00"]


def test_a_bar_alone_in_a_column_of_numbers_is_a_missing_one():
    assert column("120", "98", "一", "77")[2] == "－"
    assert column("区長", "議会", "一", "会計")[2] == "一"
    assert column("61,204食", "98食", "一", "7食")[2] == "－"


def test_letters_like_zero_are_zeros_in_a_column_of_numbers_however_few_it_has():
    assert column("3", "O", "O", "O", "O", "12") == ["3", "0", "0", "0", "0", "12"]
    assert column("可", "O", "O", "否", "3") == ["可", "O", "O", "否", "3"]
    assert column("O", "O", "O") == ["O", "O", "O"]


def test_no_number_of_a_column_begins_or_ends_with_a_dot():
    assert column("120", ".98", "77.", "1.5")[1:] == ["98", "77", "1.5"]


def test_decimals_under_one_another_stay_where_the_walls_of_their_column_are_lost():
    """All numbers stand in one region, as on a worn copy, whose page is dirty."""
    lines, readings = [], []
    for row in range(4):
        for right, text in ((200, f"1{row}"), (300, f"{row}.5%"), (400, f"2{row}1")):
            box = (right - 60, 60 * row, right, 60 * row + 24)
            lines.append(TextLine(1, (box,), EM))
            slots = tuple(Slot((Choice(c, 0.99),), n / 4, (n + 1) / 4) for n, c in enumerate(text))
            readings.append(LineReading(slots, slots))
    regions = Regions(None, {1: (10.0, 0.0, 110.0, 80.0)})
    chosen = choose_slots(lines, readings, regions, is_dirty=True)
    texts = ["".join(slot.choices[0].text for slot in slots) for slots in chosen]
    assert texts[1::3] == [f"{row}.5%" for row in range(4)]


def test_no_number_has_two_decimal_points():
    assert column("12.5", "2.225.389", "7.1", "2.225,389")[1:] == ["2,225,389", "7.1", "2,225,389"]


def test_of_two_points_in_a_worn_number_the_one_before_three_figures_is_its_comma():
    seen = ("47,562", "△14.79.6", "3.7,600", "62,501")
    assert column(*seen, is_dirty=True)[1:3] == ["△14,796", "37,600"]
    assert column(*seen)[1:3] == list(seen[1:3])


def test_a_point_in_a_number_behind_its_label_is_a_comma_where_the_column_writes_commas():
    assert column("取崩△1,355,139", "積立333.478", "積立1.065.240")[1:] == ["積立333,478", "積立1,065,240"]


def test_decimals_behind_labels_stay():
    assert column("気温12.345", "雨量1,200", "湿度40.5")[0] == "気温12.345"
    assert column("延長333.478", "幅員2.5")[0] == "延長333.478"


def test_empty_brackets_in_a_column_of_numbers_are_a_broken_zero():
    assert column("()", "12", "305")[0] == "0"
    assert column("()", "不明", "なし")[0] == "()"


def spread(*texts: str, room: float) -> list[list[tuple[str, float]]]:
    """Give how the cells of one column of a dirty page are read; each mark took so much room, a figure 1."""
    lines, readings, boxes = [], [], {}
    for row, text in enumerate(texts, start=1):
        widths = [room if c in ".," else 1.0 for c in text]
        ends = [sum(widths[: n + 1]) + 0.6 for n in range(len(text))]
        whole = ends[-1] + 0.6
        slots = tuple(
            Slot((Choice(c, 0.99),), (end - width) / whole, end / whole)
            for c, width, end in zip(text, widths, ends, strict=True)
        )
        lines.append(TextLine(row, ((0, row * 60, round(sum(widths) * EM / 2), row * 60 + 24),), EM))
        readings.append(LineReading(slots, slots))
        boxes[row] = (20.0, row * 15.0, 60.0, row * 15.0 + 15.0)
    chosen = choose_slots(lines, readings, Regions(None, boxes), is_dirty=True)
    return [[(slot.choices[0].text, slot.choices[0].probability) for slot in slots] for slots in chosen]


def joined(slots: list[tuple[str, float]]) -> str:
    return "".join(text for text, _ in slots)


def test_a_point_that_room_was_left_for_is_no_speck():
    texts = ("86", "60", "22", "100.00", "59")
    assert joined(spread(*texts, room=1.0)[3]) == "100.00"
    assert joined(spread(*texts, room=0.1)[3]) == "10000"


def test_where_a_column_has_such_a_point_a_comma_that_was_seen_as_one_is_doubted():
    alone, beside = (spread("86", "60", "22", text, "47.709", room=1.0)[4] for text in ("100", "47.70"))
    assert joined(alone) == joined(beside) == "47,709"
    assert alone[2][1] > 0.9 > beside[2][1]
