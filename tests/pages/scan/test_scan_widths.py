"""Fullwidth or halfwidth is told by where characters stand; small kana by their ink."""

from __future__ import annotations

import pytest

from extract.engines.base import Choice
from extract.pages.scan.japanese.settling import settle_japanese
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.reading.widths import line_em, settle_widths

EM = 40.0
CENTRES = {"（": 0.75, "）": 0.25, "(": 0.28, ")": 0.22, ",": 0.2, "，": 0.25}


def typeset(printed: str, read: str, *, spacing: float = 0.0) -> list[Character]:
    """Give the characters of a line that was ``printed`` and is ``read`` in other widths."""
    characters, x = [], 0.0
    for shown, seen in zip(printed, read, strict=True):
        room = 0.5 if shown.isascii() else 1.0
        middle = (x + CENTRES.get(shown, room / 2)) * EM
        characters.append(Character((Choice(seen, 0.9),), middle - 8, middle + 8, 30.0, 0.5, 1))
        x += room + spacing
    return characters


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("開始(平成24年7月)からの", "開始（平成２４年７月）からの"),
        ("世帯（区民Ｂ）の人", "世帯(区民B)の人"),
        ("計１３，６３０件", "計13,630件"),
        ("土、日：９時から", "土、日:9時から"),
        ("＜報告事項＞", "<報告事項>"),
    ],
)
def test_widths_are_those_in_which_the_characters_stand(printed, read):
    assert "".join(c.text for c in settle_widths(typeset(printed, read), EM)) == printed


def test_letter_spacing_makes_no_mark_fullwidth():
    line = typeset("合計額(円)見込", "合計額（円）見込", spacing=0.3)
    assert "".join(c.text for c in settle_widths(line, EM)) == "合計額(円)見込"


def test_the_type_of_a_line_is_measured_by_its_kanji():
    assert line_em(typeset("世田谷区役所", "世田谷区役所"), 44.0) == pytest.approx(EM)


@pytest.mark.parametrize(("size", "text"), [(1.12, "っ"), (1.48, "つ")])
def test_kana_are_as_large_as_their_ink(size, text):
    line = [
        Character(
            (Choice(c, 0.9), Choice("っ", 0.1)), n * EM, n * EM + (size * EM + 3) / 2, (size * EM + 3) / 2
        )
        for n, c in enumerate("つき")
    ]
    line.insert(0, Character((Choice("あ", 0.9),), -EM, -4.0, 33.0))
    assert settle_japanese(line, EM)[1].text == text
