"""Which lines of a scanned page stand in a column of numbers, and reading those as numbers."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from extract.characters import is_digit
from extract.engines.base import NUMERIC, Choice, LineReading, Slot
from extract.notation.units import is_unit
from extract.pages.scan.japanese.forms import BARS
from extract.pages.scan.lines.growing import TextLine
from extract.pages.scan.reading.commas import settle_separators
from extract.pages.scan.reading.figures import settle_figures
from extract.pages.scan.reading.point_room import COMMAS, DOTS, has_point, has_room
from extract.pages.scan.reading.units import settle_units
from extract.pages.scan.rulings.regions import OPEN, Regions

MOST_KEPT = 1 << 14
"""So many answers are kept: the numbers of a column are looked at for each of them."""

SAME_EDGE = 3.0
"""Cells whose sides differ by at most this (points) stand in one column."""

OPEN_EDGE = 0.5
"""Numbers in no cell stand in one column where their right ends differ by at most this (ems)."""

BAR = (0.3, 1.2, 0.25)
"""Least and greatest width of － and its greatest height, in ems."""

LIKE_BAR = frozenset([*BARS, "1", "ｌ", "l", "I", "|", "｜", "二", ""])
"""What － alone in a cell is read as."""

MISSING = 0.98
"""Probability that a bar alone in a column of numbers stands for a missing one; what else it may be shares the rest."""

EMPTY_BRACKETS, BROKEN_ZERO = frozenset({"()", "（）"}), 0.6
"""What a worn zero is read as, and the probability that it is one; the number goes to review."""

NUMERIC_SHARE = 0.5
"""A column is numeric when at least this share of its other filled cells holds numbers."""

LEAST_NUMERIC = 0.02
"""A cell whose numeric reading is less probable than this was not printed as a number (a header, a mark)."""

LOOKALIKE = frozenset(
    "OoQDCUIl|iSsBbZzGgqTYＯｏＱＤＣＵＩｌＳＢＺｂｇｑ〇○◯口ロ一ー丨工エニ二三ミ己乙フワ〈く入人八ハノ／丿丁了勹"
)
"""Characters that a digit or a minus is taken for; anything else beside digits was printed as such."""


DECIMALS = re.compile(r"[.・:;'`](\d*)")

TIME = re.compile(r"(^|\D)\d{1,2}:[0-5]\d($|\D)")

GROUPED = re.compile(r"[△▲-]?\d{1,3}\.\d{3}([.,]\d{3})+\D?")
"""A dot that another group of three figures follows divides thousands: no number has two decimal points."""

LABELLED = re.compile(r"[^\d.]*[^\W\d_][^\d.]*([1-9]\d{0,2}(?:[.,]\d{3})+)\s*")
"""A label with a number behind it, of which a comma may have been read as a dot ..."""

LABELLED_GROUPED = re.compile(r"[^\W\d_].*\d[,，]\d{3}$")
LABELLED_DECIMAL = re.compile(r"\d[.．]\d+\D{0,2}$")
"""... where others of the column have numbers with commas, and none has one with decimals; three are such a dot's too."""

COUNTED = re.compile(r"[△▲+-]?\d[\d,.:;]*(?P<unit>\D+)")

DECIMAL_SHARE = 0.6
"""A column is one of decimals when at least this share of its numbers has the same number of them."""

THOUSAND = 3
"""Figures behind a thousands separator."""

LEAST_WHOLE, WHOLE_SHARE = 3, 0.2
"""So many whole numbers of two or three figures, and this share of a column, say that it has no decimals."""

WHOLE = re.compile(r"\s*[△▲-]?\d{2,3}\D?\s*")

WORN_COMMA, SURE_COMMA = 0.97, 0.9995
"""Probability of the comma where three figures follow, and where besides no number of the page's cells has other decimals."""

LIKE_ZERO = {"O", "o"}
"""Alone in a cell these may be a zero, and say nothing of their column; ○ and 〇 are marks of a text."""

DIRT = 0.6
"""Probability that a dot at another place is dirt; the number goes to review."""


