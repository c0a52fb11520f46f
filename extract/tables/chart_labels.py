"""The labels of a chart in their reading order.

The name, amount and share of a slice stand under one another (市税 ／ ６５．４億円 ／ ２５．６％), and many such stacks are scattered
over the picture. Read line by line, the parts of several stacks would mix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.document import Line, Word
from extract.geometry import box_union

APART = 1.25
"""Letter sizes: words farther apart than this are labels of their own."""

SAME_SIZE = 0.15
"""Relative: letters of one label."""

CENTRED = 0.75
"""Letter sizes that the middles of two labels in one stack may differ."""

BELOW = 1.6
"""Letter sizes from the foot of one label to that of the next below it, at most."""

FEWEST_STACKS = 5
"""Stacks with an amount of a chart at least."""

SCATTERED = 0.6
"""The stacks of a chart begin at different heights, this share of them; the columns of a table all at one."""

LONGEST = 20
"""Characters of a label at most: a longer text is a sentence, and no chart."""

_AMOUNT: Final = re.compile(r"[△▲-]?[\d０-９,，.．]+(?:[%％]|[百千万億兆]*[円人件])")


def order_chart_labels(lines: Sequence[Line]) -> list[Line]:
    """Give the lines, those of a chart taken apart into its labels, stack after stack. No word is lost."""
    labels = [(place, label) for place, line in enumerate(lines) for label in _line_to_labels(line)]
    stacks = [stack for stack in _find_stacks(labels) if len(stack) > 1 and _holds_amount(stack)]
    if len(stacks) < FEWEST_STACKS:
        return list(lines)
    tops = {round(stack[0][1].box[1] / stack[0][1].words[0].size) for stack in stacks}
    first = min(stack[0][0] for stack in stacks)
    last = max(stack[-1][0] for stack in stacks)
    inside = [(place, label) for place, label in labels if first <= place <= last]
    if len(tops) < SCATTERED * len(stacks) or any(_length(label) > LONGEST for _, label in inside):
        return list(lines)
    ordered = [label for stack in _find_stacks(inside) for _, label in stack]
    return [*lines[:first], *ordered, *lines[last + 1 :]]


def _line_to_labels(line: Line) -> Iterator[Line]:
    group = [line.words[0]]
    for before, word in pairwise(line.words):
        size = max(before.size, word.size)
        if word.box[0] - before.box[2] > APART * size or abs(word.size - before.size) > SAME_SIZE * size:
            yield _label(group)
            group = []
        group.append(word)
    yield _label(group)


def _label(words: Sequence[Word]) -> Line:
    return Line(tuple(words), box_union(word.box for word in words))


def _find_stacks(labels: Sequence[tuple[int, Line]]) -> list[list[tuple[int, Line]]]:
    """Give labels that stand centred under one another together, from the top, those at one height from the left."""
    stacks: list[list[tuple[int, Line]]] = []
    for item in sorted(labels, key=lambda item: (item[1].box[1], item[1].box[0])):
        for stack in stacks:
            if _continues(stack[-1][1], item[1]):
                stack.append(item)
                break
        else:
            stacks.append([item])
    return stacks


def _continues(above: Line, below: Line) -> bool:
    size = above.words[0].size
    middles = (above.box[0] + above.box[2]) / 2, (below.box[0] + below.box[2]) / 2
    step = below.box[3] - above.box[3]
    same = abs(below.words[0].size - size) <= SAME_SIZE * size
    return same and abs(middles[0] - middles[1]) <= CENTRED * size and size / 2 < step <= BELOW * size


def _holds_amount(stack: Sequence[tuple[int, Line]]) -> bool:
    return any(_AMOUNT.fullmatch("".join(word.text for word in label.words)) for _, label in stack)


def _length(label: Line) -> int:
    return sum(len(word.text) for word in label.words)
