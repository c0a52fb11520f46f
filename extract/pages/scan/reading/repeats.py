"""What is doubted in one text of a scanned page, settled by the other texts in which the same characters stand around it.

Labels of a table repeat themselves: 第１回, 第２回 and 第３回 stand in one row, and names of one column end alike (災害復旧事業債,
過疎対策事業債). Worn copies garble each in its own way, and together they say more than each. Only what the recogniser thought of at
a place can come out there, with the probability that it gave it, so that the doubt stays.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from extract.characters import is_digit
from extract.pages.scan.japanese.doubts import (
    CONTEXT,
    LEAST_GAIN,
    LEAST_SHARE,
    SURE,
    is_word_character,
    may_be,
)
from extract.pages.scan.japanese.odds import text_to_oddity
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.counters import settle_counters
from extract.pages.scan.rulings.regions import OPEN, Regions

AROUND = 2
"""So many characters before or after one, and what stands on its other side, are its surroundings."""

DIFFERENT = 5.0
"""That other characters stand in the same surroundings costs so much (nats): 町 and 村 may, but seldom."""

MOST_OTHERS = 4
"""So many other texts are asked."""

ENDING, RARE, MOST = 2.5, 0.5, 6.0
"""A name ends as others of its column do: ``n`` of them speak for it by ``ENDING`` ln(1 + n / ``RARE``) nats, by ``MOST`` at the most."""

LEAST_NAME = 3
"""A name has so many characters at least."""

SAME_COLUMN = 0.5
"""Cells whose sides differ by no more than this share of an em stand in one column."""

MOST_ROUNDS = 20
"""So many characters of a page are changed at most."""

Place: TypeAlias = tuple[int, int]
"""A line, and the place of a character in it."""

_FIGURE, _START, _END = "#", "^", "$"


class _Change(NamedTuple):
    """The gain (nats) of another reading, its place, and its number among the readings."""

    gain: float
    place: Place
    choice: int


def settle_repeats(
    lines: Sequence[TextLine], characters: Sequence[Sequence[Character]], regions: Regions
) -> list[list[Character]]:
    """Give the characters of every line with those settled that others of the page speak for. Figures are never changed."""
    settled = [list(line) for line in characters]
    settle_counters(lines, settled)
    columns = [_column(line, regions) for line in lines]
    for _ in range(MOST_ROUNDS):
        change = max(_changes(settled, columns), default=None)
        if change is None or change.gain < LEAST_GAIN:
            break
        line, place = change.place
        character = settled[line][place]
        chosen = character.choices[change.choice]
        rest = tuple(choice for choice in character.choices if choice is not chosen)
        settled[line][place] = character._replace(choices=(chosen, *rest))
    return settled


def _column(line: TextLine, regions: Regions) -> tuple[int, int] | None:
    """Give what the cells of one column share; None for text in no cell."""
    if line.region == OPEN:
        return None
    box, step = regions.boxes[line.region], line.em * SAME_COLUMN
    return (round(box[0] / step), round(box[2] / step))


def _changes(
    texts: Sequence[Sequence[Character]], columns: Sequence[tuple[int, int] | None]
) -> Iterator[_Change]:
    doubted = [
        (line, place)
        for line, text in enumerate(texts)
        for place, character in enumerate(text)
        if character.choices[0].probability < SURE and is_word_character(character.text)
    ]
    if not doubted:
        return
    alike: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for line, text in enumerate(texts):
        for place, key in _surroundings(text):
            alike[key].append((line, place))
    endings: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for line, (text, column) in enumerate(zip(texts, columns, strict=True)):
        last = max((place for place, character in enumerate(text) if character.text), default=None)
        length = sum(bool(character.text) for character in text)
        if (
            column is not None
            and last is not None
            and length >= LEAST_NAME
            and is_word_character(text[last].text)
        ):
            endings[column].append((line, last))
    for line, place in doubted:
        keys = [key for other, key in _surroundings(texts[line]) if other == place]
        others = {other for key in keys for other in alike[key] if other[0] != line}
        column = columns[line]
        beside = endings[column] if column is not None and (line, place) in endings[column] else []
        yield from _weighed((line, place), texts, sorted(others)[:MOST_OTHERS], beside)


def _surroundings(text: Sequence[Character]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give each place with the characters before it and the one after it, and with those after it and the one before it."""
    shown = [(place, _shape(character.text)) for place, character in enumerate(text) if character.text]
    signs = [_START, *(sign for _, sign in shown), _END]
    for order, (place, _) in enumerate(shown, start=1):
        before, after = signs[max(0, order - AROUND) : order], signs[order + 1 : order + 1 + AROUND]
        if len(before) == AROUND and _START not in before:
            yield place, ("<", *before, signs[order + 1])
        if len(after) == AROUND and _END not in after:
            yield place, (">", signs[order - 1], *after)


def _shape(text: str) -> str:
    return _FIGURE if is_digit(text) else text


def _weighed(
    place: Place, texts: Sequence[Sequence[Character]], others: Sequence[Place], endings: Sequence[Place]
) -> Iterator[_Change]:
    """Give what is gained by each other reading of a place."""
    names = Counter(texts[line][at].text for line, at in endings if (line, at) != place)
    if not others and not names:
        return
    character = texts[place[0]][place[1]]
    first = character.choices[0]
    seen = [_weights(texts[line], at) for line, at in others]

    def support(reading: str) -> float:
        alike = min(MOST, ENDING * math.log1p(names[reading] / RARE))
        return alike + sum(max(-DIFFERENT, weights.get(reading, -math.inf)) for weights in seen)

    known = support(first.text)
    supported = [
        number
        for number, choice in enumerate(character.choices)
        if choice.probability >= LEAST_SHARE * first.probability
        and may_be(first.text, choice.text)
        and support(choice.text) > known
    ]
    if not supported:
        return
    own = _weights(texts[place[0]], place[1])
    for number in supported:
        reading = character.choices[number].text
        if reading not in own:
            continue
        yield _Change(support(reading) - known + own[reading] - own[first.text], place, number)


def _weights(text: Sequence[Character], at: int) -> dict[str, float]:
    """Give how likely each reading of a place is beside the likeliest (nats), by the recogniser and by the words that come out."""
    head = "".join(c.text for c in text[:at])[-CONTEXT:]
    tail = "".join(c.text for c in text[at + 1 :])[:CONTEXT]
    choices = text[at].choices
    if choices[0].probability >= SURE:
        return {choices[0].text: 0.0}
    least = LEAST_SHARE * max(LEAST_SHARE, *(choice.probability for choice in choices))
    found = {
        choice.text: math.log(max(choice.probability, least)) - text_to_oddity(head + choice.text + tail)
        for choice in choices
        if choice.probability >= least or choice is choices[0]
    }
    best = max(found.values())
    return {reading: weight - best for reading, weight in found.items()}
