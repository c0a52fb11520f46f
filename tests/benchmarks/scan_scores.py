"""What a conversion of a scan got right: numbers in their places, doubts, and the letters of the prose.

A truth is a dictionary in the form of ``truth.json`` whose page numbers are those of the scan; ``places`` gives the boxes of its cells.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from benchmarks.accuracy import (
    Share,
    cell_keys,
    common,
    each_cell,
    fact_keys,
    inverse,
    match_tables,
    number_keys,
    share,
)

LEADER = re.compile(r"[・.]{3,}")  # from a title to its page number, however many dots were printed
Place = tuple[int, int, int]  # table, row, column of the truth
Spot = tuple[int, tuple[float, float, float, float]]  # page of the scan, box in points of the printed page


@dataclass(frozen=True)
class Truth:
    """A document as it should be read. ``running`` are the boxes of text that belongs to the sheet alone."""

    tables: list[dict]
    facts: list[dict]
    places: dict[Place, Spot]
    prose: str
    prose_places: tuple[tuple[int, tuple[float, float, float, float]], ...]
    pages: int

    def as_json(self) -> dict:
        return {"tables": self.tables, "facts": self.facts}


@dataclass
class Tally:
    """What a level came to; shares are exact matches."""

    cells: Share
    numbers: Share
    placed: Share
    facts: Share
    silent: int
    silent_on_paper: int
    lost: int
    lost_silent: int
    reviewed: Share
    letters_wrong: int
    letters: int
    seconds: float
    failures: list[str] = field(default_factory=list)
    prose: str = ""


def find_truth(folder_truth: dict | None, born: dict, pages: Sequence[int]) -> Truth:
    """Give the truth of the chosen pages of a document.

    ``born`` is the JSON of the born-digital conversion: it says where the cells lie, and, where a document has no truth of its own,
    what they hold. A table that goes on outside the chosen pages is left out.
    """
    number = {page: index for index, page in enumerate(pages, start=1)}
    source = folder_truth or own_truth(born)
    pairs = match_tables(source["tables"], born["tables"])
    kept = [
        index
        for index, table in enumerate(source["tables"])
        if all(page in number for page in range(table["pages"][0], table["pages"][1] + 1))
    ]
    renamed = {old: new for new, old in enumerate(kept)}
    tables, places = [], {}
    for old, new in renamed.items():
        table = source["tables"][old]
        tables.append({**table, "pages": [number[page] for page in table["pages"]]})
        for cell in born["tables"][pairs[old]]["cells"] if old in pairs else ():
            evidence = cell["evidence"]
            spot = (number[evidence["page"]], tuple(evidence["box"]))
            places[new, cell["row"], cell["column"]] = spot
    facts = [{**f, "table": renamed[f["table"]]} for f in source["facts"] if f["table"] in renamed]
    prose = prose_of(born, pages)
    spots = tuple((number[page], tuple(box)) for page, box in prose_boxes(born) if page in number)
    return Truth(tables, facts, places, prose, spots, len(pages))


def own_truth(born: dict) -> dict:
    """Give a conversion in the form of a truth: facts name their table by its index."""
    index = {table["id"]: number for number, table in enumerate(born["tables"])}
    facts = [{**fact, "table": index[fact["table"]]} for fact in born["facts"]]
    return {"tables": born["tables"], "facts": facts, "reports": []}


def tally(truth: Truth, found: dict, *, seconds: float) -> Tally:
    """Compare the JSON of a converted scan with the truth."""
    pairs = match_tables(truth.tables, found["tables"])
    names = inverse(pairs, found["tables"])
    wanted = number_keys(truth.tables, range(len(truth.tables)))
    cells_found = {(n, c["row"], c["column"]): c for n, c in each_cell(found["tables"], names)}
    right = reviewed = lost = lost_silent = silent = silent_on_paper = 0
    failures = [] if "error" not in found else [f"conversion failed: {found['error']}"]
    for name, cell in each_cell(found["tables"], names):
        if cell["kind"] != "number" or cell["role"] != "body":
            continue
        if (name, cell["row"], cell["column"], cell["value"], cell["unit"]) in wanted:
            right += 1
            reviewed += cell["needs_review"]
        else:
            silent += not cell["needs_review"]
            silent_on_paper += not cell["needs_review"] and not is_printed_there(truth, cell)
            failures.append(describe_wrong(truth, name, cell))
    for index, cell in each_cell(truth.tables, range(len(truth.tables))):
        if cell["kind"] != "number" or cell["role"] != "body":
            continue
        got = cells_found.get((index, cell["row"], cell["column"]))
        if got is None or got["kind"] != "number" or got["role"] != "body":
            lost += 1
            lost_silent += got is None or not got["needs_review"]
            if index in pairs:
                failures.append(describe_lost(truth, index, cell, got))
    prose = prose_of(found, range(1, truth.pages + 1))
    return Tally(
        cells=share(cell_keys, truth.tables, found["tables"], pairs),
        numbers=share(number_keys, truth.tables, found["tables"], pairs),
        placed=placed(truth, found),
        facts=common(*fact_keys(truth.as_json(), found, pairs)),
        silent=silent,
        silent_on_paper=silent_on_paper,
        lost=lost,
        lost_silent=lost_silent,
        reviewed=Share(reviewed, right, right),
        letters_wrong=edit_distance(truth.prose, prose),
        letters=len(truth.prose),
        seconds=seconds,
        failures=failures + describe_tables(truth, found, pairs) + describe_texts(truth, cells_found, pairs),
        prose=prose,
    )


def placed(truth: Truth, found: dict) -> Share:
    """Count true numbers that a found number cell covers with the same value, whatever its row and column are called."""
    by_page: dict[int, list[tuple[Sequence[float], object]]] = {}
    for table in found["tables"]:
        for cell in table["cells"]:
            if cell["kind"] == "number":
                evidence = cell["evidence"]
                by_page.setdefault(evidence["page"], []).append((evidence["box"], cell["value"]))
    right = wanted = 0
    for index, cell in each_cell(truth.tables, range(len(truth.tables))):
        spot = truth.places.get((index, cell["row"], cell["column"]))
        if cell["kind"] != "number" or cell["role"] != "body" or spot is None:
            continue
        wanted += 1
        page, (x0, y0, x1, y1) = spot
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        right += any(
            b[0] <= x <= b[2] and b[1] <= y <= b[3] and value == cell["value"]
            for b, value in by_page.get(page, ())
        )
    return Share(right, wanted, wanted)


def is_printed_there(truth: Truth, cell: dict) -> bool:
    """Say whether the paper has this number at the place of a found cell, though perhaps in another row or column of the truth."""
    x0, y0, x1, y1 = cell["evidence"]["box"]
    x, y, page = (x0 + x1) / 2, (y0 + y1) / 2, cell["evidence"]["page"]
    for index, wanted in each_cell(truth.tables, range(len(truth.tables))):
        spot = truth.places.get((index, wanted["row"], wanted["column"]))
        if spot is None or spot[0] != page or wanted["value"] != cell["value"]:
            continue
        if spot[1][0] <= x <= spot[1][2] and spot[1][1] <= y <= spot[1][3]:
            return True
    return False


def describe_wrong(truth: Truth, name: object, cell: dict) -> str:
    box = [round(value) for value in cell["evidence"]["box"]]
    doubt = "review" if cell["needs_review"] else "SILENT"
    confidence = cell["evidence"]["confidence"]
    want = "no number"
    if isinstance(name, int):
        same = [
            c for c in truth.tables[name]["cells"] if (c["row"], c["column"]) == (cell["row"], cell["column"])
        ]
        want = repr(same[0]["text"]) if same else want
    return (
        f"page {cell['evidence']['page']} table {name} ({cell['row']},{cell['column']}) {box}: "
        f"wanted {want}, got {cell['raw']!r} = {cell['value']} {cell['unit'] or ''} [{doubt}, confidence {confidence}]"
    )


def describe_lost(truth: Truth, index: object, cell: dict, got: dict | None) -> str:
    spot = truth.places.get((index, cell["row"], cell["column"]))
    where = f"page {spot[0]} {[round(v) for v in spot[1]]}" if spot else "page ?"
    seen = (
        "no cell"
        if got is None
        else f"{got['kind']} {got['raw']!r} ({'review' if got['needs_review'] else 'SILENT'})"
    )
    return f"{where} table {index} ({cell['row']},{cell['column']}): wanted the number {cell['text']!r}, got {seen}"


def describe_tables(truth: Truth, found: dict, pairs: dict[int, int]) -> list[str]:
    """Say which tables have no counterpart, on either side."""
    lines = [
        f"page {table['pages'][0]} table {index} ({table['rows']} x {table['columns']}): not found, all its numbers lost"
        for index, table in enumerate(truth.tables)
        if index not in pairs
    ]
    return lines + [
        f"page {table['pages'][0]}: a table that is none ({table['rows']} x {table['columns']}): "
        + " / ".join(cell["text"].replace("\n", " ") for cell in table["cells"][:6])
        for index, table in enumerate(found["tables"])
        if index not in pairs.values()
    ]


def describe_texts(truth: Truth, cells_found: dict, pairs: dict[int, int]) -> list[str]:
    lines = []
    for index, cell in each_cell(truth.tables, range(len(truth.tables))):
        got = cells_found.get((index, cell["row"], cell["column"]))
        if index not in pairs or (cell["kind"] == "number" and cell["role"] == "body"):
            continue
        spans = (cell["row_span"], cell["column_span"])
        if got is None or got["text"] != cell["text"] or (got["row_span"], got["column_span"]) != spans:
            seen = "no cell" if got is None else f"{got['text']!r} {got['row_span']}x{got['column_span']}"
            lines.append(
                f"page {truth.tables[index]['pages'][0]} table {index} ({cell['row']},{cell['column']}): "
                f"wanted {cell['text']!r} {spans[0]}x{spans[1]}, got {seen}"
            )
    return lines


# -------------------------------------------------------------------------------------------------- prose


def fold(text: str) -> str:
    """Fold as the bar says: NFKC, white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def prose_of(document: dict, pages: Sequence[int]) -> str:
    """Give what is printed outside tables on these pages, in reading order, folded; a leader of dots of any length is one."""
    return LEADER.sub("…", fold("".join(raw for page, raw, _ in prose_pieces(document) if page in pages)))


