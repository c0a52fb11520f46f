"""How many numbers of a real text layer are read when its pages are rasterised and the text layer is gone.

    python tests/benchmarks/rasterised.py [FILE.pdf ...] [--pages 5-9] [--count 20] [--first 1] [--dpi 300] [--diff]

Without files: three budget books of ``../shared/real``. ``--count`` takes so many pages with numbers in tables, evenly spread; another
``--first`` page gives other pages. The truth is what the same software reads from the text layer.

``numbers`` are the cells in the bodies of tables that are numbers. ``exact`` compares them as a multiset, ``placed`` those that stand at
their place on the paper; ``silent`` counts read numbers that the text layer does not have at their place and that nobody is asked to
look at; ``reviewed`` the right ones sent to review. ``figures`` are all numbers of the page, in whatever text of tables, headings and
lines, whether that is a cell of its own or not; ``read`` compares them as a multiset: it asks the recogniser alone, not the structure.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "fixtures")]

from twins import Twin, text_to_pages, write_twin  # noqa: E402

REAL = ROOT.parent / "shared" / "real"
NAMES = ("setagaya_r8_budget.pdf", "nankoku_r8_benkyokai.pdf", "nankoku_r7_hosei_yosan.pdf")
LOOKED_AT = 3  # times as many pages as wanted are looked at for numbers
LEAST_NUMBERS = 10  # a page with fewer numbers in its tables tells little
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
COUNTED = ("wanted", "exact", "placed", "silent", "reviewed", "figures", "read")


@dataclass
class Count:
    """What a page, or all of them, came to."""

    wanted: int = 0
    exact: int = 0
    placed: int = 0
    silent: int = 0
    reviewed: int = 0
    figures: int = 0
    read: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def convert_pages(path: Path, pages: Sequence[int]) -> dict:
    """Give the JSON of some pages of a document."""
    from extract import Config, convert  # noqa: PLC0415 (as accuracy does)
    from extract.writers import document_to_json  # noqa: PLC0415

    outcome = convert(path, config=Config(pages=tuple((page, page) for page in pages)))
    if outcome.document is None:
        raise SystemExit(f"{path}: {outcome.error}")
    return json.loads(document_to_json(outcome.document))


def numbers_of(document: dict) -> dict[int, list[tuple[tuple[float, ...], object, bool]]]:
    """Give the numbers in the bodies of tables by page: box, value and whether a person should look."""
    found: dict[int, list[tuple[tuple[float, ...], object, bool]]] = {}
    for table in document["tables"]:
        for cell in table["cells"]:
            if cell["kind"] == "number" and cell["role"] == "body":
                place = cell["evidence"]
                found.setdefault(place["page"], []).append(
                    (tuple(place["box"]), cell["value"], cell["needs_review"])
                )
    return found


def compare(wanted: Sequence[tuple], found: Sequence[tuple], number: int) -> Count:
    """Compare the numbers of a page. A number stands at its place where the found cell holds the middle of the printed one."""
    count = Count(wanted=len(wanted))
    values = Counter(value for _, value, _ in wanted) & Counter(value for _, value, _ in found)
    count.exact = values.total()
    right: set[int] = set()
    for box, value, _ in wanted:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        here = [i for i, (b, _, _) in enumerate(found) if b[0] <= x <= b[2] and b[1] <= y <= b[3]]
        same = [i for i in here if found[i][1] == value and i not in right]
        if same:
            right.add(same[0])
            count.placed += 1
            count.reviewed += found[same[0]][2]
        else:
            read = [found[i][1] for i in here]
            count.failures.append(f"page {number} {[round(v) for v in box]}: wanted {value}, got {read}")
    count.silent = sum(i not in right and not review for i, (_, _, review) in enumerate(found))
    return count


def figures_of(document: dict) -> Counter[str]:
    """Give all numbers that are printed on the pages of a document, in tables and outside, without their signs and units."""
    texts = [cell["text"] for table in document["tables"] for cell in table["cells"]]
    texts += [running["raw"] for page in document["source"]["pages"] for running in page["running"]]
    sections = [section for report in document["reports"] for section in report["sections"]]
    while sections:
        section = sections.pop()
        sections += section["sections"]
        texts += [section["raw"] or "", *(block["text"] for block in section["content"])]
    return Counter(
        figure for text in texts for figure in FIGURES.findall(unicodedata.normalize("NFKC", text))
    )


def compare_figures(count: Count, wanted: Counter[str], found: Counter[str], number: int) -> None:
    """Add to the count of a page how many of its printed numbers were read."""
    count.figures, count.read = wanted.total(), (wanted & found).total()
    if wanted != found:
        count.failures.append(f"page {number}: not read {dict(wanted - found)}, read {dict(found - wanted)}")


def choose_pages(path: Path, pages: Sequence[int] | None, wanted: int, first: int) -> list[int]:
    """Give the pages that were named, or some with numbers in tables, evenly spread."""
    import pypdfium2  # noqa: PLC0415

    if pages:
        return list(pages)
    with pypdfium2.PdfDocument(path) as pdf:
        total = len(pdf)
    step = max(1, total // (LOOKED_AT * wanted))
    looked_at = list(range(first, total + 1, step))
    numbers = numbers_of(convert_pages(path, looked_at))
    full = [page for page in looked_at if len(numbers.get(page, ())) >= LEAST_NUMBERS]
    return full[:: max(1, len(full) // wanted)][:wanted]


def measure(path: Path, pages: Sequence[int], dpi: float) -> Iterator[tuple[int, Count]]:
    """Give each page with its count; every page is converted alone, on both sides."""
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            scan = Path(folder) / f"{path.stem}-{page}.pdf"
            write_twin(path, scan, Twin(level=0, dpi=(dpi, dpi)), pages=[page])
            wanted, found = convert_pages(path, [page]), convert_pages(scan, [1])
            count = compare(numbers_of(wanted).get(page, []), numbers_of(found).get(1, []), page)
            compare_figures(count, figures_of(wanted), figures_of(found), page)
            yield page, count


def print_count(name: str, count: Count) -> None:
    total = max(1, count.wanted)
    print(
        f"{name:>34} {count.wanted:7} {count.exact / total:8.4f} {count.placed / total:8.4f} "
        f"{count.silent:7} {count.reviewed / max(1, count.placed):9.4f} {count.figures:7} "
        f"{count.read / max(1, count.figures):7.4f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=text_to_pages, help="such as 5-9,12")
    parser.add_argument("--count", type=int, default=20, help="pages a file where none are named")
    parser.add_argument("--first", type=int, default=1, help="the first page looked at")
    parser.add_argument("--dpi", type=float, default=300)
    parser.add_argument("--diff", action="store_true", help="print each number that differs")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    heads = ("numbers", " exact", " placed", "silent", " reviewed", "figures", "read")
    print(
        f"{'page':>34} {heads[0]:>7} {heads[1]:>8} {heads[2]:>8} {heads[3]:>7} {heads[4]:>9} {heads[5]:>7} {heads[6]:>7}"
    )
    whole = Count()
    for path in options.files or [REAL / name for name in NAMES]:
        if not path.is_file():
            raise SystemExit(f"no such file: {path}")
        part = Count()
        pages = choose_pages(path, options.pages, options.count, options.first)
        for page, count in measure(path, pages, options.dpi):
            part.add(count)
            print_count(f"{path.stem} p.{page}", count)
            if options.diff:
                print("\n".join(f"    {failure}" for failure in count.failures))
        print_count(f"{path.stem}, all", part)
        whole.add(part)
    print_count(f"all, {options.dpi:.0f} dpi", whole)


if __name__ == "__main__":
    main()
