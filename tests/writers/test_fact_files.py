"""The facts as CSV and as a Parquet data set."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from written_documents import cell, document, facts_of, hostile_table, rich_document, table, with_statement

from extract.document import Document
from extract.errors import DependencyMissing
from extract.writers import as_parquet, find_writer, write_document
from extract.writers.as_csv import CsvWriter
from extract.writers.data_set import NAME_BYTES, base_to_member
from extract.writers.fact_rows import FactRow, document_to_fact_rows
from extract.writers.texts import starts_like_formula

parquet = pytest.importorskip("pyarrow.parquet", reason="the extra hokoku[parquet] is not installed")


def to_csv(one: Document) -> bytes:
    stream = io.BytesIO()
    CsvWriter().write(one, stream, language="ja")
    return stream.getvalue()


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def numbers_with_hostile_headers() -> Document:
    """A number beside each text that a spreadsheet would compute, refuse or decode."""
    hostile = [one for one in hostile_table().cells if len(one.text) < 1000]
    cells = []
    for row, one in enumerate(hostile):
        cells += [
            replace(one, row=row, role="row_header"),
            cell("t3", row, 1, f"-{row}", value=-row),
        ]
    made = table("t3", cells, headers=(0, 1), caption="=危険")
    return document([made], facts=facts_of([made]))


def test_a_csv_has_a_row_for_each_fact_and_plain_numbers():
    one = rich_document()
    rows = rows_of(to_csv(one))
    assert [row["id"] for row in rows] == [fact.id for fact in one.facts]
    by_text = {row["text"]: row for row in rows}
    assert by_text["△1,111"]["value"] == "-1111"
    assert by_text["1234567890123456789"]["value"] == "1234567890123456789"
    first = by_text["１３，６３０件"]
    assert (first["row_path"], first["column_path"], first["unit"]) == (
        "区長 > 本庁",
        "請求\n件数".replace("\n", ""),
        "件",
    )
    assert (first["report_number"], first["as_of"], first["page"]) == ("367", "2024-03-31", "1")
    yearly = by_text["123,456,789"]
    assert (yearly["period_start"], yearly["period_end"]) == ("2023-04-01", "2024-03-31")
    assert by_text["(1,200)"]["needs_review"] == "true"


def test_a_csv_opens_in_excel_and_by_the_standard():
    content = to_csv(rich_document())
    assert content.startswith(b"\xef\xbb\xbfkind,source,")
    lines = content.split(b"\r\n")
    assert len(lines) == len(rich_document().facts) + 2
    assert lines[-1] == b""


def test_no_text_of_a_csv_is_a_formula_and_all_come_back():
    one = numbers_with_hostile_headers()
    rows = rows_of(to_csv(one))
    texts = [
        text for row in rows for name, text in row.items() if name not in ("value", "x0", "y0", "x1", "y1")
    ]
    assert not [text for text in texts if starts_like_formula(text) and not text.startswith("'")]
    back = [row["row_path"].removeprefix("'") for row in rows]
    assert back[:6] == ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝１＋１"]
    assert back[12] == "'=1"
    assert back[14] == "a␋b␀c"
    assert [row["value"] for row in rows] == [str(-n) for n in range(len(rows))]


def test_numbers_in_sentences_stand_in_the_csv_too():
    (row,) = [row for row in rows_of(to_csv(with_statement())) if row["kind"] == "sentence"]
    assert (row["value"], row["unit"], row["column_path"]) == ("28", "か所", "統合端末を設置")
    assert row["section_path"] == "概要"
    assert (row["report_number"], row["table"]) == ("367", "")


def test_the_columns_never_change():
    assert to_csv(document([])).decode("utf-8-sig") == ",".join(FactRow._fields) + "\r\n"


def test_many_sources_are_one_data_set(tmp_path):
    for name in ("2023/a.pdf", "2024/a.pdf", "_年=2024/.b.pdf", "empty.pdf"):
        one = document([]) if name == "empty.pdf" else rich_document()
        base = tmp_path / name
        paths = write_document(one, base, formats=("json", "parquet"), language="ja", root=tmp_path)
        assert paths[0] == tmp_path / f"{name}.json"
        assert paths[1].parent == tmp_path / "facts.parquet"
    read = pd.read_parquet(tmp_path / "facts.parquet")
    expected = list(document_to_fact_rows(rich_document()))
    assert len(read) == 3 * len(expected)
    assert list(read.columns) == [
        c for name in FactRow._fields for c in ([name, "value_text"] if name == "value" else [name])
    ]
    assert read["value_text"][0] == "13630"
    assert "1234567890123456789" in set(read["value_text"])
    assert list(read["row_path"][0]) == ["区長", "本庁"]
    schemas = {str(parquet.read_schema(path)) for path in (tmp_path / "facts.parquet").iterdir()}
    assert len(schemas) == 1


def test_names_of_a_data_set_never_meet_and_are_read_by_all():
    bases = ["a/b", "a__b", "_a/b", ".a", "A/b", "年=1/x", "長" * 80 + "/" + "い" * 80, "x" * 239]
    names = [base_to_member(base, ".parquet") for base in bases]
    assert len({name.casefold() for name in names}) == len(bases)
    assert all(name[0] not in "._~" and "=" not in name and "/" not in name for name in names[:3] + names[4:])
    assert all(len(name.encode()) <= NAME_BYTES for name in names)
    assert base_to_member("2024/packet.pdf", ".parquet").startswith("2024__packet.pdf~")


def test_a_number_beyond_every_double_keeps_its_text(tmp_path):
    huge = 10**400
    made = table("t1", [cell("t1", 0, 0, str(huge), value=huge)], headers=(0, 0))
    (path,) = write_document(
        document([made], facts=facts_of([made])), tmp_path / "a", formats=("parquet",), language="ja"
    )
    (row,) = parquet.read_table(path).to_pylist()
    assert (row["value"], row["value_text"]) == (None, str(huge))


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_the_same_facts_give_the_same_bytes(tmp_path, name):
    first = write_document(rich_document(), tmp_path / "x" / "a", formats=(name,), language="ja")
    again = write_document(rich_document(), tmp_path / "y" / "a", formats=(name,), language="en")
    assert first[0].read_bytes() == again[0].read_bytes()


def test_without_pyarrow_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(as_parquet, "find_spec", lambda _: None)
    with pytest.raises(DependencyMissing, match=r"pip install 'hokoku\[parquet\]'") as caught:
        find_writer("parquet")
    assert caught.value.exit_code == 4
