"""What a spreadsheet program makes of the workbook: LibreOffice reads it and says what it shows."""

from __future__ import annotations

import csv
import html
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from written_documents import HOSTILE, cell, checked_document, document, rich_document, table

from extract.writers import write_document
from extract.writers.xlsx.places import HEAD_ROWS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on the path"),
]

# Comma, quote, UTF-8, from the first line, and every sheet in a file of its own.
TEXTS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
NUMBER = re.compile(r'<td[^>]* sdval="[^"]*"[^>]*>(.*)</td>')
TAG = re.compile("<[^>]*>")

PRINTED = [
    ("22", 22),
    ("13,630", 13630),
    ("3.40", 3.4),
    ("１３，６３０件", 13630),
    ("３．４％", 3.4),
    ("3.4%", 3.4),
    ("△1,234", -1234),
    ("▲47.4%", -47.4),
    ("△０．０", 0.0),
    ("△１，２３４円", -1234),
    ("（１，２３４）", 1234),
    ("(△12)", -12),
    ("約1,000人", 1000),
    ("+200", 200),
    ("007", 7),
    ("0", 0),
    ("-5", -5),
    ("123,456,789,012,345円", 123456789012345),
]


def converted(one, folder, target, *, edit=None) -> list[Path]:
    """Write the workbook, let ``edit`` change its file, and give the files that LibreOffice makes of it."""
    (path,) = write_document(one, folder / "a", formats=("xlsx",), language="ja")
    if edit is not None:
        edit(path)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return sorted(folder.glob("a*." + target.partition(":")[0]))


def without_values(path: Path) -> None:
    """Take the values of all formulas away, so that who reads the workbook must compute them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data))


def with_another_number(path: Path) -> None:
    """Change a part of a sum as a person would: 12,345 becomes 12,346."""
    without_values(path)
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[1]["B6"] = 12346
    workbook.save(path)


def checks_in(files: list[Path]) -> list[list[str]]:
    (file,) = (file for file in files if file.stem == "a-検算")
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream))


def test_numbers_are_shown_as_printed(tmp_path):
    cells = [cell("t1", row, 0, raw, value=value) for row, (raw, value) in enumerate(PRINTED)]
    one = document([table("t1", cells, headers=(0, 0), caption="数")])
    (file,) = converted(one, tmp_path, "html")
    shown = [TAG.sub("", html.unescape(found)) for found in NUMBER.findall(file.read_text("utf-8"))]
    start = shown.index("22")
    assert shown[start : start + len(PRINTED)] == [raw for raw, _ in PRINTED]


def test_the_rich_document_is_shown_whole(tmp_path):
    sheets = {}
    for file in converted(rich_document(), tmp_path, TEXTS):
        with file.open(newline="", encoding="utf-8") as stream:
            sheets[file.stem.removeprefix("a-").split()[0]] = list(csv.reader(stream))
    assert set(sheets) == {"目次", "表1", "表2", "表3", "数値一覧", "用語・法令", "検算", "要確認", "出典"}
    hostile = [row[0] if row else "" for row in sheets["表3"][HEAD_ROWS:]]
    expected = {"a\x0bb\x00c": "a␋b␀c", "\ufffe\uffff": "\ufffd\ufffd", "a\r\nb\rc": "a\nb\nc"}
    assert hostile[: len(HOSTILE)] == [expected.get(text, text) for text in HOSTILE]
    assert len(sheets["数値一覧"]) == 43


def test_the_checks_compute_to_what_was_written(tmp_path):
    (tmp_path / "computed").mkdir()
    kept = checks_in(converted(checked_document(), tmp_path, TEXTS))
    computed = checks_in(converted(checked_document(), tmp_path / "computed", TEXTS, edit=without_values))
    assert [row[11] for row in computed].count("○") == 10
    assert computed == kept


def test_the_checks_follow_a_number_that_is_changed(tmp_path):
    rows = checks_in(converted(checked_document(), tmp_path, TEXTS, edit=with_another_number))
    holds = {(row[2], row[5]): (row[9], row[11]) for row in rows[1:]}
    assert holds["B9", "合計"] == ("-1", "×")
    assert holds["B11", "差引"] == ("-1", "×")
    assert holds["C9", "合計"] == ("0", "○")
