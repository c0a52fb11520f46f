from __future__ import annotations

from extract.cores import own_cores, usable_threads


def test_a_limit_of_threads_is_kept_and_none_is_above_the_cores(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert usable_threads() == 1
    monkeypatch.setenv("OMP_NUM_THREADS", "100000")
    assert usable_threads() == own_cores()


def test_what_is_no_number_is_no_limit(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "many")
    assert usable_threads() == own_cores()
