"""Five annual reports give one series: the facts of every year under the header of that year."""

import itertools
import json
import re
from pathlib import Path

import pytest

from extract import convert

FOLDER = Path(__file__).parents[1] / "fixtures" / "many-years"
REPORTS = sorted((FOLDER / "reports").glob("*.pdf"))
TRUTH = json.loads((FOLDER / "series.json").read_text(encoding="utf-8"))
YEAR = re.compile("令和(元|[0-9]+)年度")


def read_requests(path):
    """Give the requests that a report states: by fiscal year and department."""
    document = convert(path).document
    tables = {table.id for table in document.tables if "開示請求の件数" in (table.caption or "")}
    assert len(tables) == 1
    stated = {}
    for fact in document.facts:
        match = YEAR.fullmatch(fact.column_path[-1])
        if fact.table in tables and match:
            year = 2018 + (1 if match[1] == "元" else int(match[1]))
            stated[year, fact.row_path[-1]] = fact.value
    return stated


@pytest.fixture(scope="module")
def stated():
    assert len(REPORTS) == 5
    return [read_requests(path) for path in REPORTS]


def test_last_stated_figures_make_the_series(stated):
    last = {place: value for report in stated for place, value in report.items()}
    wanted = {
        (year, row): value
        for row, values in TRUTH["series"].items()
        for year, value in zip(TRUTH["years"], values, strict=True)
    }
    assert {place: last[place] for place in wanted} == wanted


def test_restated_figures_are_those_that_two_reports_state_differently(stated):
    differing = [
        {"year": year, "row": row, "first": value, "last": after[year, row]}
        for before, after in itertools.pairwise(stated)
        for (year, row), value in before.items()
        if after.get((year, row), value) != value and row != "合計"
    ]
    assert differing == TRUTH["restated"]
