"""Find the numbers that stand beside or under one that is their sum: 目 = Σ 節 to its right, 節 = Σ 説明, 事業 = Σ its items.

Budgets print the parts in a column of their own, on as many lines as there are, also in the table on the right half of a
spread and over page breaks. A number owns what is printed in the other column from its own height down to the
next number of its column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Final, TypeAlias

from extract.document import Table
from extract.verification.accept import Believed, Pattern, is_slip, weigh, weigh_family
from extract.verification.figures import Figures
from extract.verification.relations import Relation
from extract.verification.sheets import Sheet
from extract.verification.words import bare, is_total, marker_kind

_HEIGHT: Final = 2.5  # points: what begins so little higher still begins on the same line
_PRIOR: Final = -2.0
_BRACED: Final = 4.0  # bits: a merged cell beside the rows that are its parts
_MOST_COLUMNS: Final = (
    12  # figure columns of a table: wider ones are matrices, and their parts are in the same row
)
_OFTEN: Final = 3
_MOST_LABELS: Final = 8
_BULLET: Final = 5  # the list marks ○ ● ◎ (words.marker_kind)


Families: TypeAlias = dict[tuple[str, str], list[Relation]]
"""Relations between columns of the same names, over the whole document."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The figures of a column from top to bottom over all pages, with the label beside each."""

    table: int
    column: int
    name: str
    figures: tuple[int, ...]
    labels: tuple[str, ...]
    places: tuple[tuple[int, float], ...]
    heights: tuple[int, ...]


def find_owners(sheets: Sequence[Sheet], tables: Sequence[Table], figures: Figures) -> list[Believed]:
    """Give the owners within each table, and over the fold between a table and those printed to its right."""
    paths = {
        number: sheet.column_paths
        for sheet in sheets
        for number in sheet.tables
        if tables[number].columns == sheet.columns
    }
    streams = tables_to_streams(tables, figures, paths)
    families: Families = {}
    found = _find_all_headed(streams, figures)
    for own in streams.values():
        if 2 <= len(own) <= 2 * _MOST_COLUMNS:
            found.extend(_find_within(own, families, figures))
    found.extend(_find_over_fold(streams, tables, families, figures))
    weighed = (weigh_family(Pattern("owned", 0.0, tuple(one)), figures) for one in families.values())
    return [*found, *(believed for believed in weighed if believed is not None)]


def _find_all_headed(streams: Mapping[int, list[Stream]], figures: Figures) -> list[Believed]:
    """Give what heads its parts in one column, and add to ``streams`` the columns without those parts."""
    found: list[Believed] = []
    for own in streams.values():
        if len(own) > _MOST_COLUMNS:
            continue
        for stream in tuple(own):
            headed = find_headed(stream, figures)
            if headed is not None:
                found.append(headed[0])
                own.append(headed[1])
    return found


def _find_within(own: Sequence[Stream], families: Families, figures: Figures) -> list[Believed]:
    found: list[Believed] = []
    for owner in own:
        for parts in own:
            if owner is not parts and not _one_to_one(owner, parts):
                pairs = 1 if _is_next(owner, parts, own) else len(own)
                found.extend(_owned(owner, parts, pairs, families, figures))
    return found


def _find_over_fold(
    streams: Mapping[int, Sequence[Stream]], tables: Sequence[Table], families: Families, figures: Figures
) -> list[Believed]:
    found: list[Believed] = []
    by_page: dict[int, list[int]] = {}
    for number in streams:
        for page in range(tables[number].pages[0], tables[number].pages[1] + 1):
            by_page.setdefault(page, []).append(number)
    for number, own in streams.items():
        if len(own) > 2 * _MOST_COLUMNS:
            continue
        right = _tables_to_the_right(number, tables, by_page)
        joined = _join_streams([streams[one] for one in right])
        for owner in own:
            for parts in joined:
                found.extend(_owned(owner, parts, len(own) * len(joined), families, figures))
    return found


