from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from extract.batch.names import MAX_NAME_BYTES, SUFFIX_BYTES, names_to_bases

SUFFIXES = (".json", ".xlsx")

part = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=90).filter(
    lambda text: text not in {".", ".."}
)
name = st.lists(part, min_size=1, max_size=3).map("/".join)


def bases(*names: str, taken: dict[str, str] | None = None) -> list[str]:
    return list(names_to_bases(names, taken=taken or {}, suffixes=SUFFIXES).values())


def test_a_name_stays_what_it_is():
    plain = ["2024/packet.pdf", "令和６年/報告 第３６７号.PDF", "a.b/=1+1.pdf", "-o.pdf", ".pdf"]
    assert bases(*plain) == plain


def test_what_can_be_no_name_everywhere_is_written_out():
    assert bases("a\nb.pdf", "a\\..\\b.pdf", "\udcff.pdf") == ["a%0Ab.pdf", "a%5C..%5Cb.pdf", "%FF.pdf"]


def test_nothing_leaves_the_folder():
    for base in bases("../a.pdf", "a/../../b.pdf", "/etc/passwd", "./c.pdf"):
        assert ".." not in PurePosixPath(base).parts
        assert not base.startswith("/")


def test_names_that_are_one_on_some_system_are_kept_apart():
    composed = "が.pdf"
    given = [composed, unicodedata.normalize("NFD", composed), "A.pdf", "a.PDF", "ß.pdf", "SS.pdf"]
    found = bases(*given)
    assert found[0::2] == given[0::2]
    assert all("~" in base for base in found[1::2])


def test_a_file_and_a_folder_do_not_meet():
    found = bases("a.pdf", "a.pdf.json/b.pdf", "ledger.sqlite/c.pdf", "ledger.sqlite")
    assert found[0] == "a.pdf"
    assert found[1].startswith("a.pdf.json~")
    assert found[2].startswith("ledger.sqlite~")
    assert found[3] != "ledger.sqlite"


def test_names_given_once_stay():
    taken = {"b/A.pdf": "b/A.pdf"}
    first, second = bases("b/a.pdf", "b/A.pdf", taken=taken)
    assert second == "b/A.pdf"
    assert first != "b/a.pdf"
    assert bases("b/a.pdf", taken={**taken, "b/a.pdf": first}) == [first]


@given(st.lists(name, max_size=12, unique=True))
def test_any_names_are_kept_apart_and_fit(names):
    found = bases(*names)
    files = [unicodedata.normalize("NFC", base.casefold()) for base in found]
    assert len(set(files)) == len(found) == len(names)
    for base in found:
        *folders, last = base.encode().split(b"/")
        assert len(last) + SUFFIX_BYTES <= MAX_NAME_BYTES
        assert all(len(folder) <= MAX_NAME_BYTES for folder in folders)
        assert base.isprintable() or all(unicodedata.category(c) not in {"Cc", "Cs"} for c in base)
        assert not {".", "..", ""} & set(base.split("/"))
