"""The default engine: the recogniser that the ``rapidocr`` package carries, run by onnxruntime or OpenVINO.

Only the network is used (PP-OCRv6 small, Apache-2.0, inside the wheel): nothing is fetched at run time. The package's own
pipeline around it detects text on the whole page, which costs most of its time and which rulings make needless.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from multiprocessing.pool import ThreadPool

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.characters import is_digit
from extract.cores import usable_threads
from extract.engines.base import EngineFailure, EngineState, Gray, LineReading, Slot
from extract.engines.ctc import is_japanese, japanese, make_alphabet, numeric, steps_to_slots
from extract.engines.doubts import doubted
from extract.engines.networks import Network, load_exact, load_fast
from extract.engines.output_layer import load_model
from extract.engines.rapidocr_model import NAME, REMEDY_EN, REMEDY_JA, find_model, has_openvino, state
from extract.errors import DependencyMissing

HEIGHT = 48
"""Height of the network's input in pixels."""

MIN_WIDTH = 32
"""Least width of the network's input in pixels: a third of the time of 160 for a figure alone, with the same readings."""

STEADY_WIDTH, STEADY = 160, 0.96
"""A line narrower than ``STEADY_WIDTH`` pixels of which a character is less probable than ``STEADY`` is read again at that
width: on 1-bit faxes narrow pictures lose digits (368 of 372 numbers against 370). Bfloat16 rounds a doubt further, so
a line with a doubtful figure is read again in single precision; of 1,768 lines without a doubt it changed none."""

MAX_WIDTH = 3200
"""Widest line in pixels at that height; beyond it memory grows and nothing printed is so long."""

STEP = 8
"""Pixels of width a step of the output."""

WIDTH_UNIT = 16
"""Widths are rounded up to multiples of this, so that the runtime meets few shapes, and many lines have one; of 4,183 lines none
without a doubt was read otherwise than by multiples of 32."""

BATCH, BATCH_WIDTH = 4, 1920
"""Most lines of one width that are read at once, and their most pixels of width together. Four narrow lines take a quarter
less time together in bfloat16, a tenth less in single precision; eight hardly less again."""

SUM = (0.98, 1.02)
"""The probabilities of a step add up to 1; what lies outside is no output of a network that works."""


class RapidOcr:
    """The recogniser of rapidocr. Raises DependencyMissing where the package or its model is missing."""

    def __init__(self) -> None:
        model = find_model()
        if model is None:
            raise DependencyMissing(name=NAME, remedy_ja=REMEDY_JA, remedy_en=REMEDY_EN)
        self._threads = usable_threads()
        content, characters = load_model(model, is_japanese)
        self._exact = load_exact(content, model.name)
        self._fast = load_fast(content, threads=self._threads) if has_openvino() else self._exact
        self._width = len(characters) + 1
        self._all = make_alphabet(characters, japanese(characters))
        self._numeric = make_alphabet(characters, numeric(characters))

    @cached_property
    def state(self) -> EngineState:
        """Name, version and the hash of the model."""
        return state()

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read pictures of lines, in batches of one width, a batch on each core: no line is padded to the width of another.

        The network is too small to be shared out: two cores on one line gain a third, on two lines they double.
        """
        batches = _batches([_padded(picture, MIN_WIDTH) for picture in pictures])
        threads = min(self._threads, len(batches))
        chosen = [[pictures[index] for index in batch] for batch in batches]
        if threads < 2:
            found = list(map(self._read, chosen))
        else:
            with ThreadPool(threads) as pool:
                found = pool.map(self._read, chosen, chunksize=1)
        places = [index for batch in batches for index in batch]
        readings = dict(zip(places, (reading for batch in found for reading in batch), strict=True))
        return [readings[index] for index in range(len(pictures))]

    def _read(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read lines of one width; doubtful ones are read again, where they are narrow or figures are in doubt."""
        width = _padded(pictures[0], MIN_WIDTH)
        readings = self._read_padded(pictures, width, self._fast)
        again = [index for index, reading in enumerate(readings) if self._is_doubtful(reading, width)]
        if again:
            wider = max(width, STEADY_WIDTH)
            exact = self._read_padded([pictures[index] for index in again], wider, self._exact)
            for index, reading in zip(again, exact, strict=True):
                readings[index] = reading
        return readings

    def _is_doubtful(self, reading: LineReading, width: int) -> bool:
        doubts = doubted(reading, STEADY)
        is_rounded = self._fast is not self._exact
        return bool(doubts) and (width < STEADY_WIDTH or (is_rounded and any(map(_may_be_figure, doubts))))

    def _read_padded(self, pictures: Sequence[Gray], width: int, network: Network) -> list[LineReading]:
        tensor = np.zeros((len(pictures), 3, HEIGHT, width), dtype=np.float32)
        for index, picture in enumerate(pictures):
            _draw(picture, tensor[index])
        output = network.run(tensor)
        if output.shape != (len(pictures), width // STEP, self._width) or not _are_probabilities(output):
            raise EngineFailure(f"output {output.shape}")
        return [
            self._to_reading(steps, -(-_width(picture) // STEP))
            for picture, steps in zip(pictures, output, strict=True)
        ]

    def _to_reading(self, steps: NDArray[np.float32], used: int) -> LineReading:
        slots, numbers = (steps_to_slots(steps, alphabet, used) for alphabet in (self._all, self._numeric))
        return LineReading(slots, numbers)


def _may_be_figure(slot: Slot) -> bool:
    return any(is_digit(choice.text) and choice.probability >= 1 - STEADY for choice in slot.choices)


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Give the places of the lines that are read together, the longest first, so that no core ends with one alone.

    They hang on the lines only, not on the cores: a page reads alike on every machine.
    """
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda index: -widths[index]):
        last = batches[-1] if batches else []
        width = widths[index]
        if last and widths[last[0]] == width and len(last) < BATCH and (len(last) + 1) * width <= BATCH_WIDTH:
            last.append(index)
        else:
            batches.append([index])
    return batches


def _are_probabilities(output: NDArray[np.float32]) -> bool:
    """Say whether each step has probabilities that add up to 1; what is not a number fails every comparison."""
    sums = output.sum(axis=2)
    return bool(output.min() >= 0 and SUM[0] <= sums.min() and sums.max() <= SUM[1])


def _width(picture: Gray) -> int:
    """Give the width at which a picture is read, without padding."""
    height, width = picture.shape
    return int(min(max(round(width * HEIGHT / height), STEP), MAX_WIDTH))


def _padded(picture: Gray, least: int) -> int:
    """Give the width at which a picture is read, with padding."""
    return max(least, -(-_width(picture) // WIDTH_UNIT) * WIDTH_UNIT)


def _draw(picture: Gray, place: NDArray[np.float32]) -> None:
    """Draw a line into the network's input: grey three times, -1 to 1; what is beside it stays zero."""
    scaled = _width(picture)
    shrink = cv2.INTER_AREA if picture.shape[0] > HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(picture, (scaled, HEIGHT), interpolation=shrink)
    place[:, :, :scaled] = small.astype(np.float32) / 127.5 - 1
