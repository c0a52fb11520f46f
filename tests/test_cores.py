from __future__ import annotations

import threading

import pytest

from extract import cores


def test_two_pieces_of_work_run_at_once_where_there_are_two_cores(monkeypatch):
    monkeypatch.setattr(cores, "usable_threads", lambda: 2)
    met = threading.Barrier(2, timeout=10)  # passed by two threads together, or not at all
    assert cores.both(lambda: met.wait() >= 0, lambda: met.wait() >= 0) == (True, True)


def test_they_run_in_turn_where_there_is_one(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert cores.usable_threads() == 1
    here = threading.get_ident()
    assert cores.both(threading.get_ident, threading.get_ident) == (here, here)


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_of_either_comes_through(monkeypatch, threads):
    monkeypatch.setattr(cores, "usable_threads", lambda: threads)
    with pytest.raises(ZeroDivisionError):
        cores.both(lambda: 1, lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        cores.both(lambda: 1 // 0, lambda: 1)


def test_no_limit_of_threads_is_above_the_cores(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "100000")
    assert cores.usable_threads() == cores.own_cores()
    monkeypatch.setenv("OMP_NUM_THREADS", "many")
    assert cores.usable_threads() == cores.own_cores()
