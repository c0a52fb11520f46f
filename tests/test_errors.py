from __future__ import annotations

import pickle
import re
import string

import pytest

from extract import errors
from extract.errors import HokokuError


def all_kinds(kind: type[HokokuError] = HokokuError) -> list[type[HokokuError]]:
    return [kind, *(inner for outer in kind.__subclasses__() for inner in all_kinds(outer))]


KINDS = [kind for kind in all_kinds() if kind.__module__ == "extract.errors"]


def details_of(kind: type[HokokuError]) -> dict[str, str]:
    names = {name for text in (kind.ja, kind.en) for _, name, _, _ in string.Formatter().parse(text) if name}
    return dict.fromkeys(names, "x")


def test_the_tree_in_the_docstring_is_the_tree():
    drawn = re.findall(
        r"^\s+(?:[│ ]*[├└]── )?(\w+) {2,}", errors.__doc__.partition("::")[2], flags=re.MULTILINE
    )
    assert sorted(drawn) == sorted(kind.__name__ for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_has_both_sentences_and_travels(kind):
    error = kind(**details_of(kind))
    assert error.sentence("ja")
    assert error.sentence("en") == str(error)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is kind
    assert copy.sentence("ja") == error.sentence("ja")


def test_codes_name_one_error_each():
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)


def test_exit_codes_are_those_of_the_contract():
    assert {kind.exit_code for kind in KINDS} == {2, 3, 4, 5, 7, 70}
