"""Every fixture is read exactly as its truth says: no cell, number or fact may differ."""

from __future__ import annotations

import pytest
from benchmarks.accuracy import Score, fixture_folders, score_document


@pytest.fixture(scope="module", params=fixture_folders(), ids=lambda folder: folder.name)
def score(request: pytest.FixtureRequest) -> Score:
    return score_document(request.param)


def test_fixture_is_read_exactly(score: Score) -> None:
    shown = "\n".join(score.differences[:40])
    assert score.tables.right == score.tables.found == score.tables.wanted, shown
    assert score.cells.f1 == 1.0, shown
    assert score.numbers.f1 == 1.0, shown
    assert score.meanings.f1 == 1.0, shown
    assert score.facts.f1 == 1.0, shown
    assert score.settings.f1 == 1.0, shown
    assert score.reports.f1 == 1.0, shown
    assert score.captions.f1 == 1.0, shown


def test_no_wrong_number_goes_unseen(score: Score) -> None:
    assert score.wrong_unseen == 0, "\n".join(score.differences[:40])
