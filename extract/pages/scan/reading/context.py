"""Lines of a scanned page settled with the lines beside them: characters stacked in a side heading, words cut at a line's end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.engines.base import Choice
from extract.geometry import overlap
from extract.pages.scan.japanese.doubts import CONTEXT, is_katakana
from extract.pages.scan.japanese.settling import settle_japanese
from extract.pages.scan.lines.characters import Character
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.rulings.regions import OPEN

UPRIGHT_BARS = frozenset("1１|｜lｌI丨Ⅰ！!")
"""What the long vowel mark of vertical writing is read as."""

NEXT_LINE = 2.5
"""A line begins at most this many ems below the line that it goes on from."""

LEAST_STACKED = 2

LAP = 0.1
"""Characters one below another that were cut apart share this at the most (ems)."""


def settle_lines(
    lines: Sequence[TextLine], characters: Sequence[Sequence[Character]], ems: Sequence[float]
) -> list[list[Character]]:
    """Give the characters of every line with look-alikes settled (``ems`` of the lines in pixels)."""
    settled = [list(line) for line in characters]
    stacked: set[int] = set()
    for stack in _stacks(lines, characters):
        stacked.update(stack)
        column = _with_long_vowels([c for index in stack for c in settled[index] if c.text])
        for index, character in zip(stack, settle_japanese(column, ems[stack[0]]), strict=True):
            settled[index] = [character]
    for index, before, after in _followed(lines, set(range(len(lines))) - stacked):
        tail = "" if before is None else "".join(c.text for c in settled[before])[-CONTEXT:]
        head = "" if after is None else "".join(c.text for c in settled[after])[:CONTEXT]
        settled[index] = settle_japanese(settled[index], ems[index], before=tail, after=head)
    return settled


def _followed(
    lines: Sequence[TextLine], chosen: Iterable[int]
) -> Iterator[tuple[int, int | None, int | None]]:
    """Give each chosen line from the top down, the line that goes on in it and the one that it goes on in."""
    order = sorted(chosen, key=lambda index: lines[index].box[1])
    regions: dict[int, list[int]] = {}
    for index in order:
        regions.setdefault(lines[index].region, []).append(index)
    places = {index: place for own in regions.values() for place, index in enumerate(own)}
    for index in order:
        own, place = regions[lines[index].region], places[index]
        before = next((i for i in reversed(own[:place]) if _goes_on(lines[i], lines[index])), None)
        after = next((i for i in own[place + 1 :] if _goes_on(lines[index], lines[i])), None)
        yield index, before, after


def _stacks(lines: Sequence[TextLine], characters: Sequence[Sequence[Character]]) -> list[list[int]]:
    """Give the lines of each cell whose lines are single characters one over another, from top to bottom."""
    cells: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.region != OPEN:
            cells.setdefault(line.region, []).append(index)
    stacks = []
    for members in cells.values():
        column = sorted(members, key=lambda index: lines[index].box[1])
        single = all(sum(bool(c.text) for c in characters[index]) == 1 for index in column)
        if single and len(column) >= LEAST_STACKED:
            boxes = [lines[index].box for index in column]
            lap = LAP * lines[column[0]].em
            if all(overlap(a[0], a[2], b[0], b[2]) > 0 and b[1] >= a[3] - lap for a, b in pairwise(boxes)):
                stacks.append(column)
    return stacks


def _with_long_vowels(column: list[Character]) -> list[Character]:
    """Give stacked characters with the upright bars after katakana as long vowel marks."""
    settled = column[:1]
    for character in column[1:]:
        if character.text in UPRIGHT_BARS and is_katakana(settled[-1].text):
            first = Choice("ー", character.choices[0].probability)
            settled.append(character._replace(choices=(first, *character.choices)))
        else:
            settled.append(character)
    return settled


def _goes_on(above: TextLine, below: TextLine) -> bool:
    """Say whether a line goes on from the one above it in its region."""
    a, b = above.box, below.box
    return (
        above.pieces is not below.pieces
        and a[3] <= b[1] + below.em / 2
        and b[1] - a[1] <= NEXT_LINE * below.em
        and overlap(a[0], a[2], b[0], b[2]) > 0
    )
