"""Whole documents: every printed line once and in its order, and the outline that a reader wrote down level by level.

The outlines of ``outlines/`` were written from pictures of the pages, before they were compared: ``R`` and the title of a
report, else level, marker and title between bars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from extract.config import Config
from extract.document import CleanPage, Document, Producer, Section, Source
from extract.intake import open_source
from extract.pages import read_pages
from extract.tables import page_to_layout
from extract.text import layout_to_clean
from extract.tree import pages_to_document

PROJECT = Path(__file__).parents[2]
FIXTURES = [
    PROJECT / "fixtures" / name / f"{name}.pdf"
    for name in ("prose-only", "three-reports", "side-by-side", "a3-spread", "other-departments")
]
PACKET = PROJECT / "fixtures" / "setagaya-2024-07" / "packet.pdf"
REAL = PROJECT.parent / "shared" / "real"
OUTLINES = sorted(Path(__file__).with_name("outlines").glob("*.txt"))
PRODUCER = Producer("hokoku", "0", (), {})


@cache
def read(path: Path) -> tuple[tuple[CleanPage, ...], Document]:
    config = Config()
    source: Source = open_source(path, config=config.intake())
    pages = tuple(
        layout_to_clean(page_to_layout(page)) for page in read_pages(source, config=config.reading())
    )
    return pages, pages_to_document(source, pages, producer=PRODUCER, language="ja")


def printed_lines(pages: Sequence[CleanPage], document: Document) -> Iterator[str]:
    """The lines of the pages in reading order without those that belong to the sheet."""
    for page, record in zip(pages, document.source.pages, strict=True):
        running = {
            (one.raw, tuple(map(round, one.box)))
            for one in record.running
            if one.kind in {"page_number", "running_head"}
        }
        yield from (line.raw for line in page.lines if (line.raw, tuple(map(round, line.box))) not in running)


def outline_lines(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        if section.raw is not None:
            yield from section.raw.split("\n")
        for block in section.content:
            if block.table is None:
                yield from block.raw.split("\n")
        yield from outline_lines(section.sections)


def tables_of(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield from (block.table for block in section.content if block.table is not None)
        yield from tables_of(section.sections)


def written(document: Document) -> Iterator[str]:
    for report in document.reports:
        yield f"R {report.title or ''}"
        yield from _written(report.sections)


def _written(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield f"{section.level}|{section.marker or ''}|{section.title or ''}"
        yield from _written(section.sections)


def real(name: str) -> Path:
    path = REAL / f"{name}.pdf"
    if not path.exists():
        pytest.skip(f"{path.name} is a published paper that is not part of the project")
    return path


def assert_each_line_once(path: Path) -> None:
    pages, document = read(path)
    sections = [section for report in document.reports for section in report.sections]
    assert list(outline_lines(sections)) == list(printed_lines(pages, document))
    assert sorted(tables_of(sections)) == sorted(table.id for table in document.tables)


@pytest.mark.parametrize("path", [PACKET, *FIXTURES], ids=lambda path: path.stem)
def test_each_line_of_a_fixture_stands_in_the_outline_once_and_in_order(path):
    assert_each_line_once(path)


@pytest.mark.slow
@pytest.mark.parametrize("outline", OUTLINES, ids=lambda path: path.stem)
def test_each_line_of_a_real_document_stands_in_the_outline_once_and_in_order(outline):
    assert_each_line_once(real(outline.stem))


@pytest.mark.slow
@pytest.mark.parametrize("outline", OUTLINES, ids=lambda path: path.stem)
def test_the_outline_of_a_real_document_is_right_level_by_level(outline):
    _, document = read(real(outline.stem))
    assert list(written(document)) == outline.read_text(encoding="utf-8").splitlines()
