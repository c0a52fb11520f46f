"""Paragraphs of other departments' and towns' reports, each file with its history in its head: what a reader finds, counted exactly."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from benchmarks.entities import NAMES, STRICT

from extract.document import Block, Report, Section
from extract.tree.entities.passages import sections_to_passages
from extract.tree.entities.reading import Reader

BOX = (0.0, 0.0, 10.0, 10.0)
HERE = Path(__file__).parent
LEAST = {STRICT: 0.97, NAMES: 0.93}
Found: TypeAlias = Counter[tuple[int, int, str, str, str]]


@cache
def truth(file: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], Found]:
    """Give the reports, each as its day and paragraphs, and what is true: numbers of report and paragraph, label, words, value."""
    reports: list[tuple[str, list[str]]] = []
    true: Found = Counter()
    for line in (HERE / file).read_text("utf-8").splitlines():
        if line.startswith("== "):
            reports.append((line.removeprefix("== "), []))
        elif line.startswith("    "):
            label, words, value = line.strip().split(" | ")
            true[len(reports), len(reports[-1][1]), label, words, value] += 1
        elif line and not line.startswith("#"):
            reports[-1][1].append(line)
    return tuple((day, tuple(paragraphs)) for day, paragraphs in reports), true


@cache
def found(file: str) -> Found:
    result: Found = Counter()
    for number, (day, paragraphs) in enumerate(truth(file)[0], start=1):
        sections = tuple(
            Section(
                f"s{place}", 1, None, None, None, 1, BOX, (Block("paragraph", text, text, 1, BOX, None),), ()
            )
            for place, text in enumerate(paragraphs, start=1)
        )
        report = Report("r1", None, None, None, day, None, (), (1, 1), sections, ())
        for place, read in enumerate(Reader(report, ()).read(sections_to_passages(sections)), start=1):
            for one in read.mentions:
                words = read.passage.text[one.start : one.stop]
                value = (
                    f"{one.value} {one.unit}"
                    if one.label == "quantity" and one.value is not None
                    else one.value
                )
                result[number, place, one.label, words, "-" if value is None else str(value)] += 1
    return result


@pytest.mark.parametrize("labels", [STRICT, NAMES], ids=["strict", "names"])
@pytest.mark.parametrize(
    "file",
    [
        "paragraphs.txt",
        "towns.txt",
        "villages.txt",
        "boroughs.txt",
        "shores.txt",
        "valleys.txt",
        "wards.txt",
        "regions.txt",
        "harbours.txt",
        "hills.txt",
        "unions.txt",
    ],
)
def test_paragraphs_are_read_as_a_reader_reads_them(file, labels):
    true = Counter({key: count for key, count in truth(file)[1].items() if key[2] in labels})
    mine = Counter({key: count for key, count in found(file).items() if key[2] in labels})
    right = (true & mine).total()
    assert 2 * right / (true.total() + mine.total()) >= LEAST[labels], (true - mine, mine - true)
