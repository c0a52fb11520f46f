from __future__ import annotations

import numpy as np
import pytest

from extract.engines import available, find_engine, tesseract_program
from extract.engines.base import EngineFailure
from extract.engines.rapidocr import _batches
from extract.engines.scripted import Scripted, text_to_reading
from extract.errors import DependencyMissing

BETWEEN_BATCHES = (
    1e-3  # measured 1e-5 over 3,304 lines; bfloat16 rounds at 4e-3 where somebody installed OpenVINO
)


def test_the_default_engine_is_there_and_names_its_model():
    state = find_engine("auto").state
    assert (state.name, len(state.model_sha256)) == ("rapidocr", 64)


def test_an_unknown_engine_is_missing():
    with pytest.raises(DependencyMissing):
        find_engine("eyes")


def test_each_engine_that_cannot_be_used_says_how_to_get_it():
    for state in available():
        assert state.version is not None or (state.remedy_ja and state.remedy_en)


def test_a_blank_line_is_read_as_nothing():
    (reading,) = find_engine("auto").read_lines([np.full((48, 200), 255, dtype=np.uint8)])
    assert "".join(slot.choices[0].text for slot in reading.slots).strip() == ""


COLUMNS = 18710
STEPS = 26  # of a picture 208 pixels wide at height 48
WRONG = {
    "shape": np.full((1, 20, 3), 1 / 3, dtype=np.float32),
    "steps": np.full((1, STEPS + 1, COLUMNS), 1 / COLUMNS, dtype=np.float32),
    "not a number": np.full((1, STEPS, COLUMNS), np.nan, dtype=np.float32),
    "infinite": np.full((1, STEPS, COLUMNS), np.inf, dtype=np.float32),
    "no probabilities": np.full((1, STEPS, COLUMNS), 2.0, dtype=np.float32),
    "negative": np.full((1, STEPS, COLUMNS), -1 / COLUMNS, dtype=np.float32),
}


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_nonsense_of_the_network_is_a_failure(monkeypatch, answer):
    from extract.engines.rapidocr import RapidOcr  # noqa: PLC0415

    engine = RapidOcr()

    class Nonsense:
        def run(self, *_):
            return answer

    monkeypatch.setattr(engine, "_fast", Nonsense())
    with pytest.raises(EngineFailure):
        engine.read_lines([np.full((48, 208), 255, dtype=np.uint8)])


def test_the_scripted_engine_answers_in_order():
    engine = Scripted(["１２", text_to_reading("件", 0.5)])
    first, second, third = engine.read_lines([np.zeros((48, 48), dtype=np.uint8)] * 3)
    assert [slot.choices[0].text for slot in first.slots] == ["１", "２"]
    assert second.slots[0].choices[0].probability == 0.5
    assert third.slots == ()


@pytest.mark.skipif(
    tesseract_program.state().version is None, reason="Tesseract with Japanese is not installed here"
)
def test_tesseract_reads_a_line_of_figures():
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    picture = Image.new("L", (220, 48), 255)
    ImageDraw.Draw(picture).text((20, 6), "1234", font=ImageFont.load_default(size=32), fill=0)
    (reading,) = find_engine("tesseract").read_lines([np.asarray(picture)])
    assert "".join(slot.choices[0].text for slot in reading.slots) == "1234"


def drawn(text: str, width: int) -> np.ndarray:
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    picture = Image.new("L", (width, 48), 255)
    ImageDraw.Draw(picture).text((16, 6), text, font=ImageFont.load_default(size=32), fill=0)
    return np.asarray(picture)


def test_lines_read_together_read_as_each_alone_and_stay_in_order():
    texts = ["12", "345", "6", "78", "90", "1,234,567", "8", "98765"]
    pictures = [drawn(text, 40 + 20 * len(text)) for text in texts]
    engine = find_engine("auto")
    together = engine.read_lines(pictures)
    assert ["".join(slot.choices[0].text for slot in one.slots).strip() for one in together] == texts
    for picture, one in zip(pictures, together, strict=True):
        (alone,) = engine.read_lines([picture])
        assert [slot.choices[0].text for slot in alone.slots] == [slot.choices[0].text for slot in one.slots]
        for a, b in zip(alone.slots, one.slots, strict=True):
            assert a.choices[0].probability == pytest.approx(b.choices[0].probability, abs=BETWEEN_BATCHES)


@pytest.mark.parametrize(
    ("widths", "batches"),
    [
        ([], []),
        ([96, 96, 128, 96, 96, 96], [[2], [0, 1, 3, 4], [5]]),
        ([960, 960, 960], [[0, 1], [2]]),
        ([3200, 96, 3200], [[0], [2], [1]]),
    ],
)
def test_only_lines_of_one_width_are_read_together_and_not_too_many(widths, batches):
    assert _batches(widths) == batches
