"""Wrapped lines to paragraphs, the Japanese way: by indentation, line fill, punctuation, marks and gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from extract.tree.margins import Margins
from extract.tree.markers import find_marker, is_leader, starts_note
from extract.tree.openings import Sequences, counts_notes, find_opening
from extract.tree.printed import Area, LineKind, PrintedItem, PrintedLine, PrintedTable
from extract.tree.read_lines import Opened, Piece, indentation, is_ended, is_ended_text, is_speck

# in letter sizes
_FULL: Final = 2.05  # a line that ends nearer to the right margin is full: one letter and a forbidden line start may not fit
_STEADY: Final = 0.6  # lines of one paragraph begin in one place
_HANGING: Final = 4.5  # a wrapped line may begin so far right of its mark
_OUTDENT: Final = 2.2  # or so far left of an indented first line
_INDENT: Final = 0.5
_SAME_SIZE: Final = 0.15  # relative: letters of one paragraph
_ROUGH_SIZE: Final = 0.3  # of the end of a sentence
_GAP: Final = 1.45  # in line pitches: a larger step ends a paragraph
_BROKEN_EARLY: Final = 0.25  # of the column: how much a line broken by hand may leave
_LOW: Final = 0.7  # of the page's height: a paragraph that goes on over the page reaches at least here
_HIGH: Final = 0.35  # and goes on above here
# a label 「実施日：」; 「１３：２０」 is a time
_LABEL: Final = re.compile(r"[^、。：:（(]{1,10}[^\d、。：:（(][:：]")
_GOES_ON: Final = re.compile(
    "[、，・をのにはがとでもやへ]$|(?:及び|又は|並びに|若しくは|する|した|により|から)$"
)
_OPENING: Final = "（「『【〔([＜"
_CLOSING: Final = "）」』】〕)]＞"


def items_to_pieces(items: Sequence[PrintedItem], margins: Mapping[Area, Margins]) -> tuple[Piece, ...]:
    """Give the paragraphs and tables of a report in printed order. Each line stands in exactly one paragraph.

    A paragraph may go on over a page or from the left to the right half of a spread.
    """
    pieces: list[Piece] = []
    opened: Opened | None = None
    sequences = Sequences()
    for item, after, later in zip(items, [*items[1:], None], [*items[2:], None, None], strict=False):
        if isinstance(item, PrintedTable):
            if opened is not None:
                pieces.append(opened.close())
                opened = None
            pieces.append(item)
            continue
        if opened is not None and _parts_a_sentence(opened, item, after, later, margins):
            opened.pass_over(item)
            continue
        goes_on = opened is not None and _continues(opened, item, after, margins)
        within = opened if goes_on and opened is not None and not is_ended(opened) else None
        marker = find_opening(item, within, sequences, margins)
        if goes_on and marker is None and opened is not None:
            opened.lines.append(item)
            continue
        if opened is not None:
            pieces.append(opened.close())
        kind = _kind_of(item)
        if marker is not None and kind is None and counts_notes(marker, item, pieces):
            marker, kind = None, "note"
        if marker is not None:
            sequences.add(marker, indentation(item, margins))
        opened = Opened(item, marker, None if marker is not None else kind)
    if opened is not None:
        pieces.append(opened.close())
    return tuple(pieces)


def _kind_of(printed: PrintedLine) -> LineKind | None:
    return printed.kind or ("note" if starts_note(printed.line.raw) else None)


# --------------------------------------------------------------------------------- does the text go on?


def _continues(
    opened: Opened, printed: PrintedLine, after: PrintedItem | None, margins: Mapping[Area, Margins]
) -> bool:
    last = opened.lines[-1]
    if last.line.angle != 0 or printed.line.angle != 0 or is_leader(last.line.raw):
        return False
    if (
        opened.kind in {"unit", "as_of"}
        or printed.kind not in {None, opened.kind}
        or starts_note(printed.line.raw)
    ):
        return False
    size = last.line.size
    alike = _ROUGH_SIZE if _ends_sentence_of(last, printed, margins) else _SAME_SIZE
    if abs(printed.line.size - size) > alike * size or _is_at_right(last, printed, margins):
        return False
    return (
        _stands_below(opened, printed, margins)
        and _begins_in_line(opened, printed, margins)
        and _is_unfinished(opened, printed, margins)
        and not _begins_paragraph(opened, printed, after, margins)
    )


def _parts_a_sentence(
    opened: Opened,
    printed: PrintedLine,
    after: PrintedItem | None,
    later: PrintedItem | None,
    margins: Mapping[Area, Margins],
) -> bool:
    """Say whether a line is a speck and the lines above and below it are of one sentence."""
    if printed.kind is not None or not is_speck(printed) or is_ended(opened):
        return False
    if not isinstance(after, PrintedLine) or find_marker(after.line):
        return False
    return printed.area == after.area and _continues(opened, after, later, margins)


def _ends_sentence_of(last: PrintedLine, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether a full line breaks off and the next ends its sentence: on a scan few letters do not show their size."""
    full = margins[last.area].right - last.line.box[2] <= _FULL * last.line.size
    return full and not is_ended_text(last.line.text) and printed.line.text.rstrip().endswith("。")


