"""Fit what a recogniser's confidence is worth, on invented documents: ``python tests/benchmarks/calibrate.py [--write]``.

Invented reports (``fixtures/inventing.py``) are scanned at several levels and converted; each cell that was read gives its kind, its
confidence before calibration, and whether it is right: a number with its value and unit, a text letter by letter without white space.
A rising curve is fitted a kind and checked on other invented reports, which took no part. ``--write`` replaces
``extract/pages/number_confidence.json`` and ``models/number-confidence.tsv`` (the held-out readings, which the tests check the curve
against); ``--check`` only measures the curve that stands there.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "fixtures")]

from benchmarks.accuracy import read_found  # noqa: E402
from benchmarks.scan_scores import Truth, find_truth, fold  # noqa: E402
from inventing import invent_document  # noqa: E402
from twins import Twin, text_to_pages, write_twin  # noqa: E402

from extract.pages import calibration  # noqa: E402
from extract.pages.calibration import Curve, Kind  # noqa: E402

KINDS: tuple[Kind, ...] = ("number", "text")
FIT_SEED, HELD_OUT_SEED = 1000, 5000  # the documents of the tests are of other seeds again
# Readings behind a point of the curve: of fewer a share says little, and in larger groups the few doubtful readings, which
# the curve is for, would share two points.
GROUP = 100
SURE = 0.99
SAME_BOX = 0.6  # common part over both together: a lost wall makes a cell half again as large
READINGS = ROOT / "models" / "number-confidence.tsv"
STRAIGHT = Curve((0.0, 1.0), (0.0, 1.0))


class Observation(NamedTuple):
    kind: Kind
    confidence: float
    right: bool
    level: int
    whole: bool = True  # the cell that was read is a printed cell; else its walls were found wrong


def collect(seeds: Sequence[int], levels: Sequence[int]) -> Iterator[Observation]:
    """Give what was read on invented pages, a page a seed, at every level."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            source = Path(folder) / f"{seed}.pdf"
            made = invent_document(source, seed)
            truth = find_truth(made, read_found(source), [1])
            for level in levels:
                scan = Path(folder) / f"{seed}-{level}.pdf"
                write_twin(source, scan, Twin(level=level, seed=seed))
                yield from observe(truth, read_found(scan), level)


def observe(truth: Truth, found: dict, level: int) -> Iterator[Observation]:
    cells = {
        (index, cell["row"], cell["column"]): cell
        for index, table in enumerate(truth.tables)
        for cell in table["cells"]
    }
    for table in found["tables"]:
        for cell in table["cells"]:
            confidence = cell["evidence"]["confidence"]
            if confidence is None or not cell["text"]:
                continue
            x0, y0, x1, y1 = cell["evidence"]["box"]
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            key = next(
                (k for k, (_, b) in truth.places.items() if b[0] <= x <= b[2] and b[1] <= y <= b[3]), None
            )
            wanted = cells[key] if key is not None else None
            kind: Kind = "number" if any(letter.isdigit() for letter in fold(cell["text"])) else "text"
            whole = key is not None and is_same_box(truth.places[key][1], cell["evidence"]["box"])
            yield Observation(kind, confidence, wanted is not None and is_same(wanted, cell), level, whole)


