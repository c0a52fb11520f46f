"""The measure of scans itself: a conversion against itself is perfect, and each kind of error is seen as what it is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.accuracy import FIXTURES, find_pdf, read_found, read_truth
from benchmarks.rapidocr_alone import PeerWord, peer_tally
from benchmarks.scan_scores import Truth, edit_distance, find_truth, fold, tally
from hypothesis import given
from hypothesis import strategies as st
from inventing import invent_document

FOLDER = FIXTURES / "odd-rulings"
SHORT = st.text(alphabet="一二三ー件", max_size=8)


@pytest.fixture(scope="module")
def born() -> dict:
    return read_found(find_pdf(FOLDER))


@pytest.fixture(scope="module")
def truth(born: dict) -> Truth:
    return find_truth(read_truth(FOLDER), born, [1, 2])


@pytest.fixture
def found(born: dict) -> dict:
    return json.loads(json.dumps(born))


def a_number(found: dict) -> dict:
    return next(
        cell for cell in found["tables"][0]["cells"] if cell["kind"] == "number" and cell["role"] == "body"
    )


def test_a_perfect_reading_is_perfect(truth: Truth, found: dict) -> None:
    score = tally(truth, found, seconds=1.0)
    assert score.cells.f1 == score.numbers.recall == score.facts.f1 == score.placed.recall == 1.0
    assert (score.silent, score.silent_on_paper, score.lost, score.letters_wrong) == (0, 0, 0, 0)
    assert score.failures == []


def test_a_changed_digit_is_a_silent_error_until_it_is_marked(truth: Truth, found: dict) -> None:
    cell = a_number(found)
    cell["value"] += 1
    score = tally(truth, found, seconds=1.0)
    assert (score.silent, score.silent_on_paper, score.lost) == (1, 1, 0)
    assert score.numbers.right == score.placed.right == score.numbers.wanted - 1
    cell["needs_review"] = True
    assert tally(truth, found, seconds=1.0).silent == 0


def test_a_number_that_became_text_is_lost(truth: Truth, found: dict) -> None:
    cell = a_number(found)
    cell["kind"], cell["value"] = "text", None
    score = tally(truth, found, seconds=1.0)
    assert (score.lost, score.lost_silent, score.silent) == (1, 1, 0)
    cell["needs_review"] = True
    assert tally(truth, found, seconds=1.0).lost_silent == 0


def test_a_number_in_a_wrong_row_is_still_on_the_paper(truth: Truth, found: dict) -> None:
    cell = a_number(found)
    cell["row"] += 100
    score = tally(truth, found, seconds=1.0)
    assert (score.silent, score.silent_on_paper, score.lost) == (1, 0, 1)
    assert score.placed.recall == 1.0


def test_a_right_number_sent_to_review_is_counted(truth: Truth, found: dict) -> None:
    a_number(found)["needs_review"] = True
    assert tally(truth, found, seconds=1.0).reviewed.right == 1


@given(SHORT, SHORT)
def test_edit_distance_is_that_of_levenshtein(a: str, b: str) -> None:
    assert edit_distance(a, b) == slow_distance(a, b)


def slow_distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def test_the_peer_is_right_where_its_words_lie_in_the_true_cells(truth: Truth) -> None:
    words = [word for word in words_of(truth) if word.text]
    score = peer_tally(truth, words, seconds=1.0)
    assert score.cells.recall == score.numbers.recall == 1.0
    assert peer_tally(truth, words[1:], seconds=1.0).cells.right == score.cells.right - 1


def words_of(truth: Truth) -> list[PeerWord]:
    words = []
    for (table, row, column), (page, (x0, y0, x1, y1)) in truth.places.items():
        cells = truth.tables[table]["cells"]
        text = next(c["text"] for c in cells if (c["row"], c["column"]) == (row, column))
        middle = (y0 + y1) / 2
        corners = np.array([[x0, middle - 2], [x1, middle - 2], [x1, middle + 2], [x0, middle + 2]])
        words.append(PeerWord(page, fold(text), corners))
    return words


def test_invented_reports_are_the_same_for_a_seed_and_read_exactly(tmp_path: Path) -> None:
    made = invent_document(tmp_path / "a.pdf", 3)
    again = invent_document(tmp_path / "b.pdf", 3)
    assert made == again
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    found = read_found(tmp_path / "a.pdf")
    score = tally(find_truth(made, found, [1]), found, seconds=1.0)
    assert (score.cells.f1, score.numbers.recall) == (1.0, 1.0), score.failures
