"""Which way up a scanned page is: a few of its lines are read, and print that stands upright reads best."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extract.engines.base import LineReading, Recogniser
from extract.engines.rasters import Raster
from extract.pages.scan_layout import ScanLayout, lay_out, turned

SAMPLE = 6
"""Lines that are read."""

LONGEST = 8.0
"""Of a line only so much is read (in heights of the line)."""

UPRIGHT = 0.86
"""Mean probability of the characters of a sample from which on a page is taken as it lies."""

BETTER = 0.004
"""By so much another way up must do better."""

SIDEWISE = 1.0
"""A page whose columns are told from paper better than its rows may lie on its side; the recogniser reads much of that too."""

ROWS_WEIGHT = 0.06
"""Weight of the rows beside the probabilities."""

STROKES = frozenset("1１一ー－-―lIｌＩ|.．・,，、:：'_~～丨亅")
"""What single strokes and dots are read as, whichever way they lie: they say nothing of the way up."""


def find_upright(raster: Raster, *, engine: Recogniser) -> tuple[ScanLayout, int]:
    """Give the layout of a page the right way up and the clockwise turn (0, 90, 180 or 270 degrees) that made it so."""
    as_it_lies = lay_out(raster)
    first = _score(as_it_lies, engine)
    is_doubtful = as_it_lies.sidewise > SIDEWISE
    if first is None or (first >= UPRIGHT and not is_doubtful):
        return as_it_lies, 0
    best, best_score, best_turn = as_it_lies, _weighed(first, as_it_lies), 0
    for rotation in (90, 270) if first >= UPRIGHT else (180, 90, 270):
        layout = lay_out(turned(raster, rotation))
        score = _score(layout, engine)
        if score is not None and _weighed(score, layout) > best_score + BETTER:
            best, best_score, best_turn = layout, _weighed(score, layout), rotation
    return best, best_turn


def _weighed(score: float, layout: ScanLayout) -> float:
    """Give the score with what the rows of the page say: sidewise print is read too, though worse."""
    return score - ROWS_WEIGHT * math.log(max(layout.sidewise, 0.01))


def _score(layout: ScanLayout, engine: Recogniser) -> float | None:
    """Give the mean probability of the characters of some lines, none for mere strokes; None where there are no lines."""
    lines = layout.lines
    if not lines:
        return None
    wide = [
        i for i, line in enumerate(lines) if line.box[2] - line.box[0] > 2.5 * (line.box[3] - line.box[1])
    ]
    chosen = sorted(wide or range(len(lines)), key=lambda i: lines[i].box[0] - lines[i].box[2])[: 4 * SAMPLE]
    chosen.sort(key=lambda i: lines[i].box[1])
    sample = chosen[:: max(1, len(chosen) // SAMPLE)][:SAMPLE]
    pictures = [layout.crops[i].picture for i in sample]
    return _mean_probability(
        engine.read_lines([picture[:, : round(LONGEST * picture.shape[0])] for picture in pictures])
    )


def _mean_probability(readings: Sequence[LineReading]) -> float:
    best = [
        0.0 if slot.choices[0].text in STROKES else slot.choices[0].probability
        for reading in readings
        for slot in reading.slots
        if slot.choices[0].text.strip()
    ]
    if not best:
        return 0.0
    # A line of figures and commas has strokes too; only where they prevail they speak against the way up.
    telling = [probability for probability in best if probability]
    share = min(1.0, 2 * len(telling) / len(best))
    return share * sum(telling) / max(1, len(telling))
