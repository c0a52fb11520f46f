"""Which way up a scanned page is: a few of its lines are looked at, and print that stands upright reads best.

Nearly every page lies upright. So one that looks so is read whole at once, which costs less than a sample before the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.characters import is_digit
from extract.engines.base import LineReading, Recogniser
from extract.engines.rasters import Raster
from extract.pages.scan.japanese.settling import mean_word_length
from extract.pages.scan.layout import ScanLayout, lay_out, turned
from extract.pages.scan.lines.growing import TextLine

SAMPLE = 6
"""Lines that are read."""

LONGEST = 8.0
"""Of a line only so much is read (in heights of the line)."""

UPRIGHT = 0.86
"""Mean probability of the characters of a sample from which on a page is taken as it lies."""

BETTER = 0.03
"""By so much another way up must do better."""

SIDEWISE = 1.0
"""A page whose columns are told from paper better than its rows may lie on its side; the recogniser reads much of that too."""

SENSE_WEIGHT = 0.25
"""Weight of the mean length of words beside the probabilities: it is near 2 in order and near 1 in none."""

IN_ORDER = 1.4
"""A sample whose words are shorter than this is looked at the other ways too."""

CLEAR_ORDER = 1.55
"""A sample whose words are longer than this lies as it is read, however the page looks: packet pages on their side gave up to 1.4."""

LEAST_LETTERS = 4
"""A line with fewer letters says nothing of their order."""

STROKES = frozenset("1１一ー－-―lIｌＩ|.．・,，、:：'_~～丨亅")
"""What single strokes and dots are read as, whichever way they lie: they say nothing of the way up."""


LEADERS = frozenset("…‥⋯・･·")
"""What the dots of a table of contents are read as: most of its lines is that, and it is the same upside down."""


class Upright(NamedTuple):
    """A page the right way up, the clockwise turn (0, 90, 180 or 270 degrees) that made it so, and lines already read.

    ``known`` gives the readings of whole lines by their place among the lines of ``layout``.
    """

    layout: ScanLayout
    rotation: int
    known: Mapping[int, LineReading]


class _Sample(NamedTuple):
    readings: list[LineReading]
    whole: dict[int, LineReading]


def find_upright(raster: Raster, *, engine: Recogniser) -> Upright:
    """Give the layout of a page the right way up. Raises EngineFailure."""
    as_it_lies = lay_out(raster)
    seems_upright = as_it_lies.sidewise <= SIDEWISE
    readings, known = (_read_all if seems_upright else _read_sample)(as_it_lies, engine)
    first = _mean_probability(readings)
    sense = _sense(readings)
    looks_sidewise = not seems_upright and sense < SENSE_WEIGHT * CLEAR_ORDER
    is_doubtful = looks_sidewise or 0 < sense < SENSE_WEIGHT * IN_ORDER
    if not readings or (first >= UPRIGHT and not is_doubtful):
        return Upright(as_it_lies, 0, known)
    best, best_sense = Upright(as_it_lies, 0, known), first + sense + BETTER
    for rotation in (90, 270) if first >= UPRIGHT else (180, 90, 270):
        layout = lay_out(turned(raster, rotation))
        readings, known = _read_sample(layout, engine)
        sense = _mean_probability(readings) + _sense(readings)
        if sense > best_sense and _is_told(readings):
            best, best_sense = Upright(layout, rotation, known), sense
    return best


def _read_all(layout: ScanLayout, engine: Recogniser) -> _Sample:
    """Read every line of a page, and give those of the sample."""
    readings = engine.read_lines([crop.picture for crop in layout.crops])
    known = dict(enumerate(readings))
    return _Sample([known[i] for i in _sample(layout.lines) if i in known], known)


def _read_sample(layout: ScanLayout, engine: Recogniser) -> _Sample:
    """Read the beginnings of the lines of the sample."""
    sample = _sample(layout.lines)
    pictures = [layout.crops[i].picture for i in sample]
    cut = [picture[:, : round(LONGEST * picture.shape[0])] for picture in pictures]
    readings = engine.read_lines(cut)
    whole = [part.shape == picture.shape for part, picture in zip(cut, pictures, strict=True)]
    return _Sample(
        readings, {i: r for i, r, is_whole in zip(sample, readings, whole, strict=False) if is_whole}
    )


def _sample(lines: Sequence[TextLine]) -> list[int]:
    """Give the places of some of the wider lines, spread over the page."""
    wide = [
        i for i, line in enumerate(lines) if line.box[2] - line.box[0] > 2.5 * (line.box[3] - line.box[1])
    ]
    chosen = sorted(wide or range(len(lines)), key=lambda i: lines[i].box[0] - lines[i].box[2])[: 4 * SAMPLE]
    chosen.sort(key=lambda i: lines[i].box[1])
    return chosen[:: max(1, len(chosen) // SAMPLE)][:SAMPLE]


def _is_told(readings: Sequence[LineReading]) -> bool:
    """Say whether most lines of a sample are more than strokes: a single heading may stand sidewise on an upright page."""
    told = [
        any(slot.choices[0].text not in STROKES | LEADERS for slot in reading.slots) for reading in readings
    ]
    return 2 * sum(told) > len(told)


def _sense(readings: Sequence[LineReading]) -> float:
    """Give the weight of what the dictionary knows of the lines: sidewise print is read in no order.

    Latin letters tell nothing: what is read of dots upside down (FLUEEEEUEE) is one long word.
    """
    texts = ["".join(slot.choices[0].text for slot in reading.slots) for reading in readings]
    letters = ["".join(filter(_is_telling, text)) for text in texts]
    known = [mean_word_length(text) for text in letters if len(text) >= LEAST_LETTERS]
    return SENSE_WEIGHT * sum(known) / len(known) if known else 0.0


def _is_telling(character: str) -> bool:
    return not (is_digit(character) or character in STROKES | LEADERS or character.isascii())


def _mean_probability(readings: Sequence[LineReading]) -> float:
    best = [
        0.0 if slot.choices[0].text in STROKES else slot.choices[0].probability
        for reading in readings
        for slot in reading.slots
        if slot.choices[0].text.strip() and slot.choices[0].text not in LEADERS
    ]
    if not best:
        return 0.0
    # A line of figures and commas has strokes too; only where they prevail they speak against the way up.
    telling = [probability for probability in best if probability]
    share = min(1.0, 2 * len(telling) / len(best))
    return share * sum(telling) / max(1, len(telling))
