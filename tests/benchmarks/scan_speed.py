"""How long does a scanned page take beside RapidOCR alone on the same picture, in the same run?

    python tests/benchmarks/scan_speed.py [--runs 5] [--level 1] [--backend onnxruntime] [--one-core] [--profile] [--memory]

Both are warm: models are loaded before the first measurement. Ours is everything from the PDF to the document, the peer's is its reading
of the page picture, which it is given. They take turns; the ratio is formed pair by pair, and the median is what counts.
``--one-core`` counts the processor time of both on one core instead of seconds, for a machine that has other work. With ``--backend
openvino`` (``pip install "hokoku[openvino]"``) both use it. ``--profile`` prints besides where our processor time goes.
``--memory`` gives instead the peaks of fresh processes that convert a scanned A3 sheet of 300 dpi, one with each engine.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "fixtures")]

from benchmarks.rapidocr_alone import RapidAlone  # noqa: E402
from benchmarks.scans import find_document, make_twin  # noqa: E402
from twins import Twin, scan_pages  # noqa: E402

PAGES = {
    "dense table (packet, page 13)": ("setagaya-2024-07", 13),
    "dense table of 8 pt": ("dense-8pt", 1),
    "prose (packet, page 3)": ("setagaya-2024-07", 3),
    "prose (packet, page 11)": ("setagaya-2024-07", 11),
}
A3 = ("a3-spread", 1)
IN_A_PROCESS = """
import json, resource, sys
from extract import Config, convert
outcome = convert(sys.argv[1], config=Config(**json.loads(sys.argv[2])))
assert outcome.document is not None, outcome.error
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB")
"""
ENGINES = (
    {"ocr": "rapidocr"},
    {"ocr": "tesseract"},
    {"ocr": "rapidocr", "second_reader": "tesseract"},
)
PARTS = {
    "drawing": ("extract.engines.rasters:Rasters.draw",),
    "network": ("extract.engines.networks:_OnnxRuntime.run", "extract.engines.networks:_OpenVino.run"),
    "decoding": ("extract.engines.rapidocr:steps_to_slots", "extract.engines.rapidocr:_are_probabilities"),
    "tone, ink and solids": tuple(
        f"extract.pages.scan.layout:{name}" for name in ("even_tone", "gray_to_ink", "remove_solids")
    ),
    "skew, bend and warp": tuple(
        f"extract.pages.scan.layout:{name}"
        for name in ("find_skew", "straighten", "find_bend", "unbend", "find_warp", "bend_back")
    ),
    "dark panels": tuple(f"extract.pages.scan.layout:{name}" for name in ("has_dark_areas", "invert_panels")),
    "rulings": ("extract.pages.scan.layout:ink_to_rulings",),
    "specks and faint ink": (
        "extract.pages.scan.layout:remove_specks",
        "extract.pages.scan.layout:add_faint",
    ),
    "lines and their pictures": (
        "extract.pages.scan.layout:ink_to_lines",
        "extract.pages.scan.layout:line_to_crop",
    ),
    "characters to words": ("extract.pages.scan.page:choose_slots", "extract.pages.scan.page:read_again"),
}
"""Parts of a page's time with the functions that they are spent in; none of them calls another."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--level", type=int, default=1)
    parser.add_argument("--backend", choices=("onnxruntime", "openvino"), default="onnxruntime")
    parser.add_argument("--one-core", action="store_true", help="processor time on one core")
    parser.add_argument("--profile", action="store_true", help="print where our time goes on each page")
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    if options.memory:
        measure_memory(options.level)
        return
    if options.one_core:  # before any of the libraries counts the cores
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    peer = RapidAlone(options.backend)
    print(f"{len(os.sched_getaffinity(0))} cores, level {options.level}, peer with {options.backend}")
    for title, (name, page) in PAGES.items():
        measure(title, name, page, peer, options)


def measure(title: str, name: str, page: int, peer: RapidAlone, options: argparse.Namespace) -> None:
    from extract import convert  # noqa: PLC0415 (after the options were read)

    source, _ = find_document(name)
    twin = Twin(level=options.level)
    path = make_twin(source, twin, [page])
    (scan,) = scan_pages(source, twin, pages=[page])
    clock = time.process_time if options.one_core else time.perf_counter
    pairs = []
    for run in range(options.runs + 1):
        start = clock()
        outcome = convert(path)
        middle = clock()
        peer.read(scan.sheet.picture)
        if run:  # the first warms both
            pairs.append((middle - start, clock() - middle))
    if outcome.document is None or outcome.document.source.pages[0].origin != "ocr":
        raise SystemExit(f"{path} was not read by OCR: {outcome.error}")
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    print(
        f"{title}: ours {ours:.2f} s, RapidOCR alone {theirs:.2f} s; "
        f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})",
        flush=True,
    )
    if options.profile:
        print_parts(lambda: convert(path), options.runs)


def print_parts(work: Callable[[], object], runs: int) -> None:
    """Print the processor seconds of each part of the work, the mean of so many runs."""
    spent = dict.fromkeys(PARTS, 0.0)

    def timed(part: str, function: Callable) -> Callable:
        def run(*given: object, **named: object) -> object:
            start = time.process_time()
            try:
                return function(*given, **named)
            finally:
                spent[part] += time.process_time() - start

        return run

    with ExitStack() as stack:
        for part, places in PARTS.items():
            for place in places:
                module, _, name = place.partition(":")
                owner = import_module(module)
                *path, last = name.split(".")
                for step in path:
                    owner = getattr(owner, step)
                stack.enter_context(mock.patch.object(owner, last, timed(part, getattr(owner, last))))
        start = time.process_time()
        for _ in range(runs):
            work()
        whole = (time.process_time() - start) / runs
    for part, seconds in (
        *spent.items(),
        ("the rest, with the later stages", whole * runs - sum(spent.values())),
    ):
        print(f"    {part:32} {seconds / runs:6.3f} s {seconds / runs / whole:5.0%}", flush=True)


def measure_memory(level: int) -> None:
    name, page = A3
    source, _ = find_document(name)
    path = make_twin(source, Twin(level=level), [page])
    for engine in ENGINES:
        command = [sys.executable, "-c", IN_A_PROCESS, str(path), json.dumps(engine)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        print(f"A3 at level {level}, {engine}: peak {run.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
