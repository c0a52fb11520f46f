"""A worn frame whose text tells its rows and columns -> what to think of each stretch of their rulings, of which nothing is left.

Below the heading they are taken as half left. In the heading its names tell (``heading_names``), not the strokes on its
lost rulings.
"""

from __future__ import annotations

import numpy as np

from extract.pages.scan.rulings.traces import Straight
from extract.pages.scan.rulings.tracks import middle_of
from extract.pages.scan.rulings.worn.heading_end import WORN
from extract.pages.scan.rulings.worn.settling import Lattice
from extract.pages.scan.rulings.worn.side_labels import settle_side_labels
from extract.pages.scan.rulings.worn.weighing import CLEARLY

WHOLE = 0.95
"""A stretch of a heading of which this share is left was printed."""

LOST = -2.0
"""Weight of a stretch of the heading of a frame of which no ruling within is left."""


def lend_weights(horizontal: Lattice, vertical: Lattice, rows: Straight, *, body: int) -> None:
    """Take the row edges and walls below a heading as half left, but for what a side label and a total may go over."""
    edges, (first, second) = (
        [middle_of(track) for track in horizontal.tracks[body:]],
        (middle_of(track) for track in vertical.tracks[:2]),
    )
    sides = int(settle_side_labels(edges, (first, second), np.zeros(len(edges) - 2), rows) is not None)
    for lattice, tracks, stretches in (
        (horizontal, slice(body, -1), slice(sides, None)),
        (vertical, slice(1 + sides, -1), slice(body, None)),
        (vertical, slice(1, 1 + sides), slice(body, -1)),
    ):
        weight, share = lattice.weight[tracks, stretches], lattice.share[tracks, stretches]
        weight[:] = np.maximum(weight, CLEARLY)
        share[:] = np.maximum(share, WORN)
    # Where the dots of rulings are lost, what seems to be left of them among names are strokes of these.
    for weight, share in (
        (horizontal.weight[1:body], horizontal.share[1:body]),
        (vertical.weight[1:-1, :body], vertical.share[1:-1, :body]),
    ):
        is_stroke = share < WHOLE
        weight[is_stroke], share[is_stroke] = LOST, 0.0
