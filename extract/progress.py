"""How a run goes on, for people and for machines: a line a document, a bar on a terminal, one sentence at the end."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extract.findings import Language
from extract.messages import one_line, outcome_to_sentence, summary_to_sentence, to_event
from extract.outcome import Outcome

if TYPE_CHECKING:
    from extract.batch import Plan, Summary, Task

EVENT_SECONDS = 10.0
"""How often the log for machines says how far a run is."""


class Report:
    """Says what happens, through ``say``; it also listens to the run (``batch.Listener``)."""

    def __init__(
        self, say: Callable[[str], None], *, language: Language, quiet: bool, as_json: bool, out: str
    ) -> None:
        self._say = say
        self._language = language
        self._quiet = quiet
        self._as_json = as_json
        self._out = out
        self._bar: Any = None
        self._task: Any = None
        self._started = self._told = time.monotonic()
        self._done = self._failed = self._pages = self._reading = self._total = 0

    @contextmanager
    def follow(self, plan: Plan) -> Iterator[None]:
        """Follow a run; the bar shows only on a terminal, and is gone afterwards."""
        self._total = len(plan.tasks) + len(plan.refused)
        self._started = self._told = time.monotonic()
        if self._as_json:
            self._event("start", documents=self._total, skipped=len(plan.skipped), out=self._out)
        if not sys.stderr.isatty() or self._quiet or self._as_json or os.environ.get("TERM") == "dumb":
            yield
            return
        with _bar() as bar:
            title = "変換中" if self._language == "ja" else "Converting"
            self._bar, self._task = bar, bar.add_task(title, total=self._total, pages="", failed="")
            try:
                yield
            finally:
                self._bar = None

    def begun(self, task: Task) -> None:
        """Hear that work on a task begins."""

    def reading(self, pages: int) -> None:
        """Hear how many pages the documents in work have."""
        self._reading = pages
        self._show()

    def document(self, outcome: Outcome) -> None:
        """Say what became of a document: only what is not whole when quiet, nothing of what an earlier run did."""
        self._done += 1
        self._failed += outcome.status == "failed"
        self._pages += 0 if outcome.resumed else outcome.pages.converted
        self._show()
        if self._as_json:
            if not (self._quiet and outcome.status == "ok"):
                self._document_event(outcome)
        elif outcome.status != "ok" or not (self._quiet or outcome.resumed):
            self._line(outcome_to_sentence(outcome, self._language))

    def end(self, summary: Summary, skipped: int, exit_code: int) -> None:
        """Say in one sentence what came of the whole run; the only input that failed has said it already."""
        alone = summary.ok + summary.partial + summary.failed == 1
        if self._quiet or (alone and summary.failed and not self._as_json):
            return
        if not self._as_json:
            self._line(summary_to_sentence(summary, skipped, self._out, self._language))
            return
        self._event(
            "end",
            ok=summary.ok,
            partial=summary.partial,
            failed=summary.failed,
            resumed=summary.resumed,
            skipped=skipped,
            pages=self._pages,
            seconds=round(time.monotonic() - self._started, 3),
            out=self._out,
            exit_code=exit_code,
        )

    def _document_event(self, outcome: Outcome) -> None:
        error, findings, pages = outcome.error, outcome.findings, outcome.pages
        self._event(
            "document",
            path=outcome.place,
            status=outcome.status,
            resumed=outcome.resumed,
            error=None if error is None else error.code,
            message=None if error is None else error.sentence(self._language),
            outputs=[str(path) for path in outcome.outputs],
            pages={"converted": pages.converted, "failed": pages.failed, "skipped": pages.skipped},
            findings={"info": findings.info, "warning": findings.warning, "error": findings.error},
            seconds=round(outcome.seconds, 3),
        )

    def _show(self) -> None:
        pages = self._pages + self._reading
        minutes = max(time.monotonic() - self._started, 1e-3) / 60
        if self._bar is not None:
            ja = self._language == "ja"
            rate = (
                f"{pages} ページ（毎分 {pages / minutes:.0f}）"
                if ja
                else f"{pages} pages ({pages / minutes:.0f}/min)"
            )
            failed = (f"失敗 {self._failed}" if ja else f"{self._failed} failed") if self._failed else ""
            self._bar.update(self._task, completed=self._done, pages=rate, failed=failed)
        elif self._as_json and not self._quiet and time.monotonic() - self._told > EVENT_SECONDS:
            self._told = time.monotonic()
            self._event(
                "progress",
                done=self._done,
                documents=self._total,
                failed=self._failed,
                pages=pages,
                pages_per_minute=round(pages / minutes, 1),
            )

    def _line(self, text: str) -> None:
        if self._bar is None:
            self._say(text)
        else:
            self._bar.console.print(one_line(text), markup=False, highlight=False, soft_wrap=True)

    def _event(self, event: str, **details: object) -> None:
        self._say(to_event(event, **details))


@contextmanager
def _bar() -> Iterator[Any]:
    from rich import progress  # noqa: PLC0415 - only a terminal pays for it
    from rich.console import Console  # noqa: PLC0415

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[pages]}"),
        progress.TimeElapsedColumn(),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[failed]}", style="red"),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar
