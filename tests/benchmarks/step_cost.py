"""What the proof of totals and the entities cost: their CPU time beside that of the rest of a born-digital conversion.

    python tests/benchmarks/step_cost.py [FILE.pdf | FILE.pdf:30-89 ...] [--runs 9]

The packet is taken when nothing is named. Everything runs in one warm process, spaCy loaded before; the least time of each
step over the runs counts. ``rest`` is all from the file to the document without the step, ``all`` that and JSON and workbook;
the shares are of the step in each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

import extract.flow  # noqa: E402
import extract.tree  # noqa: E402
from extract import Config, convert  # noqa: E402
from extract.document import Document  # noqa: E402
from extract.writers import write_document  # noqa: E402

PACKET = ROOT / "fixtures" / "setagaya-2024-07" / "packet.pdf"
FORMATS = ("json", "xlsx")
STEPS = {"proof": (extract.flow, "verify_document"), "entities": (extract.tree, "find_entities")}


class Clock:
    """The CPU seconds spent in each step since it was last read."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STEPS, 0.0)

    def watch(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            start = time.process_time()
            result = step(*args, **options)
            self.spent[name] += time.process_time() - start
            return result

        return timed


def read(path: Path, config: Config) -> tuple[Document, float, dict[str, float]]:
    """Give the document, the seconds it took, and those of each step."""
    clock = Clock()
    start = time.process_time()
    with (
        mock.patch.multiple(extract.flow, verify_document=clock.watch("proof", getattr(*STEPS["proof"]))),
        mock.patch.multiple(extract.tree, find_entities=clock.watch("entities", getattr(*STEPS["entities"]))),
    ):
        outcome = convert(path, config=config)
    if outcome.document is None:
        raise SystemExit(f"{path}: {outcome.error}")
    return outcome.document, time.process_time() - start, clock.spent


def write(document: Document, base: Path) -> float:
    start = time.process_time()
    write_document(document, base, formats=FORMATS, language="ja")
    return time.process_time() - start


def measure(path: Path, pages: tuple[tuple[int, int], ...] | None, runs: int) -> None:
    config = Config(ocr="none", pages=pages)
    read(path, config)
    times, writing = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            document, whole, spent = read(path, config)
            times.append((whole, spent))
            writing.append(write(document, Path(folder) / path.name))
    print(f"{path.name:34}", end="")
    for step in STEPS:
        cost = min(spent[step] for _, spent in times)
        rest = min(whole - spent[step] for whole, spent in times)
        print(f" {rest:9.3f} {cost:9.4f} {cost / rest:9.1%} {cost / (rest + min(writing)):9.1%}", end="")
    print(flush=True)


def text_to_job(text: str) -> tuple[Path, tuple[tuple[int, int], ...] | None]:
    name, _, pages = text.partition(":")
    if not pages:
        return Path(name), None
    first, _, last = pages.partition("-")
    return Path(name), ((int(first), int(last or first)),)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=text_to_job, default=[(PACKET, None)])
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    print(" " * 34 + "".join(f" {'rest':>9} {step:>9} {'of rest':>9} {'of all':>9}" for step in STEPS))
    for path, pages in options.files:
        measure(path, pages, options.runs)


if __name__ == "__main__":
    main()
