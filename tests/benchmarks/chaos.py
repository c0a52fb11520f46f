"""Kill, crash and fill: what a batch must survive, at the size that is asked for.

    python tests/benchmarks/chaos.py mixed  [--files 100]               good files among jobs that crash, hang and grow
    python tests/benchmarks/chaos.py kill   [--files 300] [--times 50]  kill -9 of the parent at random moments
    python tests/benchmarks/chaos.py writes [--files 6] [--times 100]   kill -9 at the n-th write of parent or worker
    python tests/benchmarks/chaos.py disk                               a full disk (needs the right to mount a tmpfs)
    python tests/benchmarks/chaos.py folder [--files 150]               OUT read-only, and OUT removed, half-way
    python tests/benchmarks/chaos.py names  [--files 1000]              random and odd file names

Each ends with 0 when every document has one whole result, equal byte for byte to that of a quiet run.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

HOSTILE = ("crash", "exit", "hang", "grow")


def make_pdf(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), invariant=1)
    for line in range(20):
        canvas.drawString(72, 760 - 20 * line, f"{text} line {line}: 1,{line:03d}")
    canvas.save()


def make_archive(folder: Path, count: int) -> None:
    for number in range(count):
        make_pdf(folder / f"{number // 50:02d}" / f"{number:04d}.pdf", f"Report {number}")


def digests(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in {"ledger.sqlite", ".hokoku-lock"}
    }


def differences(one: Path, other: Path) -> list[str]:
    """Name what differs between the results of two runs."""
    left, right = digests(one), digests(other)
    names = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
    return [f"{len(names)} results differ, {names[0]} first"] if names else []


def command(archive: Path, out: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "extract", "convert", str(archive), "-o", str(out), "--quiet", *words]


def convert(archive: Path, out: Path, *words: str) -> int:
    return subprocess.run(
        command(archive, out, *words), check=False, cwd=ROOT, stderr=subprocess.DEVNULL
    ).returncode


def read_workbook(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if parts.testzip() is not None:
            raise ValueError


READ = {".json": json.loads, ".xlsx": read_workbook}
"""What reads an output, and raises where it is not whole."""


def outputs_in(out: Path) -> Iterator[Path]:
    """Give the outputs that are there; a folder may vanish meanwhile."""
    for parent, _, names in os.walk(out):
        yield from (Path(parent) / name for name in names if Path(name).suffix in READ)


@contextmanager
def watched(out: Path) -> Iterator[list[str]]:
    """Read every output as it appears, all the time; give the names of those that were not whole."""
    broken: list[str] = []
    done = threading.Event()

    def look() -> None:
        seen: dict[str, int] = {}
        while not done.is_set():
            for path in outputs_in(out):
                try:
                    stamp = path.stat().st_mtime_ns
                    if seen.get(str(path)) != stamp:
                        READ[path.suffix](path.read_bytes())
                        seen[str(path)] = stamp
                except FileNotFoundError:
                    continue
                except (ValueError, zipfile.BadZipFile):
                    broken.append(str(path))
            time.sleep(0.01)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield broken
    finally:
        done.set()
        thread.join()


def ledger_faults(out: Path, *, files: int, most_attempts: int) -> list[str]:
    """Say what is wrong with the ledger of a finished run."""
    with sqlite3.connect(out / "ledger.sqlite") as ledger:
        states = dict(ledger.execute("SELECT state, count(*) FROM inputs GROUP BY state"))
        (attempts,) = ledger.execute("SELECT sum(attempts) FROM inputs").fetchone()
    faults = [] if states == {"ok": files} else [f"states {states}"]
    return faults + ([f"{attempts} attempts"] if attempts > most_attempts else [])


def kill_at_random(folder: Path, *, files: int, times: int, seed: int = 0) -> list[str]:
    """Kill the parent again and again, each time going on; when a batch is done it is compared and begun anew."""
    archive, out, quiet = folder / "in", folder / "out", folder / "quiet"
    make_archive(archive, files)
    started = time.monotonic()
    convert(archive, quiet, "--jobs", "2")
    whole_run = time.monotonic() - started
    chance = random.Random(seed)  # noqa: S311 - no secret
    faults: list[str] = []
    kills = batches = since = 0
    with watched(out) as broken:
        while not faults:
            with subprocess.Popen(command(archive, out, "--jobs", "2"), cwd=ROOT) as process:
                try:
                    process.wait(None if kills == times else chance.uniform(0.05, whole_run))
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    kills, since = kills + 1, since + 1
                    faults += damages(out)
                    continue
            faults += [f"exit code {process.returncode}"] if process.returncode else []
            faults += differences(out, quiet)
            # a run that is killed loses what its two workers were at, and no more
            faults += ledger_faults(out, files=files, most_attempts=files + 2 * since)
            batches, since = batches + 1, 0
            if kills == times:
                break
            shutil.rmtree(out)
    print(f"{files} files, {kills} kills in {batches} batches, a quiet run takes {whole_run:.1f} s")
    return faults + [f"not whole: {name}" for name in broken]


def damages(out: Path) -> list[str]:
    """Say what is wrong with the ledger of a run that was killed."""
    path = out / "ledger.sqlite"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as ledger:
        (found,) = ledger.execute("PRAGMA integrity_check").fetchone()
    return [] if found == "ok" else [f"the ledger: {found}"]


def kill_at_writes(folder: Path, *, files: int, times: int) -> list[str]:
    """Kill the parent at the n-th commit of its ledger, then at the n-th file that a worker writes or moves."""
    archive = folder / "in"
    make_archive(archive, files)
    convert(archive, folder / "quiet")
    quiet = folder / "quiet"
    faults = []
    for who in ("parent", "worker"):
        for number in range(1, times + 1):
            out = folder / f"{who}{number}"
            env = {**os.environ, "CHAOS": f"{who} {number}"}
            words = [sys.executable, str(Path(__file__).parent / "die_at_write.py"), str(archive), str(out)]
            code = subprocess.run(words, env=env, check=False, cwd=ROOT, stderr=subprocess.DEVNULL).returncode
            again = convert(archive, out)
            if again or differences(out, quiet):
                faults.append(f"{who} write {number}: exit code {again}, {differences(out, quiet)}")
            shutil.rmtree(out)
            if code == 0:  # there was no such write any more
                print(f"{who}: {number - 1} writes, killed at each")
                break
        else:
            print(f"{who}: killed at each of the first {times} writes; there are more")
    return faults


def mix(folder: Path, *, files: int) -> list[str]:
    """Run good files among hostile jobs and compare with a quiet run."""
    from die_at_write import run_mixed  # noqa: PLC0415 - beside its one use

    archive = folder / "in"
    make_archive(archive, files)
    for number in range(max(1, files // 25)):
        for kind in HOSTILE:
            make_pdf(archive / f"{number:02d}" / f"{kind}{number}.pdf", kind)
    ends = run_mixed(archive, folder / "out")
    bad = {name: end for name, end in ends.items() if not name[0].isdigit()}
    print(f"{files} good files; " + ", ".join(f"{name} {end}" for name, end in sorted(bad.items())))
    for path in list(archive.rglob("*.pdf")):
        if not path.name[0].isdigit():
            path.unlink()
    convert(archive, folder / "quiet")
    faults = differences(folder / "out", folder / "quiet")
    wanted = {"crash": "worker-lost", "exit": "worker-lost", "hang": "silent", "grow": "out-of-memory"}
    return faults + [f"{name}: {end}" for name, end in bad.items() if end != wanted[name[:-5]]]


def fill_disk(folder: Path) -> list[str]:
    """Convert onto a file system of 300 kB, then again when there is room."""
    archive, out = folder / "in", folder / "small"
    make_archive(archive, 20)
    out.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(out)], check=True)
    try:
        with watched(out) as broken:
            first = convert(archive, out)
            subprocess.run(["mount", "-o", "remount,size=9m", str(out)], check=True)
            second = convert(archive, out)
        convert(archive, folder / "quiet")
        faults = [f"not whole: {name}" for name in broken]
        faults += [] if (first, second) == (7, 0) else [f"exit codes {first}, {second}"]
        return faults + (differences(out, folder / "quiet"))
    finally:
        subprocess.run(["umount", str(out)], check=True)


def close_folders(out: Path) -> None:
    """Take the right to write from every folder."""
    for folder in [out, *(path for path in out.rglob("*") if path.is_dir())]:
        folder.chmod(0o555)


def open_folders(out: Path) -> None:
    for folder in [out, *(path for path in out.rglob("*") if path.is_dir())]:
        folder.chmod(0o755)


def remove_folder(out: Path) -> None:
    """Remove OUT while workers write in it."""
    while out.exists() and (out / "ledger.sqlite").exists():
        shutil.rmtree(out, ignore_errors=True)


def bound_by_rights() -> list[str] | None:
    """Give what makes a command keep to the rights of files, which root may pass over; None where nothing does."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    return None if setpriv is None else [setpriv, "--bounding-set=-dac_override,-dac_read_search"]


