from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_documents import cell, document, large_document, rich_document, table

import extract.writers
from extract.document import Document
from extract.errors import JsonDamaged, JsonUnsupported
from extract.writers import document_to_json, json_schema, json_to_document
from extract.writers.as_json import SCHEMA_FILE, types_to_schema


def test_a_rich_document_comes_back_as_it_was():
    rich = rich_document()
    assert json_to_document(document_to_json(rich)) == rich


@given(
    st.text(),
    st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(), st.none()),
)
@settings(max_examples=200)
def test_any_text_and_value_come_back(text, value):
    one = document([table("t1", [cell("t1", 0, 0, text, text=text, kind="text", value=value)])])
    back = json_to_document(document_to_json(one)).tables[0].cells[0]
    assert (back.raw, back.value, type(back.value)) == (text, value, type(value))


def test_keys_stand_in_declared_order_and_none_is_left_out():
    read = json.loads(document_to_json(rich_document()))
    assert list(read) == [field.name for field in fields(Document)]
    assert list(read["tables"][0]["cells"][0])[:5] == ["id", "row", "column", "row_span", "column_span"]
    assert read["tables"][0]["cells"][0]["missing"] is None


def test_a_cell_and_a_fact_are_a_line_and_the_end_is_a_newline():
    rich = rich_document()
    text = document_to_json(rich).decode()
    lines = text.split("\n")
    assert text.endswith("}\n")
    assert sum('"evidence":' in line for line in lines) == sum(len(one.cells) for one in rich.tables)
    assert sum('"row_path":' in line for line in lines) == len(rich.facts)


def test_japanese_is_written_as_itself():
    assert "個人情報の開示等請求".encode() in document_to_json(rich_document())


def test_infinity_is_null_and_not_broken_json():
    one = document([table("t1", [cell("t1", 0, 0, "x", kind="text", value=float("inf"))])])
    assert json.loads(document_to_json(one))["tables"][0]["cells"][0]["value"] is None


def test_the_bytes_do_not_depend_on_the_hash_seed():
    code = (
        "import sys; sys.path.insert(0, 'tests/writers')\n"
        "from written_documents import rich_document\n"
        "from extract.writers import document_to_json\n"
        "import hashlib; print(hashlib.sha256(document_to_json(rich_document())).hexdigest())"
    )
    root = Path(__file__).parents[2]
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_another_major_version_is_refused_and_a_later_minor_one_is_read():
    rich = rich_document()
    with pytest.raises(JsonUnsupported, match=r"2\.0"):
        json_to_document(document_to_json(replace(rich, schema_version="2.0")))
    later = json.loads(document_to_json(replace(rich, schema_version="1.7")))
    later["something_new"] = [1]
    assert json_to_document(json.dumps(later).encode()).tables == rich.tables


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"{}", b'{"schema_version": "1.0"}', b"\xff\xfe"]
)
def test_what_is_no_document_is_a_typed_error(data):
    with pytest.raises(JsonDamaged):
        json_to_document(data)


def test_the_committed_schema_is_the_one_of_the_types():
    """``UPDATE_GOLDEN=1 pytest tests/writers`` writes it anew."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        Path(extract.writers.__file__).with_name(SCHEMA_FILE).write_text(types_to_schema(), "utf-8")
    assert json_schema() == types_to_schema()


def test_the_schema_requires_every_key_and_a_document_fulfils_it():
    schema = json.loads(json_schema())
    for definition in (schema, *schema["$defs"].values()):
        assert definition["required"] == list(definition["properties"])
        assert definition["description"]
    read = json.loads(document_to_json(rich_document()))
    assert _breaches(read, schema, schema, "") == []
    read["tables"][0]["cells"][0]["role"] = "header"
    del read["facts"][0]["page"]
    read["source"]["bytes"] = "many"
    assert len(_breaches(read, schema, schema, "")) == 3


def test_the_schema_is_printed_without_pydantic():
    code = (
        "import sys; from extract.writers import json_schema; json_schema(); print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"


def test_a_hundred_thousand_cells_take_seconds_at_most():
    large = large_document(tables=20, rows=100, columns=10)
    start = time.process_time()
    data = document_to_json(large)
    # 0.1 s on two cores for these 20,000 cells; ten times that is a mistake and no slow machine
    assert time.process_time() - start < 1.0
    assert len(data) > 5_000_000


def _breaches(value, schema, root, place):
    """Check the parts of JSON Schema that the generated one uses."""
    if "$ref" in schema:
        return _breaches(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, place)
    if "anyOf" in schema:
        every = [_breaches(value, choice, root, place) for choice in schema["anyOf"]]
        return [] if [] in every else every[0]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r}")
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return [*found, f"{place}: {value!r} is no {schema['type']}"]
    if isinstance(value, dict):
        found += [f"{place}/{key} is missing" for key in schema.get("required", []) if key not in value]
        for key, inner in value.items():
            sub = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            found += _breaches(inner, sub, root, f"{place}/{key}") if sub else [f"{place}/{key} is unknown"]
    if isinstance(value, list):
        found += [f"{place} is short"] if len(value) < schema.get("minItems", 0) else []
        for index, inner in enumerate(value):
            positions = schema.get("prefixItems", [])
            sub = positions[index] if index < len(positions) else schema.get("items")
            found += (
                _breaches(inner, sub, root, f"{place}/{index}") if sub else [f"{place}/{index} is too much"]
            )
    return found
