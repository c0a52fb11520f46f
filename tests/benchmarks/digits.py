"""Is every digit of a text layer in the JSON exactly once?

    python tests/benchmarks/digits.py FILE.pdf ...

The text layer is read by a second, independent reader (pdfium). All ``raw`` texts of the JSON are collected page by page. A
page is right when both hold the same digits the same number of times; for each page that is not, the difference is
printed. Digit strings (runs of digits) are compared too: a string that the two readers cut differently at a
space is no loss, so it is counted apart.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from extract import Config, convert
from extract.document import Document, Section

DIGITS = re.compile("[0-9]+")


def raw_texts(document: Document) -> Iterator[tuple[int, str]]:
    """Give every ``raw`` of the document with its page."""
    for page in document.source.pages:
        for running in page.running:
            yield page.number, running.raw
    for table in document.tables:
        for cell in table.cells:
            yield cell.evidence.page, cell.raw
    for report in document.reports:
        for section in report.sections:
            yield from _section_texts(section)


def _section_texts(section: Section) -> Iterator[tuple[int, str]]:
    if section.raw is not None:
        yield section.page, section.raw
    for block in section.content:
        yield block.page, block.raw
    for inner in section.sections:
        yield from _section_texts(inner)


def digit_strings(text: str) -> list[str]:
    """Give the runs of digits of a text, both widths alike; superscripts and circled digits are no digits."""
    plain = "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.decomposition(c).startswith("<wide>") else c
        for c in text
    )
    return DIGITS.findall(plain)


def text_layer(path: Path) -> list[str]:
    """Give the text of each page as pdfium reads it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def measure(path: Path) -> tuple[int, int, int, int]:
    """Print the pages that differ; give pages, pages that differ, strings of the text layer, strings found in the JSON."""
    outcome = convert(path, config=Config(formats=("json",)))
    if outcome.document is None:
        raise SystemExit(f"{path}: {outcome.error}")
    found: dict[int, list[str]] = {}
    for number, raw in raw_texts(outcome.document):
        found.setdefault(number, []).append(raw)
    layer = text_layer(path)
    wrong = total = same = 0
    # A paragraph that goes on over a page stands under the page of its start: pages are compared with what was carried.
    carried: Counter[str] = Counter()
    for number, text in enumerate(layer, 1):
        strings = Counter(digit_strings(text))
        ours = Counter(s for raw in found.get(number, []) for s in digit_strings(raw))
        total += strings.total()
        same += (strings & ours).total()
        expected = Counter("".join(strings.elements()))
        got = Counter("".join(ours.elements()))
        missing, extra = expected - got, got - expected
        missing, carried = missing - carried, (carried - missing) + extra
        if missing:
            wrong += 1
            print(f"  page {number}: missing {dict(strings - ours)}; more {dict(ours - strings)}")
    if carried:
        wrong += 1
        print(f"  after the last page too many: {dict(carried)}")
    return len(layer), wrong, total, same


def main(paths: list[str]) -> int:
    """Measure each file; the exit status is the number of files with a digit lost or doubled."""
    bad = 0
    for name in paths:
        pages, wrong, total, same = measure(Path(name))
        bad += wrong > 0
        print(f"{Path(name).name}: {pages} pages, {wrong} differ; {same} of {total} digit strings alike")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
