"""The types, in the order they travel: read this file first.

``Source -> Page -> PageLayout -> CleanPage -> Document``: one frozen type a stage. From ``Document`` down the
fields are those of the JSON (the public contract, ``SCHEMA_VERSION``); a key is always present, unknown is None.

Boxes are PDF points from the top left of the upright page (see ``geometry``). Pages count from 1, rows and columns from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from extract.findings import Notice, Severity
from extract.geometry import Box

SCHEMA_VERSION = "1.1"

MediaType: TypeAlias = Literal["application/pdf", "image/tiff", "image/png", "image/jpeg"]
Origin: TypeAlias = Literal["text-layer", "ocr"]
PageOrigin: TypeAlias = Literal["text-layer", "ocr", "mixed"]
CellRole: TypeAlias = Literal["column_header", "row_header", "stub_head", "body"]
CellKind: TypeAlias = Literal["text", "number", "date", "period", "time", "missing", "empty"]
CellStatus: TypeAlias = Literal["verified", "unverified", "conflict", "repaired", "corrected"]
CheckRelation: TypeAlias = Literal["sum", "same", "share", "rate", "product"]
DocumentStatus: TypeAlias = Literal["ok", "partial"]
BlockKind: TypeAlias = Literal[
    "paragraph",
    "caption",
    "unit",
    "as_of",
    "note",
    "table",
    "number",
    "document_number",
    "title",
    "date",
    "department",
]
EntityLabel: TypeAlias = Literal[
    "department",
    "committee",
    "organisation",
    "facility",
    "place",
    "law",
    "date",
    "period",
    "time",
    "quantity",
    "reference",
    "number",
    "term",
    "person",
    "address",
    "telephone",
    "mail",
    "my_number",
]
Value: TypeAlias = int | float | str | None
Content: TypeAlias = bytes  # a field of Source is called bytes

# ---------------------------------------------------------------------------------------------- 1 intake


@dataclass(frozen=True, slots=True)
class Source:
    """An input that was opened, hashed and found usable.

    ``page_count`` is the number of pages of the file, ``page_numbers`` those to convert, ascending, from 1.
    ``created`` is the moment of creation that the file states about itself (ISO 8601), or None. ``repaired`` is the
    content to read in place of the file where that had to be repaired. ``refused`` names pages over a limit
    (``page.over-limit``), which are not read.
    """

    path: Path
    name: str
    sha256: str
    bytes: int
    media_type: MediaType
    page_count: int
    page_numbers: tuple[int, ...]
    created: str | None
    password: str | None = field(default=None, repr=False)
    notices: tuple[Notice, ...] = ()
    repaired: Content | None = field(default=None, repr=False)
    refused: tuple[Notice, ...] = ()


# ----------------------------------------------------------------------------------------------- 2 pages


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What is known of a page as a whole; it travels unchanged from ``Page`` to the JSON.

    ``width`` and ``height`` in points, upright; ``rotation`` is the clockwise turn in degrees (0, 90, 180, 270) that
    made the page upright; ``skew`` in degrees, None for a text layer; ``engine`` is the OCR engine's name or None.
    """

    number: int
    width: float
    height: float
    origin: PageOrigin
    rotation: int
    skew: float | None
    engine: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an OCR engine may also have seen, with its probability (0 to 1)."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class Word:
    """Characters printed side by side without a gap and without a ruling between them.

    ``size`` is the font size in points; ``angle`` the clockwise turn of the text against the page in degrees (0, 90,
    180, 270). ``confidence`` is None for a text layer. ``readings`` are other readings, best first. ``cut`` says that a
    ruling divided the word from text that goes on beside it without a gap: perhaps one number ran over its cell.
    """

    text: str
    box: Box
    size: float
    angle: int = 0
    origin: Origin = "text-layer"
    confidence: float | None = None
    readings: tuple[Reading, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight printed rule: ``position`` is y of a horizontal, x of a vertical one; ``start < end`` along it.

    ``thickness`` in points. Pieces of a dotted or broken ruling are one Ruling.
    """

    axis: Literal["horizontal", "vertical"]
    position: float
    start: float
    end: float
    thickness: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A diagonal line, as it strikes out cells that do not apply: one line may run through several of them.

    It goes from corner to corner of ``box``: from the lower left to the upper right when ``rising``, else the other way.
    """

    box: Box
    rising: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture on the page."""

    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page, from its text layer or by OCR: the same type either way.

    ``outside`` are words of the text layer that lie off the visible page: nobody sees them printed, but none is lost.
    """

    frame: PageFrame
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    strokes: tuple[Stroke, ...]
    pictures: tuple[Picture, ...]
    notices: tuple[Notice, ...] = ()
    outside: tuple[Word, ...] = ()


# ---------------------------------------------------------------------------------------------- 3 tables


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one printed line, in reading order (at least one)."""

    words: tuple[Word, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid with its place, its spans and its printed lines from top to bottom.

    ``struck`` says that a diagonal stroke crosses the cell. ``divided``, for a cell that alignment divided out of a ruled
    one: how many rows that one begins above this cell, and how many rows it spans.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...]
    struck: bool = False
    divided: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table on one page; they tile ``rows`` x ``columns`` without gap or overlap.

    ``row_edges`` (rows + 1 values of y) and ``column_edges`` (columns + 1 values of x) are ascending.
    ``ruled`` is False where the columns were found by alignment alone; ``framed`` says that rulings close such a grid in.
    """

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    row_edges: tuple[float, ...]
    column_edges: tuple[float, ...]
    ruled: bool
    framed: bool = False


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page as its tables and the lines outside them, both in reading order.

    On a spread (two pages side by side on one sheet) everything of the left half comes before the right half;
    ``gutter`` is the x between the halves, or None.
    """

    frame: PageFrame
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]
    gutter: float | None
    notices: tuple[Notice, ...] = ()
    outside: tuple[Line, ...] = ()


# ------------------------------------------------------------------------------------------------ 4 text


@dataclass(frozen=True, slots=True)
class CleanLine:
    """A printed line outside tables: ``raw`` as printed, ``text`` cleaned.

    ``text``: fullwidth digits and Latin letters halfwidth, distributed labels closed up. ``dates`` are the dates,
    months and periods that the line states, as ISO text in printed order. ``size`` is the font size in points.
    """

    raw: str
    text: str
    box: Box
    size: float
    angle: int
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CleanCell:
    """A grid cell with its text and meaning; the fields are those of ``Cell`` and ``GridCell``.

    ``doubted`` says that a warning was given on this cell.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    raw: str
    text: str
    kind: CellKind
    value: Value
    unit: str | None
    missing: str | None
    origin: Origin
    confidence: float | None
    readings: tuple[Reading, ...]
    divided: tuple[int, int] | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class CleanGrid:
    """A ``Grid`` whose cells were cleaned. The cells stand in row-major order of their top left place."""

    box: Box
    rows: int
    columns: int
    cells: tuple[CleanCell, ...]
    row_edges: tuple[float, ...]
    column_edges: tuple[float, ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A ``PageLayout`` whose lines and cells were cleaned; the order is kept."""

    frame: PageFrame
    grids: tuple[CleanGrid, ...]
    lines: tuple[CleanLine, ...]
    gutter: float | None
    notices: tuple[Notice, ...] = ()
    outside: tuple[CleanLine, ...] = ()


# ------------------------------------------------------------------- 5 tree, 6 verification, 7 writers: the JSON


@dataclass(frozen=True, slots=True)
class Running:
    """Printed text that belongs to the sheet and not to the report: kept, but outside the outline.

    A header that is printed again where a table goes on over a page is kept here too, and text off the visible page.
    """

    kind: Literal["page_number", "running_head", "repeated_header", "outside_page"]
    raw: str
    box: Box


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page in the JSON: its ``PageFrame`` and its running text."""

    number: int
    width: float
    height: float
    origin: PageOrigin
    rotation: int
    skew: float | None
    engine: str | None
    running: tuple[Running, ...]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The input file. ``created`` is the creation time the file states about itself, or None."""

    name: str
    sha256: str
    bytes: int
    created: str | None
    page_count: int
    pages: tuple[SourcePage, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """A piece of software, with its model, that read the document."""

    name: str
    version: str
    model_sha256: str | None


@dataclass(frozen=True, slots=True)
class Producer:
    """What made the JSON. ``config`` holds the settings that can change the result."""

    name: str
    version: str
    engines: tuple[Engine, ...]
    config: dict[str, str | bool | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where and how a value was read."""

    page: int
    box: Box
    origin: Origin
    confidence: float | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """What was read before arithmetic left one answer, and why it was changed."""

    read: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell of the contract. ``raw`` is exactly what was printed, line breaks kept."""

    id: str
    row: int
    column: int
    row_span: int
    column_span: int
    role: CellRole
    raw: str
    text: str
    kind: CellKind
    value: Value
    unit: str | None
    missing: str | None
    evidence: Evidence
    status: CellStatus
    needs_review: bool
    repair: Repair | None


@dataclass(frozen=True, slots=True)
class Check:
    """An arithmetic relation between cells: ``stated`` is the cell id of the printed result, ``operands`` its parts.

    The cells may stand in other tables. ``relation`` says how the result follows from the operands a, b, ...:
    ``sum``: Σ sign x operand, with ``signs`` 1 or -1; ``same``: the same quantity printed twice (a); ``share``: factor x a / b;
    ``rate``: factor x (a - b) / b; ``product``: factor x a x b. ``computed_value`` is rounded to the last digit that
    the result is printed with; the relation holds where the exact value lies within ``tolerance`` of ``stated_value``: 0, or
    half a unit of the last printed digit (of a sum of rounded numbers, that of each). ``bits`` is how much speaks for the
    relation, as log2 of odds (see ``verification.accept``).
    """

    id: str
    relation: CheckRelation
    stated: str
    operands: tuple[str, ...]
    stated_value: int | float
    computed_value: int | float
    holds: bool
    signs: tuple[int, ...]
    factor: int | float
    tolerance: int | float
    bits: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table, also over several pages. ``box`` is its place on the first of ``pages`` (first, last)."""

    id: str
    report: str | None
    section: str | None
    caption: str | None
    unit: str | None
    as_of: str | None
    notes: tuple[str, ...]
    pages: tuple[int, int]
    box: Box
    rows: int
    columns: int
    header_rows: int
    header_columns: int
    cells: tuple[Cell, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One body number with the names that lead to it, outermost first, each merged header once."""

    id: str
    table: str
    cell: str
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    value: int | float
    unit: str | None
    as_of: str | None
    page: int
    status: CellStatus


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know. ``code`` stands in the catalogue of ``findings``."""

    code: str
    severity: Severity
    message: str
    page: int | None
    table: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section in its printed place: a paragraph with its words, or a table by its id.

    Each printed line outside tables stands in exactly one block or section heading (as ``raw``).
    A table block has ``table`` and empty ``raw`` and ``text``.
    """

    kind: BlockKind
    raw: str
    text: str
    page: int
    box: Box
    table: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or marked part of a report with its content in printed order, and its inner sections.

    ``marker`` is the mark as printed (１, （１）, ①, ア, ◆, ・, 第六十八条 ...); ``title`` the cleaned heading without it;
    ``raw`` the whole heading as printed. All three are None in the part before the first heading.
    """

    id: str
    level: int
    marker: str | None
    title: str | None
    raw: str | None
    page: int
    box: Box
    content: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class EntityPart:
    """A part of a named thing: ``name`` says which, ``text`` is its normalised form.

    Of a law: law, article, paragraph, item, tail (本文, ただし書), law_number, and article_last, paragraph_last, item_last where a
    range is cited (30の10 is an article). Of a department: one part for each step of its hierarchy, outermost first, named
    by its kind (支所, センター, 課). Of a committee: session. Of a quantity: per (週 of 週２回), first and last of a range. Of a
    number: kind (報告, 議案 ...) and number. Of a reference: word and mark. Of a term: meaning. Of a person: role.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing: ``text`` as it stands in the clean text, ``value`` its normalised form, None where that is not certain.

    ``value`` of a date, period or time is ISO text (a day without a year --05-04), of a quantity its number in ``unit``, of a
    law its full name with the articles it cites (個人情報の保護に関する法律第68条第2項) whatever is printed (同条, 法第６８条), of
    a reference the id of the section or table it points to, of a term what it stands for. ``section`` is where it
    stands. ``is_personal`` marks what may be personal data; only then may it stand in a table's ``cell``, or in running
    text, where ``section`` is None. ``box`` holds it on ``page``; its place within a line is reckoned from letter widths.
    """

    id: str
    label: EntityLabel
    text: str
    value: Value
    unit: str | None
    parts: tuple[EntityPart, ...]
    section: str | None
    table: str | None
    cell: str | None
    page: int
    box: Box
    is_personal: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that a sentence states: ２８か所に統合端末を設置している is 28 か所.

    ``entity`` is the id of the quantity. ``path`` are the headings above the sentence, outermost first; ``about`` is what
    is counted as far as the sentence's form tells (統合端末を設置), else None; ``sentence`` is the whole clean sentence.
    ``as_of`` is the day or period that the sentence states, if it states one.
    """

    id: str
    entity: str
    path: tuple[str, ...]
    about: str | None
    value: int | float
    unit: str | None
    as_of: str | None
    sentence: str
    section: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a packet. ``number`` is 報告第N号, ``document_number`` 報告資料No.N, ``date`` ISO."""

    id: str
    document_number: int | None
    number: int | None
    title: str | None
    date: str | None
    date_text: str | None
    departments: tuple[str, ...]
    pages: tuple[int, int]
    sections: tuple[Section, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A converted source document: the root of the JSON."""

    schema_version: str
    source: SourceRecord
    producer: Producer
    status: DocumentStatus
    reports: tuple[Report, ...]
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
