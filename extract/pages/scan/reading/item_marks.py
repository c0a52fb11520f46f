"""The marks of items that follow one another: （ｲ）（ﾛ）（ﾊ）, ア イ ウ, 一 二 三.

A mark alone hardly says what it is: ﾛ is a square and ﾊ two strokes. The marks above and below it do. Only what the recogniser thought of
comes out, or what has the same shape; figures are never changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from extract.characters import is_digit
from extract.engines.base import Choice
from extract.pages.scan.japanese.forms import FORMS
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine

SERIES = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラム",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノ",
    "一二三四五六七八九十",
    "あいうえおかきくけこ",
    "abcdefghijk",
    "ABCDEFGHIJK",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ",
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮",
)
"""The usual marks, in order."""

OPENING, CLOSING = frozenset("（(〔["), frozenset("）)〕]")

GAP = 0.5
"""So much white (ems) stands at least behind a mark without brackets."""

SURE = 0.97
"""A mark as probable as this is not looked into."""

SAME_LEFT = 0.7
"""Marks of one list begin at one place, but for this (ems)."""

FIRST, ASTRAY, OTHER = 1.0, 5.0, 4.0
"""What it costs (nats) that a list begins, that a mark neither begins one nor follows the one before it, and that it is no mark at all."""

LEAST = 1e-4
"""A reading is at least so probable."""


class _Mark(NamedTuple):
    """The place of a mark on a line, whether brackets stand around it, and left end, top and em of the line (pixels)."""

    line: int
    place: int
    is_bracketed: bool
    left: float
    top: float
    em: float


_State: TypeAlias = tuple[int, int]
"""What a mark may be: a series, and a place in it."""

_NONE: _State = (-1, -1)
"""No mark at all."""


def settle_item_marks(
    lines: Sequence[TextLine], characters: Sequence[Sequence[Character]]
) -> list[list[Character]]:
    """Give the characters of every line with doubted marks as the list that they stand in tells them."""
    settled = [list(line) for line in characters]
    for marks in _lists(lines, settled):
        states = _likeliest([settled[m.line][m.place] for m in marks])
        for index, (mark, state) in enumerate(zip(marks, states, strict=True)):
            own = settled[mark.line]
            beside = ((states[index - 1], state),) if index else ()
            if any(_follows(*pair) for pair in (*beside, *zip([state], states[index + 1 :], strict=False))):
                own[mark.place] = _as_mark(own[mark.place], state)
    return settled


def _lists(lines: Sequence[TextLine], texts: Sequence[Sequence[Character]]) -> Iterator[list[_Mark]]:
    """Give the marks that begin at one place, from the top down."""
    marks = [mark for index, line in enumerate(lines) if (mark := _mark(index, line, texts[index]))]
    lists: list[list[_Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.top):
        for own in lists:
            is_near = abs(own[-1].left - mark.left) <= SAME_LEFT * mark.em
            if is_near and own[-1].is_bracketed == mark.is_bracketed:
                own.append(mark)
                break
        else:
            lists.append([mark])
    yield from (own for own in lists if len(own) > 1)


def _mark(index: int, line: TextLine, text: Sequence[Character]) -> _Mark | None:
    shown = [place for place, character in enumerate(text) if character.text]
    if len(shown) < 2:
        return None
    first, second = text[shown[0]], text[shown[1]]
    x0, y0, _, _ = line.box
    if first.text in OPENING and len(shown) > 2 and text[shown[2]].text in CLOSING:
        return _Mark(index, shown[1], True, x0, y0, line.em)
    if second.start - first.end >= GAP * line.em:
        return _Mark(index, shown[0], False, x0, y0, line.em)
    return None


def _states(character: Character) -> dict[_State, float]:
    """Give what a character may be, with the logarithm of its probability."""
    states = {_NONE: math.log(max(character.choices[0].probability, LEAST)) - OTHER}
    for choice in character.choices:
        for text in filter(None, (choice.text, *(form.get(choice.text, "") for form in FORMS))):
            for series, signs in enumerate(SERIES):
                state = (series, signs.find(text))
                if state[1] >= 0 and choice.probability >= LEAST:
                    states[state] = max(states.get(state, -math.inf), math.log(choice.probability))
    return states


def _likeliest(marks: Sequence[Character]) -> list[_State]:
    """Give what the marks of a list are together (A. Viterbi, IEEE Trans. Inf. Theory 13, 1967)."""
    seen = [_states(mark) for mark in marks]
    best = {state: weight - _step(None, state) for state, weight in seen[0].items()}
    ways: list[dict[_State, _State]] = []
    for states in seen[1:]:
        way = {state: _best_before(best, state) for state in states}
        best = {
            state: best[way[state]] - _step(way[state], state) + weight for state, weight in states.items()
        }
        ways.append(way)
    state = max(best, key=best.__getitem__)
    chosen = [state]
    for way in reversed(ways):
        state = way[state]
        chosen.append(state)
    return chosen[::-1]


def _best_before(best: Mapping[_State, float], state: _State) -> _State:
    return max(best, key=lambda before: best[before] - _step(before, state))


def _step(before: _State | None, state: _State) -> float:
    if state == _NONE or (before is not None and _follows(before, state)):
        return 0.0
    return FIRST if state[1] == 0 else ASTRAY


def _follows(before: _State, state: _State) -> bool:
    return before != _NONE and state == (before[0], before[1] + 1)


def _as_mark(character: Character, state: _State) -> Character:
    """Give the character as the mark, as probable as it is beside what else it may be: that would stand there astray."""
    first = character.choices[0]
    if is_digit(first.text) or (first.probability >= SURE and first.text == SERIES[state[0]][state[1]]):
        return character
    mark = SERIES[state[0]][state[1]]
    weights: dict[str, float] = {mark: 0.0}
    for choice in character.choices:
        is_mark = mark in (choice.text, *(form.get(choice.text) for form in FORMS))
        text, share = (mark, 1.0) if is_mark else (choice.text, math.exp(-ASTRAY))
        weights[text] = weights.get(text, 0.0) + share * choice.probability
    total = sum(weights.values())
    choices = (Choice(text, round(weight / total, 5)) for text, weight in weights.items())
    return character._replace(choices=tuple(sorted(choices, key=lambda choice: -choice.probability)))
