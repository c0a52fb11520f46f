"""Arguments -> Config -> batch; the only place that prints or exits."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extract.arguments import Command, wants_json, words_to_command, words_to_language
from extract.config import NAME
from extract.errors import HokokuError, InternalError, OutputError
from extract.findings import Language
from extract.logs import set_up_logging

if TYPE_CHECKING:
    from extract.batch import Plan, Summary
    from extract.outcome import Outcome

EXIT_OK = 0
EXIT_INTERRUPTED = 130

_log = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code. ``words`` are those after the command name, else those of the process."""
    words = sys.argv[1:] if words is None else words
    language = words_to_language(words)
    set_up_logging()
    try:
        with _end_signals_as_interrupts():
            return _run(words_to_command(words))
    except HokokuError as error:
        failure = error
    except KeyboardInterrupt:
        _say(_INTERRUPTED[language])
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the top of the command is one of the two places for it
        _log.debug("a bug showed", exc_info=True)
        failure = InternalError(subject=NAME, kind=type(error).__name__)
    sentence = failure.sentence(language)
    _say(_to_event("error", error=failure.code, message=sentence) if wants_json(words) else sentence)
    return failure.exit_code


_INTERRUPTED: dict[Language, str] = {
    "ja": "中断しました。変換の済んだファイルは残っています。",
    "en": "Interrupted. The files that were finished are there.",
}


def _run(command: Command) -> int:
    if command.name == "convert":
        return _convert(command)
    if command.name == "schema":
        from extract.flow import schema  # noqa: PLC0415 - not on the way to --help

        return _print(schema())
    return _print(_ENGINES[command.config.language])


_ENGINES: dict[Language, str] = {
    "ja": "この版に OCR エンジンはありません。文字層のある PDF だけを読み取ります。\n",
    "en": "This version has no OCR engine. It reads PDF files that have a text layer.\n",
}


