"""The measure itself: a truth against itself is perfect, and one changed digit is seen."""

from __future__ import annotations

import json

import pytest
from benchmarks.accuracy import FIXTURES, read_truth, score_found


@pytest.fixture
def truth() -> dict:
    return read_truth(FIXTURES / "odd-rulings")


@pytest.fixture
def found(truth: dict) -> dict:
    """Give the truth as a conversion would give it."""
    copy = json.loads(json.dumps(truth))
    for index, table in enumerate(copy["tables"]):
        table["id"] = index
        for cell in table["cells"]:
            cell["needs_review"] = False
    return copy


def a_number(found: dict) -> dict:
    return next(cell for cell in found["tables"][0]["cells"] if cell["kind"] == "number")


def test_truth_against_itself_is_perfect(truth: dict, found: dict) -> None:
    score = score_found("self", truth, found, [])
    assert (score.cells.f1, score.numbers.f1, score.facts.f1, score.meanings.f1) == (1.0, 1.0, 1.0, 1.0)
    assert (score.wrong_unseen, score.differences) == (0, [])


def test_a_changed_digit_is_a_wrong_number_nobody_would_see(truth: dict, found: dict) -> None:
    a_number(found)["value"] += 1
    score = score_found("digit", truth, found, [])
    assert score.numbers.right == score.numbers.wanted - 1
    assert score.wrong_unseen == 1


def test_a_wrong_number_marked_for_review_is_seen(truth: dict, found: dict) -> None:
    cell = a_number(found)
    cell["value"], cell["needs_review"] = cell["value"] + 1, True
    assert score_found("review", truth, found, []).wrong_unseen == 0


def test_a_number_in_a_table_that_is_none_is_wrong(truth: dict, found: dict) -> None:
    extra = json.loads(json.dumps(found["tables"][0]))
    found["tables"].append(extra | {"id": "extra", "pages": [2, 2]})
    score = score_found("extra", truth, found, [])
    assert score.wrong_unseen > 0
    assert score.tables.found == score.tables.wanted + 1
    assert score.cells.f1 < 1.0


def test_a_lost_span_is_a_wrong_cell(truth: dict, found: dict) -> None:
    cell = next(cell for table in found["tables"] for cell in table["cells"] if cell["column_span"] > 1)
    cell["column_span"] = 1
    score = score_found("span", truth, found, [])
    assert score.cells.right == score.cells.wanted - 1
