"""How right the conversion of the fixtures is: ``python tests/benchmarks/accuracy.py [--diff] [--csv] [NAME...]``.

Every folder of ``fixtures/`` with a ``truth.json`` is converted and compared cell by cell and fact by fact, beside pdfplumber's
``extract_tables`` as a peer. Scores are counts of exact matches: a score over edit distance hides a lost digit.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parents[2] / "fixtures"
SAME_TABLE = 0.2  # share of equal cell texts from which a found table is taken for a true one


class Share(NamedTuple):
    """Exact matches: how many of those found and of those wanted were right."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


@dataclass
class Score:
    """What one document came to. ``wrong_unseen`` are numbers that are wrong and not marked for review."""

    name: str
    tables: Share
    cells: Share
    numbers: Share
    meanings: Share
    facts: Share
    settings: Share
    reports: Share
    captions: Share
    wrong_unseen: int
    peer_tables: Share
    peer_cells: Share
    differences: list[str] = field(default_factory=list)


def fixture_folders() -> list[Path]:
    return sorted(path.parent for path in FIXTURES.glob("*/truth.json"))


def find_pdf(folder: Path) -> Path:
    """Give the one document of a folder; a scan of it may stand beside it."""
    (path,) = (path for path in folder.glob("*.pdf") if not path.stem.endswith("-scan"))
    return path


def read_truth(folder: Path) -> dict:
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def read_found(path: Path) -> dict:
    """Convert and give the document as the dictionary of its JSON; one without tables where conversion failed."""
    from extract import convert  # noqa: PLC0415 (the truth can be read where the package is not installed)
    from extract.writers import document_to_json  # noqa: PLC0415

    outcome = convert(path)
    if outcome.document is None:
        return {"reports": [], "tables": [], "facts": [], "error": str(outcome.error)}
    return json.loads(document_to_json(outcome.document))


def score_document(folder: Path) -> Score:
    path = find_pdf(folder)
    return score_found(folder.name, read_truth(folder), read_found(path), read_peer(path))


def score_found(name: str, truth: dict, found: dict, peer: Sequence[dict]) -> Score:
    """Compare a converted document (the dictionary of its JSON) and a peer's tables with the truth."""
    pairs = match_tables(truth["tables"], found["tables"])
    peer_pairs = match_tables(truth["tables"], peer)
    differences = table_differences(truth, found, pairs)
    facts = fact_keys(truth, found, pairs)
    differences += [f"fact wanted: {describe_fact(truth, key)}" for key in (facts[0] - facts[1]).elements()]
    differences += [f"fact wrong:  {describe_fact(truth, key)}" for key in (facts[1] - facts[0]).elements()]
    settings = ("unit", "as_of", "pages", "header_rows", "header_columns")
    return Score(
        name=name,
        tables=Share(len(pairs), len(found["tables"]), len(truth["tables"])),
        cells=share(cell_keys, truth["tables"], found["tables"], pairs),
        numbers=share(number_keys, truth["tables"], found["tables"], pairs),
        meanings=share(meaning_keys, truth["tables"], found["tables"], pairs),
        facts=common(*facts),
        settings=compare(truth, found, pairs, settings, differences),
        captions=compare(truth, found, pairs, ("caption",), differences),
        reports=compare_reports(truth, found, differences),
        wrong_unseen=count_wrong_unseen(truth, found, pairs),
        peer_tables=Share(len(peer_pairs), len(peer), len(truth["tables"])),
        peer_cells=share(peer_keys, truth["tables"], peer, peer_pairs),
        differences=differences,
    )


def table_differences(truth: dict, found: dict, pairs: dict[int, int]) -> list[str]:
    differences = [f"conversion failed: {found['error']}"] if "error" in found else []
    differences += [
        f"{label(truth, number)}: not found" for number in range(len(truth["tables"])) if number not in pairs
    ]
    differences += [
        f"page {table['pages'][0]}: a table that is none: {first_texts(table)}"
        for number, table in enumerate(found["tables"])
        if number not in pairs.values()
    ]
    return differences + cell_differences(truth, found, pairs)


def common(wanted: Counter, found: Counter) -> Share:
    return Share((wanted & found).total(), found.total(), wanted.total())


def share(
    keys: Callable[[Sequence[dict], Iterable[int | None]], Counter],
    wanted: Sequence[dict],
    found: Sequence[dict],
    pairs: dict[int, int],
) -> Share:
    return common(keys(wanted, range(len(wanted))), keys(found, inverse(pairs, found)))


