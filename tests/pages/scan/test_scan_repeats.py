"""Labels of one page that settle one another's doubts, and the unit over a table."""

from __future__ import annotations

import numpy as np
import pytest

from extract.engines.base import Choice
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.repeats import settle_repeats
from extract.pages.scan.reading.unit_lines import settle_unit_lines
from extract.pages.scan.rulings.regions import OPEN, Regions

EM = 40.0
Doubts = dict[int, dict[str, float]]


def label(text: str, doubts: Doubts | None = None) -> list[Character]:
    """Give the characters of a text; ``doubts`` maps a place to what was seen there, with its probability."""
    seen = [(doubts or {}).get(place, {character: 0.9999}) for place, character in enumerate(text)]
    return [
        Character(tuple(Choice(reading, p) for reading, p in own.items()), EM * at, EM * (at + 1))
        for at, own in enumerate(seen)
    ]


def texts(found) -> list[str]:
    return ["".join(character.text for character in line) for line in found]


def settled(labels: list[list[Character]], *, in_cells: bool = True) -> list[str]:
    """Give the labels, one cell below another."""
    boxes = {row: (50.0, 20.0 * row, 150.0, 20.0 * row + 20) for row in range(len(labels))}
    regions = Regions(np.zeros((4, 4), np.int32), boxes if in_cells else {})
    lines = [TextLine(row if in_cells else OPEN, ((0, 0, 400, 40),), EM) for row in range(len(labels))]
    return texts(settle_repeats(lines, labels, regions))


def test_numbered_names_end_alike():
    rounds = [
        label("第１回"),
        label("第２同", {2: {"同": 0.39, "回": 0.34, "向": 0.13}}),
        label("第３同", {2: {"同": 0.43, "回": 0.41}}),
    ]
    assert settled(rounds, in_cells=False) == ["第１回", "第２回", "第３回"]


def test_a_reading_without_any_probability_is_no_error():
    unsure = [label("第１回"), label("第２同", {2: {"同": 0.0, "回": 0.0}}), label("第３回")]
    assert settled(unsure, in_cells=False)[::2] == ["第１回", "第３回"]


def test_names_of_a_column_end_as_most_of_the_others_do():
    column = [label(text) for text in ("市民文化祭", "さくら祭", "子ども祭", "港まつり祭")]
    doubted = label("みなと際", {3: {"際": 0.6, "祭": 0.3, "察": 0.05}})
    assert settled([*column, doubted])[-1] == "みなと祭"
    assert settled([*column, doubted], in_cells=False)[-1] == "みなと際"


def test_one_garbled_alike_everywhere_does_not_outvote_its_words():
    years = [label(f"令和{n}年度", {0: {"令": 0.003, "合": 0.99}}) for n in "５６７"]
    assert settled(years, in_cells=False) == ["令和５年度", "令和６年度", "令和７年度"]


@pytest.mark.parametrize("seen", [{"町": 0.999, "村": 0.001}, {"町": 0.6, "材": 0.3}])
def test_what_is_sure_stays_and_what_was_not_seen_does_not_come_out(seen):
    assert settled([label("北山村"), label("北山村"), label("北山町", {2: seen})])[-1] == "北山町"


def test_figures_are_never_changed():
    rows = [label("第１回"), label("第１回"), label("第７回", {1: {"７": 0.5, "１": 0.49}})]
    assert settled(rows)[-1] == "第７回"


def test_a_garbled_unit_over_a_table_is_the_one_that_was_thought_of():
    doubts = {4: {"日": 0.62, "手": 0.21, "千": 0.08}, 5: {"刊": 0.22, "用": 0.12, "円": 0.05}}
    (found,) = settle_unit_lines([label("（単位：日刊）", doubts)])
    assert texts([found]) == ["（単位：千円）"]
    assert found[4].choices[0].probability == 0.08


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("（単位：千円）", {4: {"千": 0.5, "百": 0.4}}),
        ("（単位：人目）", {4: {"人": 0.5, "入": 0.3}, 5: {"目": 0.6, "見": 0.2}}),
        ("（単位：円件）", {4: {"円": 0.5, "件": 0.4}}),
        ("学位の取得", {0: {"学": 0.5, "単": 0.3}}),
    ],
)
def test_a_unit_that_was_read_or_that_nothing_speaks_for_stays(text, doubts):
    assert texts(settle_unit_lines([label(text, doubts)])) == [text]