def spoil_folder(folder: Path, *, files: int) -> list[str]:
    """Make OUT read-only, or remove it, when some outputs are there; then go on when it is as it was."""
    archive, quiet = folder / "in", folder / "quiet"
    make_archive(archive, files)
    convert(archive, quiet, "--jobs", "2", "--to", "json")
    bound = bound_by_rights()
    if bound is None:
        return ["root needs setpriv (util-linux) to see what others see"]
    faults = []
    for name, spoil in (("read-only", close_folders), ("removed", remove_folder)):
        out = folder / name
        words = [*bound, *command(archive, out, "--jobs", "2", "--to", "json", "--log-format", "json")]
        with (
            watched(out) as broken,
            subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process,
        ):
            while process.poll() is None and sum(1 for _ in outputs_in(out)) < SOME:
                time.sleep(0.005)
            spoil(out)
            _, told = process.communicate()
        errors = {event["error"] for line in told.splitlines() if (event := json.loads(line)).get("error")}
        if out.exists():
            open_folders(out)
        again = convert(archive, out, "--jobs", "2", "--to", "json")
        print(f"{name}: exit code {process.returncode}, errors {sorted(errors)}, then {again}")
        if (process.returncode, errors, again) != (7, {"output"}, 0):
            faults.append(f"{name}: exit codes {process.returncode}, {again}, errors {sorted(errors)}")
        faults += [f"not whole: {one}" for one in broken]
        faults += differences(out, quiet)
    return faults