def is_same_box(a: Sequence[float], b: Sequence[float]) -> bool:
    """Say whether two boxes are one cell: their common part is most of both together."""
    common = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    areas = ((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return common >= SAME_BOX * (sum(areas) - common)


def is_same(wanted: dict, got: dict) -> bool:
    if wanted["kind"] == "number" or got["kind"] == "number":
        return (wanted["value"], wanted["unit"]) == (got["value"], got["unit"])
    return fold(wanted["text"]) == fold(got["text"])


def fit(observations: Sequence[Observation]) -> Curve:
    """Give the rising curve: pool adjacent violators over groups, each share a little below what was seen."""
    ordered = sorted(observations, key=lambda o: o.confidence)
    blocks: list[list[float]] = []  # right, count, sum of confidences
    for start in range(0, len(ordered), GROUP):
        group = ordered[start : start + GROUP]
        blocks.append([sum(o.right for o in group), len(group), sum(o.confidence for o in group)])
        while len(blocks) > 1 and share(blocks[-2]) >= share(blocks[-1]):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    points = {round(block[2] / block[1], 5): round(share(block), 5) for block in blocks}
    points.setdefault(0.0, 0.0)
    xs = sorted(points)
    # The end of the curve is what the surest readings were: it is not drawn on to certainty.
    return Curve(tuple(xs), tuple(points[x] for x in xs))


def share(block: Sequence[float]) -> float:
    """Give the share of right readings by the rule of succession, which no count makes certain (Laplace 1774)."""
    return (block[0] + 1) / (block[1] + 2)


def use(curves: dict[Kind, Curve]) -> None:
    """Let the conversion use these curves in this process."""
    calibration.read_curves = lambda: curves  # type: ignore[assignment]


def report(title: str, observations: Sequence[Observation], curves: dict[Kind, Curve]) -> None:
    """Print how the calibrated confidence compares with what was right; ``observations`` are before calibration."""
    use(curves)
    print(f"\n{title}: {len(observations)} readings")
    for kind in KINDS:
        chosen = [o for o in observations if o.kind == kind]
        print(
            f"  {kind}: right {rate(chosen)}, of them in whole cells {rate([o for o in chosen if o.whole])}"
        )
        said = [(calibration.calibrated(o.confidence, kind), o) for o in chosen]
        for low, high in ((0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, SURE), (SURE, 1.01)):
            held = [(c, o) for c, o in said if low <= c < high]
            if held:
                mean = sum(c for c, _ in held) / len(held)
                print(
                    f"    said {low:.2f} to {min(high, 1):.2f} (mean {mean:.4f}): {len(held)}, right {rate([o for _, o in held])}"
                )
        for level in sorted({o.level for o in chosen}):
            sure = [o for c, o in said if c >= SURE and o.level == level]
            every = [o for o in chosen if o.level == level]
            whole = [o for o in sure if o.whole]
            print(
                f"    level {level}: right {rate(every)}; "
                f"said at least {SURE}: right {rate(sure)}, of them in whole cells {rate(whole)}"
            )


def rate(observations: Sequence[Observation]) -> str:
    right = sum(o.right for o in observations)
    return f"{right}/{len(observations)} ({right / max(1, len(observations)):.4f})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=24, help="to fit on; a third as many are held out")
    parser.add_argument("--levels", type=text_to_pages, default=[0, 1, 2, 3, 4])
    parser.add_argument("--write", action="store_true", help="replace the curve of the package")
    parser.add_argument("--check", action="store_true", help="fit nothing, measure the curve of the package")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    standing = calibration.read_curves()
    use(dict.fromkeys(KINDS, STRAIGHT))
    held_out = range(HELD_OUT_SEED, HELD_OUT_SEED + max(1, options.documents // 3))
    curves = standing
    if not options.check:
        fitting = list(collect(range(FIT_SEED, FIT_SEED + options.documents), options.levels))
        # A recogniser cannot know that a wall was lost: what it says is measured where it was given a whole cell.
        curves = {kind: fit([o for o in fitting if o.kind == kind and o.whole]) for kind in KINDS}
        report("fitted on", fitting, curves)
        use(dict.fromkeys(KINDS, STRAIGHT))
    checking = list(collect(held_out, options.levels))
    report("held out", checking, curves)
    if options.write and not options.check:
        path = Path(calibration.__file__).with_name(calibration.CURVES)
        path.write_text(curves_to_json(curves), encoding="utf-8")
        READINGS.write_text(observations_to_tsv(checking), encoding="utf-8")
        print(f"\nwritten: {path}, {READINGS}")


def curves_to_json(curves: dict[Kind, Curve]) -> str:
    lines = [
        f'  "{kind}": {{\n    "confidence": {json.dumps(curve.confidence)},\n    "right": {json.dumps(curve.right)}\n  }}'
        for kind, curve in curves.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def observations_to_tsv(observations: Sequence[Observation]) -> str:
    rows = [f"{o.kind}\t{o.level}\t{o.confidence}\t{int(o.right)}\t{int(o.whole)}" for o in observations]
    return "\n".join(["kind\tlevel\tconfidence\tright\twhole", *rows]) + "\n"


def read_observations(path: Path = READINGS) -> list[Observation]:
    """Give the held-out readings as they were written."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [
        Observation(
            "number" if kind == "number" else "text",
            float(confidence),
            right == "1",
            int(level),
            whole == "1",
        )
        for kind, level, confidence, right, whole in rows
    ]


if __name__ == "__main__":
    main()
