from __future__ import annotations

import math
import subprocess
import sys
import threading

import numpy as np
import pytest

from extract.engines.base import Choice, EngineFailure, EngineState, LineReading, Slot
from extract.engines.guarded import Guarded
from extract.engines.scripted import Scripted, text_to_reading

PICTURES = [np.full((48, 96), 255, dtype=np.uint8)] * 2


class Hostile:
    """Does with each call what it was made for."""

    def __init__(self, act) -> None:
        self.state = EngineState("hostile", "1")
        self.read_lines = act


def slot(*, probability: float = 1.0, start: float = 0.0, end: float = 0.5) -> LineReading:
    return LineReading((Slot((Choice("1", probability),), start, end),), None)


NONSENSE = {
    "too few lines": [text_to_reading("1")],
    "too many lines": [text_to_reading("1")] * 3,
    "no probability": [slot(probability=math.nan), slot()],
    "too probable": [slot(probability=1.5), slot()],
    "less than nothing": [slot(), slot(probability=-0.1)],
    "no place": [slot(start=math.nan), slot()],
    "beside the picture": [slot(start=3.0, end=3.5), slot()],
    "backwards": [slot(start=0.5, end=0.2), slot()],
    "nothing to choose from": [LineReading((Slot((), 0.0, 0.5),), None), slot()],
    "more characters than pixels": [text_to_reading("1" * 97), slot()],
    "no answer": None,
    "not even readings": ["1", "2"],
    "no slots": [LineReading(None, None), slot()],
    "no text for a probability": [slot(probability="1"), slot()],
    "in the numeric reading only": [LineReading((), slot(probability=2.0).slots), slot()],
}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_a_failure(answer):
    with pytest.raises(EngineFailure):
        Guarded(lambda: Hostile(lambda _: answer)).read_lines(PICTURES)


def test_good_answers_pass_unchanged():
    readings = Guarded(lambda: Scripted(["１２", ""])).read_lines(PICTURES)
    assert readings == [text_to_reading("１２"), text_to_reading("")]


def test_no_lines_ask_no_engine():
    assert Guarded(lambda: Hostile(None)).read_lines([]) == []


@pytest.mark.parametrize(
    "error", [ValueError("bad"), IndexError("out"), EngineFailure("gone"), OSError("io")]
)
def test_a_crash_is_a_failure_that_says_why(error):
    def crash(_):
        raise error

    with pytest.raises(EngineFailure, match=str(error)):
        Guarded(lambda: Hostile(crash)).read_lines(PICTURES)


def test_used_up_memory_is_no_fault_of_the_engine():
    def swell(_):
        raise MemoryError

    with pytest.raises(MemoryError):
        Guarded(lambda: Hostile(swell)).read_lines(PICTURES)


def test_a_hanging_engine_is_left_behind_and_the_next_page_gets_a_new_one():
    never = threading.Event()
    made = []

    def make():
        made.append(Hostile((lambda _: never.wait(60)) if not made else Scripted(["3", "4"]).read_lines))
        return made[-1]

    engine = Guarded(make, patience=0.1)
    with pytest.raises(EngineFailure, match="no answer"):
        engine.read_lines(PICTURES)
    assert engine.read_lines(PICTURES) == [text_to_reading("3"), text_to_reading("4")]
    never.set()


def test_a_hanging_engine_does_not_keep_the_process_alive():
    code = (
        "import time, numpy as np\n"
        "from extract.engines.guarded import Guarded\n"
        "from extract.engines.base import EngineFailure, EngineState\n"
        "class Hang:\n"
        "    state = EngineState('hang', '1')\n"
        "    def read_lines(self, pictures): time.sleep(60)\n"
        "try: Guarded(Hang, patience=0.1).read_lines([np.zeros((48, 48), np.uint8)])\n"
        "except EngineFailure: print('failed')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert run.stdout == "failed\n"