SOME = 5
"""Outputs after which a run is half-way enough to be disturbed."""

ODD_NAMES = (
    "-o.pdf", "--help.pdf", "a b.pdf", " .pdf", "a\nb.pdf", "a\x1b[31m.pdf", "..pdf", "...pdf", "a\\..\\b.pdf", "CON.pdf",
    "ledger.sqlite", "=1+1.pdf", "が.pdf", unicodedata.normalize("NFD", "が.pdf"), "A.PDF", "a.pdf", "ß.pdf", "SS.pdf",
    "é" * 120 + ".pdf", "報" * 83 + ".pdf", "x" * 251 + ".pdf", "\udcff\udcfe.pdf", "*.pdf", "[1].pdf", "~.pdf", "%41.pdf",
)  # fmt: skip


def odd_names(count: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    letters = "aAbBéÉがガ報告１½ﬁß\u0301\u3099 .-_~%$'\"`;&|<>:?*\\\n\t\x7f\u202e\udc80"
    names = {
        "".join(chance.choices(letters, k=chance.randint(1, 40))) + chance.choice((".pdf", ".PDF"))
        for _ in range(count)
    }
    return sorted({*ODD_NAMES, *names} - {".", ".."})


def name_oddly(folder: Path, *, files: int) -> list[str]:
    """Convert one small document under very many names."""
    archive, out = folder / "in", folder / "out"
    make_pdf(folder / "one.pdf", "One")
    archive.mkdir()
    names = odd_names(files)
    for name in names:
        shutil.copy(folder / "one.pdf", archive / name)
    code = convert(archive, out, "--jobs", "2", "--to", "json")
    found = [path for path in out.rglob("*") if path.is_file() and path.suffix == ".json"]
    folded = {unicodedata.normalize("NFC", os.fsdecode(os.fsencode(path.name)).casefold()) for path in found}
    faults = [f"exit code {code}"] if code else []
    faults += [] if len(found) == len(names) else [f"{len(found)} results of {len(names)}"]
    faults += [] if len(folded) == len(found) else [f"{len(found) - len(folded)} collisions"]
    outside = [path for path in folder.rglob("*.json") if out not in path.parents]
    return faults + [f"outside: {path}" for path in outside]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("mixed", "kill", "writes", "disk", "folder", "names"))
    parser.add_argument("--files", type=int)
    parser.add_argument("--times", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hokoku-chaos-") as name:
        folder = Path(name)
        if given.what == "mixed":
            faults = mix(folder, files=given.files or 100)
        elif given.what == "kill":
            faults = kill_at_random(folder, files=given.files or 300, times=given.times or 50)
        elif given.what == "writes":
            faults = kill_at_writes(folder, files=given.files or 6, times=given.times or 100)
        elif given.what == "disk":
            faults = fill_disk(folder)
        elif given.what == "folder":
            faults = spoil_folder(folder, files=given.files or 150)
        else:
            faults = name_oddly(folder, files=given.files or 1000)
    print("\n".join(faults) or "nothing lost, nothing half-written, nothing different")
    return 1 if faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
