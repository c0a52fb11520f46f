"""Lone surrogates: halves of characters that a damaged font table can yield and no file can hold."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from extract.document import Document, Finding
from extract.findings import Language, Notice, notice_severity, notice_to_sentence

REPLACEMENT = "\ufffd"

_SURROGATE = re.compile("[\ud800-\udfff]")
_T = TypeVar("_T")


def document_without_surrogates(document: Document, *, language: Language) -> Document:
    """Give the document with each lone surrogate as U+FFFD and a finding that counts them; the same document when there is none."""
    if not _has_surrogates(document):
        return document
    count = [0]
    clean = _without_surrogates(document, count)
    notice = Notice("text.lone-surrogate", details=(("count", str(count[0])),))
    finding = Finding(
        notice.code, notice_severity(notice), notice_to_sentence(notice, language), None, None, None
    )
    return replace(clean, findings=(*clean.findings, finding))


def _has_surrogates(document: Document) -> bool:
    from pydantic_core import to_json  # noqa: PLC0415 - not on the way to `--help`

    try:
        # Writing it and looking whether that works is twenty times faster than a walk over all texts; in parts it is small.
        for part in (*document.tables, *document.reports, document.facts):
            to_json(part, inf_nan_mode="null")
        to_json(replace(document, tables=(), reports=(), facts=()), inf_nan_mode="null")
    except ValueError:
        return True
    return False


def _without_surrogates(value: _T, count: list[int]) -> _T:
    """Give the value with its texts replaced, at any depth; add the number of replaced characters to ``count``."""
    changed: object = value
    if isinstance(value, str):
        changed, number = _SURROGATE.subn(REPLACEMENT, value)
        count[0] += number
    elif isinstance(value, tuple):
        changed = tuple(_without_surrogates(element, count) for element in value)
    elif isinstance(value, dict):
        changed = {_without_surrogates(k, count): _without_surrogates(v, count) for k, v in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        changed = replace(
            value, **{f.name: _without_surrogates(getattr(value, f.name), count) for f in fields(value)}
        )
    return changed  # type: ignore[return-value] # each branch keeps the type
