"""A ring that stands before an item is a ring, whatever round character it was read as."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.list_marks import settle_list_marks

EM = 40.0


def line(mark: str, item: str, *, gap: float = 0.7, width: float = 0.8) -> str:
    """Give what a mark before an item becomes; ``gap`` and ``width`` are in ems."""
    start = (width + gap) * EM
    read = [
        Character((Choice(mark, 0.6), Choice("0", 0.1), Choice("○", 0.3)), 0.0, width * EM),
        *(Character((Choice(c, 1.0),), start + i * EM, start + (i + 0.9) * EM) for i, c in enumerate(item)),
    ]
    settled = settle_list_marks(read, EM)
    assert settled[0].choices[0].probability == pytest.approx(0.9 if settled[0].text != mark else 0.6)
    return "".join(character.text for character in settled)


@pytest.mark.parametrize("mark", ["O", "Ｏ", "〇", "o"])
def test_a_round_character_before_an_item_is_a_ring(mark):
    assert line(mark, "防災費") == "○防災費"
    assert line(mark, "まちづくり") == "○まちづくり"


def test_what_is_no_mark_stays():
    assert line("O", "防災費", gap=0.1) == "O防災費"
    assert line("O", "防災費", width=0.4) == "O防災費"
    assert line("O", "K") == "OK"
    assert line("〇", "〇町") == "〇〇町"
    assert line("0", "件") == "0件"
    assert settle_list_marks([], EM) == []