def find_headed(stream: Stream, figures: Figures) -> tuple[Believed, Stream] | None:
    """Give the label that comes again and again over its parts, and the column without those parts.

    特定財源 is the sum of what follows, down to 一般財源 or to the next
    特定財源: which label ends the parts is tried among the frequent ones.
    """
    counts: dict[str, int] = {}
    for label in stream.labels:
        counts[label] = counts.get(label, 0) + 1
    often = [label for label, count in counts.items() if label and count >= _OFTEN]
    often = sorted(often, key=lambda label: -counts[label])[:_MOST_LABELS]
    best: tuple[Believed, Stream] | None = None
    for head in often:
        for end in (*often, ""):
            if head == end:
                continue
            relations, inside = _headed(stream, head, end)
            if sum(len(one.operands) > 1 for one in relations) < _OFTEN - 1:
                continue
            prior = _PRIOR - 2 * log2(1 + len(often))
            believed = weigh(Pattern("owned", prior, relations), figures)
            if believed is not None and (best is None or believed.bits > best[0].bits):
                rest = [index for index in range(len(stream.figures)) if index not in inside]
                best = believed, _part_of(stream, rest, head)
    return best


def _headed(stream: Stream, head: str, end: str) -> tuple[tuple[Relation, ...], set[int]]:
    relations: list[Relation] = []
    inside: set[int] = set()
    place = 0
    while place < len(stream.labels):
        if stream.labels[place] != head:
            place += 1
            continue
        after = place + 1
        while after < len(stream.labels) and stream.labels[after] not in (head, end):
            after += 1
        parts = stream.figures[place + 1 : after]
        if parts:
            relations.append(Relation("sum", stream.figures[place], parts, (1,) * len(parts)))
            inside.update(range(place + 1, after))
        place = after
    return tuple(relations), inside


def tables_to_streams(
    tables: Sequence[Table], figures: Figures, paths: Mapping[int, Sequence[str]]
) -> dict[int, list[Stream]]:
    """Give the figure columns of each table; ``paths`` are the names of columns, also those printed over a table above."""
    columns: dict[tuple[int, int], list[int]] = {}
    for index, item in enumerate(figures.items):
        cell = tables[item.table].cells[item.cell]
        columns.setdefault((item.table, cell.column + cell.column_span - 1), []).append(index)
    streams: dict[int, list[Stream]] = {}
    for number, column in sorted(columns):
        own = columns[number, column]
        table = tables[number]
        name = paths[number][column] if number in paths else _column_name(table, column)
        labels = tuple(_label_beside(table, figures.items[one].cell) for one in own)
        places = tuple((figures.items[one].page, figures.items[one].top) for one in own)
        heights = tuple(table.cells[figures.items[one].cell].row_span for one in own)
        stream = Stream(number, column, name, tuple(own), labels, places, heights)
        streams.setdefault(number, []).append(stream)
        bullets = [index for index, label in enumerate(labels) if marker_kind(label) == _BULLET]
        if bullets and len(bullets) < len(own):
            streams[number].append(_part_of(stream, bullets, "○"))
    return streams


def _column_name(table: Table, column: int) -> str:
    heads = [
        bare(cell.text)
        for cell in table.cells
        if cell.role == "column_header" and cell.column <= column < cell.column + cell.column_span
    ]
    return "/".join(filter(None, heads))


def _part_of(stream: Stream, indices: Sequence[int], mark: str) -> Stream:
    return Stream(
        stream.table,
        stream.column,
        stream.name + mark,
        tuple(stream.figures[index] for index in indices),
        tuple(stream.labels[index] for index in indices),
        tuple(stream.places[index] for index in indices),
        tuple(stream.heights[index] for index in indices),
    )


def _label_beside(table: Table, cell_index: int) -> str:
    """Give the text of the nearest cell before this one in printed order that is no number, of the same row."""
    row = table.cells[cell_index].row
    for index in range(cell_index - 1, max(-1, cell_index - 12), -1):
        cell = table.cells[index]
        if cell.row != row:
            break
        if cell.text.strip() and cell.kind != "number":
            return cell.text
    return ""


