from __future__ import annotations

import sqlite3

import pytest

from extract.batch.entry import Entry, config_to_settings, covers, is_settled, with_formats
from extract.batch.fixity import Fixity
from extract.batch.ledger import Ledger
from extract.batch.lock import locked
from extract.config import Config
from extract.errors import (
    InputDamaged,
    InputEncrypted,
    LedgerDamaged,
    LedgerMissing,
    OutputBusy,
    OutputError,
    ReadingTimeout,
)
from extract.outcome import FindingCounts, PageCounts

FULL = Entry(
    base="2024/a.pdf",
    name="2024/a.pdf",
    place="/archive/\udcff/a.pdf",
    state="partial",
    attempts=1,
    fixity=Fixity("0" * 64, 12),
    error=ReadingTimeout(path="a", seconds=9),
    seconds=1.5,
    pages=PageCounts(3, 1, 2),
    engine="text-layer",
    findings=FindingCounts(1, 2, 3),
    version="1",
    settings="{}",
    limits="{}",
    finished="2026-01-01T00:00:00+00:00",
    outputs=(("2024/a.pdf.json", Fixity("1" * 64, 34)),),
)


def test_a_line_comes_back_as_it_was(tmp_path):
    with Ledger(tmp_path, create=True) as ledger:
        ledger.expect(
            [FULL], {"/archive/memo\udcfe.txt": None, "/archive/x": InputDamaged(path="x", reason="?")}
        )
        ledger.begin(FULL.base)
        ledger.record(FULL)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.sqlite"]
    with Ledger(tmp_path) as ledger:
        (found,) = ledger.entries().values()
        others = ledger.others()
    assert str(found.error) == str(FULL.error)
    assert found == Entry(**{**{name: getattr(FULL, name) for name in FULL.__slots__}, "error": found.error})
    assert [(place, type(error)) for place, error in others.items()] == [
        ("/archive/x", InputDamaged),
        ("/archive/memo\udcfe.txt", type(None)),
    ]


def test_what_was_running_waits_again_and_what_is_known_stays(tmp_path):
    with Ledger(tmp_path, create=True) as ledger:
        ledger.expect([FULL, Entry("b", "b", "/b")], {})
        ledger.record(FULL)
        ledger.begin("b")
    with Ledger(tmp_path, create=True) as ledger:
        assert [entry.state for entry in ledger.entries().values()] == ["partial", "running"]
        ledger.expect([FULL], {})
        assert [entry.state for entry in ledger.entries().values()] == ["partial", "waiting"]


def test_a_reader_sees_the_lines_of_a_run_that_goes_on(tmp_path):
    with Ledger(tmp_path, create=True) as ledger:
        ledger.expect([FULL], {})
        with Ledger(tmp_path) as reader:
            assert [entry.state for entry in reader.entries().values()] == ["waiting"]


def test_pages_that_do_not_add_up_are_not_kept(tmp_path):
    with Ledger(tmp_path, create=True) as ledger:
        ledger.expect([FULL], {})
    with sqlite3.connect(tmp_path / "ledger.sqlite") as base, pytest.raises(sqlite3.IntegrityError):
        base.execute("UPDATE inputs SET pages = 5, converted = 1, failed = 1, skipped = 1")
    base.close()


def test_no_ledger_a_damaged_one_and_one_that_was_removed_are_said(tmp_path):
    with pytest.raises(LedgerMissing):
        Ledger(tmp_path)
    (tmp_path / "ledger.sqlite").write_bytes(b"something else, of some length" * 200)
    with pytest.raises(LedgerDamaged):
        Ledger(tmp_path, create=True)
    (tmp_path / "ledger.sqlite").unlink()
    with pytest.raises(OutputError), Ledger(tmp_path, create=True) as ledger:  # noqa: PT012 - open it must be first
        (tmp_path / "ledger.sqlite").unlink()
        ledger.expect([FULL], {})


def test_two_runs_do_not_share_a_folder(tmp_path):
    with locked(tmp_path), pytest.raises(OutputBusy), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "settled"),
    [
        ({"state": "ok", "error": None}, True),
        ({"state": "ok", "error": None, "version": "2"}, False),
        ({"state": "ok", "error": None, "settings": '{"ocr": "none"}'}, False),
        ({"state": "ok", "error": None, "settings": None}, False),
        ({"state": "ok", "error": None, "settings": '{"formats": ["md"]}'}, True),
        ({"state": "partial"}, True),
        ({"state": "partial", "limits": "{1}"}, False),
        ({"state": "partial", "error": None, "limits": "{1}"}, True),
        ({"state": "failed", "error": InputDamaged(path="", reason="")}, True),
        ({"state": "failed", "error": InputEncrypted(path="")}, False),
        ({"state": "failed"}, False),
        ({"state": "waiting", "error": None}, False),
    ],
)
def test_what_need_not_be_done_again(changes, settled):
    entry = Entry(**{**{name: getattr(FULL, name) for name in FULL.__slots__}, **changes})
    assert is_settled(entry, version="1", settings="{}", limits="{}") == settled


def test_formats_of_two_runs_are_counted_together_where_nothing_else_differs():
    json_only = config_to_settings(Config(formats=("json",)))
    workbook_only = config_to_settings(Config(formats=("xlsx",)))
    both = with_formats(workbook_only, json_only)
    assert covers(both, json_only)
    assert covers(both, workbook_only)
    assert not covers(json_only, both)
    english = config_to_settings(Config(formats=("xlsx",), language="en"))
    assert with_formats(english, json_only) == english
    assert with_formats(english, None) == english
