"""Lines of one label that say little alone, read again as one line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from extract.engines.base import Choice, EngineFailure, LineReading, Slot
from extract.engines.scripted import Scripted, text_to_reading
from extract.pages.scan.lines.crops import line_to_crop
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.together import read_together
from extract.pages.scan.rulings.regions import OPEN

EM = 40.0
CELL = 3


def reading(text: str, *probabilities: float) -> LineReading:
    """Give a reading; characters without a probability are sure."""
    sure = text_to_reading(text)
    slots = [
        Slot((Choice(slot.choices[0].text, p),), slot.start, slot.end)
        for slot, p in zip(sure.slots, [*probabilities, *[1.0] * len(text)], strict=False)
    ]
    return LineReading(tuple(slots), None)


def stacked(*widths: float, height: float = 1.0) -> list[TextLine]:
    """Give lines of a cell, one below another, of these widths (ems)."""
    tops = [round(EM * (1 + 1.2 * order)) for order in range(len(widths))]
    return [
        TextLine(CELL, ((60, top, 60 + round(EM * width), top + round(EM * height)),), EM)
        for top, width in zip(tops, widths, strict=True)
    ]


def texts(lines: Sequence[TextLine], readings: Sequence[LineReading], engine: Scripted) -> list[str]:
    """Give the likeliest text of every line after reading them together."""
    ink = np.full((600, 600), 0, dtype=np.uint8)
    for line in lines:
        x0, y0, x1, y1 = line.box
        ink[y0:y1, x0:x1] = 255
    crops = [line_to_crop(line, 255 - ink, ink) for line in lines]
    found = read_together(lines, crops, readings, engine=engine)
    return ["".join(slot.choices[0].text for slot in one.slots) for one in found]


def test_stacked_characters_are_told_by_one_another():
    engine = Scripted([reading("委託", 0.99, 0.7)])
    assert texts(stacked(1, 1), [reading("交", 0.68), reading("正", 0.39)], engine) == ["委", "託"]


def test_what_is_sure_is_not_read_again():
    engine = Scripted()
    assert texts(stacked(1, 1), [reading("公"), reading("立", 0.95)], engine) == ["公", "立"]
    assert not engine.seen


def test_a_figure_among_stacked_characters_may_be_one_of_them():
    engine = Scripted([reading("一般会計", 0.9)])
    alone = [reading("1", 0.35), reading("般"), reading("会"), reading("計")]
    assert texts(stacked(0.3, 1, 1, 1), alone, engine) == ["一", "般", "会", "計"]


def test_a_number_is_never_read_otherwise_but_its_unit_is():
    engine = Scripted([reading("7,234回")])
    assert texts(stacked(5, 1), [reading("1,234", 0.6), reading("川", 0.7)], engine) == ["1,234", "回"]


def test_a_number_alone_in_doubt_is_not_read_again():
    engine = Scripted()
    assert texts(stacked(1, 1), [reading("12", 0.4), reading("回")], engine) == ["12", "回"]
    assert not engine.seen


def test_small_ink_that_is_nothing_in_the_line_of_all_is_a_speck():
    specked = [*stacked(1, 1), TextLine(CELL, ((70, 150, 82, 160),), EM)]
    engine = Scripted([reading("市外 ")])
    assert texts(specked, [reading("市"), reading("外"), reading(".", 0.79)], engine) == ["市", "外", ""]


def test_as_many_characters_as_alone_are_seen_again_or_the_line_stays():
    engine = Scripted([reading("橋りょう点検委託")])
    alone = [reading("橋りよう", 1.0, 1.0, 0.6), reading("点検")]
    assert texts(stacked(4, 2), alone, engine) == ["橋りよう", "点検"]


def level(region: int, *lefts: float) -> list[TextLine]:
    """Give single characters on one level, which begin at these places (ems)."""
    return [TextLine(region, ((round(EM * left), 40, round(EM * (left + 1)), 80),), EM) for left in lefts]


def test_characters_set_wide_in_no_cell_are_read_together():
    engine = Scripted([reading("合計")])
    assert texts(level(OPEN, 1, 4), [reading("合"), reading("社", 0.4)], engine) == ["合", "計"]


@pytest.mark.parametrize(("lefts", "first"), [((1, 4), "3"), ((0.2, 12), "合")])
def test_figures_and_characters_far_apart_are_no_label(lefts, first):
    engine = Scripted()
    assert texts(level(OPEN, *lefts), [reading(first), reading("社", 0.4)], engine) == [first, "社"]
    assert not engine.seen


def test_an_engine_that_leaves_lines_out_is_no_reader():
    class Silent(Scripted):
        def read_lines(self, pictures):  # noqa: ARG002 - as engines are called
            return []

    with pytest.raises(EngineFailure):
        texts(stacked(1, 1), [reading("交", 0.68), reading("正", 0.39)], Silent())
