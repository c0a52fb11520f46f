"""Paragraphs of other departments' reports (``paragraphs.txt``): what a reader finds in them, counted exactly."""

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
TRUTH = Path(__file__).with_name("paragraphs.txt")
LEAST = {STRICT: 0.97, NAMES: 0.93}
Found: TypeAlias = Counter[tuple[int, str, str, str]]


@cache
def truth() -> tuple[tuple[str, ...], Found]:
    """Give the paragraphs, and what is true of each: its number, label, words and value."""
    paragraphs: list[str] = []
    true: Found = Counter()
    for line in TRUTH.read_text("utf-8").splitlines():
        if line.startswith("    "):
            label, words, value = line.strip().split(" | ")
            true[len(paragraphs), label, words, value] += 1
        elif line and not line.startswith("#"):
            paragraphs.append(line)
    return tuple(paragraphs), true


@cache
def found() -> Found:
    paragraphs, _ = truth()
    sections = tuple(
        Section(
            f"s{number}", 1, None, None, None, 1, BOX, (Block("paragraph", text, text, 1, BOX, None),), ()
        )
        for number, text in enumerate(paragraphs, start=1)
    )
    report = Report("r1", None, None, None, "2024-09-20", None, (), (1, 1), sections, ())
    result: Found = Counter()
    for number, read in enumerate(Reader(report, ()).read(sections_to_passages(sections)), start=1):
        for one in read.mentions:
            words = read.passage.text[one.start : one.stop]
            value = (
                "-"
                if one.value is None
                else f"{one.value} {one.unit}"
                if one.label == "quantity"
                else str(one.value)
            )
            result[number, one.label, words, value] += 1
    return result


@pytest.mark.parametrize("labels", [STRICT, NAMES], ids=["strict", "names"])
def test_paragraphs_are_read_as_a_reader_reads_them(labels):
    true = Counter({key: count for key, count in truth()[1].items() if key[1] in labels})
    mine = Counter({key: count for key, count in found().items() if key[1] in labels})
    right = (true & mine).total()
    assert 2 * right / (true.total() + mine.total()) >= LEAST[labels], (true - mine, mine - true)
