"""Measure a batch: one worker and two, the parent's memory, the cost of the ledger and of replacing workers.

    python tests/benchmarks/throughput.py [--documents 200] [--scans 30] [--small 5000] [--replaced 60]

Born-digital documents are copies of the example packet, scans single pages of its scanned twin; each worker has one
thread (OMP_NUM_THREADS=1), so that N workers use N cores. Wall time counts on a quiet machine only; the processor time
of all processes says anywhere whether two workers do more work than one. 0 leaves a part out.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pikepdf

sys.path.insert(0, str(Path(__file__).parent))

from chaos import ROOT, command, digests, make_pdf

from extract import Config, convert_many
from extract.batch import ledger as ledger_module
from extract.batch.entry import Entry
from extract.batch.fixity import Fixity

EXAMPLE = ROOT / "fixtures" / "setagaya-2024-07"

PR_SET_CHILD_SUBREAPER = 36
"""Linux: the workers of a command that has ended come to this process, which then counts their time (prctl(2))."""


class Taken(NamedTuple):
    """Seconds on the wall and of the processor, in all processes."""

    wall: float
    processor: float


def measured(words: list[str]) -> Taken:
    """Run a command with one thread a worker."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    before, started = processor_seconds(), time.monotonic()
    subprocess.run(words, check=False, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - started
    with suppress(ChildProcessError):
        while True:
            os.wait()  # what started the workers ends after the command
    return Taken(wall, processor_seconds() - before)


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make_documents(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        shutil.copy(EXAMPLE / "packet.pdf", folder / f"{number:04d}.pdf")


def make_scans(folder: Path, count: int) -> None:
    folder.mkdir()
    with pikepdf.open(EXAMPLE / "packet-scan.pdf") as packet:
        for number in range(count):
            with pikepdf.new() as one:
                one.pages.append(packet.pages[number % len(packet.pages)])
                one.save(folder / f"{number:04d}.pdf")


def compare_workers(archive: Path, folder: Path, *, what: str) -> Taken:
    """Convert an archive with one worker and with two; give what two take."""
    one = measured(command(archive, folder / "one", "--jobs", "1"))
    two = measured(command(archive, folder / "two", "--jobs", "2"))
    same = "the same bytes" if digests(folder / "one") == digests(folder / "two") else "OTHER BYTES"
    print(
        f"{sum(1 for _ in archive.iterdir())} {what}: wall {one.wall:.1f} s with 1 worker, {two.wall:.1f} s with 2:"
        f" {one.wall / two.wall:.2f} times; processor {one.processor:.1f} s and {two.processor:.1f} s"
        f" ({two.processor / one.processor:.2f}), {two.processor / two.wall:.2f} cores in use with 2; {same}"
    )
    return two


def compare_ledger(folder: Path, count: int, two: Taken) -> None:
    """Measure the lines of ``count`` documents alone."""
    entries = [
        Entry(
            f"{n}.pdf", f"{n}.pdf", f"/{n}.pdf", "ok", fixity=Fixity("0" * 64, 1),
            outputs=tuple((f"{n}.pdf.{kind}", Fixity("1" * 64, 2)) for kind in ("json", "xlsx")),
        )
        for n in range(count)
    ]  # fmt: skip
    started = time.process_time()
    with ledger_module.Ledger(folder, create=True) as ledger:
        ledger.expect(entries, {})
        for entry in entries:
            ledger.begin(entry.base)
            ledger.record(entry)
    cost = time.process_time() - started
    print(
        f"ledger: {cost:.3f} s of the processor for {count} documents, {cost / two.processor:.2%} of the work"
    )


def compare_replacing(archive: Path, folder: Path, count: int) -> None:
    """Convert small documents with workers that are replaced after so many files."""
    for files in (1, 10, count):
        started = time.monotonic()
        config = Config(jobs=1, formats=("json",), files_per_worker=files)
        done = sum(1 for _ in convert_many([archive], folder / f"after{files}", config=config))
        wall = time.monotonic() - started
        print(f"a new worker after {files} files: {done} small documents in {wall:.1f} s")


def watch_parent(archive: Path, out: Path) -> None:
    """Say what the parent of a long run holds."""
    held: list[float] = []
    started = time.monotonic()
    with subprocess.Popen(command(archive, out, "--jobs", "2", "--to", "json"), cwd=ROOT) as process:
        while process.poll() is None:
            time.sleep(0.2)
            with suppress(OSError, IndexError):
                pages = int(Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1])
                if pages and time.monotonic() - started > 1:
                    held.append(pages * os.sysconf("SC_PAGE_SIZE") / 1024**2)
    wall = time.monotonic() - started
    count = sum(1 for _ in archive.rglob("*.pdf"))
    if held:
        print(
            f"{count} small documents in {wall:.0f} s: the parent held {held[0]:.0f} MB after 1 s and at most"
            f" {max(held):.0f} MB"
        )


def make_small(folder: Path, count: int) -> Path:
    for number in range(count):
        make_pdf(folder / f"{number // 500}" / f"{number}.pdf", str(number))
    return folder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, usual in (("documents", 200), ("scans", 30), ("small", 5000), ("replaced", 60)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="hokoku-throughput-") as name:
        folder = Path(name)
        for count, make, what in (
            (given.documents, make_documents, "documents"),
            (given.scans, make_scans, "scans"),
        ):
            if count:
                (folder / what).mkdir()
                make(folder / what / "in", count)
                two = compare_workers(folder / what / "in", folder / what, what=what)
                compare_ledger(folder / what, count, two)
        if given.replaced:
            compare_replacing(make_small(folder / "few", given.replaced), folder, given.replaced)
        if given.small:
            watch_parent(make_small(folder / "small", given.small), folder / "small-out")


if __name__ == "__main__":
    main()
