"""What the proof of totals costs: its CPU time beside that of reading a born-digital document, and of its whole conversion.

    python tests/benchmarks/proof_cost.py [FILE.pdf | FILE.pdf:30-89 ...] [--runs 5]

The packet is taken when nothing is named. Everything runs in one warm process; the least of the runs counts. ``read`` is all
from the file to the document without the proof, ``written`` that and JSON and workbook; the shares are of the proof in each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from extract import Config, convert  # noqa: E402
from extract.document import Document  # noqa: E402
from extract.verification import verify_document  # noqa: E402
from extract.writers import write_document  # noqa: E402

PACKET = ROOT / "fixtures" / "setagaya-2024-07" / "packet.pdf"
FORMATS = ("json", "xlsx")


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def read_unproved(path: Path, config: Config) -> Document:
    """Give the document as it goes into the proof."""
    with mock.patch("extract.flow.verify_document", lambda document, *, language: document):  # noqa: ARG005
        outcome = convert(path, config=config)
    if outcome.document is None:
        raise SystemExit(f"{path}: {outcome.error}")
    return outcome.document


def measure(path: Path, pages: tuple[tuple[int, int], ...] | None, runs: int) -> None:
    config = Config(ocr="none", pages=pages)
    document = read_unproved(path, config)
    proved = verify_document(document, language="ja")
    read, proof, written = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            read.append(seconds(lambda: read_unproved(path, config)))
            proof.append(seconds(lambda: verify_document(document, language="ja")))
            base = Path(folder) / path.name
            written.append(
                seconds(lambda base=base: write_document(proved, base, formats=FORMATS, language="ja"))
            )
    cost, reading = min(proof), min(read)
    whole = reading + min(written)
    figures = f"{reading:8.3f} {whole:8.3f} {cost:8.4f} {cost / reading:8.1%} {cost / whole:8.1%}"
    print(f"{path.name:34} {sum(len(table.checks) for table in proved.tables):7} {figures}", flush=True)


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
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    heads = ("checks", "read", "written", "proof", "of read", "of all")
    print(f"{'':34} {heads[0]:>7} " + " ".join(f"{head:>8}" for head in heads[1:]))
    for path, pages in options.files:
        measure(path, pages, options.runs)


if __name__ == "__main__":
    main()
