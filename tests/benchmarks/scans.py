"""How right the conversion of scans is, level by level, beside its peers on the same pages in the same run.

    python tests/benchmarks/scans.py [NAME | FILE.pdf ...] [--levels 0-4] [--pages 1-3] [--diff] [--csv]
        [--peer rapidocr] [--peer img2table] [--no-peer]

A name is a folder of ``fixtures/``, whose ``truth.json`` is the truth (the packet when nothing is named). For another PDF it is the JSON
of its name beside it (``fixtures/inventing.py`` writes such), or else its own born-digital conversion. Twins are kept in ``out/twins``. The seconds are of a warm process, everything from the file to the
document; those of a peer are of its reading of the page pictures alone. The peer is RapidOCR by itself unless others are named.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "fixtures")]

import json  # noqa: E402

from benchmarks.accuracy import FIXTURES, find_pdf, read_found, read_truth  # noqa: E402
from benchmarks.img2table_alone import Img2TableAlone  # noqa: E402
from benchmarks.rapidocr_alone import Peer, PeerTally, RapidAlone, peer_tally, peer_words  # noqa: E402
from benchmarks.scan_scores import Tally, Truth, find_truth, prose_differences, read_json, tally  # noqa: E402
from scan_pdf import write_scan  # noqa: E402
from twins import Scan, Twin, scan_pages, text_to_dpi, text_to_pages  # noqa: E402

TWINS = ROOT / "out" / "twins"
HEADS = (
    *("level", "cells", "numbers", "placed", "facts F1", "silent", "on paper", "lost", "lost silent"),
    *("reviewed", "CER", "s/page"),
)
PEER_HEADS = ("cells", "numbers", "CER", "s/page")


def find_document(name: str) -> tuple[Path, dict | None]:
    """Give the PDF and its truth, if it has one of its own."""
    folder = FIXTURES / name
    if (folder / "truth.json").is_file():
        return find_pdf(folder), read_truth(folder)
    path = Path(name)
    if not path.is_file():
        raise SystemExit(f"neither a fixture nor a file: {name}")
    beside = path.with_suffix(".json")
    return path, read_json(beside) if beside.is_file() else None


def read_born_digital(source: Path, pages: Sequence[int] | None) -> dict:
    """Give the JSON of the document or of some pages: where it is the truth itself, a table must end where the scan does."""
    from extract import Config, convert  # noqa: PLC0415 (as accuracy does)
    from extract.writers import document_to_json  # noqa: PLC0415

    chosen = None if pages is None else tuple((page, page) for page in pages)
    outcome = convert(source, config=Config(pages=chosen))
    if outcome.document is None:
        raise SystemExit(f"{source}: {outcome.error}")
    return json.loads(document_to_json(outcome.document))


def page_count(path: Path) -> int:
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def twin_path(source: Path, twin: Twin, pages: Sequence[int]) -> Path:
    """Name the twin by all that makes it, so that a kept one is never stale."""
    makers = b"".join((ROOT / "fixtures" / f"{n}.py").read_bytes() for n in ("paper", "stationery", "twins"))
    made_of = (source.read_bytes(), makers, json.dumps([asdict(twin), list(pages)]).encode())
    key = hashlib.sha256(b"".join(made_of)).hexdigest()[:10]
    return TWINS / f"{source.stem}-level{twin.level}-{key}.pdf"


def make_twin(source: Path, twin: Twin, pages: Sequence[int]) -> Path:
    path = twin_path(source, twin, pages)
    if not path.exists():
        write_scan((scan.sheet for scan in scan_pages(source, twin, pages=pages)), path)
    return path


def measure_ours(truth: Truth, scan: Path) -> Tally:
    start = time.perf_counter()
    found = read_found(scan)
    return tally(truth, found, seconds=(time.perf_counter() - start) / truth.pages)


def measure_peer(peer: Peer, truth: Truth, scans: Sequence[Scan], pages: Sequence[int]) -> PeerTally:
    number = {page: index for index, page in enumerate(pages, start=1)}
    words, seconds = [], 0.0
    for scan in scans:
        places = {number[page]: matrix for page, matrix in scan.places.items()}
        found, taken = peer_words(peer, scan.sheet.picture, places)
        words += found
        seconds += taken
    return peer_tally(truth, words, seconds=seconds / truth.pages)


def row(level: int, ours: Tally, peers: Sequence[PeerTally]) -> list[str]:
    letters = max(1, ours.letters)
    cells = [
        str(level),
        f"{ours.cells.f1:.4f}",
        f"{ours.numbers.right}/{ours.numbers.wanted}",
        f"{ours.placed.right}/{ours.placed.wanted}",
        f"{ours.facts.f1:.4f}",
        str(ours.silent),
        str(ours.silent_on_paper),
        str(ours.lost),
        str(ours.lost_silent),
        f"{ours.reviewed.right}/{ours.reviewed.wanted}",
        f"{ours.letters_wrong / letters:.4f}",
        f"{ours.seconds:.2f}",
    ]
    for peer in peers:
        cells += [
            f"{peer.cells.recall:.4f}",
            f"{peer.numbers.right}/{peer.numbers.wanted}",
            f"{peer.letters_wrong / letters:.4f}",
            f"{peer.seconds:.2f}",
        ]
    return cells


def heads_of(peers: Sequence[Peer]) -> list[str]:
    return [*HEADS, *(f"{peer.name} {head}" for peer in peers for head in PEER_HEADS)]


def print_row(cells: Sequence[str], heads: Sequence[str]) -> None:
    print("  ".join(f"{cell:>{len(head)}}" for cell, head in zip(cells, heads, strict=True)), flush=True)


def print_differences(truth: Truth, ours: Tally) -> None:
    for failure in (*ours.failures, *prose_differences(truth.prose, ours.prose)):
        print(f"    {failure}")


def measure(name: str, options: argparse.Namespace, peers: Sequence[Peer]) -> None:
    source, own = find_document(name)
    pages = options.pages or list(range(1, page_count(source) + 1))
    truth = find_truth(own, read_born_digital(source, pages if own is None else None), pages)
    lines = csv.writer(sys.stdout)
    if not options.csv:
        print(
            f"\n{name}: {len(pages)} pages, {len(truth.tables)} tables, {len(truth.prose)} letters of prose"
        )
        print_row(heads_of(peers), heads_of(peers))
    for level in options.levels:
        twin = Twin(
            level=level, seed=options.seed, dpi=options.dpi, rotate=options.rotate, seals=options.seals
        )
        ours = measure_ours(truth, make_twin(source, twin, pages))
        theirs = [
            measure_peer(peer, truth, list(scan_pages(source, twin, pages=pages)), pages) for peer in peers
        ]
        if options.csv:
            lines.writerow((name, *row(level, ours, theirs)))
            continue
        print_row(row(level, ours, theirs), heads_of(peers))
        if options.diff:
            print_differences(truth, ours)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="*", default=["setagaya-2024-07"])
    parser.add_argument("--levels", type=text_to_pages, default=[0, 1, 2, 3, 4], help="such as 1,3-4")
    parser.add_argument("--pages", type=text_to_pages, help="such as 13-16")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dpi", type=text_to_dpi, help="of the scan, such as 200 or 204x196")
    parser.add_argument("--rotate", type=int, choices=(0, 90, 180, 270), default=0)
    parser.add_argument("--seals", action="store_true")
    parser.add_argument(
        "--diff", action="store_true", help="print each cell and stretch of prose that differs"
    )
    parser.add_argument("--peer", action="append", choices=("rapidocr", "img2table"))
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--csv", action="store_true", help="print the figures as CSV")
    parser.add_argument("--backend", choices=("onnxruntime", "openvino"), default="onnxruntime")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    named = [] if options.no_peer else options.peer or ["rapidocr"]
    peers = [RapidAlone(options.backend) if name == "rapidocr" else Img2TableAlone() for name in named]
    if options.csv:
        csv.writer(sys.stdout).writerow(("document", *heads_of(peers)))
    for name in options.documents:
        measure(name, options, peers)
    if options.csv:
        return
    print(
        "\ncells: F1 of exact cells; numbers: right in row and column; placed: right on the paper; silent: numbers wrong in"
        "\ntheir row and column without review, on paper: of these, those that the paper does not have at that place; lost: numbers that are none in our reading; reviewed: right numbers sent to review; CER over prose, folded."
    )


if __name__ == "__main__":
    main()
