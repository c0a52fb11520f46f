from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.writers.xlsx.names import SheetNames, reference


@given(st.lists(st.text(), max_size=20))
def test_any_captions_give_names_that_excel_takes(captions):
    names = SheetNames()
    given_out = [names.claim(f"表{number} {caption}") for number, caption in enumerate(captions)]
    given_out += [names.claim(caption) for caption in captions + captions]
    for name in given_out:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("'")
        assert name.casefold() not in {"history", "履歴"}
        assert all(character.isprintable() or character == " " or ord(character) > 0x9F for character in name)
    assert len({name.casefold() for name in given_out}) == len(given_out)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("表1 特例転出入の実績", "表1 特例転出入の実績"),
        ("表2 収入／支出：令和5年度", "表2 収入-支出-令和5年度"),
        ("'quoted'", "quoted"),
        ("History", "History (2)"),
        ("", "_"),
        ("表3 改\n行", "表3 改 行"),
        ("𠮷" * 20, "𠮷" * 15),
        ("_x0041_", "-x0041_"),
    ],
)
def test_names(wanted, name):
    assert SheetNames().claim(wanted) == name


def test_names_that_differ_in_case_or_width_only_are_told_apart():
    names = SheetNames()
    assert [names.claim(wanted) for wanted in ("Total", "TOTAL", "Ｔotal")] == [
        "Total",
        "TOTAL (2)",
        "Ｔotal (3)",
    ]


def test_a_reference_doubles_apostrophes():
    assert reference("表1 O'Brien", "C7") == "'表1 O''Brien'!C7"
