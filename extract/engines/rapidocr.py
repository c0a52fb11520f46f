"""The default engine: the recogniser that the ``rapidocr`` package carries, run by onnxruntime or OpenVINO.

Only the network is used (PP-OCRv6 small, Apache-2.0, inside the wheel): nothing is fetched at run time. The package's own
pipeline around it detects text on the whole page, which costs most of its time and which rulings make needless.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from multiprocessing.pool import ThreadPool

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.characters import is_digit
from extract.engines.base import EngineFailure, EngineState, Gray, LineReading, Slot
from extract.engines.ctc import japanese, make_alphabet, numeric, steps_to_slots
from extract.engines.networks import Network, load_exact, load_fast
from extract.engines.rapidocr_model import NAME, REMEDY_EN, REMEDY_JA, find_model, has_openvino, state
from extract.errors import DependencyMissing

HEIGHT = 48
"""Height of the network's input in pixels."""

MIN_WIDTH = 96
"""Least width of the network's input in pixels: half of the time of 160 on a page of figures, with the same figures."""

STEADY_WIDTH, STEADY = 160, 0.96
"""A line narrower than ``STEADY_WIDTH`` pixels of which a character is less probable than ``STEADY`` is read again at that
width: on 1-bit faxes narrow pictures lose digits (368 of 372 numbers against 370). Bfloat16 rounds a doubt further, so
a line with a doubtful figure is read again in single precision; of 1,768 lines without a doubt it changed none."""

MAX_WIDTH = 3200
"""Widest line in pixels at that height; beyond it memory grows and nothing printed is so long."""

STEP = 8
"""Pixels of width a step of the output."""

WIDTH_UNIT = 32
"""Widths are rounded up to multiples of this, so that the runtime meets few shapes."""

SUM = (0.98, 1.02)
"""The probabilities of a step add up to 1; what lies outside is no output of a network that works."""


class RapidOcr:
    """The recogniser of rapidocr. Raises DependencyMissing where the package or its model is missing."""

    def __init__(self) -> None:
        model = find_model()
        if model is None:
            raise DependencyMissing(name=NAME, remedy_ja=REMEDY_JA, remedy_en=REMEDY_EN)
        self._threads = _cores()
        self._exact, characters = load_exact(model)
        self._fast = load_fast(model, threads=self._threads) if has_openvino() else self._exact
        characters.append(" ")
        self._width = len(characters) + 1
        self._all = make_alphabet(characters, japanese(characters))
        self._numeric = make_alphabet(characters, numeric(characters))

    @cached_property
    def state(self) -> EngineState:
        """Name, version and the hash of the model."""
        return state()

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read pictures of lines, one on each core: without batches no line is padded to the width of another.

        The network is too small to be shared out: two cores on one line gain a third, on two lines they double.
        """
        threads = min(self._threads, len(pictures))
        if threads < 2:
            return [self._read(picture) for picture in pictures]
        # The longest first, so that no core ends with one while the others are done.
        order = sorted(range(len(pictures)), key=lambda index: -_width(pictures[index]))
        with ThreadPool(threads) as pool:
            found = pool.map(self._read, [pictures[index] for index in order], chunksize=1)
        return [reading for _, reading in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]

    def _read(self, picture: Gray) -> LineReading:
        """Read a line; a doubtful one is read again, where it is narrow or figures are in doubt."""
        reading, width = self._read_padded(picture, MIN_WIDTH, self._fast)
        doubts = [slot for slot in reading.slots if slot.choices[0].probability < STEADY]
        is_rounded = self._fast is not self._exact
        if doubts and (width < STEADY_WIDTH or (is_rounded and any(map(_may_be_figure, doubts)))):
            reading, _ = self._read_padded(picture, STEADY_WIDTH, self._exact)
        return reading

    def _read_padded(self, picture: Gray, least: int, network: Network) -> tuple[LineReading, int]:
        tensor, used = _picture_to_tensor(picture, least)
        steps = network.run(tensor)[0]
        if steps.shape != (tensor.shape[3] // STEP, self._width) or not _are_probabilities(steps):
            raise EngineFailure(f"output {steps.shape}")
        slots, numbers = (steps_to_slots(steps, alphabet, used) for alphabet in (self._all, self._numeric))
        return LineReading(slots, numbers), tensor.shape[3]


def _may_be_figure(slot: Slot) -> bool:
    return any(is_digit(choice.text) and choice.probability >= 1 - STEADY for choice in slot.choices)


def _are_probabilities(steps: NDArray[np.float32]) -> bool:
    """Say whether each step has probabilities that add up to 1; what is not a number fails every comparison."""
    sums = steps.sum(axis=1)
    return bool(steps.min() >= 0 and SUM[0] <= sums.min() and sums.max() <= SUM[1])


def _width(picture: Gray) -> int:
    """Give the width at which a picture is read, without padding."""
    height, width = picture.shape
    return int(min(max(round(width * HEIGHT / height), STEP), MAX_WIDTH))


def _picture_to_tensor(picture: Gray, least: int) -> tuple[NDArray[np.float32], int]:
    """Give the network's input (grey three times, -1 to 1, padded on the right with zeros) and its steps of picture."""
    scaled = _width(picture)
    shrink = cv2.INTER_AREA if picture.shape[0] > HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(picture, (scaled, HEIGHT), interpolation=shrink)
    padded = max(least, -(-scaled // WIDTH_UNIT) * WIDTH_UNIT)
    tensor = np.zeros((1, 3, HEIGHT, padded), dtype=np.float32)
    tensor[0, :, :, :scaled] = small.astype(np.float32) / 127.5 - 1
    return tensor, -(-scaled // STEP)


def _cores() -> int:
    """Give the cores that may be used; a worker of a batch is told its part by the usual variable."""
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    if allowed.isdecimal() and int(allowed) > 0:
        return int(allowed)
    # Only Linux tells how many cores of the machine are ours.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