def match_tables(wanted: Sequence[dict], found: Sequence[dict]) -> dict[int, int]:
    """Pair true tables with found ones on the same pages by the share of equal texts, best first."""
    texts_wanted = [Counter(normalise(cell["text"]) for cell in table["cells"]) for table in wanted]
    texts_found = [Counter(normalise(cell["text"]) for cell in table["cells"]) for table in found]
    candidates = []
    for a, table in enumerate(wanted):
        for b, other in enumerate(found):
            if table["pages"][0] <= other["pages"][1] and other["pages"][0] <= table["pages"][1]:
                both = (texts_wanted[a] & texts_found[b]).total()
                alike = both / max(1, (texts_wanted[a] | texts_found[b]).total())
                candidates.append((-alike, abs(a - b), a, b))
    pairs: dict[int, int] = {}
    for alike, _, a, b in sorted(candidates):
        if -alike >= SAME_TABLE and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def normalise(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def inverse(pairs: dict[int, int], found: Sequence[dict]) -> list[int | None]:
    """Give for each found table the true one it stands for, or None."""
    back = {b: a for a, b in pairs.items()}
    return [back.get(index) for index in range(len(found))]


def place(cell: dict) -> tuple[int, int, int, int]:
    return (cell["row"], cell["column"], cell["row_span"], cell["column_span"])


def each_cell(tables: Sequence[dict], names: Iterable[int | None]) -> Iterator[tuple[object, dict]]:
    for index, (table, name) in enumerate(zip(tables, names, strict=True)):
        for cell in table["cells"]:
            yield (name if name is not None else ("none", index)), cell


def cell_keys(tables: Sequence[dict], names: Iterable[int | None]) -> Counter:
    return Counter((name, *place(cell), cell["text"]) for name, cell in each_cell(tables, names))


def number_keys(tables: Sequence[dict], names: Iterable[int | None]) -> Counter:
    return Counter(
        (name, cell["row"], cell["column"], cell["value"], cell["unit"])
        for name, cell in each_cell(tables, names)
        if cell["kind"] == "number" and cell["role"] == "body"
    )


def meaning_keys(tables: Sequence[dict], names: Iterable[int | None]) -> Counter:
    return Counter(
        (name, cell["row"], cell["column"], *meaning(cell)) for name, cell in each_cell(tables, names)
    )


def meaning(cell: dict) -> tuple:
    """Give role, kind and what the cell says; the contract says nothing of the value of a period or a time."""
    value = cell["value"] if cell["kind"] in {"number", "date"} else None
    return (cell["role"], cell["kind"], value, cell["unit"], cell["missing"])


def peer_keys(tables: Sequence[dict], names: Iterable[int | None]) -> Counter:
    return Counter(
        (name, cell["row"], cell["column"], normalise(cell["text"]))
        for name, cell in each_cell(tables, names)
    )


def fact_keys(truth: dict, found: dict, pairs: dict[int, int]) -> tuple[Counter, Counter]:
    names = inverse(pairs, found["tables"])
    index = {table["id"]: names[number] for number, table in enumerate(found["tables"])}
    wanted = Counter(fact_key(fact, fact["table"]) for fact in truth["facts"])
    return wanted, Counter(fact_key(fact, index.get(fact["table"])) for fact in found["facts"])


def fact_key(fact: dict, table: int | None) -> tuple:
    return (table, tuple(fact["row_path"]), tuple(fact["column_path"]), fact["value"], fact["unit"])


def count_wrong_unseen(truth: dict, found: dict, pairs: dict[int, int]) -> int:
    right = number_keys(truth["tables"], range(len(truth["tables"])))
    wrong = 0
    for name, cell in each_cell(found["tables"], inverse(pairs, found["tables"])):
        if cell["kind"] != "number" or cell["role"] != "body" or cell["needs_review"]:
            continue
        wrong += (name, cell["row"], cell["column"], cell["value"], cell["unit"]) not in right
    return wrong


def compare(
    truth: dict, found: dict, pairs: dict[int, int], names: Sequence[str], differences: list[str]
) -> Share:
    """Count the equal properties of paired tables; texts are compared without spaces."""
    right = 0
    for a, b in sorted(pairs.items()):
        for name in names:
            wanted, got = plain(truth["tables"][a][name]), plain(found["tables"][b][name])
            right += wanted == got
            if wanted != got:
                differences.append(f"{label(truth, a)}: {name} is {got!r}, wanted {wanted!r}")
    return Share(right, len(found["tables"]) * len(names), len(truth["tables"]) * len(names))


def compare_reports(truth: dict, found: dict, differences: list[str]) -> Share:
    """Count the equal properties of the reports; a truth that lists none says nothing about them."""
    if not truth["reports"]:
        return Share(0, 0, 0)
    names = ("document_number", "number", "title", "date", "departments", "pages")
    right = 0
    for index, (report, other) in enumerate(zip(truth["reports"], found["reports"], strict=False)):
        for name in names:
            right += plain(report[name]) == plain(other[name])
            if plain(report[name]) != plain(other[name]):
                differences.append(f"report {index}: {name} is {other[name]!r}, wanted {report[name]!r}")
    if len(truth["reports"]) != len(found["reports"]):
        differences.append(f"{len(found['reports'])} reports, wanted {len(truth['reports'])}")
    return Share(right, len(found["reports"]) * len(names), len(truth["reports"]) * len(names))


def plain(value: object) -> object:
    if isinstance(value, str):
        return "".join(value.split())
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def cell_differences(truth: dict, found: dict, pairs: dict[int, int]) -> list[str]:
    differences = []
    for a, b in sorted(pairs.items()):
        wanted = {place(cell)[:2]: cell for cell in truth["tables"][a]["cells"]}
        got = {place(cell)[:2]: cell for cell in found["tables"][b]["cells"]}
        for where in sorted(wanted.keys() | got.keys()):
            left, right = (describe_cell(cells.get(where)) for cells in (wanted, got))
            if left != right:
                differences.append(f"{label(truth, a)} {where}: found {right}, wanted {left}")
    return differences


def describe_cell(cell: dict | None) -> str:
    if cell is None:
        return "nothing"
    return f"{cell['row_span']}x{cell['column_span']} {cell['text']!r} " + " ".join(map(repr, meaning(cell)))


def describe_fact(truth: dict, key: tuple) -> str:
    table, row_path, column_path, value, unit = key
    where = label(truth, table) if table is not None else "no true table"
    return f"{where} {' > '.join(row_path)} | {' > '.join(column_path)} = {value} {unit or ''}"


def label(truth: dict, number: int) -> str:
    return f"table {number} (page {truth['tables'][number]['pages'][0]})"


def first_texts(table: dict) -> str:
    return " / ".join(cell["text"].replace("\n", " ") for cell in table["cells"][:5])


def read_peer(path: Path) -> list[dict]:
    """Give pdfplumber's tables in the same shape, a place covered by a merged cell left out."""
    import pdfplumber  # noqa: PLC0415 (only this peer needs it here)

    tables = []
    with pdfplumber.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            for rows in page.extract_tables():
                cells = [
                    {"row": r, "column": c, "text": text}
                    for r, row in enumerate(rows)
                    for c, text in enumerate(row)
                    if text is not None
                ]
                tables.append({"pages": [number, number], "cells": cells})
            page.close()
    return tables


HEADS = (
    *("tables", "cells", "numbers", "meaning", "facts", "unit/as-of", "captions", "reports", "wrong unseen"),
    *("peer tables", "peer cells"),
)


def row(score: Score) -> list[str]:
    return [
        f"{score.tables.right}/{score.tables.found}/{score.tables.wanted}",
        f"{score.cells.f1:.4f}",
        f"{score.numbers.recall:.4f}",
        f"{score.meanings.f1:.4f}",
        f"{score.facts.f1:.4f}",
        f"{score.settings.f1:.4f}",
        f"{score.captions.f1:.4f}",
        f"{score.reports.f1:.4f}",
        str(score.wrong_unseen),
        f"{score.peer_tables.right}/{score.peer_tables.found}/{score.peer_tables.wanted}",
        f"{score.peer_cells.f1:.4f}",
    ]


def print_scores(scores: Sequence[Score]) -> None:
    width = max(len(score.name) for score in scores)
    print(f"{'':{width}}  " + "  ".join(f"{head:>12}" for head in HEADS))
    for score in scores:
        print(f"{score.name:{width}}  " + "  ".join(f"{value:>12}" for value in row(score)))
    print(
        "tables: matched/found/true; cells, meaning, facts: F1 of exact matches; numbers: share of the true ones"
    )


def print_csv(scores: Sequence[Score]) -> None:
    lines = csv.writer(sys.stdout)
    lines.writerow(("document", *HEADS))
    lines.writerows((score.name, *row(score)) for score in scores)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="folders of fixtures/; all when none is named")
    parser.add_argument("--diff", action="store_true", help="print each cell, fact and property that differs")
    parser.add_argument("--csv", action="store_true", help="print the scores as CSV")
    arguments = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(
        logging.ERROR
    )  # the peer reads with it; a page of warnings hides the scores
    scores = [
        score_document(folder)
        for folder in fixture_folders()
        if not arguments.names or folder.name in arguments.names
    ]
    if not scores:
        print("no such fixture", file=sys.stderr)
        return 2
    if arguments.diff:
        for score in scores:
            for difference in score.differences:
                print(f"{score.name}: {difference}")
    (print_csv if arguments.csv else print_scores)(scores)
    return 0


if __name__ == "__main__":
    sys.exit(main())
