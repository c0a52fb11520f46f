"""Grid cells -> clean cells: raw, text, kind, value, unit, missing mark, and the doubts as notices."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from extract.document import CleanCell, Grid, GridCell, Line, Origin, Word
from extract.findings import CATALOGUE
from extract.geometry import Box
from extract.notation.numerals import UNCLEAR, is_spread_number
from extract.text.lines import line_to_raw, raw_to_text
from extract.text.meaning import EMPTY, Meaning, read_lines

STRUCK_MARK: Final = "／"
OVERHANG: Final = 0.25
"""Ems that a text stands beyond the side of its cell: it was clipped there, and digits that it began with may be lost."""

APART: Final = 1.0
"""White between two numbers (ems) that is more than a space."""

CUT_BY_RULING: Final = "cell.cut-by-ruling"
STRUCK_WITH_TEXT: Final = "cell.struck-with-text"


def has_spread_numbers(grid: Grid) -> bool:
    """Say whether the grid sets numbers letter-spaced (6, 3 6 0, 9 0 0): then 「4 8 0」 in it is one number too.

    Told by a cell whose commas leave no doubt.
    """
    return any(
        len(cell.lines) == 1 and is_spread_number(raw_to_text(line_to_raw(cell.lines[0])))
        for cell in grid.cells
        if cell.lines and _has_gaps(cell.lines[0])
    )


def _runs_over(word: Word, box: Box) -> bool:
    if word.origin == "ocr" or word.angle:
        return False
    return max(box[0] - word.box[0], word.box[2] - box[2]) > OVERHANG * word.size


def _has_gaps(line: Line) -> bool:
    return len(line.words) > 1 or " " in line.words[0].text


def holds_numbers_apart(cell: GridCell) -> bool:
    """Say whether two numbers that were read stand on one line with white between: a scan may have lost the wall of two cells."""
    return any(
        one.origin == two.origin == "ocr"
        and two.box[0] - one.box[2] > APART * two.size
        and all(read_lines((word.text,)).kind == "number" for word in (one, two))
        for line in cell.lines
        for one, two in pairwise(line.words)
    )


def cell_to_clean(cell: GridCell, *, origin: Origin, is_spread: bool) -> tuple[CleanCell, tuple[str, ...]]:
    """Give the clean cell and the codes of its findings.

    ``origin`` is that of the page, for a cell without words. A struck-out cell without text is missing, marked ／.
    """
    raws = tuple(line_to_raw(line) for line in cell.lines)
    meaning = read_lines(raws, is_spread=is_spread) if raws else EMPTY
    doubts = meaning.doubts
    if cell.struck:
        if meaning.kind == "empty":
            meaning = Meaning("", "missing", missing=STRUCK_MARK)
        else:
            doubts = (*doubts, STRUCK_WITH_TEXT)
    words = [word for line in cell.lines for word in line.words]
    if meaning.kind == "text" and UNCLEAR not in doubts and holds_numbers_apart(cell):
        doubts = (*doubts, UNCLEAR)
    if any((word.cut or _runs_over(word, cell.box)) and any(map(str.isdigit, word.text)) for word in words):
        doubts = (*doubts, CUT_BY_RULING)
    clean = CleanCell(
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        box=cell.box,
        raw="\n".join(raws),
        text=meaning.text,
        kind=meaning.kind,
        value=meaning.value,
        unit=meaning.unit,
        missing=meaning.missing,
        origin=words_origin(words) if words else origin,
        confidence=words_confidence(words),
        readings=words[0].readings if len(words) == 1 else (),
        divided=cell.divided,
        doubted=any(CATALOGUE[code].severity == "warning" for code in doubts),
    )
    return clean, doubts


def words_origin(words: list[Word]) -> Origin:
    """Give "ocr" where any word was read by OCR."""
    return "ocr" if any(word.origin == "ocr" for word in words) else "text-layer"


def words_confidence(words: list[Word]) -> float | None:
    """Give the lowest confidence of the words, or None where all are of a text layer."""
    return min((word.confidence for word in words if word.confidence is not None), default=None)
