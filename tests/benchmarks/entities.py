"""Entities against a truth written by hand: label, normalised value and place (page and printed words) must all agree.

    python tests/benchmarks/entities.py [--wrong] [--folder FOLDER]

Also how much CPU time the entities add to a conversion, spaCy loaded before (once a worker). A truth is ``entities.txt`` beside a fixture's PDF; its head says how it was made. Each line of the truth can be matched once.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unittest.mock import patch

PROJECT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(PROJECT))

from extract import Config, convert  # noqa: E402
from extract.document import Document, Entity, Section  # noqa: E402
from extract.tree.entities import find_entities  # noqa: E402

STRICT = ("date", "period", "time", "quantity", "law", "number", "term")
NAMES = ("department", "committee", "organisation", "facility", "place", "reference")


class Line(NamedTuple):
    """An entity as the truth writes it."""

    page: int
    label: str
    text: str
    value: str


class Score(NamedTuple):
    """How many entities of the truth there are, how many were found, and how many of them are right."""

    true: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing and nothing was found."""
        return 2 * self.right / (self.true + self.found) if self.true + self.found else 1.0


def read_truth(path: Path) -> list[Line]:
    """Give the lines of a truth, with the long names for which @X stands."""
    names: dict[str, str] = {}
    lines: list[Line] = []
    page = 0
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if heading := re.fullmatch(r"== page (\d+)", line):
            page = int(heading[1])
        elif alias := re.fullmatch(r"(@[^ =]+) = (.+)", line):
            names[alias[1]] = alias[2]
        else:
            label, text, *value = (_expand(part.strip(), names) for part in line.split(" | "))
            lines.append(Line(page, label, text, value[0] if value else text))
    return lines


def _expand(text: str, names: dict[str, str]) -> str:
    for short in sorted(names, key=len, reverse=True):
        text = text.replace(short, names[short])
    return text


def document_to_lines(document: Document) -> list[Line]:
    """Give the entities of a document as the truth writes them."""
    marks = {
        section.id: section.marker or section.title or ""
        for report in document.reports
        for section in _walk(report.sections)
    }
    return [
        Line(entity.page, entity.label, entity.text, _value(entity, marks))
        for report in document.reports
        for entity in report.entities
    ]


def _walk(sections: tuple[Section, ...]) -> list[Section]:
    return [inner for section in sections for inner in (section, *_walk(section.sections))]


def _value(entity: Entity, marks: dict[str, str]) -> str:
    if entity.label == "reference":
        return marks.get(str(entity.value), str(entity.value)) if entity.value is not None else "-"
    if entity.value is None:
        return "-"
    return f"{entity.value} {entity.unit}" if entity.label == "quantity" else str(entity.value)


def score(truth: list[Line], found: list[Line], labels: tuple[str, ...]) -> Score:
    """Count exactly: an entity is right where page, label, words and value agree."""
    true = Counter(line for line in truth if line.label in labels)
    mine = Counter(line for line in found if line.label in labels)
    return Score(true.total(), mine.total(), (true & mine).total())


def share(pdf: Path, *, times: int = 9) -> float:
    """Give the CPU time that entities add to a conversion of the PDF, as a share of the rest of it; the middle one of several runs."""
    spent = 0.0

    def timed(*arguments: object) -> object:
        nonlocal spent
        started = time.process_time()
        reports = find_entities(*arguments)
        spent += time.process_time() - started
        return reports

    shares: list[float] = []
    with patch("extract.tree.find_entities", timed):
        for _ in range(times):
            spent, started = 0.0, time.process_time()
            convert(pdf, config=Config())
            shares.append(spent / (time.process_time() - started - spent))
    return median(shares)


def main() -> None:
    """Print the figures of every fixture that has a truth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wrong", action="store_true", help="print what differs")
    parser.add_argument("--only", default="", help="fixtures whose name holds this")
    parser.add_argument("--folder", type=Path, default=PROJECT / "fixtures", help="where the fixtures lie")
    given = parser.parse_args()
    for path in sorted(given.folder.glob("*/entities.txt")):
        if given.only not in str(path):
            continue
        pdf = path.parent / (
            "packet.pdf" if (path.parent / "packet.pdf").exists() else f"{path.parent.name}.pdf"
        )
        started = time.process_time()
        document = convert(pdf, config=Config()).document
        seconds = time.process_time() - started
        if document is None:
            print(f"{pdf}: not converted")
            continue
        truth, found = read_truth(path), document_to_lines(document)
        print(
            f"{path.parent.name}: {len(truth)} entities, {seconds:.2f} s with loading spaCy; {share(pdf):.0%} added once loaded"
        )
        for label in (*STRICT, *NAMES):
            one = score(truth, found, (label,))
            print(f"  {label:14}{one.true:5} true{one.found:5} found{one.right:5} right   F1 {one.f1:.3f}")
        for name, labels in (("strict labels", STRICT), ("names", NAMES)):
            print(f"  {name:14} F1 {score(truth, found, labels).f1:.3f}")
        if given.wrong:
            for sign, lines in (
                ("-", Counter(truth) - Counter(found)),
                ("+", Counter(found) - Counter(truth)),
            ):
                for line in sorted(lines.elements()):
                    print(f"  {sign} p{line.page} {line.label} | {line.text} | {line.value}")


if __name__ == "__main__":
    main()
