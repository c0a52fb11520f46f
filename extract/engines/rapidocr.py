"""The default engine: the recogniser that the ``rapidocr`` package carries, run by onnxruntime.

Only the network is used (PP-OCRv6 small, Apache-2.0, inside the wheel): nothing is fetched at run time. The package's own
pipeline around it detects text on the whole page, which costs most of its time and which rulings make needless.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.engines.base import EngineFailure, EngineState, Gray, LineReading
from extract.engines.ctc import japanese, make_alphabet, numeric, steps_to_slots
from extract.engines.rapidocr_model import NAME, REMEDY_EN, REMEDY_JA, find_model, state
from extract.errors import DependencyMissing

HEIGHT = 48
"""Height of the network's input in pixels."""

MIN_WIDTH = 96
"""Least width of the network's input in pixels: half of the time of 160 on a page of figures, with the same figures."""

STEADY_WIDTH, STEADY = 160, 0.96
"""A line narrower than ``STEADY_WIDTH`` pixels of which a character is less probable than ``STEADY`` is read again at that
width: on 1-bit faxes narrow pictures lose digits (368 of 372 numbers against 370)."""

MAX_WIDTH = 3200
"""Widest line in pixels at that height; beyond it memory grows and nothing printed is so long."""

STEP = 8
"""Pixels of width a step of the output."""

WIDTH_UNIT = 32
"""Widths are rounded up to multiples of this, so that the runtime meets few shapes."""

MOST_THREADS = 4
"""More threads than this gain nothing on pictures this small."""


class RapidOcr:
    """The recogniser of rapidocr. Raises DependencyMissing where the package or its model is missing."""

    def __init__(self) -> None:
        model = find_model()
        if model is None:
            raise DependencyMissing(name=NAME, remedy_ja=REMEDY_JA, remedy_en=REMEDY_EN)
        self._session = _open_session(model)
        self._input = self._session.get_inputs()[0].name
        characters = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        characters.append(" ")
        self._width = len(characters) + 1
        self._all = make_alphabet(characters, japanese(characters))
        self._numeric = make_alphabet(characters, numeric(characters))

    @cached_property
    def state(self) -> EngineState:
        """Name, version and the hash of the model."""
        return state()

    def read_lines(self, pictures: Sequence[Gray]) -> list[LineReading]:
        """Read pictures of lines one by one: without batches no line is padded to the width of another."""
        return [self._read(picture) for picture in pictures]

    def _read(self, picture: Gray) -> LineReading:
        """Read a line; one that is narrow and doubtful is read again with more paper behind it, which steadies it."""
        reading, width = self._read_padded(picture, MIN_WIDTH)
        if width < STEADY_WIDTH and any(slot.choices[0].probability < STEADY for slot in reading.slots):
            reading, _ = self._read_padded(picture, STEADY_WIDTH)
        return reading

    def _read_padded(self, picture: Gray, least: int) -> tuple[LineReading, int]:
        tensor, used = _picture_to_tensor(picture, least)
        try:
            (output,) = self._session.run(None, {self._input: tensor})
        except RuntimeError as error:
            raise EngineFailure(str(error)) from error
        steps: NDArray[np.float32] = output[0]
        if steps.shape[1] != self._width or not np.isfinite(steps).all():
            raise EngineFailure(f"output {steps.shape}")
        slots, numbers = (steps_to_slots(steps, alphabet, used) for alphabet in (self._all, self._numeric))
        return LineReading(slots, numbers), tensor.shape[3]


def _picture_to_tensor(picture: Gray, least: int) -> tuple[NDArray[np.float32], int]:
    """Give the network's input (grey three times, -1 to 1, padded on the right with zeros) and its steps of picture."""
    height, width = picture.shape
    scaled = min(max(round(width * HEIGHT / height), STEP), MAX_WIDTH)
    shrink = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(picture, (scaled, HEIGHT), interpolation=shrink)
    padded = max(least, -(-scaled // WIDTH_UNIT) * WIDTH_UNIT)
    tensor = np.zeros((1, 3, HEIGHT, padded), dtype=np.float32)
    tensor[0, :, :, :scaled] = small.astype(np.float32) / 127.5 - 1
    return tensor, -(-scaled // STEP)


def _open_session(model: Path) -> Any:
    import onnxruntime  # noqa: PLC0415 - 0.2 s that documents with a text layer need not wait for

    options = onnxruntime.SessionOptions()
    # Workers of a batch share the cores: each is told its part by the usual variable.
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    cores = int(allowed) if allowed.isdecimal() and int(allowed) > 0 else len(os.sched_getaffinity(0))
    options.intra_op_num_threads = min(MOST_THREADS, cores)
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
