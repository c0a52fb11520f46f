"""The mark of an item is the one that follows the mark above it."""

from __future__ import annotations

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.item_marks import settle_item_marks

EM = 20.0
RO, HA = {"口": 0.98, "回": 0.02}, {"八": 0.75, "ハ": 0.23, "い": 0.01}


def item(mark: dict[str, float], text: str, *, gap: float = 1.0) -> list[Character]:
    """Give a mark with what it may be before a text."""
    characters = [Character(tuple(Choice(t, p) for t, p in mark.items()), 0.0, EM)]
    start = EM * (1 + gap)
    return characters + [
        Character((Choice(t, 1.0),), start + n * EM, start + (n + 1) * EM) for n, t in enumerate(text)
    ]


def bracketed(mark: dict[str, float], text: str) -> list[Character]:
    opening, closing = (Character((Choice(t, 1.0),), 0.0, 0.0) for t in "()")
    first, *rest = item(mark, text, gap=0.0)
    return [opening, first, closing, *rest]


def settled(*texts: list[Character], step: float = 0.0) -> list[list[Character]]:
    """Settle lines one below another, each ``step`` pixels more to the right."""
    lines = [
        TextLine(n, ((round(n * step), n * 30, round(n * step) + 200, n * 30 + 20),), EM)
        for n in range(len(texts))
    ]
    return settle_item_marks(lines, texts)


def text_of(line: list[Character]) -> str:
    return "".join(character.text for character in line)


def test_marks_in_order_settle_one_another():
    found = settled(bracketed({"イ": 0.8}, "補助"), bracketed(RO, "単独"), bracketed(HA, "県営"))
    assert list(map(text_of, found)) == ["(イ)補助", "(ロ)単独", "(ハ)県営"]
    assert found[2][1].choices[0].probability > 0.95
    assert {choice.text for choice in found[2][1].choices} == {"ハ", "い"}


def test_a_list_begins_anew():
    found = settled(*(bracketed(mark, "補助") for mark in ({"イ": 0.8}, RO, {"イ": 0.8}, RO)))
    assert [text_of(line)[1] for line in found] == ["イ", "ロ", "イ", "ロ"]


def test_marks_without_brackets_are_told_by_the_white_behind_them():
    found = settled(item({"一": 1.0}, "総括"), item({"ニ": 0.6, "二": 0.4}, "歳入"))
    assert [text_of(line) for line in found] == ["一総括", "二歳入"]
    close = settled(item({"一": 1.0}, "総括", gap=0.1), item({"ニ": 0.6, "二": 0.4}, "歳入", gap=0.1))
    assert text_of(close[1]) == "ニ歳入"


def test_what_stands_elsewhere_or_follows_nothing_stays():
    assert text_of(settled(bracketed({"イ": 0.8}, "補助"), bracketed(RO, "単独"), step=100)[1]) == "(口)単独"
    assert text_of(settled(bracketed({"国": 0.8}, "補助"), bracketed(RO, "単独"))[1]) == "(口)単独"


def test_figures_are_never_changed():
    found = settled(bracketed({"イ": 0.8}, "補助"), bracketed({"0": 0.6, "ロ": 0.4}, "単独"))
    assert text_of(found[1]) == "(0)単独"
