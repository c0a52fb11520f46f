"""What became of a whole run, and the exit code that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.errors import HokokuError, OutputError
from extract.findings import Severity
from extract.outcome import NO_FINDINGS, FindingCounts, Outcome

EXIT_OK = 0
EXIT_INCOMPLETE = 1
EXIT_FINDINGS = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """How many documents were converted whole (``ok``), in part, or not at all, and their findings together.

    ``resumed`` counts those that an earlier run had done.
    """

    ok: int = 0
    partial: int = 0
    failed: int = 0
    resumed: int = 0
    findings: FindingCounts = NO_FINDINGS
    first_error: HokokuError | None = None
    output_failed: bool = False

    def add(self, outcome: Outcome) -> Summary:
        """Give the summary with one more outcome."""
        return replace(
            self,
            ok=self.ok + (outcome.status == "ok"),
            partial=self.partial + (outcome.status == "partial"),
            failed=self.failed + (outcome.status == "failed"),
            resumed=self.resumed + outcome.resumed,
            findings=FindingCounts(
                info=self.findings.info + outcome.findings.info,
                warning=self.findings.warning + outcome.findings.warning,
                error=self.findings.error + outcome.findings.error,
            ),
            first_error=self.first_error or (outcome.error if outcome.status == "failed" else None),
            output_failed=self.output_failed or isinstance(outcome.error, OutputError),
        )

    def exit_code(self, fail_on: Severity | None) -> int:
        """Give the exit code of the contract.

        The only input that fails gives the code of its error. Of several, an output that cannot be written comes before
        the rest: it is the fault of the place and will meet the next document too.
        """
        if self.first_error is not None and self.ok + self.partial + self.failed == 1:
            return self.first_error.exit_code
        if self.output_failed:
            return OutputError.exit_code
        if self.partial or self.failed:
            return EXIT_INCOMPLETE
        if fail_on is not None and self.findings.reach(fail_on):
            return EXIT_FINDINGS
        return EXIT_OK