def _is_at_right(last: PrintedLine, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether both lines stand in the right half: dates, names and departments, each a line of its own."""
    return all(
        line.line.box[0] > (margins[line.area].left + margins[line.area].right) / 2
        for line in (last, printed)
    )


def _begins_paragraph(
    opened: Opened, printed: PrintedLine, after: PrintedItem | None, margins: Mapping[Area, Margins]
) -> bool:
    """Say whether the line is the first of a paragraph: a label of a list, or indented more than the line below it."""
    label = _LABEL.match(printed.line.text) is not None
    if label and (is_ended(opened) or _LABEL.match(opened.lines[-1].line.text)):
        return True
    if not isinstance(after, PrintedLine) or (after.page, after.column) != (printed.page, printed.column):
        return False
    if is_ended_text(printed.line.text) or find_marker(after.line) or starts_note(after.line.raw):
        return False
    size = printed.line.size
    full = margins[printed.area].right - printed.line.box[2] <= _FULL * size
    below = (
        size / 2 < after.line.box[3] - printed.line.box[3] <= _GAP * max(margins[printed.area].pitch, size)
    )
    indented = printed.line.box[0] - opened.lines[-1].line.box[0] > _STEADY * size
    return full and below and indented and printed.line.box[0] - after.line.box[0] > _STEADY * size


def _stands_below(opened: Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    last = opened.lines[-1]
    if printed.page == last.page and printed.column == last.column:
        step = printed.line.box[3] - last.line.box[3]
        pitch = max(margins[last.area].pitch, last.line.size)
        if len(opened.lines) > 1 and opened.lines[-2].page == last.page:
            pitch = max(pitch, last.line.box[3] - opened.lines[-2].line.box[3])
        return last.line.size / 2 < step <= _GAP * pitch
    next_half = printed.page == last.page and printed.column.half > last.column.half
    if not next_half and printed.page != last.page + 1:
        return False
    low = last.line.box[3] >= _LOW * last.column.height
    return low and printed.line.box[1] <= _HIGH * printed.column.height


def _begins_in_line(opened: Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    size = printed.line.size
    before = indentation(opened.lines[-1], margins)
    step = indentation(printed, margins) - before
    if len(opened.lines) > 1:
        return abs(step) <= _STEADY * size
    hanging = _HANGING if opened.marker is not None or opened.kind == "note" else _STEADY
    if label := _LABEL.match(opened.lines[0].line.text):
        hanging = len(label.group()) + _STEADY
    return -_OUTDENT * size <= step <= hanging * size


def _is_unfinished(opened: Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether the paragraph's last line is full, or was broken by hand in the middle of a sentence."""
    last = opened.lines[-1]
    column = margins[last.area]
    missing = column.right - last.line.box[2]
    text = last.line.text
    ended = is_ended_text(text)
    if missing <= _FULL * last.line.size:
        return not ended or _hangs(opened, printed, margins)
    if ended or missing > _BROKEN_EARLY * (column.right - column.left):
        return False
    return (
        _GOES_ON.search(text) is not None
        or _is_bracket_open(opened)
        or len(opened.lines) > 1  # it was wrapped before
        or (opened.marker is None and opened.kind is None and _hangs(opened, printed, margins))
    )


def _hangs(opened: Opened, printed: PrintedLine, margins: Mapping[Area, Margins]) -> bool:
    """Say whether indentation shows that a line after a full stop at the right margin belongs to the paragraph."""
    first = indentation(opened.lines[0], margins)
    step = indentation(printed, margins) - first
    indent = _INDENT * printed.line.size
    return step > indent if opened.marker is not None or opened.kind == "note" else step < -indent


def _is_bracket_open(opened: Opened) -> bool:
    text = "".join(printed.line.text for printed in opened.lines[-3:])
    return sum(text.count(mark) for mark in _OPENING) > sum(text.count(mark) for mark in _CLOSING)