def choose_slots(
    lines: Sequence[TextLine], readings: Sequence[LineReading], regions: Regions, *, is_dirty: bool
) -> list[tuple[Slot, ...]]:
    """Give the slots of each line: those of the numeric alphabet where its column is one of numbers.

    A dot before three figures in a column of commas is a comma; on a dirty page any dot in a column without decimals is
    a worn comma or a speck.
    """
    columns = _column_members(lines, regions)
    bars = [
        _is_bar(line) and _text(reading.slots).strip() in LIKE_BAR
        for line, reading in zip(lines, readings, strict=True)
    ]
    rings = [_text(reading.slots).strip() in LIKE_ZERO for reading in readings]
    numeric = [
        _is_number(_text(reading.slots)) and not bar for reading, bar in zip(readings, bars, strict=True)
    ]
    counted = [
        is_number or _is_counted(_text(r.slots)) for is_number, r in zip(numeric, readings, strict=True)
    ]
    chosen: list[tuple[Slot, ...]] = []
    for index, reading in enumerate(readings):
        slots = reading.slots
        if reading.numeric is not None and lines[index].region != OPEN:
            others = [m for m in columns[index] if m != index and not bars[m] and not rings[m]]
            votes = sum(numeric[member] for member in others)
            in_numbers = bool(others) and votes >= NUMERIC_SHARE * len(others)
            is_missing = bars[index] and bool(others)
            is_missing = is_missing and sum(counted[m] for m in others) >= NUMERIC_SHARE * len(others)
            if _is_ellipsis(lines[index], _text(slots)):
                slots = (Slot((Choice("…", MISSING), *_without(slots, "…")), 0.45, 0.55),)
            elif is_missing:
                slots = (Slot((Choice("－", MISSING), *_without(slots, "－")), 0.45, 0.55),)
            elif in_numbers and _is_broken_zero(lines[index], _text(slots)):
                slots = (
                    Slot((Choice("0", BROKEN_ZERO), Choice("(", round(1 - BROKEN_ZERO, 5))), 0.45, 0.55),
                )
            elif (numeric[index] or in_numbers) and _is_plausible(reading):
                slots = reading.numeric
        chosen.append(slots)
    chosen = [settle_figures(slots) for slots in settle_units(lines, readings, chosen, columns)]
    _add_open_columns(columns, lines, chosen)
    cells = [_text(slots) for slots, line in zip(chosen, lines, strict=True) if line.region != OPEN]
    has_decimals = any(_decimals(text) not in {0, THOUSAND} for text in cells if _is_number(text))
    comma = WORN_COMMA if has_decimals or is_dirty else SURE_COMMA
    settled = _settle_all_dots(lines, chosen, columns, comma, is_dirty=is_dirty)
    named = {members[0]: members for members in columns if members}
    whole = {name: comma if _is_whole(settled, members) else 0.0 for name, members in named.items()}
    return [
        settle_separators(slots, whole=whole[members[0]]) if members else slots
        for slots, members in zip(settled, columns, strict=True)
    ]


def _is_whole(chosen: Sequence[tuple[Slot, ...]], column: Sequence[int]) -> bool:
    """Say whether a column writes thousands with commas and has no decimals."""
    texts = [_text(chosen[member]) for member in column]
    return _has_commas(texts) and all(
        _decimals(text) in {0, THOUSAND} for text in texts if any(map(is_digit, text))
    )