def _is_next(owner: Stream, parts: Stream, own: Sequence[Stream]) -> bool:
    """Say whether the parts are the next figures right of their owner."""
    return parts.column > owner.column and not any(owner.column < one.column < parts.column for one in own)


def _one_to_one(owner: Stream, parts: Stream) -> bool:
    return len(owner.figures) == len(parts.figures) > 3 and all(
        one[0] == other[0] and abs(one[1] - other[1]) <= _HEIGHT
        for one, other in zip(owner.places, parts.places, strict=True)
    )


def _tables_to_the_right(number: int, tables: Sequence[Table], by_page: dict[int, list[int]]) -> list[int]:
    table = tables[number]
    found = {
        other
        for page in range(table.pages[0], table.pages[1] + 1)
        for other in by_page.get(page, ())
        if tables[other].pages[0] >= table.pages[0]
        and tables[other].pages[1] <= table.pages[1]
        and tables[other].box[0] >= table.box[2] - _HEIGHT
    }
    return sorted(found)


def _join_streams(tables: Sequence[Sequence[Stream]]) -> list[Stream]:
    """Give the columns of tables that go on from one to the next: by their name, counted from the right."""
    columns: dict[tuple[str, int], list[Stream]] = {}
    for own in tables:
        names = [stream.name for stream in own]
        for index, stream in enumerate(own):
            columns.setdefault((stream.name, names[index:].count(stream.name)), []).append(stream)
    return [
        Stream(
            parts[0].table,
            parts[0].column,
            name,
            tuple(one for part in parts for one in part.figures),
            tuple(one for part in parts for one in part.labels),
            tuple(one for part in parts for one in part.places),
            tuple(one for part in parts for one in part.heights),
        )
        for (name, _), parts in columns.items()
    ]


def _owned(owner: Stream, parts: Stream, pairs: int, families: Families, figures: Figures) -> list[Believed]:
    relations: list[Relation] = []
    count, index = len(parts.figures), 0
    first = owner.places[0]
    while index < count and parts.places[index] < (first[0], first[1] - _HEIGHT):
        index += 1
    place = 0
    spanned = owner.table == parts.table
    while place < len(owner.figures):
        repeated = [owner.figures[place]]
        after = place + 1
        while after < len(owner.figures) and _is_repeated(owner, place, after, figures.values):
            repeated.append(owner.figures[after])
            after += 1
        end = owner.places[after] if after < len(owner.figures) else None
        own: list[int] = []
        while index < count and (end is None or parts.places[index] < (end[0], end[1] - _HEIGHT)):
            if not is_total(parts.labels[index]):
                own.append(parts.figures[index])
            index += 1
        if own and not is_total(owner.labels[place]) and not set(own) & set(repeated):
            signs = (1,) * len(own)
            relations.extend(Relation("sum", one, tuple(own), signs) for one in repeated)
            spanned = spanned and owner.heights[place] >= len(own)
        place = after
    if owner.name and parts.name:
        families.setdefault((owner.name, parts.name), []).extend(relations)
    adding = sum(sum(figures.values[part] != 0 for part in one.operands) > 1 for one in relations)
    if not adding and len(relations) < _OFTEN:
        return []  # one or two numbers that are printed again are no sum
    prior = (_BRACED if spanned else _PRIOR) - log2(pairs)
    believed = weigh(Pattern("owned", prior, tuple(relations)), figures)
    return [believed] if believed is not None else []


def _is_repeated(owner: Stream, first: int, second: int, values: Sequence[int]) -> bool:
    """Say whether a label and its number are printed again at the top of the next page, or all but a digit of it."""
    one, other = values[owner.figures[first]], values[owner.figures[second]]
    return (
        owner.labels[first] == owner.labels[second] != ""
        and (one == other or is_slip(one, other))
        and owner.places[first][0] < owner.places[second][0]
    )
