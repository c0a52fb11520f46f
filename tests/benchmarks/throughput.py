"""Measure a batch: workers, the parent's memory, what the ledger costs, and the start of a child for one file.

    python tests/benchmarks/throughput.py [INPUT ...] [--copies 200] [--small 5000]

Copies of INPUT (the example packet, when none is given) are converted with one worker and with two; then ``--small``
documents of one page, while the memory of the parent is read.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from chaos import ROOT, command, digests, make_pdf

from extract import convert
from extract.batch import ledger as ledger_module
from extract.batch.entry import Entry
from extract.batch.fixity import Fixity

EXAMPLE = ROOT / "fixtures" / "setagaya-2024-07" / "packet.pdf"


def seconds(archive: Path, out: Path, *words: str) -> float:
    started = time.monotonic()
    subprocess.run(command(archive, out, *words), check=False, cwd=ROOT)
    return time.monotonic() - started


def peak_of_parent(archive: Path, out: Path, *words: str) -> tuple[float, float]:
    """Give the megabytes of the parent after its first second and the most it held after that."""
    first = most = 0.0
    started = time.monotonic()
    with subprocess.Popen(command(archive, out, *words), cwd=ROOT) as process:
        while process.poll() is None:
            time.sleep(0.2)
            try:
                pages = int(Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1])
            except (OSError, IndexError):
                break
            held = pages * 4096 / 1024**2
            most = max(most, held)
            if not first and time.monotonic() - started > 1:
                first = held
    return first, most


def ledger_seconds(folder: Path, count: int) -> float:
    """Give the seconds that the lines of ``count`` documents cost."""
    entries = [
        Entry(
            f"{n}.pdf", f"{n}.pdf", f"/{n}.pdf", "ok", fixity=Fixity("0" * 64, 1),
            outputs=tuple((f"{n}.pdf.{kind}", Fixity("1" * 64, 2)) for kind in ("json", "xlsx")),
        )
        for n in range(count)
    ]  # fmt: skip
    started = time.monotonic()
    with ledger_module.Ledger(folder, create=True) as ledger:
        ledger.expect(entries, {})
        for entry in entries:
            ledger.begin(entry.base)
            ledger.record(entry)
    return time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", type=Path, nargs="*", default=[EXAMPLE])
    parser.add_argument("--copies", type=int, default=200)
    parser.add_argument("--small", type=int, default=5000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hokoku-throughput-") as name:
        folder = Path(name)
        many = folder / "many"
        many.mkdir()
        for number in range(given.copies):
            source = given.input[number % len(given.input)]
            shutil.copy(source, many / f"{number:04d}{source.suffix}")
        one = seconds(many, folder / "one", "--jobs", "1")
        two = seconds(many, folder / "two", "--jobs", "2")
        same = digests(folder / "one") == digests(folder / "two")
        print(
            f"{given.copies} documents: 1 worker {one:.1f} s, 2 workers {two:.1f} s, {one / two:.2f} times; same: {same}"
        )
        cost = ledger_seconds(folder, given.copies)
        print(f"ledger: {cost:.3f} s for {given.copies} documents, {cost / two:.2%} of the time")
        convert(given.input[0])
        started = time.monotonic()
        subprocess.run(
            [sys.executable, "-c", f"import extract; extract.convert({str(given.input[0])!r})"],
            check=True,
            cwd=ROOT,
        )
        alone = time.monotonic() - started
        print(
            f"one file: {alone:.2f} s in the process (nothing written), {seconds(given.input[0], folder / 'single'):.2f} s by the command"
        )
        if given.small:
            for number in range(given.small):
                make_pdf(folder / "small" / f"{number // 500}" / f"{number}.pdf", str(number))
            first, most = peak_of_parent(
                folder / "small", folder / "small-out", "--jobs", "2", "--to", "json"
            )
            print(
                f"{given.small} small documents: the parent held {first:.0f} MB after 1 s and at most {most:.0f} MB"
            )


if __name__ == "__main__":
    main()
