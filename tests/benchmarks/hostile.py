"""Convert damaged, encrypted, malicious and odd files in one batch and compare each end with what its index expects.

    python tests/benchmarks/hostile.py [FOLDER] [--out OUT] [--jobs N] [--timeout S] [--silence S] [--memory MB]

FOLDER holds INDEX.tsv (columns file and expected; fixtures/hostile has one). An expectation is ``convert``, ``error:KIND``
or ``convert-or-error:KIND``, possibly with ``:more`` or ``; more`` behind it that people check.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

KINDS = {
    "damaged": {"damaged", "reading-failed"},
    "encrypted": {"encrypted", "wrong-password"},
    "no-pages": {"no-pages"},
    "not-a-pdf": {"unsupported", "not-a-file"},
    "unsupported": {"unsupported", "damaged"},
    "wrong-type": {"unsupported"},
    "too-large": {
        "too-many-bytes",
        "too-many-pages",
        "too-many-pixels",
        "too-many-characters",
        "too-many-objects",
    },
    "timeout": {"timeout", "silent", "too-many-characters", "too-many-objects"},
    "xfa": {"dynamic-form"},
    "outside": {"outside"},
}
"""What an index calls an error -> the codes of ours that say it."""

SKIPPED = "unsupported"
"""A file in a folder that is no PDF, TIFF, PNG or JPEG is no document: the ledger lists it as skipped."""


def is_expected(expected: str, end: str) -> bool:
    """Say whether ``ok``, ``partial`` or an error code is what the index expects."""
    expected = expected.partition(";")[0].strip()
    conversion, _, error = expected.partition("error:")
    allowed: set[str] = set()
    for kind in filter(None, re.split(r"-or-", error)):
        if kind in {"convert", "partial"}:
            allowed |= {"ok", "partial"}
        allowed |= KINDS.get(kind, set())
    if conversion.startswith("convert"):
        allowed |= {"ok", "partial"}
    return end in allowed


def run(folder: Path, out: Path, words: list[str]) -> tuple[dict[str, str], dict[str, str], int]:
    """Convert the folder; give the end and the message of each file by its path, and the exit code."""
    command = [sys.executable, "-m", "extract", "convert", str(folder), "-o", str(out)]
    done = subprocess.run(
        [*command, "--lang", "en", "--log-format", "json", *words],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=ROOT,
    )
    ends: dict[str, str] = {}
    messages: dict[str, str] = {}
    for line in done.stderr.splitlines():
        event = json.loads(line)
        if event["event"] == "document":
            name = Path(event["path"]).relative_to(folder).as_posix()
            ends[name] = event["error"] if event["status"] == "failed" else event["status"]
            messages[name] = f"{event['seconds']:6.1f} s  {event['message'] or ''}"
    return ends, messages, done.returncode


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "fixtures" / "hostile")
    parser.add_argument("--out", type=Path)
    for name, usual in (("jobs", 2), ("timeout", 180), ("silence", 60), ("memory", 2500)):
        parser.add_argument(f"--{name}", default=usual)
    given = parser.parse_args()
    out = given.out or Path(tempfile.mkdtemp(prefix="hokoku-hostile-"))
    with (given.folder / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        index = {
            row["file"]: row["expected"]
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    started = time.monotonic()
    words = [
        text
        for name in ("jobs", "timeout", "silence", "memory")
        for text in (f"--{name}", str(getattr(given, name)))
    ]
    ends, messages, code = run(given.folder, out, words)
    others = {
        name: expected
        for name, expected in index.items()
        if not is_expected(expected, ends.get(name, SKIPPED))
    }
    for name, expected in others.items():
        print(f"{name}\n    expected {expected}, was {ends.get(name, 'skipped')}  {messages.get(name, '')}")
    bugs = sorted(name for name, end in ends.items() if end in {"bug", "unknown"})
    missing = sorted(name for name in index if not (given.folder / name).exists())
    right = len(index) - len(others)
    print(
        f"{right} of {len(index)} as expected ({right / len(index):.1%}), {len(bugs)} bugs, {len(missing)} not there"
    )
    print(f"exit code {code}, {time.monotonic() - started:.0f} s, output in {out}")
    return 0 if code in {0, 1} and not bugs and right >= 0.95 * len(index) else 1


if __name__ == "__main__":
    sys.exit(main())
