"""Fresh PDFs for the tests of verification: ruled tables, drawn from rows of strings, and what ``convert`` makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract import Config, convert
from extract.document import Document

FONT = "HeiseiMin-W3"
PAGE = (842.0, 595.0)
LEFT, TOP, ROW_HEIGHT, PADDING, SIZE = 50.0, 70.0, 17.0, 4.0, 9.0
CAPTION_DROP = 22.0
NARROWEST = 46.0
_SPANNED = re.compile(r"(.*)\^(\d+)x(\d+)")


def converted(path: Path, *pages: Sequence[Sequence[str]], captions: Sequence[str] = ()) -> Document:
    """Give the document that ``convert`` reads from a fresh PDF: a page is its tables, a table its lines.

    Lines are written as for ``table_of``, heads too; ``captions`` stand over the tables in order.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=PAGE, invariant=1)
    names = iter(captions)
    for tables in pages:
        top = TOP
        for lines in tables:
            top = _draw(canvas, lines, top, next(names, None)) + 2 * CAPTION_DROP
        canvas.showPage()
    canvas.save()
    document = convert(path, config=Config(ocr="none")).document
    assert document is not None
    return document


def relations(document: Document) -> set[tuple[str, str, tuple[str, ...]]]:
    """Give what the checks say, in printed texts: (relation, result, operands)."""
    texts = {cell.id: cell.text for table in document.tables for cell in table.cells}
    return {
        (check.relation, texts[check.stated], tuple(texts[one] for one in check.operands))
        for table in document.tables
        for check in table.checks
    }


def unproved(document: Document) -> list[str]:
    """Give the texts of the body numbers that nothing proves, in printed order."""
    return [
        cell.text
        for table in document.tables
        for cell in table.cells
        if cell.kind == "number" and cell.role == "body" and cell.status != "verified"
    ]


def _draw(canvas: Canvas, lines: Sequence[str], top: float, caption: str | None) -> float:
    rows = [line.split("|") for line in lines]
    widths = [
        max(NARROWEST, *(_width(row[column]) for row in rows if "^" not in row[column]))
        for column in range(len(rows[0]))
    ]
    xs = [LEFT + sum(widths[:column]) for column in range(len(widths) + 1)]
    if caption:
        canvas.setFont(FONT, SIZE)
        canvas.drawString(LEFT, PAGE[1] - top, caption)
        top += CAPTION_DROP / 2
    for row, column, height, width, text in _spans(rows):
        x0, x1 = xs[column], xs[column + width]
        y0, y1 = top + row * ROW_HEIGHT, top + (row + height) * ROW_HEIGHT
        canvas.setLineWidth(0.5)
        canvas.rect(x0, PAGE[1] - y1, x1 - x0, y1 - y0)
        canvas.setFont(FONT, SIZE)
        baseline = PAGE[1] - ((y0 + y1) / 2 + SIZE * 0.35)
        if text[:1].isdigit() or text[:1] in ("△", "－"):
            canvas.drawRightString(x1 - PADDING, baseline, text)
        else:
            canvas.drawString(x0 + PADDING, baseline, text)
    return top + len(rows) * ROW_HEIGHT


def _width(text: str) -> float:
    return pdfmetrics.stringWidth(text, FONT, SIZE) + 2 * PADDING


def _spans(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int, str]]:
    for row, texts in enumerate(rows):
        for column, written in enumerate(texts):
            if written != "<":
                match = _SPANNED.fullmatch(written)
                text, height, width = (match[1], int(match[2]), int(match[3])) if match else (written, 1, 1)
                yield row, column, height, width, text