def _without_end_dots(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Give the slots of a number without the specks before and behind it: no number begins or ends with a dot."""
    shown = [place for place, slot in enumerate(slots) if not _is_dot_or_blank(slot)]
    return tuple(
        slot
        for place, slot in enumerate(slots)
        if shown[0] <= place <= shown[-1] or slot.choices[0].text not in DOTS
    )


def _is_dot_or_blank(slot: Slot) -> bool:
    text = slot.choices[0].text
    return text in DOTS or not text.strip()


def _is_bar(line: TextLine) -> bool:
    """Say whether a line is a single level bar: － where a number is missing."""
    x0, y0, x1, y1 = line.box
    width, height = x1 - x0, y1 - y0
    return BAR[0] * line.em <= width <= BAR[1] * line.em and height <= BAR[2] * line.em


def _is_ellipsis(line: TextLine, text: str) -> bool:
    """Say whether a line is … alone, which is read as one or more of its dots."""
    x0, y0, x1, y1 = line.box
    is_flat = BAR[0] * line.em <= x1 - x0 <= BAR[1] * line.em and y1 - y0 <= BAR[2] * line.em
    return is_flat and bool(text.strip()) and set(text) <= set(".．・…‥ ")


def _is_broken_zero(line: TextLine, text: str) -> bool:
    """Say whether a line is a zero alone that fell into its halves: nobody prints brackets around nothing."""
    return text.strip() in EMPTY_BRACKETS and line.box[2] - line.box[0] <= line.em


def _without(slots: Sequence[Slot], text: str) -> tuple[Choice, ...]:
    """Give what else the only slot of a line may be."""
    rest = 1 - MISSING
    return tuple(
        Choice(choice.text, round(choice.probability * rest, 5))
        for slot in slots[:1]
        for choice in slot.choices
        if choice.text not in {text, "-"}
    )


def _add_open_columns(
    columns: list[list[int]], lines: Sequence[TextLine], chosen: Sequence[tuple[Slot, ...]]
) -> None:
    """Put the numbers that stand in no closed cell into columns by their right ends: worn tables lose their walls."""
    edges: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.region == OPEN and _is_number(_text(chosen[index])):
            right = line.box[2]
            key = next((k for k in edges if abs(k - right) <= OPEN_EDGE * line.em), right)
            edges.setdefault(key, []).append(index)
    for members in edges.values():
        if len(members) >= LEAST_WHOLE:
            for index in members:
                columns[index] = members


def _settle_all_dots(
    lines: Sequence[TextLine],
    chosen: Sequence[tuple[Slot, ...]],
    columns: Sequence[Sequence[int]],
    comma: float,
    *,
    is_dirty: bool,
) -> list[tuple[Slot, ...]]:
    pointed = {index for index, slots in enumerate(chosen) if is_dirty and has_point(slots)}
    chances = [comma if pointed.isdisjoint(members) else DIRT for members in columns]
    return [
        _settle_dots(index, lines, chosen, members, comma=chance, is_dirty=is_dirty)
        for index, (members, chance) in enumerate(zip(columns, chances, strict=True))
    ]


def _settle_dots(
    index: int,
    lines: Sequence[TextLine],
    chosen: Sequence[tuple[Slot, ...]],
    column: Sequence[int],
    *,
    comma: float,
    is_dirty: bool,
) -> tuple[Slot, ...]:
    slots = chosen[index]
    text = _text(slots)
    if not any(c in DOTS for c in text) or index not in column:
        return slots
    if not (_is_number(text) or _is_counted(text)):
        return _settle_labelled(slots, [_text(chosen[member]) for member in column if member != index])
    slots = _without_end_dots(slots)
    folded = unicodedata.normalize("NFKC", text)
    if TIME.search(folded):
        return slots
    if GROUPED.fullmatch("".join(folded.split())):
        return tuple(
            _with_comma(slot, SURE_COMMA) if slot.choices[0].text in DOTS else slot for slot in slots
        )
    if any(_is_of_decimals(chosen, members) for members in (_aligned(index, lines, column), column)):
        return slots
    others = [_text(chosen[member]) for member in column if member != index]
    if not is_dirty and not (_usual_decimals(chosen, column)[0] in (0, THOUSAND) and _has_commas(others)):
        return slots
    return tuple(_told_dot(slots, place, comma, is_dirty=is_dirty) for place in range(len(slots)))


def _told_dot(slots: Sequence[Slot], place: int, comma: float, *, is_dirty: bool) -> Slot:
    """Give a dot of a number as the comma or the speck that it is; any other slot as it is."""
    slot = slots[place]
    if slot.choices[0].text not in DOTS:
        return slot
    before = _text(slots[:place]).strip()
    behind = _figures_behind(slots[place + 1 :], is_dirty=is_dirty)
    if behind == THOUSAND and before.strip("0０") != "":
        return _with_comma(slot, comma)
    return slot if not is_dirty or has_room(slots, place) else _read_as(slot, Choice("", DIRT))


def _figures_behind(slots: Sequence[Slot], *, is_dirty: bool) -> int:
    """Give how many figures stand behind a dot; on a dirty page other dots among them are specks (△14.79.6)."""
    text = _text(slots)
    if is_dirty and COMMAS.isdisjoint(text):
        return sum(map(is_digit, text))
    return _decimals("." + text)


def _usual_decimals(chosen: Sequence[tuple[Slot, ...]], column: Sequence[int]) -> tuple[int, float]:
    """Give how many decimals most numbers of a column have, and their share of it."""
    numbers = [text for text in (_text(chosen[member]) for member in column) if any(map(is_digit, text))]
    usual, count = Counter(_decimals(number) for number in numbers).most_common(1)[0]
    return usual, count / len(numbers)


def _is_of_decimals(chosen: Sequence[tuple[Slot, ...]], column: Sequence[int]) -> bool:
    usual, share = _usual_decimals(chosen, column)
    return usual not in (0, THOUSAND) and share >= DECIMAL_SHARE


def _aligned(index: int, lines: Sequence[TextLine], column: Sequence[int]) -> Sequence[int]:
    """Give the lines of a column that end at the same place: worn walls leave several columns in one region.

    Where these are few it is the whole column.
    """
    right, em = lines[index].box[2], lines[index].em
    aligned = [member for member in column if abs(lines[member].box[2] - right) <= OPEN_EDGE * em]
    return aligned if len(aligned) >= LEAST_WHOLE else column


def _settle_labelled(slots: tuple[Slot, ...], others: Sequence[str]) -> tuple[Slot, ...]:
    """Give the line of a label and its number with the comma for a dot of the number, where the column writes commas.

    A table of labels and numbers inside a cell (積立　333.478) has no cell that is a number alone.
    """
    tail = LABELLED.fullmatch(unicodedata.normalize("NFKC", _text(slots)))
    if tail is None:
        return slots
    is_grouped = GROUPED.fullmatch(tail[1]) is not None
    if not is_grouped and not (
        any(LABELLED_GROUPED.search(other) for other in others)
        and all(
            _decimals(found[0]) == THOUSAND for other in others if (found := LABELLED_DECIMAL.search(other))
        )
    ):
        return slots
    comma = SURE_COMMA if is_grouped else WORN_COMMA
    return tuple(_with_comma(slot, comma) if slot.choices[0].text in {".", "．"} else slot for slot in slots)


def _with_comma(slot: Slot, probability: float) -> Slot:
    return _read_as(slot, Choice(",", probability))


def _read_as(slot: Slot, choice: Choice) -> Slot:
    """Give a dot as what it rather is; a person should be able to see what was read."""
    return slot._replace(choices=(choice, Choice(".", round(1 - choice.probability, 5))))


def _has_commas(numbers: Sequence[str]) -> bool:
    """Say whether a column writes thousands with commas: one stands there, or whole numbers do.

    A number with three decimals stands among others with decimals.
    """
    if any("," in number or "，" in number for number in numbers):
        return True
    whole = [number for number in numbers if WHOLE.fullmatch(unicodedata.normalize("NFKC", number))]
    odd = [number for number in numbers if _decimals(number) not in {0, THOUSAND}]
    return not odd and len(whole) >= max(LEAST_WHOLE, WHOLE_SHARE * len(numbers))


@lru_cache(MOST_KEPT)
def _decimals(number: str) -> int:
    """Give how many figures stand behind the first dot of a number; 0 where it has none."""
    folded = unicodedata.normalize("NFKC", "".join(number.split()))
    match = DECIMALS.search(folded)
    return len(match[1]) if match else 0


def _column_members(lines: Sequence[TextLine], regions: Regions) -> list[list[int]]:
    """Give for each line the lines of the cells with the same sides."""
    columns: dict[tuple[int, int], list[int]] = {}
    keys: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if line.region == OPEN:
            keys.append((-1, -1))
            continue
        x0, _, x1, _ = regions.boxes[line.region]
        key = next(
            (k for k in columns if abs(k[0] - x0) <= SAME_EDGE and abs(k[1] - x1) <= SAME_EDGE),
            (round(x0), round(x1)),
        )
        keys.append(key)
        columns.setdefault(key, []).append(index)
    return [columns.get(key, []) for key in keys]


def _text(slots: Sequence[Slot]) -> str:
    return "".join(slot.choices[0].text for slot in slots)


def _is_number(text: str) -> bool:
    return any(map(is_digit, text)) and all(character in NUMERIC or character.isspace() for character in text)


def _is_counted(text: str) -> bool:
    """Say whether a text is a number with a unit that the numeric alphabet lacks (食)."""
    counted = COUNTED.fullmatch(unicodedata.normalize("NFKC", "".join(text.split())))
    return counted is not None and is_unit(counted["unit"])


def _is_plausible(reading: LineReading) -> bool:
    """Say whether the numeric reading can be what was printed: it only replaces characters that digits are taken for."""
    if not reading.numeric or not any(map(is_digit, _text(reading.numeric))):
        return False
    odd = [
        slot for slot in reading.slots if slot.choices[0].text not in NUMERIC and slot.choices[0].text.strip()
    ]
    if any(slot.choices[0].text not in LOOKALIKE for slot in odd):
        return math.prod(slot.choices[0].probability for slot in reading.slots) < LEAST_NUMERIC
    return True
