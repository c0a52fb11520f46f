"""What a recogniser's confidence is worth: its own figure -> the share of readings that are right. Pure.

The curves stand in ``number_confidence.json`` beside this file, so that an installed package finds them; their card is
``models/number-confidence.md``. They rise with the confidence and are straight between their points (isotonic regression:
R. E. Barlow et al., Statistical Inference under Order Restrictions, 1972).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["number", "text"]

CURVES = "number_confidence.json"


class Curve(NamedTuple):
    """Points of a rising curve: ``confidence`` of the recogniser, ascending, and the share ``right`` (both 0 to 1)."""

    confidence: tuple[float, ...]
    right: tuple[float, ...]


def calibrated(confidence: float, kind: Kind) -> float:
    """Give the probability (0 to 1) that a reading is right whose recogniser says ``confidence`` (0 to 1)."""
    curve = read_curves()[kind]
    xs, ys = curve
    after = bisect_right(xs, confidence)
    if after == 0:
        return ys[0]
    if after == len(xs):
        return ys[-1]
    share = (confidence - xs[after - 1]) / (xs[after] - xs[after - 1])
    return ys[after - 1] + share * (ys[after] - ys[after - 1])


@cache
def read_curves() -> dict[Kind, Curve]:
    """Give the fitted curve of each kind of reading."""
    data = json.loads((files("extract.pages") / CURVES).read_text("utf-8"))
    number, text = (
        Curve(tuple(data[kind]["confidence"]), tuple(data[kind]["right"])) for kind in ("number", "text")
    )
    return {"number": number, "text": text}
