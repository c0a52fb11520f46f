"""Characters one below another in a cell are one word, also where they were cut apart and share a row."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.context import settle_lines

EM = 30.0


@pytest.mark.parametrize(("shared", "word"), [(0, "サービス"), (2, "サービス"), (8, "サ1ビス")])
def test_an_upright_bar_after_katakana_is_a_long_vowel(shared, word):
    lines, characters = [], []
    for row, text in enumerate("サ1ビス"):
        top = 34 * row - (shared + 6 if row else 0)
        lines.append(TextLine(1, ((100, top, 128, top + 28),), EM))
        characters.append([Character((Choice(text, 0.99),), 100, 128, 28)])
    settled = settle_lines(lines, characters, [EM] * 4)
    assert "".join(line[0].text for line in settled) == word
