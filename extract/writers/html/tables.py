"""A table -> a figure with its caption, its grid with spans and headers, its notes and its checks."""

from __future__ import annotations

from collections.abc import Iterator

from extract.document import Cell, Table
from extract.writers.html.checks import checks_html
from extract.writers.html.marking import badge, lines, link, place_id, read_as_line, tag, text
from extract.writers.html.view import View
from extract.writers.labels import pages_text
from extract.writers.texts import display_width

_SLIM = 44.0  # em: fits beside the pictures, its header stays in sight; a wider table is set smaller
_PADDING = 1.2  # em, left and right of a text
_SHORT, _MIDDLE = (
    8,
    14,
)  # characters: a text is not wrapped at all, into two lines, into as many as there is room for
_WRAPPED = {"middle": 5.5, "wordy": 7.0, "down": 2.0}  # em: as in the style sheet
_SEEN = frozenset({"number", "missing", "date", "period", "time"})  # kinds that are linked to their place


def table_html(view: View, table: Table, *, said: frozenset[str], number: str | None = None) -> Iterator[str]:
    """Give the figure of a table in pieces. ``said`` are texts that stand beside it already and are not repeated.

    ``number`` is the number that is printed before its caption: 第2表.
    """
    caption_id = f"{table.id}-caption"
    yield f'<figure class="table" id="{text(table.id)}">'
    yield tag("figcaption", _caption(view, table, number), id=caption_id)
    width = _least_width(view, table)
    slim = " slim" if width <= _SLIM else ""
    yield f'<div class="scroll{slim}" tabindex="0" role="region" aria-labelledby="{text(caption_id)}">'
    yield f'<table{"" if slim else " class=dense"} aria-labelledby="{text(caption_id)}">'
    yield from _grid(view, table)
    yield "</table></div>"
    notes = [note for note in table.notes if note not in said]
    if notes:
        yield tag("div", "".join(tag("p", lines(note)) for note in notes), class_="notes")
    yield from checks_html(view, table)
    yield "</figure>"


def _caption(view: View, table: Table, number: str | None) -> str:
    words = view.words
    about = [
        words.unit + table.unit if table.unit else "",
        view.own.dated + table.as_of if table.as_of else "",
    ]
    pages = view.own.page if table.pages[0] == table.pages[1] else view.own.as_pages
    name = tag("span", text(view.table_names[table.id]), class_="no")
    title = tag("span", text(" ".join(filter(None, (number, table.caption)))), class_="title")
    place = link(place_id(table.id), text(pages.format(pages_text(table.pages))), class_="page")
    return f"{name}{title}" + "".join(tag("span", text(part)) for part in about if part) + place


def _grid(view: View, table: Table) -> Iterator[str]:
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(_cell_html(view, cell))
    head = _head_rows(table)
    if head:
        yield "<thead>" + "".join(tag("tr", "".join(row)) for row in rows[:head]) + "</thead>"
    yield "<tbody>"
    for row in rows[head:]:
        yield tag("tr", "".join(row))
    yield "</tbody>"


def _head_rows(table: Table) -> int:
    """Give the rows over the body; none where a cell of theirs reaches into it, for a span ends with its part."""
    rows = table.header_rows
    if any(cell.row < rows < cell.row + cell.row_span for cell in table.cells):
        return 0
    return rows if rows < table.rows else 0


def _cell_html(view: View, cell: Cell) -> str:
    state = view.state(cell)
    classes = [_shape(cell)]
    inner = lines(cell.missing or cell.text or cell.raw.strip())
    if inner and (cell.kind in _SEEN or state):
        inner = link(place_id(cell.id), inner)
    if state:
        classes.append(state[0])
        inner += _mark(*state)
    return tag(
        "td" if cell.role == "body" else "th",
        inner,
        id=cell.id,
        class_=" ".join(classes) if cell.text else None,
        scope=_scope(cell),
        rowspan=cell.row_span if cell.row_span > 1 else None,
        colspan=cell.column_span if cell.column_span > 1 else None,
        title=_remark(view, cell) if state and state[0] != "verified" else None,
    )


def _least_width(view: View, table: Table) -> float:
    """Reckon how narrow a table can be, in em: numbers and short texts stay whole, longer ones wrap."""
    columns = [0.0] * table.columns
    for cell in table.cells:
        if cell.column_span == 1 and cell.text:
            columns[cell.column] = max(columns[cell.column], _cell_width(view, cell))
    return sum(width + _PADDING for width in columns)


def _cell_width(view: View, cell: Cell) -> float:
    shape = _shape(cell)
    whole = display_width(cell.missing or cell.text) / 2
    state = view.state(cell)
    mark = 0.0 if state is None else 1.3 if state[0] == "verified" else 1.5 + len(state[1])
    return mark + (min(whole, _WRAPPED[shape]) if shape in _WRAPPED else whole)


def _shape(cell: Cell) -> str:
    """Give the class that says how the content of a cell is set."""
    if cell.kind in {"number", "missing"}:
        return "n"
    if is_upright(cell):
        return "down"
    length = len(cell.text)
    return "short" if length <= _SHORT else "middle" if length <= _MIDDLE else "wordy"


def _mark(kind: str, word: str) -> str:
    """Give the state of a cell for the eye: a tick where all is proved, since most cells may be, else the word."""
    if kind == "verified":
        return f'<abbr title="{text(word)}">✓</abbr>'
    return badge(kind, word)


def _scope(cell: Cell) -> str | None:
    if cell.role == "row_header":
        return "rowgroup" if cell.row_span > 1 else "row"
    if cell.role in {"column_header", "stub_head"}:
        return "colgroup" if cell.column_span > 1 else "col"
    return None


def _remark(view: View, cell: Cell) -> str:
    """Give what was read, and what else it may be."""
    words = view.words
    parts = [words.read_as + read_as_line(cell.raw)]
    if cell.evidence.confidence is not None:
        parts.append(f"{words.confidence}{cell.evidence.confidence:.0%}")
    if cell.evidence.readings:
        readings = (f"{reading.text} ({reading.probability:.0%})" for reading in cell.evidence.readings)
        parts.append(words.other_readings + ", ".join(readings))
    if cell.repair is not None:
        parts.append(words.repaired.format(cell.repair.read, cell.repair.reason))
    return "　".join(parts)


def is_upright(cell: Cell) -> bool:
    """Say whether a heading runs down: one character on each of its lines."""
    printed = cell.raw.split("\n")
    one_each = all(len(line.strip()) == 1 for line in printed)
    return cell.row_span > 1 and len(printed) == len(cell.text) > 1 and one_each


def is_linked(view: View, cell: Cell) -> bool:
    """Say whether a cell of a table is linked to its place."""
    shown = cell.missing or cell.text or cell.raw.strip()
    return bool(shown) and (cell.kind in _SEEN or view.state(cell) is not None)
