from __future__ import annotations

import numpy as np
import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.lost_bars import LOST, restore_bars
from extract.pages.scan.rulings.regions import OPEN, Regions

EM, SCALE = 40.0, 4.0
REGIONS = Regions(np.zeros((1, 1), np.int32), {1: (10.0, 0.0, 80.0, 40.0)})


def restored(text: str, *, left: float = 100.0, region: int = 1) -> list[Character]:
    """Give a line whose first character begins at ``left`` pixels in a cell whose side stands at 40."""
    line = TextLine(region, ((int(left), 10, int(left + EM * len(text)), 50),), EM)
    read = [
        Character((Choice(c, 0.99),), left + n * EM, left + n * EM + 36, 36.0) for n, c in enumerate(text)
    ]
    return restore_bars([line], [read], regions=REGIONS, scale=SCALE)[0]


@pytest.mark.parametrize(
    ("text", "printed"), [("部開示", "一部開示"), ("般会計", "一般会計"), ("本町", "本町"), ("部長", "部長")]
)
def test_a_word_that_lost_its_bar_gets_it_back(text, printed):
    assert "".join(character.text for character in restored(text)) == printed


def test_the_doubt_shows():
    assert restored("部開示")[0].choices[0].probability == LOST


def test_where_no_bar_had_room_and_in_prose_nothing_is_added():
    assert len(restored("部開示", left=50.0)) == 3
    assert len(restored("部開示", region=OPEN)) == 3
