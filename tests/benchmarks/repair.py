"""Put one error into one proved number at a time: is it seen, is it mended, is anything mended wrongly?

    python tests/benchmarks/repair.py [--trials 5000] [--seed 1] [--show 10]

Over the fixture documents and, where they exist beside the project, the real ones. An error is one digit substituted,
one dropped, two neighbours swapped, or a sign lost, in a number that is verified in the document as printed.

* seen: as a text layer, the number is a conflict (``all``: one of several that could be to blame counts as seen).
* mended: as OCR, with the true reading among the other readings of the number, and wrong readings of other numbers about.
* without the true reading: how often something is changed to a wrong value.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

from extract import convert
from extract.document import Cell, Document, Reading, Table
from extract.verification import verify_document

HERE = Path(__file__).resolve()
FIXTURES = HERE.parents[2] / "fixtures"
REAL = HERE.parents[3] / "shared" / "real"
REAL_FILES = (
    "nankoku_r4_chihosai.pdf",
    "nankoku_r8_benkyokai.pdf",
    "nankoku_r7_hosei_yosan.pdf",
    "nankoku_kurikoshi_r4.pdf",
    "setagaya_r8_budget.pdf",
)
LOOKS_LIKE = {
    "0": "86",
    "1": "74",
    "2": "7",
    "3": "85",
    "4": "91",
    "5": "36",
    "6": "58",
    "7": "12",
    "8": "036",
    "9": "45",
}
TRUE_READING = 0.2  # probability of the right reading when the recogniser preferred another
DECOYS = 0.3  # share of other numbers that have a wrong reading beside the right one
ERRORS = ("substituted", "dropped", "swapped", "sign lost")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", type=int, default=5000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", type=int, default=10)
    arguments = options.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311 - a seeded benchmark, no secret
    slices = [
        part
        for path in find_documents()
        if (document := convert(path).document)
        for part in slice_document(document)
    ]
    proved = [
        (number, table, index)
        for number, part in enumerate(slices)
        for table, one in enumerate(part.tables)
        for index, cell in enumerate(one.cells)
        if cell.status == "verified"
    ]
    print(f"{len(slices)} parts of documents, {len(proved)} proved numbers, {arguments.trials} trials")
    counts: Counter[tuple[str, str]] = Counter()
    shown = 0
    for _ in range(arguments.trials):
        number, table, index = chance.choice(proved)
        part = slices[number]
        cell = part.tables[table].cells[index]
        kind = chance.choice(ERRORS)
        wrong = spoil(cell, kind, chance)
        if wrong is None:
            continue
        counts[kind, "trials"] += 1
        for outcome in try_error(part, table, index, wrong, chance):
            counts[kind, outcome] += 1
            if (
                outcome in ("not seen", "still verified", "mended wrongly", "blind: mended wrongly")
                and shown < arguments.show
            ):
                shown += 1
                print("  ", outcome, kind, part.source.name, cell.id, cell.text, "->", wrong.text)
    report(counts)


def find_documents() -> list[Path]:
    return [
        *sorted(FIXTURES.glob("*/*.pdf")),
        *(REAL / name for name in REAL_FILES if (REAL / name).exists()),
    ]


def slice_document(document: Document) -> list[Document]:
    """Give the document in parts of tables that share pages, so that a trial does not verify a whole budget."""
    parts: list[list[Table]] = []
    end = -1
    for table in document.tables:
        if parts and table.pages[0] <= end + 1 and len(parts[-1]) < 40:
            parts[-1].append(table)
        else:
            parts.append([table])
        end = max(end, table.pages[1])
    return [
        verify_document(replace(document, tables=tuple(part), facts=(), findings=()), language="en")
        for part in parts
    ]


def spoil(cell: Cell, kind: str, chance: random.Random) -> Cell | None:
    """Give the cell misread, None where it cannot be in this way."""
    assert isinstance(cell.value, int | float)
    digits = str(abs(cell.value))
    if kind == "sign lost":
        return None if cell.value >= 0 else _with(cell, digits, negative=False)
    places = [place for place, one in enumerate(digits) if one.isdigit()]
    place = chance.choice(places)
    if kind == "substituted":
        wrong = (
            digits[:place]
            + chance.choice([one for one in "0123456789" if one != digits[place]])
            + digits[place + 1 :]
        )
    elif kind == "dropped":
        wrong = digits[:place] + digits[place + 1 :]
    else:
        pairs = [place for place in places if place + 1 in places and digits[place] != digits[place + 1]]
        if not pairs:
            return None
        place = chance.choice(pairs)
        wrong = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    return _with(cell, wrong, negative=cell.value < 0)


def _with(cell: Cell, digits: str, *, negative: bool) -> Cell | None:
    if not digits or digits.startswith(".") or digits.endswith("."):
        return None
    magnitude = float(digits) if "." in digits else int(digits)
    value = -magnitude if negative else magnitude
    if value == cell.value:
        return None
    text = (
        ("△" if negative else "")
        + (f"{magnitude:,}" if isinstance(magnitude, int) else digits)
        + (cell.unit or "")
    )
    return replace(cell, value=value, text=text, raw=text)


def try_error(part: Document, table: int, index: int, wrong: Cell, chance: random.Random) -> list[str]:
    true = part.tables[table].cells[index].value
    after = verify_document(_replaced(part, table, index, wrong), language="en").tables[table].cells[index]
    outcomes = ["seen" if after.status == "conflict" else "not seen"]
    if after.status == "verified":
        outcomes.append("still verified")
    for prefix, right in (("", (Reading(_text(part, table, index), TRUE_READING),)), ("blind: ", ())):
        read = _replaced(_as_ocr(part, chance), table, index, _read(wrong, right))
        mended = verify_document(read, language="en")
        result = mended.tables[table].cells[index]
        if result.status == "repaired":
            outcomes.append(prefix + ("mended" if result.value == true else "mended wrongly"))
        if any(
            cell.status == "repaired" and cell.id != wrong.id for one in mended.tables for cell in one.cells
        ):
            outcomes.append(prefix + "mended wrongly")
    return outcomes


def _text(part: Document, table: int, index: int) -> str:
    return part.tables[table].cells[index].text


def _read(cell: Cell, readings: tuple[Reading, ...]) -> Cell:
    return replace(cell, evidence=replace(cell.evidence, origin="ocr", confidence=0.8, readings=readings))


def _as_ocr(part: Document, chance: random.Random) -> Document:
    """Give the document as if read by OCR, with wrong other readings here and there."""
    tables = []
    for table in part.tables:
        cells = []
        for cell in table.cells:
            readings: tuple[Reading, ...] = ()
            if cell.kind == "number" and chance.random() < DECOYS:
                places = [place for place, one in enumerate(cell.text) if one in LOOKS_LIKE]
                if places:
                    place = chance.choice(places)
                    look = chance.choice(LOOKS_LIKE[cell.text[place]])
                    readings = (
                        Reading(
                            cell.text[:place] + look + cell.text[place + 1 :], 0.02 + 0.2 * chance.random()
                        ),
                    )
            cells.append(_read(cell, readings))
        tables.append(replace(table, cells=tuple(cells)))
    return replace(part, tables=tuple(tables))


def _replaced(part: Document, table: int, index: int, cell: Cell) -> Document:
    one = part.tables[table]
    cells = (*one.cells[:index], cell, *one.cells[index + 1 :])
    return replace(part, tables=(*part.tables[:table], replace(one, cells=cells), *part.tables[table + 1 :]))


def report(counts: Counter[tuple[str, str]]) -> None:
    names = ("seen", "still verified", "mended", "mended wrongly", "blind: mended", "blind: mended wrongly")
    for kind in (*ERRORS, "all"):
        own = Counter(
            {
                name: sum(
                    count for (one, what), count in counts.items() if what == name and kind in (one, "all")
                )
                for name in (*names, "trials")
            }
        )
        trials = max(1, own["trials"])
        figures = ", ".join(f"{name} {own[name]} ({own[name] / trials:.2%})" for name in names)
        print(f"{kind:12} {own['trials']:5} trials: {figures}")


if __name__ == "__main__":
    main()
