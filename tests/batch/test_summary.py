from __future__ import annotations

from pathlib import Path

import pytest

from extract.batch.summary import Summary
from extract.errors import InputMissing, InternalError, OutputError, ReadingTimeout, UsageError
from extract.outcome import FindingCounts, Outcome

OK = Outcome(Path("a"), "ok", findings=FindingCounts(info=1, warning=1))
CLEAN = Outcome(Path("a"), "ok")
PARTIAL = Outcome(Path("a"), "partial", findings=FindingCounts(error=1))
MISSING = Outcome(Path("a"), "failed", error=InputMissing(path="a"))
SLOW = Outcome(Path("a"), "failed", error=ReadingTimeout(path="a", seconds=1))
FULL = Outcome(Path("a"), "failed", error=OutputError(path="a", reason="full"))
BUG = Outcome(Path("a"), "failed", error=InternalError(subject="a", kind="KeyError"))
NO_SUCH_PAGE = Outcome(Path("a"), "failed", error=UsageError(detail_ja="", detail_en=""))


@pytest.mark.parametrize(
    ("outcomes", "fail_on", "code"),
    [
        ([], None, 0),
        ([OK], None, 0),
        ([OK, OK], None, 0),
        ([MISSING], None, 3),
        ([SLOW], None, 5),
        ([FULL], None, 7),
        ([BUG], None, 70),
        ([NO_SUCH_PAGE], None, 2),
        ([PARTIAL], None, 1),
        ([OK, MISSING], None, 1),
        ([MISSING, MISSING], None, 1),
        ([OK, BUG], None, 1),
        ([OK, FULL, MISSING], None, 7),
        ([OK], "error", 0),
        ([OK], "warning", 6),
        ([OK], "info", 6),
        ([CLEAN, OK], "warning", 6),
        ([CLEAN], "info", 0),
        ([PARTIAL], "info", 1),
        ([OK, MISSING], "info", 1),
    ],
)
def test_exit_codes(outcomes, fail_on, code):
    summary = Summary()
    for outcome in outcomes:
        summary = summary.add(outcome)
    assert summary.ok + summary.partial + summary.failed == len(outcomes)
    assert summary.exit_code(fail_on) == code