def _print(text: str) -> int:
    """Print to standard output. A reader who closes it early (``| head``) has what it wants."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise OutputError(path="stdout", reason=error.strerror or str(error)) from error
    return EXIT_OK


def _convert(command: Command) -> int:
    from extract.batch import Summary, make_plan, run_plan  # noqa: PLC0415 - not on the way to --help

    plan = make_plan(command.inputs, command.out, config=command.config)
    report = _Report(command)
    summary = Summary()
    with report.progress(len(plan.tasks) + len(plan.refused)):
        for outcome in run_plan(plan, config=command.config):
            summary = summary.add(outcome)
            report.document(outcome)
    exit_code = summary.exit_code(command.config.fail_on)
    report.end(summary, plan, exit_code)
    return exit_code


class _Report:
    """Says on standard error what happens: a line a document, a progress bar on a terminal, one sentence at the end."""

    def __init__(self, command: Command) -> None:
        self.language: Language = command.config.language
        self.quiet = command.quiet
        self.as_json = command.log_format == "json"
        self.out = command.out
        self._line: Callable[[str], None] = _say
        self._advance: Callable[[], None] = _do_nothing

    @contextmanager
    def progress(self, total: int) -> Iterator[None]:
        """Show a bar over ``total`` documents while the work goes on; only on a terminal, and gone afterwards."""
        with ExitStack() as stack:
            if sys.stderr.isatty() and not self.quiet and not self.as_json:
                title = "変換中" if self.language == "ja" else "Converting"
                self._line, self._advance = stack.enter_context(_bar(title, total))
            yield
        self._line = _say

    def document(self, outcome: Outcome) -> None:
        """Say what became of a document; only failures when quiet."""
        self._advance()
        if self.quiet and outcome.status == "ok":
            return
        error = outcome.error
        if self.as_json:
            self._event(
                "document",
                path=str(outcome.path),
                status=outcome.status,
                error=None if error is None else error.code,
                message=None if error is None else error.sentence(self.language),
                outputs=[str(path) for path in outcome.outputs],
                findings={
                    "info": outcome.findings.info,
                    "warning": outcome.findings.warning,
                    "error": outcome.findings.error,
                },
                seconds=round(outcome.seconds, 3),
            )
        else:
            self._line(_outcome_to_sentence(outcome, self.language))

    def end(self, summary: Summary, plan: Plan, exit_code: int) -> None:
        """Say in one sentence what came of the whole run; the only input that failed has said it already."""
        alone = summary.ok + summary.partial + summary.failed == 1
        if self.quiet or (alone and summary.failed and not self.as_json):
            return
        if self.as_json:
            self._event(
                "end",
                ok=summary.ok,
                partial=summary.partial,
                failed=summary.failed,
                skipped=len(plan.skipped),
                out=str(self.out),
                exit_code=exit_code,
            )
        else:
            self._line(_summary_to_sentence(summary, len(plan.skipped), self.out, self.language))

    def _event(self, event: str, **details: object) -> None:
        self._line(_to_event(event, **details))


def _to_event(event: str, **details: object) -> str:
    return json.dumps({"event": event, **details}, ensure_ascii=False)


@contextmanager
def _bar(title: str, total: int) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """Show a progress bar; give what prints a line above it and what moves it on."""
    from rich import progress  # noqa: PLC0415 - only a terminal pays for it
    from rich.console import Console  # noqa: PLC0415

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)

        def line(text: str) -> None:
            bar.console.print(_one_line(text), markup=False, highlight=False, soft_wrap=True)

        yield line, lambda: bar.advance(task)


def _do_nothing() -> None:
    pass


def _outcome_to_sentence(outcome: Outcome, language: Language) -> str:
    path, findings = outcome.path, outcome.findings
    if outcome.error is not None:
        return ("失敗: " if language == "ja" else "Failed: ") + outcome.error.sentence(language)
    if outcome.status == "partial":
        if language == "ja":
            return f"一部のみ変換: {path}（読めない所 {findings.error}、注意 {findings.warning}。Excel の要確認シートと JSON の findings に理由があります）"
        return f"Converted in part: {path} ({findings.error} errors, {findings.warning} warnings; findings in the JSON says why)"
    if findings.warning:
        return (
            f"変換: {path}（注意 {findings.warning}）"
            if language == "ja"
            else f"Converted: {path} ({findings.warning} warnings)"
        )
    return f"変換: {path}" if language == "ja" else f"Converted: {path}"


def _summary_to_sentence(summary: Summary, skipped: int, out: Path, language: Language) -> str:
    if language == "ja":
        parts = [f"全 {summary.ok + summary.partial + summary.failed} 件のうち {summary.ok} 件を変換しました"]
        parts += [f"一部のみ {summary.partial} 件"] if summary.partial else []
        parts += [f"失敗 {summary.failed} 件"] if summary.failed else []
        parts += [f"対象外のファイル {skipped} 件"] if skipped else []
        where = f"出力先: {out}" if summary.ok or summary.partial else "出力はありません"
        return "、".join(parts) + f"。{where}"
    parts = [f"Converted {summary.ok} of {summary.ok + summary.partial + summary.failed} documents"]
    parts += [f"{summary.partial} in part"] if summary.partial else []
    parts += [f"{summary.failed} failed"] if summary.failed else []
    parts += [f"{skipped} other files skipped"] if skipped else []
    where = f"output in {out}" if summary.ok or summary.partial else "no output"
    return ", ".join(parts) + f"; {where}."


def _say(text: str) -> None:
    """Print one line on standard error."""
    print(_one_line(text), file=sys.stderr, flush=True)  # noqa: T201 - this is the place that prints


def _one_line(text: str) -> str:
    """Show control characters as escapes: a file name must not break a line or command the terminal."""
    return "".join(
        character if character.isprintable() or character == "　" else ascii(character)[1:-1]
        for character in text
    )


@contextmanager
def _end_signals_as_interrupts() -> Iterator[None]:
    """Let a polite kill and a closed terminal end the run as Ctrl-C does: workers stopped, nothing half written."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {name: signal.signal(getattr(signal, name), _interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
