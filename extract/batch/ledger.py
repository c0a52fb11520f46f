"""The ledger of OUT: what became of each input, in SQLite, written by one process only.

While a run goes on, SQLite keeps a write-ahead log: a commit then costs no wait for the disk, survives the death of the
process, and lets others read. What a power cut takes are the last lines at most, and their files are made again. At the
end the log is folded in, so that OUT holds one ordinary file that can be copied and read anywhere.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.batch import ledger_schema
from extract.batch.entry import Entry, error_to_text, text_to_error
from extract.batch.fixity import Fixity
from extract.errors import HokokuError, LedgerDamaged, LedgerMissing, OutputError
from extract.outcome import FindingCounts, PageCounts

FILE_NAME = "ledger.sqlite"

BUSY_SECONDS = 30
"""How long to wait for a reader that holds the file."""


class Ledger:
    """The ledger of one folder, open for reading or (with ``create``) for writing; a context manager."""

    def __init__(self, out: Path, *, create: bool = False) -> None:
        self.path = out / FILE_NAME
        self._writes = create
        if not create and not self.path.is_file():
            raise LedgerMissing(path=out)
        with _ledger_errors(self.path), ExitStack() as if_it_fails:
            self._connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            if_it_fails.callback(self._connection.close)
            self._open()
            if_it_fails.pop_all()
        self._file = self._identity()

    def _open(self) -> None:
        execute = self._connection.execute
        if not self._writes:
            execute("PRAGMA query_only = ON")
        execute("PRAGMA foreign_keys = ON")
        if not execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            if not self._writes:
                raise LedgerMissing(path=self.path.parent)
            self._connection.executescript(f"BEGIN; {ledger_schema.TABLES} COMMIT;")
            execute("INSERT INTO about VALUES ('version', ?)", (ledger_schema.VERSION,))
        version = execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        if version is None or version[0] != ledger_schema.VERSION:
            raise LedgerDamaged(path=self.path, reason=f"version {version and version[0]}")
        if self._writes:
            execute("PRAGMA journal_mode = WAL")
            execute("PRAGMA synchronous = NORMAL")

    def __enter__(self) -> Self:
        """Give the ledger."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the ledger as one ordinary file."""
        try:
            if self._writes and error is None:
                with _ledger_errors(self.path):
                    self._connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            self._connection.close()

    def bases(self) -> dict[str, str]:
        """Give the base of each input name."""
        with _ledger_errors(self.path):
            rows = self._connection.execute("SELECT name, base FROM inputs ORDER BY finished").fetchall()
        return {_from_sql(name): _from_sql(base) for name, base in rows}

    def entries(self) -> dict[str, Entry]:
        """Give every line by its base, in the order of the bases."""
        outputs: dict[str, list[tuple[str, Fixity]]] = {}
        with _ledger_errors(self.path):
            for base, name, sha256, size in self._connection.execute(
                "SELECT base, name, sha256, bytes FROM outputs ORDER BY name"
            ):
                outputs.setdefault(_from_sql(base), []).append((_from_sql(name), Fixity(sha256, size)))
            rows = self._connection.execute("SELECT * FROM inputs ORDER BY base")
            columns = [column[0] for column in rows.description]
            entries = [_row_to_entry(dict(zip(columns, row, strict=True)), outputs) for row in rows]
        return {entry.base: entry for entry in entries}

    def others(self) -> dict[str, HokokuError | None]:
        """Give what the input folders held besides: why it is refused, or None for a file that is no document."""
        with _ledger_errors(self.path):
            rows = self._connection.execute(
                "SELECT place, error, details FROM others ORDER BY place"
            ).fetchall()
        return {_from_sql(place): text_to_error(error, details) for place, error, details in rows}

    def expect(self, entries: Iterable[Entry], others: Mapping[str, HokokuError | None]) -> None:
        """Note inputs that are to be done, and what lies beside them; what is known of them stays.

        Nothing is running any more.
        """
        beside = [
            (_to_sql(place), None if error is None else error.code, error_to_text(error))
            for place, error in others.items()
        ]
        rows = [(_to_sql(entry.base), _to_sql(entry.name), _to_sql(entry.place)) for entry in entries]
        with self._transaction():
            self._connection.execute("UPDATE inputs SET state = 'waiting' WHERE state = 'running'")
            self._connection.executemany(
                "INSERT INTO inputs (base, name, place, state) VALUES (?, ?, ?, 'waiting') "
                "ON CONFLICT (base) DO UPDATE SET name = excluded.name, place = excluded.place",
                rows,
            )
            self._connection.executemany("DELETE FROM others WHERE place = ?", [(row[2],) for row in rows])
            self._connection.executemany("INSERT OR REPLACE INTO others VALUES (?, ?, ?)", beside)

    def begin(self, base: str) -> None:
        """Note that work on an input begins."""
        with self._transaction():
            self._connection.execute(
                "UPDATE inputs SET state = 'running', attempts = attempts + 1 WHERE base = ?",
                (_to_sql(base),),
            )

    def record(self, entry: Entry) -> None:
        """Note what became of an input; its attempts are counted by ``begin``."""
        row = _entry_to_row(entry)
        with self._transaction():
            self._connection.execute(_UPDATE, row)
            self._connection.execute("DELETE FROM outputs WHERE base = ?", (row["base"],))
            self._connection.executemany(
                "INSERT OR REPLACE INTO outputs (name, base, sha256, bytes) VALUES (?, ?, ?, ?)",
                [(_to_sql(name), row["base"], fix.sha256, fix.bytes) for name, fix in entry.outputs],
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Keep what is done inside, or nothing of it. Raises OutputError where the file is gone or the disk is full."""
        if self._identity() != self._file:
            raise OutputError(path=self.path, reason="the folder was removed or replaced")
        with _ledger_errors(self.path), self._connection:  # which commits, or rolls back
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


_UPDATE = """
UPDATE inputs SET state = :state, sha256 = :sha256, bytes = :bytes, error = :error, details = :details,
    seconds = :seconds, pages = :pages, converted = :converted, failed = :failed, skipped = :skipped, engine = :engine,
    infos = :infos, warnings = :warnings, errors = :errors, version = :version, settings = :settings, limits = :limits,
    finished = :finished
WHERE base = :base
"""


def _entry_to_row(entry: Entry) -> dict[str, str | bytes | int | float | None]:
    pages = entry.pages
    return {
        "base": _to_sql(entry.base),
        "state": entry.state,
        "sha256": None if entry.fixity is None else entry.fixity.sha256,
        "bytes": None if entry.fixity is None else entry.fixity.bytes,
        "error": None if entry.error is None else entry.error.code,
        "details": error_to_text(entry.error),
        "seconds": round(entry.seconds, 3),
        "pages": pages.converted + pages.failed + pages.skipped,
        "converted": pages.converted,
        "failed": pages.failed,
        "skipped": pages.skipped,
        "engine": entry.engine,
        "infos": entry.findings.info,
        "warnings": entry.findings.warning,
        "errors": entry.findings.error,
        "version": entry.version,
        "settings": entry.settings,
        "limits": entry.limits,
        "finished": entry.finished,
    }


def _row_to_entry(row: Mapping[str, object], outputs: Mapping[str, list[tuple[str, Fixity]]]) -> Entry:
    def text(name: str) -> str | None:
        value = row[name]
        return None if value is None else _from_sql(value)

    def number(name: str) -> int:
        value = row[name]
        return value if isinstance(value, int) else 0

    base = text("base") or ""
    sha256 = text("sha256")
    seconds = row["seconds"]
    return Entry(
        base=base,
        name=text("name") or "",
        place=text("place") or "",
        state=row["state"],  # type: ignore[arg-type]  # a CHECK of the table
        attempts=number("attempts"),
        fixity=None if sha256 is None else Fixity(sha256, number("bytes")),
        error=text_to_error(text("error"), text("details")),
        seconds=seconds if isinstance(seconds, float) else 0.0,
        pages=PageCounts(number("converted"), number("failed"), number("skipped")),
        engine=text("engine"),
        findings=FindingCounts(number("infos"), number("warnings"), number("errors")),
        version=text("version"),
        settings=text("settings"),
        limits=text("limits"),
        finished=text("finished"),
        outputs=tuple(outputs.get(base, ())),
    )


def _to_sql(text: str) -> str | bytes:
    """Give a name as SQLite can hold it: bytes where it is no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text


def _from_sql(value: object) -> str:
    return os.fsdecode(value) if isinstance(value, bytes) else str(value)


@contextmanager
def _ledger_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(path=path, reason=str(error)) from error
    except sqlite3.Error as error:
        raise LedgerDamaged(path=path, reason=str(error)) from error
