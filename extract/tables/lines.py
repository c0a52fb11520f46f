"""Words -> Lines: words that stand on one printed line, in reading order."""

from __future__ import annotations

from collections.abc import Iterable

from extract.document import Line, Word
from extract.geometry import box_union

LINE_SHIFT = 0.5
"""Words whose middles differ by at most this share of the smaller font size stand on one line."""

TALL = 1.8
"""A word of several characters this many times as high as wide is vertical writing."""


def words_to_lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """Give the lines from top to bottom, each from left to right; columns of vertical writing from right to left."""
    flat: list[Word] = []
    tall: list[Word] = []
    for word in words:
        (tall if is_tall(word) else flat).append(word)
    lines = _flat_lines(flat)
    if tall:
        lines += _tall_lines(tall)
        lines.sort(
            key=lambda line: (line.box[1] + line.box[3]) / 2 if not _is_tall_line(line) else line.box[1]
        )
    return tuple(lines)


def is_tall(word: Word) -> bool:
    """Say whether a word runs down the page: vertical writing, or text turned on its side."""
    return word.angle in {90, 270} or (
        len(word.text) > 1 and word.box[3] - word.box[1] > TALL * (word.box[2] - word.box[0])
    )


def _is_tall_line(line: Line) -> bool:
    return is_tall(line.words[0])


def _flat_lines(words: list[Word]) -> list[Line]:
    lines: list[Line] = []
    group: list[Word] = []
    middle = 0.0
    for word in sorted(words, key=lambda w: w.box[1] + w.box[3]):
        word_middle = (word.box[1] + word.box[3]) / 2
        if group and word_middle - middle > LINE_SHIFT * min(word.size, group[0].size):
            lines.append(_line(group))
            group = []
        middle = word_middle if not group else (middle * len(group) + word_middle) / (len(group) + 1)
        group.append(word)
    if group:
        lines.append(_line(group))
    for place in range(1, len(lines) - 1):
        above, mark, below = lines[place - 1 : place + 2]
        if _is_beside(mark, above, below):
            lines[place - 1 : place + 1] = [mark, above]
    return lines


def _is_beside(mark: Line, above: Line, below: Line) -> bool:
    """Say whether a mark stands left of two lines, half way down: (6) beside a label in two lines is read first."""
    return (
        mark.box[2] <= min(above.box[0], below.box[0])
        and above.box[1] < mark.box[1] < above.box[3]
        and below.box[1] < mark.box[3] < below.box[3]
    )


def _line(group: list[Word]) -> Line:
    ordered = tuple(sorted(group, key=lambda word: word.box[0]))
    return Line(ordered, box_union(word.box for word in ordered))


def _tall_lines(words: list[Word]) -> list[Line]:
    """Give one line a column of vertical writing: words over one another that share their middle."""
    lines: list[Line] = []
    group: list[Word] = []
    for word in sorted(words, key=lambda w: (-round(w.box[0] + w.box[2]), w.box[1])):
        if group:
            last = group[-1]
            shift = abs((word.box[0] + word.box[2]) - (last.box[0] + last.box[2])) / 2
            if (
                shift > LINE_SHIFT * word.size
                or word.box[1] < last.box[3] - word.size
                or word.box[1] > last.box[3] + 2 * word.size
            ):
                lines.append(Line(tuple(group), box_union(w.box for w in group)))
                group = []
        group.append(word)
    if group:
        lines.append(Line(tuple(group), box_union(w.box for w in group)))
    return lines
