"""How long does a conversion to JSON take beside bare pdfplumber, in the same run?

    python tests/benchmarks/speed.py FILE.pdf [--pages 1-60] [--runs 5]

Each measurement is a fresh process, start included, ours and the peer's in turn; the ratio is formed pair by pair and the
median is what counts. The peer calls ``extract_text`` and ``extract_tables`` on the same pages and closes each.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time

OURS = """
import sys
from pathlib import Path
from extract import Config, convert
from extract.writers import document_to_json
first, last = int(sys.argv[2]), int(sys.argv[3])
outcome = convert(Path(sys.argv[1]), config=Config(formats=("json",), pages=((first, last),) if last else None))
assert outcome.document is not None, outcome.error
assert document_to_json(outcome.document)
"""

PEER = """
import sys
import pdfplumber
first, last = int(sys.argv[2]), int(sys.argv[3])
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages[first - 1 : last or None]:
        page.extract_text()
        page.extract_tables()
        page.close()
"""


def seconds(code: str, arguments: list[str]) -> float:
    """Give the wall time of a fresh process that runs the code."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file")
    parser.add_argument("--pages", default="1-0", help="first-last")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    first, last = options.pages.split("-")
    arguments = [options.file, first, last]
    seconds(OURS, arguments)
    seconds(PEER, arguments)
    pairs = [(seconds(OURS, arguments), seconds(PEER, arguments)) for _ in range(options.runs)]
    ours, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    print(
        f"ours {ours:.2f} s, bare pdfplumber {peer:.2f} s; ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process {peak:.0f} MB")


if __name__ == "__main__":
    main()
