"""A second reader adds readings to doubted numbers; it changes no value, lifts no doubt, and its faults cost nothing."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract import Config
from extract.config import PagesConfig
from extract.document import Word
from extract.engines import find_second_reader, tesseract_program
from extract.engines.base import EngineFailure, EngineState
from extract.engines.guarded import Guarded
from extract.engines.rasters import Raster
from extract.engines.scripted import Scripted, text_to_reading
from extract.errors import DependencyMissing, UsageError
from extract.findings import CATALOGUE
from extract.flow import convert
from extract.pages.scan.lines.crops import Crop
from extract.pages.scan.page import read_scanned_page
from extract.pages.scan.reading.second import DOUBTED, FAILED, MOST_NUMBERS, WORTH, PlacedWord, read_again
from extract.pages.triage import check_engine

SCALE = 200 / 72


def page(*, first, second=None):
    """Read a drawn page of two cells, in each of them one line."""
    picture = np.full((round(130 * SCALE), round(300 * SCALE), 3), 255, dtype=np.uint8)
    for x in (40, 120, 200):
        cv2.line(picture, (round(x * SCALE), round(30 * SCALE)), (round(x * SCALE), round(90 * SCALE)), 0, 2)
    for y in (30, 90):
        cv2.line(picture, (round(40 * SCALE), round(y * SCALE)), (round(200 * SCALE), round(y * SCALE)), 0, 2)
    for x in (60, 140):
        corners = [(round(a * SCALE), round(b * SCALE)) for a, b in ((x, 55), (x + 30, 64))]
        cv2.rectangle(picture, *corners, (0, 0, 0), 2)
    return read_scanned_page(1, Raster(picture, SCALE), engine=first, second=second)


def doubtful(text: str):
    return Scripted(answer=None, answers=[text_to_reading(text, 0.6)] * 9)


def placed(text: str, confidence: float = 0.5, **known) -> PlacedWord:
    word = Word(text, (0.0, 0.0, 40.0, 10.0), 10.0, origin="ocr", confidence=confidence, **known)
    return PlacedWord(word, Crop(np.full((28, 140), 255, dtype=np.uint8), (10,), (0,), 28.0), is_alone=True)


def readings(word: PlacedWord, seen: str) -> list[str]:
    (read,), notices = read_again(1, [word], SCALE, second=Scripted([seen]))
    assert notices == ()
    assert (read.text, read.confidence) == (word.word.text, word.word.confidence)
    return [reading.text for reading in read.readings]


def test_what_the_second_reader_saw_joins_the_readings_of_a_doubted_number():
    before = page(first=doubtful("123"))
    after = page(first=doubtful("123"), second=Scripted(answer=lambda _: "1 28"))
    assert len(after.words) == 2
    for one, other in zip(before.words, after.words, strict=True):
        assert (other.text, other.confidence, other.box) == (one.text, one.confidence, one.box)
        assert [reading.text for reading in other.readings] == [*(r.text for r in one.readings), "128"]
        assert other.readings[-1].probability <= WORTH
    assert after.notices == before.notices


def test_agreement_lifts_no_doubt_and_adds_nothing():
    assert page(first=doubtful("123"), second=Scripted(answer=lambda _: "１２３")) == page(
        first=doubtful("123")
    )


@pytest.mark.parametrize("seen", ["", "区長", "f12", "件", "－", "１２３", "1 23", "123件", "1,23"])
def test_only_another_number_is_a_reading(seen):
    assert readings(placed("123"), seen) == []


def test_only_doubted_numbers_are_read_again():
    second = Scripted(answer=lambda _: "9")
    words = [placed("123", 1.0), placed("123", DOUBTED), placed("区長"), placed("12", 0.3)]
    read, _ = read_again(1, words, SCALE, second=second)
    assert len(second.seen) == 1
    assert [len(word.readings) for word in read] == [0, 0, 0, 1]


def test_a_page_of_doubts_is_read_again_where_it_is_worst():
    words = [placed("12", 0.1 + index / 1000) for index in range(MOST_NUMBERS + 5)]
    read, _ = read_again(1, words, SCALE, second=Scripted(answer=lambda _: "9"))
    assert [bool(word.readings) for word in read] == [True] * MOST_NUMBERS + [False] * 5


def test_a_word_among_others_is_cut_out_of_its_line():
    second = Scripted(answer=lambda _: "9")
    line = placed("12")
    first = line._replace(word=replace(line.word, box=(0.0, 0.0, 18.0, 10.0)), is_alone=False)
    read_again(1, [first], SCALE, second=second)
    (picture,) = second.seen
    assert 18 * SCALE < picture.shape[1] < 36 * SCALE


class Broken:
    state = Scripted().state

    def __init__(self, act) -> None:
        self.read_lines = act


def crash(_):
    raise OSError("the program is gone")


FAULTS = {
    "crash": crash,
    "failure": lambda _: (_ for _ in ()).throw(EngineFailure("broken pipe")),
    "hang": lambda _: time.sleep(5),
    "too few answers": lambda pictures: [text_to_reading("9")] * (len(pictures) - 1),
    "nonsense": lambda pictures: [text_to_reading("9", float("nan"))] * len(pictures),
}


@pytest.mark.parametrize("act", FAULTS.values(), ids=FAULTS)
def test_a_second_reader_that_breaks_leaves_the_page_and_a_finding(act):
    before = page(first=doubtful("123"))
    after = page(first=doubtful("123"), second=Guarded(lambda: Broken(act), patience=0.2))
    assert after.words == before.words
    assert after.rulings == before.rulings
    (notice,) = after.notices
    assert (notice.code, notice.page) == (FAILED, 1)
    sentences = (CATALOGUE[FAILED].ja, CATALOGUE[FAILED].en)
    assert all(dict(notice.details)["engine"] in text.format(**dict(notice.details)) for text in sentences)


def test_an_unguarded_reader_that_leaves_lines_out_is_a_finding_too():
    after = page(first=doubtful("123"), second=Broken(lambda _: []))
    assert [notice.code for notice in after.notices] == [FAILED]


def test_there_is_none_unless_it_is_asked_for():
    assert Config().second_reader == "none"
    assert find_second_reader("none") is None


def test_a_missing_second_reader_stops_before_the_first_file(monkeypatch):
    find_second_reader.cache_clear()
    monkeypatch.setattr("extract.engines.tesseract.state", lambda: EngineState("tesseract", None))
    with pytest.raises(DependencyMissing, match="apt-get"):
        check_engine(PagesConfig(second_reader="tesseract"))
    with pytest.raises(DependencyMissing):
        convert("no-such.pdf", config=Config(second_reader="tesseract"))


@pytest.mark.parametrize("ocr", ["none", "tesseract"])
def test_a_second_reader_needs_another_first_one(ocr):
    with pytest.raises(UsageError):
        Config(ocr=ocr, second_reader="tesseract")


@pytest.mark.skipif(
    tesseract_program.state().version is None, reason="Tesseract with Japanese is not installed here"
)
def test_a_program_that_hangs_is_ended_in_time(monkeypatch, tmp_path):
    import pytesseract  # noqa: PLC0415

    from extract.engines.tesseract import Tesseract  # noqa: PLC0415

    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    engine = Tesseract(seconds=0.5)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", os.fspath(program))
    started = time.monotonic()
    with pytest.raises(EngineFailure, match="timeout"):
        engine.read_lines([np.full((48, 96), 255, dtype=np.uint8)])
    assert time.monotonic() - started < 20
