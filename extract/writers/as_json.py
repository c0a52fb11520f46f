"""The JSON of a document: written, read again, and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, BinaryIO

from extract.document import SCHEMA_VERSION, Document, Producer, Report, Section, SourceRecord, Table
from extract.errors import JsonDamaged, JsonUnsupported
from extract.findings import Language

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_FILE = "schema.json"

# These stand with one key a line and one element of a list a line; every other value (a cell, a fact) is one line, so that
# a difference between two conversions shows as the cells that differ, and a file is not twice as long for its indentation.
_OPEN_TYPES = (Document, SourceRecord, Producer, Report, Section, Table)


class JsonWriter:
    """The built-in writer ``json``."""

    suffix = ".json"

    def write(self, document: Document, stream: BinaryIO, *, language: Language) -> None:  # noqa: ARG002 - names are English
        """Write the document as UTF-8 JSON with a newline at its end. A lone surrogate raises ``ValueError``."""
        stream.writelines(_document_to_pieces(document))


def document_to_json(document: Document) -> bytes:
    """Give the JSON of a document: UTF-8, keys in declared order, a line for each cell and fact.

    Raises ``ValueError`` for a text with a lone surrogate, which UTF-8 cannot hold (see ``surrogates``).
    """
    return b"".join(_document_to_pieces(document))


def json_to_document(data: bytes) -> Document:
    """Give the document of a JSON that this version or an earlier one with the same major number wrote.

    Raises ``JsonUnsupported`` for another major version, ``JsonDamaged`` for what is no converted document.
    """
    try:
        version = json.loads(data)["schema_version"]
    except (ValueError, TypeError, KeyError) as error:
        raise JsonDamaged(reason=f"{type(error).__name__}: {error}") from error
    if str(version).partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        raise JsonUnsupported(version=version, known=SCHEMA_VERSION)
    try:
        return _adapter().validate_json(data)
    except ValueError as error:
        raise JsonDamaged(reason=" ".join(str(error).splitlines()[:3])) from error


def json_schema() -> str:
    """Give the JSON Schema (2020-12) of a document, as it is committed beside this file."""
    return (files("extract.writers") / SCHEMA_FILE).read_text("utf-8")


def types_to_schema() -> str:
    """Make the JSON Schema from the types of ``document``; ``json_schema`` gives the same without pydantic."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_adapter().json_schema(mode="serialization"),
    }
    schema["title"] = "A converted document"
    for definition in (schema, *schema["$defs"].values()):
        if "description" in definition:
            definition["description"] = " ".join(definition["description"].split())
        if "properties" in definition:
            definition["required"] = list(
                definition["properties"]
            )  # a default is for reading older documents
        for described in definition.get("properties", {}).values():
            described.pop("title", None)  # it repeats the name of the key
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


@cache
def _adapter() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - only reading and the schema need it

    return TypeAdapter(Document)


def _document_to_pieces(document: Document) -> Iterator[bytes]:
    yield from _value_to_pieces(document, b"\n")
    yield b"\n"


def _value_to_pieces(value: object, newline: bytes) -> Iterator[bytes]:
    """Give the JSON of a value in pieces; ``newline`` holds the indentation of the line that it starts on."""
    inner = newline + b" "
    if isinstance(value, _OPEN_TYPES):
        opening = b"{"
        for field in fields(value):
            yield opening + inner + b'"' + field.name.encode() + b'": '
            yield from _value_to_pieces(getattr(value, field.name), inner)
            opening = b","
        yield newline + b"}"
    elif isinstance(value, tuple) and value and _is_record(value[0]):
        opening = b"["
        for element in value:
            yield opening + inner
            yield from _value_to_pieces(element, inner)
            opening = b","
        yield newline + b"]"
    else:
        yield _to_json()(value)


def _is_record(value: object) -> bool:
    return hasattr(type(value), "__dataclass_fields__")


@cache
def _to_json() -> Callable[[object], bytes]:
    from pydantic_core import to_json  # noqa: PLC0415 - not on the way to `--help`

    return partial(to_json, inf_nan_mode="null")
