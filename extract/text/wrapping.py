"""The printed lines of a cell -> its text: wrapped lines joined, separate entries kept apart.

A line starts an entry of its own when it begins with a mark (・ ※ ① （１） 【 ＜), when the line before it is a heading in
【】, or when both lines can stand alone as a number, a date, a time or a mark of a missing number (or the line before is
a unit printed over the first number of a column). Every other line goes
on where the line before it ended: 「制度開始」「(平成２４年７月)」「からの累計」 is one label. How far a line reaches is no sign, for
headers are centred and broken by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from extract.characters import close_distributed, fold_spaces, fold_width, is_digit, join_wrapped
from extract.notation.units import is_unit

_MARK: Final = re.compile(
    r"[・･●○◎◆◇■□▶▷★☆※＊*【＜《\u2460-\u249b\u24b6-\u24ff\u2776-\u2793\u3220-\u3243\u3251-\u325f\u32b1-\u32bf\u32d0-\u32fe]"
    r"|[（(](?:[0-9０-９]{1,2}|[ア-ンｱ-ﾝa-zａ-ｚA-ZＡ-Ｚ]|[一二三四五六七八九十]{1,2})[）)](?=.)"
    r"|[0-9０-９]{1,2}(?:[.．](?![0-9０-９])|[）)])(?=.)"
)
_HEADING: Final = re.compile("【[^】]*】")
_CUT_GROUP: Final = re.compile("[,，][0-9０-９]{3}")


def lines_to_text(raws: Sequence[str], stands_alone: Callable[[str], bool]) -> str:
    """Give the clean text of a cell from its raw lines; entries are parted by a line break.

    ``stands_alone`` says whether a clean line is a value by itself.
    """
    if len(raws) == 1:
        return fold_spaces(fold_width(close_distributed(raws[0])))
    closed = [text for text in map(close_distributed, raws) if text]
    if all(len(text) == 1 for text in closed) and not all(map(is_digit, closed)):
        return fold_width("".join(closed))  # a label down the side of a table, one character a line
    entries: list[list[str]] = []
    for text in closed:
        if entries and not _starts_entry(entries[-1], text, stands_alone):
            entries[-1].append(text)
        else:
            entries.append([text])
    return "\n".join(fold_spaces(fold_width(join_wrapped(entry))) for entry in entries)


def _starts_entry(entry: Sequence[str], text: str, stands_alone: Callable[[str], bool]) -> bool:
    if _MARK.match(text) or (len(entry) == 1 and _HEADING.fullmatch(entry[0])):
        return True
    if entry[-1][-1] in ",，" and _CUT_GROUP.match(entry[-1][-1] + text):
        return False
    folded = fold_width(text)
    if not stands_alone(folded):
        return False
    before = fold_width(entry[-1])
    return stands_alone(before) or (
        len(entry) == 1 and is_unit(before)
    )  # ％ over the first number of a column