def prose_boxes(document: dict) -> Iterator[tuple[int, Sequence[float]]]:
    for page, _, box in prose_pieces(document):
        yield page, box


def prose_pieces(document: dict) -> Iterator[tuple[int, str, Sequence[float]]]:
    for report in document["reports"]:
        yield from section_pieces(report["sections"])


def section_pieces(sections: Sequence[dict]) -> Iterator[tuple[int, str, Sequence[float]]]:
    for section in sections:
        if section["raw"]:
            yield section["page"], section["raw"], section["box"]
        for block in section["content"]:
            if block["raw"]:
                yield block["page"], block["raw"], block["box"]
        yield from section_pieces(section["sections"])


def edit_distance(wanted: str, got: str) -> int:
    """Give the Levenshtein distance, a row of the table at a time."""
    a, b = (np.array([ord(c) for c in text], np.int32) for text in (wanted, got))
    steps = np.arange(len(b) + 1, dtype=np.int32)
    row = steps.copy()
    for index, letter in enumerate(a, start=1):
        below = np.empty_like(row)
        below[0] = index
        np.minimum(row[1:] + 1, row[:-1] + (b != letter), out=below[1:])
        # An insertion costs 1 a step to the right: the best start to the left of each place.
        row = np.minimum.accumulate(below - steps) + steps
    return int(row[-1])


def prose_differences(wanted: str, got: str) -> list[str]:
    """Say which stretches of prose differ, the most frequent first; printed shifts of whole paragraphs show as long ones."""
    pieces = SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes()
    counted = Counter((wanted[a:b], got[c:d]) for tag, a, b, c, d in pieces if tag != "equal")
    return [f"prose, {n} times: wanted {a!r}, got {b!r}" for (a, b), n in counted.most_common()]


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
