"""Arguments -> Config -> batch; the only place that prints or exits."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from extract.arguments import Command, wants_json, words_to_command, words_to_language
from extract.config import NAME
from extract.errors import HokokuError, InternalError, OutputError
from extract.findings import Language
from extract.logs import set_up_logging
from extract.messages import one_line, to_event

EXIT_OK = 0
EXIT_INCOMPLETE = 1
EXIT_CONFLICTS = 6
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
    _say(to_event("error", error=failure.code, message=sentence) if wants_json(words) else sentence)
    return failure.exit_code


_INTERRUPTED: dict[Language, str] = {
    "ja": "中断しました。変換の済んだファイルは残っています。",
    "en": "Interrupted. The files that were finished are there.",
}


def _run(command: Command) -> int:
    if command.name == "convert":
        return _convert(command)
    if command.name == "check":
        return _check(command)
    if command.name == "status":
        return _status(command)
    if command.name == "verify":
        return _verify(command)
    if command.name == "schema":
        from extract.flow import schema  # noqa: PLC0415 - not on the way to --help

        return _print(schema())
    return _engines(command.config.language)


def _engines(language: Language) -> int:
    """Print each OCR engine, whether it can be used here, and how to get it where it cannot."""
    from extract.flow import engines  # noqa: PLC0415 - not on the way to --help

    usable = "使えます" if language == "ja" else "can be used"
    lines = []
    for engine in engines():
        remedy = engine.remedy_ja if language == "ja" else engine.remedy_en
        told = " ".join(filter(None, (usable if engine.version is not None else "", remedy)))
        lines.append(f"{engine.name:<12}{engine.version or '-':<32}{told}\n")
    return _print("".join(lines))


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
    from extract.progress import Report  # noqa: PLC0415 - likewise

    config = command.config
    plan = make_plan(command.inputs, command.out, config=config)
    report = Report(
        _say,
        language=config.language,
        quiet=command.quiet,
        as_json=command.log_format == "json",
        out=command.out,
    )
    summary = Summary()
    with report.follow(plan), closing(run_plan(plan, config=config, listener=report)) as outcomes:
        for outcome in outcomes:
            summary = summary.add(outcome)
            report.document(outcome)
    exit_code = summary.exit_code(config.fail_on)
    report.end(summary, len(plan.skipped), exit_code)
    return exit_code


def _check(command: Command) -> int:
    from extract.batch import check, json_folder  # noqa: PLC0415 - not on the way to --help
    from extract.messages import checked_to_json, checked_to_text  # noqa: PLC0415 - likewise

    with json_folder(command.out) as folder:
        checked = check(folder)
    _print((checked_to_json if command.as_json else checked_to_text)(checked, command.config.language))
    if checked.conflicts:
        return EXIT_CONFLICTS
    return EXIT_INCOMPLETE if checked.unreadable else EXIT_OK


def _status(command: Command) -> int:
    from extract.batch import read_status  # noqa: PLC0415 - not on the way to --help
    from extract.messages import status_to_json, status_to_text  # noqa: PLC0415 - likewise

    status = read_status(command.out)
    return _print((status_to_json if command.as_json else status_to_text)(status, command.config.language))


def _verify(command: Command) -> int:
    from extract.batch import verify  # noqa: PLC0415 - not on the way to --help
    from extract.messages import verified_to_json, verified_to_text  # noqa: PLC0415 - likewise

    verified = verify(command.out)
    language = command.config.language
    _print(verified_to_json(verified) if command.as_json else verified_to_text(verified, language))
    return EXIT_INCOMPLETE if verified.differences else EXIT_OK


def _say(text: str) -> None:
    """Print one line on standard error."""
    print(one_line(text), file=sys.stderr, flush=True)  # noqa: T201 - this is the place that prints


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
