"""What verification does to the numbers of scans: right before and after, silent errors, and what was changed.

    python tests/benchmarks/repaired_scans.py [NAME | FILE.pdf ...] [--levels 1-3] [--pages 1-3] [--show]

Documents, truths and twins are those of ``scans.py``. A number is right where the truth has the same value at its place on the
paper. Silent: wrong and not sent to review. Mended, spoiled: wrong made right, right made wrong by arithmetic. Shown: wrong
before, not silent only thanks to arithmetic.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "fixtures")]

from benchmarks.scan_scores import Truth, find_truth  # noqa: E402
from benchmarks.scans import find_document, make_twin, page_count, read_born_digital  # noqa: E402
from twins import Twin, text_to_pages  # noqa: E402

from extract import convert  # noqa: E402
from extract.document import Cell, Document  # noqa: E402
from extract.verification import verify_document  # noqa: E402


@dataclass
class Counts:
    """Numbers of a scan that stand where the truth has one."""

    numbers: int = 0
    right_before: int = 0
    right_after: int = 0
    silent_before: int = 0
    silent_after: int = 0
    mended: int = 0
    spoiled: int = 0
    shown: int = 0
    verified_wrong: int = 0


def read_unverified(scan: Path) -> Document:
    """Convert a scan up to the stage before verification."""
    with mock.patch("extract.flow.verify_document", lambda document, **_: document):
        outcome = convert(scan)
    if outcome.document is None:
        raise SystemExit(f"{scan}: {outcome.error}")
    return outcome.document


def printed_values(truth: Truth) -> dict[int, list[tuple[tuple[float, ...], object]]]:
    """Give for each page the boxes of its numbers with their values."""
    found: dict[int, list[tuple[tuple[float, ...], object]]] = {}
    for number, table in enumerate(truth.tables):
        for cell in table["cells"]:
            spot = truth.places.get((number, cell["row"], cell["column"]))
            if spot and cell["kind"] == "number" and cell["role"] == "body":
                found.setdefault(spot[0], []).append((spot[1], cell["value"]))
    return found


def numbers_with_truth(document: Document, truth: Truth) -> Iterator[tuple[Cell, object]]:
    """Give each number of a converted scan with the value that the paper has there."""
    printed = printed_values(truth)
    for table in document.tables:
        for cell in table.cells:
            if cell.kind != "number" or cell.role != "body":
                continue
            left, top, right, bottom = cell.evidence.box
            x, y = (left + right) / 2, (top + bottom) / 2
            for box, value in printed.get(cell.evidence.page, ()):
                if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                    yield cell, value
                    break


def compare(before: Document, truth: Truth, *, show: bool) -> Counts:
    """Verify a document and count what that changed."""
    after = {cell.id: cell for table in verify_document(before, language="en").tables for cell in table.cells}
    counts = Counts()
    for cell, value in numbers_with_truth(before, truth):
        judged = after[cell.id]
        was, is_right = cell.value == value, judged.value == value
        counts.numbers += 1
        counts.right_before += was
        counts.right_after += is_right
        counts.silent_before += not was and not cell.needs_review
        counts.silent_after += not is_right and not judged.needs_review
        counts.mended += is_right and not was
        counts.spoiled += was and not is_right
        counts.shown += not was and not cell.needs_review and judged.needs_review
        counts.verified_wrong += not is_right and judged.status == "verified"
        if show and (not was or not is_right):
            readings = [(one.text, one.probability) for one in cell.evidence.readings]
            print(
                f"    page {cell.evidence.page} {cell.id}: paper {value}, read {cell.raw!r} = {cell.value}, "
                f"after {judged.value} {judged.status}{' review' if judged.needs_review else ' SILENT'} "
                f"({cell.evidence.confidence}, {readings})"
            )
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="*", default=["setagaya-2024-07"])
    parser.add_argument("--levels", type=text_to_pages, default=[1, 2, 3], help="such as 1,3-4")
    parser.add_argument("--pages", type=text_to_pages, help="such as 13-16")
    parser.add_argument("--show", action="store_true", help="print each number that was or is wrong")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    for name in options.documents:
        source, own = find_document(name)
        pages = options.pages or list(range(1, page_count(source) + 1))
        truth = find_truth(own, read_born_digital(source, pages if own is None else None), pages)
        for level in options.levels:
            before = read_unverified(make_twin(source, Twin(level=level), pages))
            counts = compare(before, truth, show=options.show)
            print(
                f"{source.stem} level {level}, {len(pages)} pages: {counts.numbers} numbers, "
                f"right {counts.right_before} -> {counts.right_after}, "
                f"silent {counts.silent_before} -> {counts.silent_after}, mended {counts.mended}, "
                f"spoiled {counts.spoiled}, shown {counts.shown}, wrong but verified {counts.verified_wrong}",
                flush=True,
            )


if __name__ == "__main__":
    main()
